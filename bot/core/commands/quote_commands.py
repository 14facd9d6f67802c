"""What readers can ask about quotes, as values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShowQuotes:
    """What is known of the quotes of a brief, or (a key) of one of its sections: whether they stand on their pages.
    `revision` is that of which somebody asks, `answer` the id of an answer, both 8 hex digits. None: the default
    brief, all sections, the current revision."""

    brief: str | None = None
    section: str | None = None
    revision: str | None = None
    answer: str | None = None

    def __str__(self) -> str:
        place = "/".join(filter(None, (self.brief, self.section)))
        of_revision = f"{place}@{self.revision}" if self.revision else place
        return " ".join(filter(None, ("verify", of_revision, self.answer)))

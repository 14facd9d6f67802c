"""Commands about mistakes in briefs, and about the files in which they are mended, as values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReportMistake:
    """Opens the form that reports a mistake in a brief (slug), or in one of its sections (key). A section without a
    brief is that of the brief that answers where none is named; with neither, the claim is looked up in the form."""

    brief: str | None = None
    section: str | None = None

    def __str__(self) -> str:
        where = "/".join(filter(None, (self.brief, self.section)))
        return f"report {where}".strip()


@dataclass(frozen=True, slots=True)
class EditBrief:
    """Where the file of a brief (slug) is edited, at a section (key) of it. It cannot be typed, so its text is
    empty."""

    brief: str
    section: str | None = None

    def __str__(self) -> str:
        return ""

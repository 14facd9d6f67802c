"""What a command is answered with: values that `render` turns into words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.core.briefs.arrangement import UNPLACED, Place
from bot.core.briefs.brief import UNCITED_STANDINGS, Brief, Claim, Evidence, Source
from bot.core.commands.command import Command, Courtesy, View
from bot.core.commands.verbs import Verb
from bot.core.evidence.lock import NO_EVIDENCE, EvidenceLock, QuoteCheck
from bot.errors import UncitedExcerptError


@dataclass(frozen=True, slots=True)
class Citation:
    """A piece of evidence as shown: `n` is the number of its source in its brief, whose slug is `brief`, from 1."""

    brief: str
    n: int
    source_id: str
    source: Source
    quote: str | None
    locator: str | None


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A claim as shown. Raises: UncitedExcerptError where neither evidence nor standing and note account for it."""

    brief: Brief
    section: str
    section_title: str
    claim: Claim
    citations: tuple[Citation, ...]
    place: Place = UNPLACED

    def __post_init__(self) -> None:
        accounted = self.claim.standing in UNCITED_STANDINGS and self.claim.note
        if not (self.citations or accounted):
            raise UncitedExcerptError(self.claim.id)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A command to try next; `text` is its label. What to type for it is `str(command)`."""

    text: str
    command: Command


@dataclass(frozen=True, slots=True)
class SupersededBy:
    """A version that is not the one that stands: when it was published, and when which revision took its place (None:
    it was withdrawn)."""

    published_on: date
    replaced_on: date
    revision: str | None


@dataclass(frozen=True, slots=True)
class Successor:
    """The brief that goes on where another one ends. `section` is the key of the same section, None where it has
    none."""

    brief: Brief
    section: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """The excerpts of one section of one brief, in reading order; `today` gives the age of the brief."""

    brief: Brief
    section: str
    section_title: str
    excerpts: tuple[Excerpt, ...]
    today: date
    view: View | None = None
    """What is shown beside the claims in the open: all claims, or all with their quotes (`fold`: folded into the same
    message); None: nothing."""
    successor: Successor | None = None
    is_whole_brief: bool = False
    """Whether no section was named, so that the brief's summary stands above."""
    others: tuple[Brief, ...] = ()
    """Other published briefs that have this section."""
    sections: tuple[Suggestion, ...] = ()
    """The other sections of this brief."""
    review_overdue: date | None = None
    share: bool = False
    superseded: SupersededBy | None = None
    name: str | None = None
    """The name by which the brief was meant; None where readers see it anyway."""
    editable: bool = False
    """Whether the store says where the brief's file is edited."""
    evidence: EvidenceLock = NO_EVIDENCE
    """What is known of quotes, not only of those of this answer."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A withdrawn brief, of which readers see only a banner and `note`: the reason of its withdrawal, never empty."""

    brief: Brief
    note: str


@dataclass(frozen=True, slots=True)
class SourceList:
    """All sources of a brief by number, and its caveats."""

    brief: Brief
    sources: tuple[Citation, ...]
    review_overdue: date | None = None


@dataclass(frozen=True, slots=True)
class QuoteEntry:
    """A quote under a claim, and what is known of it; `last_look` is the day (UTC) of the last look at its page. None:
    it was never looked for."""

    excerpt: Excerpt
    citation: Citation
    check: QuoteCheck | None
    last_look: date | None


@dataclass(frozen=True, slots=True)
class QuoteList:
    """The quotes of a brief, or (a key) of one of its sections: those that are not on their pages first, then in
    reading order. `earlier` is the revision that somebody asked for, None where that is the current one."""

    brief: Brief
    section: str | None
    section_title: str | None
    entries: tuple[QuoteEntry, ...]
    earlier: str | None = None


@dataclass(frozen=True, slots=True)
class SearchResults:
    """Claims that match a search, best first; the first `with_all` of them hold all of the words. `section` is the key
    of the one whose claims come first."""

    words: str
    section: str | None
    section_title: str | None
    excerpts: tuple[Excerpt, ...]
    with_all: int
    only_related: bool = False
    """Whether nothing answers the question: the claims hold too little of it."""
    briefs: tuple[Suggestion, ...] = ()
    """Briefs to look at, where nothing answers the question."""
    by_meaning: bool = False
    """Whether some of the claims hold none of the words."""


@dataclass(frozen=True, slots=True)
class Disambiguation:
    """Several things that may have been meant, or that there are to pick from: at least one, in display order."""

    title: str
    intro: str
    suggestions: tuple[Suggestion, ...]
    command: Command
    """The command that gives this choice again, for *Continue*."""


NOTHING_PUBLISHED = "no briefs are published yet"
"""Why there is nothing, whatever was typed."""


@dataclass(frozen=True, slots=True)
class NoMatch:
    """Nothing to answer with. `typed` is without the slash command's name, `why` completes "You typed …:" without a
    full stop, `suggestions` are best first and may be empty."""

    typed: str
    why: str
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, slots=True)
class HomePage:
    """What there is, for somebody who typed nothing. `default` is the brief that answers where none is named; None
    where readers would be asked to choose."""

    sections: tuple[Suggestion, ...]
    briefs: tuple[Suggestion, ...]
    default: Brief | None
    latest: tuple[tuple[Brief, date, str], ...]
    """(brief, day, note) of the newest change note of each brief, newest first, without editorial ones."""


@dataclass(frozen=True, slots=True)
class Greeting:
    """The answer to a courtesy: a word, and examples of what can be asked, in display order."""

    courtesy: Courtesy
    examples: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class Help:
    """Some verbs, in display order; `reason` says what was wrong with what was `typed`. Both are None for help that was
    asked for. `names` are those that examples name, by what they are names of."""

    verbs: tuple[Verb, ...]
    typed: str | None = None
    reason: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)


Reply = (
    Answer | Withdrawn | SourceList | QuoteList | SearchResults | Disambiguation | NoMatch | HomePage | Greeting | Help
)


def cite(numbers: dict[str, int], brief: Brief, evidence: Iterable[Evidence]) -> tuple[Citation, ...]:
    """Citations for evidence. `numbers` are those of sources by id; a source without one gets the next."""
    return tuple(
        Citation(
            brief.slug,
            numbers.setdefault(item.source, len(numbers) + 1),
            item.source,
            brief.sources[item.source],
            item.quote,
            item.locator,
        )
        for item in evidence
    )


def source_numbers(brief: Brief) -> dict[str, int]:
    """The numbers of a brief's sources by id, from 1, in the order of first citation: the same wherever it is shown."""
    cited = dict.fromkeys(item.source for _, claim in brief.claims() for item in claim.evidence)
    return {source: number for number, source in enumerate(cited, 1)}


def excerpts(claims: Iterable[tuple[Brief, str, str, Claim, Place]]) -> tuple[Excerpt, ...]:
    """Excerpts for (brief, section, section title, claim, place). Of a brief in two versions the first one numbers the
    sources; those that only the other one has get the next numbers."""
    numbers: dict[str, dict[str, int]] = {}
    made = []
    for brief, section, title, claim, place in claims:
        if brief.slug not in numbers:
            numbers[brief.slug] = source_numbers(brief)
        made.append(Excerpt(brief, section, title, claim, cite(numbers[brief.slug], brief, claim.evidence), place))
    return tuple(made)

"""The content model. Field constraints bind where YAML enters (content/schema); inside, these are plain values."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
ID_MAX = 60
URL_PATTERN = r"^[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#|<>@:\\\[\]\"]+(:[0-9]{1,5})?([/?#][^\s|<>\"]*)?$"
DAY_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
PARTIAL_DAY_PATTERN = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
QUOTE_MIN_CHARS = 12
QUOTE_MIN_WORDS = 3

BAD_DATE: Literal["bad_date"] = "bad_date"
SHORT_QUOTE: Literal["short_quote"] = "short_quote"

Standing = Literal["supported", "partly", "disputed", "opinion", "unverified"]
Status = Literal["draft", "published", "withdrawn"]
SourceKind = Literal["news", "law", "court", "government", "intergovernmental", "ngo", "comment", "reference"]
ChangeKind = Literal["new", "correction", "update", "clarification", "evidence", "withdrawal", "editorial"]

V = TypeVar("V")


def day(text: object) -> date:
    """A calendar day from `YYYY-MM-DD`. Raises: PydanticCustomError for other shapes and days that do not exist."""
    if not isinstance(text, str) or not re.match(DAY_PATTERN, text):
        raise PydanticCustomError(BAD_DATE, "is not a date of the form YYYY-MM-DD")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError(BAD_DATE, "is a date that does not exist") from None


def partial_day(text: str) -> str:
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD`, unchanged. Raises: PydanticCustomError as `day` does."""
    if not re.match(PARTIAL_DAY_PATTERN, text):
        raise PydanticCustomError(BAD_DATE, "is not a date of the form YYYY, YYYY-MM or YYYY-MM-DD")
    day(text + "-01-01"[len(text) - len("YYYY") :])
    return text


def check_quote_length(text: str) -> str:
    """A quote long enough to be found again in its source. Raises: PydanticCustomError."""
    if len(text) < QUOTE_MIN_CHARS and len(text.split()) < QUOTE_MIN_WORDS:
        raise PydanticCustomError(SHORT_QUOTE, "is too short to be found again")
    return text


def sorted_by_key(mapping: dict[str, V]) -> dict[str, V]:
    """The order of a mapping's keys in the file is no content, so it must not reach the revision."""
    return dict(sorted(mapping.items()))


def _text(max_chars: int) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=max_chars)


Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=ID_MAX)]
Phrase = Annotated[str, _text(ID_MAX)]
Title = Annotated[str, _text(150)]
Line = Annotated[str, _text(400)]
Note = Annotated[str, _text(200)]
ClaimText = Annotated[str, _text(1000)]
Quote = Annotated[str, _text(1200), AfterValidator(check_quote_length)]
Url = Annotated[str, StringConstraints(pattern=URL_PATTERN, max_length=2000)]
Day = Annotated[date, BeforeValidator(day), WithJsonSchema({"type": "string", "format": "date"})]
PartialDay = Annotated[
    str, AfterValidator(partial_day), WithJsonSchema({"type": "string", "pattern": PARTIAL_DAY_PATTERN})
]

_STRICT = ConfigDict(extra="forbid")


def _doc(text: str) -> Any:
    return Field(description=text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What stands under a claim: a source and, where there is one, its words."""

    __pydantic_config__ = _STRICT

    source: Annotated[Id, _doc("A key under `sources`.")]
    quote: Annotated[Quote | None, _doc("The source's own words, verbatim. Left out: the source is only cited.")] = None
    locator: Annotated[Note | None, _doc("Where in the source, e.g. `paragraph 4`.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One statement that stands on its own."""

    __pydantic_config__ = _STRICT

    id: Annotated[Id, _doc("Unique in this brief; never reused for another claim.")]
    text: Annotated[ClaimText, _doc("One sentence, rarely two.")]
    standing: Annotated[Standing, _doc("How well the evidence carries it.")] = "supported"
    note: Annotated[Note | None, _doc("Shown beside the standing. Required for partly, disputed, unverified.")] = None
    evidence: Annotated[tuple[Evidence, ...], _doc("The sources that carry the claim, best first.")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The claims under one section key, in reading order."""

    __pydantic_config__ = _STRICT

    claims: Annotated[tuple[Claim, ...], Field(min_length=1, description="In reading order.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A cited work. What is missing shows as *untitled* or *undated*."""

    __pydantic_config__ = _STRICT

    publisher: Annotated[Line, _doc("The outlet or body that made it.")]
    url: Annotated[Url, _doc("The page that was read, http or https.")]
    kind: Annotated[SourceKind, _doc("What sort of work it is.")]
    title: Annotated[Line | None, _doc("As the work gives it.")] = None
    author: Annotated[Line | None, _doc("As the work gives it.")] = None
    via: Annotated[Line | None, _doc("The page or outlet that carries the text, where it is a copy.")] = None
    date: Annotated[PartialDay | None, _doc("YYYY, YYYY-MM or YYYY-MM-DD.")] = None
    date_note: Annotated[Note | None, _doc("What the date is, e.g. `ratified`.")] = None
    language: Annotated[Id | None, _doc("Language code of the text where it is not English, e.g. `es`.")] = None
    archive_url: Annotated[Url | None, _doc("An archived copy.")] = None
    note: Annotated[Note | None, _doc("Anything a reader should know about the copy.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeNote:
    """A maintainer's note on what changed; readers see it."""

    __pydantic_config__ = _STRICT

    date: Annotated[Day, _doc("The day of the change.")]
    kind: Annotated[ChangeKind, _doc("How it is announced; `editorial` never is.")]
    note: Annotated[Line, _doc("What changed and why, for readers.")]
    claims: Annotated[tuple[Id, ...], _doc("The claims that this note covers.")] = ()
    sources: Annotated[tuple[Id, ...], _doc("The sources that this note covers.")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefContent:
    """One backgrounder, as one YAML file holds it."""

    __pydantic_config__ = _STRICT

    title: Annotated[Title, _doc("What the brief is called.")]
    summary: Annotated[Line, _doc("One sentence that says what this is about.")]
    status: Annotated[Status, _doc("Only `published` answers; `withdrawn` answers with a banner and its note.")]
    as_of: Annotated[Day, _doc("The day up to which the brief is true.")]
    owner: Annotated[Phrase, _doc("Who keeps it.")]
    sections: Annotated[
        Mapping[Id, Section],
        AfterValidator(sorted_by_key),
        Field(min_length=1, description="Claims by section key; titles and order come from `_store.yaml`."),
    ]
    sources: Annotated[
        Mapping[Id, Source], AfterValidator(sorted_by_key), _doc("Cited works by id; each must be cited.")
    ]
    aliases: Annotated[tuple[Phrase, ...], _doc("Other words that readers may type; they resolve for ever.")] = ()
    tags: Annotated[tuple[Id, ...], _doc("For `list tag:…` and for subscriptions.")] = ()
    review_by: Annotated[Day | None, _doc("The day by which somebody should look again.")] = None
    caveats: Annotated[
        tuple[Line, ...], Field(max_length=8, description="What was not verified, or where reports differ.")
    ] = ()
    changes: Annotated[tuple[ChangeNote, ...], _doc("Newest first.")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief(BriefContent):
    """A brief with its name.

    `slug` is the file's stem; `revision` is 8 hex digits over the content (core/canonical.revision).
    """

    slug: str
    revision: str

    def claims(self) -> Iterator[tuple[str, Claim]]:
        """Every claim with the key of its section, in reading order."""
        return ((key, claim) for key, section in self.sections.items() for claim in section.claims)


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionMeta:
    """How a section is called."""

    __pydantic_config__ = _STRICT

    title: Annotated[Phrase, _doc("As readers see it.")]
    aliases: Annotated[tuple[Phrase, ...], _doc("Other words that readers type for it.")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """`_store.yaml`: the section names in display order, the lead brief, the repository's edit address."""

    __pydantic_config__ = _STRICT

    sections: Annotated[dict[Id, SectionMeta], _doc("In display order.")]
    lead: Annotated[Id | None, _doc("The brief that answers when nobody names one.")] = None
    edit_url: Annotated[Url | None, _doc("Where the files are edited; `/<slug>.yaml` is appended.")] = None

    def section_title(self, key: str) -> str:
        """How a section is called; its key, spelled out, where it has no name."""
        named = self.sections.get(key)
        return named.title if named else key.replace("-", " ").capitalize()


NO_VOCABULARY = Vocabulary(sections={})
"""Stands in for a `_store.yaml` that is missing or broken: section keys are then their own titles."""


UNCITED_STANDINGS = frozenset({"unverified", "partly", "opinion"})
"""Standings under which a claim may stand without evidence, if a note says why."""

"""The content model of a brief and of `_store.yaml`. Field constraints are checked where YAML is read (content/schema);
constructing a dataclass checks nothing."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    SerializerFunctionWrapHandler,
    StringConstraints,
    WithJsonSchema,
    WrapSerializer,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, PydanticKnownError, core_schema

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
ID_MAX = 60
# Without user names, blanks and `|<>`, which end an address in Slack's markup.
URL_PATTERN = r'^[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#|<>@:\\\[\]"]+(:[0-9]{1,5})?([/?#][^\s|<>"]*)?$'
DAY_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
PARTIAL_DAY_PATTERN = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
_YES_OR_NO = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
"""As YAML 1.2 writes them."""
_DAY, _PARTIAL_DAY = re.compile(DAY_PATTERN).match, re.compile(PARTIAL_DAY_PATTERN).match
LINT_IGNORE = "lint-ignore"
"""The key of `BriefContent.lint_ignore`, the only one that differs from the name of its field."""

LINE_MAX = 400
QUOTE_MIN_CHARS = 12
QUOTE_MIN_WORDS = 3

BAD_DATE: Literal["bad_date"] = "bad_date"
SHORT_QUOTE: Literal["short_quote"] = "short_quote"

Standing = Literal["supported", "partly", "disputed", "opinion", "reading", "unverified"]
Status = Literal["draft", "published", "withdrawn"]
SourceKind = Literal["news", "law", "court", "government", "intergovernmental", "ngo", "comment", "reference"]
ChangeKind = Literal["new", "correction", "update", "clarification", "evidence", "withdrawal", "editorial"]

V = TypeVar("V")


def day(text: object) -> date:
    """A day from `YYYY-MM-DD`. Raises: PydanticCustomError (`bad_date`) for other forms and for days that do
    not exist."""
    if not isinstance(text, str) or not _DAY(text):
        raise PydanticCustomError(BAD_DATE, "is not a date of the form YYYY-MM-DD")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError(BAD_DATE, "is a date that does not exist") from None


def partial_day(text: str) -> str:
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD`, unchanged. Raises: PydanticCustomError as `day` does."""
    if not _PARTIAL_DAY(text):
        raise PydanticCustomError(BAD_DATE, "is not a date of the form YYYY, YYYY-MM or YYYY-MM-DD")
    # Filled up to a whole day, so that `day` refuses dates that do not exist.
    day(text + "-01-01"[len(text) - len("YYYY") :])
    return text


def check_quote_length(text: str) -> str:
    """The quote, unchanged. Raises: PydanticCustomError (`short_quote`) if it is shorter than `QUOTE_MIN_CHARS`
    characters and than `QUOTE_MIN_WORDS` words, and so hard to find again in its source."""
    if len(text) < QUOTE_MIN_CHARS and len(text.split()) < QUOTE_MIN_WORDS:
        raise PydanticCustomError(SHORT_QUOTE, "is too short to be found again")
    return text


def yes_or_no(value: object) -> bool:
    """True or False from the words `true` and `false`; every scalar of a file is text. Raises: PydanticKnownError
    (`literal_error`) for anything else."""
    if isinstance(value, bool):
        return value
    if not isinstance(value, str) or value not in _YES_OR_NO:
        raise PydanticKnownError("literal_error", {"expected": "'true' or 'false'"})
    return _YES_OR_NO[value]


def sorted_by_key(mapping: dict[str, V]) -> dict[str, V]:
    """The mapping in alphabetical order of its keys, so that their order in the file does not change the revision."""
    return dict(sorted(mapping.items()))


def _text(max_chars: int) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=max_chars)


Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=ID_MAX)]
Phrase = Annotated[str, _text(ID_MAX)]
Title = Annotated[str, _text(150)]
Line = Annotated[str, _text(LINE_MAX)]
Note = Annotated[str, _text(200)]
ClaimText = Annotated[str, _text(1000)]
Quote = Annotated[str, _text(1200), AfterValidator(check_quote_length)]
Url = Annotated[str, StringConstraints(pattern=URL_PATTERN, max_length=2000)]
YesOrNo = Annotated[bool, BeforeValidator(yes_or_no)]
Day = Annotated[
    date, BeforeValidator(day), WithJsonSchema({"type": "string", "format": "date", "pattern": DAY_PATTERN})
]
PartialDay = Annotated[
    str,
    AfterValidator(partial_day),
    WithJsonSchema({"type": ["string", "integer"], "pattern": PARTIAL_DAY_PATTERN, "minimum": 1, "maximum": 9999}),
]

STRICT = ConfigDict(extra="forbid")


def doc(text: str) -> Any:
    return Field(description=text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A source that supports a claim, with at most one verbatim quote from it."""

    __pydantic_config__ = STRICT

    source: Annotated[Id, doc("A key under `sources`.")]
    quote: Annotated[Quote | None, doc("The source's own words, verbatim. Left out: the source is only cited.")] = None
    locator: Annotated[Note | None, doc("Where in the source, e.g. `paragraph 4`.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One statement that can be understood on its own. Its id is unique in the brief."""

    __pydantic_config__ = STRICT

    id: Annotated[Id, doc("Unique in this brief; never reused for another claim.")]
    text: Annotated[ClaimText, doc("One sentence, rarely two.")]
    standing: Annotated[Standing, doc("How well the evidence carries it.")] = "supported"
    note: Annotated[Note | None, doc("Shown beside the standing; only supported and opinion need none.")] = None
    evidence: Annotated[tuple[Evidence, ...], doc("The sources that carry the claim, best first.")] = ()
    also: Annotated[tuple[Phrase, ...], doc("Words that readers use for what it says; searched, never shown.")] = ()
    lead: Annotated[YesOrNo, doc("Whether it answers for its section: shown first. At most two of a section.")] = False
    undated: Annotated[YesOrNo, doc("Whether it needs no year: it is true at all times.")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A titled run of claims within a section."""

    __pydantic_config__ = STRICT

    title: Annotated[Phrase, doc("What they have in common, as readers see it.")]
    claims: Annotated[tuple[Id, ...], Field(min_length=1, description="Ids of claims of the section, in order.")]
    folded: Annotated[YesOrNo, doc("Whether it is shown on demand only. Only the last group of a section.")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The claims under one section key. Claims that no group names stand before the groups."""

    __pydantic_config__ = STRICT

    claims: Annotated[tuple[Claim, ...], Field(min_length=1, description="In reading order, unless in groups.")]
    groups: Annotated[tuple[Group, ...], doc("Titled runs of the claims, in reading order.")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A cited work, by its id under `sources`. Readers see *untitled* or *undated* where title or date is left out.
    Only a draft may lack publisher, address (empty then) and kind."""

    __pydantic_config__ = STRICT

    publisher: Annotated[Line, doc("The outlet or body that made it. Only a draft may lack it.")] = ""
    url: Annotated[Url, doc("The page that was read, http or https. Only a draft may lack it.")] = ""
    kind: Annotated[SourceKind | None, doc("What sort of work it is. Only a draft may lack it.")] = None
    title: Annotated[Line | None, doc("As the work gives it.")] = None
    author: Annotated[Line | None, doc("As the work gives it.")] = None
    via: Annotated[Line | None, doc("The page or outlet that carries the text, where it is a copy.")] = None
    date: Annotated[PartialDay | None, doc("YYYY, YYYY-MM or YYYY-MM-DD.")] = None
    date_note: Annotated[Note | None, doc("What the date is, e.g. `ratified`.")] = None
    language: Annotated[Id | None, doc("Language code of the text where it is not English, e.g. `es`.")] = None
    archive_url: Annotated[Url | None, doc("An archived copy.")] = None
    note: Annotated[Note | None, doc("Anything a reader should know about the copy.")] = None


SOURCE_KEYS = ("publisher", "url", "kind")
"""What every source has that readers see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caveat:
    """What was not verified, or where reports differ; in a file a plain line, if it concerns all sections."""

    __pydantic_config__ = STRICT

    text: Annotated[Line, doc("One sentence for readers.")]
    sections: Annotated[tuple[Id, ...], doc("The sections that it concerns. Left out: all.")] = ()

    def concerns(self, section: str) -> bool:
        """Whether it concerns a section, by key."""
        return not self.sections or section in self.sections


class _LineOrMapping:
    """In the schema for editors, a caveat may be a line."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        line = core_schema.str_schema(min_length=1, max_length=LINE_MAX)
        return {"anyOf": [handler(line), handler(schema)]}


def _caveat(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


def _plain_caveat(caveat: Caveat, dump: SerializerFunctionWrapHandler) -> Any:
    # As the line that it was before caveats had sections, so that revisions stay as they are.
    return dump(caveat) if caveat.sections else caveat.text


LineOrCaveat = Annotated[Caveat, BeforeValidator(_caveat), WrapSerializer(_plain_caveat), _LineOrMapping()]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeNote:
    """A maintainer's note on what changed, for readers. With both lists empty it covers what no other note names."""

    __pydantic_config__ = STRICT

    date: Annotated[Day, doc("The day of the change.")]
    kind: Annotated[ChangeKind, doc("How it is announced; `editorial` never is.")]
    note: Annotated[Line, doc("What changed and why, for readers.")]
    claims: Annotated[tuple[Id, ...], doc("The claims that this note covers.")] = ()
    sources: Annotated[tuple[Id, ...], doc("The sources that this note covers.")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """A warning of `briefbot check` that is left for now. It is for maintainers, and no part of the content."""

    __pydantic_config__ = STRICT

    rule: Annotated[Phrase, doc("The code of the warning, e.g. `B303`.")]
    reason: Annotated[Line, doc("Why it is left.")]
    until: Annotated[Day, doc("The last day on which it is left; then it is reported again.")]
    claims: Annotated[tuple[Id, ...], doc("Only at these claims. Left out: wherever the brief has it.")] = ()


_WHOLE_SOURCES: dict[str, Any] = {
    "if": {"properties": {"status": {"const": "draft"}}, "required": ["status"]},
    "else": {"properties": {"sources": {"additionalProperties": {"required": [*SOURCE_KEYS]}}}},
}
"""For editors: sources of all but drafts have these keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefContent:
    """One backgrounder: the content of one YAML file. The order of keys does not count, that of lists does."""

    __pydantic_config__ = ConfigDict(extra="forbid", json_schema_extra=_WHOLE_SOURCES)

    title: Annotated[Title, doc("What the brief is called.")]
    summary: Annotated[Line, doc("One sentence that says what this is about.")]
    status: Annotated[Status, doc("Only `published` answers; `withdrawn` answers with a banner and its note.")]
    as_of: Annotated[Day, doc("The day up to which the brief is true.")]
    owner: Annotated[Phrase, doc("Who keeps it.")]
    sections: Annotated[
        Mapping[Id, Section],
        AfterValidator(sorted_by_key),
        Field(
            min_length=1,
            description="Claims by section key; titles and order come from `_store.yaml`.",
            json_schema_extra={"minProperties": 1},
        ),
    ]
    sources: Annotated[
        Mapping[Id, Source], AfterValidator(sorted_by_key), doc("Cited works by id; each must be cited.")
    ]
    aliases: Annotated[tuple[Phrase, ...], doc("Other words that readers may type; they resolve for ever.")] = ()
    tags: Annotated[tuple[Id, ...], doc("For `list tag:…` and for subscriptions.")] = ()
    review_by: Annotated[Day | None, doc("The day by which somebody should look again.")] = None
    continued_in: Annotated[Id | None, doc("The slug of the brief that goes on where this one ends.")] = None
    caveats: Annotated[
        tuple[LineOrCaveat, ...], Field(max_length=8, description="What was not verified, or where reports differ.")
    ] = ()
    changes: Annotated[tuple[ChangeNote, ...], doc("Newest first.")] = ()
    also: Annotated[tuple[Phrase, ...], doc("Words that readers use for all of it; searched, never shown.")] = ()
    lint_ignore: Annotated[
        tuple[Suppression, ...],
        Field(alias=LINT_IGNORE, description="Warnings of `briefbot check` that are left for now; never shown."),
    ] = ()
    """Empty in a `Brief`: what is served has none, so that it counts for no revision."""

    def caveats_of(self, section: str | None = None) -> tuple[Caveat, ...]:
        """The caveats that concern a section, by key (None: all), in the order of the file."""
        return tuple(caveat for caveat in self.caveats if section is None or caveat.concerns(section))

    def caveat_texts(self) -> tuple[str, ...]:
        """The caveats as lines for readers, in the order of the file."""
        return tuple(caveat.text for caveat in self.caveats)

    def claims(self) -> Iterator[tuple[str, Claim]]:
        """(section key, claim) of every claim: sections by key, claims of a section in reading order."""
        return ((key, claim) for key, section in self.sections.items() for claim in section.claims)


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief(BriefContent):
    """A brief with its name: `slug` is the file's stem, `revision` 8 hex digits of the content's hash (see
    `canonical.revision`)."""

    slug: str
    revision: str


UNCITED_STANDINGS = frozenset({"unverified", "partly", "opinion", "reading"})
"""Standings of claims that need no evidence if a note says why there is none."""

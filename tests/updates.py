"""Reads the sheet of corrections and updates beside the repository, which goes before the older fact sheets."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from tests import facts

ID = re.compile(r"\b[a-z0-9]+(?:-[a-z0-9]+)+\b")
BRIEF = re.compile(r"^# \d\. ([a-z-]+) .*", re.MULTILINE)
PART = re.compile(r"^## (?=[A-H]\. )", re.MULTILINE)
# A claim is named in bold type or, within the entry of another, at the beginning of a parenthesis.
HEAD = re.compile(
    r"^- \*\*([^*\n]+)\*\*|\*\*([^*\n]*\b[a-z0-9]+-[a-z0-9]+\b[^*\n]*)\*\*|\(([a-z-]+)(?=: text|, present claim: )",
    re.MULTILINE,
)
STRING = r'"((?:\\"|[^"\\])*)"'
EVIDENCE = re.compile(rf"([a-z0-9-]+)(?: \(= ([a-z0-9-]+)\))? — ({STRING}(?: (?:/|and)(?: —)? {STRING})*)")
CUT = re.compile(r'[^\n"]*type it only up to "([^"]+)"')
END = r"(?= (?:note|standing|ev): |\n|$)"
TEXT = re.compile(rf'\b[Tt]ext(?: begins| of [a-z-]+)?:? "([^"]+)"|\btext: (?!unchanged|name )([^"\n].*?){END}')
NOTE = re.compile(rf'(?<!its )\bnote(?: becomes)?:? "([^"]+)"|\bnote: ([^"\n].*?){END}')
STANDING = re.compile(r"\b[Ss]tanding:? (partly|disputed|opinion|unverified|supported)|→ (disputed)")
ASIDE = re.compile(r" \([^()]*\)$| Evidence unchanged\.$")
CHANGE = re.compile(rf"kind (\w+), claims \[([^]]*)\](?:, sources \[([^]]*)\])?: {STRING}")
LAST_CHANGE = re.compile(rf"\*\*Last change note.*?: {STRING}")
CAVEAT = re.compile(r'(?:\(\d\)|→|Write:|softened:) "([^"]+)"')
ROW = re.compile(r"^(?:- )?(?:New(?: rows)?: )?([a-z0-9-]+)(?: \([^|]*\))? \|(.*)", re.MULTILINE)
ORDER = re.compile(r"^- (\w+)(?: \([^)]*\))? — lead: (.*?)\. (?:Groups|Order): (.*)", re.MULTILINE)
GROUP = re.compile(r"\*([^*]+)\*([^*]*)")


@dataclass(frozen=True)
class Entry:
    """What the sheet gives for a claim; empty where it gives nothing. In a text `…` stands for what stays."""

    claim: str
    text: str = ""
    note: str = ""
    standing: str = ""
    evidence: tuple[tuple[str, str], ...] = ()
    """Source and quote."""


@dataclass(frozen=True)
class Row:
    """A source. In its fields parentheses are remarks."""

    key: str
    title: str
    publisher: str
    via: str
    author: str
    date: str
    kind: str
    address: str

    def url(self) -> str:
        """The address without what is said about it."""
        return facts.normal(facts.URL.findall(self.address)[0])


@dataclass(frozen=True)
class Order:
    """Leads and groups of a section. A group without claims is only named."""

    leads: tuple[str, ...]
    claims: tuple[str, ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Change:
    """A change note."""

    kind: str
    claims: tuple[str, ...]
    sources: tuple[str, ...]
    note: str


def whole() -> str:
    """The sheet."""
    return (facts.FACTS / "06-updates.md").read_text(encoding="utf-8")


def slugs() -> list[str]:
    """The briefs that the sheet is about."""
    return BRIEF.findall(whole())


@cache
def of(slug: str) -> str:
    """All that the sheet says about a brief, with its heading."""
    start = next(head.start() for head in BRIEF.finditer(whole()) if head[1] == slug)
    return whole()[start:].split("\n# ", 1)[0]


def part(slug: str, letters: str) -> str:
    """Some of the parts A to H."""
    return "\n".join(text for text in PART.split(of(slug)) if text[0] in letters)


def day(slug: str, name: str) -> str:
    """`as_of` or `review_by`."""
    return re.findall(rf"`{name}: ([0-9-]+)", of(slug))[0]  # type: ignore[no-any-return]


def continued_in(slug: str) -> str | None:
    """The brief that goes on."""
    return next(iter(re.findall(r"\*\*continued in ([a-z-]+)\*\*", part(slug, "F"))), None)


def entries(slug: str) -> list[Entry]:
    """What is given for each claim. Of two values the later one counts; evidence adds up."""
    together: dict[str, Entry] = {}
    for head, body in _headed(part(slug, "ABCE")):
        for claim in ID.findall(head)[:1]:
            together[claim] = _entry(claim, head + body, together.get(claim, Entry(claim)))
    return list(together.values())


def new_claims(slug: str) -> set[str]:
    """The claims that the sheet adds."""
    return {claim for head, _ in _headed(part(slug, "B")) if head.startswith("- **B") for claim in ID.findall(head)}


def rows(slug: str) -> list[Row]:
    """The new sources of a brief."""
    fields = [[key, *map(str.strip, rest.split("|"))] for key, rest in ROW.findall(part(slug, "D"))]
    return [Row(*each[:8]) for each in fields]


def orders(slug: str) -> dict[str, Order]:
    """The order of each section."""
    return {section: _order(leads, rest) for section, leads, rest in ORDER.findall(part(slug, "G"))}


def changes(slug: str) -> list[Change]:
    """The change notes that are given, with that of every brief."""
    own = CHANGE.findall(part(slug, "ABCE"))
    last = Change("evidence", (), (), LAST_CHANGE.findall(whole())[0])
    return [*(Change(kind, _list(claims), _list(sources), note) for kind, claims, sources, note in own), last]


def caveats(slug: str) -> list[str]:
    """The caveats that are given."""
    return [text for head, body in _headed(part(slug, "A")) if "caveat" in head for text in CAVEAT.findall(body)]


def addresses() -> dict[str, str]:
    """The addresses of new sources by key; a source may be new in one brief and cited in another."""
    return {row.key: row.url() for slug in slugs() for row in rows(slug)}


@cache
def carried() -> dict[str, set[str]]:
    """What each quote may be cited from: the key of its source, and its address if that is new."""
    carriers: dict[str, set[str]] = {}
    for slug in slugs():
        for key, quote in (pair for entry in entries(slug) for pair in entry.evidence):
            carriers.setdefault(quote, set()).update({key, addresses().get(key, key)})
    for line in whole().splitlines():
        # Words of a page that no `ev:` introduces: of a source that the line names.
        for quote in map(unescaped, re.findall(STRING, line)):
            carriers.setdefault(quote, facts.urls(line) | {*ID.findall(line)})
    return carriers


def renewed(slug: str, key: str) -> set[str]:
    """The addresses that are given where a source of the older sheets is mended."""
    lines = (line for line in part(slug, "D").splitlines() if key in ID.findall(line))
    return {url for line in lines for url in facts.urls(line)}


def unescaped(quote: str) -> str:
    """A quote as its page has it."""
    return quote.replace('\\"', '"')


def _headed(text: str) -> list[tuple[str, str]]:
    heads = [*HEAD.finditer(text)]
    bounds = pairwise([*heads, None])
    return [(head[0], text[head.end() : after.start() if after else None]) for head, after in bounds if head]


def _entry(claim: str, text: str, before: Entry) -> Entry:
    return Entry(
        claim,
        text=_first(TEXT, text) or before.text,
        note=_first(NOTE, text) or before.note,
        standing=_first(STANDING, text) or before.standing,
        evidence=(*before.evidence, *_evidence(text)),
    )


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return ASIDE.sub("", next(filter(None, found.groups()))).strip() if found else ""


def _evidence(text: str) -> list[tuple[str, str]]:
    return [
        (match[2] or match[1], _cut(unescaped(quote), CUT.match(text, match.end())))
        for match in EVIDENCE.finditer(text)
        for quote in re.findall(STRING, match[3])
    ]


def _cut(quote: str, end: re.Match[str] | None) -> str:
    return quote[: quote.index(end[1]) + len(end[1])] if end else quote


def _list(text: str | None) -> tuple[str, ...]:
    return tuple(ID.findall(text or ""))


def _order(leads: str, rest: str) -> Order:
    plain = re.sub(r"\((?!group)[^)]*\)", "", rest)
    groups = tuple((title, _names(claims)) for title, claims in GROUP.findall(plain))
    claims = tuple(claim for _, each in groups for claim in each)
    if not plain.startswith("*"):
        claims = _list(re.sub(r"\*[^*]+\*", "", plain))
    return Order(_list(leads.rsplit("so: ", 1)[-1]), claims, groups)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for part in text.split(",") if (name := part.strip(" .·;)")))

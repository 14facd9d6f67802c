"""What a brief rests on, and what is missing: of each claim, each source and the brief as a whole, by how much it
matters."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.core.briefs.brief import Brief, Claim, Evidence, Source
from bot.core.evidence.check_summary import failure_of
from bot.core.evidence.gap_kinds import Gaps
from bot.core.evidence.lock import EvidenceLock, QuoteCheck, QuoteState

ONE_SOURCE_MIN_CLAIMS = 3
"""A section, or a brief, of fewer claims may well rest on one source."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A gap of one thing; `what` says of what in it, as the end of a sentence, empty where the gap says all."""

    gap: Gaps
    what: str = ""


@dataclass(frozen=True, slots=True)
class Rest:
    """A source of a claim: how many quotes of it there are, and how many pieces of evidence without one."""

    source: str
    quotes: int
    unquoted: int


Thing = Literal["claim", "source", "section", "brief"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing in a brief, what it rests on, and its gaps, worst first; none for what is complete. `at` is its path in
    the file, `section` the key of a claim's section, `number` how many claims rest on a source, or are in a section."""

    brief: Brief
    thing: Thing
    id: str
    at: tuple[str | int, ...]
    findings: tuple[Finding, ...]
    section: str | None = None
    claim: Claim | None = None
    rests_on: tuple[Rest, ...] = ()
    number: int = 0

    @property
    def worst(self) -> Gaps | None:
        """The worst of its gaps; None where nothing is missing."""
        return self.findings[0].gap if self.findings else None


def worst_first(entries: Iterable[Entry]) -> list[Entry]:
    """By the worst gap; of one gap first what readers see, of sources those that most claims rest on; else in the order
    in which they were given."""
    return sorted(entries, key=_weight)


def _weight(entry: Entry) -> tuple[int, bool, int]:
    rank = entry.worst.rank if entry.worst else len(Gaps)
    return rank, entry.brief.status != "published", -entry.number if entry.thing == "source" and entry.worst else 0


def entries_of(brief: Brief, lock: EvidenceLock) -> Iterator[Entry]:
    """Every claim and every source of a brief, and the brief itself or its sections where the gap is theirs: they rest
    on one source, or no quote of the brief was ever looked for."""
    yield from _one_source(brief)
    is_checked = any(_check_of(brief, claim, each, lock) for _, claim in brief.claims() for each in claim.evidence)
    if not is_checked:
        yield from _never_verified(brief)
    for key, section in brief.sections.items():
        for index, claim in enumerate(section.claims):
            at = ("sections", key, "claims", index)
            findings = _sorted([*_of_claim(claim), *(_unchecked(brief, claim, lock) if is_checked else ())])
            yield Entry(brief, "claim", claim.id, at, findings, key, claim, rests_on(claim))
    cited = Counter(id_ for _, claim in brief.claims() for id_ in {each.source for each in claim.evidence})
    for id_, source in brief.sources.items():
        yield Entry(brief, "source", id_, ("sources", id_), _sorted(_of_source(source)), number=cited[id_])


def rests_on(claim: Claim) -> tuple[Rest, ...]:
    """The sources of a claim in the order of its evidence, each once."""
    quotes: dict[str, list[bool]] = {}
    for each in claim.evidence:
        quotes.setdefault(each.source, []).append(each.quote is not None)
    return tuple(Rest(source, sum(has), len(has) - sum(has)) for source, has in quotes.items())


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda each: each.gap.rank))


# Claims


def _of_claim(claim: Claim) -> Iterator[Finding]:
    if claim.standing == "unverified":
        yield Finding(Gaps.UNVERIFIED if claim.evidence else Gaps.UNVERIFIED_UNSEARCHED)
    elif not claim.evidence:
        yield from _without_evidence(claim)
    else:
        yield from _unquoted(claim)
        if claim.standing == "disputed" and len(rests_on(claim)) == 1:
            yield Finding(Gaps.ONE_SIDE)


def _without_evidence(claim: Claim) -> Iterator[Finding]:
    # An inference of our own has its note, which says from what.
    if claim.standing == "opinion":
        yield Finding(Gaps.OPINION_WITHOUT_SOURCE)
    elif claim.standing != "reading":
        yield Finding(Gaps.NO_EVIDENCE)


def _unquoted(claim: Claim) -> Iterator[Finding]:
    has_quote = [each.quote is not None for each in claim.evidence]
    if not all(has_quote):
        yield Finding(Gaps.EVIDENCE_WITHOUT_QUOTE if any(has_quote) else Gaps.NO_QUOTE)


CHECKS: Mapping[QuoteState, Gaps] = {
    QuoteState.MISSING: Gaps.QUOTE_MISSING,
    QuoteState.GONE: Gaps.PAGE_GONE,
    QuoteState.UNREACHABLE: Gaps.UNREACHABLE,
}
"""States of quotes that are gaps."""


def _never_verified(brief: Brief) -> Iterator[Entry]:
    quotes = sum(each.quote is not None for _, claim in brief.claims() for each in claim.evidence)
    if quotes:
        what = f"{quotes} quote{'s' if quotes > 1 else ''}"
        yield Entry(brief, "brief", brief.slug, (), (Finding(Gaps.NEVER_VERIFIED, what),))


def _check_of(brief: Brief, claim: Claim, item: Evidence, lock: EvidenceLock) -> QuoteCheck | None:
    return lock.check_of(brief.slug, claim.id, item, brief.sources[item.source])


def _unchecked(brief: Brief, claim: Claim, lock: EvidenceLock) -> Iterator[Finding]:
    never: list[str] = []
    for each in claim.evidence:
        check = _check_of(brief, claim, each, lock)
        if check is None and each.quote is not None:
            never.append(each.source)
        elif check is not None and (gap := _gap_of(check)):
            yield Finding(gap, f"{each.source}, {_since(check)}")
    if never:
        yield Finding(Gaps.NEVER_VERIFIED, ", ".join(dict.fromkeys(never)))


def _gap_of(check: QuoteCheck) -> Gaps | None:
    # That a page is away now does not bring back a quote that it had lost before.
    return CHECKS.get(failure_of(check) or check.state)


def _since(check: QuoteCheck) -> str:
    why = f", {check.reason}" if check.reason else ""
    return f"since {check.since.isoformat()}{why}"


# Sources and sections


def _of_source(source: Source) -> Iterator[Finding]:
    # Only a draft may lack the first two.
    missing = {
        Gaps.NO_ADDRESS: not source.url,
        Gaps.NO_PUBLISHER: not source.publisher,
        Gaps.NO_DATE: source.date is None,
        Gaps.NO_TITLE: source.title is None,
        Gaps.NO_ARCHIVE: source.archive_url is None and bool(source.url),
    }
    yield from (Finding(gap) for gap, is_missing in missing.items() if is_missing)


def _one_source(brief: Brief) -> Iterator[Entry]:
    """The brief if all of it rests on one source, else each section that does."""
    claims = [claim for _, claim in brief.claims()]
    if only := _only_source(claims):
        finding = (Finding(Gaps.ONE_SOURCE, f"all on {only}"),)
        yield Entry(brief, "brief", brief.slug, (), finding, number=len(claims))
        return
    for key, section in brief.sections.items():
        if only := _only_source(section.claims):
            finding = (Finding(Gaps.ONE_SOURCE, f"all on {only}"),)
            yield Entry(brief, "section", key, ("sections", key), finding, key, number=len(section.claims))


def _only_source(claims: Sequence[Claim]) -> str | None:
    """The id of the source that all of several claims rest on; None where there is no such source."""
    carried = [claim for claim in claims if claim.standing != "unverified" and claim.evidence]
    sources = {each.source for claim in carried for each in claim.evidence}
    return min(sources) if len(carried) >= ONE_SOURCE_MIN_CLAIMS and len(sources) == 1 else None

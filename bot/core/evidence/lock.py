"""What is known of the quotes of briefs: whether each stands on its page, since when, and how that is known."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from bot.core.briefs.brief import Evidence, Source
from bot.core.evidence.hashes import hash_of


class QuoteState(StrEnum):
    """What became of a quote when its page was last asked for."""

    VERBATIM = "verbatim"
    """It is in the page's text, character by character but for white space."""
    NORMALISED = "normalised"
    """It is there but for typography: quotation marks, dashes, ellipses, ligatures, invisible characters."""
    MISSING = "missing"
    """The page was read, and it is not there."""
    UNREACHABLE = "unreachable"
    """The page could not be read; that says nothing about the quote."""
    GONE = "gone"
    """The page has been answered with 404 or 410 for days, and no archived copy was read."""


FOUND = frozenset({QuoteState.VERBATIM, QuoteState.NORMALISED})
"""States of a quote that stands on its page."""


class UnreadReason(StrEnum):
    """Why a page could not be read."""

    ABSENT = "absent"
    """404 or 410."""
    REFUSED = "refused"
    """401, 403, 451 or another answer that denies it to a program."""
    BUSY = "busy"
    """429 or a failure of the server, 5xx."""
    TIMEOUT = "timeout"
    NETWORK = "network"
    """No such name, no connection, a broken one, a bad certificate."""
    ROBOTS = "robots"
    """The site's robots.txt asks programs to stay away."""
    FORBIDDEN = "forbidden"
    """The address, or one that it redirects to, is not of the public internet."""
    REDIRECTS = "redirects"
    """Too many, or in a circle."""
    TOO_LARGE = "too-large"
    UNREADABLE = "unreadable"
    """It holds no text: pictures of one, a broken file, a kind of file that is not read."""


@dataclass(frozen=True, slots=True, order=True)
class QuoteKey:
    """One quote of a claim: the brief's slug, the claim's and the source's id, and the `hash_of` the quote as the brief
    has it."""

    brief: str
    claim: str
    source: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteCheck:
    """What is known of a quote. `since`: the day (UTC) from which on state and reason have been as they are. `page`:
    the `hash_of` the text that was read when they became so, None if none ever was. `places`: how often the quote
    stands in it."""

    key: QuoteKey
    state: QuoteState
    since: date
    page: str | None
    places: int
    address: str = ""
    """The `hash_of` the source's `url` that was asked for; of a source that has another one now, nothing is known."""
    reason: UnreadReason | None = None
    """Set in the states unreachable and gone alone."""
    archived: bool = False
    """Whether the text is that of the archived copy, as the page itself is away."""
    before: QuoteState | None = None
    """In the states unreachable and gone: what it was when its page was last read; `page` and `places` are of then."""

    @property
    def last_read(self) -> QuoteState | None:
        """Verbatim, normalised or missing: what the quote was when its page was last read. None: it never was."""
        return self.before if self.reason else self.state


@dataclass(frozen=True)
class EvidenceLock:
    """Everything that is known of quotes. `last_run`: the day (UTC) of the last run of `briefbot verify` over all
    briefs, from which on each quote was looked for."""

    last_run: date | None = None
    checks: Mapping[QuoteKey, QuoteCheck] = field(default_factory=dict)

    def check_of(self, brief: str, claim: str, evidence: Evidence, source: Source) -> QuoteCheck | None:
        """What is known of a quote, by the brief's slug and the claim's id. None if nothing is: there is no quote, it
        was never checked, or the source has had another address since."""
        if evidence.quote is None:
            return None
        key, address = QuoteKey(brief, claim, evidence.source, hash_of(evidence.quote)), hash_of(source.url)
        check = self.known(key, address)
        return check if check and check.address in ("", address) else None

    def known(self, key: QuoteKey, address: str) -> QuoteCheck | None:
        """What is known of a quote on the page of an address (its hash). Where nothing is known under its key, what is
        known of the same words on the same page, as claims and sources get other ids and move to other briefs; `key` is
        then the other one."""
        if check := self.checks.get(key):
            return check
        same = (each for each in self._by_quote.get(key.quote, ()) if _is_of_page(each, key, address))
        return min(same, key=lambda each: _distance(each.key, key), default=None)

    @cached_property
    def _by_quote(self) -> Mapping[str, Sequence[QuoteCheck]]:
        by_quote = defaultdict[str, list[QuoteCheck]](list)
        for check in self.checks.values():
            by_quote[check.key.quote].append(check)
        return by_quote


def _is_of_page(check: QuoteCheck, key: QuoteKey, address: str) -> bool:
    # Earlier versions wrote no address: then the id of the source in its brief stands for one.
    return check.address == address if check.address else (check.key.brief, check.key.source) == (key.brief, key.source)


def _distance(one: QuoteKey, other: QuoteKey) -> tuple[bool, bool, bool, QuoteKey]:
    return one.brief != other.brief, one.claim != other.claim, one.source != other.source, one


NO_EVIDENCE = EvidenceLock()

"""What becomes of the state of a quote when its page was asked for: its line changes where there is news alone."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.core.evidence.lock import QuoteCheck, QuoteKey, QuoteState, UnreadReason

GONE_AFTER = timedelta(days=3)
"""A page is gone that has been answered with 404 or 410 again so long after the first time; sites have bad weekends."""

PASSING = frozenset({UnreadReason.BUSY, UnreadReason.TIMEOUT, UnreadReason.NETWORK})
"""Reasons that say little of the page: they take no other one's place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What a run saw of a quote on a day (UTC). Either its page was read, then `reason` is None, `page` the hash of its
    text, and the quote stands in it at `places` places; or it was not, for a `reason`."""

    day: date
    address: str
    """The hash of the address that the source gives."""
    reason: UnreadReason | None = None
    page: str | None = None
    archived: bool = False
    places: int = 0
    is_verbatim: bool = False

    @property
    def state(self) -> QuoteState:
        """Verbatim, normalised or missing if the page was read, else unreachable."""
        if self.reason:
            return QuoteState.UNREACHABLE
        if not self.places:
            return QuoteState.MISSING
        return QuoteState.VERBATIM if self.is_verbatim else QuoteState.NORMALISED


def next_check(before: QuoteCheck | None, key: QuoteKey, now: Observation) -> QuoteCheck:
    """What is known of a quote after an observation; `before` itself where it is no news. To take in an observation
    twice changes nothing."""
    if before and before.address not in ("", now.address):
        before = None
    if before and not before.address:
        before = replace(before, address=now.address)
    return _unread(before, key, now, now.reason) if now.reason else _read(before, key, now)


def _read(before: QuoteCheck | None, key: QuoteKey, now: Observation) -> QuoteCheck:
    if before and (before.state, before.places, before.archived) == (now.state, now.places, now.archived):
        return before
    return QuoteCheck(
        key=key,
        state=now.state,
        since=before.since if before and before.state == now.state else now.day,
        page=now.page,
        places=now.places,
        address=now.address,
        archived=now.archived,
    )


def _unread(before: QuoteCheck | None, key: QuoteKey, now: Observation, reason: UnreadReason) -> QuoteCheck:
    state, since, last_read = QuoteState.UNREACHABLE, now.day, before.last_read if before else None
    if before is None:
        before = QuoteCheck(key=key, state=state, since=since, page=None, places=0, address=now.address)
    elif before.state is QuoteState.GONE or (before.reason and reason in PASSING):
        return before
    elif before.reason is reason:
        if reason is not UnreadReason.ABSENT or now.day - before.since < GONE_AFTER:
            return before
        state = QuoteState.GONE
    return replace(before, state=state, since=since, reason=reason, before=last_read)

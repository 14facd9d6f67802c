"""Delivers events, and again those that the app did not acknowledge."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.workspace.deliver import Ack, Kind
from bot.workspace.state import Json

Deliver = Callable[[Kind, Json, tuple[int, str] | None], Ack]

RETRIES = 3
"""Slack sends an event again at once, after a minute and after five. Source: docs.slack.dev, events api."""

REASONS = {"operation_timeout": "http_timeout", "dispatch_failed": "http_error"}
"""What a repetition over HTTP names as its reason, by the error of the delivery before it."""


@dataclass(slots=True)
class _Unacknowledged:
    payload: Json
    error: str
    retries: int = 0


class EventSender:
    """The events of one workspace. `reason` is what repetitions name as theirs, None for that of `REASONS`."""

    def __init__(self, deliver: Deliver, reason: Callable[[], str | None]) -> None:
        self._deliver, self._reason = deliver, reason
        self._waiting: list[_Unacknowledged] = []

    def send(self, payload: Json, retry: tuple[int, str] | None = None) -> Ack:
        """Delivers an event, and at once a second time where it is not acknowledged, unless it is a repetition already.
        Returns the last answer."""
        ack = self._deliver("events_api", payload, retry)
        if retry is not None or ack.error not in REASONS:
            return ack
        return self._again(_Unacknowledged(payload, ack.error))

    def repeat(self) -> list[Ack]:
        """Delivers all events once more that were not acknowledged so far, those which have repetitions left. Returns
        the answers."""
        waiting, self._waiting = self._waiting, []
        return [self._again(each) for each in waiting]

    def _again(self, event: _Unacknowledged) -> Ack:
        event.retries += 1
        ack = self._deliver("events_api", event.payload, (event.retries, self._reason() or REASONS[event.error]))
        if ack.error in REASONS and event.retries < RETRIES:
            event.error = ack.error
            self._waiting.append(event)
        return ack

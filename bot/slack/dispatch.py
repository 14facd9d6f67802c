"""From a payload to Bolt's answer, whichever way it came. Nothing that is raised gets past this module."""

import logging
import time
from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import parse_qsl

from slack_bolt import App, BoltRequest, BoltResponse

from bot.core.bounded_json import loads
from bot.handlers.measures import PROCESS
from bot.handlers.request import request
from bot.slack.payload_shapes import EVENT, kind_of, misshape, says_kind

logger = logging.getLogger(__name__)

DEPTH_MAX = 100
"""Lists and objects within each other. Rich text in a message that an interaction repeats takes about fifteen."""

FIELDS_MAX = 100
"""Fields of a form. A slash command has about fifteen."""

OUTCOMES = {400: "malformed", 404: "unhandled", 500: "failed"}
"""By status; where it is another, the handler says what became of a request."""

Family = Literal["event_callback", "interaction"]
"""What a payload is by the way it came, if it cannot be read: an event, or something that a person did."""


def read_body(body: bytes, content_type: str) -> tuple[object, Family]:
    """The payload of a request of Slack's, None for one that is malformed; and what it is by its form alone. Source:
    docs.slack.dev, the Events API and handling user interaction."""
    is_json = content_type.partition(";")[0].strip().lower() == "application/json" or body.startswith(b"{")
    try:
        # A UnicodeDecodeError is a ValueError as well.
        return _read(body.decode(), is_json=is_json), EVENT if is_json else "interaction"
    except ValueError:
        return None, EVENT if is_json else "interaction"


def _read(text: str, *, is_json: bool) -> object:
    """Raises: ValueError for what Slack does not send."""
    if is_json:
        return loads(text, DEPTH_MAX)
    pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=FIELDS_MAX)
    form = dict(pairs)
    if len(form) < len(pairs):
        raise ValueError("a field stands twice")
    return loads(form["payload"], DEPTH_MAX) if "payload" in form else form


def dispatch(app: App, payload: object, family: Family, headers: Mapping[str, str]) -> BoltResponse:
    """What Slack is answered: by a listener; 404 where nobody handles such a payload; 400 for one that is malformed, or
    200 for a malformed event, which Slack would only send again; 500 for a failure of ours, which is logged."""
    began = time.monotonic()
    with request() as begun:
        answer = _dispatch(app, payload, family, headers)
        seconds = time.monotonic() - began
        outcome = OUTCOMES.get(answer.status, begun.outcome)
        kind = (kind_of(payload) if isinstance(payload, dict) else None) or "other"
        PROCESS.count_request(kind, begun.verb, outcome, seconds)
        logger.debug("%s, %s: %s in %.0f ms", kind, begun.verb, outcome, 1000 * seconds)
        return answer


def _dispatch(app: App, payload: object, family: Family, headers: Mapping[str, str]) -> BoltResponse:
    if not isinstance(payload, dict) or not says_kind(payload):
        return malformed(family, "no payload of any kind")
    kind = kind_of(payload)
    if kind is None:
        return BoltResponse(status=404)
    if problem := misshape(payload, kind):
        return malformed(kind, problem)
    request = _request(payload, headers)
    return _answer(app, request, kind) if request else malformed(kind, "fields that Bolt cannot read")


def _request(payload: dict[str, Any], headers: Mapping[str, str]) -> BoltRequest | None:
    """What Bolt makes of a payload; None where it has other fields of a wrong shape."""
    try:
        # Under the mode of HTTP Bolt would parse the body again.
        request = BoltRequest(body=payload, headers=dict(headers), mode="socket_mode")
    except (AttributeError, LookupError, TypeError, ValueError):
        return None
    return request if isinstance(request.context.team_id, str | None) else None


def _answer(app: App, request: BoltRequest, kind: str) -> BoltResponse:
    try:
        answer: BoltResponse = app.dispatch(request)
    except Exception:
        logger.exception("a request could not be handled")
        return BoltResponse(status=500)
    if answer.status == 404:
        logger.warning("nobody handles such a %s", kind)
    return answer


def malformed(kind: str, problem: str) -> BoltResponse:
    """The answer to a malformed payload; an event would only come again. The log names the kind and the problem, and
    never what the payload holds."""
    logger.warning("refused a malformed payload, %s: %s", kind, problem)
    return BoltResponse(status=200 if kind == EVENT else 400)

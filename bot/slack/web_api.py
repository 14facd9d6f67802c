"""Slack's Web API and its `response_url`s, one call at a time: what goes in, and what Slack said."""

import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from bot.handlers.delivery.slack_errors import counted_word
from bot.handlers.measures import PROCESS
from bot.handlers.ports import ApiFailure
from bot.slack.http_exchange import ANSWER_MAX, HttpAnswer, HttpRequest, exchange
from bot.slack.slack_answer import pointers, read_api_answer, read_response_answer, retry_after

logger = logging.getLogger(__name__)

DEADLINE = timedelta(seconds=2)
"""Of a call, unless another is given. Slack expects an acknowledgement within 3 seconds, and people wait for calls that
are made before it; of a delivery's attempt it is known that it has ended when it is looked for (`Cadence.settle`)."""

JSON_METHODS = frozenset({"chat.postMessage", "chat.update", "views.open"})
"""Methods that take blocks, as JSON. Those that read take a form alone. Source: docs.slack.dev, using the Web API."""

JSON = "application/json; charset=utf-8"


class WebApi:
    """The methods of one workspace, by its token. Calls are made once, and whatever goes wrong is a value."""

    def __init__(self, token: str, api_url: str) -> None:
        self.url = f"{api_url.rstrip('/')}/"
        self._token = token

    def call(
        self, method: str, arguments: Mapping[str, Any], *, deadline: timedelta = DEADLINE, answer_max: int = ANSWER_MAX
    ) -> dict[str, Any] | ApiFailure:
        """Calls a method; arguments that are None are left out. `answer_max`: bytes of the answer that are read."""
        return self.call_with_head(method, arguments, deadline=deadline, answer_max=answer_max)[0]

    def call_with_head(
        self, method: str, arguments: Mapping[str, Any], *, deadline: timedelta = DEADLINE, answer_max: int = ANSWER_MAX
    ) -> tuple[dict[str, Any] | ApiFailure, Mapping[str, str]]:
        """As `call`, with the headers of what answered, whose names are compared without case; empty where nothing
        did."""
        given = {name: value for name, value in arguments.items() if value is not None}
        kind, body = (JSON, _json(given)) if method in JSON_METHODS else _form(given)
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": kind}
        answer = exchange(HttpRequest(f"{self.url}{method}", headers, body, answer_max), deadline=deadline)
        if isinstance(answer, ApiFailure):
            return failed(method, answer), {}
        result = read_api_answer(answer, answer_max)
        if isinstance(result, dict) and result["ok"]:
            return result, answer.headers
        error = result.error if isinstance(result, ApiFailure) else result["error"]
        return failed(method, ApiFailure(error, _wait(answer)), *pointers(result)), answer.headers


def respond(url: str, payload: Mapping[str, Any], *, deadline: timedelta = DEADLINE) -> ApiFailure | None:
    """Posts a message to a `response_url`; None where it was taken. No token goes with it."""
    answer = exchange(HttpRequest(url, {"Content-Type": JSON}, _json(payload)), deadline=deadline)
    failure = read_response_answer(answer, ANSWER_MAX) if isinstance(answer, HttpAnswer) else answer
    if failure is None:
        return None
    wait = _wait(answer) if isinstance(answer, HttpAnswer) else None
    return failed("response_url", ApiFailure(failure.error, wait))


def failed(call: str, failure: ApiFailure, *details: str) -> ApiFailure:
    """Logs and counts a failure, and gives it back."""
    PROCESS.count_slack_error(call, counted_word(failure))
    logger.warning("%s failed: %s %s", call, failure.error, "; ".join(details))
    return failure


def _wait(answer: HttpAnswer) -> timedelta | None:
    return retry_after(answer.headers, datetime.now(UTC))


def _json(value: Mapping[str, Any]) -> bytes:
    # Half as long as escaped where letters are not Latin.
    return json.dumps(value, ensure_ascii=False).encode(errors="replace")


def _form(given: Mapping[str, Any]) -> tuple[str, bytes]:
    texts = {name: str(value).lower() if isinstance(value, bool) else value for name, value in given.items()}
    return "application/x-www-form-urlencoded", urlencode(texts, errors="replace").encode()

"""Payloads for a workspace that the bot has no token for: refused, and never served with the token of another."""

import json
import logging
from collections.abc import Callable, Sequence

from slack_bolt import BoltResponse

from bot.handlers.context import Services
from bot.render.digests import schedule_form
from bot.render.document.message import notice
from bot.render.reports import report_form
from bot.slack.callers import Payload, caller_of_action, enterprise_of, named_team
from bot.slack.payload_shapes import COMMAND, EVENT, PRESS

logger = logging.getLogger(__name__)

JSON: dict[str, str | Sequence[str]] = {"content-type": ["application/json;charset=utf-8"]}

NOT_SERVED = (
    "This bot does not serve the workspace that you asked from: whoever runs it has to install it in that workspace."
)

ANSWERED_ASIDE = (PRESS, "message_action")
"""What is answered through its `response_url`."""

FIELDS = {report_form.CALLBACK: report_form.WRONG, report_form.DISMISSAL: report_form.WORD}
"""By the callback id of a form, the field beside which it says so."""

Serves = Callable[[str, str | None], bool]
"""Whether the bot has a token for a workspace, by its team id and the id of its organisation, None outside one."""


def refuse_foreign(body: Payload, serves: Serves, services: Services) -> BoltResponse | None:
    """The answer to a payload that is for a workspace of others; None where it is for one of the bot's, or names
    none."""
    team = named_team(body)
    if team is None or serves(team, enterprise_of(body)):
        return None
    kind = body.get("type") or COMMAND
    logger.warning("refused a payload, %s: there is no token for workspace %s", kind, team)
    if kind == EVENT:
        # Sent again, it would be refused again.
        return BoltResponse(status=200)
    if kind in ANSWERED_ASIDE:
        services.slack.respond(caller_of_action(body), notice(NOT_SERVED))
    return BoltResponse(status=200, headers=JSON, body=_words(kind, body))


def _words(kind: str, body: Payload) -> str:
    match kind:
        case "block_suggestion":
            return json.dumps({"options": []})
        case "view_submission":
            field = FIELDS.get(body["view"]["callback_id"], schedule_form.RECURRENCE)
            return json.dumps({"response_action": "errors", "errors": {field: NOT_SERVED}})
        case _ if kind in ANSWERED_ASIDE:
            return ""
        case _:
            return str(notice(NOT_SERVED).body)

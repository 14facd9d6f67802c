"""The Bolt app: Slack's payloads in, our triggers called. Few listeners, our own table behind them."""

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from slack_bolt import Ack, App, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.handlers.commands.interactions import (
    continue_answer,
    follow_brief,
    open_command,
    open_digest_form,
    open_sources,
    share_answer,
    submit_digest_form,
    suggest_briefs,
)
from bot.handlers.commands.slash_command import answer_mention, answer_slash_command
from bot.handlers.context import Services
from bot.handlers.delivery.channel_events import handle_channel_event
from bot.handlers.ports import Caller
from bot.render.digests import schedule_form
from bot.render.document.block_kit import options
from bot.render.document.mrkdwn import unescape

logger = logging.getLogger(__name__)

Payload = Mapping[str, Any]
Action = Callable[[str, Caller, Services], None]

ACTIONS: dict[str, Action] = {
    "open": open_command,
    "undo": open_command,
    "follow": follow_brief,
    "continue": continue_answer,
    "share": share_answer,
    "sources": open_sources,
    "digest": open_digest_form,
}
"""By the first word of an action id; what follows a colon only makes it unique in its message."""

JSON: dict[str, str | Sequence[str]] = {"content-type": ["application/json;charset=utf-8"]}

TYPEAHEAD = "open:typeahead"

CHANNEL_EVENTS = frozenset(
    f"{kind}_{what}" for kind in ("channel", "group") for what in ("archive", "unarchive", "rename", "deleted", "left")
) | {"member_joined_channel"}


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is in a workspace (`auth.test`)."""

    team: str
    bot_user: str
    bot: str

    def in_team(self, team: str | None) -> "Identity":
        """The same bot in another workspace; in its own where None is given."""
        return replace(self, team=team) if team else self


def build_app(
    *,
    services: Services,
    token: Callable[[str], str],
    api_url: str,
    identity: Callable[[str | None], Identity],
) -> App:
    """The app. `identity` says who the bot is in a workspace, without asking Slack, `token` what it calls Slack with
    there.

    Requests are verified before they come here (bot/slack/http.py), over Socket Mode by the connection itself. With
    `process_before_response` Bolt calls listeners on the caller's thread: 0.04 ms instead of a poll every 10 ms.
    """

    def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        found = identity(team_id)
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_token=token(team_id or ""),
            bot_user_id=found.bot_user,
            bot_id=found.bot,
        )

    app = App(
        client=WebClient(base_url=api_url, retry_handlers=[]),
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
        logger=logging.getLogger("bot.slack.bolt"),
    )

    @app.command(services.policy.command)
    def typed(body: Payload) -> BoltResponse:
        shown = answer_slash_command(unescape(body.get("text") or ""), caller_of_command(body), services)
        if shown is None:
            return BoltResponse(status=200, body="")
        return BoltResponse(status=200, headers=JSON, body=shown.body)

    @app.action(re.compile(rf"^({'|'.join(ACTIONS)})\b"))
    def pressed(ack: Ack, body: Payload) -> None:
        action = body["actions"][0]
        value = action.get("value") or action["selected_option"]["value"]
        ACTIONS[action["action_id"].partition(":")[0]](value, caller_of_press(body), services)
        ack()

    @app.options(TYPEAHEAD)
    def asked(ack: Ack, body: Payload) -> None:
        ack(options=options(suggest_briefs(body.get("value") or "", services.answers().corpus)))

    @app.options(schedule_form.ZONE)
    def zones(ack: Ack, body: Payload) -> None:
        ack(options=options(schedule_form.matching_zones(body.get("value") or "")))

    @app.view(schedule_form.CALLBACK)
    def filled_in(ack: Ack, body: Payload) -> None:
        view = body["view"]
        command = schedule_form.form_command(view["state"]["values"])
        trouble = submit_digest_form(command, caller_of_form(body), services)
        if trouble is None:
            ack()
        else:
            ack(response_action="errors", errors={schedule_form.RECURRENCE: trouble})

    @app.event("app_mention")
    def mentioned(body: Payload) -> None:
        if services.mark_event_seen(body["event_id"]):
            event = body["event"]
            text = event["text"].replace(f"<@{identity(body.get('team_id')).bot_user}>", " ")
            answer_mention(unescape(text), caller_of_event(body), event["ts"], services)

    @app.event("message")
    def written(body: Payload) -> None:
        if is_question(body["event"]) and services.mark_event_seen(body["event_id"]):
            event = body["event"]
            answer_mention(unescape(event["text"]), caller_of_event(body), event["ts"], services)

    @app.event(re.compile(rf"^({'|'.join(sorted(CHANNEL_EVENTS))})$"))
    def moved(body: Payload) -> None:
        if services.mark_event_seen(body["event_id"]):
            handle_channel_event(body["event"], body["team_id"], identity(body["team_id"]).bot_user, services)

    @app.error
    def failed(error: Exception) -> None:
        logger.error("a listener failed", exc_info=error)

    return app


def is_question(event: Payload) -> bool:
    """A direct message of a person: no bot's, no edit, no join."""
    return event.get("channel_type") == "im" and "subtype" not in event and "bot_id" not in event and "text" in event


def caller_of_command(body: Payload) -> Caller:
    """From a slash command's form. Source: docs.slack.dev, implementing slash commands."""
    return Caller(
        team=body["team_id"],
        enterprise=body.get("enterprise_id"),
        user=body["user_id"],
        channel=body["channel_id"],
        response_url=body.get("response_url"),
        trigger_id=body.get("trigger_id"),
    )


def caller_of_form(body: Payload) -> Caller:
    """From a `view_submission`; the channel is the one that the form was made for."""
    return Caller(
        team=body["team"]["id"],
        enterprise=(body.get("enterprise") or {}).get("id"),
        user=body["user"]["id"],
        channel=body["view"]["private_metadata"],
        trigger_id=body.get("trigger_id"),
    )


def caller_of_press(body: Payload) -> Caller:
    """From a `block_actions` payload. The workspace is that of the message's context, not of the user, who may come
    from another one (Slack Connect)."""
    team, container = body.get("team") or {}, body.get("container") or {}
    message = body.get("message") or {}
    return Caller(
        team=team.get("id") or body["user"]["team_id"],
        enterprise=(body.get("enterprise") or {}).get("id"),
        user=body["user"]["id"],
        channel=body.get("channel", {}).get("id") or container["channel_id"],
        thread_ts=container.get("thread_ts") or message.get("thread_ts"),
        response_url=body.get("response_url"),
        trigger_id=body.get("trigger_id"),
    )


def caller_of_event(body: Payload) -> Caller:
    """From an event's envelope."""
    event = body["event"]
    return Caller(
        team=body["team_id"],
        enterprise=body.get("enterprise_id"),
        user=event["user"],
        channel=event["channel"],
        thread_ts=event.get("thread_ts"),
    )

"""The Bolt app: Slack's payloads in, our triggers called. Few listeners, our own table behind them."""

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from slack_bolt import Ack, App, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.core.commands.button_value import decode, decode_command
from bot.core.commands.command import Command, ShowSources, Subscribe
from bot.core.subscriptions.subscription import SubscriptionSpec, Target
from bot.handlers.commands import interactions
from bot.handlers.commands.slash_command import answer_mention, answer_slash_command
from bot.handlers.context import Services
from bot.handlers.delivery.channel_events import handle_channel_event
from bot.handlers.ports import Caller
from bot.render.digests import schedule_form
from bot.render.document.block_kit import options
from bot.render.document.mrkdwn import unescape

logger = logging.getLogger(__name__)

Payload = Mapping[str, Any]
Parse = Callable[[str], Command]
Decode = Callable[[str, Parse], Any]


def _sources(value: str, parse: Parse) -> Command | None:
    """Values of earlier versions are the slug alone."""
    return decode_command(value, ShowSources)


def _follow(value: str, parse: Parse) -> Command | None:
    """Values of earlier versions are the slug alone."""
    return decode_command(value, lambda slug: Subscribe(SubscriptionSpec(Target(slug))))


@dataclass(frozen=True, slots=True)
class Action:
    """What a control's value is decoded by (None for a value that no version wrote), and what handles the result."""

    decode: Decode
    handle: Callable[[Any, Caller, Services], None]


ACTIONS = {
    "open": Action(decode_command, interactions.open_command),
    "undo": Action(decode_command, interactions.open_command),
    "follow": Action(_follow, interactions.open_command),
    "continue": Action(decode, interactions.continue_answer),
    "share": Action(decode, interactions.share_answer),
    "sources": Action(_sources, interactions.open_sources),
    "digest": Action(decode_command, interactions.open_digest_form),
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
    def on_slash_command(body: Payload) -> BoltResponse:
        message = answer_slash_command(unescape(body.get("text") or ""), caller_of_command(body), services)
        if message is None:
            return BoltResponse(status=200, body="")
        return BoltResponse(status=200, headers=JSON, body=message.body)

    @app.action(re.compile(rf"^({'|'.join(ACTIONS)})\b"))
    def on_action(ack: Ack, body: Payload) -> None:
        act(body["actions"][0], caller_of_press(body), services)
        ack()

    @app.options(TYPEAHEAD)
    def on_brief_options(ack: Ack, body: Payload) -> None:
        ack(options=options(interactions.suggest_briefs(body.get("value") or "", services.answers().corpus)))

    @app.options(schedule_form.ZONE)
    def on_zone_options(ack: Ack, body: Payload) -> None:
        ack(options=options(schedule_form.zones_found(body.get("value") or "")))

    @app.view(schedule_form.CALLBACK)
    def on_view_submission(ack: Ack, body: Payload) -> None:
        command = schedule_form.submitted(body["view"]["state"]["values"])
        error = interactions.submit_form(command, caller_of_form(body), services)
        if error is None:
            ack()
        else:
            ack(response_action="errors", errors={schedule_form.OFTEN: error})

    @app.event("app_mention")
    def on_mention(body: Payload) -> None:
        if services.mark_event_seen(body["event_id"]):
            event = body["event"]
            text = event["text"].replace(f"<@{identity(body.get('team_id')).bot_user}>", " ")
            answer_mention(unescape(text), caller_of_event(body), event["ts"], services)

    @app.event("message")
    def on_direct_message(body: Payload) -> None:
        if is_question(body["event"]) and services.mark_event_seen(body["event_id"]):
            event = body["event"]
            answer_mention(unescape(event["text"]), caller_of_event(body), event["ts"], services)

    @app.event(re.compile(rf"^({'|'.join(sorted(CHANNEL_EVENTS))})$"))
    def on_channel_event(body: Payload) -> None:
        if services.mark_event_seen(body["event_id"]):
            handle_channel_event(body["event"], body["team_id"], identity(body["team_id"]).bot_user, services)

    @app.error
    def failed(error: Exception) -> None:
        logger.error("a listener failed", exc_info=error)

    return app


def act(control: Payload, caller: Caller, services: Services) -> None:
    """Decodes the value of a pressed control and handles it; `control` is one of the payload's `actions`."""
    value = control.get("value") or control["selected_option"]["value"]
    action = ACTIONS[control["action_id"].partition(":")[0]]
    decoded = action.decode(value, services.answers().parse)
    if decoded is None:
        interactions.respond(caller, interactions.outdated(services), services)
    else:
        action.handle(decoded, caller, services)


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

"""The Bolt app: Slack's payloads in, our handlers called. Few listeners, our own tables behind them."""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from slack_bolt import Ack, App, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.core.commands.verb_names import verb_of
from bot.errors import BusyError, DatabaseFailureError
from bot.handlers.commands import interactions
from bot.handlers.commands.slash_command import answer_mention, answer_slash_command
from bot.handlers.commands.welcome import welcome_channel
from bot.handlers.context import Services
from bot.handlers.delivery.channel_events import CHANNEL_EVENTS, handle_channel_event
from bot.handlers.delivery.moved_channels import ID_CHANGED, follow_moved_channel
from bot.handlers.request import note, with_reference
from bot.handlers.uninstall import GONE_EVENTS, UNINSTALLED, uninstall
from bot.render.digests import schedule_form
from bot.render.document.block_kit import options
from bot.render.document.message import notice
from bot.slack.actions import ACTIONS, act
from bot.slack.callers import (
    MalformedPayloadError,
    Payload,
    caller_of_action,
    caller_of_command,
    caller_of_form,
    conversation_team,
    installed_for,
)
from bot.slack.database_trouble import explain, impatient
from bot.slack.dispatch import malformed
from bot.slack.foreign_workspace import JSON, Serves, refuse_foreign
from bot.slack.payload_shapes import COMMAND
from bot.slack.questions import question_of, spoken, typed
from bot.slack.report_views import listen_to_reports

logger = logging.getLogger(__name__)

TYPEAHEAD = "open:typeahead"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is in a workspace, from `auth.test`: the ids of the workspace (`T…`), the bot user (`U…`) and the bot
    (`B…`). `organisation` is the id of the one (`E…`) that the bot is installed for as a whole; None where it is
    installed in a workspace."""

    team: str
    bot_user: str
    bot: str
    organisation: str | None = None

    def in_team(self, team: str | None) -> "Identity":
        """The same bot in another workspace; in its own where None is given."""
        return replace(self, team=team) if team else self


NOBODY = Identity("", "", "")
"""Where the bot has no workspace of its own."""

Identify = Callable[[str | None], Identity]
"""Who the bot is in a workspace, by its team id; None stands for the bot's own. Does not ask Slack."""


def build_app(*, services: Services, serves: Serves, api_url: str, identity: Identify) -> App:
    """The app. `serves` says whether the bot has a token for a workspace, its own or that of its organisation.

    Requests are verified before they come here (bot/slack/http.py), over Socket Mode by the connection itself. With
    `process_before_response` Bolt calls listeners on the caller's thread: 0.04 ms instead of a poll every 10 ms.
    """

    def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        me = identity(team_id or enterprise_id)
        # No listener calls Slack with the client that Bolt makes of it.
        return AuthorizeResult(
            enterprise_id=enterprise_id, team_id=team_id, bot_token="", bot_user_id=me.bot_user, bot_id=me.bot
        )

    app = _bolt_app(api_url, authorize, _gate(serves, services))
    app.error(_log_failure)
    _listen_to_commands(app, services, identity)
    _listen_to_controls(app, services)
    listen_to_reports(app, services, lambda body: _is_own(body, identity(conversation_team(body))))
    _listen_to_events(app, services, identity)
    return app


def _is_own(body: Payload, me: Identity) -> bool:
    """Whether the message that somebody points at is the bot's."""
    message = body["message"]
    return bool(me.bot_user == message.get("user") or me.bot == message.get("bot_id"))


def _gate(serves: Serves, services: Services) -> Callable[..., BoltResponse | None]:
    """What every payload passes before any listener."""

    def gate(body: Payload, next: Callable[[], object]) -> BoltResponse | None:
        refusal = refuse_foreign(body, serves, impatient(services))
        if refusal is None:
            next()
        return refusal

    return gate


def _bolt_app(
    api_url: str,
    authorize: Callable[[str | None, str | None], AuthorizeResult],
    gate: Callable[..., BoltResponse | None],
) -> App:
    return App(
        # Bolt copies this client, with its retry handlers, for every request.
        client=WebClient(base_url=api_url, retry_handlers=[]),
        # Bolt's own authorization calls `auth.test` within the 3 seconds of an acknowledgement.
        authorize=authorize,
        before_authorize=gate,
        process_before_response=True,
        # The HTTP front does both, before a body is parsed.
        request_verification_enabled=False,
        ssl_check_enabled=False,
        # For custom steps and assistants, which this app does not have.
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
        logger=_bolt_logger(),
    )


def _bolt_logger() -> logging.Logger:
    # Bolt's warnings show parts of payloads, and speak of variables of the environment that it reads and does not use.
    # Its own level has to be set: where it is not, Bolt words every step of every request.
    bolt = logging.getLogger("bot.slack.bolt")
    bolt.setLevel(logging.ERROR)
    return bolt


def _log_failure(error: Exception, body: Payload) -> BoltResponse | None:
    """The answer, None for Bolt's: a failure."""
    if isinstance(error, MalformedPayloadError):
        return malformed(body.get("type") or COMMAND, str(error))
    if isinstance(error, BusyError):
        logger.info("%s", error)
    elif isinstance(error, DatabaseFailureError):
        logger.error("an event was not handled, as the database failed (%s); Slack delivers it again", error)
    else:
        logger.error("a listener failed", exc_info=error)
        if "command" in body:
            return _apology()
    return None


def _apology() -> BoltResponse:
    """What somebody reads in place of an answer that a failure of ours has prevented; Slack's own words say nothing."""
    note(outcome="failed")
    text = with_reference("Something went wrong here. Tell whoever runs the bot: its log says what.")
    return BoltResponse(status=200, headers=JSON, body=notice(text).body)


def _listen_to_commands(app: App, services: Services, identity: Identify) -> None:
    @app.command(services.policy.command)
    def on_slash_command(body: Payload) -> BoltResponse:
        caller = caller_of_command(body)
        text = spoken(body.get("text") or "", identity(caller.team).bot_user)
        own = impatient(services)
        try:
            message = answer_slash_command(text, caller, own)
        except DatabaseFailureError as error:
            message = notice(explain(error, own))
        if message is None:
            return BoltResponse(status=200, body="")
        # The answer is the acknowledgement: one round trip, and no use of `response_url`.
        return BoltResponse(status=200, headers=JSON, body=message.body)


def _listen_to_controls(app: App, services: Services) -> None:
    @app.action(re.compile(rf"^({'|'.join(ACTIONS)})(:|\Z)"))
    def on_action(ack: Ack, body: Payload) -> None:
        # Acknowledged afterwards: if this raises, Slack gets a 500 and tells the person.
        own, caller = impatient(services), caller_of_action(body)
        try:
            act(body["actions"][0], caller, own)
        except DatabaseFailureError as error:
            own.slack.respond(caller, notice(explain(error, own)))
        ack()

    @app.options(TYPEAHEAD)
    def on_brief_options(ack: Ack, body: Payload) -> None:
        conversation_team(body)
        ack(options=options(interactions.suggest_briefs(typed(body.get("value")), services.answers().corpus)))

    @app.options(schedule_form.ZONE)
    def on_zone_options(ack: Ack, body: Payload) -> None:
        conversation_team(body)
        ack(options=options(schedule_form.matching_zones(typed(body.get("value")), services.now())))

    @app.view(schedule_form.CALLBACK)
    def on_view_submission(ack: Ack, body: Payload) -> None:
        try:
            command = schedule_form.form_command(body["view"]["state"]["values"])
        except (LookupError, TypeError, ValueError):
            raise MalformedPayloadError("no version has shown such a form") from None
        note(verb=verb_of(command))
        own = impatient(services)
        try:
            problem = interactions.submit_form(command, caller_of_form(body), own)
        except DatabaseFailureError as error:
            problem = explain(error, own)
        if problem is None:
            ack()
        else:
            ack(response_action="errors", errors={schedule_form.RECURRENCE: problem})


def _listen_to_events(app: App, services: Services, identity: Identify) -> None:
    # What fails here is raised: Slack delivers the event again.
    services = impatient(services)

    def on_message(body: Payload) -> None:
        question = question_of(body, identity(conversation_team(body)).bot_user)
        if question is None:
            return
        taken_at = services.take_message(question.key, question.ts, edited=question.edited)
        if taken_at is None:
            return
        # If this raises, or the process dies, Slack delivers it again, and it is taken again.
        caller = replace(question.caller, message=question.key, taken_at=taken_at)
        answer_mention(question.text, caller, question.ts, services)
        services.mark_done(question.key, taken_at)

    app.event("app_mention")(on_message)
    app.event("message")(on_message)

    @app.event(ID_CHANGED)
    def on_moved_channel(body: Payload) -> None:
        follow_moved_channel(body["event"], conversation_team(body), services)

    @app.event(re.compile(rf"^({'|'.join(sorted(GONE_EVENTS))})$"))
    def on_removal(body: Payload) -> None:
        event, owner = body["event"], installed_for(body)
        # Of people's tokens the bot has none.
        if event["type"] == UNINSTALLED or (event.get("tokens") or {}).get("bot"):
            uninstall(owner, datetime.fromtimestamp(body["event_time"], UTC), services)

    @app.event(re.compile(rf"^({'|'.join(sorted(CHANNEL_EVENTS))})$"))
    def on_channel_event(body: Payload) -> None:
        event, me = body["event"], identity(conversation_team(body))
        if event["type"] == "member_joined_channel" and event["user"] == me.bot_user:
            welcome_channel(me.team, event["channel"], services)
        handle_channel_event(event, me.team, me.bot_user, services, body["event_id"])

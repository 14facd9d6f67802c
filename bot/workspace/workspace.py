"""A workspace and the hands of its people: what they type, press, pick and say, and what they then see."""

import re
import time
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from bot.render.document.mrkdwn import escape, unescape
from bot.workspace import forms
from bot.workspace.api.web_api import consume, refuse, replace_view
from bot.workspace.blockkit import validate_blocks, validate_view
from bot.workspace.deliver import Ack, Delivery
from bot.workspace.faults import Faults, Limits
from bot.workspace.socket_mode import SocketModeServer
from bot.workspace.state import App, Channel, Json, LimitedUseToken, Message, SlackError, State, User

RESPONSE_URL_USES = 5
RESPONSE_URL_S = 30 * 60
TRIGGER_S = 3
"""Source: docs.slack.dev, handling user interaction."""

ALL_SCOPES = frozenset(
    "commands chat:write chat:write.public app_mentions:read im:history channels:read groups:read users:read".split()
)


SLACKBOT = "USLACKBOT"
BOT_TOKEN = "xoxb-local-token"


class Workspace:
    """One workspace with one installed app. `delivery` is how the app is reached; `base_url` is its own address.

    Workspaces behind one server (`server.many`) need a `team` and a `bot_token` of their own."""

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.time,
        scopes: frozenset[str] = ALL_SCOPES,
        team: str = "T0LOCAL001",
        bot_token: str = BOT_TOKEN,
    ) -> None:
        app = App(
            id="A0LOCAL001",
            bot_user="U0BRIEFBOT",
            bot_id="B0BRIEFBOT",
            signing_secret="local-signing-secret",
            bot_token=bot_token,
            app_token="xapp-local-token",
            scopes=scopes,
        )
        self.state = State(clock=clock, app=app, team=team)
        self.state.users[app.bot_user] = User(app.bot_user, "briefbot", "briefbot", is_bot=True)
        self.faults, self.limits, self.socket_mode = Faults(), Limits(clock), SocketModeServer()
        self.delivery: Delivery | None = None
        self.base_url = ""
        self.tickets: dict[str, bool] = {}
        self._events = count(1)

    # The workspace itself

    def add_user(self, name: str, real_name: str = "", tz: str = "Europe/Berlin", *, guest: bool = False) -> str:
        """A new person; their id."""
        user = User(self.state.new_id("U"), name, real_name or name.title(), tz, is_restricted=guest)
        self.state.users[user.id] = user
        return user.id

    def add_channel(self, name: str, *members: str, private: bool = False, bot: bool = True) -> str:
        """A new channel; its id. `bot`: whether the app has been invited."""
        created = int(self.state.clock())
        channel = Channel(self.state.new_id("C"), name, {*members}, is_private=private, created=created)
        if bot:
            channel.members.add(self.state.app.bot_user)
        self.state.channels[channel.id] = channel
        return channel.id

    def socket_url(self, answer: Json) -> Json:
        """The address of a Socket Mode connection, good for one use."""
        ticket = str(answer["url"])
        self.tickets[ticket] = True
        return {**answer, "url": f"{self.base_url.replace('http', 'ws', 1)}/link/{ticket}"}

    # What people do with a channel. Events: docs.slack.dev, the page of each; @slack/types, its event interfaces

    def archive(self, channel: str) -> Ack | None:
        """Archives a channel, which keeps its members. Like all these it gives what the app answered to the event."""
        found = self._channel(channel)
        found.is_archived = True
        return self._happened(found, "archive", {"channel": channel, "user": self._actor(found)})

    def unarchive(self, channel: str) -> Ack | None:
        """Opens an archived channel again."""
        found = self._channel(channel)
        found.is_archived = False
        actor = "actor_id" if found.is_private else "user"
        return self._happened(found, "unarchive", {"channel": channel, actor: self._actor(found)})

    def rename(self, channel: str, name: str) -> Ack | None:
        """Gives a channel another name; its id stays."""
        found = self._channel(channel)
        found.name = name
        renamed = {"id": channel, "name": name, "created": found.created}
        return self._happened(found, "rename", {"channel": renamed})

    def delete(self, channel: str) -> Ack | None:
        """Deletes a channel with all its messages."""
        found = self._channel(channel)
        with self.state.lock:
            self.state.messages.drop(channel)
            del self.state.channels[channel]
        return self._happened(found, "deleted", {"channel": channel})

    def kick(self, channel: str) -> Ack | None:
        """Removes the app from a channel. Raises: SlackError not_in_channel."""
        found, app = self._channel(channel), self.state.app
        if app.bot_user not in found.members:
            raise SlackError("not_in_channel")
        found.members.discard(app.bot_user)
        kind = "group_left" if found.is_private else "channel_left"
        return self._told(found, {"type": kind, "channel": channel, "actor_id": self._actor(found)})

    def invite(self, channel: str) -> Ack | None:
        """Adds the app to a channel. Raises: SlackError already_in_channel, is_archived."""
        found, app = self._channel(channel), self.state.app
        if found.is_archived:
            raise SlackError("is_archived")
        if app.bot_user in found.members:
            raise SlackError("already_in_channel")
        inviter, kind = self._actor(found), "G" if found.is_private else "C"
        found.members.add(app.bot_user)
        joined = {"user": app.bot_user, "channel": channel, "channel_type": kind, "team": self.state.team}
        return self._told(found, {"type": "member_joined_channel", **joined, "inviter": inviter})

    def _channel(self, channel: str) -> Channel:
        """Raises: SlackError channel_not_found, method_not_supported_for_channel_type."""
        found = self.state.channel(channel)
        if found.is_im:
            raise SlackError("method_not_supported_for_channel_type")
        return found

    def _actor(self, channel: Channel) -> str:
        """Somebody of the channel, who does these things."""
        people = sorted(channel.members - {self.state.app.bot_user})
        return people[0] if people else SLACKBOT

    def _happened(self, channel: Channel, what: str, event: Json) -> Ack | None:
        """The app gets the events of all public channels, and those of private ones in which it is."""
        if not channel.is_private:
            return self._told(channel, {"type": f"channel_{what}", **event})
        if self.state.app.bot_user in channel.members:
            return self._told(channel, {"type": f"group_{what}", **event})
        self.state.version += 1
        return None

    def _told(self, channel: Channel, event: Json) -> Ack | None:
        """Delivers an event of a channel, for which the app needs a scope."""
        self.state.version += 1
        if ("groups:read" if channel.is_private else "channels:read") not in self.state.app.scopes:
            return None
        return self.event({**event, "event_ts": self.state.next_ts()})

    # What people do

    def command(self, user: str, channel: str, typed: str) -> Ack:
        """Types a slash command into a channel, e.g. `/brief legal`."""
        name, _, text = typed.partition(" ")
        context = {"channel": channel, "user": user, "typed": typed}
        payload = {
            "token": "deprecated",
            "team_id": self.state.team,
            "team_domain": self.state.domain,
            "channel_id": channel,
            "channel_name": self.state.channel(channel).name or "directmessage",
            "user_id": user,
            "user_name": self.state.users[user].name,
            "command": name,
            "text": escape(text),
            "api_app_id": self.state.app.id,
            "is_enterprise_install": "false",
            "response_url": self._response_url(context),
            "trigger_id": self._trigger(user),
        }
        ack = self._deliver("slash_commands", payload)
        if ack.body is not None and ack.error is None:
            ack = self._answered(ack, context)
        return ack

    def press(self, user: str, message: Message, action_id: str, option: str | None = None) -> Ack:
        """Presses a button, or picks an option (by its value) from a menu of a message."""
        element = self._element(message, action_id)
        return self._deliver("interactive", self._pressed(user, message, element, option))

    def suggest(self, user: str, message: Message, action_id: str, typed: str) -> list[Json]:
        """What a typeahead offers for what was typed so far."""
        payload = {**self._interaction("block_suggestion", user, message), "action_id": action_id, "value": typed}
        ack = self._deliver("interactive", payload)
        return list(ack.body["options"]) if isinstance(ack.body, dict) else []

    def submit(self, user: str, values: forms.Values) -> Ack:
        """Fills in the modal that a person has open, by `action_id` or `block_id`, and submits it; what is not named
        stays as it is. `error` is `incomplete` where Slack itself refuses, which the app then does not hear of.
        Raises: LookupError, ValueError for what nobody could do."""
        view = self.view_of(user)
        if view is None or not view.get("submit"):
            raise LookupError("there is nothing to submit")
        entered = forms.state(view, values)
        view.pop("errors", None)
        if refused := forms.incomplete(view, entered):
            self._say_errors(view, refused)
            return Ack(error="incomplete")
        ack = self._deliver("interactive", self._submitted(user, view, entered))
        return ack if ack.error else self._submission_answered(user, view, ack)

    def _submitted(self, user: str, view: Json, entered: Json) -> Json:
        return {
            **self._interaction_of("view_submission", user),
            "token": "deprecated",
            "trigger_id": self._trigger(user),
            "view": forms.payload(view, entered),
            "response_urls": [],
            "is_enterprise_install": False,
        }

    def _submission_answered(self, user: str, view: Json, ack: Ack) -> Ack:
        """What becomes of a modal. An answer that Slack would not understand is trouble that the person sees."""
        try:
            self._take_submission(user, view, ack.body or {})
        except SlackError as error:
            return Ack(ack.body, error.error)
        self.state.version += 1
        return ack

    def _take_submission(self, user: str, view: Json, body: Any) -> None:
        """Raises: SlackError."""
        match body:
            case {"response_action": "clear"}:
                self.close_views(user)
            case {"response_action": "update", "view": {"type": "modal"} as other}:
                refuse("invalid_view", validate_view(other))
                replace_view(self.state, view["id"], other)
            case {"response_action": "errors", "errors": errors}:
                self._say_errors(view, errors)
            case dict() if not body:
                self.close_view(user)
            case _:
                raise SlackError("invalid_response")

    def _say_errors(self, view: Json, errors: Any) -> None:
        """Shows errors beside the fields of a modal. Raises: SlackError invalid_errors where they name none of them."""
        known = {block["block_id"] for block in forms.inputs(view)}
        if not isinstance(errors, dict) or not errors or not set(errors) <= known:
            raise SlackError("invalid_errors")
        if not all(isinstance(words, str) and words for words in errors.values()):
            raise SlackError("invalid_errors")
        view["errors"] = errors
        self.state.version += 1

    def suggest_in_view(self, user: str, action_id: str, typed: str) -> list[Json]:
        """What a typeahead of the modal that a person has open offers. Raises: LookupError."""
        view = self.view_of(user)
        block = next((b for b in forms.inputs(view) if b["element"]["action_id"] == action_id), None) if view else None
        if view is None or block is None:
            raise LookupError(f"no field {action_id}")
        about = {
            "container": {"type": "view", "view_id": view["id"]},
            "view": forms.payload(view, {}),
            "block_id": block["block_id"],
        }
        payload = {**self._interaction_of("block_suggestion", user), **about, "action_id": action_id, "value": typed}
        ack = self._deliver("interactive", payload)
        options = list(ack.body["options"]) if isinstance(ack.body, dict) else []
        forms.offer(view, action_id, options)
        return options

    def say(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> Message:
        """Writes a message. Mentions of the app and direct messages reach it as events."""
        made = self._append(channel, user, text, thread_ts=thread_ts)
        event = {"user": user, "text": text, "ts": made.ts, "channel": channel, "event_ts": made.ts}
        if thread_ts:
            event["thread_ts"] = thread_ts
        if self.state.channel(channel).is_im:
            self.event({"type": "message", "channel_type": "im", **event})
        elif f"<@{self.state.app.bot_user}>" in text:
            self.event({"type": "app_mention", **event})
        return made

    def event(self, event: Json, *, event_id: str | None = None, retry: tuple[int, str] | None = None) -> Ack:
        """Delivers an event."""
        envelope = {
            "token": "deprecated",
            "team_id": self.state.team,
            "api_app_id": self.state.app.id,
            "type": "event_callback",
            "event_id": event_id or f"Ev{next(self._events):010d}",
            "event_time": int(self.state.clock()),
            "event": event,
            "authorizations": [{"team_id": self.state.team, "user_id": self.state.app.bot_user, "is_bot": True}],
        }
        return self._deliver("events_api", envelope, retry)

    # What people see

    def slackbot(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> None:
        """What Slack itself says to one person."""
        self._append(channel, SLACKBOT, text, visible_to=user, thread_ts=thread_ts)

    def view_of(self, user: str) -> Json | None:
        """The modal that a person has open, if any."""
        opened = [view for view in self.state.views.values() if view.get("user") == user and view["type"] == "modal"]
        return opened[-1] if opened else None

    def close_view(self, user: str) -> None:
        """Closes the modal that a person has open."""
        if view := self.view_of(user):
            del self.state.views[view["id"]]
            self.state.version += 1

    def close_views(self, user: str) -> None:
        """Closes all modals that a person has open, one over the other."""
        while self.view_of(user):
            self.close_view(user)

    def seen_by(self, user: str, channel: str) -> list[Message]:
        """All messages that a person sees in a channel, oldest first."""
        return self.state.seen_by(user, channel)

    def last(self, user: str, channel: str) -> Message:
        """The newest message that a person sees in a channel."""
        return self.seen_by(user, channel)[-1]

    # How it reaches the app

    def _deliver(self, kind: Any, payload: Json, retry: tuple[int, str] | None = None) -> Ack:
        if self.delivery is None:
            return Ack(error="dispatch_failed")
        return self.delivery.send(kind, payload, retry)

    def _answered(self, ack: Ack, context: Json) -> Ack:
        body = {"text": ack.body} if isinstance(ack.body, str) else dict(ack.body or {})
        try:
            self._take(body, context)
        except SlackError as error:
            return Ack(body, error.error)
        return ack

    def respond(self, key: str, body: Json) -> None:
        """What comes through a `response_url`. Raises: SlackError expired_url, invalid_blocks."""
        with self.state.lock:
            context = consume(self.state, self.state.response_urls, key, "expired_url", "expired_url")
            self._take(body, context)

    def _take(self, body: Json, context: Json) -> None:
        """A response becomes a message: for one person, or with `in_channel` for all, after what was typed."""
        blocks = body.get("blocks") or []
        refuse("invalid_blocks", validate_blocks(blocks))
        if not (blocks or body.get("text")):
            raise SlackError("no_text")
        in_channel = body.get("response_type") == "in_channel"
        if in_channel and context.get("typed"):
            self._append(context["channel"], context["user"], context["typed"])
        self._append(
            context["channel"],
            self.state.app.bot_user,
            body.get("text") or "",
            blocks=blocks,
            thread_ts=body.get("thread_ts"),
            visible_to=None if in_channel else context["user"],
            bot_id=self.state.app.bot_id,
        )

    def _append(self, channel: str, user: str, text: str, **more: Any) -> Message:
        with self.state.lock:  # so that messages stand in the order of their names
            return self.state.post(Message(self.state.next_ts(), channel, user, text, **more))

    def _response_url(self, context: Json) -> str:
        key = self.state.new_id("R")
        self.state.response_urls[key] = LimitedUseToken(context, self.state.clock() + RESPONSE_URL_S, RESPONSE_URL_USES)
        return f"{self.base_url}/response/{self.state.team}/{key}"

    def _trigger(self, user: str) -> str:
        key = self.state.new_id("trigger.")
        self.state.triggers[key] = LimitedUseToken({"user": user}, self.state.clock() + TRIGGER_S, 1)
        return key

    def _interaction(self, kind: str, user: str, message: Message) -> Json:
        """What all interaction payloads of a message hold."""
        container: Json = {"type": "message", "message_ts": message.ts, "channel_id": message.channel}
        container |= {"is_ephemeral": message.visible_to is not None}
        if message.thread_ts:
            container["thread_ts"] = message.thread_ts
        channel = self.state.channel(message.channel)
        return {
            **self._interaction_of(kind, user),
            "channel": {"id": channel.id, "name": channel.name or "directmessage"},
            "container": container,
        }

    def _interaction_of(self, kind: str, user: str) -> Json:
        """What all interaction payloads hold."""
        return {
            "type": kind,
            "team": {"id": self.state.team, "domain": self.state.domain},
            "enterprise": None,
            "user": {"id": user, "name": self.state.users[user].name, "team_id": self.state.team},
            "api_app_id": self.state.app.id,
        }

    def _pressed(self, user: str, message: Message, element: Json, option: str | None) -> Json:
        action: Json = {key: element[key] for key in ("type", "action_id", "value") if key in element}
        action |= {"block_id": "block", "action_ts": self.state.next_ts()}
        if option is not None:
            action["selected_option"] = self._option(element, option)
        context = {"channel": message.channel, "user": user}
        shown = {} if message.visible_to else {"message": message.as_json()}
        return {
            **self._interaction("block_actions", user, message),
            **shown,
            "trigger_id": self._trigger(user),
            "response_url": self._response_url(context),
            "actions": [action],
        }

    def _option(self, element: Json, value: str) -> Json:
        if element["type"] == "external_select":
            return {"text": {"type": "plain_text", "text": value}, "value": value}
        return next(option for option in element["options"] if option["value"] == value)

    def _element(self, message: Message, action_id: str) -> Json:
        """Raises: LookupError if the message has no such control: nobody could press it."""
        for element in controls(message):
            if element["action_id"] == action_id:
                return element
        raise LookupError(f"no control {action_id} in {message.text[:60]!r}")


def controls(message: Message) -> Iterator[Json]:
    """The buttons and menus of a message."""
    for block in message.blocks:
        if block["type"] == "actions":
            yield from block["elements"]
        elif "accessory" in block:
            yield block["accessory"]


def plain(text: str) -> str:
    """A message's text as people read it: links as their labels, entities as characters."""
    return unescape(re.sub(r"<https?://[^|>]+\|([^>]*)>", r"\1", text))

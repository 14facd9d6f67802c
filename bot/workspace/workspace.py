"""A workspace as its people use it: what they type, press, pick and say, and what they then see."""

import re
import time
from collections.abc import Callable
from itertools import count
from secrets import token_hex
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from bot.render.document.mrkdwn import unescape
from bot.workspace import channel_events, forms, message_events, modals, payloads
from bot.workspace.api import oauth
from bot.workspace.api.arguments import consume
from bot.workspace.channel_events import SLACKBOT
from bot.workspace.deliver import Ack, Delivery, Kind
from bot.workspace.event_sender import EventSender
from bot.workspace.faults import Faults, Limits
from bot.workspace.messages import Message
from bot.workspace.responses import append, post_acknowledgement, post_response
from bot.workspace.socket_mode import SocketModeServer
from bot.workspace.state import App, Channel, Json, State, User, UserGroup

SIGNING_SECRET, CLIENT_SECRET = token_hex(), token_hex()
CLIENT_ID = "1000.2000"

ALL_SCOPES = frozenset(
    "commands chat:write chat:write.public app_mentions:read im:history channels:read groups:read users:read".split()
)


class Workspace:
    """One workspace with one installed app. `number`, from 1, tells workspaces apart: all ids of the
    workspace and its app follow from it; the tokens are random. `clock` gives seconds since the epoch. `delivery` is
    how the app is reached, None while it is not; `base_url` is the workspace's own address."""

    def __init__(
        self, number: int = 1, *, clock: Callable[[], float] = time.time, scopes: frozenset[str] = ALL_SCOPES
    ) -> None:
        app = _app(number, scopes)
        self.state = State(clock=clock, app=app, team=f"T0LOCAL{number:03d}")
        self.state.users[app.bot_user] = User(app.bot_user, "briefbot", "briefbot", is_bot=True)
        self.faults, self.limits, self.socket_mode = Faults(), Limits(clock), SocketModeServer(app.id)
        self.delivery: Delivery | None = None
        self.base_url = ""
        self._tickets = set[str]()
        self._event_numbers = count(1)
        self._events = EventSender(self._deliver, lambda: "timeout" if self.delivery is self.socket_mode else None)

    # The workspace itself

    def add_user(
        self,
        name: str,
        real_name: str = "",
        tz: str = "Europe/Berlin",
        *,
        guest: bool = False,
        bot: bool = False,
        team: str | None = None,
    ) -> str:
        """Adds a person, or the bot user of another app; `tz` is the IANA name of their time zone, and `team` another
        workspace that they come from. Returns their id (`U…`)."""
        full = real_name or name.title()
        user = User(self.state.new_id("U"), name, full, tz, is_bot=bot, is_restricted=guest, team=team)
        self.state.users[user.id] = user
        return user.id

    def add_user_group(self, *members: str) -> str:
        """Adds a user group of these people. Returns its id (`S…`)."""
        group = UserGroup(self.state.new_id("S"), {*members})
        self.state.user_groups[group.id] = group
        return group.id

    def add_channel(self, name: str, *members: str, private: bool = False, bot: bool = True) -> str:
        """Adds a channel with these members, and with the app unless `bot` is false. Returns its id (`C…`)."""
        created = int(self.state.clock())
        channel = Channel(self.state.new_id("C"), name, {*members}, is_private=private, created=created)
        if bot:
            channel.members.add(self.state.app.bot_user)
        self.state.channels[channel.id] = channel
        return channel.id

    def add_group(self, *members: str) -> str:
        """Adds a direct conversation of these people, without the app. Returns its id (`D…` of two, `G…` of more)."""
        two = len(members) == 2
        name = "" if two else f"mpdm-{'--'.join(self.state.users[each].name for each in members)}-1"
        id_ = self.state.new_id("D" if two else "G")
        self.state.channels[id_] = Channel(id_, name, {*members}, is_private=not two, is_im=two, is_mpim=not two)
        return id_

    def socket_url(self, answer: Json) -> Json:
        """An answer of apps.connections.open with the whole address, which is good for one connection."""
        ticket = str(answer["url"])
        self._tickets.add(ticket)
        return {**answer, "url": f"{self.base_url.replace('http', 'ws', 1)}/link/{ticket}"}

    def redeem(self, ticket: str) -> bool:
        """Whether a ticket is one of this workspace's, not used before; uses it."""
        if ticket not in self._tickets:
            return False
        self._tickets.remove(ticket)
        return True

    def response_url(self, context: Json) -> str:
        """A new `response_url`, good for 5 uses within 30 minutes; `context` as for `State.new_response_key`."""
        return f"{self.base_url}/response/{self.state.team}/{self.state.new_response_key(context)}"

    # What people do with a channel. Each returns what the app answered to the event, None where it gets none, and
    # raises SlackError for an unknown channel and for a direct conversation.

    def archive(self, channel: str) -> Ack | None:
        """Archives a channel, which keeps its members. None where the app gets no event."""
        return self._channel_event(channel_events.archive(self.state, channel))

    def unarchive(self, channel: str) -> Ack | None:
        """Opens an archived channel again. None where the app gets no event."""
        return self._channel_event(channel_events.unarchive(self.state, channel))

    def rename(self, channel: str, name: str) -> Ack | None:
        """Gives a channel another name; its id stays. None where the app gets no event."""
        return self._channel_event(channel_events.rename(self.state, channel, name))

    def delete(self, channel: str) -> Ack | None:
        """Deletes a channel with all its messages. None where the app gets no event."""
        return self._channel_event(channel_events.delete(self.state, channel))

    def change_id(self, channel: str) -> str:
        """Shares a channel with another organisation, for which Slack gives it another id, and returns that."""
        place = self.state.channel(channel)
        self._channel_event(channel_events.change_id(self.state, channel))
        return place.id

    def kick(self, channel: str) -> Ack | None:
        """Removes the app from a channel. Raises: SlackError not_in_channel."""
        return self._channel_event(channel_events.kick(self.state, channel))

    def invite(self, channel: str) -> Ack | None:
        """Adds the app to a channel. Raises: SlackError already_in_channel, is_archived."""
        return self._channel_event(channel_events.invite(self.state, channel))

    def _channel_event(self, event: Json | None) -> Ack | None:
        self.state.changes.announce()
        return None if event is None else self.event(event)

    # What people do

    def uninstall(self) -> list[Ack]:
        """Removes the app: its token is good for nothing any more. Returns what it answered to both events."""
        app = self.state.app
        app.bot_token = f"{app.bot_token.rsplit('-', 1)[0]}-{token_hex()}"
        revoked = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [app.bot_user]}}
        return [self.event({"type": "app_uninstalled"}), self.event(revoked)]

    def authorize(self, user: str, address: str, *, allow: bool = True) -> str:
        """Opens Slack's page for an installation, and allows it or not; the address to which the browser is sent then.
        Raises: SlackError where Slack refuses what the app asks."""
        return oauth.authorize(self.state, dict(parse_qsl(urlsplit(address).query)), user, allow=allow)

    def command(self, user: str, channel: str, typed: str) -> Ack:
        """Types a slash command into a channel, e.g. `/brief legal`, and posts what the app answers at once."""
        context = {"channel": channel, "user": user, "typed": typed}
        payload = payloads.slash_command(self.state, user, channel, typed, self.response_url(context))
        ack = self._deliver("slash_commands", payload)
        if ack.body is None or ack.error is not None:
            return ack
        return post_acknowledgement(self.state, ack, context)

    def press(
        self, user: str, message: Message, action_id: str, option: str | None = None, *, confirmed: bool = False
    ) -> Ack:
        """Presses a button, or picks an option (by its value) from a menu of a message; `confirmed` says that Slack
        asked and the person agreed. Raises: LookupError if the message has no such control, ValueError if Slack would
        ask and nobody agreed, or would not ask."""
        element = payloads.control(message, action_id)
        if confirmed != ("confirm" in element):
            raise ValueError(f"{action_id} asks for {'no' if confirmed else 'a'} confirmation")
        url = self.response_url({"channel": message.channel, "user": user})
        payload = payloads.block_actions(self.state, user, message, element, option, url)
        return self._deliver("interactive", payload)

    def shortcut(self, user: str, message: Message, callback_id: str) -> Ack:
        """Picks a shortcut of the app in the menu of a message. Raises: LookupError where there is none: the app has no
        such shortcut, or only its reader sees the message."""
        if callback_id not in self.state.app.shortcuts or message.visible_to is not None:
            raise LookupError(f"no shortcut {callback_id} on this message")
        url = self.response_url({"channel": message.channel, "user": user})
        payload = payloads.message_action(self.state, user, message, callback_id, url)
        return self._deliver("interactive", payload)

    def suggest(self, user: str, message: Message, action_id: str, typed: str) -> list[Json]:
        """The options that a typeahead of a message offers for what was typed so far; empty where the app fails."""
        payload = payloads.block_suggestion(self.state, user, message, action_id, typed)
        return _options(self._deliver("interactive", payload))

    def suggest_in_view(self, user: str, action_id: str, typed: str) -> list[Json]:
        """The options that a typeahead of the open modal offers. Raises: LookupError where there is no such field."""
        view = self.view_of(user)
        if view is None:
            raise LookupError(f"no field {action_id}")
        payload = payloads.view_suggestion(self.state, user, view, action_id, typed)
        options = _options(self._deliver("interactive", payload))
        forms.offer(view, action_id, options)
        return options

    def submit(self, user: str, values: forms.Values) -> Ack:
        """Fills in the modal that a person has open, by `action_id` or `block_id`, and submits it; fields that are not
        named stay as they are. `error` is `incomplete` where Slack itself refuses and does not ask the app.
        Raises: LookupError, ValueError for what nobody could do."""
        view = modals.submittable_view(self.state, user)
        entries = forms.state(view, values)
        if modals.is_incomplete(self.state, view, entries):
            return Ack(error="incomplete")
        ack = self._deliver("interactive", payloads.view_submission(self.state, user, view, entries))
        return ack if ack.error else modals.apply_answer(self.state, user, view, ack)

    def close_view(self, user: str, view: str | None = None) -> None:
        """Closes the modal that a person has open; with the id of a view only that one."""
        modals.close_top(self.state, user, view)

    def say(
        self,
        user: str,
        channel: str,
        text: str | None,
        thread_ts: str | None = None,
        *,
        broadcast: bool = False,
        **more: Any,
    ) -> Message:
        """Writes a message, in a thread unless `thread_ts` is None, and returns it. Mentions of the app and direct
        messages reach it as events; text None is null there. `more` are further fields of the event, e.g. those of
        `message_events.file_share`."""
        message = self._append(channel, user, text or "", thread_ts=thread_ts, broadcast=broadcast)
        return self._tell(message, **more, **({"text": None} if text is None else {}))

    def say_by_program(self, channel: str, text: str, bot_user: str = "", thread_ts: str | None = None) -> Message:
        """Another app writes: with its bot user, or with none, as workflows and incoming webhooks do."""
        bot_id = f"B{bot_user[1:] or '0WORKFLOW'}"
        return self._tell(self._append(channel, bot_user, text, thread_ts=thread_ts, bot_id=bot_id))

    def _tell(self, message: Message, **more: Any) -> Message:
        if event := message_events.message_event(self.state, message, **more):
            self.event(event)
        return message

    def edit(self, message: Message, text: str) -> None:
        """Its author changes a message."""
        with self.state.lock:
            message.text, message.edited = text, True
        self.state.changes.announce()
        if event := message_events.edit_event(self.state, message):
            self.event(event)

    def event(
        self, event: Json, *, event_id: str | None = None, retry: tuple[int, str] | None = None, **envelope: Any
    ) -> Ack:
        """Delivers an event, with a new id where `event_id` is None, and at once again where it is not acknowledged.
        `retry` is the number and the reason of a repetition, None at first; `envelope` are fields of the envelope that
        are other than usual, e.g. `authorizations`. Returns the last answer."""
        event_id = event_id or f"Ev{next(self._event_numbers):010d}"
        return self._events.send(message_events.event_callback(self.state, event, event_id, **envelope), retry)

    def repeat_events(self) -> list[Ack]:
        """Delivers once more all events that are not acknowledged so far, as Slack does after one and five minutes.
        Returns the answers."""
        return self._events.repeat()

    def slackbot(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> None:
        """Shows one person what Slack itself says; in a thread unless `thread_ts` is None."""
        self._append(channel, SLACKBOT, text, visible_to=user, thread_ts=thread_ts)

    # What people see

    def view_of(self, user: str) -> Json | None:
        """The modal that a person has open; None where there is none."""
        return modals.top_view(self.state, user)

    def seen_by(self, user: str, channel: str) -> list[Message]:
        """All messages that a person sees in a channel, oldest first."""
        return self.state.seen_by(user, channel)

    def last(self, user: str, channel: str) -> Message:
        """The newest message that a person sees in a channel. Raises: IndexError where there is none."""
        return self.seen_by(user, channel)[-1]

    # To the app and back

    def respond(self, key: str, body: Any) -> None:
        """Posts what the app sends to a `response_url`. Raises: SlackError expired_url, invalid_blocks, no_text,
        invalid_payload."""
        with self.state.lock:
            # Within the lock: of two responses at once each has to use up one.
            context = consume(self.state, self.state.response_urls, key, unknown="expired_url", expired="expired_url")
            post_response(self.state, body, context)

    def _deliver(self, kind: Kind, payload: Json, retry: tuple[int, str] | None = None) -> Ack:
        if self.delivery is None:
            return Ack(error="dispatch_failed")
        return self.delivery.send(kind, payload, retry)

    def _append(self, channel: str, user: str, text: str, **fields: Any) -> Message:
        return append(self.state, channel, user, text, **fields)


def plain(text: str) -> str:
    """A message's text as people read it: links and dates as their labels, entities as characters."""
    return unescape(re.sub(r"<(?:https?://|!date\^)[^|>]+\|([^>]*)>", r"\1", text))


def _app(number: int, scopes: frozenset[str]) -> App:
    """The app of a workspace; nobody can guess its tokens. Its secrets are the same in all of a process: one address
    takes the requests of all of them."""
    return App(
        id=f"A0LOCAL{number:03d}",
        bot_user=f"U0LOCAL{number:03d}",
        bot_id=f"B0LOCAL{number:03d}",
        signing_secret=SIGNING_SECRET,
        bot_token=f"xoxb-local-{number:03d}-{token_hex()}",
        app_token=f"xapp-local-{number:03d}-{token_hex()}",
        scopes=scopes,
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
    )


def _options(ack: Ack) -> list[Json]:
    return list(ack.body["options"]) if isinstance(ack.body, dict) else []

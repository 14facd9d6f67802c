"""What one person sees of a workspace: channels, messages, threads and an open modal, as JSON with HTML in it."""

from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.core.lru_cache import LruCache
from bot.render.document import html
from bot.workspace.clock import MovableClock
from bot.workspace.messages import Message
from bot.workspace.state import Channel, Json
from bot.workspace.workspace import Workspace, plain

BODIES_MAX = 1000
"""Messages whose HTML is kept: after each message all of a channel are shown again."""

ABOUT_MAX = 60
"""Characters of a thread's first message above a reply that the channel shows as well."""

TOPICS = {
    "general": "Everything that concerns everybody",
    "legal-desk": "Questions of law, and what changes in the briefs",
    "brief-maintainers": "Where broken brief files are reported",
}


class PageView:
    """The view of one person; with a `clock` it shows the time."""

    def __init__(self, workspace: Workspace, user: str, clock: MovableClock | None) -> None:
        self._workspace, self._user, self._clock = workspace, user, clock
        self._bodies, self._names = LruCache[str](BODIES_MAX), dict[str, str]()

    def everything(self, channel: Channel, thread: str | None) -> Json:
        """All that the page shows while a channel is open, as JSON values, and the thread below the message whose `ts`
        is `thread`; None where no thread is open."""
        self._forget_other_names()
        messages = self._workspace.seen_by(self._user, channel.id)
        replies = {m.ts: sum(r.thread_ts == m.ts and r is not m for r in messages) for m in messages}
        top = [m for m in messages if m.thread_ts in (None, m.ts) or m.broadcast]
        in_thread = [m for m in messages if thread and thread in (m.ts, m.thread_ts)]
        return {
            "version": self._workspace.state.version,
            "title": _title(channel),
            "topic": TOPICS.get(channel.name, "Direct message with the app" if channel.is_im else ""),
            "channels": [self._entry(each) for each in self.channels()],
            "messages": "".join(self._row(m, replies[m.ts], in_thread=False) for m in top),
            "thread": "".join(self._row(m, 0, in_thread=True) for m in in_thread),
            "view": self._modal(),
            "clock": self.clock(),
        }

    def channels(self) -> list[Channel]:
        """The conversations of the person, channels before direct ones, each in the order in which they were added."""
        channels = [channel for channel in self._workspace.state.channels.values() if self._user in channel.members]
        return sorted(channels, key=lambda channel: channel.is_im)

    def clock(self) -> Json | None:
        """`now` in seconds since the epoch, and the `zone` in which to show it, None for the browser's own. None where
        there is no clock."""
        if self._clock is None:
            return None
        zone = self._zone()
        return {"now": self._clock.now(), "zone": zone.key if zone else None}

    def _zone(self) -> ZoneInfo | None:
        """The person's time zone; None, for the machine's own, where the machine does not know it."""
        try:
            return ZoneInfo(self._workspace.state.users[self._user].tz)
        except (ZoneInfoNotFoundError, ValueError):
            return None

    def _entry(self, channel: Channel) -> Json:
        """A channel of the list; `latest` is the `ts` of the newest message of somebody else."""
        messages = self._workspace.seen_by(self._user, channel.id)
        others = [m.ts for m in messages if m.user != self._user]
        return {
            "id": channel.id,
            "title": _title(channel),
            "latest": others[-1] if others else "",
            "direct": channel.is_im,
        }

    def _row(self, message: Message, replies: int, *, in_thread: bool) -> str:
        author = self._workspace.state.users.get(message.user)
        name = author.name if author else "Slackbot"
        # Without a zone `fromtimestamp` gives a naive time; `astimezone` then adds the machine's.
        at = datetime.fromtimestamp(float(message.ts), self._zone()).astimezone(self._zone())
        badge = "<span class=badge>APP</span>" if message.bot_id or not author else ""
        private = "<div class=private>Only visible to you</div>" if message.visible_to else ""
        thread = "" if in_thread or message.visible_to else _thread_button(message, replies)
        return (
            f'<article class="message{" ephemeral" if message.visible_to else ""}" data-ts="{escape(message.ts)}"'
            f' tabindex=-1 data-thread="{escape(message.thread_ts or message.ts)}"'
            f' aria-label="{escape(name)}, {at:%H:%M}">'
            # Not `hash`, which gives other colours in every process.
            f'<span class="avatar avatar-{sum(map(ord, name)) % 6}" aria-hidden=true>{escape(name[0].upper())}</span>'
            f"<div class=body>{private}<div class=meta><b>{escape(name)}</b>{badge}"
            f'<time datetime="{at.isoformat()}">{at:%H:%M}</time></div>'
            f"{'' if in_thread else self._replied_to(message)}{self._body(message)}{thread}</div>"
            f"{self._shortcuts(message)}</article>"
        )

    def _shortcuts(self, message: Message) -> str:
        """The shortcuts of the app on a message; none on one that only its reader sees."""
        if message.visible_to:
            return ""
        entries = (
            f'<button type=button data-shortcut="{escape(id_)}">{escape(name)}</button>'
            for id_, name in self._workspace.state.app.shortcuts.items()
        )
        opener = '<button type=button data-more aria-label="Shortcuts" aria-expanded=false>⋮</button>'
        return f"<div class=shortcuts>{opener}<div class=entries hidden>{''.join(entries)}</div></div>"

    def _body(self, message: Message) -> str:
        key = (message.channel, message.ts, message.edits, message.text)
        body = self._bodies.get(key, lambda: self._drawn(message))
        return f"{body} <span class=edited>(edited)</span>" if message.edited else body

    def _drawn(self, message: Message) -> str:
        return html.blocks(message.blocks, self._name) if message.blocks else html.mrkdwn(message.text, self._name)

    def _replied_to(self, message: Message) -> str:
        """The first line of the thread that a broadcast reply belongs to; empty for other messages."""
        if not message.broadcast:
            return ""
        parent = self._workspace.state.messages.get(message.channel, str(message.thread_ts))
        line = (plain(parent.text).split("\n")[0] if parent else "") or "a message"
        about = line if len(line) <= ABOUT_MAX else f"{line[:ABOUT_MAX].rstrip()}…"
        return f"<div class=replied>replied to a thread: <button type=button class=about>{escape(about)}</button></div>"

    def _modal(self) -> Json | None:
        """The open modal; None where there is none."""
        view = self._workspace.view_of(self._user)
        if view is None:
            return None
        submit, close = view.get("submit"), view.get("close")
        return {
            "id": view["id"],
            "hash": view["hash"],
            "title": view["title"]["text"],
            "body": html.blocks(view["blocks"], self._name),
            "submit": submit["text"] if submit else None,
            "close": close["text"] if close else "Cancel",
            "errors": view.get("errors", {}),
        }

    def _forget_other_names(self) -> None:
        """Messages show the names of people and channels as they are now."""
        state = self._workspace.state
        people = {key: each.name for key, each in state.users.items()}
        names = people | {key: each.name for key, each in state.channels.items()}
        if names != self._names:
            self._bodies, self._names = LruCache[str](BODIES_MAX), names

    def _name(self, key: str) -> str:
        """The name of a person or channel by its id; the id itself where there is none."""
        state = self._workspace.state
        if key in state.users:
            return state.users[key].name
        return state.channels[key].name if key in state.channels else key


def _title(channel: Channel) -> str:
    return "briefbot" if channel.is_im else channel.name


def _thread_button(message: Message, replies: int) -> str:
    """The button that opens a message's thread."""
    count = f"{replies} {'reply' if replies == 1 else 'replies'}" if replies else "Reply in thread"
    return f"<button type=button class=replies>{'View thread' if message.broadcast else count}</button>"

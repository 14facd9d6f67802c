"""A dialogue of two people with the bot, written down as they read it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.core.briefs.brief import ChangeKind
from bot.workspace.messages import Message
from bot.workspace.payloads import controls
from bot.workspace.workspace import plain
from tests.live import Stage, eventually

MONDAY = datetime(2035, 1, 8, 9, 0, 5, tzinfo=UTC)
"""Later than any real clock that runs the tests, so that what is read names the same days each time."""
LINES, WIDTH = 4, 150
"""Of a message so much is written down: enough to see what it is, and to outlive most edits of briefs."""


@dataclass
class Week:
    """`lines` is what was typed, and below it what came, for whom and with which buttons."""

    scene: Stage
    lines: list[str] = field(default_factory=list)
    _seen: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.scene.clock.forward(int(MONDAY.timestamp() - self.scene.clock()))
        workspace = self.scene.workspace
        self.people = {self.scene.ann: "ann", self.scene.ben: "ben"}
        self.direct = workspace.state.direct(self.scene.ann).id
        self.places = {
            self.scene.general: "#general",
            self.scene.legal_desk: "#legal-desk",
            self.direct: "direct message",
        }

    def ask(self, typed: str, user: str | None = None) -> Message:
        """Somebody, Ann unless named, types a command in #general."""
        who = user or self.scene.ann
        self._write(who, self.scene.general, f"/brief {typed}".strip())
        assert self.scene.workspace.command(who, self.scene.general, f"/brief {typed}").error is None
        return self._read(who, self.scene.general)

    def say(self, text: str, user: str | None = None, thread: Message | None = None) -> Message:
        """Somebody mentions the bot in #general; the message."""
        who, bot = user or self.scene.ann, self.scene.workspace.state.app.bot_user
        self._write(who, self.scene.general, f"@briefbot {text}" + (" (in the thread)" if thread else ""))
        message = self.scene.workspace.say(
            who, self.scene.general, f"<@{bot}> {text}", thread_ts=thread.ts if thread else None
        )
        self._read(who, self.scene.general)
        return message

    def write(self, text: str) -> None:
        """Ann writes to the bot."""
        self._write(self.scene.ann, self.direct, text)
        self.scene.workspace.say(self.scene.ann, self.direct, text)
        self._read(self.scene.ann, self.direct)

    def press(
        self,
        message: Message,
        action: str,
        user: str | None = None,
        option: str | None = None,
        *,
        confirmed: bool = False,
    ) -> Message:
        """Somebody presses a button, or picks an option, and confirms it where Slack asks."""
        who = user or self.scene.ann
        self._write(who, message.channel, f"presses {option or action}")
        assert self.scene.workspace.press(who, message, action, option, confirmed=confirmed).error is None
        return self._read(who, message.channel)

    def wait(self, hours: int) -> None:
        """Time goes by until something comes."""
        count = len(self._seen)
        self.scene.clock.forward(hours * 3600)
        self.lines += ["", f"{hours} hours later"]
        eventually(lambda: self._record() > count, 20)

    def change(self, slug: str, before: str, after: str, kind: ChangeKind, note: str) -> None:
        """A maintainer edits a brief, with a note of the change; what is to be posted of it is."""
        self.lines += ["", f"{slug}, {kind}: {note}"]
        revision = self._revision(slug)
        # Newest first: no note may be older than one below it.
        entry = f"changes:\n  - date: {self.scene.now().date()}\n    kind: {kind}\n    note: {note}\n"

        def changed(text: str) -> str:
            assert before in text, before
            return text.replace(before, after, 1).replace("changes:\n", entry, 1)

        self.scene.edit(f"{slug}.yaml", changed)
        eventually(lambda: self._revision(slug) != revision, 20)
        self.scene.settle()
        self._record()

    def _revision(self, slug: str) -> str:
        return self.scene.bot.services.corpus.published[0].briefs[slug].revision

    def _write(self, who: str, channel: str, text: str) -> None:
        self.scene.pause()
        self.lines += ["", f"{self.people[who]}, {self.places[channel]}: {text}"]

    def _read(self, who: str, channel: str) -> Message:
        self.scene.settle()
        self._record()
        return self.scene.workspace.last(who, channel)

    def _record(self) -> int:
        """Writes down what came; how many messages so far."""
        for channel in self.places:
            for message in self._new(channel):
                self._seen.add((channel, message.ts))
                self.lines += self._text(message)
        return len(self._seen)

    def _new(self, channel: str) -> Iterator[Message]:
        workspace = self.scene.workspace
        readers = [self.scene.ann] if channel == self.direct else list(self.people)
        messages = {each.ts: each for reader in readers for each in workspace.seen_by(reader, channel)}
        for ts, message in sorted(messages.items()):
            if message.user not in self.people and (channel, ts) not in self._seen:
                yield message

    def _text(self, message: Message) -> Iterator[str]:
        reader = self.people.get(message.visible_to or "", "all")
        yield f"  for {reader}{', in the thread' if message.thread_ts else ''}:"
        # Edits of briefs change revisions and numbers of pages.
        text = re.sub("page 1 of [0-9]+", "page 1 of several", plain(message.text))
        text = re.sub("@[0-9a-f]{8}", "@revision", text)
        for id_, name in self.people.items():
            text = text.replace(f"<@{id_}>", f"@{name}")
        lines = list(filter(None, text.split("\n")))
        yield from (f"    {line[:WIDTH]}{'…' if len(line) > WIDTH else ''}" for line in lines[:LINES])
        yield from ["    …"] if len(lines) > LINES else []
        yield from (f"    [{(part.get('text') or part['placeholder'])['text']}]" for part in controls(message))

"""A channel with two people and a brief of its own, so that many dialogues can share one running bot."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce

from bot.core.briefs.brief import ChangeKind
from bot.workspace.messages import Message
from bot.workspace.payloads import controls
from bot.workspace.workspace import plain
from tests.live import Stage, eventually
from tests.subscriptions import all_subscriptions

TITLE = "The ferry timetable of 2025"
FERRIES = """\
title: The ferry timetable of 2025
summary: In March 2025 the harbour board halved the number of ferries; two towns have gone to court.
tags: [transport, courts]
status: published
as_of: 2025-04-01
owner: local-desk
sections:
  overview:
    claims:
      - id: halved
        text: On 2 March 2025 the harbour board cut the number of daily ferries from twelve to six.
        evidence: [{source: gazette, quote: the number of daily crossings falls from twelve to six}]
      - id: alternative
        text: The board said that there was no alternative.
        standing: partly
        note: Said by its chair; the other members did not speak.
        evidence: [{source: gazette, quote: "“We have no alternative,” said the chair"}]
  legal:
    claims:
      - id: in-court
        text: Two towns have gone to court against the new timetable.
        evidence: [{source: radio, quote: both town councils filed suit on Monday}]
      - id: charter
        text: The harbour's charter obliges the board to hear the towns first.
        evidence: [{source: gazette, quote: the towns shall be heard before the timetable is cut}]
sources:
  gazette:
    publisher: Harbour Gazette
    title: Board halves ferries
    url: https://example.org/ferries
    kind: news
    date: 2025-03-04
  radio:
    publisher: Coast Radio
    url: https://example.org/radio/1234
    kind: news
changes:
  - date: 2025-04-01
    kind: new
    note: First version.
"""
STORE = """\
sections:
  overview: {title: Overview}
  legal: {title: Legal considerations, aliases: [law]}
  outlook: {title: Outlook}
edit_url: https://github.com/harbour/briefs/edit/main
"""
FILES = {"_store.yaml": STORE}

Edit = Callable[[str], str]

PORTS = (
    "aarhus bergen calais dover esbjerg fishguard genoa hirtshals igoumenitsa jersey kiel liverpool melilla narvik "
    "oban piraeus quiberon rosslare split tallinn umea valletta wismar xanthi ystad zeebrugge ancona bari cork dublin "
    "elba fredericia gdansk hull ibiza juist kristiansand larne messina naxos olbia ploce ravenna stavanger trieste "
    "ullapool vlissingen workington yarmouth zadar"
).split()
"""Slugs of which none is a slip of another."""


def reads(was: str, now: str) -> Edit:
    """Other words in a brief."""

    def edit(text: str) -> str:
        assert text.count(was) == 1, was
        return text.replace(was, now)

    return edit


def note(kind: ChangeKind, words: str, *claims: str) -> Edit:
    """A change note on top of the others."""
    named = f"    claims: [{', '.join(claims)}]\n" if claims else ""
    entry = f"  - date: 2025-05-12\n    kind: {kind}\n    note: {words}\n{named}"
    return reads("changes:\n", f"changes:\n{entry}")


def at_length(text: str) -> str:
    """A section that takes several pages."""
    words = "As the board's own report says at length, the winter timetable was kept with six boats a day. " * 5
    found = "".join(
        f"      - id: winter-{n}\n        text: In winter {n} three boats were mended. {words.strip()}\n"
        f"        evidence: [{{source: radio, quote: in winter {n} three boats were mended}}]\n"
        for n in range(1, 14)
    )
    return text.replace("sources:\n", f"  outlook:\n    claims:\n{found}sources:\n")


SIX_TO_FOUR = reads("from twelve to six.", "from twelve to four.")
"""The first claim of the overview, with another number."""

ALTERNATIVE = reads("there was no alternative.", "there was hardly an alternative.")
"""The second claim of the overview."""

COURT = reads("Two towns have", "Three towns have")
"""The first legal claim."""

FOUR = "On 2 March 2025 the harbour board cut the number of daily ferries from twelve to four"
HARDLY = "The board said that there was hardly an alternative"
THREE = "Three towns have gone to court against the new timetable"
"""How these claims then read."""


@dataclass
class Room:
    """Its people see nothing but what concerns it: `brief` is the slug of a file of its own."""

    stage: Stage
    channel: str
    brief: str
    ann: str
    ben: str

    def ask(self, typed: str, user: str | None = None, channel: str | None = None) -> Message:
        """Ann, unless another is named, types a command, here unless elsewhere; what that person then sees last.
        `{brief}` stands for the brief."""
        return self.stage.ask(typed.format(brief=self.brief), channel or self.channel, user or self.ann)

    def press(self, message: Message, action: str, user: str | None = None, option: str | None = None) -> Message:
        """A press on a control of a message; what the person who pressed then sees last."""
        return self.stage.press(message, action, option, user or self.ann)

    def follow(self, answer: Message, user: str | None = None) -> Message:
        """A press on Follow under an answer, confirmed; what the person who pressed then sees last."""
        return self.stage.press(answer, "follow", user=user or self.ann, confirmed=True)

    def undo(self, message: Message) -> Message:
        """Ben presses Undo; what he then sees last."""
        return self.press(message, "undo", self.ben)

    def edit(self, *changes: Edit) -> None:
        """Saves the brief, and waits until readers have it."""
        readers = self.stage.bot.services.corpus
        before = readers.number
        self.save(*changes)
        eventually(lambda: readers.number > before)

    def save(self, *changes: Edit) -> None:
        """Saves the brief."""
        self.stage.edit(f"{self.brief}.yaml", lambda text: reduce(lambda so_far, change: change(so_far), changes, text))

    def add(self, text: str = FERRIES) -> str:
        """Adds another brief, and waits until readers have it; its slug."""
        slug = f"{self.brief}-ii"
        (self.stage.briefs / f"{slug}.yaml").write_text(text, encoding="utf-8")
        eventually(lambda: slug in self.stage.bot.services.corpus.corpus.briefs)
        return slug

    def remove(self) -> None:
        """Deletes the file of the brief."""
        readers = self.stage.bot.services.corpus
        (self.stage.briefs / f"{self.brief}.yaml").unlink()
        eventually(lambda: self.brief not in readers.corpus.briefs)

    def posts(self, channel: str | None = None) -> list[Message]:
        """What everybody sees here, threads with the rest."""
        seen = self.stage.workspace.seen_by(self.ben, channel or self.channel)
        return [message for message in seen if message.visible_to is None]

    def post(self, number: int, channel: str | None = None) -> Message:
        """The post of this number, from 1, as soon as it is there."""
        eventually(lambda: len(self.posts(channel)) >= number)
        return self.posts(channel)[number - 1]

    def settled(self, channel: str | None = None) -> list[Message]:
        """What everybody sees once nothing is still to be posted."""
        self.stage.settle()
        return self.posts(channel)

    def direct(self, user: str | None = None) -> list[str]:
        """What the bot has written to Ann, unless another is named."""
        who = user or self.ann
        seen = self.stage.workspace.seen_by(who, self.stage.workspace.state.direct(who).id)
        return [plain(message.text) for message in seen]

    def another(self, name: str, *, private: bool = False, bot: bool = True) -> str:
        """Another channel with the same people."""
        return self.stage.workspace.add_channel(name, self.ann, self.ben, private=private, bot=bot)


@contextmanager
def rented(stage: Stage) -> Iterator[Room]:
    """A room of a stage. When it is left, nothing of the stage follows anything."""
    brief = next(port for port in PORTS if not (stage.briefs / f"{port}.yaml").exists())
    ann, ben = stage.workspace.add_user("ann", "Ann"), stage.workspace.add_user("ben", "Ben")
    room = Room(stage, stage.workspace.add_channel(f"{brief}-desk", ann, ben), brief, ann, ben)
    (stage.briefs / f"{room.brief}.yaml").write_text(FERRIES, encoding="utf-8")
    eventually(lambda: room.brief in stage.bot.services.corpus.corpus.briefs)
    yield room
    with stage.bot.services.store.transaction() as tx:
        for each in all_subscriptions(tx):
            tx.subscriptions.remove(each.team, each.id)
    stage.settle()


def claims(message: Message) -> list[str]:
    """The claims that a post tells anew."""
    found = re.findall(r"^Now: (?:Partly: )?(.*?)[.] \[", plain(message.text), re.MULTILINE)
    return [str(claim) for claim in found]


def title(message: Message) -> str:
    """The heading of a message. Its text may begin with something else: that of an answer with what answers."""
    return next(str(block["text"]["text"]) for block in message.blocks if block["type"] == "header")


def buttons(message: Message) -> list[str]:
    """The labels of what can be pressed in a message."""
    return [str((each.get("text") or each["placeholder"])["text"]) for each in controls(message)]

"""What was posted follows its claim from the first correction or withdrawal on: random histories against a model."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from hypothesis import HealthCheck, example, given
from hypothesis import strategies as st

from bot.core.briefs.brief import Brief, ChangeKind, ChangeNote
from bot.store.schema import delivery
from tests.conftest import examples
from tests.handlers.desk import Desk, counted
from tests.handlers.replica import MONDAY
from tests.make import brief, claim

NUMBERS = count()
MARK = re.compile(
    r"^\*?(Corrected|Withdrawn|Reinstated|Updated) \d+ \w+ \d{4}.*$|^\d+ earlier corrections?\.$", re.MULTILINE
)

KINDS: list[ChangeKind] = ["correction", "update", "clarification", "evidence", "editorial"]
CORRECTING = ("correction", "withdrawal")

Step = tuple[str, ChangeKind, int]
"""What happens, of which kind it is said to be, and a number that some of it needs."""

HAPPENINGS = (
    "edit",
    "edit",
    "edit",
    "share",
    "send",
    "remove",
    "withdraw",
    "delete",
    "draft",
    "rename claim",
    "rename file",
)
OTHERWISE = {"edit": "put back", "remove": "put back", "withdraw": "publish", "delete": "restore", "draft": "publish"}
"""What happens where something cannot, as it has happened already; where that cannot either, the file comes back."""

STEPS = st.lists(
    st.tuples(st.sampled_from(HAPPENINGS), st.sampled_from([*KINDS, "withdrawal"]), st.integers(1, 4)),
    min_size=4,
    max_size=10,
)


@dataclass
class Post:
    """What a shared answer has to say: the number in its claim, None where it calls that withdrawn; how often a note
    stands in its thread; and whether it follows its claim. `published` is the number that readers saw last."""

    ts: str
    text: str
    shown: int | None
    published: int | None
    notes: int = 0
    follows: bool = False


@dataclass
class World:
    """A brief, its channel, and the posts there. `number` is that in its claim, None while the claim is not in it."""

    desk: Desk
    slug: str
    channel: str
    number: int | None = 0
    last_number: int = 0
    claim: str = "a"
    status: str = "published"
    file: bool = True
    stood: bool = True
    names: list[str] = field(default_factory=list)
    notes: list[ChangeNote] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)

    def brief(self) -> Brief:
        sections = {"reactions": [claim("z", "The harbour closes at nine in the evening.")]}
        if self.number is not None:
            sections["legal"] = [counted(self.claim, self.number, "ferries")]
        aliases = tuple(sorted({*self.names} - {self.slug}))
        values = {"status": self.status, "title": "The ferries", "changes": tuple(self.notes)}
        return brief(self.slug, sections, aliases=aliases, **values)  # type: ignore[arg-type]

    @property
    def visible(self) -> int | None:
        """What readers see of the claim."""
        return self.number if self.stands else None

    @property
    def stands(self) -> bool:
        """Whether readers have the brief."""
        return self.file and self.status == "published"

    def happen(self, step: Step) -> None:
        what, kind, number = step
        self.desk.replica.at += timedelta(days=1)
        options = (what, OTHERWISE.get(what, "publish"), "restore", "publish", "send")
        self.act(next(each for each in options if self.can(each, number)), kind, number)

    def can(self, what: str, number: int) -> bool:
        published, withdrawn = self.stands, self.status == "withdrawn"
        return {
            "send": True,
            "share": self.visible is not None,
            "edit": self.is_open and self.number not in (None, number),
            "remove": self.is_open and self.number is not None,
            "put back": self.is_open and self.number is None,
            "rename claim": self.visible is not None,
            "withdraw": published,
            "publish": self.file and not published,
            "draft": self.file and self.status != "draft",
            "delete": self.file,
            "restore": not self.file,
            "rename file": published or (self.file and withdrawn),
        }[what]

    def act(self, what: str, kind: ChangeKind, number: int) -> None:
        match what:
            case "send":
                self.desk.run()
            case "share":
                self.desk.ask(f"legal {self.slug} share", self.channel)
                entry = self.desk.entries(self.channel)[-1]
                self.posts.append(Post(entry.ts, entry.text, self.visible, self.visible))
            case "edit":
                self.change(kind, number=number, last_number=number)
            case "remove":
                self.change(kind, number=None)
            case "put back":
                again = (self.last_number, number)[number % 2]
                self.change(kind, number=again, last_number=again)
            case "rename claim":
                self.change("update", claim="b" if self.claim == "a" else "a")
            case "withdraw":
                self.change("withdrawal", status="withdrawn")
            case "publish":
                self.change(kind, status="published")
            case "draft":
                self.change(kind, status="draft")
            case "delete":
                self.file = False
                self.desk.replica.remove(self.slug)
                self.seen(correcting=True)
            case "restore":
                self.file = True
                self.change("update")
            case "rename file":
                self.rename(number)

    @property
    def is_open(self) -> bool:
        """Whether somebody may be editing the file: not one that is withdrawn, whose note stays on top."""
        return self.file and self.status != "withdrawn"

    def change(self, kind: ChangeKind, **values: object) -> None:
        """The file is saved with a note, which names nothing, and so covers all."""
        whole = "status" in values or not values
        for name, value in values.items():
            setattr(self, name, value)
        self.notes.insert(0, ChangeNote(date=MONDAY.date(), kind=kind, note=f"Note {len(self.notes)}."))
        self.desk.edit(self.brief())
        self.seen(correcting=whole or kind in CORRECTING)

    def rename(self, number: int) -> None:
        """The file gets another name, a new one or the one that it had before."""
        old = self.slug
        self.names.append(old)
        self.slug = self.names[-2] if number == 1 and len(self.names) > 1 else f"{old[:8]}-{len(self.names)}"
        (self.desk.replica.directory / f"{old}.yaml").unlink()
        self.desk.replica.write(self.brief())
        self.desk.replica.look(old, self.slug)

    def seen(self, *, correcting: bool) -> None:
        """Readers see another version; what posts then have to say."""
        for post in self.posts:
            # A brief that is withdrawn takes with it even claims that were taken out of it before.
            concerned = self.visible != post.published or (self.stood and not self.stands)
            post.follows = post.follows or (correcting and concerned)
            if post.follows and post.shown != self.visible:
                post.shown, post.notes = self.visible, post.notes + 1
            post.published = self.visible
        self.stood = self.stands

    def check(self) -> None:
        """All that is owed is sent, and each post is as it has to be."""
        for _ in range(3):
            self.desk.replica.at += timedelta(minutes=1)
            self.desk.wake()
        entries = {entry.ts: entry for entry in self.desk.entries(self.channel)}
        for post in self.posts:
            text = entries[post.ts].text
            thread = [entry.text for entry in entries.values() if entry.thread_ts == post.ts]
            assert len(thread) == len(set(thread)) == post.notes
            shown = re.findall(r"There were (\d+) ferries that day", MARK.sub("", text))
            assert shown == ([] if post.shown is None else [str(post.shown)])
            if not post.notes:
                assert (text, entries[post.ts].edits) == (post.text, 0)
            elif post.shown is None:
                assert MARK.findall(text)[-1] == "Withdrawn"
            if post.follows:
                assert post.shown == self.visible
        assert self.failed() == []

    def failed(self) -> list[tuple[str, str]]:
        """Edits and notes that turned out to have nothing to say, or could not be made."""
        query = delivery.select().where(delivery.c.channel == self.channel, delivery.c.state != "sent")
        with self.desk.store.snapshot() as tx:
            return [(row.kind, row.state) for row in tx.connection.execute(query)]


@examples(30, HealthCheck.function_scoped_fixture, gate=3)
@given(STEPS)
@example([("edit", "correction", 2), ("edit", "update", 3), ("edit", "editorial", 4)])
@example([("delete", "update", 1), ("delete", "update", 1), ("rename file", "update", 2), ("edit", "correction", 3)])
@example([("remove", "update", 1), ("remove", "correction", 1), ("remove", "update", 1), ("delete", "update", 1)])
@example(
    [("rename file", "update", 2), ("edit", "correction", 3), ("rename file", "update", 1), ("draft", "update", 1)]
)
def test_a_post_that_was_touched_once_reads_as_the_file_says(desk: Desk, steps: Sequence[Step]) -> None:
    number = next(NUMBERS)
    world = World(desk, f"tea-{number:04}", desk.slack.add_channel(f"CF{number}"))
    desk.edit(world.brief())
    for step in (("share", "update", 1), *steps):
        world.happen(step)
    world.check()

"""Is each due digest posted once, and does every change fall into just one window?

1,000 channels in 50 workspaces with random schedules; two bots on Postgres (one on SQLite) are killed at random
moments; two weeks go by, across a change of clocks. The clock jumps by some hours and then goes on by itself until all
that is due has been posted.

    python -m tests.load.digests [--database postgres] [--days 14] [--hours 2] [--kills 30]
"""

import argparse
import re
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise, takewhile
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import func, select

from bot.core.digests.schedule import DAILY, DAYS, WEEKDAYS, Schedule, due_times, fire_times
from bot.core.digests.time_zones import TZDATA_VERSION
from bot.core.subscriptions.subscription import SubscriptionSpec, Target
from bot.store.database import connect
from bot.store.schema import delivery, digest, digest_cursor
from bot.store.store import Store
from tests.load.fleet import Fleet, database, fleet

ZONES = (
    *("Europe/Berlin", "Europe/London", "Europe/Athens", "America/New_York", "America/Los_Angeles", "America/St_Johns"),
    *("America/Sao_Paulo", "Africa/Casablanca", "Africa/Cairo", "Asia/Kathmandu", "Asia/Tokyo", "Asia/Kolkata"),
    *("Asia/Beirut", "Australia/Lord_Howe", "Australia/Sydney", "Pacific/Apia", "Pacific/Chatham", "UTC"),
)
STARTS = datetime(2027, 3, 20, tzinfo=UTC)
BRIEFS, CLAIMS = 3, 40
MARK = re.compile(r"^ *Now: .*?(edited-\d+-\d+)", re.MULTILINE)
PATIENCE_S = 120
SAME_TICK = timedelta(seconds=90)
"""Fire times as near as this may have been met by one tick, while a bot was being started again."""


def text(number: int, edited: int) -> str:
    """A brief; its first `edited` claims have been edited, each once."""
    claims = "".join(
        f"      - id: claim-{n}\n        text: Claim {n} of brief {number} was "
        f"{f'edited-{number}-{n}' if n < edited else 'first'} so.\n        evidence: [{{source: gazette, quote: "
        f"so it was written down}}]\n"
        for n in range(CLAIMS)
    )
    return (
        f"title: Brief {number}\nsummary: What brief {number} is about.\nstatus: published\nas_of: 2025-02-10\n"
        f"owner: desk\nsections:\n  overview:\n    claims:\n{claims}sources:\n  gazette:\n    publisher: Gazette\n"
        "    url: https://example.org/gazette\n    kind: news\n"
    )


class Run:
    """The driver: it moves the clock, edits, kills, waits, and counts."""

    def __init__(self, found: Fleet, store: Store, clock: "Clock", chance: Random) -> None:
        self.found, self.store, self.clock, self.chance = found, store, clock, chance
        self.edited = [0] * BRIEFS
        self.marks: dict[str, int] = {}
        """By what an edit says: the number of its publication."""
        self.jumps: list[tuple[datetime, datetime]] = []
        self.schedules: dict[tuple[str, str], list[Schedule]] = {}
        self.begun = clock.at()

    def prepare(self) -> None:
        """Every channel follows all briefs in a digest, at one or two random times."""
        now = self.clock.at()
        with self.store.transaction() as tx:
            for team, channels in self.found.channels.items():
                for channel in channels:
                    wanted = list({self._schedule() for _ in range(self.chance.choice((1, 1, 2)))})
                    self.schedules[team, channel] = wanted
                    wish = SubscriptionSpec(Target(), deliver="digest")
                    tx.subscriptions.add(wish, team, None, channel, by="U1", at=now)
                    tx.digests.ensure_cursor(team, None, channel, now)
                    for each in wanted:
                        tx.digests.add(each, team=team, enterprise=None, channel=channel, by="U1", at=now)
                    place = tx.digests.cursor(team, channel)
                    assert place is not None
                    first = due_times(wanted, place.processed_until, place.processed_until, timedelta(0)).next_at
                    tx.digests.advance_cursor(place.id, place.processed_until, first, TZDATA_VERSION)

    def _schedule(self) -> Schedule:
        days = self.chance.choice((DAILY, WEEKDAYS, frozenset({self.chance.randrange(len(DAYS))})))
        at = datetime(2000, 1, 1, self.chance.randrange(24), self.chance.randrange(60)).time()  # noqa: DTZ001
        return Schedule(days, at, self.chance.choice(ZONES))

    def edit(self) -> None:
        """One more claim of one brief; waits until it is published."""
        number = min(range(BRIEFS), key=lambda n: self.edited[n])
        if self.edited[number] == CLAIMS:
            return
        before = self._published()
        self.edited[number] += 1
        path = self.found.briefs / f"brief-{number}.yaml"
        path.write_text(text(number, self.edited[number]), encoding="utf-8")
        self._wait(lambda: self._published() > before, "an edit is not published")
        self.marks[f"edited-{number}-{self.edited[number] - 1}"] = self._published()

    def _published(self) -> int:
        with self.store.snapshot() as tx:
            return tx.publications.newest_number()

    def jump(self, hours: int, *, kill: bool) -> None:
        """The clock goes forward; all that is due is posted, with a kill on the way."""
        before = self.clock.at()
        self.clock.forward(timedelta(hours=hours))
        self.jumps.append((before, self.clock.at()))
        if kill:
            time.sleep(self.chance.uniform(0, 3))
            self.found.kill_one(self.chance)
        self._wait(self._is_quiet, "something due was not posted")

    def _is_quiet(self) -> bool:
        open_ = delivery.c.state.in_(("pending", "unknown", "waiting"))
        late = digest_cursor.c.next_at <= self.clock.at()
        with self.store.snapshot() as tx:
            counts = [
                tx.connection.execute(select(func.count()).select_from(table).where(where)).scalar()
                for table, where in ((digest_cursor, late), (delivery, open_))
            ]
        return not any(counts)

    def _wait(self, true: Any, trouble: str) -> None:
        ends = time.monotonic() + PATIENCE_S
        while not true():
            assert time.monotonic() < ends, trouble
            time.sleep(0.1)

    # Counted

    def rows(self) -> dict[tuple[str, str], list[Any]]:
        """What became of the fire times of each channel, in their order."""
        found: dict[tuple[str, str], list[Any]] = defaultdict(list)
        with self.store.snapshot() as tx:
            for row in tx.connection.execute(digest.select().order_by(digest.c.fire_at)):
                found[row.team, row.channel].append(row)
        return found

    def report(self, seconds: float) -> None:
        """Prints the figures."""
        rows, end = self.rows(), self.clock.at()
        missing = extra = torn = 0
        for place, wanted in self.schedules.items():
            expected = sorted({at for each in wanted for at in self._expected(each, end)})
            fired = [row.fire_at for row in rows[place]]
            extra += len(set(fired) - set(expected)) + len(fired) - len(set(fired))
            missing += sum(not self._is_met(at, fired) for at in expected)
            torn += sum(self._torn(rows[place]))
        heads, told = self._posts()
        owed = Counter(place for place, each in rows.items() for row in each if row.state == "owed")
        doubled = sum((heads - owed).values())
        lost = sum((owed - heads).values())
        wrong = Counter(self._count(told, place, rows[place], mark) for place in self.schedules for mark in self.marks)
        print(
            f"{len(self.schedules)} channels, {len(self.jumps)} jumps of the clock, {self.found.kills} kills, "
            f"{len(self.marks)} edits, {sum(map(len, rows.values()))} digests due, {sum(owed.values())} with news, "
            f"{self.found.posts()} messages, {seconds:.0f} s: fire times missing {missing}, extra {extra}; "
            f"windows torn {torn}; posts lost {lost}, doubled {doubled}; "
            f"changes by how often they were told too much: {dict(wrong)}"
        )

    def _expected(self, wanted: Schedule, end: datetime) -> Iterator[datetime]:
        return takewhile(lambda at: at <= end, fire_times(wanted, self.begun))

    def _is_met(self, at: datetime, fired: list[datetime]) -> bool:
        """Posted itself, or with a later one that the same jump made due."""
        later = next((each for each in fired if each >= at), None)
        if later is None or later == at:
            return later == at
        return later - at < SAME_TICK or any(a < at and later <= b + SAME_TICK for a, b in self.jumps if at <= b)

    def _torn(self, rows: list[Any]) -> Iterator[bool]:
        for before, after in pairwise(rows):
            yield (after.since, after.after_publication) != (before.fire_at, before.publication)

    def _posts(self) -> tuple[Counter[tuple[str, str]], Counter[tuple[tuple[str, str], str]]]:
        heads: Counter[tuple[str, str]] = Counter()
        told: Counter[tuple[tuple[str, str], str]] = Counter()
        for workspace in self.found.workspaces:
            for message in workspace.state.messages:
                place = (workspace.state.team, message.channel)
                heads[place] += message.text.startswith("Digest · ") and message.thread_ts is None
                told.update((place, mark) for mark in MARK.findall(message.text))
        return heads, told

    def _count(
        self, told: Counter[tuple[tuple[str, str], str]], place: tuple[str, str], rows: list[Any], mark: str
    ) -> int:
        """How much oftener a change was told than it had to be: 0 is right."""
        number = self.marks[mark]
        wanted = sum(row.after_publication < number <= row.publication for row in rows if row.state == "owed")
        return told[place, mark] - int(wanted)


class Clock:
    """This machine's clock, moved; the bots read by how much in a file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.seconds = 0.0
        self.forward(STARTS - datetime.now(UTC))

    def __call__(self) -> float:
        return time.time() + self.seconds

    def at(self) -> datetime:
        """What it shows."""
        return datetime.fromtimestamp(self(), UTC)

    def forward(self, by: timedelta) -> None:
        """Moves it, for everybody at once."""
        self.seconds += by.total_seconds()
        fresh = self.path.with_suffix(".new")
        fresh.write_text(repr(self.seconds), encoding="ascii")
        fresh.rename(self.path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="postgres")
    parser.add_argument("--teams", type=int, default=50)
    parser.add_argument("--channels", type=int, default=20)
    parser.add_argument("--days", type=int, default=14)
    parser.add_argument("--hours", type=int, default=2)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, database(given.database, Path(name)) as url:
        clock = Clock(Path(name) / "clock")
        with fleet(Path(name), url, teams=given.teams, channels=given.channels, clock=clock) as found:
            found.clock = clock.path
            for number in range(BRIEFS):
                (found.briefs / f"brief-{number}.yaml").write_text(text(number, 0), encoding="utf-8")
            for _ in range(1 if given.database == "sqlite" else 2):
                found.start()
            drive(Run(found, Store(connect(url)), clock, Random(given.seed)), given)


def drive(run: Run, given: argparse.Namespace) -> None:
    """All jumps, with an edit before every third and the kills spread over them."""
    run.prepare()
    begun, jumps = time.monotonic(), given.days * 24 // given.hours
    killing = set(run.chance.sample(range(jumps), min(given.kills, jumps)))
    for n in range(jumps):
        if n % 3 == 0:
            run.edit()
        run.jump(given.hours, kill=n in killing)
    run.report(time.monotonic() - begun)
    run.store.engine.dispose()


if __name__ == "__main__":
    main()

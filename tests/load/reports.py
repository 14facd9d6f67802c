"""Is every report of a mistake kept, told and answered, and each once?

People report 1,000 mistakes by the form, in each of the claims of ten briefs, while 5 % of Slack's answers are faults
and replicas are killed. Who gets no answer presses *Send* again, as often as it takes. Then every claim changes.

    python -m tests.load.reports [--database sqlite|postgres] [--reports 1000] [--kills 10]
"""

import argparse
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from random import Random
from threading import Lock, Thread

from sqlalchemy import select

from bot.core.budget import REPORTS
from bot.store.database import connect
from bot.store.schema import delivery, report
from bot.workspace.deliver import Ack, HttpDelivery, Kind
from bot.workspace.faults import Kind as FaultKind
from bot.workspace.state import Json
from bot.workspace.workspace import Workspace
from tests.load.fanout import brief
from tests.load.fleet import Fleet
from tests.load.scene import BRIEFS, CLAIMS, Scene, Sizes, scene

FAULTS: dict[FaultKind, float] = {"unavailable": 0.02, "ratelimited": 0.01, "drop_before": 0.01, "drop_after": 0.01}
METHODS = frozenset(
    "chat.postMessage chat.update views.open users.info conversations.open conversations.history".split()
)
VARIANTS = ("first", "second", "third")
TAG = re.compile(r"tag-\d+-\d+")
AT_ONCE, STEP_S = 6, 0.5
AGAIN_S = 0.5
"""Before somebody who got no answer tries again."""
TWICE = 0.1
"""The part of forms that is submitted by a double click."""
PATIENCE_S = 1800
"""The notices of one channel go out one after the other, and each outcome that is unknown holds it up for seconds."""
DOUBLES_S = 8
GAP_S = 0.02
"""Between two posts in one channel: at Slack's one a second the notices alone would take 17 minutes."""


def write(found: Fleet, variant: str) -> None:
    """All briefs, with another text of every claim in each variant."""
    for number in range(BRIEFS):
        text = brief(number, 0, claims=CLAIMS, section="overview" if number else "legal")
        fresh = found.briefs / f"brief-{number}.tmp"
        fresh.write_text(text.replace("was first so", f"was the {variant} of all so"), encoding="utf-8")
        fresh.rename(found.briefs / f"brief-{number}.yaml")


class Browser:
    """A way of people to one of several replicas, without repetitions: Slack tells them, and they try again."""

    def __init__(self, made: Scene) -> None:
        self._made, self._lock = made, Lock()
        self.failed: Counter[str] = Counter()
        """What they were told in place of an answer."""

    def send(self, kind: Kind, payload: Json, retry: tuple[int, str] | None = None) -> Ack:
        with self._lock:
            replica = self._made.chance.choice(list(self._made.supervisor.replicas))
        secret = self._made.fleet.workspaces[0].state.app.signing_secret
        try:
            ack = HttpDelivery(replica.url, secret, time.time).send(kind, payload, retry)
        except HTTPException:  # killed in the middle of its answer
            ack = Ack(error="operation_timeout")
        if ack.error is not None:
            self.failed[ack.error] += 1
            time.sleep(AGAIN_S)
        return ack


def report_all(workspace: Workspace, channel: str, person: int, number: int, chance: Random, ends: float) -> list[str]:
    """One person reports so many mistakes, one after the other; the words of those that were confirmed."""
    user = workspace.add_user(f"reader-{person}")
    workspace.state.channels[channel].members.add(user)
    confirmed = []
    for n in range(number):
        slug, claim, tag = f"brief-{chance.randrange(BRIEFS)}", f"claim-{chance.randrange(CLAIMS)}", f"tag-{person}-{n}"
        values = {"claim": f"{slug}/{claim}", "wrong": f"It is wrong: {tag}.", "source": "https://example.org/why"}
        while workspace.view_of(user) is None and time.monotonic() < ends:
            workspace.command(user, channel, f"/brief report {slug}")
        while "private_metadata" in (workspace.view_of(user) or {}) and time.monotonic() < ends:
            press(workspace, user, values, 2 if chance.random() < TWICE else 1)
        if workspace.view_of(user) is not None:
            confirmed.append(tag)
        workspace.close_view(user)
    return confirmed


def press(workspace: Workspace, user: str, values: Mapping[str, str], times: int) -> None:
    """Presses *Send* so many times at once."""
    presses = [Thread(target=submit, args=(workspace, user, values)) for _ in range(times)]
    for each in presses:
        each.start()
    for each in presses:
        each.join()


def submit(workspace: Workspace, user: str, values: Mapping[str, str]) -> None:
    # The other press may have been quicker.
    with suppress(LookupError):
        workspace.submit(user, values)


def tags(texts: Iterator[str]) -> Counter[str]:
    """How often each report is named."""
    return Counter(tag for text in texts for tag in set(TAG.findall(text)))


def notices(made: Scene) -> Counter[str]:
    """How often maintainers were told of each report."""
    workspace, channel = made.fleet.workspaces[0], maintainers(made.fleet)
    return tags(each.text for each in workspace.state.messages.of(channel))


def answers(made: Scene) -> Counter[str]:
    """How often each report was answered."""
    workspace = made.fleet.workspaces[0]
    directs = [channel.id for channel in list(workspace.state.channels.values()) if channel.is_im]
    return tags(each.text for channel in directs for each in workspace.state.messages.of(channel))


def kept(made: Scene) -> dict[str, str]:
    """The state of each report in the database, once for each row; a second one of a report is called `doubled`."""
    engine, found = connect(made.fleet.database_url), dict[str, str]()
    with engine.connect() as connection:
        for row in connection.execute(select(report.c.wrong, report.c.state)):
            tag = TAG.findall(row.wrong)[0]
            found[tag] = "doubled" if tag in found else row.state
    engine.dispose()
    return found


def maintainers(found: Fleet) -> str:
    """The channel that is told."""
    return found.channels[found.workspaces[0].state.team][0]


def wait(made: Scene, done: "list[Future[list[str]]]") -> None:
    while not all(each.done() for each in done):
        made.let(STEP_S)


def wait_until_told(made: Scene, number: int) -> float:
    """Seconds until every report is told and answered, or the patience is over."""
    begun = time.monotonic()
    while time.monotonic() - begun < PATIENCE_S and (len(notices(made)) < number or len(answers(made)) < number):
        made.let(STEP_S)
    return time.monotonic() - begun


def run(made: Scene, number: int, kills: int) -> int:
    """Prints the line of the run; the exit code."""
    workspace, channel = made.fleet.workspaces[0], made.fleet.channels[made.fleet.workspaces[0].state.team][1]
    workspace.limits.on = False
    workspace.delivery = browser = Browser(made)
    workspace.faults.inject(1, FAULTS, METHODS)
    made.kills, people = kills, -(-number // REPORTS.person)
    begun = time.monotonic()
    ends = begun + PATIENCE_S + number
    with ThreadPoolExecutor(AT_ONCE) as pool:
        each = -(-number // people)
        sent = [
            pool.submit(report_all, workspace, channel, person, each, Random(person), ends) for person in range(people)
        ]
        wait(made, sent[: people // 2])
        write(made.fleet, VARIANTS[1])
        wait(made, sent)
    confirmed = Counter(tag for person in sent for tag in person.result())
    reported = time.monotonic() - begun
    write(made.fleet, VARIANTS[2])
    took = wait_until_told(made, len(confirmed))
    made.let(DOUBLES_S)
    return judge(made, browser, confirmed, reported, took)


def judge(made: Scene, browser: Browser, confirmed: Counter[str], reported: float, took: float) -> int:
    rows, told, answered = kept(made), notices(made), answers(made)
    lost = {what: len(confirmed.keys() - found.keys()) for what, found in named(rows, told, answered).items()}
    doubled = {
        "kept": sum(state == "doubled" for state in rows.values()),
        "told": sum(n - 1 for n in told.values()),
        "answered": sum(n - 1 for n in answered.values()),
    }
    still_open = sum(state == "open" for state in rows.values())
    unconfirmed = len(rows.keys() - confirmed.keys())
    missed = any((*lost.values(), *doubled.values(), still_open))
    workspace = made.fleet.workspaces[0]
    print(
        f"reports on {'postgres' if made.server else 'sqlite'}: {len(confirmed)} confirmed in {reported:.0f} s, "
        f"{made.supervisor.kills} kills, faults {dict(workspace.faults.counts)}, told in place of an answer "
        f"{dict(browser.failed)}; {took:.0f} s later all told and answered: lost {lost}, doubled {doubled}, open "
        f"{still_open}, kept and not confirmed {unconfirmed}; deliveries {deliveries(made)}; /brief legal p99 "
        f"{made.asker.percentile(99):.0f} ms: {'MISSED' if missed else 'ok'}",
        flush=True,
    )
    return int(missed)


def named(*found: Mapping[str, object]) -> dict[str, Mapping[str, object]]:
    return dict(zip(("kept", "told", "answered"), found, strict=True))


def deliveries(made: Scene) -> dict[str, int]:
    """How many of each kind and state there are, of those about reports."""
    engine = connect(made.fleet.database_url)
    with engine.connect() as connection:
        rows = connection.execute(select(delivery.c.kind, delivery.c.state).where(delivery.c.kind.like("report%")))
        counts = Counter(f"{row.kind} {row.state}" for row in rows)
    engine.dispose()
    return dict(sorted(counts.items()))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="postgres")
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=10)
    given = parser.parse_args()
    sizes = Sizes(teams=1, channels=2, times=1, kills=0, edit_every_s=float("inf"))

    def variables(found: Fleet) -> dict[str, str]:
        own = {"LOAD_GAP_S": str(GAP_S), "BRIEFBOT_POSTS_PER_MINUTE": "9999"}
        return {**own, "BRIEFBOT_MAINTAINERS_CHANNEL": maintainers(found)}

    with (
        tempfile.TemporaryDirectory() as name,
        scene(Path(name), given.database, sizes, 1, variables=variables) as made,
    ):
        return run(made, given.reports, given.kills)


if __name__ == "__main__":
    sys.exit(main())

"""Is every mention answered, and once?

Four people at once mention the bot in each of 25 channels, while 5 % of Slack's answers are faults and replicas are
killed; Slack's limits are on, and it repeats an event three times, as long as nobody has taken it.

    python -m tests.load.mentions [--database sqlite|postgres] [--channels 25] [--kills 10]
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path
from random import Random

from bot.workspace.deliver import Ack, HttpDelivery, Kind
from bot.workspace.faults import Kind as FaultKind
from bot.workspace.messages import Message
from bot.workspace.state import Json
from bot.workspace.workspace import Workspace
from tests.load.replicas import Replica
from tests.load.scene import Scene, Sizes, scene
from tests.load.trouble import explain

AT_ONCE = 4
NEXT_S = 1.0
"""Between two channels: longer than this there is nothing to kill for."""

FAULTS: dict[FaultKind, float] = {"unavailable": 0.02, "ratelimited": 0.01, "drop_before": 0.01, "drop_after": 0.01}
REPEATS = ((0.5, "http_error"), (5, "http_error"), (20, "http_error"))
"""Seconds before each repetition; Slack waits for a moment, a minute and five. Source: docs.slack.dev, Events API."""

PATIENCE_S = 90
DOUBLES_S = 8


class Balanced:
    """A way to one of several replicas, with Slack's repetitions."""

    def __init__(self, replicas: Callable[[], list[Replica]], secret: str, chance: Random) -> None:
        self._replicas, self._secret, self._chance = replicas, secret, chance
        self.failed: Counter[str] = Counter()
        """How many deliveries were not acknowledged, by what came instead."""

    def send(self, kind: Kind, payload: Json, retry: tuple[int, str] | None = None) -> Ack:
        """As Slack sends an event; `error` where it has given up."""
        ack = self._once(kind, payload, retry)
        for number, (seconds, reason) in enumerate(REPEATS, 1):
            if ack.error is None:
                return ack
            time.sleep(seconds)
            ack = self._once(kind, payload, (number, reason))
        return ack

    def _once(self, kind: Kind, payload: Json, retry: tuple[int, str] | None) -> Ack:
        way = HttpDelivery(self._chance.choice(self._replicas()).url, self._secret, time.time)
        try:
            ack = way.send(kind, payload, retry)
        except HTTPException:  # killed in the middle of its answer
            ack = Ack(error="operation_timeout")
        if ack.error is not None:
            self.failed[f"{ack.error} {retry[0] if retry else 0}"] += 1
        return ack


def mention_all(made: Scene, pool: ThreadPoolExecutor, channels: list[str]) -> list[Message]:
    """Four mentions at once in each channel, one channel after the other; gives them once Slack has sent them all."""
    workspace = made.fleet.workspaces[0]
    people = [workspace.add_user(f"user-{n}") for n in range(AT_ONCE)]
    text = f"<@{workspace.state.app.bot_user}> legal brief-0"
    sent = []
    for channel in channels:
        sent += [pool.submit(workspace.say, person, channel, text) for person in people]
        made.let(NEXT_S)
    while not all(each.done() for each in sent):
        made.let(NEXT_S)
    return [each.result() for each in sent]


def answers(workspace: Workspace, mentions: list[Message]) -> list[int]:
    """How often each mention was answered."""
    bot = workspace.state.app.bot_user
    told = Counter(each.thread_ts for each in workspace.state.messages if each.user == bot and "Claim 0" in each.text)
    return [told[each.ts] for each in mentions]


def wait(made: Scene, mentions: list[Message]) -> float:
    """Seconds until all are answered, or the patience is over."""
    begun = time.monotonic()
    while 0 in answers(made.fleet.workspaces[0], mentions) and time.monotonic() - begun < PATIENCE_S:
        made.let(0.2)
    return time.monotonic() - begun


def run(made: Scene, kills: int) -> int:
    """Prints the line of the run; the exit code."""
    workspace, channels = made.fleet.workspaces[0], made.fleet.channels[made.fleet.workspaces[0].state.team]
    way = Balanced(lambda: list(made.supervisor.replicas), workspace.state.app.signing_secret, made.chance)
    workspace.delivery = way
    with ThreadPoolExecutor(len(channels) * AT_ONCE) as pool:
        at_once = mention_all(made, pool, channels[:1])
        wait(made, at_once)
        first = answers(workspace, at_once)
        workspace.faults.inject(1, FAULTS, frozenset({"chat.postMessage"}))
        made.kills = kills
        mentions = mention_all(made, pool, channels)
        took = wait(made, mentions)
    time.sleep(DOUBLES_S)
    found = answers(workspace, mentions)
    missing, doubled = found.count(0) + first.count(0), sum(n - 1 for n in (*found, *first) if n)
    missed = bool(missing or doubled)
    answered = f"{len(found) - found.count(0)} ({took:.1f} s after the last)"
    print(
        f"mentions on {'postgres' if made.server else 'sqlite'}: four at once: {sum(first)} answers; {len(mentions)} "
        f"mentions, {made.supervisor.kills} kills, faults {dict(workspace.faults.counts)}: answered {answered}, never "
        f"{missing}, doubled {doubled}, not acknowledged {dict(way.failed)}; /brief legal p99 "
        f"{made.asker.percentile(99):.0f} ms, refused {len(made.asker.refusals())}: {'MISSED' if missed else 'ok'}",
        flush=True,
    )
    if missed:
        explain(made)
    return int(missed)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="postgres")
    parser.add_argument("--channels", type=int, default=25)
    parser.add_argument("--kills", type=int, default=10)
    given = parser.parse_args()
    sizes = Sizes(teams=1, channels=given.channels, times=1, kills=0, edit_every_s=float("inf"))
    with (
        tempfile.TemporaryDirectory() as name,
        scene(Path(name), given.database, sizes, 1) as made,
    ):
        return run(made, given.kills)


if __name__ == "__main__":
    sys.exit(main())

"""Does every change reach every channel that follows it, once, and as fast as Slack's limits allow?

2,000 channels in 20 workspaces follow all briefs; the local workspace lets through one post a second and channel and
240 a minute and workspace. Run A: no faults; how long it takes, beside the time that the limits alone allow. Run B:
429s, 503s, connections that drop before and after the effect, slow answers, and bots that are killed at random.

    python -m tests.load.fanout [--database sqlite|postgres] [--run A|B] [--briefs 6] [--kills 20] [--no-history]
"""

import argparse
import re
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path
from random import Random

from bot.workspace.faults import POST_TEAM_MAX, WINDOW_S, Kind
from tests.load.fleet import Fleet, database, fleet, follow_all

FAULTS: dict[Kind, float] = {
    "unavailable": 0.05,
    "ratelimited": 0.01,
    "drop_before": 0.01,
    "drop_after": 0.01,
    "slow": 0.02,
}
SLOW_S = 2.5
"""Longer than a call to Slack may take (2 s)."""

METHODS = frozenset({"chat.postMessage", "chat.update", "conversations.history", "conversations.replies"})
PATIENCE_S = 900
NOW = re.compile(r"^ *Now: .*$", re.MULTILINE)
MARK = re.compile(r"edited-\d+-\d+")
ROUNDS = 3


def brief(number: int, edited: int, *, claims: int = ROUNDS, section: str = "overview") -> str:
    """A brief of so many claims; the first `edited` of them have been edited."""
    written = "".join(
        f"      - id: claim-{n}\n        text: Claim {n} of brief {number} was "
        f"{f'edited-{number}-{n}' if n < edited else 'first'} so.\n        evidence: [{{source: gazette, quote: "
        f"so it was written down}}]\n"
        for n in range(claims)
    )
    return (
        f"title: Brief {number}\nsummary: What brief {number} is about.\nstatus: published\nas_of: 2025-02-10\n"
        f"owner: desk\nsections:\n  {section}:\n    claims:\n{written}sources:\n  gazette:\n    publisher: Gazette\n"
        "    url: https://example.org/gazette\n    kind: news\n"
    )


def write(found: Fleet, briefs: int, edited: int) -> None:
    """All briefs, each with so many claims edited."""
    for number in range(briefs):
        (found.briefs / f"brief-{number}.yaml").write_text(brief(number, edited), encoding="utf-8")


def marks(briefs: int, rounds: int) -> int:
    """How many different things each channel must hear."""
    return briefs * rounds


class Heard:
    """How often each mark was told in each channel. Only what a post says is new counts; messages are read once."""

    def __init__(self, found: Fleet) -> None:
        self._found = found
        self._read = [0] * len(found.workspaces)
        self._told: Counter[tuple[str, str, str]] = Counter()
        self._keys: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        self._channels = sum(map(len, found.channels.values()))
        self._heard_in: Counter[str] = Counter()

    def look(self) -> None:
        for place, workspace in enumerate(self._found.workspaces):
            fresh = workspace.state.messages[self._read[place] :]
            self._read[place] += len(fresh)
            for message in fresh:
                for mark in {m for line in NOW.findall(message.text) for m in MARK.findall(line)}:
                    told = (workspace.state.team, message.channel, mark)
                    self._told[told] += 1
                    self._heard_in[mark] += self._told[told] == 1
                    self._keys[told].append(f"{message.ts} {(message.metadata or {}).get('event_payload')}")

    def missing(self, wanted: int) -> int:
        self.look()
        return wanted * self._channels - len(self._told)

    def is_everywhere(self, mark: str) -> bool:
        """Whether every channel had heard of it at the last look."""
        return self._heard_in[mark] == self._channels

    def doubled(self) -> int:
        self.look()
        return sum(count - 1 for count in self._told.values())

    def twice(self) -> list[str]:
        """Where something was told twice: when, and with which keys."""
        return [f"{place}: {self._keys[place]}" for place, count in self._told.items() if count > 1]


def least_s(posts: int) -> int:
    """Seconds that the limits alone ask for, for so many posts into many channels of one workspace."""
    return (posts - 1) // POST_TEAM_MAX * WINDOW_S


def limits(found: Fleet) -> None:
    for workspace in found.workspaces:
        workspace.limits.on = True
        workspace.limits.grace = 0.5


def run_a(found: Fleet, briefs: int) -> None:
    """Every brief is edited at once; how long until every channel has heard of each."""
    per_team = briefs * len(next(iter(found.channels.values())))
    heard, begun = Heard(found), time.monotonic()
    write(found, briefs, 1)
    while heard.missing(marks(briefs, 1)):
        assert time.monotonic() - begun < PATIENCE_S, f"missing {heard.missing(marks(briefs, 1))}"
        time.sleep(0.1)
    took, least = time.monotonic() - begun, least_s(per_team)
    print(
        f"run A: {found.posts()} posts in {took:.1f} s; the limits alone ask for {least} s: {took / max(1, least):.2f} "
        f"of it; doubled {heard.doubled()}, refused {refused(found)}, early {early(found)}"
    )


def run_b(found: Fleet, briefs: int, kills: int, seed: int) -> None:
    """Rounds of edits under faults; a bot is killed at random moments while work is pending."""
    chance = Random(seed)
    for n, workspace in enumerate(found.workspaces):
        workspace.faults.inject(seed + n, FAULTS, METHODS, slow_s=SLOW_S)
    heard, begun, rounds = Heard(found), time.monotonic(), 1
    write(found, briefs, 1)
    next_kill, next_round = begun + 2, begun + 15
    while heard.missing(marks(briefs, rounds)) or rounds < ROUNDS:
        missing = heard.missing(marks(briefs, rounds))
        assert time.monotonic() - begun < PATIENCE_S, f"missing {missing}"
        if found.kills < kills and missing and time.monotonic() >= next_kill:
            found.kill_one(chance)
            next_kill = time.monotonic() + chance.uniform(0.2, 4)
        if rounds < ROUNDS and (time.monotonic() >= next_round or not missing):
            rounds += 1
            write(found, briefs, rounds)
            next_round = time.monotonic() + 15
        time.sleep(0.1)
    took = time.monotonic() - begun
    time.sleep(8)  # whatever would double comes within this
    met: Counter[str] = sum((Counter(w.faults.counts) for w in found.workspaces), Counter())
    print(
        f"run B: {found.posts()} posts in {took:.1f} s, {found.kills} kills, faults {dict(met)}; missing "
        f"{heard.missing(marks(briefs, ROUNDS))}, doubled {heard.doubled()}, early {early(found)}"
    )
    print("\n".join(heard.twice()[:5]))


def refused(found: Fleet) -> int:
    return sum(sum(w.limits.refused.values()) for w in found.workspaces)


def early(found: Fleet) -> int:
    return sum(w.limits.calls_before_retry_after for w in found.workspaces)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--run", choices=("A", "B"), default="A")
    parser.add_argument("--briefs", type=int, default=6)
    parser.add_argument("--teams", type=int, default=20)
    parser.add_argument("--channels", type=int, default=100)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-history", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, database(given.database, Path(name)) as url:
        history = not given.no_history
        with fleet(Path(name), url, teams=given.teams, channels=given.channels, history=history) as found:
            write(found, given.briefs, 0)
            for _ in range(1 if given.database == "sqlite" else 2):
                found.start()
            follow_all(found)
            limits(found)
            if given.run == "A":
                run_a(found, given.briefs)
            else:
                run_b(found, given.briefs, given.kills, given.seed)


if __name__ == "__main__":
    main()

"""Many people ask at once while the files change all the time: no answer fails, and none mixes two revisions.

python -m tests.load.storm [SECONDS]          default: 30
"""

import re
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from threading import Event, Thread

from tests.live import Stage, stage

USERS = 50
CONCURRENT = 200
EDIT_EVERY_S = 0.4


@dataclass
class Tally:
    """What the people saw."""

    errors: list[str] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)
    versions: set[str] = field(default_factory=set)
    taken: list[float] = field(default_factory=list)


def storm(scene: Stage, seconds: float, at_once: int = CONCURRENT) -> Tally:
    """Lets 50 people type so many commands at a time, over and over, while a brief changes every 400 ms: longer than
    files take to settle."""
    people = [scene.workspace.add_user(f"user-{number}") for number in range(USERS)]
    tally, stop = Tally(), Event()
    original = (scene.briefs / "el-salvador-offer.yaml").read_text(encoding="utf-8")
    editor = Thread(target=edit, args=(scene, original, stop))
    editor.start()
    time.sleep(3 * EDIT_EVERY_S)
    deadline = time.monotonic() + seconds
    with ThreadPoolExecutor(at_once) as pool:
        for number in range(at_once):
            pool.submit(ask, scene, people[number % USERS], lambda: time.monotonic() < deadline, tally)
    stop.set()
    editor.join()
    return tally


def edit(scene: Stage, original: str, stop: Event) -> None:
    """Every version says its number in the title and in every claim of the section."""
    head, sections = original.split("sections:\n", 1)
    number = 0
    while not stop.wait(EDIT_EVERY_S):
        number += 1
        text = head.replace("title: ", f"title: Version {number} of ", 1) + "sections:\n" + sections
        text = re.sub(r"(\n +text:) (>-\n +)?(['\"]?)", rf"\1 \2\3Version {number}. ", text)
        new = scene.briefs / "saved.tmp"
        new.write_text(text, encoding="utf-8")
        new.rename(scene.briefs / "el-salvador-offer.yaml")


def ask(scene: Stage, user: str, go_on: Callable[[], bool], tally: Tally) -> None:
    while go_on():
        start = time.monotonic()
        ack = scene.workspace.command(user, scene.general, "/brief legal")
        tally.taken.append(time.monotonic() - start)
        if ack.error is not None or not isinstance(ack.body, dict):
            tally.errors.append(str(ack.error))
            continue
        versions = set(re.findall(r"Version (\d+)", str(ack.body)))
        tally.versions |= versions
        if len(versions) > 1:
            tally.mixed.append(ack.body["text"])


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 30
    with tempfile.TemporaryDirectory() as directory, stage(Path(directory)) as scene:
        tally = storm(scene, seconds)
    p50, p99 = (quantiles(tally.taken, n=100)[n - 1] for n in (50, 99))
    print(f"{len(tally.taken)} answers in {seconds:.0f} s, {len(tally.versions)} versions seen")
    print(f"{len(tally.errors)} failed, {len(tally.mixed)} mixed; p50 {p50:.3f} s, p99 {p99:.3f} s (client included)")


if __name__ == "__main__":
    main()

"""Whatever happens to the directory under the running bot: readers see what the gate lets through, nothing is withdrawn
that nobody withdrew, and nobody is told twice."""

import re
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from bot.workspace.workspace import plain
from tests.conftest import PROFILE
from tests.live import QUICK, Stage, eventually, stage

BATCHES = 1 if PROFILE == "gate" else 60
SEQUENCES, STEPS = 3 if PROFILE == "gate" else 5, 2
"""Sequences of a batch, each over a stage of its own, and what happens in one."""

BRIEFS = 30

CADENCE = replace(
    QUICK,
    look=timedelta(seconds=0.25),
    file_settle=timedelta(seconds=1),
    absence_grace=timedelta(seconds=4),
)
MOMENT_S = 1.5
"""Less than the grace, more than the time in which files settle."""

TEXT = """title: About {name}
summary: What is known of {name}.
status: published
as_of: 2025-02-10
owner: desk
aliases: [{alias}]
sections:
  legal:
    claims:
      - id: one
        text: There were {number} of them that day.
        evidence: [{{source: gazette, quote: of them that very day}}]
sources:
  gazette: {{publisher: The Gazette, url: "https://example.org/gazette", kind: news}}
changes: [{{date: 2025-02-10, kind: new, note: First version.}}]
"""
STORE = "sections: {legal: {title: Legal considerations}}\n"

Events = Counter[tuple[str, str]]
"""What readers are told: how often each (name, what happened)."""


def text_of(name: str, number: int, alias: str = "") -> str:
    return TEXT.format(name=name, number=number, alias=alias or f"alias {name}")


@dataclass
class Law:
    """A stage whose directory is changed, and what must come of it. A brief keeps its `name` when its file gets another
    one. `seen` are the numbers that readers see, by slug; `names` the names, by slug."""

    scene: Stage
    random: Random = field(default_factory=lambda: Random(0))  # noqa: S311  repeatable on purpose
    seen: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)
    told: Events = field(default_factory=Counter)
    last: int = 1000
    trees: int = 0

    def path(self, slug: str) -> Path:
        return self.scene.briefs / f"{slug}.yaml"

    def pick(self, count: int) -> list[str]:
        return self.random.sample(sorted(self.seen), count)

    def new_number(self) -> int:
        self.last += 1
        return self.last

    def save(self, slug: str, path: Path | None = None) -> None:
        """An edit that readers are to be told of."""
        self.seen[slug] = self.new_number()
        (path or self.path(slug)).write_text(text_of(self.names[slug], self.seen[slug]))
        self.told[self.names[slug], str(self.seen[slug])] += 1

    # What happens to the files

    def edit_some(self) -> None:
        for slug in self.pick(3):
            self.save(slug)

    def break_one(self) -> None:
        [slug] = self.pick(1)
        before = self.path(slug).read_text()
        self.path(slug).write_text(before.replace("owner: desk", "ownr: desk").replace("There were", "There are"))
        self.pause()
        self.save(slug)

    def clash(self) -> None:
        one, other = self.pick(2)
        self.path(one).write_text(text_of(self.names[one], self.new_number(), f"alias {self.names[other]}"))
        self.pause()
        self.save(one)

    def merge(self) -> None:
        [slug] = self.pick(1)
        ours, theirs = (text_of(self.names[slug], self.new_number()).splitlines(True) for _ in range(2))
        line = next(n for n, text in enumerate(ours) if "There were" in text)
        conflict = ["<<<<<<< HEAD\n", ours[line], "=======\n", theirs[line], ">>>>>>> theirs\n"]
        self.path(slug).write_text("".join([*ours[:line], *conflict, *ours[line + 1 :]]))
        self.pause()
        self.save(slug)

    def write_in_parts(self) -> None:
        [slug] = self.pick(1)
        self.save(slug)
        text = self.path(slug).read_text()
        with self.path(slug).open("w") as file:
            file.write(text[: len(text) // 2])
            file.flush()
            time.sleep(CADENCE.file_settle.total_seconds() / 3)
            file.write(text[len(text) // 2 :])

    def leave_for_a_moment(self) -> None:
        away = [self.path(slug) for slug in self.pick(self.random.choice((1, 5, len(self.seen))))]
        for path in away:
            path.rename(path.with_suffix(".away"))
        time.sleep(MOMENT_S)
        for path in away:
            path.with_suffix(".away").rename(path)

    def stash(self) -> None:
        """The stash shows the files of the last commit for a moment."""
        self.edit_some()
        self.pause()
        git(self.scene.briefs, "stash", "--quiet", "--include-untracked")
        git(self.scene.briefs, "stash", "pop", "--quiet")

    def remove(self) -> None:
        [slug] = self.pick(1)
        self.path(slug).unlink()
        self.told[self.names[slug], "gone"] += 1
        self.gone[slug] = self.names.pop(slug)
        del self.seen[slug]

    def bring_back(self) -> None:
        if not self.gone:
            self.remove()
            self.pause()
        slug = self.random.choice(sorted(self.gone))
        self.names[slug] = self.gone.pop(slug)
        self.seen[slug] = self.new_number()
        self.path(slug).write_text(text_of(self.names[slug], self.seen[slug]))
        self.told[self.names[slug], "back"] += 1

    def rename(self) -> None:
        [slug] = self.pick(1)
        after = f"renamed-{self.new_number()}"
        self.path(slug).rename(self.path(after))
        self.seen[after], self.names[after] = self.seen.pop(slug), self.names.pop(slug)

    def replace_directory(self) -> None:
        tree = self._copy()
        for slug in self.pick(2):
            self.save(slug, tree / f"{slug}.yaml")
        self._exchange(tree)

    def swap_link(self) -> None:
        """The path becomes a link to another tree; the older tree is kept or removed."""
        tree = self._copy()
        for slug in self.pick(2):
            self.save(slug, tree / f"{slug}.yaml")
        if not self.scene.briefs.is_symlink():
            self.scene.briefs.rename(self.scene.briefs.with_name(f"first-{self.trees}"))
            self.scene.briefs.symlink_to(tree)
            return
        before = self.scene.briefs.resolve()
        (link := self.scene.briefs.with_name("link")).symlink_to(tree)
        link.replace(self.scene.briefs)
        if self.random.random() < 0.5:
            shutil.rmtree(before)

    def lose_all(self) -> None:
        tree = self._copy()
        for path in list(self.scene.briefs.iterdir()):
            if path.is_file():
                path.unlink()
        time.sleep(1.5 * CADENCE.absence_grace.total_seconds())
        self._exchange(tree)

    def _copy(self) -> Path:
        self.trees += 1
        tree = self.scene.briefs.with_name(f"tree-{self.trees}")
        shutil.copytree(self.scene.briefs.resolve(), tree)
        return tree

    def _exchange(self, tree: Path) -> None:
        """The tree takes the place of the directory; where the path is a link, of what it leads to."""
        place = self.scene.briefs.resolve()
        place.rename(place.with_name(f"old-{self.trees}"))
        tree.rename(place)

    # What must come of it

    def pause(self) -> None:
        """Waits until readers see what they must, and all is posted."""
        eventually(lambda: self._readers() == self.seen, seconds=30)
        self.scene.settle(60)

    def _readers(self) -> dict[str, int]:
        briefs = self.scene.bot.services.corpus.corpus.briefs
        return {slug: number_in(next(iter(brief.claims()))[1].text) for slug, brief in briefs.items()}

    def events(self) -> Events:
        """What readers were told."""
        posts = self.scene.workspace.seen_by(self.scene.ben, self.scene.general)
        # Notes in threads tell those who heard of it before.
        texts = [plain(post.text) for post in posts if post.thread_ts is None]
        return Counter(event for text in texts if (event := event_of(text)))


def number_in(text: str) -> int:
    return int(re.findall(r"There were (\d+)", text)[-1])


def event_of(text: str) -> tuple[str, str] | None:
    name = re.search(r"About ([a-z0-9-]+)", text)
    if name is None:
        return None
    if "no longer published" in text:
        return name[1], "gone"
    if "published again" in text:
        return name[1], "back"
    return name[1], re.findall(r"There were (\d+)", text)[-1]


def git(directory: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
    subprocess.run(["git", "-C", directory, *who, *arguments], check=True, capture_output=True)


STEP_KINDS: tuple[Callable[[Law], None], ...] = (
    Law.edit_some,
    Law.break_one,
    Law.clash,
    Law.merge,
    Law.write_in_parts,
    Law.leave_for_a_moment,
    Law.stash,
    Law.remove,
    Law.bring_back,
    Law.rename,
    Law.replace_directory,
    Law.swap_link,
    Law.lose_all,
)


@pytest.fixture
def law(tmp_path: Path) -> Iterator[Law]:
    names = {f"b{number}": f"b{number}" for number in range(BRIEFS)}
    files = {f"{slug}.yaml": text_of(name, 1) for slug, name in names.items()} | {"_store.yaml": STORE}
    with stage(tmp_path, files=files, cadence=CADENCE) as scene:
        git(scene.briefs, "init", "--quiet")
        git(scene.briefs, "add", ".")
        git(scene.briefs, "commit", "--quiet", "--message", "First")
        scene.ask("/brief subscribe all")
        yield Law(scene, seen=dict.fromkeys(names, 1), names=names)


@pytest.mark.hypothesis
@pytest.mark.parametrize("batch", range(BATCHES))
def test_readers_see_what_the_gate_lets_through_and_are_told_once(law: Law, batch: int) -> None:
    for sequence in range(batch * SEQUENCES, (batch + 1) * SEQUENCES):
        law.random = Random(sequence)  # noqa: S311  repeatable on purpose
        steps = law.random.choices(STEP_KINDS, k=STEPS)
        for step in steps:
            step(law)
            law.pause()
        assert (law.events(), law._readers()) == (law.told, law.seen), (sequence, [step.__name__ for step in steps])

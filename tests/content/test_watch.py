"""The watch over a real directory: what is noticed, what counts as saved, and what as gone."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from bot.content import watch as module
from bot.content.evidence_lock import LOCK_FILE, write_evidence_lock
from bot.content.repository import Repository
from bot.content.watch import ReloadResult, WatchCadence, watch
from bot.core.evidence.lock import NO_EVIDENCE
from tests.evidence import verified
from tests.live import eventually

CADENCE = WatchCadence(look=timedelta(seconds=0.1), settle=timedelta(seconds=0.04), grace=timedelta(seconds=0.3))
MOMENT_S = 0.1
"""Shorter than the grace, longer than a look and the time in which files settle."""

TEA = """title: The tea duty
summary: What was paid on tea.
status: published
as_of: 1773-12-16
owner: desk
sections:
  legal:
    claims:
      - id: duty
        text: The duty is threepence a pound.
        evidence: [{source: act, quote: the said duty shall be paid}]
sources:
  act: {publisher: Parliament, url: https://example.org/act, kind: law}
changes: [{date: 1773-12-16, kind: new, note: First version.}]
"""


def brief_text(name: str, duty: str = "threepence") -> str:
    return TEA.replace("The tea duty", f"About {name}").replace("threepence", duty)


@dataclass
class Watched:
    """A directory that a thread watches; `results` are what it reported."""

    directory: Path
    repository: Repository
    results: list[ReloadResult] = field(default_factory=list)
    fail: list[Exception] = field(default_factory=list)
    """Raised by the next reports."""

    def report(self, result: ReloadResult) -> None:
        if self.fail:
            raise self.fail.pop()
        self.results.append(result)

    def write(self, name: str, text: str) -> None:
        (self.directory / f"{name}.yaml").write_text(text)

    def duty(self, slug: str) -> str:
        """The word that stands for the duty in what readers see; `-` where the brief is gone."""
        brief = self.repository.briefs.get(slug)
        return "-" if brief is None else next(iter(brief.claims()))[1].text.split()[3]

    def changes(self) -> list[dict[str, bool]]:
        """What was reported, as whether each brief is there after it."""
        return [{slug: each is not None for slug, each in result.changes.briefs.items()} for result in self.results]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    directory = tmp_path / "briefs"
    directory.mkdir()
    for name in ("tea", "coffee", "cocoa"):
        (directory / f"{name}.yaml").write_text(brief_text(name))
    return directory


@pytest.fixture
def follow() -> Iterator[Callable[[Path], Watched]]:
    """Watches a directory until the end of the test."""
    stop, threads = Event(), list[Thread]()

    def start(directory: Path) -> Watched:
        watched = Watched(directory, Repository(directory))
        watched.repository.load()
        threads.append(Thread(target=watch, args=(watched.repository, stop, watched.report, CADENCE)))
        threads[-1].start()
        return watched

    yield start
    stop.set()
    for thread in threads:
        thread.join(5)
        assert not thread.is_alive()


Follow = Callable[[Path], Watched]


def test_an_edit_is_noticed_and_nothing_else_reported(root: Path, follow: Follow) -> None:
    watched = follow(root)
    watched.write("tea", brief_text("tea", "fourpence"))
    eventually(lambda: watched.duty("tea") == "fourpence")
    assert watched.changes() == [{"tea": True}]


def test_what_becomes_known_of_quotes_is_noticed_and_that_it_is_gone(root: Path, follow: Follow) -> None:
    watched = follow(root)
    lock = verified(watched.repository.briefs["tea"])
    write_evidence_lock(root, lock)
    eventually(lambda: watched.repository.evidence == lock)
    (root / LOCK_FILE).unlink()
    eventually(lambda: watched.repository.evidence == NO_EVIDENCE)
    assert [result.changes.evidence for result in watched.results] == [lock, NO_EVIDENCE]
    assert watched.changes() == [{}, {}]


def test_a_new_brief_and_a_removed_one_are_noticed(root: Path, follow: Follow) -> None:
    watched = follow(root)
    watched.write("mate", brief_text("mate"))
    eventually(lambda: "mate" in watched.repository.briefs)
    (root / "cocoa.yaml").unlink()
    eventually(lambda: "cocoa" not in watched.repository.briefs)
    assert watched.changes() == [{"mate": True}, {"cocoa": False}]


# Away for a moment


def away(path: Path) -> None:
    path.rename(path.with_suffix(".away"))
    time.sleep(MOMENT_S)
    path.with_suffix(".away").rename(path)


def emptied(directory: Path) -> None:
    texts = {path: path.read_text() for path in directory.glob("*.yaml")}
    for path in texts:
        path.unlink()
    time.sleep(MOMENT_S)
    for path, text in texts.items():
        path.write_text(text)


def removed(directory: Path) -> None:
    shutil.copytree(directory, directory.with_name("copy"))
    shutil.rmtree(directory)
    time.sleep(MOMENT_S)
    directory.with_name("copy").rename(directory)


@pytest.mark.parametrize("leave", [lambda root: away(root / "tea.yaml"), away, emptied, removed])
def test_what_is_away_for_a_moment_is_not_gone(root: Path, follow: Follow, leave: Callable[[Path], None]) -> None:
    watched = follow(root)
    time.sleep(MOMENT_S)
    leave(root)
    watched.write("coffee", brief_text("coffee", "fourpence"))
    eventually(lambda: watched.duty("coffee") == "fourpence")
    time.sleep(CADENCE.grace.total_seconds())
    assert watched.changes() == [{"coffee": True}]
    assert watched.repository.held is None


def test_a_renamed_brief_that_keeps_its_alias_comes_when_the_old_one_is_gone(root: Path, follow: Follow) -> None:
    (root / "tea.yaml").write_text(brief_text("tea") + "aliases: [cuppa]\n")
    watched = follow(root)
    (root / "tea.yaml").rename(root / "tea-duty.yaml")
    eventually(lambda: "tea-duty" in watched.repository.briefs)
    assert watched.changes() == [{"tea": False, "tea-duty": True}]
    assert not any(result.is_news for result in watched.results)


def test_what_waits_for_an_absent_brief_is_judged_when_that_comes_back(root: Path, follow: Follow) -> None:
    (root / "tea.yaml").write_text(brief_text("tea") + "aliases: [cuppa]\n")
    watched = follow(root)
    (root / "tea.yaml").rename(root / "tea.away")
    watched.write("mate", brief_text("mate") + "aliases: [cuppa]\n")
    time.sleep(MOMENT_S)
    assert (watched.repository.broken, "mate" in watched.repository.briefs) == ({}, False)
    (root / "tea.away").rename(root / "tea.yaml")
    eventually(lambda: [path.name for path in watched.repository.broken] == ["mate.yaml"])


# Most of it gone


@pytest.mark.parametrize("lose", [shutil.rmtree, lambda root: [each.unlink() for each in list(root.iterdir())[:2]]])
def test_most_of_it_gone_changes_nothing_and_coming_back_needs_no_force(
    root: Path, follow: Follow, lose: Callable[[Path], object]
) -> None:
    watched = follow(root)
    lose(root)
    eventually(lambda: watched.repository.held is not None)
    assert (watched.changes(), [result.is_news for result in watched.results]) == ([{}], [True])
    root.mkdir(exist_ok=True)
    for name in ("tea", "coffee", "cocoa"):
        watched.write(name, brief_text(name))
    watched.write("coffee", brief_text("coffee", "fourpence"))
    eventually(lambda: watched.duty("coffee") == "fourpence")
    assert watched.repository.held is None
    assert [each for each in watched.changes() if each] == [{"coffee": True}]


def test_a_directory_that_is_emptied_file_by_file_loses_no_brief_on_the_way(root: Path, follow: Follow) -> None:
    watched = follow(root)
    for name in ("tea", "coffee", "cocoa"):
        (root / f"{name}.yaml").unlink()
        time.sleep(CADENCE.grace.total_seconds() * 0.7)
    eventually(lambda: watched.repository.held is not None)
    assert watched.changes() == [{}]


def test_a_file_that_is_away_when_a_lost_directory_comes_back_is_waited_for(root: Path, follow: Follow) -> None:
    watched = follow(root)
    shutil.copytree(root, root.with_name("copy"))
    shutil.rmtree(root)
    eventually(lambda: watched.repository.held is not None)
    (root.with_name("copy") / "tea.yaml").rename(root.with_name("tea.yaml"))
    root.with_name("copy").rename(root)
    eventually(lambda: watched.repository.held is None)
    assert "tea" in watched.repository.briefs
    root.with_name("tea.yaml").rename(root / "tea.yaml")
    time.sleep(2 * CADENCE.grace.total_seconds())
    assert not any(result.changes for result in watched.results)


def test_what_comes_back_little_by_little_is_held_until_it_is_most(root: Path, follow: Follow) -> None:
    watched = follow(root)
    for name in ("tea", "coffee", "cocoa"):
        (root / f"{name}.yaml").unlink()
    eventually(lambda: watched.repository.held is not None)
    watched.write("tea", brief_text("tea"))
    time.sleep(3 * CADENCE.grace.total_seconds())
    assert watched.repository.held is not None
    watched.write("coffee", brief_text("coffee"))
    eventually(lambda: watched.repository.held is None)
    eventually(lambda: "cocoa" not in watched.repository.briefs)
    assert [each for each in watched.changes() if each] == [{"cocoa": False}]


def test_a_file_that_comes_back_restarts_the_wait_for_the_others(root: Path, follow: Follow) -> None:
    watched = follow(root)
    (root / "cocoa.yaml").unlink()
    for _ in range(4):
        away(root / "tea.yaml")
        time.sleep(CADENCE.grace.total_seconds() * 0.5)
    assert "cocoa" in watched.repository.briefs
    eventually(lambda: "cocoa" not in watched.repository.briefs)
    assert watched.changes() == [{"cocoa": False}]


# Another tree under the same name


def tree(root: Path, name: str, duty: str) -> Path:
    directory = root.with_name(name)
    shutil.copytree(root, directory)
    (directory / "tea.yaml").write_text(brief_text("tea", duty))
    return directory


@pytest.mark.parametrize("keep", [True, False], ids=["old tree kept", "old tree removed"])
def test_a_link_that_is_swapped_again_and_again_is_followed(root: Path, follow: Follow, keep: bool) -> None:
    link = root.with_name("current")
    link.symlink_to(root)
    watched = follow(link)
    before = root
    for duty in ("fourpence", "fivepence", "sixpence"):
        after = tree(before, duty, duty)
        (swap := root.with_name("swap")).symlink_to(after)
        swap.replace(link)
        if not keep:
            shutil.rmtree(before)
        eventually(partial(is_duty, watched, duty))
        before = after
    (before / "tea.yaml").write_text(brief_text("tea", "nothing"))
    eventually(lambda: watched.duty("tea") == "nothing")
    assert watched.changes() == [{"tea": True}] * 4


def is_duty(watched: Watched, duty: str) -> bool:
    return watched.duty("tea") == duty


def test_a_directory_that_is_replaced_is_followed(root: Path, follow: Follow) -> None:
    watched = follow(root)
    after = tree(root, "after", "fourpence")
    root.rename(root.with_name("before"))
    after.rename(root)
    eventually(lambda: watched.duty("tea") == "fourpence")
    watched.write("tea", brief_text("tea", "fivepence"))
    eventually(lambda: watched.duty("tea") == "fivepence")


def test_a_file_that_is_a_link_is_followed_to_where_it_leads(root: Path, follow: Follow) -> None:
    (root / "..data").mkdir()
    target = root / "..data" / "tea.yaml"
    (root / "tea.yaml").rename(target)
    (root / "tea.yaml").symlink_to("..data/tea.yaml")
    watched = follow(root)
    target.write_text(brief_text("tea", "fourpence"))
    eventually(lambda: watched.duty("tea") == "fourpence")
    target.unlink()
    eventually(lambda: [each.code for each in watched.repository.broken.get(root / "tea.yaml", [])] == ["B101"])
    assert watched.duty("tea") == "fourpence"


# Half-written


def test_a_file_that_is_saved_in_parts_is_read_when_it_is_whole(root: Path, follow: Follow) -> None:
    watched = follow(root)
    time.sleep(MOMENT_S)
    text = brief_text("tea", "fourpence")
    with (root / "tea.yaml").open("w") as file:
        for start in range(0, len(text), 60):
            file.write(text[start : start + 60])
            file.flush()
            time.sleep(CADENCE.settle.total_seconds() / 4)
    eventually(lambda: watched.duty("tea") == "fourpence")
    assert (watched.changes(), [result.is_news for result in watched.results]) == ([{"tea": True}], [False])


def test_a_file_that_never_stands_still_holds_up_no_other(root: Path, follow: Follow) -> None:
    watched = follow(root)
    watched.write("coffee", brief_text("coffee", "fourpence"))

    def scribble() -> bool:
        watched.write("cocoa", brief_text("cocoa", f"{time.monotonic_ns()}pence"))
        return watched.duty("coffee") == "fourpence"

    eventually(scribble)


# Trouble


def test_without_events_the_looks_notice_everything(
    root: Path, follow: Follow, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def no_handles(*_: Any, **__: Any) -> Any:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr(module, "watch_files", no_handles)
    watched = follow(root)
    watched.write("tea", brief_text("tea", "fourpence"))
    eventually(lambda: watched.duty("tea") == "fourpence")
    assert len([record for record in caplog.records if "no events of files" in record.message]) == 1
    caplog.clear()


def test_an_exception_ends_no_watch_and_loses_nothing(
    root: Path, follow: Follow, caplog: pytest.LogCaptureFixture
) -> None:
    watched = follow(root)
    watched.fail = [ZeroDivisionError()]
    watched.write("tea", brief_text("tea", "fourpence"))
    eventually(lambda: watched.changes() == [{"tea": True}])
    watched.write("coffee", brief_text("coffee", "fourpence"))
    eventually(lambda: watched.changes() == [{"tea": True}, {"coffee": True}])
    assert "could not look at" in caplog.text
    caplog.clear()


def test_a_touched_file_is_no_change(root: Path, follow: Follow) -> None:
    watched = follow(root)
    os.utime(root / "tea.yaml", (1, 1))
    watched.write("coffee", brief_text("coffee", "fourpence"))
    eventually(lambda: watched.duty("coffee") == "fourpence")
    assert watched.changes() == [{"coffee": True}]

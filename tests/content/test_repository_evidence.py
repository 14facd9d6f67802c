"""The lock of the quotes among the files of a repository: read with them, and it holds up none of them."""

import os
import shutil
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

import pytest

from bot.content.evidence_lock import LOCK_FILE, read_evidence_lock, write_evidence_lock
from bot.content.repository import Repository, check_directory
from bot.core.evidence.lock import NO_EVIDENCE, EvidenceLock
from tests.conftest import ROOT

EXAMPLE = ROOT / "tests" / "examples" / "evidence"
LOCK = read_evidence_lock(EXAMPLE)
SHORTER = replace(LOCK, checks=dict(list(LOCK.checks.items())[:2]))
CONFLICT = "<<<<<<< HEAD\n"


@pytest.fixture
def briefs(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "briefs"))


@pytest.fixture
def repository(briefs: Path) -> Repository:
    made = Repository(briefs)
    assert made.load().evidence == LOCK
    return made


def reload(
    repository: Repository, absent: Collection[str] = (), gone: Collection[str] | None = None
) -> EvidenceLock | None:
    """What is known of the quotes after something happened to their file; None where that is as before."""
    return repository.reload([repository.directory / LOCK_FILE], absent, gone).evidence


def test_a_start_with_the_lock_that_is_published_brings_no_news(briefs: Path) -> None:
    assert Repository(briefs, evidence=LOCK).load().evidence is None


def test_a_new_lock_changes_no_brief(repository: Repository) -> None:
    write_evidence_lock(repository.directory, SHORTER)
    changes = repository.reload([repository.directory / LOCK_FILE])
    assert (changes.evidence, dict(changes.briefs), changes.vocabulary) == (SHORTER, {}, None)
    assert bool(changes)


def test_a_brief_alone_brings_no_news_of_quotes(repository: Repository) -> None:
    path = repository.directory / "tea-act.yaml"
    path.write_text(path.read_text().replace("one company", "a company"))
    changes = repository.reload([path])
    assert ([*changes.briefs], changes.evidence) == (["tea-act"], None)


def test_a_broken_lock_is_named_and_what_it_said_last_goes_on(repository: Repository) -> None:
    path = repository.directory / LOCK_FILE
    path.write_text(CONFLICT + path.read_text())
    brief = repository.directory / "tea-act.yaml"
    brief.write_text(brief.read_text().replace("one company", "a company"))
    changes = repository.reload([path, brief])
    assert ([*changes.briefs], changes.evidence, repository.evidence) == (["tea-act"], None, LOCK)
    assert [(each.code, each.line) for each in repository.broken[path]] == [("B145", 1)]
    write_evidence_lock(repository.directory, SHORTER)
    assert (reload(repository), repository.broken) == (SHORTER, {})


def test_a_lock_that_is_gone_says_nothing_any_more_once_it_is_gone_for_good(repository: Repository) -> None:
    (repository.directory / LOCK_FILE).unlink()
    assert reload(repository, absent={LOCK_FILE}) is None
    assert reload(repository, gone={LOCK_FILE}) == NO_EVIDENCE


def test_a_brief_may_be_called_evidence(repository: Repository) -> None:
    shutil.copy(repository.directory / "tea-act.yaml", repository.directory / "evidence.yaml")
    repository.load()
    assert (sorted(repository.briefs), repository.evidence) == (["evidence", "tea-act"], LOCK)
    (repository.directory / LOCK_FILE).unlink()
    reload(repository)
    assert sorted(repository.briefs) == ["evidence", "tea-act"]


def test_a_directory_with_a_lock_alone_has_no_briefs_and_changes_nothing(repository: Repository) -> None:
    for path in repository.directory.glob("*.yaml"):
        path.unlink()
    write_evidence_lock(repository.directory, SHORTER)
    assert not repository.load()
    assert repository.held


def link(path: Path) -> None:
    (path.parent.parent / "elsewhere").write_text("a secret")
    path.symlink_to(path.parent.parent / "elsewhere")


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, link, lambda path: path.write_bytes(b"\xff")])
def test_what_is_no_lock_is_one_error_that_quotes_nothing(briefs: Path, make: Callable[[Path], None]) -> None:
    (briefs / LOCK_FILE).unlink()
    make(briefs / LOCK_FILE)
    (problem,) = check_directory(briefs)
    assert (problem.code, problem.path, problem.line) == ("B145", str(briefs / LOCK_FILE), 1)
    assert "secret" not in problem.message


def test_without_a_lock_nothing_is_said_of_quotes(briefs: Path) -> None:
    (briefs / LOCK_FILE).unlink()
    assert check_directory(briefs) == []
    write_evidence_lock(briefs, EvidenceLock(LOCK.last_run))
    assert check_directory(briefs) == []


@pytest.mark.parametrize("left", ["B312", "B313", "B314", "B311"])
def test_what_is_known_of_a_quote_may_be_left(briefs: Path, left: str) -> None:
    path = briefs / "tea-act.yaml"
    entry = f"lint-ignore: [{{rule: {left}, until: 2098-12-31, reason: It is looked into.}}]\n"
    before = {each.code for each in check_directory(briefs)}
    path.write_text(path.read_text() + entry)
    assert before - {each.code for each in check_directory(briefs)} == {left}


def test_of_a_withdrawn_brief_nothing_is_said(briefs: Path) -> None:
    path = briefs / "tea-act.yaml"
    note = "  - {date: 2025-02-11, kind: withdrawal, note: It was wrong.}\n"
    text = path.read_text().replace("status: published", "status: withdrawn").replace("changes:\n", f"changes:\n{note}")
    path.write_text(text)
    assert check_directory(briefs) == []

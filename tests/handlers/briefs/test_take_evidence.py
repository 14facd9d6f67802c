"""What is known of quotes reaches all processes, as no change of a brief, and no older file undoes it."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.content.evidence_lock import LOCK_FILE, write_evidence_lock
from bot.core.evidence.lock import NO_EVIDENCE, EvidenceLock, QuoteState
from bot.handlers.answers.published_corpus import PublishedCorpus
from bot.handlers.commands.slash_command import answer_slash_command
from bot.store.store import Store
from tests.evidence import MAY_3, MAY_10, quoted, verified
from tests.handlers.replica import MONDAY, Replica, follow, owed, seen
from tests.make import brief

TEA = brief("tea", {"legal": [quoted("duty"), quoted("tax")]})
OLD = verified(TEA, on=MAY_3)
NEW = verified(TEA, on=MAY_10)
CHANGED = verified(TEA, on=MAY_10, since=MAY_10, states={"tax": QuoteState.MISSING})
DAY = timedelta(days=1)


@pytest.fixture
def replica(tmp_path: Path, store: Store) -> Replica:
    """A process that follows its files, over which `all` is followed in C1."""
    made = Replica(tmp_path / "one", store)
    made.start(TEA)
    follow(store)
    return made


@pytest.fixture
def another(replica: Replica, tmp_path: Path) -> Replica:
    """A process with files of its own, not yet started."""
    return Replica(tmp_path / "two", replica.store)


def known(replica: Replica) -> EvidenceLock:
    """By what any process answers."""
    readers = PublishedCorpus(replica.store)
    readers.refresh()
    return readers.corpus.evidence


def start(replica: Replica, lock: EvidenceLock | None, *, force: bool = False) -> None:
    if lock is not None:
        write_evidence_lock(replica.directory, lock)
    replica.start(TEA, force=force)


def footer(replica: Replica) -> str:
    replica.slack.add_channel("C1")
    message = answer_slash_command(
        "legal tea", replica.slack.caller(replica.slack.add_person("U1"), "C1"), replica.services
    )
    assert message
    return next(line for line in message.text.splitlines() if TEA.revision in line)


def test_a_lock_alone_reaches_readers_and_changes_no_brief(replica: Replica) -> None:
    before = seen(replica.store)
    assert "checked" not in footer(replica)
    assert replica.verify(NEW) is None
    assert footer(replica).startswith(f"tea@{TEA.revision} · quotes checked 10 May 2026 · answer ")
    replica.verify(CHANGED)
    assert footer(replica).startswith(f"tea@{TEA.revision} · source changed since 10 May 2026 · answer ")
    assert (seen(replica.store), owed(replica.store), replica.readers.number) == (before, [], 1)


def test_it_reaches_readers_elsewhere_with_their_next_look_whatever_files_they_have(
    replica: Replica, another: Replica
) -> None:
    start(another, None)
    elsewhere = another.services
    for lock in (OLD, NEW, CHANGED, verified(TEA, states={"tax": None})):
        replica.verify(lock)
        assert another.readers.refresh()
        assert another.readers.corpus.evidence == lock
        assert elsewhere.answers().corpus.evidence == lock
    assert not another.readers.refresh()


def test_a_brief_and_its_lock_come_together(replica: Replica) -> None:
    changed = brief("tea", {"legal": [quoted("duty"), quoted("tax", "in other words than before")]})
    write_evidence_lock(replica.directory, verified(changed))
    replica.start(changed)
    assert (known(replica), replica.readers.number) == (verified(changed), 2)


def test_a_start_takes_in_what_was_verified_meanwhile(replica: Replica) -> None:
    start(replica, NEW)
    assert known(replica) == NEW
    start(replica, CHANGED)
    assert known(replica) == CHANGED


@pytest.mark.parametrize("older", [OLD, None], ids=["older", "without"])
def test_a_process_with_an_older_lock_or_none_undoes_nothing(
    replica: Replica, another: Replica, older: EvidenceLock | None
) -> None:
    replica.verify(OLD)
    replica.verify(CHANGED)
    start(another, older)
    another.edit(brief("coffee"))
    assert known(replica) == CHANGED


def test_a_lock_of_the_same_day_that_was_there_before_is_older(replica: Replica, another: Replica) -> None:
    replica.verify(NEW)
    replica.verify(CHANGED)
    start(another, NEW)
    assert known(replica) == CHANGED


def test_an_older_lock_is_taken_by_force(replica: Replica, another: Replica) -> None:
    replica.verify(CHANGED)
    start(another, OLD, force=True)
    assert known(replica) == OLD


@pytest.mark.parametrize(("after", "taken"), [(DAY, OLD), (-DAY, CHANGED)], ids=["newer", "older"])
def test_of_two_commits_the_later_one_has_the_lock(
    replica: Replica, another: Replica, after: timedelta, taken: EvidenceLock
) -> None:
    write_evidence_lock(replica.directory, CHANGED)
    replica.commit(MONDAY)
    replica.verify(CHANGED)
    write_evidence_lock(another.directory, OLD)
    another.write(TEA)
    another.commit(MONDAY + after)
    start(another, None)
    assert known(replica) == taken


def test_a_lock_that_is_removed_under_a_running_process_is_forgotten(replica: Replica) -> None:
    replica.verify(NEW)
    replica.verify(None)
    assert known(replica) == NO_EVIDENCE


def test_a_broken_lock_holds_up_no_brief(replica: Replica) -> None:
    replica.verify(NEW)
    (replica.directory / LOCK_FILE).write_text("<<<<<<< HEAD\n")
    replica.repository.reload([replica.directory / LOCK_FILE])
    replica.edit(brief("tea", {"legal": [quoted("duty"), quoted("tax")]}, tags=("tea",)))
    assert (replica.readers.number, known(replica)) == (2, NEW)

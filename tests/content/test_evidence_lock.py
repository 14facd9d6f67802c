"""The lock of the quotes: written, read, merged and broken."""

import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.content.evidence_lock import (
    LOCK_FILE,
    EvidenceLockError,
    lock_text,
    read_evidence_lock,
    write_evidence_lock,
)
from bot.core.briefs.brief import Evidence, Source
from bot.core.evidence.hashes import hash_of
from bot.core.evidence.lock import EvidenceLock, QuoteCheck, QuoteKey, QuoteState, UnreadReason

KEY = QuoteKey("tea-act", "duty-stays", "gazette", hash_of("the said duty shall be paid"))
URL = "https://example.org/1773"
VERBATIM = QuoteCheck(
    key=KEY,
    state=QuoteState.VERBATIM,
    since=date(2026, 5, 3),
    page=hash_of("page"),
    places=1,
    address=hash_of(URL),
)
GONE = replace(
    VERBATIM,
    key=replace(KEY, claim="tea-was-lost"),
    state=QuoteState.GONE,
    reason=UnreadReason.ABSENT,
    before=QuoteState.NORMALISED,
    archived=True,
)
UNREAD = replace(
    VERBATIM,
    key=replace(KEY, source="herald"),
    state=QuoteState.UNREACHABLE,
    page=None,
    places=0,
    reason=UnreadReason.TOO_LARGE,
)
LOCK = EvidenceLock(date(2026, 5, 10), {each.key: each for each in (VERBATIM, GONE, UNREAD)})


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    write_evidence_lock(tmp_path, LOCK)
    assert read_evidence_lock(tmp_path) == LOCK
    assert [path.name for path in tmp_path.iterdir()] == [LOCK_FILE]


def test_a_directory_without_lock_has_an_empty_one(tmp_path: Path) -> None:
    assert read_evidence_lock(tmp_path) == EvidenceLock()
    write_evidence_lock(tmp_path, EvidenceLock())
    assert read_evidence_lock(tmp_path) == EvidenceLock()


def test_lines_are_sorted_whatever_the_order_of_the_checks() -> None:
    backwards = replace(LOCK, checks=dict(reversed([*LOCK.checks.items()])))
    assert lock_text(backwards) == lock_text(LOCK)
    assert lock_text(LOCK).splitlines()[1] == (
        f"tea-act duty-stays gazette {KEY.quote} verbatim 2026-05-03 "
        f"address={hash_of(URL)} page={hash_of('page')} places=1"
    )


def test_a_run_without_news_changes_the_header_alone() -> None:
    later = replace(LOCK, last_run=date(2026, 5, 17))
    assert lock_text(later).splitlines()[1:] == lock_text(LOCK).splitlines()[1:]


def test_line_ends_of_windows_are_read(tmp_path: Path) -> None:
    (tmp_path / LOCK_FILE).write_bytes(lock_text(LOCK).replace("\n", "\r\n").encode())
    assert read_evidence_lock(tmp_path) == LOCK


GOOD = lock_text(LOCK).splitlines()


@pytest.mark.parametrize(
    ("lines", "number", "words"),
    [
        (["<<<<<<< HEAD", GOOD[0], "=======", GOOD[0], ">>>>>>> main"], 1, "a merge conflict was left here"),
        ([GOOD[0], "<<<<<<< HEAD", GOOD[1], "=======", ">>>>>>> main"], 2, "a merge conflict was left here"),
        ([GOOD[0], GOOD[1], "======="], 3, "a merge conflict was left here"),
        ([], 1, "header"),
        (GOOD[1:], 1, "header"),
        ([GOOD[0].replace("2026-05-10", "yesterday")], 1, "yesterday"),
        ([GOOD[0], GOOD[1], GOOD[1]], 3, "the same quote stands in two lines"),
        ([GOOD[0], ""], 2, "fewer than six words"),
        ([GOOD[0], GOOD[1][:40]], 2, "fewer than six words"),
        ([GOOD[0], GOOD[1].replace("verbatim", "fine")], 2, "'fine'"),
        ([GOOD[0], GOOD[1].replace("2026-05-03", "2026-05-33")], 2, "2026-05-33|day is out of range|must be in"),
        ([GOOD[0], GOOD[1].replace(KEY.quote, "feed")], 2, "“feed” is no hash"),
        ([GOOD[0], GOOD[1] + " colour=red"], 2, "“colour” is unknown"),
        ([GOOD[0], GOOD[1] + " red"], 2, "“red” is no name=value"),
        ([GOOD[0], GOOD[1].replace("tea-act", "Tea_Act")], 2, "three names"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, lines: list[str], number: int, words: str) -> None:
    path = tmp_path / LOCK_FILE
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(EvidenceLockError, match=words) as caught:
        read_evidence_lock(tmp_path)
    assert str(caught.value).startswith(f"{path}:{number}: ")


def test_bytes_that_are_no_text_are_a_problem_of_the_first_line(tmp_path: Path) -> None:
    (tmp_path / LOCK_FILE).write_bytes(b"\xff\xfe")
    with pytest.raises(EvidenceLockError, match=f"{LOCK_FILE}:1: cannot be read"):
        read_evidence_lock(tmp_path)


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_evidence_lock(tmp_path, LOCK)

    def fail(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="No space"):
        write_evidence_lock(tmp_path, EvidenceLock(date(2026, 6, 1)))
    assert read_evidence_lock(tmp_path) == LOCK
    assert [path.name for path in tmp_path.iterdir()] == [LOCK_FILE]


def test_git_merges_what_two_people_checked(tmp_path: Path) -> None:
    git = ["git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a@example.org"]

    def commit(lock: EvidenceLock) -> None:
        write_evidence_lock(tmp_path, lock)
        subprocess.run([*git, "add", LOCK_FILE], check=True)
        subprocess.run([*git, "commit", "-qm", "x"], check=True)

    subprocess.run([*git, "init", "-qb", "main"], check=True)
    others = {
        key: replace(VERBATIM, key=key) for key in (replace(KEY, claim=f"claim-{number}") for number in range(20))
    }
    first = EvidenceLock(LOCK.last_run, others)
    commit(first)
    subprocess.run([*git, "switch", "-qc", "other"], check=True)
    commit(replace(first, checks={**others, GONE.key: GONE}))
    subprocess.run([*git, "switch", "-q", "main"], check=True)
    early = replace(VERBATIM, key=replace(KEY, brief="a-brief"))
    commit(replace(first, checks={**others, early.key: early}))
    subprocess.run([*git, "merge", "-q", "-m", "x", "other"], check=True)
    assert read_evidence_lock(tmp_path).checks == {**others, GONE.key: GONE, early.key: early}


def test_of_a_source_with_another_address_nothing_is_known() -> None:
    source = Source(publisher="Gazette", url=URL, kind="news")
    evidence = Evidence(source="gazette", quote="the said duty shall be paid")
    lock = EvidenceLock(None, {KEY: VERBATIM})
    assert lock.check_of("tea-act", "duty-stays", evidence, source) == VERBATIM
    assert lock.check_of("tea-act", "duty-stays", evidence, replace(source, url=f"{URL}/4")) is None
    assert lock.check_of("tea-act", "duty-stays", replace(evidence, quote=None), source) is None
    # What is known is of the words on the page, whichever claim cites them.
    assert lock.check_of("tea-act", "other", evidence, source) == VERBATIM
    assert lock.check_of("tea-act", "other", evidence, replace(source, url=f"{URL}/4")) is None
    assert lock.check_of("tea-act", "other", replace(evidence, quote="the said duty"), source) is None

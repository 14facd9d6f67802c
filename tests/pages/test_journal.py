"""What a run knows that was stopped at any moment."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.core.evidence.lock import UnreadReason
from bot.core.evidence.pages import PageResult
from bot.core.evidence.quotes import Finding
from bot.errors import SettingsError
from bot.pages.journal import Journal

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
READ = PageResult(
    address="a" * 16, at=NOW, page="c" * 16, archived=True, findings={"b" * 16: Finding(2, is_verbatim=True)}
)
UNREAD = PageResult(address="d" * 16, at=NOW, reason=UnreadReason.ROBOTS, detail="its robots.txt forbids it")


def recorded(path: Path, *results: PageResult) -> None:
    with Journal(path, NOW) as journal:
        for result in results:
            journal.record(result)


def test_a_run_that_was_stopped_is_gone_on_with(tmp_path: Path) -> None:
    recorded(tmp_path / "j", READ, UNREAD)
    with Journal(tmp_path / "j", NOW + HOUR) as journal:
        assert journal.is_resumed
        assert journal.is_of_run(READ.address)
        assert journal.result(READ.address) == READ
        assert journal.result(UNREAD.address) == UNREAD


def test_a_run_that_was_finished_is_followed_by_a_new_one_which_knows_its_results(tmp_path: Path) -> None:
    with Journal(tmp_path / "j", NOW) as journal:
        journal.record(READ)
        journal.finish(NOW)
    with Journal(tmp_path / "j", NOW + HOUR) as journal:
        assert not journal.is_resumed
        assert not journal.is_of_run(READ.address)
        assert journal.result(READ.address) == READ


@pytest.mark.parametrize("later", [timedelta(days=1), timedelta(hours=-1)])
def test_a_run_of_another_day_is_not_gone_on_with(tmp_path: Path, later: timedelta) -> None:
    recorded(tmp_path / "j", READ)
    with Journal(tmp_path / "j", NOW + later) as journal:
        assert not journal.is_resumed
        assert journal.result(READ.address)
        assert not journal.is_of_run(READ.address)


def test_a_kill_at_any_byte_loses_at_most_what_was_being_written(tmp_path: Path) -> None:
    recorded(tmp_path / "j", READ, UNREAD)
    whole = (tmp_path / "j").read_bytes()
    first = whole.index(b"\n") + 1
    ends = [position for position in range(first, len(whole) + 1) if whole[position - 1 : position] == b"\n"]
    for length in range(first, len(whole) + 1):
        (tmp_path / "j").write_bytes(whole[:length])
        with Journal(tmp_path / "j", NOW + HOUR) as journal:
            lines = sum(length >= end for end in ends) - 1
            assert (journal.result(READ.address) is not None) == (lines >= 1 or length >= ends[1] - 1)
            journal.record(UNREAD)
        with Journal(tmp_path / "j", NOW + HOUR) as journal:
            assert journal.is_resumed
            assert journal.result(UNREAD.address) == UNREAD


def test_only_the_last_result_of_a_page_is_kept(tmp_path: Path) -> None:
    for number in range(5):
        with Journal(tmp_path / "j", NOW + number * HOUR) as journal:
            journal.record(READ)
            journal.finish(NOW)
    assert (tmp_path / "j").read_text().count("findings") == 2


@pytest.mark.parametrize("line", ['{"page": "c"}', '{"page": 1, "address": []}', "[1]", "null", "\0\0", '{"run": '])
def test_lines_of_another_version_are_passed_over(tmp_path: Path, line: str) -> None:
    recorded(tmp_path / "j", READ)
    with (tmp_path / "j").open("a") as file:
        file.write(line + "\n")
    with Journal(tmp_path / "j", NOW + HOUR) as journal:
        assert journal.result(READ.address) == READ


def test_two_runs_at_once_are_one_too_many(tmp_path: Path) -> None:
    with Journal(tmp_path / "j", NOW), pytest.raises(SettingsError, match="another briefbot verify is at work"):
        Journal(tmp_path / "j", NOW)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match=r"file/j cannot be written"):
        Journal(tmp_path / "file" / "j", NOW)

"""What a preview reads: the working tree as it is, beside a revision or a directory."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import mkdtemp

import pytest

from bot.content.evidence_lock import LOCK_FILE, write_evidence_lock
from bot.core.evidence.hashes import hash_of
from bot.core.evidence.lock import EvidenceLock, QuoteCheck, QuoteKey, QuoteState
from bot.core.linting.diagnostic import is_error
from bot.errors import SettingsError
from bot.preview.brief_view import brief_views
from bot.preview.drawing import Drawer
from bot.preview.reading import Reader
from tests.cli.test_diff import CORRECTED, FERRIES, STORE
from tests.git_repository import Repository

Open = Callable[..., Reader]


@pytest.fixture
def git(tmp_path: Path) -> Repository:
    (tmp_path / "briefs").mkdir()
    git = Repository(tmp_path)
    git.commit({"briefs/ferries.yaml": FERRIES, "briefs/_store.yaml": STORE})
    return git


@pytest.fixture
def read(tmp_path: Path) -> Open:
    def read(base: Path | str | None = None) -> Reader:
        return Reader((base and Path(base)) or None, tmp_path / "briefs", Path(mkdtemp(dir=tmp_path)))

    return read


def fates(reader: Reader) -> dict[str, str]:
    return {each.slug: each.fate for each in brief_views(reader.read())}


def test_uncommitted_and_untracked_files_count_and_a_file_that_is_as_before_again_does_not(
    git: Repository, read: Open
) -> None:
    reader, ferries = read(), git.path / "briefs/ferries.yaml"
    assert fates(reader) == {"ferries": "unchanged"}
    ferries.write_text(CORRECTED)
    (git.path / "briefs/trams.yaml").write_text(FERRIES.replace("ferry", "tram"))
    assert fates(reader) == {"ferries": "told", "trams": "told"}
    ferries.write_text(FERRIES)
    assert fates(reader) == {"trams": "told", "ferries": "unchanged"}


def test_a_broken_file_is_held_back_and_keeps_what_readers_have(git: Repository, read: Open) -> None:
    (git.path / "briefs/ferries.yaml").write_text(CORRECTED.replace("status:", "statsu:"))
    (view,) = brief_views(read().read())
    assert (view.fate, view.label, view.after, view.errors) == ("held", "Held back", view.before, 1)
    assert view.before is not None
    assert {(each.path, each.line) for each in view.problems} == {(str(git.path / "briefs/ferries.yaml"), 3)}


def test_what_is_wrong_with_an_older_name_or_the_store_is_counted_and_said(git: Repository, read: Open) -> None:
    briefs = git.path / "briefs"
    (briefs / "ferries.yaml").rename(briefs / "boats.yaml")
    (briefs / "_store.yaml").write_text(STORE + "lead: nosuch\n")
    preview = read().read()
    (view,) = brief_views(preview)
    assert [(each.code, Path(each.path).stem) for each in view.problems if is_error(each)] == [("B501", "ferries")]
    drawn = Drawer("/brief", folds=False).draw(preview, None)
    assert drawn.words == "1 brief changed, 2 errors."
    assert "1 error" in drawn.parts["entries"]
    # Another name alone changes no answer.
    assert "class=mark>changed" not in drawn.parts["briefs"]
    # The file of the older name has no lines to show.
    first, _, _ = drawn.parts["briefs"].partition("</li>")
    assert "is called &#34;boats&#34; now" in first
    assert "class=source" not in first


def test_a_commit_moves_the_base(git: Repository, read: Open) -> None:
    reader = read()
    (git.path / "briefs/ferries.yaml").write_text(CORRECTED)
    assert (reader.read().base, fates(reader)) == (f"HEAD ({git.git('rev-parse', 'HEAD')[:8]})", {"ferries": "told"})
    git.commit()
    assert fates(reader) == {"ferries": "unchanged"}
    assert (fates(read("HEAD~1")), fates(read("main..."))) == ({"ferries": "told"}, {"ferries": "unchanged"})


@pytest.mark.parametrize(
    ("base", "words"),
    [
        ("no-such", "no-such: no such file or directory, and no revision of this repository; there are main"),
        ("briefs/ferries.yaml", "is a file; name a revision, or a directory of briefs"),
    ],
)
def test_what_is_no_base_is_one_sentence(
    git: Repository, read: Open, base: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(git.path)
    with pytest.raises(SettingsError, match=words):
        read(base).read()


def test_outside_of_git_it_says_what_to_name(tmp_path: Path, read: Open) -> None:
    (tmp_path / "briefs").mkdir()
    (tmp_path / "briefs/ferries.yaml").write_text(FERRIES)
    with pytest.raises(SettingsError, match=r"not a git repository.*; name a directory of briefs to compare with"):
        read().read()
    (tmp_path / "old").mkdir()
    (tmp_path / "old/ferries.yaml").write_text(FERRIES)
    assert fates(read(tmp_path / "old")) == {"ferries": "unchanged"}


def test_what_is_known_of_quotes_belongs_to_both_states(git: Repository, read: Open) -> None:
    key = QuoteKey("ferries", "halved", "gazette", hash_of("the number of daily crossings falls from twelve to six"))
    found = QuoteCheck(
        key=key,
        state=QuoteState.VERBATIM,
        since=date(2026, 5, 3),
        page="0" * 16,
        places=1,
        address=hash_of("https://example.org/ferries"),
    )
    lock = EvidenceLock(date(2026, 5, 3), {key: found})
    write_evidence_lock(git.path / "briefs", lock)
    git.commit()
    reader = read()
    assert fates(reader) == {"ferries": "unchanged"}
    missing = replace(found, state=QuoteState.MISSING, since=date(2026, 5, 10), places=0)
    write_evidence_lock(git.path / "briefs", EvidenceLock(date(2026, 5, 10), {key: missing}))
    (view,) = brief_views(reader.read())
    assert (view.fate, list(view.silent)) == ("silent", ["what is known of its quotes (evidence.lock)"])
    assert "B312" in {each.code for each in view.problems}
    (git.path / "briefs" / LOCK_FILE).write_text("<<<<<<< ours\n", encoding="utf-8")
    preview = reader.read()
    assert (preview.evidence[1], len(preview.problems[LOCK_FILE])) == (lock, 1)

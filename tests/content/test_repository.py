"""From a directory to a corpus that survives bad edits."""

from datetime import date
from pathlib import Path

import pytest

from bot.content.repository import Repository
from bot.core.answer import Answer, Hits, Nothing, Reply
from bot.errors import SettingsError
from bot.handlers.desk import Desk
from tests.conftest import ROOT

BASE = (ROOT / "tests/examples/valid/everything.yaml").read_text(encoding="utf-8")
STORE = (ROOT / "tests/examples/valid/_store.yaml").read_text(encoding="utf-8")


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    (tmp_path / "_store.yaml").write_text(STORE)
    (tmp_path / "everything.yaml").write_text(BASE)
    (tmp_path / "other.yaml").write_text(BASE.replace("[all keys]", "[another]").replace("text: NO", "text: Quaggas."))
    return tmp_path


@pytest.fixture
def repository(directory: Path) -> Repository:
    found = Repository(directory)
    found.load()
    return found


def ask(repository: Repository, text: str) -> Reply:
    return Desk(repository.corpus, "/brief", date(2025, 1, 1)).reply(text)


def test_files_that_begin_with_an_underscore_or_end_otherwise_are_no_briefs(directory: Path) -> None:
    for name in ("_draft.yaml", ".hidden.yaml", "notes.txt", "other.yml"):
        (directory / name).write_text(BASE)
    assert set(Repository(directory).load().briefs) == {"everything", "other"}


def test_a_broken_file_loses_itself_and_never_the_store(directory: Path) -> None:
    (directory / "other.yaml").write_bytes(b"\xff\xfe")
    repository = Repository(directory)
    assert set(repository.load().briefs) == {"everything"}
    assert [d.code for d in repository.broken[directory / "other.yaml"]] == ["B103"]


def test_a_broken_edit_keeps_the_last_good_version(repository: Repository, directory: Path) -> None:
    before = repository.corpus
    (directory / "other.yaml").write_text(BASE.replace("owner: desk", "owner"))
    assert repository.reload([directory / "other.yaml"]) is before
    assert directory / "other.yaml" in repository.broken


def test_mending_it_takes_it_off_the_list(repository: Repository, directory: Path) -> None:
    path = directory / "other.yaml"
    path.write_text("broken")
    repository.reload([path])
    path.write_text(BASE.replace("[all keys]", "[another]").replace("text: NO", "text: Zebras."))
    repository.reload([path])
    assert repository.broken == {}
    assert isinstance(ask(repository, "search zebras"), Hits)
    assert isinstance(ask(repository, "search quaggas"), Nothing)


def test_an_edit_reaches_answers_and_search_and_shares_what_did_not_change(
    repository: Repository, directory: Path
) -> None:
    old = repository.corpus
    (directory / "other.yaml").write_text(BASE.replace("[all keys]", "[another]").replace("text: NO", "text: Zebras."))
    new = repository.reload([directory / "other.yaml"])
    answer = ask(repository, "legal another")
    assert isinstance(answer, Answer)
    assert answer.excerpts[0].claim.text == "Zebras."
    assert new.briefs["everything"] is old.briefs["everything"]
    assert new.names is old.names
    assert old.briefs["other"].sections["legal"].claims[0].text == "Quaggas."
    assert new.fingerprint != old.fingerprint


def test_saving_without_a_change_is_no_change(repository: Repository, directory: Path) -> None:
    before = repository.corpus
    (directory / "everything.yaml").write_text("# a comment\n" + BASE)
    assert repository.reload([directory / "everything.yaml"]) is before


def test_a_removed_file_loses_its_brief_and_a_new_one_gains_it(repository: Repository, directory: Path) -> None:
    (directory / "other.yaml").rename(directory / "renamed.yaml")
    corpus = repository.reload([directory / "other.yaml", directory / "renamed.yaml"])
    assert set(corpus.briefs) == {"everything", "renamed"}
    assert isinstance(ask(repository, "legal renamed"), Answer)
    assert isinstance(ask(repository, "search quaggas"), Hits)


def test_loading_again_finds_what_was_removed(repository: Repository, directory: Path) -> None:
    (directory / "other.yaml").unlink()
    assert set(repository.load().briefs) == {"everything"}


def test_a_changed_alias_is_understood_at_once(repository: Repository, directory: Path) -> None:
    (directory / "other.yaml").write_text(BASE.replace("[all keys]", "[quagga brief]"))
    repository.reload([directory / "other.yaml"])
    assert isinstance(ask(repository, "legal quagga brief"), Answer)


@pytest.mark.parametrize("text", [None, "sections: [", "sections: {legal: {}}"])
def test_without_a_valid_store_file_the_briefs_still_answer_by_their_keys(directory: Path, text: str | None) -> None:
    path = directory / "_store.yaml"
    path.unlink()
    if text is not None:
        path.write_text(text)
    repository = Repository(directory)
    repository.load()
    answer = ask(repository, "legal everything")
    assert isinstance(answer, Answer)
    assert answer.section_title == "Legal"
    assert (path in repository.broken) == (text is not None)


def test_a_broken_store_file_keeps_the_last_vocabulary(repository: Repository, directory: Path) -> None:
    (directory / "_store.yaml").write_text("sections: [")
    repository.reload([directory / "_store.yaml"])
    assert isinstance(ask(repository, "law everything"), Answer)


def test_a_directory_that_is_not_there_is_a_settings_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="BRIEFBOT_BRIEFS"):
        Repository(tmp_path / "nowhere").load()

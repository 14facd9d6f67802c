"""From a directory to what differs in it, surviving bad edits."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from bot.content.loader import file_hash, load_brief
from bot.content.repository import FileChanges, Repository
from bot.core.answers.answer import Answer, NoMatch, Reply, SearchResults
from bot.core.answers.corpus import CurrentCorpus
from bot.core.briefs.brief import Brief
from bot.core.briefs.vocabulary import NO_VOCABULARY
from bot.errors import SettingsError
from bot.handlers.answers.answer_cache import AnswerCache
from tests.conftest import ROOT

BASE = (ROOT / "tests/examples/valid/everything.yaml").read_text(encoding="utf-8")
STORE = (ROOT / "tests/examples/valid/_store.yaml").read_text(encoding="utf-8")
OTHER = BASE.replace("[all keys]", "[another]").replace("text: NO", "text: Quaggas.")
EDITED = OTHER.replace("text: Quaggas.", "text: Zebras.")
BROKEN = BASE.replace("owner: desk", "owner")


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    (tmp_path / "_store.yaml").write_text(STORE)
    (tmp_path / "everything.yaml").write_text(BASE)
    (tmp_path / "other.yaml").write_text(OTHER)
    return tmp_path


@pytest.fixture
def repository(directory: Path) -> Repository:
    repository = Repository(directory)
    repository.load()
    return repository


def ask(repository: Repository, text: str) -> Reply:
    """What readers would be answered from what the repository holds now."""
    corpus = CurrentCorpus().put(repository.briefs, repository.vocabulary)
    answers = AnswerCache(corpus, "/brief", date(2025, 1, 1))
    return answers.answer(answers.parse(text))


def published(directory: Path, *slugs: str) -> dict[str, Brief]:
    """The briefs that files hold now, as the database would give them back."""
    loaded = {slug: load_brief(directory / f"{slug}.yaml").value for slug in slugs}
    return {slug: brief for slug, brief in loaded.items() if brief is not None}


def by_file(directory: Path, briefs: Mapping[str, Brief]) -> dict[str, Brief]:
    return {file_hash(slug, (directory / f"{slug}.yaml").read_bytes()): brief for slug, brief in briefs.items()}


# What a directory holds


def test_files_that_begin_with_an_underscore_or_end_otherwise_are_no_briefs(directory: Path) -> None:
    for name in ("_draft.yaml", ".hidden.yaml", "notes.txt", "other.yml"):
        (directory / name).write_text(BASE)
    assert set(Repository(directory).load().briefs) == {"everything", "other"}


def test_a_broken_file_loses_itself_and_never_the_store(directory: Path) -> None:
    (directory / "other.yaml").write_bytes(b"\xff\xfe")
    repository = Repository(directory)
    assert set(repository.load().briefs) == {"everything"}
    assert [d.code for d in repository.broken[directory / "other.yaml"]] == ["B103"]


def test_a_directory_that_is_not_there_is_a_settings_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="BRIEFBOT_BRIEFS"):
        Repository(tmp_path / "nowhere").load()


# Edits


def test_a_broken_edit_keeps_the_last_good_version(repository: Repository, directory: Path) -> None:
    before = repository.briefs["other"]
    (directory / "other.yaml").write_text(BROKEN)
    assert repository.reload([directory / "other.yaml"]) == FileChanges()
    assert repository.briefs["other"] is before
    assert directory / "other.yaml" in repository.broken


def test_mending_it_takes_it_off_the_list(repository: Repository, directory: Path) -> None:
    path = directory / "other.yaml"
    path.write_text("broken")
    repository.reload([path])
    path.write_text(EDITED)
    repository.reload([path])
    assert repository.broken == {}
    assert isinstance(ask(repository, "search zebras"), SearchResults)
    assert isinstance(ask(repository, "search quaggas"), NoMatch)


def test_mending_it_as_it_was_takes_it_off_the_list_and_is_no_change(repository: Repository, directory: Path) -> None:
    path = directory / "other.yaml"
    path.write_text("broken")
    repository.reload([path])
    path.write_text(OTHER)
    assert not repository.reload([path])
    assert repository.broken == {}


def test_an_edit_names_the_brief_that_changed_and_leaves_the_others_alone(
    repository: Repository, directory: Path
) -> None:
    before = dict(repository.briefs)
    (directory / "other.yaml").write_text(EDITED)
    changes = repository.reload([directory / "other.yaml"])
    assert set(changes.briefs) == {"other"}
    assert changes.vocabulary is None
    answer = ask(repository, "legal another")
    assert isinstance(answer, Answer)
    assert answer.excerpts[0].claim.text == "Zebras."
    assert repository.briefs["everything"] is before["everything"]
    assert before["other"].sections["legal"].claims[0].text == "Quaggas."
    assert changes.briefs["other"] is repository.briefs["other"]


def test_saving_without_a_change_is_no_change(repository: Repository, directory: Path) -> None:
    before = dict(repository.briefs)
    (directory / "everything.yaml").write_text("# a comment\n" + BASE)
    assert not repository.reload([directory / "everything.yaml"])
    assert repository.briefs == before


def test_the_new_bytes_of_an_unchanged_brief_are_known_all_the_same(repository: Repository, directory: Path) -> None:
    path = directory / "everything.yaml"
    path.write_text("# a comment\n" + BASE)
    key = file_hash("everything", path.read_bytes())
    assert repository.reload([path]).files == {key: ("everything", repository.briefs["everything"].revision)}


def test_a_removed_file_loses_its_brief_and_a_new_one_gains_it(repository: Repository, directory: Path) -> None:
    (directory / "other.yaml").rename(directory / "renamed.yaml")
    changes = repository.reload([directory / "other.yaml", directory / "renamed.yaml"])
    assert changes.briefs == {"other": None, "renamed": repository.briefs["renamed"]}
    assert set(repository.briefs) == {"everything", "renamed"}
    assert isinstance(ask(repository, "legal renamed"), Answer)
    assert isinstance(ask(repository, "search quaggas"), SearchResults)


def test_loading_again_finds_what_was_removed(repository: Repository, directory: Path) -> None:
    (directory / "other.yaml").unlink()
    assert repository.load().briefs == {"other": None}
    assert set(repository.briefs) == {"everything"}


def test_loading_again_what_did_not_change_finds_nothing(repository: Repository) -> None:
    assert not repository.load()


def test_a_changed_alias_is_understood_at_once(repository: Repository, directory: Path) -> None:
    (directory / "other.yaml").write_text(BASE.replace("[all keys]", "[quagga brief]"))
    repository.reload([directory / "other.yaml"])
    assert isinstance(ask(repository, "legal quagga brief"), Answer)


# The vocabulary


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
    assert repository.reload([directory / "_store.yaml"]).vocabulary is None
    assert isinstance(ask(repository, "law everything"), Answer)


def test_a_changed_store_file_is_named_with_no_brief(repository: Repository, directory: Path) -> None:
    (directory / "_store.yaml").write_text(STORE.replace("law", "statutes"))
    changes = repository.reload([directory / "_store.yaml"])
    assert (changes.briefs, changes.vocabulary) == ({}, repository.vocabulary)
    assert isinstance(ask(repository, "statutes everything"), Answer)


def test_a_removed_store_file_keeps_the_last_vocabulary_and_is_named(repository: Repository, directory: Path) -> None:
    path, text, last = directory / "_store.yaml", (directory / "_store.yaml").read_text(), repository.vocabulary
    path.unlink()
    assert not repository.reload([path])
    assert [(d.path, d.line, d.code) for d in repository.broken[path]] == [(str(path), 1, "B510")]
    assert (repository.vocabulary, repository.waits_for_force) == (last, True)
    path.write_text(text)
    assert not repository.reload([path])
    assert (repository.broken, repository.waits_for_force) == ({}, False)


def test_a_removed_store_file_leaves_no_vocabulary_where_it_is_forced(repository: Repository, directory: Path) -> None:
    (directory / "_store.yaml").unlink()
    assert repository.load(force=True).vocabulary == NO_VOCABULARY
    assert (repository.broken, repository.waits_for_force) == ({}, False)


def test_a_removed_store_file_that_another_process_let_go_is_not_missed(
    repository: Repository, directory: Path
) -> None:
    (directory / "_store.yaml").unlink()
    repository.load()
    repository.drop_unpublished(repository.briefs, NO_VOCABULARY)
    assert not repository.load()
    assert (repository.broken, repository.waits_for_force) == ({}, False)


# What is known before the files are looked at


def test_a_file_that_is_known_by_its_bytes_is_not_parsed_again(directory: Path) -> None:
    briefs = published(directory, "everything", "other")
    repository = Repository(directory, briefs, known=by_file(directory, briefs))
    assert not repository.load().briefs
    assert repository.parsed == 0
    assert repository.briefs == briefs


def test_only_the_file_that_changed_is_parsed(directory: Path) -> None:
    briefs = published(directory, "everything", "other")
    repository = Repository(directory, briefs, known=by_file(directory, briefs))
    (directory / "other.yaml").write_text(EDITED)
    assert set(repository.load().briefs) == {"other"}
    assert repository.parsed == 1


def test_the_same_bytes_under_another_name_are_another_brief(directory: Path) -> None:
    briefs = published(directory, "everything", "other")
    repository = Repository(directory, briefs, known=by_file(directory, briefs))
    (directory / "renamed.yaml").write_bytes((directory / "other.yaml").read_bytes())
    (directory / "other.yaml").unlink()
    assert repository.load().briefs == {"renamed": repository.briefs["renamed"], "other": None}
    assert repository.briefs["renamed"].slug == "renamed"


def test_a_file_that_is_broken_from_the_start_stands_for_what_is_published(directory: Path) -> None:
    briefs = published(directory, "everything", "other")
    (directory / "other.yaml").write_text(BROKEN)
    repository = Repository(directory, briefs)
    assert not repository.load().briefs
    assert repository.briefs == briefs
    assert set(repository.broken) == {directory / "other.yaml"}


def test_a_published_brief_whose_file_is_gone_at_the_start_is_gone(directory: Path) -> None:
    briefs = published(directory, "everything", "other")
    (directory / "other.yaml").unlink()
    assert Repository(directory, briefs).load().briefs == {"other": None}


def test_a_store_file_that_is_broken_from_the_start_stands_for_what_is_published(
    repository: Repository, directory: Path
) -> None:
    (directory / "_store.yaml").write_text("sections: [")
    again = Repository(directory, vocabulary=repository.vocabulary)
    assert again.load().vocabulary is None
    assert again.vocabulary == repository.vocabulary


def test_what_was_seen_to_be_gone_is_gone_although_it_is_coming_back(directory: Path, repository: Repository) -> None:
    changes = repository.reload([directory / "other.yaml"], gone={"other"})
    assert changes.briefs == {"other": None}
    assert repository.present == {"_store.yaml", "everything.yaml"}


def test_what_was_seen_is_not_gone_although_it_has_just_gone(directory: Path, repository: Repository) -> None:
    (directory / "other.yaml").unlink()
    assert not repository.reload([directory / "other.yaml", directory / "everything.yaml"], gone=())
    assert "other" in repository.briefs
    assert repository.reload([directory / "other.yaml"], gone={"other"}).briefs == {"other": None}

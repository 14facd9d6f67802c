"""Who changed a file, by real git."""

import os
import subprocess
from pathlib import Path

import pytest

from bot.content.git import commit_of, origin_of

ANN = {"GIT_AUTHOR_NAME": "Ann Example", "GIT_AUTHOR_EMAIL": "ann@example.org"}
BEN = {"GIT_COMMITTER_NAME": "Ben", "GIT_COMMITTER_EMAIL": "ben@example.org"}


def git(directory: Path, *arguments: str) -> str:
    command = ["git", "-C", str(directory), *arguments]
    environment = {**os.environ, **ANN, **BEN}
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8", env=environment)
    return done.stdout


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of a repository, committed."""
    file = tmp_path / "briefs" / "tea.yaml"
    file.parent.mkdir()
    file.write_text("title: Tea\n")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "Add tea")
    return file


def test_the_commit_and_its_author_are_named(file: Path) -> None:
    commit = git(file.parent, "rev-parse", "--short", "HEAD").strip()
    (file.parent / "coffee.yaml").write_text("title: Coffee\n")
    assert origin_of(file) == f"Last changed in {commit} by Ann Example."


@pytest.mark.parametrize("name", ["tea.yaml", "coffee.yaml"])
def test_an_edit_or_a_file_that_is_not_committed_is_said(file: Path, name: str) -> None:
    file.with_name(name).write_text("title: Other\n")
    assert origin_of(file.with_name(name)) == "The change is not committed."


def test_outside_of_git_nothing_is_known(tmp_path: Path) -> None:
    (tmp_path / "tea.yaml").write_text("title: Tea\n")
    assert origin_of(tmp_path / "tea.yaml") is None
    assert commit_of(tmp_path) is None


def test_a_directory_in_a_repository_has_a_commit_also_through_a_link(
    file: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    link = tmp_path_factory.mktemp("elsewhere") / "briefs"
    link.symlink_to(file.parent)
    commits = [commit_of(file.parent), commit_of(link)]
    assert [commit and commit.id for commit in commits] == [git(file.parent, "rev-parse", "HEAD").strip()] * 2

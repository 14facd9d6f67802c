"""Paths in annotations: from the top of the repository, wherever the command runs and however a file is named."""

import os
import subprocess
from pathlib import Path

import pytest

from bot.cli.check import check
from bot.cli.workspace_paths import from_workspace
from bot.core.linting.diagnostic import Diagnostic
from bot.settings import Settings
from tests.runner import commands_of


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A git repository with a brief in content/briefs, and a link to it beside it."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    top = tmp_path / "repository"
    (top / "content" / "briefs").mkdir(parents=True)
    (top / "content" / "briefs" / "ferries.yaml").write_text("title: Ferries\n")
    (tmp_path / "link").symlink_to(top)
    (top / "content" / "linked").symlink_to("briefs")
    subprocess.run(["git", "init", "-q"], cwd=top, check=True)
    return top


def paths(*given: str | Path, workspace: Path | None = None) -> list[str]:
    return [each.path for each in from_workspace([problem(path) for path in given], workspace)]


def problem(path: str | Path) -> Diagnostic:
    return Diagnostic(str(path), 1, 1, "B120", "error", "is wrong", "mend it")


@pytest.mark.parametrize("has_workspace", [True, False], ids=["GITHUB_WORKSPACE", "git"])
@pytest.mark.parametrize("directory", [".", "content", "content/briefs"])
def test_they_start_at_the_top(
    repository: Path, directory: str, has_workspace: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository / directory)
    file = repository / "content" / "briefs" / "ferries.yaml"
    relative = Path(os.path.relpath(file, repository / directory))
    given = [relative, file, repository.parent / "link" / "content" / "briefs" / "ferries.yaml"]
    given.append(repository / "content" / "linked" / "ferries.yaml")
    assert set(paths(*given, workspace=repository if has_workspace else None)) == {"content/briefs/ferries.yaml"}


def test_the_workspace_may_be_named_by_a_link(repository: Path) -> None:
    file = repository / "content" / "briefs" / "ferries.yaml"
    assert paths(file, workspace=repository.parent / "link") == ["content/briefs/ferries.yaml"]


def test_a_link_to_a_file_of_the_repository_is_that_file(repository: Path) -> None:
    link = repository / "content" / "linked.yaml"
    link.symlink_to("briefs/ferries.yaml")
    assert paths(link, workspace=repository) == ["content/briefs/ferries.yaml"]


def test_a_link_out_of_the_repository_is_a_file_of_it(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.yaml").write_text("title: Ferries\n")
    link = repository / "content" / "briefs" / "linked.yaml"
    link.symlink_to(tmp_path / "elsewhere.yaml")
    assert paths(link, workspace=repository) == ["content/briefs/linked.yaml"]


def test_outside_of_the_workspace_git_decides_and_outside_of_git_nobody(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("")
    (tmp_path / "workspace").mkdir()
    file = repository / "content" / "briefs" / "ferries.yaml"
    assert paths(file, tmp_path / "a.yaml", workspace=tmp_path / "workspace") == [
        "content/briefs/ferries.yaml",
        str(tmp_path / "a.yaml"),
    ]


def test_annotations_have_them(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(repository / "content")
    assert check([Path("briefs")], "github", Settings(workspace=repository)) == 1
    files = {each.properties["file"] for each in commands_of(capsys.readouterr().out)}
    assert files == {"content/briefs/ferries.yaml", "content/briefs/_store.yaml"}

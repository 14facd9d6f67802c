"""`briefbot diff` with revisions of git: real repositories, clones and worktrees."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.cli.diff import diff
from bot.errors import SettingsError
from bot.settings import Settings
from tests.cli.test_diff import BUSES, CORRECTED, FERRIES, STORE
from tests.conftest import ROOT

NOTHING = "Readers will be told nothing.\n"
TOLD = "Readers will be told of 1 brief: 1 correction.\nCorrection: ferries\n"

Capture = pytest.CaptureFixture[str]


def git(directory: Path, *arguments: str) -> str:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    done = subprocess.run(["git", *who, *arguments], cwd=directory, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def write(directory: Path, **files: str) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (directory / f"{name}.yaml").write_text(text, encoding="utf-8")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one commit on main, which has the ferries; the current directory."""
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    directory = tmp_path / "repository"
    write(directory / "briefs", ferries=FERRIES, _store=STORE)
    git(directory, "init", "-q")
    git(directory, "add", "-A")
    git(directory, "commit", "-qm", "Ferries")
    monkeypatch.chdir(directory)
    return directory


def run(*names: str, briefs: Path = Path("briefs")) -> int:
    old, new = (Path(name) if name else None for name in (*names, "", "")[:2])
    return diff(old, new, "text", Settings(briefs=briefs))


def head_of(capsys: Capture) -> str:
    """The summary of what readers are told."""
    return capsys.readouterr().out.partition("\n\n")[0].rstrip() + "\n"


# What is compared


@pytest.mark.parametrize("names", [(), ("HEAD",), ("main",), ("main...",), ("HEAD", "briefs"), ("briefs",)])
def test_the_working_tree_is_compared_with_a_commit(repository: Path, names: tuple[str, ...], capsys: Capture) -> None:
    assert run(*names) == 0
    assert head_of(capsys) == NOTHING
    write(repository / "briefs", ferries=CORRECTED)
    assert run(*names) == 0
    assert head_of(capsys) == TOLD


def test_two_revisions_are_compared_where_they_are_no_paths(repository: Path, capsys: Capture) -> None:
    write(repository / "briefs", ferries=CORRECTED)
    git(repository, "commit", "-qam", "Correction")
    write(repository / "briefs", ferries=FERRIES)
    assert run("HEAD~1", "HEAD") == 0
    assert head_of(capsys) == TOLD


def test_a_path_wins_over_a_revision_with_its_name(repository: Path, capsys: Capture) -> None:
    write(repository / "HEAD", ferries=CORRECTED, _store=STORE)
    assert run("HEAD") == 0
    assert head_of(capsys).startswith("Readers will be told of 1 brief: ")
    assert run("heads/main") == 0
    assert head_of(capsys) == NOTHING


def test_one_file_is_compared_with_itself_at_a_revision(repository: Path, capsys: Capture) -> None:
    write(repository / "briefs", ferries=CORRECTED, buses=BUSES)
    for names in (("briefs/ferries.yaml",), ("HEAD", "briefs/ferries.yaml")):
        assert run(*names) == 0
        assert head_of(capsys) == TOLD
    with pytest.raises(SettingsError, match=r"briefs/buses\.yaml: is not a file at HEAD"):
        run("HEAD", "briefs/buses.yaml")


def test_a_branch_is_compared_with_where_it_left_main(repository: Path, capsys: Capture) -> None:
    git(repository, "checkout", "-qb", "mine")
    write(repository / "briefs", ferries=CORRECTED)
    git(repository, "commit", "-qam", "Correction")
    git(repository, "checkout", "-q", "main")
    write(repository / "briefs", buses=BUSES)
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "Others' work")
    git(repository, "checkout", "-q", "mine")
    assert run("main...") == 0
    assert head_of(capsys) == TOLD
    assert run("main") == 1, "what others added shows as gone"


# Where it is run


def test_it_works_from_anywhere(repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    write(repository / "briefs", ferries=CORRECTED)
    (repository / "deep" / "er").mkdir(parents=True)
    monkeypatch.chdir(repository / "deep" / "er")
    assert run("main", briefs=Path("../../briefs")) == 0
    assert head_of(capsys) == TOLD
    monkeypatch.chdir(repository.parent)
    assert run(briefs=Path("repository/briefs")) == 0
    assert head_of(capsys) == TOLD
    Path("link").symlink_to(repository / "briefs")
    assert run(briefs=Path("link")) == 0
    assert head_of(capsys) == TOLD


def test_briefs_may_be_a_whole_repository(repository: Path, capsys: Capture) -> None:
    git(repository, "mv", "briefs/ferries.yaml", "briefs/_store.yaml", ".")
    git(repository, "commit", "-qm", "Flat")
    write(repository, ferries=CORRECTED)
    assert run(briefs=Path()) == 0
    assert head_of(capsys) == TOLD


def test_what_a_link_leads_to_is_compared(repository: Path, capsys: Capture) -> None:
    (repository / "briefs" / ".desk").mkdir()
    shutil.move("briefs/ferries.yaml", "briefs/.desk/ferries.yaml")
    Path("briefs/ferries.yaml").symlink_to(".desk/ferries.yaml")
    Path("briefs/lost.yaml").symlink_to("nowhere.yaml")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "Links")
    Path("briefs/lost.yaml").unlink()
    write(repository / "briefs" / ".desk", ferries=CORRECTED)
    assert run() == 0
    assert head_of(capsys) == TOLD


def test_a_file_with_an_odd_name_is_read(repository: Path, capsys: Capture) -> None:
    write(repository / "briefs", **{"lost one": FERRIES})
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "Odd")
    assert run() == 0, "the same odd name in both states is no error of this change"
    assert head_of(capsys) == NOTHING


def test_the_index_and_the_working_tree_stay_as_they_are(repository: Path) -> None:
    write(repository / "briefs", ferries=CORRECTED, buses=BUSES)
    git(repository, "add", "briefs/buses.yaml")
    before = git(repository, "status", "--porcelain"), git(repository, "worktree", "list")
    run("main")
    assert (git(repository, "status", "--porcelain"), git(repository, "worktree", "list")) == before


@pytest.mark.parametrize("arguments", [[], ["--depth", "1"]])
def test_it_works_in_a_clone_and_in_its_worktrees(
    repository: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    git(repository.parent, "clone", "-q", *arguments, repository.as_uri(), "clone")
    git(repository.parent / "clone", "worktree", "add", "-q", "-b", "mine", "../worktree", "main")
    for name in ("clone", "worktree"):
        monkeypatch.chdir(repository.parent / name)
        write(Path("briefs"), ferries=CORRECTED)
        for revision in ("main", "origin/main", "main..."):
            assert run(revision) == 0
            assert head_of(capsys) == TOLD


def test_problems_stand_at_paths_of_the_working_tree(repository: Path, capsys: Capture) -> None:
    write(repository / "briefs", ferries=FERRIES.replace("published", "draft"))
    assert run() == 1
    assert capsys.readouterr().err.startswith("briefs/ferries.yaml:3:9: error B501 ")
    Path("briefs/ferries.yaml").unlink()
    assert run() == 1
    assert capsys.readouterr().err.startswith("briefs/ferries.yaml:1:1: error B501 ")


def test_a_file_that_is_broken_at_the_revision_is_not_compared(repository: Path, capsys: Capture) -> None:
    write(repository / "briefs", ferries="title: 'Ferries")
    git(repository, "commit", "-qam", "Broken")
    write(repository / "briefs", ferries=FERRIES)
    assert run() == 0
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("briefs/ferries.yaml:1:8: error B105")
    assert line.endswith("; this brief is not compared")


# What does not work


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("mains", "mains: no such file or directory, and no revision of this repository; did you mean main?"),
        (
            "upstream/main",
            "upstream/main: no such file or directory, and no revision of this repository; did you mean main?",
        ),
        ("--all", "--all: no such file or directory, and no revision of this repository; there are main"),
        ("zebra", "zebra: no such file or directory, and no revision of this repository; there are main"),
    ],
)
def test_an_unknown_revision_names_the_branches(repository: Path, name: str, words: str) -> None:
    with pytest.raises(SettingsError, match=f"^{re.escape(words)}$"):
        run(name)


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (("docs",), "docs: holds neither a brief nor _store.yaml; name a directory of briefs"),
        (("docs", "briefs"), "docs: holds neither a brief nor _store.yaml; name a directory of briefs"),
        (("HEAD", "docs"), "docs: holds neither a brief nor _store.yaml; name a directory of briefs"),
        (("main", "README.md"), "README.md: is not a brief file; name files such as ferries.yaml"),
        (("README.md",), "README.md: is not a brief file; name files such as ferries.yaml"),
        (("README.md", "briefs"), "README.md: is not a brief file; name files such as ferries.yaml"),
        (("briefs/_store.yaml",), "briefs/_store.yaml: is not read, as its name begins with _"),
        (("briefs/ferries",), "briefs/ferries: no such file or directory, .*; did you mean briefs/ferries.yaml?"),
        (("HEAD", "briefs/feries.yaml"), "briefs/feries.yaml: no such .*; did you mean briefs/ferries.yaml?"),
    ],
)
def test_a_path_without_briefs_is_named_as_it_was_typed(repository: Path, names: tuple[str, ...], words: str) -> None:
    (repository / "docs").mkdir()
    (repository / "docs" / "guide.md").write_text("So.")
    (repository / "README.md").write_text("So.")
    with pytest.raises(SettingsError, match=f"^{words}"):
        run(*names)


def test_outside_a_repository_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)
    write(Path("briefs"), ferries=FERRIES)
    with pytest.raises(
        SettingsError, match=r"HEAD: no such file or directory, and no revision, .* not a git repository"
    ):
        run()


def test_a_revision_without_briefs_is_said(repository: Path) -> None:
    write(repository / "other", ferries=FERRIES)
    with pytest.raises(SettingsError, match="HEAD: no briefs at that revision, which should be in the directory other"):
        run(briefs=Path("other"))


def test_a_repository_without_a_commit_is_said(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(repository / "empty" / "briefs", ferries=FERRIES)
    git(repository / "empty", "init", "-q")
    monkeypatch.chdir(repository / "empty")
    with pytest.raises(SettingsError, match="no revision of this repository; commit something first"):
        run()


def test_without_git_it_says_so(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SettingsError, match="git is not installed"):
        run()


def test_a_missing_directory_of_briefs_names_the_setting(repository: Path) -> None:
    with pytest.raises(SettingsError, match=r"nowhere: no such directory; .*BRIEFBOT_BRIEFS"):
        run("main", briefs=Path("nowhere"))


# The advice of CONTRIBUTING


Console = Callable[[], list[list[str]]]


def test_the_whole_advice_works_in_a_fresh_clone(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    advice = re.findall(r"^\$ (.*?)(?: +#.*)?$", guide.split("```console\n")[1].split("```")[0], re.MULTILINE)
    assert [line.split()[0] for line in advice] == ["briefbot"] * len(advice)
    assert len([line for line in advice if line.startswith("briefbot diff")]) == 2
    git(repository.parent, "clone", "-q", repository.as_uri(), "clone")
    monkeypatch.chdir(repository.parent / "clone")
    write(Path("briefs"), **{"ferry-timetable": guide.split("```yaml\n")[1].split("```")[0]})
    # What asks the web has tests with a site of its own.
    for line in (line for line in advice if not line.startswith("briefbot verify")):
        assert main(line.split()[1:]) == 0, line
        printed = capsys.readouterr()
        assert printed.err == "", line
        if line.startswith("briefbot diff"):
            assert printed.out.startswith("Readers will be told of 1 brief: 1 new brief.\n"), line

"""The hook that repositories of briefs use through pre-commit."""

import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT

FILE = ROOT / ".pre-commit-hooks.yaml"
(HOOK,) = yaml.safe_load(FILE.read_text(encoding="utf-8"))
VALID = (ROOT / "tests/examples/valid/everything.yaml").read_text(encoding="utf-8")
STORE = "sections: {legal: {title: Legal considerations}}\n"
BROKEN = VALID.replace("owner: desk", "ownr: desk")
ELSEWHERE = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "BRIEFBOT_"))}
"""The environment of another repository: a test that git runs must not write into the repository that git means."""


# What it says


def test_it_says_what_pre_commit_must_know() -> None:
    assert {"id", "name", "entry", "language"} <= set(HOOK)
    assert (HOOK["id"], HOOK["language"]) == ("briefbot-check", "python")


def test_its_entry_is_a_program_that_the_package_installs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert shlex.split(HOOK["entry"])[0] in project["scripts"]


@pytest.mark.parametrize(
    ("path", "is_meant"),
    [
        ("briefs/uk-rwanda.yaml", True),
        ("briefs/_store.yaml", True),
        ("briefs/brief.schema.json", False),
        ("briefs/notes.yaml.orig", False),
        ("briefs/ferries.yml", True),
        ("briefs/ferries.YAML", True),
        ("briefs/ferries.yaml.txt", True),
        ("briefs/eu/ferries.yaml", True),
        ("docs/briefs/page.yaml", False),
        ("mkdocs.yaml", False),
    ],
)
def test_it_is_called_for_brief_files(path: str, is_meant: bool) -> None:
    assert bool(re.search(HOOK["files"], path)) == is_meant


# What it does with the names of files


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """Another repository with two briefs."""
    (tmp_path / "briefs").mkdir()
    (tmp_path / "briefs" / "_store.yaml").write_text(STORE, encoding="utf-8")
    save(tmp_path, "first", VALID)
    save(tmp_path, "second", VALID.replace("all keys", "every key"))
    return tmp_path


def save(repository: Path, name: str, text: str) -> None:
    (repository / "briefs" / f"{name}.yaml").write_text(text, encoding="utf-8")


def hook(repository: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """As pre-commit calls it: the entry, then `args`, then the names, in the repository's own directory."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environ = {**ELSEWHERE, "PATH": path, "PYTHONPATH": str(ROOT)}
    command = [*shlex.split(HOOK["entry"]), *HOOK.get("args", []), *arguments]
    return subprocess.run(command, cwd=repository, env=environ, capture_output=True, text=True, check=False)


def test_valid_files_pass_in_silence(elsewhere: Path) -> None:
    done = hook(elsewhere, "briefs/first.yaml", "briefs/second.yaml")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_broken_file_fails_with_its_place(elsewhere: Path) -> None:
    save(elsewhere, "first", BROKEN)
    done = hook(elsewhere, "briefs/first.yaml", "briefs/second.yaml")
    assert done.returncode == 1
    assert 'briefs/first.yaml:11:1: error B120 "ownr" is not a key that belongs here' in done.stdout


def test_a_file_is_checked_beside_those_that_are_not_named(elsewhere: Path) -> None:
    save(elsewhere, "second", VALID)
    done = hook(elsewhere, "briefs/second.yaml")
    assert done.returncode == 1
    assert 'B204 "all keys" already names first' in done.stdout


def test_what_others_left_broken_does_not_stop_a_commit(elsewhere: Path) -> None:
    save(elsewhere, "first", BROKEN)
    assert hook(elsewhere, "briefs/second.yaml").returncode == 0


def test_without_a_file_the_whole_directory_is_checked(elsewhere: Path) -> None:
    """A commit that only deletes briefs, say: pre-commit has no name to pass, and calls the hook all the same."""
    assert HOOK["always_run"]
    save(elsewhere, "first", BROKEN)
    assert hook(elsewhere).returncode == 1


def test_a_changed_store_is_checked_with_all_that_it_may_break(elsewhere: Path) -> None:
    (elsewhere / "briefs" / "_store.yaml").write_text("sections: {overview: {title: Overview}}")
    done = hook(elsewhere, "briefs/_store.yaml")
    assert (done.returncode, done.stdout.count("error B216"), done.stdout.count("error ")) == (1, 1, 1)


@pytest.mark.parametrize("name", ["ferries.yml", "eu/ferries.yaml"])
def test_a_file_that_nobody_will_read_fails(elsewhere: Path, name: str) -> None:
    (elsewhere / "briefs" / "eu").mkdir()
    (elsewhere / "briefs" / name).write_text(VALID, encoding="utf-8")
    done = hook(elsewhere, f"briefs/{name}")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"briefs/{name}: is not read, as it" in done.stderr


def test_briefs_elsewhere_are_named_as_an_argument_and_never_passed_over(elsewhere: Path) -> None:
    (elsewhere / "content").mkdir()
    (elsewhere / "briefs").rename(elsewhere / "content" / "briefs")
    done = hook(elsewhere)
    assert done.returncode == 2
    assert done.stderr.startswith("briefbot: briefs: no such file or directory; name brief files, or their directory")
    assert hook(elsewhere, "content/briefs").returncode == 0


def test_with_the_directory_as_an_argument_all_files_are_checked(elsewhere: Path) -> None:
    """`args: [briefs]`, as the comment in the hook's file says."""
    save(elsewhere, "first", BROKEN)
    assert hook(elsewhere, "briefs", "briefs/second.yaml").returncode == 1

"""The workflows: what they may do, and what the check of a pull request shows, its steps run here by bash."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yaml"))
VALID = ROOT / "tests/examples/valid/everything.yaml"
INVALID = ROOT / "tests/examples/invalid"
INSTALLING = "pip install"


def load(name: str) -> dict[str, Any]:
    """As text: YAML's own reading of the key `on` is a truth value."""
    text = (ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8")
    return yaml.load(text, yaml.BaseLoader)  # type: ignore[no-any-return]  # noqa: S506  it makes only text


def steps(name: str) -> list[dict[str, Any]]:
    return [step for job in load(name)["jobs"].values() for step in job["steps"]]


def scripts(name: str) -> list[str]:
    return [step["run"] for step in steps(name) if "run" in step]


@pytest.mark.parametrize("name", [path.name for path in WORKFLOWS])
class TestWorkflow:
    def test_it_may_read_and_nothing_else(self, name: str) -> None:
        assert load(name)["permissions"] == {"contents": "read"}
        assert not [job for job in load(name)["jobs"].values() if "permissions" in job]

    def test_every_action_is_pinned_to_a_major_version(self, name: str) -> None:
        used = [step["uses"] for step in steps(name) if "uses" in step]
        assert used
        assert all(re.fullmatch(r"actions/[a-z-]+@v[0-9]+", action) for action in used)

    def test_nothing_of_a_pull_request_is_pasted_into_a_script(self, name: str) -> None:
        assert not [script for script in scripts(name) if "${{" in script]

    def test_the_checkout_keeps_no_credentials(self, name: str) -> None:
        checkouts = [step for step in steps(name) if step.get("uses", "").startswith("actions/checkout@")]
        assert [step["with"]["persist-credentials"] for step in checkouts] == ["false"]

    def test_it_runs_on_the_python_of_the_project(self, name: str) -> None:
        versions = [step["with"]["python-version"] for step in steps(name) if "python-version" in step.get("with", {})]
        assert versions == ["3.11"]


def test_pushes_and_pull_requests_are_tested_on_two_systems() -> None:
    workflow = load("test.yaml")
    assert workflow["on"] == ["push", "pull_request"]
    assert workflow["jobs"]["test"]["strategy"]["matrix"]["os"] == ["ubuntu-latest", "macos-latest"]
    assert scripts("test.yaml") == ["make test"]


def test_briefs_are_checked_in_pull_requests_that_touch_them() -> None:
    assert load("briefs.yaml")["on"] == {"pull_request": {"paths": ["briefs/**"]}}


def test_the_check_holds_every_dependency_to_its_hash() -> None:
    installing = [script for script in scripts("briefs.yaml") if INSTALLING in script]
    assert installing
    assert all("--require-hashes" in script and "-r requirements.txt" in script for script in installing)


# The check of a pull request


@dataclass(frozen=True)
class Outcome:
    """How the job ended, what its log says, and its summary."""

    code: int
    log: str
    summary: str


Job = Callable[..., Outcome]


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """`job(name=text)`: runs the job over a repository with these briefs; `base` are those before the pull request, if
    they were others."""

    def run(base: Mapping[str, str] | None = None, **briefs: str) -> Outcome:
        repository, summary = tmp_path / "repository", tmp_path / "summary"
        shutil.copytree(ROOT / "bot", repository / "bot", ignore=shutil.ignore_patterns("__pycache__"))
        git(repository, "init", "--quiet")
        for state in (briefs if base is None else base, briefs):
            commit(repository, state)
        summary.touch()
        code, log = 0, ""
        for script in (script for script in scripts("briefs.yaml") if INSTALLING not in script):
            done = bash(script, repository, summary)
            code, log = code or done.returncode, log + done.stdout
            assert "Traceback" not in done.stderr
        return Outcome(code, log, summary.read_text(encoding="utf-8"))

    return run


def elsewhere() -> dict[str, str]:
    """The environment of another repository: a test that git runs must not write into the one that git means."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}


def commit(repository: Path, briefs: Mapping[str, str]) -> None:
    shutil.rmtree(repository / "briefs", ignore_errors=True)
    (repository / "briefs").mkdir()
    for name, text in briefs.items():
        (repository / "briefs" / f"{name}.yaml").write_text(text, encoding="utf-8")
    git(repository, "add", "--all", "briefs")
    git(repository, "commit", "--quiet", "--allow-empty", "--message", "A state of the briefs")


def git(repository: Path, *arguments: str) -> None:
    somebody = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *somebody, *arguments], cwd=repository, env=elsewhere(), check=True)


def bash(script: str, repository: Path, summary: Path) -> subprocess.CompletedProcess[str]:
    """As GitHub calls it where a step names no shell. Source: docs.github.com, workflow syntax, `shell`."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    file, temporary = summary.with_name("step.sh"), summary.with_name("temporary")
    file.write_text(script, encoding="utf-8")
    temporary.mkdir(exist_ok=True)
    return subprocess.run(
        ["bash", "-e", file],
        cwd=repository,
        env={**elsewhere(), "PATH": path, "GITHUB_STEP_SUMMARY": str(summary), "RUNNER_TEMP": str(temporary)},
        capture_output=True,
        text=True,
        check=False,
    )


def valid() -> str:
    return VALID.read_text(encoding="utf-8")


def broken() -> str:
    return valid().replace("owner: desk", "ownr: desk")


def test_clean_briefs_pass_in_silence(job: Job) -> None:
    assert job(clean=valid()) == Outcome(0, "", "")


def test_a_broken_brief_fails_the_job(job: Job) -> None:
    assert job(broken=broken()).code == 1


def test_a_problem_stands_beside_its_line(job: Job) -> None:
    annotation = (
        '::error file=briefs/broken.yaml,line=11,col=1,title=B120::"ownr" is not a key that belongs here; '
        'did you mean "owner"?'
    )
    assert annotation in job(broken=broken()).log.splitlines()


def test_the_summary_lists_every_problem(job: Job) -> None:
    """GitHub shows only ten of a kind beside the lines."""
    twelve = {f"broken-{n}": broken().replace("all keys", f"all keys {n}") for n in range(12)}
    first, *found, total, last = job(**twelve).summary.splitlines()
    assert (first, total, last) == ("```text", "24 errors, 0 warnings", "```")
    assert [line for line in found if " error B120 " in line] == [
        f'briefs/{name}.yaml:11:1: error B120 "ownr" is not a key that belongs here; did you mean "owner"?'
        for name in sorted(twelve)
    ]


def test_a_warning_is_listed_and_passes(job: Job) -> None:
    outcome = job(warned=(INVALID / "no-quote.yaml").read_text(encoding="utf-8"))
    assert outcome.code == 0
    assert outcome.log.startswith("::warning file=briefs/warned.yaml,")
    assert "0 errors, 1 warnings" in outcome.summary


def test_a_check_that_cannot_run_fails_the_job(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFBOT_COMMAND", "not a command")
    assert job(clean=valid()).code == 2


# What readers will be told


def test_the_summary_shows_the_posts(job: Job) -> None:
    outcome = job(
        {"changed": valid(), "gone": valid()},
        changed=valid().replace("- id: no\n        text: NO", "- id: no\n        text: YES"),
    )
    assert (outcome.code, outcome.log) == (0, "")
    title, _, *lines = outcome.summary.splitlines()
    assert title == "### What readers will be told"
    headlines = [line for line in lines if line.startswith(("    Update ·", "    Withdrawal ·"))]
    assert len(headlines) == 2
    assert [line for line in lines if line[4:7] in ("Was", "Now")] == ["    Was: NO", "    Now: YES [1, paragraph 4]"]
    assert all(line.startswith("    ") for line in lines if line)


def test_the_first_briefs_are_told_as_new(job: Job) -> None:
    outcome = job({}, first=valid())
    assert outcome.code == 0
    assert "    New brief · " in outcome.summary


@pytest.mark.parametrize(("notes", "code"), [(1, 0), (2, 1)])
def test_two_new_notes_on_one_claim_fail_the_job(job: Job, notes: int, code: int) -> None:
    note = "  - date: 2024-03-01\n    kind: update\n    note: Note {n}.\n    claims: [no]\n"
    new = "".join(note.format(n=n) for n in range(notes))
    assert job({"noted": valid()}, noted=valid().replace("changes:\n", f"changes:\n{new}")).code == code


def test_what_is_told_is_shown_beside_a_broken_brief(job: Job) -> None:
    other = valid().replace("all keys", "every key")
    base = {"broken": valid(), "fine": other}
    outcome = job(base, broken=broken(), fine=other.replace("Everything: a brief", "Anything: a brief"))
    assert outcome.code == 1
    assert " error B120 " in outcome.summary
    assert "    Now: Anything: a brief" in outcome.summary

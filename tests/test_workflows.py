"""The workflows: what they may do, and what the check of a pull request shows, its steps run here by bash."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
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
    """`job(name=text)`: runs the job over a repository with these briefs."""

    def run(**briefs: str) -> Outcome:
        repository, summary = tmp_path / "repository", tmp_path / "summary"
        shutil.copytree(ROOT / "bot", repository / "bot", ignore=shutil.ignore_patterns("__pycache__"))
        (repository / "briefs").mkdir()
        for name, text in briefs.items():
            (repository / "briefs" / f"{name}.yaml").write_text(text, encoding="utf-8")
        summary.touch()
        code, log = 0, ""
        for script in (script for script in scripts("briefs.yaml") if INSTALLING not in script):
            done = bash(script, repository, summary)
            code, log = code or done.returncode, log + done.stdout
            assert "Traceback" not in done.stderr
        return Outcome(code, log, summary.read_text(encoding="utf-8"))

    return run


def bash(script: str, repository: Path, summary: Path) -> subprocess.CompletedProcess[str]:
    """As GitHub calls it where a step names no shell. Source: docs.github.com, workflow syntax, `shell`."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    file = summary.with_name("step.sh")
    file.write_text(script, encoding="utf-8")
    return subprocess.run(
        ["bash", "-e", file],
        cwd=repository,
        env={**os.environ, "PATH": path, "GITHUB_STEP_SUMMARY": str(summary)},
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

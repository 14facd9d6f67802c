"""The workflows: what they may do, and what the check of a pull request shows, its steps run here by bash."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yaml"))
VALID = (ROOT / "tests/examples/valid/everything.yaml").read_text(encoding="utf-8")
WARNED = (ROOT / "tests/examples/invalid/no-quote.yaml").read_text(encoding="utf-8")
BROKEN = VALID.replace("owner: desk", "ownr: desk")
B120 = '"ownr" is not a key that belongs here; did you mean "owner"?'
PYTHON = {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


def load(path: Path) -> dict[str, Any]:
    """As text: YAML's own reading of the key `on` is a truth value."""
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # type: ignore[no-any-return]  # noqa: S506


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in load(path)["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_only_reads_and_takes_actions_of_github_alone(path: Path) -> None:
    used = {step["uses"]: step.get("with", {}) for step in steps(path) if "uses" in step}
    (checkout,) = (given for action, given in used.items() if action.startswith("actions/checkout@"))
    assert load(path)["permissions"] == {"contents": "read"}
    assert not [job for job in load(path)["jobs"].values() if "permissions" in job]
    assert [action for action in used if not re.fullmatch(r"actions/[a-z-]+@v[0-9]+", action)] == []
    assert checkout["persist-credentials"] == "false"
    assert {given["python-version"] for given in used.values() if "python-version" in given} == {"3.11"}
    assert not [step for step in steps(path) if "${{" in step.get("run", "")]  # text of a pull request in a script


def test_pushes_and_pull_requests_run_the_tests_and_changed_briefs_their_check() -> None:
    briefs, test = map(load, WORKFLOWS)
    assert (test["on"], briefs["on"]) == (["push", "pull_request"], {"pull_request": {"paths": ["briefs/**"]}})
    assert test["jobs"]["test"]["strategy"]["matrix"]["os"] == ["ubuntu-latest", "macos-latest"]
    assert [step["run"] for step in steps(WORKFLOWS[1]) if "run" in step] == ["make test"]
    assert "--require-hashes --only-binary :all: -r requirements.txt" in steps(WORKFLOWS[0])[2]["run"]


def job(directory: Path, before: dict[str, str], after: dict[str, str]) -> tuple[int, str, str]:
    """Runs the check of a pull request that brings these briefs, as GitHub does: how it ends, its log, its summary."""
    repository, summary, temporary = directory / "repository", directory / "summary", directory / "temporary"
    shutil.copytree(ROOT / "bot", repository / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    temporary.mkdir()
    summary.touch()
    environ = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environ |= PYTHON | {"GITHUB_STEP_SUMMARY": str(summary), "RUNNER_TEMP": str(temporary)}
    save = "git init -q && git add -A briefs && git -c user.name=A -c user.email=a@example.org commit -qm State"
    for briefs in (before, after):
        shutil.rmtree(repository / "briefs", ignore_errors=True)
        (repository / "briefs").mkdir()
        for name, text in briefs.items():
            (repository / "briefs" / f"{name}.yaml").write_text(text, encoding="utf-8")
        subprocess.run(["bash", "-ec", f"{save} --allow-empty"], cwd=repository, env=environ, check=True)
    code, log = 0, ""
    for script in [step["run"] for step in steps(WORKFLOWS[0])[3:]]:
        done = subprocess.run(
            ["bash", "-ec", script], cwd=repository, env=environ, capture_output=True, text=True, check=False
        )
        code, log = code or done.returncode, log + done.stdout
        assert "Traceback" not in done.stderr
    return code, log, summary.read_text(encoding="utf-8")


def test_without_a_change_it_passes_in_silence(tmp_path: Path) -> None:
    assert job(tmp_path, {"one": VALID}, {"one": VALID}) == (0, "", "")


def test_a_changed_brief_passes_and_its_post_is_shown_with_warnings(tmp_path: Path) -> None:
    changed = VALID.replace("- id: no\n        text: NO", "- id: no\n        text: YES")
    code, log, summary = job(tmp_path, {"one": VALID}, {"one": changed, "two": WARNED})
    assert (code, log.partition(",")[0]) == (0, "::warning file=briefs/two.yaml"), log
    assert "0 errors, 1 warning" in summary
    assert "### What readers will be told\n\n    " in summary
    assert "    Was: NO\n    Now: YES [1, paragraph 4]\n" in summary


def test_a_broken_brief_fails_with_every_problem_beside_its_line_and_in_the_summary(tmp_path: Path) -> None:
    names = [f"broken-{n:02}" for n in range(12)]  # GitHub shows only ten of a kind beside the lines
    after = {"changed": VALID.replace("Everything: a brief", "Anything: a brief")} | dict.fromkeys(names, BROKEN)
    code, log, summary = job(tmp_path, {"changed": VALID}, after)
    assert code == 1
    for name in names:
        assert f"::error file=briefs/{name}.yaml,line=11,col=1,title=B120::{B120}\n" in log
        assert f"briefs/{name}.yaml:11:1: error B120 {B120}\n" in summary
    assert "    Now: Anything: a brief" in summary


@pytest.mark.parametrize(("notes", "code"), [(1, 0), (2, 1)])
def test_two_new_notes_on_one_claim_fail(tmp_path: Path, notes: int, code: int) -> None:
    new = "".join(f"  - {{date: 2024-03-01, kind: update, note: Note {n}., claims: [no]}}\n" for n in range(notes))
    assert job(tmp_path, {"one": VALID}, {"one": VALID.replace("changes:\n", f"changes:\n{new}")})[0] == code


def test_a_check_that_cannot_run_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFBOT_COMMAND", "not a command")
    assert job(tmp_path, {"one": VALID}, {"one": VALID})[0] == 2

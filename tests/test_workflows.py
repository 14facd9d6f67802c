"""The workflows and the action: what they may do, and what a pull request shows, the steps run here by bash."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT, exhaustive
from tests.runner import commands_of

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yaml"))
ACTION = ROOT / "action.yml"
VERIFY = ROOT / ".github" / "workflows" / "verify.yaml"
VALID = (ROOT / "tests/examples/valid/everything.yaml").read_text(encoding="utf-8")
STORE = "sections: {legal: {title: Legal considerations}}\n"
WARNED = (ROOT / "tests/examples/invalid/no-quote.yaml").read_text(encoding="utf-8")
BROKEN = VALID.replace("owner: desk", "ownr: desk")
B120 = '"ownr" is not a key that belongs here; did you mean "owner"?'


def load(path: Path) -> dict[str, Any]:
    """As text: YAML's own reading of the key `on` is a truth value."""
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # type: ignore[no-any-return]  # noqa: S506


def steps(path: Path) -> list[dict[str, Any]]:
    """The steps of all jobs, or of the action."""
    parts = [load(path)["runs"]] if path == ACTION else load(path)["jobs"].values()
    return [step for part in parts for step in part["steps"]]


@pytest.mark.parametrize("path", [*WORKFLOWS, ACTION], ids=lambda path: path.stem)
def test_actions_of_others_are_pinned_and_scripts_hold_no_text_of_a_pull_request(path: Path) -> None:
    pinned = re.compile(r"uses: (actions/[a-z-]+@[0-9a-f]{40} # v[0-9]+\.[0-9]+\.[0-9]+|\./(\.briefbot)?)")
    uses = re.findall(r"uses: .*", path.read_text(encoding="utf-8").split("\n\n", 1)[-1])
    assert [line for line in uses if not pinned.fullmatch(line)] == []
    assert not [step for step in steps(path) if "${{" in step.get("run", "")]
    pythons = (step["with"] for step in steps(path) if "setup-python" in step.get("uses", ""))
    assert {given["python-version"] for given in pythons} <= {"3.11", "${{ matrix.python }}"}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_only_reads_but_for_the_one_that_opens_pull_requests(path: Path) -> None:
    checkouts = [step["with"] for step in steps(path) if "actions/checkout@" in step.get("uses", "")]
    assert {given["persist-credentials"] for given in checkouts} == {"false"}
    assert load(path)["permissions"] == {"contents": "read"}
    more = [job["permissions"] for job in load(path)["jobs"].values() if "permissions" in job]
    assert more == ([{"contents": "write", "pull-requests": "write"}] if path == VERIFY else [])


def test_all_name_one_version_of_an_action() -> None:
    pins = {step["uses"] for path in (*WORKFLOWS, ACTION) for step in steps(path) if "@" in step.get("uses", "")}
    assert len({pin.split("@")[0] for pin in pins}) == len(pins) == 3


def test_pushes_and_pull_requests_run_the_tests_and_changed_briefs_their_check() -> None:
    briefs, check, test, _ = map(load, WORKFLOWS)
    assert (test["on"], briefs["on"]) == (["push", "pull_request"], {"pull_request": {"paths": ["briefs/**"]}})
    assert test["jobs"]["test"]["strategy"]["matrix"]["os"] == ["ubuntu-latest", "macos-latest"]
    assert [step["run"] for step in steps(WORKFLOWS[2]) if "run" in step] == ["make test"]
    assert set(check["on"]["workflow_call"]["inputs"]) == {"briefs", "base", "version"}
    defaults = {name: each["default"] for name, each in load(ACTION)["inputs"].items()}
    assert {name: check["on"]["workflow_call"]["inputs"][name]["default"] for name in defaults} == defaults


def test_the_action_installs_what_is_locked_and_nothing_that_it_would_build() -> None:
    install = steps(ACTION)[1]["run"]
    assert '--require-hashes --only-binary :all: -r "$GITHUB_ACTION_PATH/requirements.txt"' in install


# What the action shows


def job(directory: Path, before: dict[str, str], after: dict[str, str], **inputs: str) -> tuple[int, str, str]:
    """Runs the action on a pull request that brings these files, as GitHub does: how it ends, its log, its summary."""
    repository, summary, temporary = directory / "repository", directory / "summary", directory / "temporary"
    for each in (repository, temporary, directory / "action"):
        each.mkdir(exist_ok=True)
    (directory / "action" / "bot").symlink_to(ROOT / "bot")
    summary.touch()
    given = {name: each["default"] for name, each in load(ACTION)["inputs"].items()} | inputs
    environ = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environ |= {"GITHUB_STEP_SUMMARY": str(summary), "RUNNER_TEMP": str(temporary)}
    environ |= {"GITHUB_WORKSPACE": str(repository), "GITHUB_ACTION_PATH": str(directory / "action")}
    save = "git init -q && git add -A && git -c user.name=A -c user.email=a@example.org commit -qm State"
    for files in (before, after):
        for name in before:
            (repository / given["briefs"] / f"{name}.yaml").unlink(missing_ok=True)
        for name, text in {"_store": STORE, **files}.items():
            path = repository / given["briefs"] / f"{name}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        subprocess.run(["bash", "-ec", f"{save} --allow-empty"], cwd=repository, env=environ, check=True)
    code, log = 0, ""
    for step in (each for each in steps(ACTION)[2:] if "run" in each):
        known = {f"${{{{ inputs.{name} }}}}": value for name, value in given.items()}
        known["${{ steps.python.outputs.python-path }}"] = sys.executable
        own = {name: known[value] for name, value in step["env"].items()}
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        done = subprocess.run(
            command, cwd=repository, env=environ | own, capture_output=True, text=True, check=False, timeout=60
        )
        code, log = code or done.returncode, log + done.stdout + done.stderr
    assert "Traceback" not in log
    return code, log, summary.read_text(encoding="utf-8")


def test_a_changed_brief_passes_and_its_post_is_shown_with_warnings(tmp_path: Path) -> None:
    changed = VALID.replace("- id: no\n        text: NO", "- id: no\n        text: YES")
    after = {"one": changed, "two": WARNED}
    code, log, summary = job(tmp_path, {"one": VALID}, after, briefs="content/our briefs")
    assert (code, log.partition(",")[0]) == (0, "::warning file=content/our briefs/two.yaml"), log
    assert "### Problems in briefs: 0 errors, 1 warning\n\n    content/our briefs/two.yaml:" in summary
    assert "### What readers will be told\n\n    " in summary
    assert "    Was: NO\n    Now: YES [1, paragraph 4]\n" in summary
    assert "\nNow: YES [1, paragraph 4]\n" in log


@exhaustive
def test_the_page_of_the_pull_request_is_kept_as_one_file_and_a_failed_upload_fails_nothing(tmp_path: Path) -> None:
    job(tmp_path, {"one": VALID}, {"one": VALID.replace("- id: no\n        text: NO", "- id: no\n        text: YES")})
    page = (tmp_path / "temporary" / "briefbot-preview.html").read_text(encoding="utf-8")
    assert "Readers will be told of 1 brief: 1 update." in page
    assert "<script" not in page
    upload = steps(ACTION)[-1]
    assert upload["with"]["path"] == "${{ runner.temp }}/briefbot-preview.html"
    assert (upload["continue-on-error"], upload["with"]["if-no-files-found"]) == ("true", "ignore")


def test_a_broken_brief_fails_with_the_own_problems_beside_their_lines_and_all_in_log_and_summary(
    tmp_path: Path,
) -> None:
    old = [f"broken-{n:02}" for n in range(12)]  # GitHub shows only ten of a kind beside the lines
    before = {"changed": VALID} | dict.fromkeys(old, BROKEN)
    changed = VALID.replace("Everything: a brief", "Anything: a brief")
    code, log, summary = job(tmp_path, before, before | {"changed": changed, "zebra": BROKEN})
    assert code == 1
    assert f"\n::error file=briefs/zebra.yaml,line=11,col=1,title=B120::{B120}\n" in f"\n{log}"
    commands = commands_of(log)
    assert [each.name for each in commands] == ["error"] * 10 + ["notice"]
    assert commands[0].properties["file"] == "briefs/zebra.yaml"
    for name in (*old, "zebra"):
        assert f"briefs/{name}.yaml:11:1: error B120 {B120}\n" in summary
        assert f"briefs/{name}.yaml" in log
    assert "    Now: Anything: a brief" in summary


@exhaustive
def test_what_only_the_comparison_shows_fails(tmp_path: Path) -> None:
    notes = "".join(f"  - {{date: 2024-03-01, kind: update, note: Note {n}., claims: [no]}}\n" for n in range(2))
    code, log, _ = job(tmp_path, {"one": VALID}, {"one": VALID.replace("changes:\n", f"changes:\n{notes}")})
    assert (code, "error B402 two new notes name" in log) == (1, True)


@exhaustive
def test_a_base_that_was_not_checked_out_fails_and_says_what_to_do(tmp_path: Path) -> None:
    code, log, _ = job(tmp_path, {"one": VALID}, {"one": VALID}, base="v9")
    assert code == 2
    assert "“v9” is no commit here; fetch it (for actions/checkout: fetch-depth: 2)" in log


def test_without_a_change_it_passes_and_says_so_and_runs_no_code_of_the_repository(tmp_path: Path) -> None:
    for name in ("bot/__main__.py", "json.py"):
        (tmp_path / "repository" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "repository" / name).write_text("raise SystemExit(9)")
    summary = "### What readers will be told\n\n    Readers will be told nothing.\n"
    code, log, job_summary = job(tmp_path, {"one": VALID}, {"one": VALID})
    assert (code, commands_of(log), job_summary) == (0, [], summary)


def test_no_value_reaches_the_runner_or_leaves_its_block_in_the_summary(tmp_path: Path) -> None:
    parts = ("https://example.org/a", "```", "# All checks passed", "::error file=bot/rules.py::forged", "##[error]x")
    forged = r"\n".join(parts)
    code, log, summary = job(tmp_path, {"one": VALID}, {"one": VALID.replace("http://example.org", f'"{forged}"')})
    assert code == 1
    assert {each.properties.get("file") for each in commands_of(log)} == {"briefs/one.yaml"}
    assert [line for line in summary.splitlines() if line and not line.startswith("    ")] == [
        "### Problems in briefs: 1 error, 0 warnings",
        "### What readers will be told",
    ]

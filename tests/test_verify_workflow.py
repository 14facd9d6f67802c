"""The weekly workflow: its steps run here by bash, with real git, and a `gh` that writes down what it is asked."""

import os
import subprocess
from datetime import date
from pathlib import Path

import pytest

from bot.content.evidence_lock import lock_text
from bot.core.evidence.hashes import hash_of
from bot.core.evidence.lock import EvidenceLock, QuoteCheck, QuoteKey, QuoteState
from tests.test_workflows import VERIFY, load, steps

GH = """#!/bin/sh
[ -n "$GH_TOKEN" ] || exit 9
printf '%s\n' "$*" >> "$GH_LOG"
case "$1 $2" in
  "pr list") [ -f "$GH_LOG.open" ] && echo 7 || true ;;
  "pr create") touch "$GH_LOG.open" ;;
esac
"""
KEY = QuoteKey("tea-act", "duty-stays", "gazette", hash_of("the said duty shall be paid"))


def lock(state: QuoteState, last_run: date) -> str:
    check = QuoteCheck(key=KEY, state=state, since=date(2026, 5, 3), page=hash_of("page"), places=1)
    return lock_text(EvidenceLock(last_run, {KEY: check}))


FOUND = lock(QuoteState.VERBATIM, date(2026, 5, 3))
FOUND_AGAIN = lock(QuoteState.VERBATIM, date(2026, 5, 10))
MISSING = lock(QuoteState.MISSING, date(2026, 5, 10))
GONE = lock(QuoteState.GONE, date(2026, 5, 17))


class Week:
    """A clone of a repository whose default branch has a lock; each `run` is another week's job."""

    def __init__(self, directory: Path, first: str) -> None:
        self.directory, self.origin = directory, directory / "origin.git"
        self.log, programs = directory / "gh.log", directory / "programs"
        programs.mkdir()
        self.log.touch()
        (programs / "gh").write_text(GH)
        # What `briefbot verify` writes and `briefbot check` prints, without their pages.
        (programs / "briefbot").write_text('#!/bin/sh\n[ "$1" != verify ] || { cp "$FOUND" "$LOCK"; exit 1; }\n')
        for each in programs.iterdir():
            each.chmod(0o755)
        environ = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        self.environ = environ | {"PATH": f"{programs}:{environ['PATH']}", "GH_LOG": str(self.log)}
        self.environ |= load(VERIFY)["jobs"]["verify"]["env"]
        self._bash("git init -q --bare -b main origin.git && git clone -q origin.git first 2> /dev/null", directory)
        (directory / "first" / "briefs").mkdir()
        (directory / "first" / "briefs" / "evidence.lock").write_text(first)
        save = (
            "git add -A && git -c user.name=A -c user.email=a@example.org commit -qm State && git push -q origin HEAD"
        )
        self._bash(save, directory / "first")

    def run(self, found: str) -> None:
        """The job of a week in which `briefbot verify` finds this."""
        clone, environment = self.directory / f"clone-{len(list(self.directory.iterdir()))}", self.directory / "env"
        self._bash(f"git clone -q origin.git {clone}", self.directory)
        (self.directory / "found").write_text(found)
        environment.write_text("")
        given = {"GITHUB_ENV": str(environment), "FOUND": str(self.directory / "found")}
        given |= {"LOCK": str(clone / "briefs/evidence.lock")}
        for step in steps(VERIFY)[3:]:
            kept = dict(line.split("=", 1) for line in environment.read_text().splitlines())
            own = dict.fromkeys(step.get("env", {}), "secret")
            self._bash(step["run"], clone, **given, **kept, **own)

    def _bash(self, script: str, directory: Path, **environ: str) -> None:
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
        subprocess.run(command, cwd=directory, env=self.environ | environ, check=True, timeout=60)

    def proposed(self) -> list[str]:
        """The commits of the branch that the default branch does not have, as the locks that they leave."""
        git = ["git", "--git-dir", str(self.origin)]
        commits = subprocess.run(
            [*git, "rev-list", "--branches", "^main"], capture_output=True, text=True, check=True
        ).stdout.split()
        show = ([*git, "show", f"{commit}:briefs/evidence.lock"] for commit in commits)
        return [subprocess.run(each, capture_output=True, text=True, check=True).stdout for each in show]

    def asked(self) -> list[str]:
        """What `gh` was asked that changes something."""
        lines = (" ".join(line.split()[:3]) for line in self.log.read_text().splitlines())
        return [line for line in lines if line.startswith(("pr create", "pr edit"))]


@pytest.mark.parametrize("found", [FOUND, FOUND_AGAIN], ids=["nothing", "the day alone"])
def test_without_news_nothing_is_opened(tmp_path: Path, found: str) -> None:
    week = Week(tmp_path, FOUND)
    week.run(found)
    assert (week.asked(), week.proposed()) == ([], [])


def test_news_are_one_pull_request_that_later_weeks_bring_up_to_date(tmp_path: Path) -> None:
    week = Week(tmp_path, FOUND)
    week.run(MISSING)
    assert (week.asked(), week.proposed()) == (["pr create --head"], [MISSING])
    week.run(GONE)
    assert (week.asked(), week.proposed()) == (["pr create --head", "pr edit 7"], [GONE])


def test_the_token_is_in_no_step_that_reads_what_others_wrote() -> None:
    with_token = [step["name"] for step in steps(VERIFY) if "github.token" in str(step)]
    assert "Look for the quotes" not in with_token
    assert len(with_token) == 2
    assert "env" not in steps(VERIFY)[4]

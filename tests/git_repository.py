"""A git repository of files, for tests."""

import os
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path


class Repository:
    """A new repository with the branch main. Git runs as nobody in particular, at a time that a test may move."""

    def __init__(self, path: Path) -> None:
        self.path, self.at = path, datetime(2025, 5, 12, 7, tzinfo=UTC)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str) -> str:
        """What git prints. Raises: CalledProcessError."""
        what = {"NAME": "Nobody", "EMAIL": "nobody@example.org", "DATE": self.at.isoformat()}
        who = {f"GIT_{role}_{name}": value for role in ("AUTHOR", "COMMITTER") for name, value in what.items()}
        done = subprocess.run(
            ["git", "-C", str(self.path), "-c", "commit.gpgsign=false", *arguments],
            env={"PATH": os.environ["PATH"], "HOME": str(self.path), "GIT_CONFIG_NOSYSTEM": "1", **who},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def commit(self, files: Mapping[str, str | None] | None = None) -> None:
        """Writes (None: removes) some files, and commits everything."""
        for name, text in (files or {}).items():
            if text is None:
                (self.path / name).unlink()
            else:
                (self.path / name).write_text(text, encoding="utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "A step")

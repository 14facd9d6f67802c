"""Runs git."""

import subprocess
from pathlib import Path

from bot.errors import SettingsError

TIMEOUT_S = 60
QUICK_TIMEOUT_S = 5
"""For what can do without an answer."""

Answer = subprocess.CompletedProcess[bytes]


def run(directory: Path, *arguments: str, given: bytes = b"") -> Answer:
    """What git answers in a directory, also where it fails. Raises: SettingsError if it is not installed or hangs."""
    try:
        return _run(directory, arguments, given, TIMEOUT_S)
    except FileNotFoundError:
        raise SettingsError(
            "git is not installed, which revisions need; install it, or name directories alone"
        ) from None
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SettingsError(f"git does not answer: {error}; try again, or name directories alone") from error


def output(directory: Path, *arguments: str) -> str | None:
    """The output of git without surrounding white space; None if it fails or takes too long."""
    try:
        answer = _run(directory, arguments, b"", QUICK_TIMEOUT_S)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout.decode(errors="surrogateescape").strip() if answer.returncode == 0 else None


def _run(directory: Path, arguments: tuple[str, ...], given: bytes, timeout_s: int) -> Answer:
    command = ["git", "-C", str(directory), *arguments]
    return subprocess.run(command, input=given, capture_output=True, timeout=timeout_s, check=False)  # noqa: S603

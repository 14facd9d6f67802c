"""Trigger: a brief file was broken or fixed while the bot runs. It tells the maintainers' channel once."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from bot.core.linting.diagnostic import Diagnostic, is_error
from bot.handlers.ports import SlackClient
from bot.render.document.message import Message, problems

DIAGNOSTICS_MAX = 10


def report_broken_files(
    broken: Mapping[Path, Sequence[Diagnostic]], fixed: Iterable[Path], team: str, channel: str, slack: SlackClient
) -> None:
    """Posts one message for the files of one reload."""
    slack.post(team, channel, report(broken, fixed), None)


def report(broken: Mapping[Path, Sequence[Diagnostic]], fixed: Iterable[Path]) -> Message:
    """Which files are broken, at which line and column, what readers see meanwhile, and which files are fixed."""
    lines = []
    for path, diagnostics in sorted(broken.items()):
        lines.append(f"{path.name} is broken; readers go on seeing its last good version.")
        errors = [
            f"{path.name}:{d.line}:{d.column}: {d.code} {d.message}; {d.hint}" for d in diagnostics if is_error(d)
        ]
        lines += errors[:DIAGNOSTICS_MAX]
        if (more := len(errors) - DIAGNOSTICS_MAX) > 0:
            lines.append(f"{more} more: run briefbot check {path.name}")
    lines += [f"{path.name} is fixed. Readers now see the new version." for path in sorted(fixed)]
    return problems(lines)

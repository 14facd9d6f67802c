"""Markdown for the summary of a job on GitHub, which nothing that it quotes can break out of."""

from bot.cli.output import inert

MAX_BYTES = 1_000_000
"""GitHub drops the whole summary of a step over 1,048,576 bytes. Source: docs.github.com, workflow commands, adding a
job summary."""

_INDENT = "    "


def job_summary(heading: str, text: str) -> str:
    """The text under a heading, as it stands; "" if it is empty. A text that is too long is cut behind a line, and a
    last line says so. No line end at the end."""
    if not text:
        return ""
    # Nothing within a block that is indented ends it, unlike one in fences.
    lines = [f"{_INDENT}{line}" for line in inert(text).split("\n")]
    number = _lines_that_fit(lines, MAX_BYTES - 500)
    cut = f"\n\n**Cut after {number:,} of {len(lines):,} lines:** the log of this job has all of them."
    return f"### {heading}\n\n" + "\n".join(lines[:number]) + (cut if number < len(lines) else "")


def _lines_that_fit(lines: list[str], max_bytes: int) -> int:
    """How many of the first lines fit, with their line ends."""
    size = 0
    for index, line in enumerate(lines):
        size += len(line.encode()) + 1
        if size > max_bytes:
            return index
    return len(lines)

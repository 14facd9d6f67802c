"""Problems as annotations that GitHub shows beside the lines of a pull request."""

from collections import Counter
from collections.abc import Mapping, Sequence

from bot.cli.output import count, diagnostic_line, inert_line
from bot.core.linting.diagnostic import Diagnostic, Severity

ANNOTATIONS_MAX = 10
"""Annotations of one severity that GitHub keeps of a step. Source: docs.github.com, troubleshooting workflows."""

_COMMANDS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}
_ROOM: Mapping[Severity, int] = {"error": ANNOTATIONS_MAX, "warning": ANNOTATIONS_MAX, "info": ANNOTATIONS_MAX - 1}
"""One notice counts what has no annotation."""


def annotations(problems: Sequence[Diagnostic]) -> str:
    """Workflow commands, one a line, for the first ten errors, ten warnings and nine notices; the others as plain lines
    for the log, and one notice that counts them. Source: docs.github.com, workflow commands for GitHub Actions."""
    numbers = Counter[str]()
    lines, others = [], []
    for each in problems:
        numbers[each.severity] += 1
        if numbers[each.severity] > _ROOM[each.severity]:
            others.append(each)
        else:
            lines.append(_annotation(each))
    return "\n".join([*lines, *map(diagnostic_line, others), *_notice(others)])


def _annotation(problem: Diagnostic) -> str:
    d = problem
    place = f"file={_property(d.path)},line={d.line},col={d.column},title={d.code}"
    return f"::{_COMMANDS[d.severity]} {place}::{_data(f'{d.message}; {d.hint}')}"


def _notice(others: Sequence[Diagnostic]) -> list[str]:
    if not others:
        return []
    files = count(len({each.path for each in others}), "file")
    return [f"::notice title=briefbot check::…and {count(len(others), 'more problem')} in {files}; the log lists them"]


def _data(text: str) -> str:
    return inert_line(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

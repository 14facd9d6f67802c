"""What stands behind `report`: from its words to a command."""

import re

from bot.core.commands.command import Ambiguous, Command, Search, ShowHelp
from bot.core.commands.name_index import NameIndex
from bot.core.commands.report_commands import ReportMistake
from bot.core.commands.subscribe_arguments import ArgumentProblem
from bot.core.commands.target_arguments import parse_target

_PREPOSITION = re.compile(
    r"^(?:(?:an?\s+)?(?:mistakes?|errors?|problems?)\b\s*)?(?:(?:about|in|of|on|with)\s+(?:the\s+)?)?", re.I
)


def parse_report(verb: str, words: list[str], names: NameIndex) -> Command:
    """`report [brief[/section]]`. Words that name nothing are searched for: a report is also what a court makes."""
    typed = _PREPOSITION.sub("", " ".join(words))
    if not typed:
        return ReportMistake()
    target = parse_target(typed.split(), names)
    if not isinstance(target, ArgumentProblem):
        return ReportMistake(target.brief, target.section)
    attempt = " ".join([verb, *words])
    if target.meanings:
        return Ambiguous(attempt, tuple(map(_report, target.meanings)))
    if len(words) > 1 and not target.nearest:
        return Search(attempt)
    return ShowHelp(verb, target.reason, attempt)


def _report(text: str) -> ReportMistake:
    brief, _, section = text.partition("/")
    return ReportMistake(None if brief == "all" else brief, section or None)

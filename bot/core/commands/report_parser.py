"""What stands behind `report`: from its words to a command."""

import re
from itertools import islice, product

from bot.core.commands.command import Ambiguous, Command, DidYouMean, Search, ShowHelp
from bot.core.commands.name_index import NameIndex
from bot.core.commands.report_commands import ReportMistake
from bot.core.commands.subscribe_arguments import ArgumentProblem
from bot.core.commands.target_arguments import matching, parse_target
from bot.core.subscriptions.subscription import Target

NEAR_MAX = 3
"""Suggestions for misspelt names."""

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
    if near := _near(typed.replace("/", " ").split(), target.nearest, names):
        return DidYouMean(target.unknown, attempt, near, target.reason)
    if len(words) > 1 and not target.nearest:
        return Search(attempt)
    return ShowHelp(verb, target.reason, attempt)


def _near(words: list[str], nearest: tuple[str, ...], names: NameIndex) -> tuple[Command, ...]:
    """What may have been meant: two names of which one or both are misspelt, or one that all words are nearly."""
    pairs = product(*(_spelt(word, names) for word in words)) if len(words) == 2 else ()
    texts = [*map(" ".join, islice(pairs, NEAR_MAX))] or nearest
    targets = (parse_target(text.split(), names) for text in texts)
    return tuple(ReportMistake(each.brief, each.section) for each in targets if isinstance(each, Target))[:NEAR_MAX]


def _spelt(word: str, names: NameIndex) -> list[str]:
    """A word that names something, else the names that it is nearly."""
    known = bool(matching(word, names))
    return [word] if known else [each.name.id for each in names.similar(word) if each.name.kind in ("brief", "section")]


def _report(text: str) -> ReportMistake:
    brief, _, section = text.partition("/")
    return ReportMistake(None if brief == "all" else brief, section or None)

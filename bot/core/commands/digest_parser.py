"""What stands behind `digest`: a schedule, or what is to be done with those that there are."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.core.commands.command import Ambiguous, Command, DidYouMean, ShowHelp, ShowSubscriptions, Subscribe
from bot.core.commands.digest_commands import EndDigests, PreviewDigest, SendDigest, SetDigest, ShowDigest, ShowDigests
from bot.core.commands.name_index import NameIndex
from bot.core.commands.schedule_arguments import AT_DEFAULT, ScheduleProblem, ScheduleSpec, parse_schedule
from bot.core.commands.spec_arguments import parse_spec
from bot.core.commands.time_words import bare_words
from bot.core.digests.schedule import DAILY, WEEKDAYS
from bot.core.spelling import closest_match
from bot.core.subscriptions.subscription import SubscriptionSpec

_NUMBER = re.compile(r"#?(?P<number>[0-9]{1,9})")
"""Nine digits fit into an INTEGER of both databases."""

_ANY = ScheduleSpec(DAILY, AT_DEFAULT)
"""A schedule that is replaced by the one that was typed."""

_PAGE = re.compile(r"(preview|next|(show|open|read) (digest )?#?(?P<number>[0-9]{1,9}))( skip:(?P<skip>[0-9]{1,6}))?")
"""A digest to read, of those that were posted by its number, and where to begin."""

_END = ("off", "stop", "cancel", "end", "remove", "delete", "disable", "none")
_END_FILLERS = ("digest", "digests", "the", "number", "now", "it", "them", "of")
_ALL = ("all", "everything", "both")
_ACTIONS: Mapping[str, Command] = {
    **dict.fromkeys(("preview", "next"), PreviewDigest()),
    **dict.fromkeys(("now", "send", "send now", "right now"), SendDigest()),
    # One list has both, subscriptions and digests.
    **dict.fromkeys(("list", "list all", "show", "show all", "ls", "all", "status"), ShowSubscriptions()),
    **dict.fromkeys(("help", "?"), ShowHelp("digest")),
    **dict.fromkeys(("set", "add", "new"), ShowDigests()),
}
_EVERY_DAY, _WEEKDAYS = (SetDigest(ScheduleSpec(days, AT_DEFAULT)) for days in (DAILY, WEEKDAYS))
_SUGGESTED: Sequence[tuple[re.Pattern[str], str, tuple[Command, ...]]] = (
    (
        re.compile(
            r"tomorrow|hourly|monthly|yearly|bi-?weekly|fortnightly|twice .*"
            r"|(every|each|once an?) (other |second |[0-9]+ |two |three )?(hour|month|year)s?.*"
            r"|every (other|second|[0-9]+|two|three) (day|week)s?.*"
        ),
        "a digest comes every day, on weekdays or on days of the week",
        (_EVERY_DAY, _WEEKDAYS),
    ),
    (re.compile("today|tonight"), "it does not say whether now or every day", (SendDigest(), _EVERY_DAY)),
    (re.compile("mute|pause|unset"), "a digest is ended, not muted", (EndDigests(),)),
)
"""Words that are no schedule, why not, and what to do instead."""


def parse_digest(verb: str, words: list[str], names: NameIndex) -> Command:
    """`digest`, a schedule, `add` or `change <number>` and a schedule, or `off [number|all]`, `preview`, `now`,
    `show <number>`."""
    attempt = " ".join([verb, *words])
    words = [word for word in bare_words(" ".join(words)) if word.casefold() != "please"]
    text = " ".join(words).casefold()
    if text in _ACTIONS:
        return _ACTIONS[text]
    if page := _PAGE.fullmatch(text):
        skip = int(page["skip"] or 0) or None
        return ShowDigest(int(page["number"]), skip) if page["number"] else PreviewDigest(skip)
    for pattern, why, commands in _SUGGESTED:
        if pattern.fullmatch(text):
            return DidYouMean(text, attempt, commands, why)
    match text.split():
        case []:
            return ShowDigests()
        case [word, *rest] if word in _END:
            return _end(verb, [each for each in rest if each not in _END_FILLERS], attempt)
        case [number, word] if word in _END and _NUMBER.fullmatch(number):
            return _end(verb, [number], attempt)
        case [number] if number.startswith("#") and _NUMBER.fullmatch(number):
            why = f"it does not say what to do with digest {number.lstrip('#')}"
            return DidYouMean(number, attempt, (_end(verb, [number], attempt),), why)
        case ["preview" | "now" as word, *_]:
            return ShowHelp(verb, f"“{word}” takes nothing more", attempt)
        case ["show" | "open" | "read", *_]:
            return ShowHelp(verb, "“show” takes the number of a digest that was posted here", attempt)
        case ["add" | "set" | "new", *_]:
            return _set(SetDigest(_ANY, "add" if text.startswith("add") else None), words[1:], names, attempt)
        case ["change", number, *_] if match := _NUMBER.fullmatch(number):
            return _set(SetDigest(_ANY, int(match["number"])), words[2:], names, attempt)
        case ["change", *_]:
            return _set(SetDigest(_ANY), words[1:], names, attempt)
    return _set(SetDigest(_ANY), words, names, attempt)


def _end(verb: str, words: Sequence[str], attempt: str) -> Command:
    match words:
        case []:
            return EndDigests()
        case [word] if word in _ALL:
            return EndDigests("all")
        case [word] if match := _NUMBER.fullmatch(word):
            return EndDigests(int(match["number"]))
    return ShowHelp(verb, "“off” takes the number of a digest or the word all, e.g. digest off 5", attempt)


def _set(command: SetDigest, words: Sequence[str], names: NameIndex, attempt: str) -> Command:
    """The command with the schedule that was typed, else what may have been meant."""
    spec = parse_schedule(words[1:] if words[:1] == ["to"] else words)
    if isinstance(spec, ScheduleSpec):
        return replace(command, spec=spec)
    meanings, nearest = (
        tuple(replace(command, spec=each) for each in specs) for specs in (spec.meanings, spec.nearest)
    )
    if meanings:
        return Ambiguous(attempt, meanings, spec.reason)
    if topic := _topic(spec, names):
        why = f"“{spec.word}” is not a time zone; what a digest is about is said with subscribe"
        return DidYouMean(spec.word, attempt, (topic, *nearest), why)
    if nearest:
        return DidYouMean(spec.word, attempt, nearest, spec.reason)
    if action := closest_match(spec.word.casefold(), [*_ACTIONS, *_END]):
        return DidYouMean(spec.word, attempt, (_ACTIONS.get(action, EndDigests()),), spec.reason)
    return ShowHelp("digest", spec.reason, attempt)


def _topic(problem: ScheduleProblem, names: NameIndex) -> Subscribe | None:
    """What is to be followed where a brief, a section or a tag was named instead of a zone."""
    named = any(name.kind != "verb" for name in names.exact(problem.word))
    if not (named or problem.word.casefold() == "all" or problem.word.casefold().startswith("tag:")):
        return None
    spec = parse_spec([*problem.word.split(), "deliver:digest"], names)
    return Subscribe(spec) if isinstance(spec, SubscriptionSpec) else None

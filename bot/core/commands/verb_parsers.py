"""What stands behind a verb: from its words to a command."""

import re
from collections.abc import Callable
from datetime import timedelta

from bot.core.commands.command import (
    VERBS_BY_NAME,
    Ambiguous,
    Command,
    DidYouMean,
    EndDigests,
    ListBriefs,
    Mute,
    PreviewDigest,
    Range,
    Search,
    SendDigest,
    SetDefaultBrief,
    SetDigest,
    ShowChanges,
    ShowDigests,
    ShowHelp,
    ShowSources,
    ShowStatus,
    ShowSubscriptions,
    Subscribe,
    Unsubscribe,
    Verb,
)
from bot.core.commands.name_index import Name, NameIndex
from bot.core.commands.schedule_arguments import ScheduleSpec, parse_schedule
from bot.core.commands.subscribe_arguments import (
    ArgumentProblem,
    parse_duration,
    parse_option,
    parse_options,
    parse_since,
    parse_subscribe,
    parse_target,
)
from bot.core.spelling import closest_match
from bot.core.subscriptions.subscription import SubscriptionSpec, Target

MUTE_DEFAULT = timedelta(days=7)

_NUMBER = r"#?[0-9]{1,9}"
_SLUG = re.compile(r"(?P<brief>[a-z0-9-]+)(/(?P<section>[a-z0-9-]+))?")
_RANGE = re.compile(r"@(?P<before>[0-9a-f]{8})?\.\.(?P<after>[0-9a-f]{8})?")


def match_prefix(phrase: str, names: NameIndex) -> tuple[Name, ...]:
    """The names that a phrase is, else those that it begins; no verb beside a section, none that changes state."""
    if exact := names.exact(phrase):
        return exact
    begun = names.prefixed(phrase)
    sections = any(name.kind == "section" for name in begun)
    return tuple(n for n in begun if n.kind != "verb" or not (sections or VERBS_BY_NAME[n.id].changes_state))


def _search(verb: Verb, words: list[str], names: NameIndex) -> Command:
    return Search(" ".join(words)) if words else ShowHelp(verb.name, "it does not say what to search for", verb.name)


def _list(verb: Verb, words: list[str], names: NameIndex) -> Command:
    match [word.casefold() for word in words]:
        case []:
            return ListBriefs()
        case [word] if word.startswith("tag:") and word != "tag:":
            return ListBriefs(word.removeprefix("tag:"))
    return ShowHelp(verb.name, "`list` takes nothing or one tag", " ".join([verb.name, *words]))


def _sources(verb: Verb, words: list[str], names: NameIndex) -> Command:
    if not words:
        return ShowSources()
    brief = _one_brief(verb, words, " ".join([verb.name, *words]), names)
    return ShowSources(brief) if isinstance(brief, str) else brief


def _help(verb: Verb, words: list[str], names: NameIndex) -> Command:
    if not words:
        return ShowHelp()
    phrase, attempt = " ".join(words).casefold(), " ".join([verb.name, *words])
    begun = [name for name in VERBS_BY_NAME if name.startswith(phrase)]
    if phrase in VERBS_BY_NAME or len(begun) == 1:
        return ShowHelp(phrase if phrase in VERBS_BY_NAME else begun[0])
    if near := closest_match(phrase, VERBS_BY_NAME):
        return DidYouMean(phrase, attempt, (f"{verb.name} {near}",))
    return ShowHelp(None, f"no command is called \u201c{phrase}\u201d", attempt)


def _changes(verb: Verb, words: list[str], names: NameIndex) -> Command:
    attempt = " ".join([verb.name, *words])
    ranges = list(filter(None, map(_RANGE.fullmatch, words)))
    found = parse_option([word for word in words if not _RANGE.fullmatch(word)], "since")
    if isinstance(found, ArgumentProblem):
        return ShowHelp(verb.name, found.reason, attempt)
    plain, text = found
    back = parse_since(text) if text else None
    if text and back is None:
        return ShowHelp(
            verb.name, f"“since:{text}” is not a valid time; write since:7d, since:12h or since:2025-05-31", attempt
        )
    between = Range(ranges[0]["before"], ranges[0]["after"]) if ranges else None
    if not plain:
        return ShowHelp(verb.name, "it does not say of which brief", attempt) if between else ShowChanges(None, back)
    brief = _one_brief(verb, plain, attempt, names)
    return ShowChanges(brief, back, between) if isinstance(brief, str) else brief


def _one_brief(verb: Verb, words: list[str], attempt: str, names: NameIndex) -> str | Command:
    """The brief that words name, else what to say instead."""
    phrase = " ".join(words)
    briefs = [name.id for name in match_prefix(phrase, names) if name.kind == "brief"]
    if len(briefs) == 1:
        return briefs[0]
    if briefs:
        return Ambiguous(attempt, tuple(f"{verb.name} {slug}" for slug in briefs))
    if near := [n.name.id for n in names.similar(phrase) if n.name.kind == "brief"]:
        return DidYouMean(phrase, attempt, tuple(f"{verb.name} {slug}" for slug in near))
    return ShowHelp(verb.name, f"no brief is called “{phrase}”", attempt)


def _subscribe(verb: Verb, words: list[str], names: NameIndex) -> Command:
    found = parse_subscribe(words, names)
    return Subscribe(found) if isinstance(found, SubscriptionSpec) else _argument_problem(verb, words, found)


def _unsubscribe(verb: Verb, words: list[str], names: NameIndex) -> Command:
    found = _target_or_id(words, names)
    return _argument_problem(verb, words, found) if isinstance(found, ArgumentProblem) else Unsubscribe(found)


def _mute(verb: Verb, words: list[str], names: NameIndex) -> Command:
    length, rest = MUTE_DEFAULT, []
    for word in words:
        if word.casefold().startswith("for:"):
            if (given := parse_duration(word[len("for:") :])) is None:
                return _argument_problem(
                    verb, words, ArgumentProblem(f"“{word}” is not a valid duration; write for:7d, for:12h or for:2w")
                )
            length = given
        else:
            rest.append(word)
    found = _target_or_id(rest, names)
    return _argument_problem(verb, words, found) if isinstance(found, ArgumentProblem) else Mute(found, length)


def _target_or_id(words: list[str], names: NameIndex) -> Target | int | ArgumentProblem:
    """A subscription by its number or its target, which may be a brief that is there no more."""
    if not words:
        return ArgumentProblem("it does not say which subscription")
    if len(words) == 1 and re.fullmatch(_NUMBER, words[0]):
        return int(words[0].lstrip("#"))
    match parse_options(words):
        case [], [("tag", str() as tag, False)] if tag:
            return Target(tag=tag)
        case _, [_, *_]:
            return ArgumentProblem("a subscription goes by its target or its number alone")
    found = parse_target(words, names)
    unknown = isinstance(found, ArgumentProblem) and not (found.nearest or found.meanings)
    if unknown and len(words) == 1 and (m := _SLUG.fullmatch(words[0])):
        return Target(m["brief"], m["section"])
    return found


def _use(verb: Verb, words: list[str], names: NameIndex) -> Command:
    if not words:
        return ShowHelp(verb.name, "it does not say which brief", verb.name)
    if [word.casefold() for word in words] == ["none"]:
        return SetDefaultBrief(None)
    brief = _one_brief(verb, words, " ".join([verb.name, *words]), names)
    return SetDefaultBrief(brief) if isinstance(brief, str) else brief


def _subscriptions(verb: Verb, words: list[str], names: NameIndex) -> Command:
    match [word.casefold() for word in words]:
        case []:
            return ShowSubscriptions()
        case ["all"]:
            return ShowSubscriptions(everywhere=True)
    return ShowHelp(verb.name, "it takes nothing or the word all", " ".join([verb.name, *words]))


def _digest(verb: Verb, words: list[str], names: NameIndex) -> Command:
    match [word.casefold() for word in words]:
        case []:
            return ShowDigests()
        case ["off"] | ["off", "all"]:
            return EndDigests()
        case ["off", number] if re.fullmatch(_NUMBER, number):
            return EndDigests(int(number.lstrip("#")))
        case ["preview"]:
            return PreviewDigest()
        case ["now"]:
            return SendDigest()
    found = parse_schedule(words)
    if isinstance(found, ScheduleSpec):
        return SetDigest(found)
    attempt, meant = " ".join([verb.name, *words]), tuple(f"{verb.name} {each}" for each in found.nearest)
    return DidYouMean(words[-1], attempt, meant, found.reason) if meant else ShowHelp(verb.name, found.reason, attempt)


def _status(verb: Verb, words: list[str], names: NameIndex) -> Command:
    return ShowHelp(verb.name, "it takes nothing", " ".join([verb.name, *words])) if words else ShowStatus()


def _argument_problem(verb: Verb, words: list[str], found: ArgumentProblem) -> Command:
    """What was meant keeps the conditions that stood with it."""
    attempt, (plain, kept) = " ".join([verb.name, *words]), parse_options(words)
    tail = [f"{'-' if minus else ''}{name}:{value}" for name, value, minus in kept]
    meant = tuple(" ".join([verb.name, each, *tail]) for each in found.meanings or found.nearest)
    if not meant:
        return ShowHelp(verb.name, found.reason, attempt)
    return Ambiguous(attempt, meant) if found.meanings else DidYouMean(" ".join(plain), attempt, meant)


PARSERS: dict[str, Callable[[Verb, list[str], NameIndex], Command]] = {
    "search": _search,
    "list": _list,
    "sources": _sources,
    "help": _help,
    "changes": _changes,
    "subscriptions": _subscriptions,
    "status": _status,
    "subscribe": _subscribe,
    "unsubscribe": _unsubscribe,
    "mute": _mute,
    "use": _use,
    "digest": _digest,
}

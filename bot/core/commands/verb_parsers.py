"""What stands behind each verb: from its words to a command. A parser gets the verb's name and the words after it."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from bot.core.commands.command import (
    MUTE_DEFAULT,
    Ambiguous,
    Command,
    DidYouMean,
    ListBriefs,
    Mute,
    Range,
    Search,
    SetDefaultBrief,
    ShowChanges,
    ShowHelp,
    ShowSources,
    ShowStatus,
    ShowSubscriptions,
    Subscribe,
    Unsubscribe,
)
from bot.core.commands.day_words import (
    Since,
    TimePhrase,
    Until,
    parse_for,
    parse_since,
    parse_until,
    take_time,
)
from bot.core.commands.name_index import Name, NameIndex, normalize
from bot.core.commands.subscribe_arguments import (
    ArgumentProblem,
    parse_options,
    parse_spec,
    parse_target,
    parse_values,
)
from bot.core.commands.time_words import bare_words
from bot.core.subscriptions.subscription import SubscriptionSpec, Target

# Nine digits fit into an INTEGER of both databases.
_NUMBER = r"#?[0-9]{1,9}"
_COUNT = r"[0-9]{0,9}"
_SLUG = re.compile(r"(?P<brief>[a-z0-9-]+)(/(?P<section>[a-z0-9-]+))?")
_CHANGES_MARKERS: dict[str, Callable[[str], Since | None]] = {"since": parse_since}
_MUTE_MARKERS: dict[str, Callable[[str], Until | None]] = {
    "for": parse_for,
    **dict.fromkeys(("until", "till", "til"), parse_until),
}
_RANGE = re.compile(r"@(?P<before>[0-9a-f]{8})?\.\.(?P<after>[0-9a-f]{8})?")


def match_prefix(phrase: str, names: NameIndex) -> tuple[Name, ...]:
    """The names that a phrase is, else those that it begins, without verbs beside a section and without those that
    change state. Sections first; empty where there are none."""
    if exact := names.exact(phrase):
        return exact
    matches = names.prefixed(phrase)
    sections = any(name.kind == "section" for name in matches)
    return tuple(name for name in matches if not name.exact_only and not (sections and name.kind == "verb"))


def parse_search(verb: str, words: list[str], names: NameIndex) -> Command:
    """`search <words>`."""
    return Search(" ".join(words)) if words else ShowHelp(verb, "it does not say what to search for", verb)


def parse_list(verb: str, words: list[str], names: NameIndex) -> Command:
    """`list [tag:<tag>]`."""
    match [word.casefold() for word in words]:
        case []:
            return ListBriefs()
        case [word] if word.startswith("tag:") and word != "tag:":
            return ListBriefs(word.removeprefix("tag:"))
    return ShowHelp(verb, "`list` takes nothing or one tag", _attempt(verb, words))


def parse_sources(verb: str, words: list[str], names: NameIndex) -> Command:
    """`sources [brief]`."""
    return _with_brief(verb, words, _attempt(verb, words), names, ShowSources) if words else ShowSources()


def parse_help(verb: str, words: list[str], names: NameIndex) -> Command:
    """`help [verb]`; the start of a verb is enough where it is the only one."""
    if not words:
        return ShowHelp()
    phrase, attempt = " ".join(words).casefold(), _attempt(verb, words)
    phrase = normalize(phrase).removesuffix(" please")
    verbs = _verbs(names.exact(phrase)) or _verbs(names.prefixed(phrase))
    if len(verbs) == 1:
        return ShowHelp(verbs[0])
    if near := _verbs(match.name for match in names.similar(phrase)):
        return DidYouMean(phrase, attempt, (ShowHelp(near[0]),))
    return ShowHelp(None, f"no command is called “{phrase}”", attempt)


def _verbs(names: Iterable[Name]) -> list[str]:
    return [name.id for name in names if name.kind == "verb"]


def parse_changes(verb: str, words: list[str], names: NameIndex) -> Command:
    """`changes [brief] [since:7d] [skip:20]`, or `changes <brief> @<before>..<after>`."""
    attempt = _attempt(verb, words)
    ranges = list(filter(None, map(_RANGE.fullmatch, words)))
    parsed = _list_query([word for word in words if not _RANGE.fullmatch(word)])
    if isinstance(parsed, ArgumentProblem):
        return ShowHelp(verb, parsed.reason, attempt)
    plain, query = parsed
    between = Range(ranges[0]["before"], ranges[0]["after"]) if ranges else None
    if plain:
        return _with_brief(verb, plain, attempt, names, lambda slug: replace(query, brief=slug, between=between))
    return ShowHelp(verb, "it does not say of which brief", attempt) if between else query


def _list_query(words: list[str]) -> tuple[list[str], ShowChanges] | ArgumentProblem:
    """Plain words, and the query of their options for all briefs."""
    phrase: TimePhrase[Since] = take_time(bare_words(" ".join(words)), _CHANGES_MARKERS, parse_since)
    parsed = parse_values(phrase.words, "skip")
    if isinstance(parsed, ArgumentProblem):
        return parsed
    if phrase.unreadable:
        return ArgumentProblem(
            f"“{phrase.unreadable}” is not a valid time; write since:7d, since:yesterday or since:2025-05-31"
        )
    plain, values = parsed
    skip_text = values.get("skip", "")
    if not re.fullmatch(_COUNT, skip_text):
        return ArgumentProblem(f"“skip:{skip_text}” is not a number; write skip:20")
    return plain, ShowChanges(None, phrase.time, None, int(skip_text or 0) or None)


def parse_subscribe(verb: str, words: list[str], names: NameIndex) -> Command:
    """`subscribe <target> [filters] [deliver:…]`."""
    return _read(verb, words, names, _subscribe)


def _subscribe(words: list[str], names: NameIndex) -> Subscribe | ArgumentProblem:
    spec = parse_spec(words, names)
    return Subscribe(spec) if isinstance(spec, SubscriptionSpec) else spec


def parse_unsubscribe(verb: str, words: list[str], names: NameIndex) -> Command:
    """`unsubscribe <target|#n>`."""
    return _read(verb, words, names, _unsubscribe)


def _unsubscribe(words: list[str], names: NameIndex) -> Unsubscribe | ArgumentProblem:
    target_or_id = _target_or_id(words, names)
    return target_or_id if isinstance(target_or_id, ArgumentProblem) else Unsubscribe(target_or_id)


def parse_mute(verb: str, words: list[str], names: NameIndex) -> Command:
    """`mute <target|#n> [for:7d|until:friday]`."""
    return _read(verb, words, names, _mute)


def _mute(words: list[str], names: NameIndex) -> Mute | ArgumentProblem:
    phrase: TimePhrase[Until] = take_time(bare_words(" ".join(words)), _MUTE_MARKERS, parse_for)
    if phrase.unreadable:
        reason = f"“{phrase.unreadable}” is not a valid time of at most ten years"
        return ArgumentProblem(f"{reason}; write for:7d, for:12h or until:friday")
    target_or_id = _target_or_id(list(phrase.words), names)
    if isinstance(target_or_id, ArgumentProblem):
        return target_or_id
    return Mute(target_or_id, MUTE_DEFAULT if phrase.time is None else phrase.time)


def parse_use(verb: str, words: list[str], names: NameIndex) -> Command:
    """`use <brief>|none`."""
    if not words:
        return ShowHelp(verb, "it does not say which brief", verb)
    if [word.casefold() for word in words] == ["none"]:
        return SetDefaultBrief(None)
    return _with_brief(verb, words, _attempt(verb, words), names, SetDefaultBrief)


def parse_subscriptions(verb: str, words: list[str], names: NameIndex) -> Command:
    """`subscriptions [all]`."""
    match [word.casefold() for word in words]:
        case []:
            return ShowSubscriptions()
        case ["all"]:
            return ShowSubscriptions(everywhere=True)
    return ShowHelp(verb, "it takes nothing or the word all", _attempt(verb, words))


def parse_status(verb: str, words: list[str], names: NameIndex) -> Command:
    """`status`."""
    return ShowHelp(verb, "it takes nothing", _attempt(verb, words)) if words else ShowStatus()


# What the parsers share


def _attempt(verb: str, words: list[str]) -> str:
    return " ".join([verb, *words])


def _with_brief(
    verb: str, words: list[str], attempt: str, names: NameIndex, build: Callable[[str], Command]
) -> Command:
    """The command of the brief that words name, else what to say instead. `build` takes a slug."""
    phrase = " ".join(words)
    briefs = [name.id for name in match_prefix(phrase, names) if name.kind == "brief"]
    if len(briefs) == 1:
        return build(briefs[0])
    if briefs:
        return Ambiguous(attempt, tuple(map(build, briefs)))
    if near := [match.name.id for match in names.similar(phrase) if match.name.kind == "brief"]:
        return DidYouMean(phrase, attempt, tuple(map(build, near)))
    return ShowHelp(verb, f"no brief is called “{phrase}”", attempt)


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
    target = parse_target(words, names)
    unknown = isinstance(target, ArgumentProblem) and not (target.nearest or target.meanings)
    if unknown and len(words) == 1 and (slug := _SLUG.fullmatch(words[0])):
        return Target(slug["brief"], slug["section"])
    return target


def _read(
    verb: str,
    words: list[str],
    names: NameIndex,
    reader: Callable[[list[str], NameIndex], Command | ArgumentProblem],
) -> Command:
    """The command; else what may have been meant, with the options that stood with it; else the usage."""
    command, attempt = reader(words, names), _attempt(verb, words)
    if not isinstance(command, ArgumentProblem):
        return command
    plain, options = parse_options(words)
    tail = [f"{'-' if minus else ''}{name}:{value}" for name, value, minus in options]
    alternatives = [[*text.split(), *tail] for text in command.meanings or command.nearest]
    if not alternatives:
        return ShowHelp(verb, command.reason, attempt)
    commands = tuple(_or_help(verb, each, reader(each, names)) for each in alternatives)
    return Ambiguous(attempt, commands) if command.meanings else DidYouMean(" ".join(plain), attempt, commands)


def _or_help(verb: str, words: list[str], command: Command | ArgumentProblem) -> Command:
    return ShowHelp(verb, command.reason, _attempt(verb, words)) if isinstance(command, ArgumentProblem) else command

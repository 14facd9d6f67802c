"""What stands behind the verbs about subscriptions: from its words to a command."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.core.briefs.brief import ID_MAX
from bot.core.commands.command import (
    MUTE_DEFAULT,
    Ambiguous,
    Command,
    DidYouMean,
    Mute,
    ShowHelp,
    ShowSubscriptions,
    Subscribe,
    Unsubscribe,
)
from bot.core.commands.day_words import TimePhrase, Until, parse_for, parse_until, take_time
from bot.core.commands.name_index import NameIndex
from bot.core.commands.spec_arguments import parse_spec, tag_form
from bot.core.commands.subscribe_arguments import ArgumentProblem, Option, parse_options, quoted
from bot.core.commands.subscription_commands import EndSubscriptions, ShowObjects, ShowSubscription, Unmute
from bot.core.commands.target_arguments import SEVERAL_MAX, parse_target
from bot.core.commands.time_words import bare_words
from bot.core.subscriptions.subscription import SubscriptionSpec, Target

EVERYTHING = frozenset({"everything", "*", "all of them", "all subscriptions", "all of it"})
"""Words for all that a channel follows; `all` is the subscription of all briefs."""

# Nine digits fit into an INTEGER of both databases.
_NUMBER = re.compile(r"#?[0-9]{1,9}")
_SLUG = re.compile(rf"(?P<brief>[a-z0-9-]{{1,{ID_MAX}}})(/(?P<section>[a-z0-9-]{{1,{ID_MAX}}}))?")

_MUTE_MARKERS: dict[str, Callable[[str], Until | None]] = {
    "for": parse_for,
    **dict.fromkeys(("until", "till", "til"), parse_until),
}

Reader = Callable[[list[str], NameIndex], Command | ArgumentProblem]


def parse_subscribe(verb: str, words: list[str], names: NameIndex) -> Command:
    """`subscribe <target> [filters] [deliver:…]`."""
    return _read(verb, words, names, _subscribe) if words else ShowObjects("subscribe")


def _subscribe(words: list[str], names: NameIndex) -> Command | ArgumentProblem:
    spec = parse_spec(words, names)
    return Subscribe(spec) if isinstance(spec, SubscriptionSpec) else spec


def parse_unsubscribe(verb: str, words: list[str], names: NameIndex) -> Command:
    """`unsubscribe <target|#n>`."""
    if not words:
        return ShowObjects("unsubscribe")
    if " ".join(words).casefold() in EVERYTHING:
        return EndSubscriptions()
    return _read(verb, words, names, _unsubscribe)


def _unsubscribe(words: list[str], names: NameIndex) -> Command | ArgumentProblem:
    target_or_id = _target_or_id(*parse_options(words), names)
    return target_or_id if isinstance(target_or_id, ArgumentProblem) else Unsubscribe(target_or_id)


def parse_mute(verb: str, words: list[str], names: NameIndex) -> Command:
    """`mute <target|#n> [for:7d|until:friday]`."""
    return _read(verb, words, names, _mute) if words else ShowObjects("mute")


def _mute(words: list[str], names: NameIndex) -> Command | ArgumentProblem:
    phrase: TimePhrase[Until] = take_time(bare_words(" ".join(words)), _MUTE_MARKERS, parse_for)
    if phrase.unreadable:
        reason = f"{quoted(phrase.unreadable)} is not a valid time of at most ten years"
        return ArgumentProblem(f"{reason}; write for:7d, for:12h or until:friday")
    plain, options = parse_options(phrase.words)
    if any(option.name in _MUTE_MARKERS for option in options):
        return ArgumentProblem("there are two times and only one can count; write one of them")
    target_or_id = _target_or_id(plain, options, names)
    if not isinstance(target_or_id, ArgumentProblem):
        return Mute(target_or_id, MUTE_DEFAULT if phrase.time is None else phrase.time)
    # The time that stood with what may have been meant.
    tail = str(Mute(0, phrase.time)).removeprefix("mute #0") if phrase.time is not None else ""
    nearest, meanings = ([f"{text}{tail}" for text in texts] for texts in (target_or_id.nearest, target_or_id.meanings))
    return replace(target_or_id, nearest=tuple(nearest), meanings=tuple(meanings))


def parse_unmute(verb: str, words: list[str], names: NameIndex) -> Command:
    """`unmute <target|#n>`."""
    return _read(verb, words, names, _unmute) if words else ShowObjects("unmute")


def _unmute(words: list[str], names: NameIndex) -> Command | ArgumentProblem:
    target_or_id = _target_or_id(*parse_options(words), names)
    return target_or_id if isinstance(target_or_id, ArgumentProblem) else Unmute(target_or_id)


def parse_subscriptions(verb: str, words: list[str], names: NameIndex) -> Command:
    """`subscriptions [all|#n]`."""
    match [word.casefold() for word in words]:
        case []:
            return ShowSubscriptions()
        case ["all"]:
            return ShowSubscriptions(everywhere=True)
        case [number] if _NUMBER.fullmatch(number):
            return ShowSubscription(int(number.lstrip("#")))
    return ShowHelp(verb, "it takes nothing, the word all, or a number such as #3", " ".join([verb, *words]))


# What the parsers share


def _target_or_id(plain: list[str], options: Sequence[Option], names: NameIndex) -> Target | int | ArgumentProblem:
    """A subscription by its number or its target, which may be a brief that is there no more."""
    words = [word for word in (word.strip(",.;:!?()") for word in plain) if word]
    if words and not options and all(map(_NUMBER.fullmatch, words)):
        numbers = [int(word.lstrip("#")) for word in words[:SEVERAL_MAX]]
        several = ArgumentProblem("one at a time", tuple(f"#{number}" for number in numbers))
        return numbers[0] if len(numbers) == 1 else several
    behind = [word for option in options for word in (str(option), *option.following)]
    if (
        options
        and len(behind) == len(plain) + len(options)
        and all(each.name == "tag" and not each.minus for each in options)
    ):
        tags = parse_spec(behind, names)
        return tags.target if isinstance(tags, SubscriptionSpec) else tags
    if not words and not options:
        return ArgumentProblem("it does not say which subscription")
    target = parse_target(plain, names)
    if options:
        named = words[0] if len(words) == 1 and _NUMBER.fullmatch(words[0]) else target
        nearest = (str(named),) if isinstance(named, Target | str) and plain else ()
        return ArgumentProblem("a subscription goes by its target or its number alone", nearest)
    if isinstance(target, ArgumentProblem) and not (target.nearest or target.meanings) and len(words) == 1:
        slug = _SLUG.fullmatch(words[0])
        return Target(slug["brief"], slug["section"]) if slug else target
    return target


def _read(verb: str, words: list[str], names: NameIndex, reader: Reader) -> Command:
    """The command; else what may have been meant; else the usage. Without words what there is to choose from."""
    command, attempt = reader(words, names), " ".join([verb, *words])
    if not isinstance(command, ArgumentProblem):
        return command
    meanings, nearest = (
        [_or_help(verb, text, reader, names) for text in texts] for texts in (command.meanings, command.nearest)
    )
    if meanings:
        return Ambiguous(attempt, tuple(meanings))
    nearest += _tagged(words, command.unknown, names) if verb == "subscribe" else []
    if not nearest:
        return ShowHelp(verb, command.reason, attempt)
    return DidYouMean(command.unknown or attempt, attempt, tuple(nearest), command.reason)


def _tagged(words: list[str], unknown: str, names: NameIndex) -> list[Command]:
    """The suggestion to follow the tag of this name; only where the briefs are it is known whether there is one."""
    tag = tag_form(unknown)
    _, options = parse_options(words)
    spec = parse_spec([f"tag:{tag}", *map(str, options)], names) if tag and "," not in tag else None
    return [Subscribe(spec)] if isinstance(spec, SubscriptionSpec) else []


def _or_help(verb: str, text: str, reader: Reader, names: NameIndex) -> Command:
    """The command of a suggestion; a suggestion may be wrong in another place as well."""
    command = reader(text.split(), names)
    return ShowHelp(verb, command.reason, f"{verb} {text}") if isinstance(command, ArgumentProblem) else command

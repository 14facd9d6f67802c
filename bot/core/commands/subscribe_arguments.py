"""Parses what is typed behind subscribe, unsubscribe and mute: targets and filters."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from bot.core.briefs.brief import ID_MAX, ChangeKind
from bot.core.commands.name_index import Name, NameIndex
from bot.core.subscriptions.subscription import DELIVERS, Deliver, Field, Filter, SubscriptionSpec, Target

# Editorial changes are never announced: a filter on them would match nothing.
KINDS: tuple[str, ...] = tuple(kind for kind in get_args(ChangeKind) if kind != "editorial")
FIELDS: tuple[Field, ...] = get_args(Field)
_OPTION = re.compile(r"(?P<minus>-?)(?P<name>[a-z]+):(?P<value>.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ArgumentProblem:
    """Why the arguments could not be parsed, without capital and full stop; `nearest` are spelling suggestions, best
    first, `meanings` possible readings, in alphabetical order: both are texts to type, and may be empty."""

    reason: str
    nearest: tuple[str, ...] = ()
    meanings: tuple[str, ...] = ()


def parse_options(words: Iterable[str]) -> tuple[list[str], list[tuple[str, str, bool]]]:
    """Plain words as typed, and options as (name, value, whether it has a minus) in lower case; both in the order
    typed."""
    plain, options = [], []
    for word in words:
        if option := _OPTION.fullmatch(word):
            options.append((option["name"].casefold(), option["value"].casefold(), bool(option["minus"])))
        else:
            plain.append(word)
    return plain, options


def parse_values(words: Iterable[str], *names: str) -> tuple[list[str], Mapping[str, str]] | ArgumentProblem:
    """Plain words, and the values of options by name, in lower case, of several with one name the last. A problem for
    an option that is not among `names`."""
    plain, options = parse_options(words)
    for name, value, minus in options:
        if name not in names or minus:
            return ArgumentProblem(f"“{'-' if minus else ''}{name}:{value}” does not belong here")
    return plain, {name: value for name, value, _ in options}


def parse_spec(words: Sequence[str], names: NameIndex) -> SubscriptionSpec | ArgumentProblem:
    """From what stands behind `subscribe`."""
    plain, options = parse_options(words)
    tags = [value for name, value, minus in options if name == "tag" and value and not minus]
    # A tag alone is the target; beside another target it is a filter.
    if not plain and tags:
        target: Target | ArgumentProblem = Target(tag=tags[0])
        options.remove(("tag", tags[0], False))
    else:
        target = parse_target(plain, names)
    if isinstance(target, ArgumentProblem):
        return target
    filters: list[Filter] = []
    deliver: Deliver = "channel"
    for name, value, minus in options:
        match _filter_or_deliver(name, value, minus, names):
            case ArgumentProblem() as problem:
                return problem
            case Filter() as filter_:
                filters.append(filter_)
            case deliver_value:
                deliver = deliver_value
    return SubscriptionSpec(target, tuple(dict.fromkeys(filters)), deliver)


def parse_target(words: Sequence[str], names: NameIndex) -> Target | ArgumentProblem:
    """`all`, a brief, `brief/section`, a section (of all briefs), or a section and a brief in either order."""
    parts = [part.split() for part in " ".join(words).casefold().split("/") if part.strip()]
    typed = [word for part in parts for word in part]
    if not typed:
        return ArgumentProblem("it does not say what to follow")
    if sum(map(len, typed)) > 2 * ID_MAX:  # no two names are as long, and a pasted page must cost nothing
        return ArgumentProblem("no brief and no section has so long a name")
    if typed[0] == "all":
        return _of_all(" ".join(typed[1:]), names) if typed[1:] else Target()
    cuts = [len(parts[0])] if len(parts) > 1 else range(len(typed))
    return _target_of(typed, cuts, names)


def _of_all(section: str, names: NameIndex) -> Target | ArgumentProblem:
    keys = [name.id for name in _matching(section, names) if name.kind == "section"]
    return Target(section=keys[0]) if len(keys) == 1 else ArgumentProblem(f"no section is called “{section}”")


def _target_of(words: list[str], cuts: Iterable[int], names: NameIndex) -> Target | ArgumentProblem:
    """What words name that are cut in two at one of these places, or at 0 not at all; exact names beat beginnings."""
    typed = " ".join(words)
    exact = {target for cut in cuts for target in _targets(words, cut, names.exact)}
    targets = exact or {
        target for cut in cuts for target in _targets(words, cut, lambda phrase: _matching(phrase, names))
    }
    if len(targets) == 1:
        return targets.pop()
    if targets:
        return ArgumentProblem(f"“{typed}” can mean several things", meanings=tuple(sorted(map(str, targets))))
    near = tuple(n.name.id for n in names.similar(typed) if n.name.kind != "verb")
    return ArgumentProblem(f"no brief and no section is called “{typed}”", near)


def _targets(words: list[str], cut: int, lookup: Callable[[str], Iterable[Name]]) -> Iterator[Target]:
    for right in lookup(" ".join(words[cut:])):
        for left in lookup(" ".join(words[:cut])) if cut else (right,):
            match {left.kind: left.id, right.kind: right.id}:
                case {"brief": brief, "section": section}:
                    yield Target(brief, section)
                case {"brief": brief} if not cut:
                    yield Target(brief)
                case {"section": section} if not cut:
                    yield Target(section=section)


def _matching(phrase: str, names: NameIndex) -> list[Name]:
    """The sections and briefs that a phrase is, else those that it begins."""
    return [n for n in names.exact(phrase) or names.prefixed(phrase) if n.kind != "verb"]


def _filter_or_deliver(name: str, value: str, minus: bool, names: NameIndex) -> Filter | Deliver | ArgumentProblem:
    match name:
        case "kind":
            return Filter("kind", value, minus) if value in KINDS else _unknown_value(name, value, KINDS)
        case "section":
            keys = [n.id for n in _matching(value, names) if n.kind == "section"]
            return Filter("section", keys[0], minus) if len(keys) == 1 else _unknown_value(name, value, ())
        case "tag" if value:
            return Filter("tag", value, minus)
        case "deliver" if not minus:
            return value if value in DELIVERS else _unknown_value("way to deliver", value, DELIVERS)
        case _:
            return ArgumentProblem(
                f"“{'-' if minus else ''}{name}:{value}” is not a valid filter; the filters are {', '.join(FIELDS)}"
            )


def _unknown_value(name: str, value: str, known: Sequence[str]) -> ArgumentProblem:
    there_are = f"; there are {', '.join(known)}" if known else ""
    return ArgumentProblem(f"no {name} is called “{value}”{there_are}")

"""What people type behind the verbs that follow changes: targets, conditions, times. Words in, values out."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args

from bot.core.briefs.brief import ID_MAX, ChangeKind
from bot.core.commands.name_index import Name, NameIndex
from bot.core.subscriptions.subscription import DELIVERS, Deliver, Field, Filter, SubscriptionSpec, Target

KINDS: tuple[str, ...] = tuple(kind for kind in get_args(ChangeKind) if kind != "editorial")
FIELDS: tuple[Field, ...] = get_args(Field)
_OPTION = re.compile(r"(?P<minus>-?)(?P<name>[a-z]+):(?P<value>.*)", re.IGNORECASE)
_SPAN = re.compile(r"(?P<count>[0-9]{1,4})(?P<unit>[hdw])")
_UNITS: Mapping[str, timedelta] = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
SPAN_MAX = timedelta(days=3660)


@dataclass(frozen=True, slots=True)
class ArgumentProblem:
    """Why words are no wish; `nearest` are words that may have been meant, `meanings` what they can mean."""

    reason: str
    nearest: tuple[str, ...] = ()
    meanings: tuple[str, ...] = ()


def parse_duration(text: str) -> timedelta | None:
    """A time such as `12h`, `7d`, `2w`; None for other words and for nothing at all."""
    found = _SPAN.fullmatch(text.casefold())
    length = int(found["count"]) * _UNITS[found["unit"]] if found else timedelta(0)
    return length if timedelta(0) < length <= SPAN_MAX else None


def parse_since(text: str) -> timedelta | date | None:
    """How far back: a span, or a day as YYYY-MM-DD."""
    try:
        return parse_duration(text) or date.fromisoformat(text)
    except ValueError:
        return None


def parse_options(words: Iterable[str]) -> tuple[list[str], list[tuple[str, str, bool]]]:
    """Plain words, and options as (name, value, whether it has a minus)."""
    plain, found = [], []
    for word in words:
        if option := _OPTION.fullmatch(word):
            found.append((option["name"].casefold(), option["value"].casefold(), bool(option["minus"])))
        else:
            plain.append(word)
    return plain, found


def parse_option(words: Iterable[str], name: str) -> tuple[list[str], str | None] | ArgumentProblem:
    """Plain words and the value of the one option that there may be."""
    plain, found = parse_options(words)
    for other, value, minus in found:
        if other != name or minus:
            return ArgumentProblem(f"“{'-' if minus else ''}{other}:{value}” does not belong here")
    return plain, found[-1][1] if found else None


def parse_subscribe(words: Sequence[str], names: NameIndex) -> SubscriptionSpec | ArgumentProblem:
    """From what stands behind `subscribe`."""
    plain, found = parse_options(words)
    tags = [value for name, value, minus in found if name == "tag" and value and not minus]
    if not plain and tags:
        aim: Target | ArgumentProblem = Target(tag=tags[0])
        found.remove(("tag", tags[0], False))
    else:
        aim = parse_target(plain, names)
    if isinstance(aim, ArgumentProblem):
        return aim
    conditions: list[Filter] = []
    deliver: Deliver = "channel"
    for name, value, minus in found:
        match _condition(name, value, minus, names):
            case ArgumentProblem() as unclear:
                return unclear
            case Filter() as condition:
                conditions.append(condition)
            case way:
                deliver = way
    return SubscriptionSpec(aim, tuple(dict.fromkeys(conditions)), deliver)


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
    return _aimed(typed, cuts, names)


def _of_all(section: str, names: NameIndex) -> Target | ArgumentProblem:
    found = [name.id for name in _named(section, names) if name.kind == "section"]
    return Target(section=found[0]) if len(found) == 1 else ArgumentProblem(f"no section is called “{section}”")


def _aimed(words: list[str], cuts: Iterable[int], names: NameIndex) -> Target | ArgumentProblem:
    """What words name that are cut in two at one of these places, or at 0 not at all; exact names beat beginnings."""
    typed = " ".join(words)
    exactly = {aim for cut in cuts for aim in _targets(words, cut, names.exact)}
    found = exactly or {aim for cut in cuts for aim in _targets(words, cut, lambda phrase: _named(phrase, names))}
    if len(found) == 1:
        return found.pop()
    if found:
        return ArgumentProblem(f"“{typed}” can mean several things", meanings=tuple(sorted(map(str, found))))
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


def _named(phrase: str, names: NameIndex) -> list[Name]:
    """The sections and briefs that a phrase is, else those that it begins."""
    return [n for n in names.exact(phrase) or names.prefixed(phrase) if n.kind != "verb"]


def _condition(name: str, value: str, minus: bool, names: NameIndex) -> Filter | Deliver | ArgumentProblem:
    match name:
        case "kind":
            return Filter("kind", value, minus) if value in KINDS else _no(name, value, KINDS)
        case "section":
            found = [n.id for n in _named(value, names) if n.kind == "section"]
            return Filter("section", found[0], minus) if len(found) == 1 else _no(name, value, ())
        case "tag" if value:
            return Filter("tag", value, minus)
        case "deliver" if not minus:
            return value if value in DELIVERS else _no("way to deliver", value, DELIVERS)
        case _:
            return ArgumentProblem(
                f"“{'-' if minus else ''}{name}:{value}” is not a valid filter; the filters are {', '.join(FIELDS)}"
            )


def _no(name: str, value: str, known: Sequence[str]) -> ArgumentProblem:
    there_are = f"; there are {', '.join(known)}" if known else ""
    return ArgumentProblem(f"no {name} is called “{value}”{there_are}")

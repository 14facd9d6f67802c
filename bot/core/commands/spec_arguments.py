"""Parses what is typed behind subscribe: a target, conditions, a way to deliver."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from bot.core.briefs.brief import ID_MAX, ChangeKind
from bot.core.commands.name_index import NameIndex
from bot.core.commands.subscribe_arguments import ArgumentProblem, Option, quoted, split_options, two_of
from bot.core.commands.target_arguments import ALL, matching, parse_target
from bot.core.spelling import closest_match
from bot.core.subscriptions.subscription import DELIVERS, Deliver, Field, Filter, SubscriptionSpec, Target

# Editorial changes are never announced: a filter on them would match nothing.
KINDS: tuple[str, ...] = tuple(kind for kind in get_args(ChangeKind) if kind != "editorial")
FIELDS: tuple[Field, ...] = get_args(Field)

CONDITIONS_MAX = 20
"""Conditions of one subscription: the button that takes it back holds them all."""

TARGET_MAX = 130
"""Characters of a target in the database."""

TAG_TOO_LONG = f"a tag has at most {ID_MAX} characters"

CONDITION_WORDS: Mapping[str, str] = {
    **{f"{kind}{ending}": f"kind:{kind}" for kind in KINDS for ending in ("", "s")},
    **dict.fromkeys(("fixes", "errors", "mistakes"), "kind:correction"),
    **dict.fromkeys(("digest", "digests", "daily", "weekly", "weekdays", "summary", "day", "week"), "deliver:digest"),
    **dict.fromkeys(("thread", "threads", "threaded"), "deliver:thread"),
}
"""Words that people type for a condition or a way to deliver."""

EXCLUDING = frozenset({"no", "not", "without", "except", "minus", "excluding"})
"""Words that leave out the kind behind them."""

FILLERS = frozenset("only just in a an as by the via with and or one once per every each for of about please".split())


@dataclass(frozen=True, slots=True)
class Conditions:
    """What narrows a subscription; `rest` are the words that belong to no condition."""

    filters: tuple[Filter, ...] = ()
    deliver: Deliver | None = None
    rest: tuple[str, ...] = ()

    def __str__(self) -> str:
        way = f"deliver:{self.deliver}" if self.deliver else ""
        return " ".join(filter(None, (*map(str, self.filters), way)))


def parse_spec(words: Sequence[str], names: NameIndex) -> SubscriptionSpec | ArgumentProblem:
    """From what stands behind `subscribe`."""
    before, options = split_options(words)
    conditions = _conditions(options, not before, names)
    if isinstance(conditions, ArgumentProblem) and not before:
        return _behind_target(conditions, Target())
    plain = [*before, *(conditions.rest if isinstance(conditions, Conditions) else ())]
    if isinstance(conditions, Conditions) and options and not plain:
        conditions, target = _tags_as_target(conditions)
    else:
        target = parse_target(plain, names)
    if isinstance(target, ArgumentProblem):
        return _with_conditions(_reworded(plain, names) or target, options, conditions)
    if isinstance(conditions, ArgumentProblem):
        return _behind_target(conditions, target)
    return limited(SubscriptionSpec(target, conditions.filters, conditions.deliver or "channel"))


def limited(spec: SubscriptionSpec) -> SubscriptionSpec | ArgumentProblem:
    """The subscription itself, unless it is larger than a row and a button can hold."""
    if any(len(name) > ID_MAX for name in (*spec.target.tags, *(each.value for each in spec.filters))):
        return ArgumentProblem(TAG_TOO_LONG)
    if len(str(spec.target)) > TARGET_MAX:
        return ArgumentProblem("these are too many tags for one subscription; follow some of them by themselves")
    if len(spec.filters) > CONDITIONS_MAX:
        return ArgumentProblem(f"a subscription has at most {CONDITIONS_MAX} conditions, and here are more")
    return spec


def _tags_as_target(conditions: Conditions) -> tuple[Conditions, Target | ArgumentProblem]:
    """Tags alone are the target, a brief with one of them; beside another target they are conditions."""
    tags = sorted({each.value for each in conditions.filters if each.field == "tag" and not each.exclude})
    if not tags:
        return conditions, ArgumentProblem("it does not say what to follow", ("all",))
    others = tuple(each for each in conditions.filters if each.field != "tag" or each.exclude)
    return replace(conditions, filters=others), Target(tag=",".join(tags))


def _with_conditions(
    problem: ArgumentProblem, options: Sequence[Option], conditions: Conditions | ArgumentProblem
) -> ArgumentProblem:
    """The suggestions for a target, with the conditions that stood behind it."""
    tail = str(conditions) if isinstance(conditions, Conditions) else " ".join(map(str, options))
    return replace(
        problem,
        nearest=tuple(f"{text} {tail}".strip() for text in problem.nearest),
        meanings=tuple(f"{text} {tail}".strip() for text in problem.meanings),
    )


def _behind_target(problem: ArgumentProblem, target: Target) -> ArgumentProblem:
    return replace(problem, nearest=tuple(f"{target} {text}" for text in problem.nearest))


def _reworded(plain: Sequence[str], names: NameIndex) -> ArgumentProblem | None:
    """The suggestion for words such as `all corrections only` or `guatemala daily`; None where they are no such."""
    conditions: list[str] = []
    rest: list[str] = []
    words = [word.strip(".!?;") for word in " ".join(plain).casefold().replace(",", " ").split()]
    for before, word in zip(["", *words], words, strict=False):
        name = word.lstrip("-–—−")
        if condition := CONDITION_WORDS.get(name):
            kind_left_out = (before in EXCLUDING or name != word) and condition.startswith("kind:")
            conditions.append(f"-{condition}" if kind_left_out else condition)
        elif word not in FILLERS | EXCLUDING:
            rest.append(word)
    target = parse_target(rest, names) if conditions and rest else Target()
    if not conditions or isinstance(target, ArgumentProblem):
        return None
    text = " ".join(dict.fromkeys(conditions))
    return ArgumentProblem(f"this is written {text}", (f"{target} {text}",))


# Conditions


def _conditions(options: Sequence[Option], without_target: bool, names: NameIndex) -> Conditions | ArgumentProblem:
    """What options say. `without_target`: no word stands in front of them, so words behind them may name one."""
    filters: list[Filter] = []
    rest: list[str] = []
    deliver: Deliver | None = None
    for option in options:
        parsed = _condition(option, without_target and not rest, names)
        if isinstance(parsed, ArgumentProblem):
            return parsed
        if parsed.deliver and deliver:
            return ArgumentProblem(two_of("deliver"))
        filters += parsed.filters
        rest += parsed.rest
        deliver = deliver or parsed.deliver
    return Conditions(tuple(dict.fromkeys(filters)), deliver, tuple(rest))


def _condition(option: Option, without_target: bool, names: NameIndex) -> Conditions | ArgumentProblem:
    values = [value.strip("-\"'“”„«»‘’`.;!?") for value in option.value.split(",")]
    values = list(filter(None, values))
    match option.name:
        case "kind" if values:
            return _kinds(option, values)
        case "section" if values:
            return _sections(option, values, without_target, names)
        case "tag" if values:
            return _tags(option, values, without_target, names)
        case "deliver" if not option.minus:
            deliver = next((each for each in DELIVERS if values == [each]), None)
            known = Conditions((), deliver, option.following)
            return known if deliver else _unknown("way to deliver", option, option.value, DELIVERS)
        case _:
            return ArgumentProblem(f"{quoted(str(option))} is not a valid filter; the filters are {', '.join(FIELDS)}")


def _kinds(option: Option, values: list[str]) -> Conditions | ArgumentProblem:
    """Kinds, also those that follow behind a blank."""
    following = list(option.following)
    while following and (word := following[0].casefold().strip(",.")) and _kind(word):
        values.append(word)
        following.pop(0)
    if unknown := next((value for value in values if not _kind(value)), None):
        return _unknown("kind", option, unknown, KINDS)
    return Conditions(tuple(Filter("kind", _kind(value), option.minus) for value in values), None, tuple(following))


def _kind(word: str) -> str:
    """A kind by its name, or by its plural; an empty text for other words."""
    return next((kind for kind in KINDS if word in (kind, f"{kind}s")), "")


def _sections(
    option: Option, values: list[str], without_target: bool, names: NameIndex
) -> Conditions | ArgumentProblem:
    """Sections; the words that follow belong to the last name where they make it a longer one."""
    *first, last = values
    behind = _behind(option, without_target, names)
    sizes = range(len(behind), -1, -1)
    size = next((n for n in sizes if _section(" ".join([last, *behind[:n]]), names)), 0)
    sections = [*first, " ".join([last, *behind[:size]])]
    if unknown := next((each for each in sections if not _section(each, names)), None):
        return _unknown("section", option, unknown, ())
    filters = (Filter("section", _section(each, names), option.minus) for each in sections)
    return Conditions(tuple(filters), None, option.following[size:])


def _section(phrase: str, names: NameIndex) -> str:
    keys = [name.id for name in matching(phrase, names) if name.kind == "section"]
    return keys[0] if len(keys) == 1 else ""


def _tags(option: Option, values: list[str], without_target: bool, names: NameIndex) -> Conditions | ArgumentProblem:
    """Tags, in the form in which briefs have them; words that follow belong to the last."""
    behind = _behind(option, without_target, names)
    listed = ",".join([*values[:-1], " ".join([values[-1], *behind])]).casefold().split(",")
    tags = list(filter(None, map(tag_form, listed)))
    if not tags:
        return ArgumentProblem(f"{quoted(str(option))} names no tag")
    if any(len(tag) > ID_MAX for tag in tags):
        return ArgumentProblem(TAG_TOO_LONG)
    return Conditions(tuple(Filter("tag", tag, option.minus) for tag in tags), None, option.following[len(behind) :])


def tag_form(text: str) -> str:
    """A tag as briefs have it, from what was typed: `#United_Kingdom` is `united-kingdom`."""
    # What no database holds and no brief has: NUL, lone surrogates, invisible characters.
    visible = "".join(char for char in text if char.isprintable() or char.isspace())
    words = visible.replace("_", " ").replace("-", " ").split()
    return "-".join(filter(None, (word.strip("#\"'“”„«»‘’`.,;!?()") for word in words)))


def _behind(option: Option, without_target: bool, names: NameIndex) -> list[str]:
    """The words behind an option that belong to its value: all, but for those at the end that name the target where
    nothing else does."""
    words = list(option.following)
    if not without_target:
        return words
    starts = (n for n in range(len(words)) if _names_target(" ".join(words[n:]), names))
    return words[: next(starts, len(words))]


def _names_target(phrase: str, names: NameIndex) -> bool:
    return phrase.casefold() in ALL or any(name.kind != "verb" for name in names.exact(phrase)) or "/" in phrase


def _unknown(name: str, option: Option, value: str, known: Sequence[str]) -> ArgumentProblem:
    """`name` is what the value should be one of, `known` those that there are, where they can be listed."""
    there_are = f"; there are {', '.join(known)}" if known else ""
    meant = CONDITION_WORDS.get(value, "").removeprefix(f"{option.name}:")
    near = meant if meant in known else closest_match(value, known)
    nearest = (str(replace(option, value=near)),) if near else ()
    return ArgumentProblem(f"no {name} is called {quoted(value)}{there_are}", nearest)

"""Parses what a channel is to follow: all briefs, a brief, a section, both, or several of them."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from bot.core.briefs.brief import ID_MAX
from bot.core.commands.name_index import NAMES_WORDS_MAX, Name, NameIndex
from bot.core.commands.subscribe_arguments import ArgumentProblem, quoted
from bot.core.subscriptions.subscription import Target

ALL = frozenset({"all", "everything", "anything", "*", "all briefs", "every brief", "all of it"})
"""Words for all briefs."""

SEVERAL_MAX = 5
"""Targets in one command that are recognised as several."""

CHANNEL_MAX = 81
"""Characters of a channel's name, with its `#`. Source: docs.slack.dev, conversations.create."""

_TO = re.compile(r"^((me|us|here|(this|the) channel)\s+)?(to|for|from)\s+", re.IGNORECASE)
_PLEASE = re.compile(r"\s+(please|pls|thanks|thank you)\W*$", re.IGNORECASE)
_CHANNEL = re.compile(r"#[^\W\d][\w-]*")
_MARKS = "\"'“”„‟«»‘’‚‹›`*_~.!?;,"
_AND = re.compile(r"\s*[,;&+]\s*|\s+and\s+", re.IGNORECASE)


def parse_target(words: Sequence[str], names: NameIndex) -> Target | ArgumentProblem:
    """`all`, a brief, `brief/section`, a section (of all briefs), or a section and a brief in either order."""
    if channel := next(filter(_CHANNEL.fullmatch, words), None):
        return ArgumentProblem(f"a subscription is made in the channel itself: type it in {channel[:CHANNEL_MAX]}")
    typed = _plain(" ".join(words).casefold(), names)
    if not typed or typed == "/":
        return ArgumentProblem("it does not say what to follow")
    if typed in ALL:
        return Target()
    # No two names are as long, and a pasted page must cost nothing.
    if sum(map(len, typed.split())) > 2 * ID_MAX and not names.exact(typed):
        return ArgumentProblem("no brief and no section has so long a name")
    target = _one(typed, names)
    if isinstance(target, Target) or target.meanings:
        return target
    if len(several := dict.fromkeys(_several(typed, names))) > 1:
        texts = tuple(map(str, several))
        return ArgumentProblem(f"each of these is followed by itself: {', '.join(texts)}", texts)
    return target


def _plain(text: str, names: NameIndex) -> str:
    """The words without marks at their ends, and without `me to` in front and `please` behind, unless a name has
    them."""
    words = text if names.exact(text) or text in ALL else _PLEASE.sub("", _TO.sub("", text))
    return " ".join(word if word == "*" else word.strip(_MARKS) for word in words.split()).strip()


def _one(typed: str, names: NameIndex) -> Target | ArgumentProblem:
    parts = [part.split() for part in typed.split("/") if part.strip()]
    words = [word for part in parts for word in part]
    if not words:
        return ArgumentProblem("it does not say what to follow")
    if words[0] in ALL:
        return _of_all(" ".join(words[1:]), names) if words[1:] else Target()
    cuts = [len(parts[0])] if len(parts) > 1 else range(len(words))
    return _target_of(words, cuts, "/".join(map(" ".join, parts)), names)


def _of_all(section: str, names: NameIndex) -> Target | ArgumentProblem:
    keys = [name.id for name in matching(section, names) if name.kind == "section"]
    if len(keys) == 1:
        return Target(section=keys[0])
    return ArgumentProblem(f"no section is called {quoted(section)}", unknown=section)


def _target_of(words: list[str], cuts: Iterable[int], typed: str, names: NameIndex) -> Target | ArgumentProblem:
    """What words name that are cut in two at one of these places, or at 0 not at all; exact names beat beginnings.
    `typed` is how they stood."""
    exact = {target for cut in cuts for target in _targets(words, cut, names.exact)}
    targets = exact or {
        target for cut in cuts for target in _targets(words, cut, lambda phrase: matching(phrase, names))
    }
    if len(targets) == 1:
        return targets.pop()
    if targets:
        return ArgumentProblem(f"{quoted(typed)} can mean several things", meanings=tuple(sorted(map(str, targets))))
    near = tuple(n.name.id for n in names.similar(" ".join(words)) if n.name.kind != "verb")
    return ArgumentProblem(f"no brief and no section is called {quoted(typed)}", near, unknown=typed)


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


def _several(typed: str, names: NameIndex) -> list[Target]:
    """The targets of a list with commas or `and`, or of names one after the other; empty where a part names none."""
    parts = [part for part in _AND.split(typed) if part]
    if len(parts) == 1:
        return _in_a_row(typed.split(), names)
    targets = [_one(part, names) for part in parts[: SEVERAL_MAX + 1]]
    several = [target for target in targets if isinstance(target, Target)]
    return several if len(several) == len(parts) else []


def _in_a_row(words: list[str], names: NameIndex, most: int = SEVERAL_MAX) -> list[Target]:
    """At most so many targets; empty where there are more, or a word is of none."""
    for size in range(min(len(words), NAMES_WORDS_MAX), 0, -1) if most else ():
        target = _one(" ".join(words[:size]), names)
        if isinstance(target, Target):
            rest = _in_a_row(words[size:], names, most - 1) if words[size:] else []
            return [target, *rest] if rest or not words[size:] else []
    return []


def matching(phrase: str, names: NameIndex) -> list[Name]:
    """The sections and briefs that a phrase is, else those that it begins."""
    return [n for n in names.exact(phrase) or names.prefixed(phrase) if n.kind != "verb"]

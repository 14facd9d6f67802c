"""Parses options that are typed behind verbs, such as `kind:new` and `skip:20`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

# People and their keyboards write a minus as one dash, as two, or as a longer one.
_OPTION = re.compile(r"(?P<minus>[-\u2010-\u2015\u2212]*)(?P<name>[a-z]+)[:=\uff1a](?P<value>.*)", re.IGNORECASE)
_QUOTED = re.compile(r"(?<=[:=\uff1a])\s*[\"“”„«»'‘’`]([^\"“”„«»'‘’`]*)[\"“”„«»'‘’`]")

QUOTED_MAX = 60
"""Characters of what was typed that a reason repeats."""


@dataclass(frozen=True, slots=True)
class ArgumentProblem:
    """Why the arguments could not be parsed, without capital and full stop; `nearest` are spelling suggestions, best
    first, `meanings` possible readings, in alphabetical order: both are texts to type behind the verb, and may be
    empty. `unknown` are the words that should name a brief or a section and do not; empty where something else is
    wrong."""

    reason: str
    nearest: tuple[str, ...] = ()
    meanings: tuple[str, ...] = ()
    unknown: str = field(default="", compare=False)


def quoted(text: str) -> str:
    """What was typed, in quotation marks, for a sentence: long texts are cut, as nobody reads them again."""
    return f"“{text if len(text) <= QUOTED_MAX else f'{text[: QUOTED_MAX - 1]}…'}”"


@dataclass(frozen=True, slots=True)
class Option:
    """`name:value` with or without a minus, in lower case; `following` are the words behind it up to the next
    option."""

    name: str
    value: str
    minus: bool = False
    following: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{'-' if self.minus else ''}{self.name}:{self.value}"


def split_options(words: Sequence[str]) -> tuple[list[str], list[Option]]:
    """The words in front of the first option, and the options with the words that follow each."""
    # A page of words without an option costs nothing.
    if not any(map(_OPTION.match, words)):
        return list(words), []
    glued = list(_glue(words))
    starts = [at for at, word in enumerate(glued) if _OPTION.fullmatch(word)]
    ends = [*starts[1:], len(glued)][: len(starts)]
    options = [_option(glued[start], glued[start + 1 : end]) for start, end in zip(starts, ends, strict=True)]
    return glued[: starts[0]] if starts else glued, options


def _option(word: str, following: Sequence[str]) -> Option:
    match = _OPTION.fullmatch(word)
    if match is None:
        raise ValueError(f"not an option: {word}")
    return Option(match["name"].casefold(), match["value"].casefold(), bool(match["minus"]), tuple(following))


def _glue(words: Sequence[str]) -> Iterator[str]:
    """Words, of which those that form one option are one: `kind: new`, `kind:new, update`, `tag:"united kingdom"`."""
    under_way = ""
    for word in _QUOTED.sub(lambda match: "-".join(match[1].split()), " ".join(words)).split():
        option = _OPTION.fullmatch(word)
        open_ended = bool(_OPTION.fullmatch(under_way)) and (under_way[-1] in ",:=\uff1a" or word.startswith(","))
        if open_ended and not option:
            under_way += word
        else:
            yield from filter(None, (under_way,))
            under_way = word
    yield from filter(None, (under_way,))


def parse_options(words: Sequence[str]) -> tuple[list[str], list[Option]]:
    """Plain words as typed, and options; both in the order typed."""
    before, options = split_options(words)
    return [*before, *(word for option in options for word in option.following)], options


def parse_values(words: Sequence[str], *names: str) -> tuple[list[str], Mapping[str, str]] | ArgumentProblem:
    """Plain words, and the values of options by name, in lower case. A problem for an option that is not among `names`,
    and for two with one name."""
    plain, options = parse_options(words)
    values: dict[str, str] = {}
    for option in options:
        if option.name not in names or option.minus:
            return ArgumentProblem(f"{quoted(str(option))} does not belong here")
        if option.name in values:
            return ArgumentProblem(two_of(option.name))
        values[option.name] = option.value
    return plain, values


def two_of(name: str) -> str:
    """The reason where an option stands twice that can have one value."""
    return f"there are two {name}: and only one can count; write one of them"

"""Suggestions for what is nearly a name."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from bot.core.briefs.brief import ID_MAX
from bot.core.commands.command import Command, DidYouMean, Show
from bot.core.commands.name_index import NAMES_WORDS_MAX, NameIndex, NameMatch
from bot.core.commands.readings import NAMES_MAX, Reading, command_of, readings
from bot.core.commands.verb_parsers import match_prefix
from bot.core.commands.verb_reading import OPTIONS_MAX

BOTH = {"section", "brief"}


def did_you_mean(phrase: str, trailers: Show, names: NameIndex) -> Command | None:
    """All words are names but one, which is nearly one."""
    words = phrase.split()
    if len(phrase) <= 2 * ID_MAX and (near := _near(phrase, names, trailers)):
        return DidYouMean(phrase, phrase, near)
    # All but the unknown word have to be names: a pasted page must cost nothing.
    if len(words) > NAMES_WORDS_MAX or sum(map(len, words)) - max(map(len, words)) > NAMES_MAX:
        return None
    for index, word in enumerate(words):
        rest = [*words[:index], *words[index + 1 :]]
        known = [each for each, _ in readings(rest, lambda part: match_prefix(part, names))] if rest else [()]
        corrected = [reading for base in known for reading in _with_correction(base, word, names)]
        if corrected:
            options = (command_of(reading, names, trailers) for reading in dict.fromkeys(corrected))
            return DidYouMean(word, phrase, tuple(options)[:OPTIONS_MAX])
    return _both(words, trailers, names)


def _both(words: list[str], trailers: Show, names: NameIndex) -> Command | None:
    """Two words, and both are only nearly names: of a section and a brief."""
    near = [names.similar(word) for word in words] if len(words) == 2 else [[], []]
    pairs = ({match.name.kind: match.name.id for match in pair} for pair in product(*near))
    shows = (replace(trailers, section=ids["section"], brief=ids["brief"]) for ids in pairs if ids.keys() == BOTH)
    options = tuple(dict.fromkeys(shows))[:OPTIONS_MAX]
    return DidYouMean(" ".join(words), " ".join(words), options) if options else None


def _near(phrase: str, names: NameIndex, trailers: Show) -> tuple[Command, ...]:
    """What has a name of several words that is nearly the phrase."""
    similar = [match for match in names.similar(phrase) if " " in phrase and match.name.kind != "verb"]
    return tuple(_with_name(match, names, trailers) for match in similar[:OPTIONS_MAX])


def _with_name(match: NameMatch, names: NameIndex, trailers: Show) -> Command:
    command = command_of((match.name,), names, trailers)
    if not isinstance(command, Show) or command.brief is None:
        return command
    return replace(command, name=names.hidden_name(match.spelling, command.brief))


def _with_correction(base: Reading, word: str, names: NameIndex) -> Iterator[Reading]:
    """The readings that a nearly right word gives beside the names that stood with it."""
    for near in names.similar(word):
        match (*(name.kind for name in base), near.name.kind):
            case ("section", "brief") | ("section",) | ("brief",) | ("verb",):
                yield *base, near.name
            case ("brief", "section"):
                yield near.name, *base

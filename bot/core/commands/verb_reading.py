"""Verbs in what was typed: at the beginning, misspelt, or behind their words."""

import re
from collections.abc import Iterable

from bot.core.commands.command import SHARE, Ambiguous, Command, DidYouMean, Show, ShowHelp
from bot.core.commands.name_index import NameIndex, normalize
from bot.core.commands.verb_parsers import match_prefix, verb_among
from bot.core.commands.verbs import VERBS_BY_NAME, VERBS_BY_WORD, Verb

OPTIONS_MAX = 3
"""Suggestions for one word."""
_HOW = re.compile(r"(?:please )?how (?:to|(?:do|can|could|would|should) (?:i|we|you|one)) ")
HELP = VERBS_BY_NAME["help"]


def read_verb(words: list[str], trailers: Show, names: NameIndex) -> Command | None:
    """The command if the first word is a verb, or begins just one read-only verb and the rest suits it."""
    exact, size = exact_verb(words)
    if exact and words[size:] and VERBS_BY_WORD.get(_word(words[-1])) is HELP:
        return ShowHelp(exact.name)
    prefixed = (VERBS_BY_NAME[name.id] for name in match_prefix(words[0], names) if name.kind == "verb")
    verbs = [exact] if exact else list(prefixed)
    if len(verbs) != 1:
        return None
    command = verbs[0].parse(words[size:], names)
    # A prefix behind which nothing fits was no verb: its words are looked up and searched for.
    unfit = not exact and isinstance(command, ShowHelp | DidYouMean) and words[1:]
    return None if unfit else _unshared(verbs[0], words[size:], names) or command


def exact_verb(words: list[str]) -> tuple[Verb | None, int]:
    """The verb with which words begin, and how many words name it."""
    two = VERBS_BY_WORD.get(normalize(" ".join(words[:2]))) if words[1:] else None
    return (two, 2) if two else (VERBS_BY_WORD.get(_word(words[0])), 1)


def _word(word: str) -> str:
    """A word as verbs are looked up; of `?` and `-h` nothing would be left."""
    return word.casefold() if word.casefold() in VERBS_BY_WORD else normalize(word)


def read_how(phrase: str, names: NameIndex) -> Command | None:
    """Help on the verb that somebody asks how to use. `phrase` is in normal form."""
    match = _HOW.match(phrase)
    verb = verb_among(phrase[match.end() :].split(), names) if match else None
    return ShowHelp(verb) if verb else None


def _unshared(verb: Verb, words: list[str], names: NameIndex) -> Command | None:
    """What to say of a verb with `share` behind it, which would be private. Search takes the word as one of its own."""
    if verb.changes_state or verb.name in ("search", "help") or not words or normalize(words[-1]) != SHARE:
        return None
    if isinstance(verb.parse(words[:-1], names), ShowHelp | DidYouMean):
        return None
    attempt = " ".join([verb.name, *words])
    return ShowHelp(None, "only a section of a brief can be shared, e.g. legal share", attempt)


def suggest_verb(words: list[str], names: NameIndex) -> Command | None:
    """A verb that is misspelt, or stands behind its words: suggested where the rest suits it."""
    first, last = normalize(words[0]), normalize(words[-1])
    near = [VERBS_BY_NAME[match.name.id] for match in names.similar(first) if match.name.kind == "verb"]
    if options := _suitable(near, words[1:], names):
        return DidYouMean(words[0], " ".join(words), options, f"no command is called “{words[0]}”")
    behind = VERBS_BY_WORD.get(last)
    rest = words[:-1]
    # Behind a section the verb alone: it is about a whole brief.
    of_section = any(name.kind == "section" for name in names.exact(" ".join(rest)))
    options = _suitable([behind], [] if of_section else rest, names) if behind and rest else ()
    return DidYouMean(words[-1], " ".join(words), options, "a command stands before its words") if options else None


def _suitable(verbs: Iterable[Verb], words: list[str], names: NameIndex) -> tuple[Command, ...]:
    commands = (verb.parse(words, names) for verb in verbs if verb.name != "search")
    return tuple(each for each in commands if not isinstance(each, ShowHelp | DidYouMean | Ambiguous))[:OPTIONS_MAX]

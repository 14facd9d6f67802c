"""The grammar of the command: one parser over one table. Behind it no code looks at command text again."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.core.briefs.brief import ID_MAX
from bot.core.commands.command import (
    SHARE,
    Ambiguous,
    Command,
    DidYouMean,
    Search,
    Show,
    ShowHelp,
    ShowHome,
)
from bot.core.commands.name_index import Name, NameIndex
from bot.core.commands.verb_parsers import match_prefix
from bot.core.commands.verbs import VERBS_BY_NAME

SECTION_WORDS_MAX = 5
"""Words in a section's name that are looked for at either end of a free question."""

NO_TRAILERS = Show()

_REVISION = re.compile(r"(?P<slug>[a-z0-9-]*)@(?P<revision>[0-9a-f]{8})", re.IGNORECASE)


def parse(text: str, names: NameIndex) -> Command:
    """What a reader asks for. Total: every text gives a command.

    Exact names beat prefixes, sections beat verbs, several prefix matches give `Ambiguous`. A prefix never stands for
    a verb that changes state. One unknown word near a name gives `DidYouMean`; other unknown words give a `Search`.
    """
    words, revision, share = _trailers(text.split())
    if not words:
        return _wordless(revision, share)
    return (
        # This order is the grammar: exact names first, guesses and searches last.
        _named(words, names.exact, Show(None, None, revision, share), names)
        or _verb(words, names)
        or _named(words, lambda phrase: match_prefix(phrase, names), Show(None, None, revision, share), names)
        or _did_you_mean(words, names)
        or _within_section(words, names)
        or Search(" ".join(words))
    )


def _trailers(words: list[str]) -> tuple[list[str], str | None, bool]:
    """Takes off `share` at the end and the first `[slug]@revision`."""
    # Only at the end: anywhere else it may be a word to search for.
    share = bool(words) and words[-1].casefold() == SHARE
    words = words[:-1] if share else words
    if words[:1] == ["changes"]:  # it takes revisions of its own
        return words, None, share
    for index, word in enumerate(words):
        if match := _REVISION.fullmatch(word):
            slug = [match["slug"]] if match["slug"] else []
            return [*words[:index], *slug, *words[index + 1 :]], match["revision"].lower(), share
    return words, None, share


def _wordless(revision: str | None, share: bool) -> Command:
    if revision:
        return Show(None, None, revision, share)
    return ShowHelp(None, "it does not say what to share", SHARE) if share else ShowHome()


Lookup = Callable[[str], tuple[Name, ...]]
Reading = tuple[Name, ...]
"""A section, a brief, a verb, or a section and a brief, in this order."""


def _named(words: list[str], lookup: Lookup, trailers: Show, names: NameIndex) -> Command | None:
    """The command if all words together are names: a section, a brief, both in either order, or a verb."""
    readings = list(dict.fromkeys(_readings(words, lookup)))
    if len(readings) > 1:
        return Ambiguous(" ".join(words), tuple(command_of(reading, names) for reading in readings))
    return command_of(readings[0], names, trailers) if readings else None


def _readings(words: list[str], lookup: Lookup) -> Iterator[Reading]:
    if sum(map(len, words)) > 2 * ID_MAX:  # no two names are as long, and a pasted page must cost nothing
        return
    yield from ((name,) for name in lookup(" ".join(words)))
    for cut in range(1, len(words)):
        for left in lookup(" ".join(words[:cut])):
            for right in lookup(" ".join(words[cut:])):
                match left.kind, right.kind:
                    case "section", "brief":
                        yield left, right
                    case "brief", "section":
                        yield right, left


def command_of(reading: Reading, names: NameIndex, trailers: Show = NO_TRAILERS) -> Command:
    """The command that names stand for. `trailers` has the revision and the share word that stood behind them."""
    ids = {name.kind: name.id for name in reading}
    if verb := ids.get("verb"):
        return VERBS_BY_NAME[verb].parse([], names)
    return replace(trailers, section=ids.get("section"), brief=ids.get("brief"))


def _verb(words: list[str], names: NameIndex) -> Command | None:
    """The command if the first word is a verb, or begins just one read-only verb and the rest suits it."""
    exact = VERBS_BY_NAME.get(words[0].casefold())
    prefixed = (VERBS_BY_NAME[name.id] for name in match_prefix(words[0], names) if name.kind == "verb")
    verbs = [exact] if exact else list(prefixed)
    if len(verbs) != 1:
        return None
    command = verbs[0].parse(words[1:], names)
    # A prefix behind which nothing fits was no verb: its words are looked up and searched for.
    return None if not exact and isinstance(command, ShowHelp | DidYouMean) and words[1:] else command


# Unknown words


def _did_you_mean(words: list[str], names: NameIndex) -> Command | None:
    """All words are names but one, which is nearly one."""
    # All but the unknown word have to be names, and no two names are as long: a pasted page must cost nothing.
    if sum(map(len, words)) - max(map(len, words)) > 2 * ID_MAX:
        return None
    for index, word in enumerate(words):
        rest = [*words[:index], *words[index + 1 :]]
        known = list(_readings(rest, lambda phrase: match_prefix(phrase, names))) if rest else [()]
        readings = [reading for base in known for reading in _with_correction(base, word, names)]
        if readings:
            options = (command_of(reading, names) for reading in dict.fromkeys(readings))
            return DidYouMean(word, " ".join(words), tuple(options))
    return None


def _with_correction(base: Reading, word: str, names: NameIndex) -> Iterator[Reading]:
    """The readings that a nearly right word gives beside the names that stood with it."""
    for near in names.similar(word):
        match (*(name.kind for name in base), near.name.kind):
            case ("section", "brief") | ("section",) | ("brief",) | ("verb",):
                yield *base, near.name
            case ("brief", "section"):
                yield near.name, *base


def _within_section(words: list[str], names: NameIndex) -> Command | None:
    """A search within the section that the first or the last words name exactly; the longest name counts."""
    for size in range(min(len(words) - 1, SECTION_WORDS_MAX), 0, -1):
        for phrase, rest in ((words[:size], words[size:]), (words[-size:], words[:-size])):
            for name in names.exact(" ".join(phrase)):
                if name.kind == "section":
                    return Search(" ".join(rest), name.id)
    return None

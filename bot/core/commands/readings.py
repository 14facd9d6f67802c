"""Names in what was typed: which sections, briefs and verbs all words together can mean."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import product

from bot.core.briefs.brief import ID_MAX
from bot.core.commands.command import Ambiguous, Command, Show
from bot.core.commands.name_index import Name, NameIndex
from bot.core.commands.verbs import VERBS_BY_NAME

NAMES_MAX = 4 * ID_MAX
"""Characters of a section and a brief by their longest names: more are a question, or a pasted page, which must cost
nothing."""

NO_TRAILERS = Show()

FILLERS = frozenset(
    "a about all an brief briefbot for in me of on please section sections show tell the what with".split()
)
"""Words around names that say nothing."""
JOINING = frozenset(("and", "both", "or", "&", "+"))

Lookup = Callable[[str], tuple[Name, ...]]
Reading = tuple[Name, ...]
"""A section, a brief, a verb, or a section and a brief, in this order."""


def named(phrase: str, lookup: Lookup, trailers: Show, names: NameIndex) -> Command | None:
    """The command if all words together are names: a section, a brief, both in either order, or a verb. `phrase` is in
    normal form."""
    phrases: dict[Reading, str] = {}
    for reading, part in readings(phrase.split(), lookup):
        phrases.setdefault(reading, part)
    if len(phrases) > 1:
        return Ambiguous(phrase, tuple(command_of(reading, names, trailers) for reading in phrases))
    reading, part = next(iter(phrases.items()), ((), ""))
    if not reading or (reading[0].kind == "verb" and (trailers.share or trailers.revision)):
        return None
    command = command_of(reading, names, trailers)
    if isinstance(command, Show) and command.brief:
        return replace(command, name=names.hidden_name(part, command.brief))
    return command


def readings(words: list[str], lookup: Lookup) -> Iterator[tuple[Reading, str]]:
    """The readings, each with the words that name its brief; empty where it has none."""
    if sum(map(len, words)) > NAMES_MAX:
        return
    whole = " ".join(words)
    yield from (((name,), whole) for name in lookup(whole))
    for cut in range(1, len(words)):
        before, behind = " ".join(words[:cut]), " ".join(words[cut:])
        left, right = lookup(before), lookup(behind)
        yield from (((section, brief), behind) for section, brief in _pairs(left, right))
        yield from (((section, brief), before) for section, brief in _pairs(right, left))


def _pairs(sections: Iterable[Name], briefs: Iterable[Name]) -> Iterator[tuple[Name, Name]]:
    return product(
        (name for name in sections if name.kind == "section"), (name for name in briefs if name.kind == "brief")
    )


def command_of(reading: Reading, names: NameIndex, trailers: Show = NO_TRAILERS) -> Command:
    """The command that names stand for. `trailers` has the revision and the share word that stood around them."""
    ids = {name.kind: name.id for name in reading}
    if verb := ids.get("verb"):
        return VERBS_BY_NAME[verb].parse([], names)
    return replace(trailers, section=ids.get("section"), brief=ids.get("brief"))


def without_fillers(phrase: str) -> str:
    """The words that say something; `and …` goes on from what somebody said before."""
    words = phrase.split()
    if words and words[0] in JOINING:
        words = words[1:]
    # A single digit is what people type for a page.
    return " ".join(word for word in words if word not in FILLERS and not (len(word) == 1 and word.isdigit()))


def choice_of_sections(phrase: str, trailers: Show, names: NameIndex) -> Command | None:
    """A choice between several sections, of one brief where one is named too."""
    if len(phrase) > NAMES_MAX:
        return None
    words = [word for word in without_fillers(phrase).replace(",", " ").split() if word not in JOINING]
    sections: list[str] = []
    while words:
        size = next((n for n in range(len(words), 0, -1) if _section(words[:n], names)), 0)
        if not size:
            break
        sections.append(_section(words[:size], names))
        words = words[size:]
    briefs = [name.id for name in names.exact(" ".join(words)) if name.kind == "brief"]
    if len(sections) < 2 or (words and len(briefs) != 1):
        return None
    brief = briefs[0] if briefs else None
    commands = tuple(replace(trailers, section=key, brief=brief) for key in dict.fromkeys(sections))
    return Ambiguous(phrase, commands) if len(commands) > 1 else commands[0]


def _section(words: list[str], names: NameIndex) -> str:
    return next((name.id for name in names.exact(" ".join(words)) if name.kind == "section"), "")

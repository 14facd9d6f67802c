"""The grammar of the command: one parser over one table. Behind it no code looks at command text again."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from bot.core.brief import ID_MAX
from bot.core.names import Name, Names, nearest


@dataclass(frozen=True, slots=True)
class Verb:
    """A row of the table from which parsing, help and usage come."""

    name: str
    usage: str
    summary: str
    changes_state: bool = False
    available: bool = False


VERBS: tuple[Verb, ...] = (
    Verb("search", "search <words>", "claims that hold these words", available=True),
    Verb("list", "list [tag:<tag>]", "all briefs", available=True),
    Verb("sources", "sources [brief]", "every source of a brief, and its caveats", available=True),
    Verb("help", "help [verb]", "how to ask", available=True),
    Verb("changes", "changes [brief] [since:7d]", "what changed lately"),
    Verb("subscriptions", "subscriptions [all]", "what this channel follows"),
    Verb("status", "status", "how the bot is doing here"),
    Verb(
        "subscribe",
        "subscribe <target> [[-]kind:…] [[-]section:…] [[-]tag:…] [deliver:channel|thread|digest]",
        "post here what changes",
        changes_state=True,
    ),
    Verb("unsubscribe", "unsubscribe <target|#n>", "stop following", changes_state=True),
    Verb("mute", "mute <target> [for:7d]", "pause a subscription", changes_state=True),
    Verb("use", "use <brief>|none", "the brief that answers in this channel by default", changes_state=True),
    Verb(
        "digest",
        "digest (daily|weekdays|weekly <day>) HH:MM [IANA zone] | off | preview | now",
        "a scheduled summary of what changed",
        changes_state=True,
    ),
)
VERB: dict[str, Verb] = {verb.name: verb for verb in VERBS}
SHARE = "share"
RESERVED = frozenset({*VERB, SHARE})
ASK_USAGE = "[section] [brief] [@revision] [share]"

SECTION_WORDS_MAX = 5
"""Words in a section's name that are looked for at either end of a free question."""

_REVISION = re.compile(r"(?P<slug>[a-z0-9-]*)@(?P<revision>[0-9a-f]{8})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Home:
    """Nothing was typed."""


@dataclass(frozen=True, slots=True)
class Show:
    """One section of one brief; None means the default of either. `revision` is 8 hex digits."""

    section: str | None = None
    brief: str | None = None
    revision: str | None = None
    share: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """Free words, within one section where one was named."""

    words: str
    section: str | None = None


@dataclass(frozen=True, slots=True)
class ListBriefs:
    """All published briefs, or those with a tag."""

    tag: str | None = None


@dataclass(frozen=True, slots=True)
class ShowSources:
    """Every source of one brief; None means the default one."""

    brief: str | None = None


@dataclass(frozen=True, slots=True)
class ShowHelp:
    """The usage of all verbs, or of one. `reason` says what was wrong with what was typed, where something was."""

    verb: str | None = None
    reason: str | None = None
    attempt: str | None = None


@dataclass(frozen=True, slots=True)
class NotYet:
    """A verb of the table that this version does not carry out."""

    verb: str


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several meanings; `options` are commands without the slash command's name."""

    typed: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Misspelt:
    """One word is no name but nearly one; `options` are whole commands, best first."""

    word: str
    typed: str
    options: tuple[str, ...]


Command = Home | Show | Search | ListBriefs | ShowSources | ShowHelp | NotYet | Ambiguous | Misspelt


def parse(text: str, names: Names) -> Command:
    """What a reader asks for. Total: every text gives a command.

    Exact names beat prefixes, sections beat verbs, several prefix matches give `Ambiguous`. A prefix never stands for
    a verb that changes state. One unknown word near a name gives `Misspelt`; other unknown words give a `Search`.
    """
    words, revision, share = _trailers(text.split())
    if not words:
        return _wordless(revision, share)
    return (
        _named(words, names.exact, Show(None, None, revision, share), names)
        or _verb(words, names)
        or _named(words, lambda phrase: _begun(phrase, names), Show(None, None, revision, share), names)
        or _misspelt(words, names)
        or _within_section(words, names)
        or Search(" ".join(words))
    )


def _trailers(words: list[str]) -> tuple[list[str], str | None, bool]:
    """Takes off `share` at the end and the first `[slug]@revision`."""
    share = bool(words) and words[-1].casefold() == SHARE
    words = words[:-1] if share else words
    for index, word in enumerate(words):
        if found := _REVISION.fullmatch(word):
            slug = [found["slug"]] if found["slug"] else []
            return [*words[:index], *slug, *words[index + 1 :]], found["revision"].lower(), share
    return words, None, share


def _wordless(revision: str | None, share: bool) -> Command:
    if revision:
        return Show(None, None, revision, share)
    return ShowHelp(None, "it does not say what to share", SHARE) if share else Home()


Lookup = Callable[[str], tuple[Name, ...]]
Reading = tuple[Name, ...]
"""A section, a brief, a verb, or a section and a brief, in this order."""


def _begun(phrase: str, names: Names) -> tuple[Name, ...]:
    """The names that a phrase is, else those that it begins; no verb beside a section, none that changes state."""
    if exact := names.exact(phrase):
        return exact
    begun = names.prefixed(phrase)
    sections = any(name.kind == "section" for name in begun)
    return tuple(n for n in begun if n.kind != "verb" or not (sections or VERB[n.id].changes_state))


def _named(words: list[str], lookup: Lookup, trailers: Show, names: Names) -> Command | None:
    """The command if all words together are names: a section, a brief, both in either order, or a verb."""
    readings = list(dict.fromkeys(_readings(words, lookup)))
    if len(readings) > 1:
        return Ambiguous(" ".join(words), tuple(_typed(reading) for reading in readings))
    return _command(readings[0], trailers, names) if readings else None


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


def _typed(reading: Reading) -> str:
    return " ".join(name.id for name in reading)


def _command(reading: Reading, trailers: Show, names: Names) -> Command:
    ids = {name.kind: name.id for name in reading}
    if verb := ids.get("verb"):
        return _VERB_PARSERS.get(verb, _not_yet)(VERB[verb], [], names)
    return replace(trailers, section=ids.get("section"), brief=ids.get("brief"))


# Verbs


def _verb(words: list[str], names: Names) -> Command | None:
    """The command if the first word is a verb, or begins just one read-only verb and the rest suits it."""
    exact = VERB.get(words[0].casefold())
    found = [exact.name] if exact else [n.id for n in _begun(words[0], names) if n.kind == "verb"]
    if len(found) != 1:
        return None
    command = _VERB_PARSERS.get(found[0], _not_yet)(VERB[found[0]], words[1:], names)
    return None if not exact and isinstance(command, ShowHelp | Misspelt) and words[1:] else command


def _not_yet(verb: Verb, words: list[str], names: Names) -> Command:
    return NotYet(verb.name)


def _search(verb: Verb, words: list[str], names: Names) -> Command:
    return Search(" ".join(words)) if words else ShowHelp(verb.name, "it does not say what to search for", verb.name)


def _list(verb: Verb, words: list[str], names: Names) -> Command:
    match [word.casefold() for word in words]:
        case []:
            return ListBriefs()
        case [word] if word.startswith("tag:") and word != "tag:":
            return ListBriefs(word.removeprefix("tag:"))
    return ShowHelp(verb.name, "`list` takes nothing or one tag", " ".join([verb.name, *words]))


def _sources(verb: Verb, words: list[str], names: Names) -> Command:
    if not words:
        return ShowSources()
    phrase, attempt = " ".join(words), " ".join([verb.name, *words])
    briefs = [name.id for name in _begun(phrase, names) if name.kind == "brief"]
    if len(briefs) > 1:
        return Ambiguous(attempt, tuple(f"{verb.name} {slug}" for slug in briefs))
    if briefs:
        return ShowSources(briefs[0])
    if near := [n.name.id for n in names.similar(phrase) if n.name.kind == "brief"]:
        return Misspelt(phrase, attempt, tuple(f"{verb.name} {slug}" for slug in near))
    return ShowHelp(verb.name, f"no brief is called \u201c{phrase}\u201d", attempt)


def _help(verb: Verb, words: list[str], names: Names) -> Command:
    if not words:
        return ShowHelp()
    phrase, attempt = " ".join(words).casefold(), " ".join([verb.name, *words])
    begun = [name for name in VERB if name.startswith(phrase)]
    if phrase in VERB or len(begun) == 1:
        return ShowHelp(phrase if phrase in VERB else begun[0])
    if near := nearest(phrase, VERB):
        return Misspelt(phrase, attempt, (f"{verb.name} {near}",))
    return ShowHelp(None, f"no command is called \u201c{phrase}\u201d", attempt)


_VERB_PARSERS: dict[str, Callable[[Verb, list[str], Names], Command]] = {
    "search": _search,
    "list": _list,
    "sources": _sources,
    "help": _help,
}


# Unknown words


def _misspelt(words: list[str], names: Names) -> Command | None:
    """All words are names but one, which is nearly one."""
    if sum(map(len, words)) - max(map(len, words)) > 2 * ID_MAX:
        return None
    for index, word in enumerate(words):
        rest = [*words[:index], *words[index + 1 :]]
        known = list(_readings(rest, lambda phrase: _begun(phrase, names))) if rest else [()]
        options = [_typed(reading) for base in known for reading in _mended(base, word, names)]
        if options:
            return Misspelt(word, " ".join(words), tuple(dict.fromkeys(options)))
    return None


def _mended(base: Reading, word: str, names: Names) -> Iterator[Reading]:
    """The readings that a nearly right word gives beside the names that stood with it."""
    for near in names.similar(word):
        match (*(name.kind for name in base), near.name.kind):
            case ("section", "brief") | ("section",) | ("brief",) | ("verb",):
                yield *base, near.name
            case ("brief", "section"):
                yield near.name, *base


def _within_section(words: list[str], names: Names) -> Command | None:
    """A search within the section that the first or the last words name exactly; the longest name counts."""
    for size in range(min(len(words) - 1, SECTION_WORDS_MAX), 0, -1):
        for phrase, rest in ((words[:size], words[size:]), (words[-size:], words[:-size])):
            for name in names.exact(" ".join(phrase)):
                if name.kind == "section":
                    return Search(" ".join(rest), name.id)
    return None

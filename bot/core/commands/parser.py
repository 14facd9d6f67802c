"""The grammar of the command: one parser over one table. Behind it no code looks at command text again."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from bot.core.commands.command import (
    SHARE,
    Ambiguous,
    Command,
    DidYouMean,
    ListBriefs,
    ShareAbove,
    Show,
    ShowHelp,
    ShowHome,
)
from bot.core.commands.did_you_mean import did_you_mean
from bot.core.commands.greetings import greeting
from bot.core.commands.name_index import NameIndex, normalize
from bot.core.commands.questions import read_question
from bot.core.commands.readings import NAMES_MAX, choice_of_sections, named, without_fillers
from bot.core.commands.slack_markup import plain_text
from bot.core.commands.verb_parsers import match_prefix
from bot.core.commands.verb_reading import exact_verb, read_how, read_verb, suggest_verb
from bot.core.commands.verbs import VERBS_BY_WORD

_REVISION = re.compile(r"(?P<slug>[a-z0-9-]*)@(?P<revision>[0-9a-f]{8})", re.IGNORECASE)
_ALMOST_REVISION = re.compile(r"@[0-9a-f]+|(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8}", re.IGNORECASE)
_TAG = re.compile(r"tag:\s*(?P<tag>\S+)", re.IGNORECASE)

THIS = frozenset(("this", "that", "it", "please", "the", "answer", "above"))
"""Words beside `share` for the answer above it."""
VIEWS: Mapping[str, Literal["all", "quotes"]] = {
    **dict.fromkeys(("quotes", "quote", "quotations", "evidence", "proof"), "quotes"),
    **dict.fromkeys(("all", "everything", "full", "whole"), "all"),
}
"""Words beside names for more than the claims in the open."""
READ_MAX = 2000
"""Characters of a text that are read: as many as a button holds, and more than the words of a question that are
searched for. A pasted page, which Slack takes up to 40,000 characters, must cost nothing."""


def parse(text: str, names: NameIndex) -> Command:
    """What a reader asks for. Total: every text gives a command.

    Exact names beat prefixes, sections beat verbs, several prefix matches give `Ambiguous`. A prefix never stands for
    a verb that changes state. One unknown word near a name gives `DidYouMean`; other unknown words give a `Search`.
    """
    plain = plain_text(text)
    if len(plain) > READ_MAX and (rejection := _too_long(plain[:READ_MAX])):
        return rejection
    command = _parse(_everything(plain[:READ_MAX]), names)
    if isinstance(command, Ambiguous | DidYouMean):
        return replace(command, typed=" ".join(text[:READ_MAX].split()))
    return command


def _too_long(text: str) -> ShowHelp | None:
    """Of a command that changes state no part is carried out: its end may hold conditions."""
    words = text.split()
    verb, _ = exact_verb(words) if words else (None, 0)
    if verb is None or not verb.changes_state:
        return None
    return ShowHelp(verb.name, f"a command has at most {READ_MAX:,} characters", " ".join(words))


def _everything(text: str) -> str:
    """A star behind a verb means everything; elsewhere it is a mark around words."""
    match text.split(maxsplit=2):
        case [verb, "*"] if verb.casefold() in VERBS_BY_WORD:
            return f"{verb} everything"
    return text


def _parse(text: str, names: NameIndex) -> Command:
    words, trailers = _trailers(text.split())
    phrase = normalize(" ".join(words)) if len(text) <= NAMES_MAX else text
    if not phrase or (trailers.share and THIS.issuperset(phrase.split())):
        return greeting(text) or _wordless(words, trailers)
    return (
        # This order is the grammar: exact names first, guesses and searches last.
        named(phrase, names.exact, trailers, names)
        or greeting(text)
        or read_verb(text.split(), trailers, names)
        or read_how(phrase, names)
        or _with_view(phrase, trailers, names)
        or named(without_fillers(phrase), names.exact, trailers, names)
        or _share_among(phrase, trailers, names)
        or _tag(text)
        or named(phrase, lambda part: match_prefix(part, names), trailers, names)
        or choice_of_sections(phrase, trailers, names)
        or suggest_verb(words, names)
        or did_you_mean(phrase, trailers, names)
        or _almost_revision(words)
        or read_question(text, names)
    )


def _trailers(words: list[str]) -> tuple[list[str], Show]:
    """Takes off `share` at either end and the first `[slug]@revision`."""
    # Only at the ends: anywhere else it may be a word to search for.
    plain = [normalize(word) for word in words[:1] + words[-1:]]
    share = SHARE in plain
    if share:
        words = words[:-1] if plain[-1] == SHARE else words[1:]
    for index, word in enumerate(words):
        if match := _REVISION.fullmatch(word):
            slug = [match["slug"]] if match["slug"] else []
            return [*words[:index], *slug, *words[index + 1 :]], Show(None, None, match["revision"].lower(), share)
    return words, Show(share=share)


def _share_among(phrase: str, trailers: Show, names: NameIndex) -> Command | None:
    """`share` between the names of a section and a brief."""
    words = phrase.split()
    if SHARE not in words:
        return None
    rest = " ".join(word for word in words if word != SHARE)
    shared = replace(trailers, share=True)
    return named(without_fillers(rest), names.exact, shared, names) or _with_view(rest, shared, names)


def _with_view(phrase: str, trailers: Show, names: NameIndex) -> Command | None:
    """A word for more than the claims in the open, behind or before the names of a section and a brief."""
    words = phrase.split()
    for word, rest in ((words[-1], words[:-1]), (words[0], words[1:])):
        if view := VIEWS.get(word):
            names_alone = without_fillers(" ".join(rest))
            shown = named(names_alone, names.exact, trailers, names) if names_alone else None
            return replace(shown, view=view) if isinstance(shown, Show) else None
    return None


def _wordless(words: list[str], trailers: Show) -> Command:
    if trailers.revision:
        return trailers
    if any("?" in word for word in words):
        return ShowHelp()
    return ShareAbove() if trailers.share else ShowHome()


def _tag(text: str) -> Command | None:
    match = _TAG.fullmatch(text.strip())
    return ListBriefs(normalize(match["tag"]).replace(" ", "-")) if match else None


def _almost_revision(words: list[str]) -> Command | None:
    word = next(filter(_ALMOST_REVISION.fullmatch, words), None)
    reason = f"“{word}” is not a revision: that is @ and 8 characters from 0 to 9 and a to f"
    return ShowHelp(None, reason, " ".join(words)) if word else None

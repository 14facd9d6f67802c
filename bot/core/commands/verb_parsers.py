"""What stands behind each verb: from its words to a command. A parser gets the verb's name and the words after it."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from bot.core.briefs.brief import ID_MAX
from bot.core.commands.command import (
    Ambiguous,
    Command,
    DidYouMean,
    ListBriefs,
    Range,
    Search,
    SetDefaultBrief,
    ShowChanges,
    ShowHelp,
    ShowSources,
    ShowStatus,
)
from bot.core.commands.day_words import (
    Since,
    TimePhrase,
    parse_since,
    take_time,
)
from bot.core.commands.name_index import NAMES_WORDS_MAX, Name, NameIndex, normalize
from bot.core.commands.quote_commands import ShowQuotes
from bot.core.commands.spec_arguments import tag_form
from bot.core.commands.subscribe_arguments import ArgumentProblem, parse_options, parse_values, quoted, two_of
from bot.core.commands.subscription_commands import ShowObjects
from bot.core.commands.time_words import bare_words

# Nine digits fit into an INTEGER of both databases.
_NUMBER = r"#?[0-9]{1,9}"
_PREPOSITION = re.compile(r"^(?:(?:about|for|from|in|of|on|to|with)\s+)+(?:the\s+)?", re.IGNORECASE)
_LIST_WORDS = frozenset({"all", "briefs", "all briefs", "everything", "*"})
"""Words behind `list` that narrow nothing."""
_USE_WORDS = frozenset(
    "a again all an any brief briefs change channel command create end everything for from get getting here i in it me"
    " mistake mistakes my of one posts receive set something that the them these this to turn up with work".split()
)
"""Words around a verb in a question about how to use the bot."""
_COUNT = r"[0-9]{0,9}"
_CHANGES_MARKERS: dict[str, Callable[[str], Since | None]] = {"since": parse_since}
_OF_REVISION = re.compile(r"(?P<place>[^@]*)@(?P<revision>[0-9a-f]{8})", re.IGNORECASE)
_ANSWER_ID = re.compile(r"^(?P<id>[0-9a-f]{8})$|\banswer (?P<named>[0-9a-f]{8})\b", re.IGNORECASE)
_RANGE = re.compile(r"@(?P<before>[0-9a-f]{8})?\.\.(?P<after>[0-9a-f]{8})?")


def match_prefix(phrase: str, names: NameIndex) -> tuple[Name, ...]:
    """The names that a phrase is, else those that it begins, without verbs beside a section and without those that
    change state. Sections first; empty where there are none."""
    if exact := names.exact(phrase):
        return exact
    matches = names.prefixed(phrase)
    sections = any(name.kind == "section" for name in matches)
    return tuple(name for name in matches if not name.exact_only and not (sections and name.kind == "verb"))


def parse_search(verb: str, words: list[str], names: NameIndex) -> Command:
    """`search <words>`."""
    return Search(" ".join(words)) if words else ShowHelp(verb, "it does not say what to search for", verb)


def parse_list(verb: str, words: list[str], names: NameIndex) -> Command:
    """`list [tag:<tag>]`."""
    plain, options = parse_options(words)
    tags = [option for option in options if option.name == "tag" and not option.minus]
    polite = bool(plain) and normalize(plain[-1]) == "please"
    text = " ".join([*(option.value for option in tags), *(plain[:-1] if polite else plain)])
    if (not options and not text) or text.casefold() in _LIST_WORDS:
        return ListBriefs()
    # `list prisons` is a tag as well as `list tag:prisons`: briefs are listed by nothing else.
    tag = tag_form(text)
    if len(tags) == len(options) <= 1 and tag and len(tag) <= ID_MAX and "," not in tag:
        return ListBriefs(tag)
    return ShowHelp(verb, "`list` takes nothing or one tag", _attempt(verb, words))


def parse_sources(verb: str, words: list[str], names: NameIndex) -> Command:
    """`sources [brief]`."""
    return _with_brief(verb, words, _attempt(verb, words), names, ShowSources) if words else ShowSources()


def parse_verify(verb: str, words: list[str], names: NameIndex) -> Command:
    """`verify [brief|answer id]`: an answer's footer has both `ferries@3fa9c1d0` and `answer 12ab34cd`. A section may
    stand beside its brief, or alone."""
    phrase = " ".join(words)
    if (answer := _ANSWER_ID.search(phrase)) and not names.exact(phrase):
        return ShowQuotes(answer=(answer["id"] or answer["named"]).lower())
    of_revision = next(filter(None, map(_OF_REVISION.fullmatch, words)), None)
    revision = of_revision["revision"].lower() if of_revision else None
    section, brief = _section_apart(of_revision["place"] if of_revision else phrase, names)
    if not brief:
        return ShowQuotes(None, section, revision)
    attempt = _attempt(verb, words)
    return _with_brief(verb, brief.split(), attempt, names, lambda slug: ShowQuotes(slug, section, revision))


def _section_apart(phrase: str, names: NameIndex) -> tuple[str | None, str]:
    """The key of a section before the name of a brief, behind it (also `brief/section`) or without one, and that
    name."""
    words = phrase.replace("/", " ").split()
    if not words or any(name.kind == "brief" for name in names.exact(phrase)):
        return None, phrase
    for word, others in ((words[-1], words[:-1]), (words[0], words[1:])):
        if keys := [name.id for name in names.exact(word) if name.kind == "section"]:
            return keys[0], " ".join(others)
    return None, phrase


def parse_help(verb: str, words: list[str], names: NameIndex) -> Command:
    """`help [verb]`; the start of a verb is enough where it is the only one."""
    if not words:
        return ShowHelp()
    phrase, attempt = " ".join(words).casefold(), _attempt(verb, words)
    phrase = normalize(phrase).removesuffix(" please")
    verbs = _verbs(names.exact(phrase)) or _verbs(names.prefixed(phrase))
    if len(verbs) == 1:
        return ShowHelp(verbs[0])
    if about := verb_among(phrase.split(), names):
        return ShowHelp(about)
    if near := _verbs(match.name for match in names.similar(phrase)):
        return DidYouMean(phrase, attempt, (ShowHelp(near[0]),))
    return ShowHelp(None, f"no command is called {quoted(phrase)}", attempt)


def verb_among(words: list[str], names: NameIndex) -> str | None:
    """The last verb among words which are otherwise of how the bot is used: `stop this`, `set a digest`."""
    if len(words) > NAMES_WORDS_MAX:
        return None
    verbs = {word: found for word in words if (found := _verbs(names.exact(word)) or _verbs(names.exact(word[:-1])))}
    others = [word for word in words if word not in _USE_WORDS and not names.exact(word) and word not in verbs]
    return next(reversed(verbs.values()))[0] if verbs and not others else None


def _verbs(names: Iterable[Name]) -> list[str]:
    return [name.id for name in names if name.kind == "verb"]


def parse_changes(verb: str, words: list[str], names: NameIndex) -> Command:
    """`changes [brief] [since:7d] [skip:20]`, or `changes <brief> @<before>..<after>`."""
    attempt = _attempt(verb, words)
    ranges = list(filter(None, map(_RANGE.fullmatch, words)))
    parsed = _list_query([word for word in words if not _RANGE.fullmatch(word)])
    if isinstance(parsed, ArgumentProblem):
        return ShowHelp(verb, parsed.reason, attempt)
    plain, query = parsed
    between = Range(ranges[0]["before"], ranges[0]["after"]) if ranges else None
    if slug := names.gone_slug(_PREPOSITION.sub("", " ".join(plain))):
        return replace(query, brief=slug, between=between)
    if plain:
        return _with_brief(verb, plain, attempt, names, lambda slug: replace(query, brief=slug, between=between))
    return ShowHelp(verb, "it does not say of which brief", attempt) if between else query


def _list_query(words: list[str]) -> tuple[list[str], ShowChanges] | ArgumentProblem:
    """Plain words, and the query of their options for all briefs."""
    phrase: TimePhrase[Since] = take_time(bare_words(" ".join(words)), _CHANGES_MARKERS, parse_since)
    if any(word.casefold().startswith("since:") for word in phrase.words):
        return ArgumentProblem(two_of("since"))
    parsed = parse_values(phrase.words, "skip")
    if isinstance(parsed, ArgumentProblem):
        return parsed
    if phrase.unreadable:
        return ArgumentProblem(
            f"{quoted(phrase.unreadable)} is not a valid time; write since:7d, since:yesterday or since:2025-05-31"
        )
    plain, values = parsed
    skip_text = values.get("skip", "")
    if not re.fullmatch(_COUNT, skip_text):
        return ArgumentProblem(f"{quoted(f'skip:{skip_text}')} is not a number; write skip:20")
    return plain, ShowChanges(None, phrase.time, None, int(skip_text or 0) or None)


def parse_use(verb: str, words: list[str], names: NameIndex) -> Command:
    """`use <brief>|none`."""
    if not words:
        return ShowObjects("use")
    if [word.casefold() for word in words] == ["none"]:
        return SetDefaultBrief(None)
    return _with_brief(verb, words, _attempt(verb, words), names, SetDefaultBrief)


def parse_status(verb: str, words: list[str], names: NameIndex) -> Command:
    """`status`."""
    return ShowHelp(verb, "it takes nothing", _attempt(verb, words)) if words else ShowStatus()


# What the parsers share


def _attempt(verb: str, words: list[str]) -> str:
    return " ".join([verb, *words])


def _with_brief(
    verb: str, words: list[str], attempt: str, names: NameIndex, build: Callable[[str], Command]
) -> Command:
    """The command of the brief that words name, else what to say instead. `build` takes a slug."""
    phrase = " ".join(words)
    plain = phrase if names.exact(phrase) else _PREPOSITION.sub("", phrase)
    briefs = [name.id for name in match_prefix(plain, names) if name.kind == "brief"]
    if len(briefs) == 1:
        return build(briefs[0])
    if briefs:
        return Ambiguous(attempt, tuple(map(build, briefs)))
    if near := [match.name.id for match in names.similar(phrase) if match.name.kind == "brief"]:
        return DidYouMean(phrase, attempt, tuple(map(build, near)))
    if any(name.kind == "section" for name in names.exact(phrase)):
        return ShowHelp(verb, f"{quoted(phrase)} is a section; `{verb}` is about a whole brief", attempt)
    return ShowHelp(verb, f"no brief is called {quoted(phrase)}", attempt)

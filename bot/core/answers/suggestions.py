"""Commands that are offered, and what stands on them."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time

from bot.core.answers.answer import Suggestion
from bot.core.answers.corpus import Corpus
from bot.core.briefs.brief import Brief
from bot.core.commands import command, digest_commands, quote_commands
from bot.core.commands.command import Command, ListBriefs, Show
from bot.core.commands.readings import command_of
from bot.core.commands.schedule_arguments import ScheduleSpec
from bot.core.digests import time_zones
from bot.core.subscriptions.subscription import SubscriptionSpec, Target

NEAR_WORDS_MAX = 4
"""Words of a question that may be a misspelt name: of more nothing is meant but a question."""
NEAR_MAX = 3


def suggest(commands: Iterable[Command], corpus: Corpus, today: date | None = None) -> tuple[Suggestion, ...]:
    """Commands under what is to be typed for them, in order; with offsets of time zones on a day, without for None."""
    labels = ((_label(each, corpus), each) for each in commands)
    return tuple(Suggestion(_with_offset(label, each, today) if today else label, each) for label, each in labels)


def choices(commands: tuple[Command, ...], corpus: Corpus, today: date) -> tuple[Suggestion, ...]:
    """The commands, those about a brief under its title."""
    return tuple(Suggestion(_with_offset(title_of(each, corpus), each, today), each) for each in commands)


def _label(query: Command, corpus: Corpus) -> str:
    """What to type; of a brief with a name that neither its slug nor its title shows that name and the title; of a
    digest without a time zone also which it gets."""
    match query:
        case Show(name=str() as name) if name:
            return f"{name}: {title_of(query, corpus)}"
        case digest_commands.SetDigest(spec=ScheduleSpec(zone=None)):
            return f"{query} (your time zone in Slack)"
    return str(query)


def title_of(query: Command, corpus: Corpus) -> str:
    """What a command is about, by titles; what to type for one that is about no brief or section."""
    match query:
        case Show(brief=None, section=str() as section):
            return corpus.section_title(section)
        case Show(brief=slug, section=section):
            pass
        case command.Subscribe(spec=SubscriptionSpec(target=Target(brief=slug, section=section))):
            pass
        case command.ShowSources(brief=slug) | quote_commands.ShowQuotes(brief=slug) | command.ShowChanges(brief=slug):
            section = None
        case _:
            return str(query)
    brief = corpus.briefs.get(slug or "")
    if brief is None:
        return str(query)
    return f"{corpus.section_title(section)} in {brief.title}" if section else brief.title


def _with_offset(label: str, query: Command, today: date) -> str:
    """A label; that of a digest with the offset which its time zone has on this day."""
    match query:
        case digest_commands.SetDigest(spec=ScheduleSpec(zone=str() as zone)):
            noon = datetime.combine(today, time(12), UTC)
            return f"{label} ({time_zones.offset_text(noon.astimezone(time_zones.zone(zone)))} today)"
    return label


def brief_suggestions(briefs: Iterable[Brief], with_slug: Callable[[str], Command]) -> tuple[Suggestion, ...]:
    """Briefs under their titles, in order; `with_slug` gives the command for a slug."""
    return tuple(Suggestion(brief.title, with_slug(brief.slug)) for brief in briefs)


def once_each(*suggestions: Suggestion) -> tuple[Suggestion, ...]:
    """The first suggestion of each command."""
    once: dict[Command, Suggestion] = {}
    for suggestion in suggestions:
        once.setdefault(suggestion.command, suggestion)
    return tuple(once.values())


def near_names(words: str, corpus: Corpus) -> tuple[Suggestion, ...]:
    """What has a name, a tag or a word of its title that is spelled nearly like a word."""
    if len(words.split()) > NEAR_WORDS_MAX:
        return ()
    names = dict.fromkeys(match.name for word in words.split() for match in corpus.names.suggestions(word))
    commands = (ListBriefs(name.id) if name.kind == "tag" else command_of((name,), corpus.names) for name in names)
    return suggest(tuple(commands)[:NEAR_MAX], corpus)


def show_brief(slug: str) -> Command:
    """The command that shows a brief by its first section."""
    return Show(None, slug)

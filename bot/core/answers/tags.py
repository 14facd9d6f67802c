"""Replies and suggestions about tags: which there are is known where the briefs are."""

from dataclasses import replace

from bot.core.answers.answer import Disambiguation, NoMatch, Reply, Suggestion
from bot.core.answers.corpus import Corpus
from bot.core.commands import command
from bot.core.commands.command import Command
from bot.core.commands.subscribe_arguments import quoted
from bot.core.spelling import closest_match
from bot.core.subscriptions.subscription import SubscriptionSpec, Target


def no_tag(query: command.ListBriefs, unknown: str, corpus: Corpus) -> Reply:
    """The tag that is spelled like an unknown one; all tags where none is."""
    tags = _tags(corpus)
    why = f"no published brief has the tag {quoted(unknown)}"
    if near := closest_match(unknown, tags):
        return NoMatch(str(query), why, (Suggestion(f"tag:{near}", command.ListBriefs(near)),))
    if not tags:
        return NoMatch(str(query), why)
    choices = tuple(Suggestion(f"tag:{tag}", command.ListBriefs(tag)) for tag in tags)
    return Disambiguation(f"{why[0].upper()}{why[1:]}", "There are these tags.", choices, query)


def _tags(corpus: Corpus) -> list[str]:
    return sorted({tag for brief in corpus.published for tag in brief.tags})


def with_known_tag(option: Command, corpus: Corpus) -> Command | None:
    """A suggestion to follow one tag, with the tag that is spelled like it; None where none is. Other commands stay as
    they are."""
    match option:
        case command.Subscribe(SubscriptionSpec(target=Target(tag=str(tag))) as spec) if "," not in tag:
            near = closest_match(tag, _tags(corpus))
            return command.Subscribe(replace(spec, target=Target(tag=near))) if near else None
    return option

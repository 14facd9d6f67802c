"""Examples of every command, for its help. What stands in braces are names of the corpus that is asked."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple


class Example(NamedTuple):
    """What to type, and what it does."""

    words: str
    effect: str


ASK_EXAMPLES = (
    Example("{section}", "one section of the brief that answers where none is named"),
    Example("{section} {brief}", "the same section of a brief, in either order"),
    Example("{section} {brief} quotes", "with every quote from the sources"),
)

EXAMPLES: Mapping[str, tuple[Example, ...]] = {
    "search": (
        Example("search {words}", "claims with these words, or near in meaning"),
        Example("{section} {words}", "a section, or what is near in it"),
    ),
    "list": (Example("list", "all briefs"), Example("list tag:{tag}", "those with a tag")),
    "sources": (
        Example("sources {brief}", "every source of a brief, and its caveats"),
        Example("sources", "those of the brief that answers where none is named"),
    ),
    "verify": (
        Example("verify {brief}", "whether each quote of a brief still stands on its page"),
        Example("verify", "those of the brief that answers where none is named"),
    ),
    "help": (Example("help digest", "more examples of one command"), Example("help", "all commands")),
    "changes": (
        Example("changes", "what changed lately in all briefs"),
        Example("changes {brief}", "in one brief"),
        Example("changes since:7d", "in the last seven days"),
    ),
    "subscriptions": (
        Example("subscriptions", "what this channel follows"),
        Example("subscriptions all", "what all channels follow"),
    ),
    "status": (Example("status", "what is published, and what this channel is sent"),),
    "subscribe": (
        Example("subscribe {brief}", "post here what changes in a brief"),
        Example("subscribe all kind:correction", "only corrections, of all briefs"),
        Example("subscribe {brief}/{section} deliver:digest", "one section, in the digest"),
    ),
    "unsubscribe": (
        Example("unsubscribe {brief}", "stop following a brief"),
        Example("unsubscribe #3", "end a subscription by its number"),
    ),
    "mute": (
        Example("mute {brief}", "post nothing of it for a week"),
        Example("mute all until:friday", "everything, until a day"),
        Example("mute #3 for:12h", "one subscription, for some hours"),
    ),
    "unmute": (
        Example("unmute {brief}", "post again what was muted"),
        Example("unmute #3", "one subscription by its number"),
    ),
    "use": (
        Example("use {brief}", "this brief answers here where none is named"),
        Example("use none", "no brief does any more"),
    ),
    "digest": (
        Example("digest daily 08:30", "what changed, every day at this time"),
        Example("digest weekdays 08:30 Europe/Berlin", "Monday to Friday, in a time zone"),
        Example("digest weekly monday 09:00", "once a week"),
        Example("digest preview", "what the next one would say, to you alone"),
        Example("digest now", "send it at once"),
        Example("digest off", "end it"),
    ),
    "report": (
        Example("report {brief}/{section}", "a mistake in a section, in a form"),
        Example("report {brief}", "in a brief"),
        Example("report", "in any claim, which you find by its words"),
    ),
}
"""By the name of the verb; the first one stands in the list of all commands."""


def with_names(examples: tuple[Example, ...], names: Mapping[str, str]) -> Iterator[Example]:
    """The examples for which all names are there."""
    for words, effect in examples:
        try:
            yield Example(words.format_map(names), effect)
        except KeyError:
            continue

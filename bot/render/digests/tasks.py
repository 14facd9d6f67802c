"""What maintainers have to look after, as items of a digest: lists, and quotes that are not on their pages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.core.commands.button_value import encode_command
from bot.core.commands.command import Command
from bot.core.commands.quote_commands import ShowQuotes
from bot.core.digests.digest import VanishedQuote
from bot.render.document.document import Button, Item, Line, Mention, Passage, Span, Text, line
from bot.render.document.phrases import count, cut, day

LISTED_MAX = 15
"""Lines of a list in a maintainers' digest; one more line counts the others."""

QUOTE_MAX = 120
CHANNELS_MAX = 5
"""Channels that are named of those where a claim was shown."""

VANISHED = "Quotes that are not on their pages"
STATES: Mapping[str, str] = {"missing": "not on the page of", "gone": "the page is gone of"}


def with_open_button(item: Item, target: tuple[str, Command] | None, command: str) -> Item:
    """An item with a button below it; `target` is its label and what it opens, None for none."""
    if target is None:
        return item
    label, opened = target
    button = Button(label, "open:item", encode_command(opened))
    return replace(item, controls=(button,), typed_alternative=f"{command} {opened}")


def list_item(title: str, entries: Sequence[Line]) -> Iterator[Item]:
    """One item of all lines, or of the first ones; none for no line."""
    if not entries:
        return
    lines = entries[:LISTED_MAX]
    more = [line(f"• and {len(entries) - LISTED_MAX} more")] if len(entries) > LISTED_MAX else []
    yield Item(Passage((*lines, *more)), heading=line(Text(title, bold=True)))


def vanished_items(quotes: Sequence[VanishedQuote], command: str) -> Iterator[Item]:
    """The first new quotes one by one, with what rests on them; then a list of the others."""
    news = [each for each in quotes if each.is_new][:LISTED_MAX]
    for each in news:
        target = f"Quotes of {each.title}", ShowQuotes(each.slug, each.section)
        yield with_open_button(Item(Passage(_news(each)), heading=line(Text(VANISHED, bold=True))), target, command)
    yield from list_item(VANISHED, [line(f"• {_known(each)}") for each in quotes[len(news) :]])


def _news(quote: VanishedQuote) -> tuple[Line, ...]:
    head = line("• ", Text("New", bold=True), f" · {_known(quote)}")
    return (head, line(f"“{cut(quote.quote, QUOTE_MAX)}”"), line(*_posts(quote)))


def _known(quote: VanishedQuote) -> str:
    where = f"{STATES[quote.state]} {quote.publisher} since {day(quote.since)}"
    return f"{quote.title} · {quote.section} · {quote.claim} · {where}"


def _posts(quote: VanishedQuote) -> Iterator[Span]:
    """`2 posts show the claim, in #general, #ferries`."""
    show = "post shows" if quote.posts == 1 else "posts show"
    yield Text(f"{quote.posts or 'no'} {show} the claim")
    for n, channel in enumerate(quote.channels[:CHANNELS_MAX]):
        yield Text(", " if n else ", in ")
        yield Mention("channel", channel)
    if (more := len(quote.channels) - CHANNELS_MAX) > 0:
        yield Text(f" and {count(more, 'more channel')}")

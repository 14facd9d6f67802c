"""The words of what is known of quotes, one by one."""

from collections import Counter
from collections.abc import Iterator

from bot.core.answers.answer import QuoteEntry, QuoteList
from bot.core.commands.quote_commands import ShowQuotes
from bot.core.evidence.check_summary import failure_of
from bot.core.evidence.lock import FOUND
from bot.render.answer_layout import revision
from bot.render.document.citations import quotations
from bot.render.document.document import Context, Document, Heading, Item, Layout, Passage, Text, line
from bot.render.document.phrases import count, cut, day
from bot.render.document.quote_checks import reason_words, state_words

CLAIM_MAX = 80
"""Characters of the claim that a quote stands under."""


def quote_list_layout(reply: QuoteList) -> Layout:
    """Each quote with its state, the day of it, and its source."""
    items = [_item(each) for each in reply.entries]
    nothing = Item(Passage((line("Nothing is quoted here."),)))
    return Layout(
        head=(Heading(reply.brief.title), Context(_counts(reply)), *_changed(reply)),
        items=tuple(items) or (nothing,),
        small_print=revision(reply.brief, None),
        command=ShowQuotes(reply.brief.slug, reply.section),
        source=(reply.brief.slug, reply.section or "", reply.brief.revision),
        sources="short",
    )


def _counts(reply: QuoteList) -> str:
    """`Legal considerations · 5 quotes: 2 not looked for yet; 3 found word for word`."""
    states = Counter(state_words(each.check) for each in reply.entries)
    counts = "; ".join(f"{number} {_small(state)}" for state, number in states.items())
    number = count(len(reply.entries), "quote")
    return " · ".join(filter(None, (reply.section_title, f"{number}: {counts}" if number else "no quotes")))


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _changed(reply: QuoteList) -> Document:
    if reply.earlier is None:
        return ()
    slug = reply.brief.slug
    text = f"{slug}@{reply.earlier} is not what it says now; these are the quotes of {slug}@{reply.brief.revision}."
    return (Passage((line(Text(text, bold=True)),)),)


def _item(entry: QuoteEntry) -> Item:
    claim = Text(cut(entry.excerpt.claim.text, CLAIM_MAX), italic=True)
    known = line(" · ".join(_known(entry)), " · " if entry.check else "", claim)
    heading = line(Text(state_words(entry.check), bold=True))
    return Item(Passage((*quotations([entry.citation]), known)), (entry.citation,), heading=heading)


def _known(entry: QuoteEntry) -> Iterator[str]:
    check = entry.check
    if check is None or entry.last_look is None:
        return
    if check.state in FOUND:
        yield f"checked {day(entry.last_look)}"
        yield f"there since {day(check.since)}"
    else:
        yield f"since {day(check.since)}"
    if reason := reason_words(check):
        yield reason
    if check.archived and not failure_of(check):
        yield "in the archived copy"
    if check.places > 1:
        yield f"in {check.places} places"

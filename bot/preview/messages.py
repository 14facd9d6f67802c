"""Messages as Slack shows them, block by block."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from markupsafe import Markup

from bot.core.answers.answer import Answer, Reply
from bot.core.answers.corpus import Corpus
from bot.core.answers.lookup import reply
from bot.core.briefs.brief import Brief
from bot.core.commands.command import Show, ShowSources
from bot.core.commands.outcome import Outcome
from bot.render.document import html
from bot.render.document.html_text import join
from bot.render.document.message import message_from
from bot.render.document.paging import pages
from bot.render.reply_layout import layout

Blocks = tuple[Markup, ...]
"""The blocks of a message as HTML; those of several pages one after the other, with `PAGE_END` between."""

SOURCES = "/sources"
"""Stands for the list of sources among keys of sections, none of which has a slash."""

PAGE_END = Markup("<hr class=page>")


def blocks_of(shown: Reply | Outcome, command: str) -> Blocks:
    """All pages of a reply or post. Its buttons do nothing."""
    messages = [message_from(document) for document in pages(layout(shown, command))]
    blocks: list[Markup] = []
    for number, message in enumerate(messages):
        blocks += [PAGE_END] if number else []
        blocks += [_idle(html.blocks([block], lambda key: key)) for block in message.blocks]
    return tuple(blocks)


def _idle(markup: Markup) -> Markup:
    # Text is escaped in it, so only a button itself begins like this.
    return Markup(str(markup).replace("<button ", "<button disabled "))  # noqa: S704


def message(blocks: Iterable[Markup]) -> Markup:
    """A message of the bot."""
    return Markup(
        '<div class=message><span class="avatar avatar-0" aria-hidden=true>B</span><div class=body>'
        "<div class=meta><b>briefbot</b><span class=badge>APP</span></div>{}</div></div>"
    ).format(join(blocks))


def answers(brief: Brief, corpus: Corpus, today: date, *, folds: bool) -> list[tuple[str, str, Reply]]:
    """(key, title, reply) of all that readers can ask of a brief: it as a whole, its sections, its sources. A draft is
    shown as if it were published."""
    if brief.status == "draft":
        brief = replace(brief, status="published")
    corpus = replace(corpus, briefs={**corpus.briefs, brief.slug: brief})
    shown = (
        (key, title, reply(query, corpus, default=None, today=today)) for key, title, query in _asked(brief, corpus)
    )
    return [(key, title, _folded(each) if folds else each) for key, title, each in shown]


def _asked(brief: Brief, corpus: Corpus) -> Iterator[tuple[str, str, Show | ShowSources]]:
    if brief.status == "withdrawn":
        yield "", "The brief", Show(None, brief.slug)
        return
    for number, key in enumerate(corpus.section_keys(brief)):
        # Who names no section gets the first one, below the summary.
        yield key, corpus.section_title(key), Show(key if number else None, brief.slug)
    yield SOURCES, "Sources", ShowSources(brief.slug)


def _folded(shown: Reply) -> Reply:
    return replace(shown, view="fold") if isinstance(shown, Answer) else shown

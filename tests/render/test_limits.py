"""Whatever a brief holds, what is sent stays within Slack's limits and is nothing but text and links."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.answers.answer import Answer, Reply
from bot.core.answers.corpus import Corpus
from bot.core.briefs.brief import Brief
from bot.core.changes.announcement import Announcement
from bot.handlers.answers.answer_cache import AnswerCache
from bot.render.document import block_kit, mrkdwn, paging
from bot.render.document.block_text import BLOCK_TEXT_MAX, block_text_length
from bot.render.document.document import Passage
from bot.render.document.document_text import document_text_length
from bot.render.document.message import Message
from bot.render.reply_layout import layout
from bot.render.reply_message import render_reply
from tests.conftest import examples
from tests.make import brief, claim, corpus
from tests.render.hostile import TEXTS, briefs, texts, updates
from tests.render.limits import check, walk

TODAY = date(2025, 3, 1)
COMMANDS = ["", "legal", "legal quotes", "legal all", "legal hostile", "hostile", "sources", "list", "help"]
COMMANDS += ["search word", "legal word thing", "reactions"]


def reply_to(text: str, held: Corpus) -> Reply:
    answers = AnswerCache(held, "/brief", TODAY)
    return answers.answer(answers.parse(text))


def messages(store: Brief, command: str) -> Iterator[Message]:
    """All pages of a reply."""
    held = corpus(store)
    answer = reply_to(command, held)
    count = len(paging.pages(layout(answer, "/brief")))
    return (render_reply(answer, command="/brief", page=number) for number in range(1, count + 1))


@given(briefs(), st.sampled_from(COMMANDS))
@examples(3000, gate=25)
def test_hostile_briefs_stay_within_the_limits(store: Brief, command: str) -> None:
    for sent in messages(store, command):
        check(sent)


@given(briefs(), st.booleans())
def test_no_document_is_counted_for_less_than_its_blocks_carry(store: Brief, folds: bool) -> None:
    answers = AnswerCache(corpus(store), "/brief", TODAY, folds=folds)
    answer = answers.answer(answers.parse("legal"))
    for document in paging.pages(layout(answer, "/brief")):
        made = block_kit.blocks(document)
        assert block_text_length(made) <= document_text_length(document)
        assert block_text_length(made) <= BLOCK_TEXT_MAX


@given(updates())
@examples(100, gate=8)
def test_hostile_changes_stay_within_the_limits(update: Announcement) -> None:
    count = len(paging.pages(layout(update, "/brief")))
    for number in range(1, count + 1):
        check(render_reply(update, command="/brief", page=number))
    assert count == 1 or not update.collapsed
    folded = replace(update, notes=(), reason=None, history_url=None, collapsed=True)
    assert mrkdwn.length(render_reply(folded, command="/brief").text) <= paging.PAGE_TEXT_MAX


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("command", COMMANDS)
def test_every_hostile_text_everywhere(text: str, command: str) -> None:
    store = brief("hostile", {"legal": [claim("x", text, note=text)]}, title=text[:150], aliases=(text[:60],))
    for sent in messages(store, command):
        check(sent)


@given(texts(2000))
def test_what_readers_type_stays_within_the_limits(typed: str) -> None:
    for sent in messages(brief("hostile"), typed):
        check(sent)


@given(texts(1000))
def test_a_claim_stands_in_the_blocks_character_by_character(text: str) -> None:
    (sent, *_) = messages(brief("hostile", {"legal": [claim("x", text)]}), "legal")
    assert text in [part["text"] for part in walk(sent.blocks) if part.get("type") == "text"]


# Slack escapes what people type as `html.escape` does, the ampersand first. Source: docs.slack.dev, formatting message
# text, escaping text


@given(st.one_of(texts(1000), st.text("&<>;ampltgx", max_size=30)))
def test_unescaping_gives_back_what_was_typed(text: str) -> None:
    sent = html.escape(text, quote=False)
    assert mrkdwn.unescape(sent) == text
    assert mrkdwn.escape(text) == sent


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("&lt;b&gt;", "<b>"),
        ("R&amp;D", "R&D"),
        ("&amp;lt;", "&lt;"),
        ("&amp;gt;", "&gt;"),
        ("&amp;amp;", "&amp;"),
        ("&amp;amp;lt;", "&amp;lt;"),
        ("&quot;&#39;&nbsp;", "&quot;&#39;&nbsp;"),
        ("&lt", "&lt"),
    ],
)
def test_an_entity_is_undone_once(sent: str, typed: str) -> None:
    assert mrkdwn.unescape(sent) == typed


@given(texts(400), st.integers(2, 200))
def test_shortening_cuts_no_entity_and_keeps_the_limit(text: str, limit: int) -> None:
    short = block_kit.shorten(text, limit)
    assert mrkdwn.length(short) <= limit
    assert not re.search(r"&(?!amp;|lt;|gt;)", short)


@pytest.mark.parametrize("command", ["legal", "legal quotes"])
@given(store=briefs())
def test_pages_hold_every_claim_once_in_order(command: str, store: Brief) -> None:
    held = corpus(store)
    answer = reply_to(command, held)
    assert isinstance(answer, Answer)
    whole = layout(answer, "/brief")
    lines = [line for item in whole.items for line in item.passage.parts]
    passages = [part for page in paging.pages(whole) for part in page if isinstance(part, Passage)]
    shown = [line for passage in passages for line in passage.parts]
    assert [line for line in shown if line in lines] == lines


def test_a_page_lists_the_sources_of_its_own_claims_only() -> None:
    pages = [
        sent.text
        for sent in messages(brief("long", {"legal": [claim(f"c{n}", "word " * 150) for n in range(9)]}), "legal")
    ]
    assert len(pages) > 1
    assert all(page.count("Sources") == 1 for page in pages)


def test_the_last_page_stands_in_for_any_beyond() -> None:
    held = corpus(brief("short"))
    answer = reply_to("legal", held)
    assert render_reply(answer, command="/brief", page=9) == render_reply(answer, command="/brief", page=1)


def test_limits_are_slacks() -> None:
    """Source: docs.slack.dev, chat.update, blocks, header block, text object."""
    assert (paging.TEXT_MAX, block_kit.BLOCKS_MAX, block_kit.HEADER_TEXT_MAX, block_kit.CONTEXT_TEXT_MAX) == (
        4000,
        50,
        150,
        3000,
    )

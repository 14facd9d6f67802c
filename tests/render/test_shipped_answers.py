"""Every section of every shipped brief is one message that answers first."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.content.repository import Repository
from bot.core.answers.answer import Answer
from bot.core.answers.corpus import CurrentCorpus
from bot.core.briefs.arrangement import OPEN_WORDS_MAX, open_words
from bot.core.commands.command import Show
from bot.handlers.answers.answer_cache import AnswerCache
from bot.render.answer_layout import answer_layout, shown_excerpts
from bot.render.document import mrkdwn, terminal
from bot.render.document.block_text import BLOCK_TEXT_MAX, block_text_length
from bot.render.document.paging import PAGE_TEXT_MAX, pages, single_page
from tests.conftest import ROOT
from tests.evidence import verified
from tests.render.limits import check


def shipped() -> AnswerCache:
    repository = Repository(ROOT / "briefs")
    corpus = CurrentCorpus().put(repository.load().briefs, repository.vocabulary)
    return AnswerCache(corpus, "/brief", date(2026, 11, 26))


ANSWERS = shipped()
VERIFIED = verified(*ANSWERS.corpus.published, on=date(2026, 9, 30))
SECTIONS = [(key, brief.slug) for brief in ANSWERS.corpus.published for key in ANSWERS.corpus.section_keys(brief)]


@pytest.mark.parametrize(("key", "slug"), SECTIONS)
def test_a_section_is_one_message(key: str, slug: str, golden: Callable[[str, str], None]) -> None:
    command = Show(key, slug)
    answer, message = ANSWERS.answer(command), ANSWERS.render_page(command)
    assert isinstance(answer, Answer)
    layout = answer_layout(answer, "/brief")
    shown = [each.claim for each in shown_excerpts(answer)]
    assert len(pages(layout)) == 1
    assert open_words(shown) <= OPEN_WORDS_MAX
    assert block_text_length(message.blocks) <= BLOCK_TEXT_MAX
    assert mrkdwn.length(message.text) <= PAGE_TEXT_MAX
    check(message)
    assert shown[0].text in message.text.split("\n")[0]
    # The longest line on quotes still has room.
    verified_answer = answer_layout(replace(answer, evidence=VERIFIED), "/brief")
    assert " quotes checked 30 September 2026" in single_page(verified_answer)[-2].text  # type: ignore[union-attr]
    assert len(pages(verified_answer)) == 1
    golden(f"answers/{key}-{slug}.txt", terminal.text(single_page(layout)) + "\n")


def test_there_are_25() -> None:
    assert len(SECTIONS) == 25

"""What a draft may lack, and what a brief that readers see may not."""

from pathlib import Path

import pytest

from bot.content.loader import brief_from
from bot.core.evidence.cited import cited_quotes
from bot.core.linting.diagnostic import is_error
from bot.render.document.citations import source_words
from bot.render.document.document import Text

TEXT = """\
title: Tea
summary: It was taxed.
status: STATUS
as_of: 2025-01-01
owner: desk
sections: {legal: {claims: [{id: tea-taxed, text: Tea was taxed in 1773., standing: unverified, note: So far.}]}}
sources: {gazette: {title: Gazette}}
changes: [{date: 2025-01-01, kind: withdrawal, note: So.}]
"""
CITED = TEXT.replace("standing", "evidence: [{source: gazette}], standing")


def errors(text: str, status: str) -> list[str]:
    problems = brief_from(Path("tea.yaml"), text.replace("STATUS", status).encode()).problems
    return [problem.code for problem in problems if is_error(problem)]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (TEXT, ["B202", "B121", "B121", "B121"]),
        (CITED, ["B121", "B121", "B121"]),
        (CITED.replace("{title: Gazette}", "{publisher: Gazette, url: https://example.org, kind: news}"), []),
        (CITED.replace("{title: Gazette}", "{publisher: Gazette, url: https://example.org}"), ["B121"]),
        (CITED.replace("{title: Gazette}", "{url: https://example.org, publishr: Gazette, kind: news}"), ["B120"]),
        (TEXT.replace("{gazette: {title: Gazette}}", "{}").replace("owner: desk", 'owner: "TODO: who"'), ["B144"]),
        (TEXT.replace("{gazette: {title: Gazette}}", "{}").replace("owner: desk", 'owner: "Was: a"'), ["B134"]),
    ],
)
def test_a_draft_may_lack_what_a_published_or_withdrawn_brief_needs(text: str, codes: list[str]) -> None:
    assert errors(text, "published") == codes
    assert errors(text, "withdrawn") == codes
    assert errors(text, "draft") == [code for code in codes if code == "B120"]


def test_where_the_status_is_misspelt_it_alone_is_named() -> None:
    assert errors(CITED, "drft") == ["B126"]


@pytest.mark.parametrize(("status", "codes"), [("published", ["B308"]), ("draft", [])])
def test_what_nobody_has_looked_for_yet_may_read_as_a_fact(status: str, codes: list[str]) -> None:
    problems = brief_from(Path("tea.yaml"), TEXT.replace("STATUS", status).encode()).problems
    assert [problem.code for problem in problems if problem.code == "B308"] == codes


def test_a_quote_of_a_source_without_an_address_is_not_looked_for() -> None:
    text = CITED.replace("source: gazette}", "source: gazette, quote: the tea was taxed so}")
    brief = brief_from(Path("tea.yaml"), text.replace("STATUS", "draft").encode()).value
    assert brief
    assert [*cited_quotes(brief)] == []


def test_a_source_without_an_address_is_shown_without_a_link() -> None:
    brief = brief_from(Path("tea.yaml"), TEXT.replace("STATUS", "draft").encode()).value
    assert brief
    words = source_words(brief.sources["gazette"])
    assert words == (Text("Gazette"), Text(", undated"))

"""Sources as texts name them: nothing is taken that is not there."""

import pytest

from bot.core.drafts.draft import DraftSource
from bot.core.drafts.identifiers import Ids
from bot.core.drafts.source_lines import card_sources, line_sources


def fields(source: DraftSource) -> tuple[str, str, str, str]:
    return source.publisher, source.title, source.url, source.note


def test_cards_that_were_copied_in_one_line() -> None:
    line = "apnews.comTrump says it2 days agowww.bbc.co.ukThe UK’s planYesterdaynpr.orgNo day given"
    assert [fields(source) for source in card_sources(line, 1, Ids())] == [
        ("apnews.com", "Trump says it", "", "The pasted text has “2 days ago” beside it."),
        ("www.bbc.co.uk", "The UK’s plan", "", "The pasted text has “Yesterday” beside it."),
        ("npr.org", "No day given", "", ""),
    ]


@pytest.mark.parametrize(
    "text", ["The board met.", "See example.org for more.", "example.org", "e.g. The board", "v.Board", ""]
)
def test_other_lines_are_no_cards(text: str) -> None:
    assert card_sources(text, 1, Ids()) == []


@pytest.mark.parametrize(
    ("text", "title", "url"),
    [
        ("https://example.org/a.", "", "https://example.org/a"),
        ("Gazette, 4 March 2025", "Gazette, 4 March 2025", ""),
        ("Gazette: A title (https://example.org/a)", "Gazette: A title", "https://example.org/a"),
        ("AP, https://example.org/a, 5 March 2025", "AP, 5 March 2025", "https://example.org/a"),
        ("<https://example.org/a> – A title", "A title", "https://example.org/a"),
        ("[A title](https://example.org/a_(b))", "A title", "https://example.org/a_(b)"),
        ("Minutes (not seen).", "Minutes (not seen)", ""),
        ("A file: ftp://example.org/a", "A file: ftp://example.org/a", ""),
    ],
)
def test_a_line_gives_a_title_and_an_address_where_it_has_them(text: str, title: str, url: str) -> None:
    (source,) = line_sources(text, 1, Ids())
    assert fields(source) == ("", title, url, "")
    assert source.said == text


def test_a_line_with_several_addresses_gives_several_sources() -> None:
    urls = [source.url for source in line_sources("A, https://example.org/a and https://example.org/b", 1, Ids())]
    assert urls == ["https://example.org/a", "https://example.org/b"]


def test_a_title_beyond_the_length_of_a_line_is_cut_and_stands_above_in_full() -> None:
    (source,) = line_sources("word " * 200, 1, Ids())
    assert len(source.title) <= 400
    assert source.title.endswith("word…")

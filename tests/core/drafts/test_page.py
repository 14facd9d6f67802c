"""HTML is read as a browser shows it."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.briefs.vocabulary import NO_VOCABULARY
from bot.core.drafts.compose import compose
from bot.core.drafts.page import is_page, shown
from tests.conftest import examples
from tests.pasted import STORE, assert_holds_every_word, assert_tells_every_remark, letters

PAGE = """\
<!DOCTYPE html>
<html lang="en"><head><title>Ferries &amp; boats</title>
<style>p { color: red }</style></head>
<body><!-- <p>Not so.</p> -->
<h2>Legal</h2>
<p>The act of
3&nbsp;March holds, says <a href="https://example.org/a?b=1&amp;c=2">Quay &amp; Sons</a>. It is <b>old</b>.</p>
<ul><li>One &lt; two.<li><p>Two is so.</p></ul>
<h2>Sources</h2>
<p>Harbour Gazette, 4 March<br>Radio, 5 March</p></body></html>
"""


def test_a_page_is_a_draft_with_the_lines_of_its_html() -> None:
    assert STORE
    draft = compose(PAGE, STORE)
    assert draft.title == "Ferries & boats"
    assert [(each.line, each.text) for each in draft.claims] == [
        (6, "The act of 3 March holds, says Quay & Sons."),
        (6, "It is old."),
        (8, "One < two."),
        (8, "Two is so."),
    ]
    assert {claim.section for claim in draft.claims} == {"legal"}
    assert [(each.line, each.title, each.url) for each in draft.sources] == [
        (6, "", "https://example.org/a?b=1&c=2"),
        (10, "Harbour Gazette, 4 March", ""),
        (10, "Radio, 5 March", ""),
    ]
    assert [(notice.line, notice.text) for notice in draft.notices[:4]] == [
        (1, "the text is HTML; it is read as a browser shows it"),
        (2, "“Ferries & boats” gives the title"),
        (3, "<style> is not shown by a browser, and is left out"),
        (4, "a comment is not shown by a browser, and is left out"),
    ]
    assert_tells_every_remark(draft)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("<p>One &amp; two.</p><p>Three.</p>", ["One & two.", "Three."]),
        ("One <b>is</b> so.\n\nTwo &eacute; is <i>so</i>.", ["One is so.", "Two é is so."]),
        ("<div>One is<br/>so.</div>", ["One is so."]),
        ("<p>One is so.<sup>2</sup> H<sub>2</sub>O is.", ["One is so.²", "H2O is."]),
        ("<P CLASS=a>One is so.</P><script>alert('<p>')</script>", ["One is so."]),
        ("<p>One is so.<script>It is not closed.", ["One is so.", "It is not closed."]),
        ("<p>One is so. <!-- Two is so.", ["One is so.", "Two is so."]),
        (
            "<p><a href='/relative'>One</a> is <a href=https://example.org/b>[so]</a>.</p>",
            ["One is [so] (https://example.org/b)."],
        ),
        ("1. One &amp; two\n   are <b>so</b>.\n2. Ada <a@b.org> is.", ["One & two are so.", "Ada <a@b.org> is."]),
        ("One <Ada> is <b>so</b>, says <https://example.org/a>.", ["One <Ada> is so, says https://example.org/a."]),
        ("<p>Ada <ada@example.org> is.<o:p></o:p></p>", ["Ada <ada@example.org> is."]),
        ("<p>İİİİİİİİİİ<script>one</script> is so.</p>", ["İİİİİİİİİİ is so."]),
        ("<p>One&#8203; is&#x202e; so.</p>", ["One is so."]),
    ],
)
def test_html_of_many_kinds(text: str, claims: list[str]) -> None:
    assert [claim.text for claim in compose(text, NO_VOCABULARY).claims] == claims


def test_numbers_of_a_list_are_those_of_its_notes() -> None:
    draft = compose(
        "<p>One is so.[1] Two is so.[2]</p><h2>Sources</h2><ol><li>Gazette<li>Radio<ul><li>One</ul></ol>", NO_VOCABULARY
    )
    assert [[link.source for link in claim.links] for claim in draft.claims] == [["gazette"], ["radio"]]
    assert [source.said for source in draft.sources] == ["1. Gazette", "2. Radio", "One"]


def test_a_heading_that_repeats_the_title_begins_no_group() -> None:
    draft = compose("<title>Boats – Gazette</title><h1>Boats</h1><p>One is so.</p>", NO_VOCABULARY)
    assert (draft.title, draft.groups) == ("Boats – Gazette", ())
    assert [notice.text for notice in draft.notices][1:] == [
        "“Boats – Gazette” gives the title",
        "“Boats” is the title once more",
    ]


@pytest.mark.parametrize(
    "text", ["1 < 2 and 3 > 2.", "A&B; C &c; D", "Ada <ada@example.org> wrote:", "<https://example.org/a>", "a<b>c"]
)
def test_signs_of_less_and_more_are_no_html(text: str) -> None:
    assert not is_page(text)


def test_an_entity_of_plain_text_stays_and_is_told() -> None:
    draft = compose("One.\nQuay &amp; Sons &amp; Co.", NO_VOCABULARY)
    assert draft.claims[1].text == "Quay &amp; Sons &amp; Co."
    assert [(notice.line, notice.text[:24]) for notice in draft.notices] == [(2, "&amp; is “&” in HTML; it")]


class _Words(HTMLParser):
    words = ""

    def handle_data(self, data: str) -> None:
        self.words += data


TAGS = "<p> </p> <br> <li> <h2> </h2> <b> </b> <div> </div> <td> <ul> <a> </a>".split()
PIECES = st.sampled_from(
    [
        *TAGS,
        "One is so. ",
        "\n",
        "\n\n",
        "&amp; ",
        "Two boats leave ",
        "Sources",
        "3 < 4",
        "€",
        "<a href='https://a.b/c'>",
    ]
)


@given(st.lists(PIECES, max_size=15))
@examples(1000, gate=40)
def test_no_word_of_a_page_is_lost(pieces: list[str]) -> None:
    html = f"<p>{''.join(pieces)}"
    text, lines, _ = shown(html)
    parser = _Words()
    parser.feed(html)
    parser.close()
    assert letters(text.replace("(https://a.b/c)", "")) == letters(parser.words)
    assert lines == sorted(lines)
    assert len(lines) == len(text.split("\n")) or not text
    assert_holds_every_word(compose(text, NO_VOCABULARY), text)
    assert_tells_every_remark(compose(html, NO_VOCABULARY))

"""What is left out of long texts, and what never is."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.changes.announcement import Announcement
from bot.render.changes.abridgement import WHOLE_MAX, abridged, around, opening
from bot.render.changes.excerpts import counted_excerpt, excerpt, line_length, text_of_span, whole_excerpt
from bot.render.changes.word_diff import WordRun, compare, runs_of
from bot.render.document.document import Line
from bot.render.document.message import Message
from bot.render.reply_message import render_reply
from tests.conftest import examples
from tests.ferries import told
from tests.make import brief, claim
from tests.render.limits import walk

VERSIONS = "Affected are pillow " + ", ".join(f"{n // 10}.{n % 10}.0" for n in range(10, 130)) + "."
SENTENCES = (
    "In March the board halved the number of ferries. Two towns have gone to court against it. The chair said that “we"
    " have no alternative, and nobody who looks at the numbers can say that we had one in the last ten years”. The"
    " court heard both sides on 4 May. Until it rules, six ferries sail each day. Critics say nobody asked the towns."
)
COSTS = (
    "Costs were awarded to the three petitioners, and the ministry was given six months to hear the counties before it"
    " makes new regulations."
)
COURT = (
    "The High Court of Kenya held on 28 March 2018 that the regulations were made whatever the ministry has said about"
    " its own part in it without the participation of the public which the constitution requires and which it had been"
    f" asked for. The judge set them aside with effect from the end of the year. {COSTS}"
)
CHINESE = "香港立法會在三月十九日三讀通過條例草案，條例在三月二十三日刊憲生效。政府表示，條例列明五類罪行。" * 5


def sides(before: str, after: str) -> tuple[str, str]:
    """Both texts as cut, with `~` around what is struck and `*` around what is bold."""
    old, new = runs_of(abridged(compare(before, after)))
    return _marked(old, "~"), _marked(new, "*")


def _text(runs: tuple[WordRun, ...]) -> str:
    return "".join(words for words, _ in runs)


def _marked(runs: tuple[WordRun, ...], sign: str) -> str:
    return "".join(f"{sign}{words}{sign}" if is_changed else words for words, is_changed in runs)


def test_a_list_is_cut_to_its_beginning_and_to_what_is_new() -> None:
    was, now = sides(VERSIONS, VERSIONS[:-1] + ", 13.0.0.")
    assert was == ("Affected are pillow 1.0.0, 1.1.0, 1.2.0, … 12.5.0, 12.6.0, 12.7.0, 12.8.0, 12.9.0.")
    assert now == was.removesuffix(".") + "*, 13.0.0*."


def test_a_paragraph_is_cut_to_the_sentences_around_what_changed() -> None:
    was, now = sides(SENTENCES, SENTENCES.replace("4 May", "5 May"))
    assert was == (
        "In March the board halved the number of ferries. … The court heard both sides on ~4~ May."
        " Until it rules, six ferries sail each day. Critics say nobody asked the towns."
    )
    assert now == was.replace("~4~", "*5*")


def test_a_quotation_that_holds_the_change_is_whole() -> None:
    was, now = sides(SENTENCES, SENTENCES.replace("ten years", "five years"))
    assert (
        "“we have no alternative, and nobody who looks at the numbers can say that we had one in the last ~ten~ years”"
        in was
    )
    assert was.replace("~ten~", "*five*") == now


def test_a_quotation_beside_the_change_is_not_cut_in_two() -> None:
    _, now = sides(SENTENCES, SENTENCES.replace("against it", "against that"))
    assert now.count("“") == now.count("”")


def test_chinese_is_cut_at_its_sentences() -> None:
    was, _ = sides(CHINESE, CHINESE[:-90] + CHINESE[-90:].replace("五類", "六類"))
    assert len(was) < 160
    assert "。…" in was
    assert "~五類~" in was


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        # A beginning that would end within a clause is none, and the rest of a sentence is short enough.
        ("three", "four", f"… {COSTS.replace('three', '~three~')}"),
        # A cut would save less than it costs.
        ("six", "nine", f"… {COSTS.replace('six', '~six~')}"),
    ],
)
def test_no_stub_of_a_sentence_is_left(old: str, new: str, shown: str) -> None:
    assert sides(COURT, COURT.replace(old, new))[0] == shown


def test_a_sentence_is_cut_between_its_clauses() -> None:
    clauses = COURT.replace("without", ", without").replace("made", "made, as they were,")
    beginning = "The High Court of Kenya held on 28 March 2018 that the regulations were made,"
    assert sides(clauses, clauses.replace("three", "four"))[0].startswith(f"{beginning} … Costs")
    was, _ = sides(clauses, clauses.replace("28", "29"))
    assert was == f"{beginning.replace('28', '~28~')} …"


TREATY = (
    "A transfer treaty links the United States (in force since 2001) and El Salvador (ratified in 2007): under the"
    " Inter-American Convention on Serving Criminal Sentences Abroad a sentence may be served in the state of which the"
    " prisoner is a national."
)
DEALS = (
    "All the deals of 2009 to 2025 (Belgium with the Netherlands, Denmark with Kosovo, Norway with the Netherlands,"
    " Sweden with Estonia) lie between European states, have a treaty behind them and hold sentenced prisoners of the"
    " sending state’s courts; the Danish one takes only people due to be deported, and none of them has been renewed."
)


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        # What the new words point to is not cut out to save little.
        (TREATY, f"{TREATY} The Convention does not apply to citizens of neither state.", TREATY),
        (f"{COURT} {TREATY}", f"{COURT} {TREATY} It does not apply here.", TREATY[102:]),
        # Brackets are not left open.
        (DEALS, DEALS.replace("(Belgium", "(Norway and Belgium"), "Sweden with Estonia) lie between European states"),
        (DEALS, DEALS.replace("Sweden", "Finland"), "(Belgium with the Netherlands"),
    ],
)
def test_a_cut_leaves_the_clause_and_the_brackets_around_a_change(before: str, after: str, shown: str) -> None:
    was, now = sides(before, after)
    assert shown in re.sub("[*]", "", now)
    assert [side.count("(") for side in (was, now)] == [side.count(")") for side in (was, now)]


def test_a_cut_within_a_quotation_is_none_of_its_words() -> None:
    words = ", ".join(f"ferry {n}" for n in range(90))
    was, now = sides(f"The board said: “We sell {words}.”", f"The board said: “We keep {words}.”")
    assert was.count("[…]") == was.count("…") == 1
    assert now.count("[…]") == now.count("…") == 1


def test_short_texts_are_whole() -> None:
    text = SENTENCES[: WHOLE_MAX - 10]
    assert "…" not in "".join(sides(text, text + " So."))


def test_another_text_is_whole() -> None:
    other = "Nobody knows when spring comes to such places, or why anyone would wait for rain there. " * 5
    assert sides(SENTENCES, other) == (SENTENCES, other)


PIECES = st.sampled_from(
    [
        "the",
        "fee",
        "of",
        "1.0,",
        "2.0.",
        "“so",
        "no”",
        "(it",
        "is)",
        "東京都は",
        "三月に。",
        "🇺🇸",
        "e\u0301x",
        "A.",
        "B",
    ]
)
LONG = st.lists(PIECES, min_size=40, max_size=120).map(" ".join)


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, str]:
    """A long text, and the same with some words replaced, taken out or put in."""
    words = draw(LONG).split(" ")
    new = list(words)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(new) - 1))
        new[at : at + draw(st.integers(0, 2))] = draw(st.lists(st.sampled_from(["six", "7.0,"]), max_size=2))
    return " ".join(words), " ".join(new)


@given(edits())
@examples(100, gate=20)
def test_nothing_that_changed_is_cut_out_and_every_cut_says_so(edit: tuple[str, str]) -> None:
    whole = compare(*edit)
    cut = abridged(whole)
    assert [each for each in cut.stretches if each.changed] == [each for each in whole.stretches if each.changed]
    for runs, text in zip(runs_of(cut), edit, strict=True):
        pieces = [re.escape(piece.strip()) for piece in re.split(r"\[…\]|…", _text(runs))]
        assert re.fullmatch(".*".join(pieces), text.strip(), re.DOTALL)


@given(edits())
@examples(100, gate=20)
def test_both_texts_are_cut_at_the_same_places(edit: tuple[str, str]) -> None:
    old, new = ("".join(words for words, _ in runs) for runs in runs_of(abridged(compare(*edit))))
    assert old.count("…") == new.count("…")


@given(edits(), st.integers(24, 300))
@examples(100, gate=20)
def test_excerpts_keep_to_their_room(edit: tuple[str, str], room: int) -> None:
    for part in excerpt(*edit, room):
        assert line_length(part) <= room


@given(st.text(st.characters(codec="utf-8")), st.integers(1, 40))
def test_the_opening_of_a_text_keeps_to_its_room(text: str, room: int) -> None:
    assert len(opening(text, room)) <= room
    assert text.startswith(opening(text, room).removesuffix("…"))


def test_a_single_long_word_is_cut_between_its_characters() -> None:
    assert opening("e\u0301" * 20, 8) == "e\u0301" * 3 + "…"


def test_an_excerpt_shows_what_was_taken_out() -> None:
    old, new = excerpt(VERSIONS, VERSIONS.replace(" 6.5.0,", ""), 90)
    assert [text_of_span(span) for span in old if getattr(span, "strike", False)] == ["6.5.0,"]
    assert _words(old).replace(" 6.5.0,", "") == _words(new)


def _words(line: Line) -> str:
    return "".join(map(text_of_span, line))


FIGURES = [
    ("It costs £20,000 a person to run, after it took in 300 people.", ("20,000", "22,000"), ("300", "330")),
    ("The prison has 400 cells, of which the treaty gives away up to 600 places.", ("400", "440"), ("600", "660")),
    ("Since 2015 there were 112 transfers of prisoners, and 79 of them were voluntary.", ("112", "121"), ("79", "97")),
    (
        "The board cut the ferries from twelve to six, and fares rose by 12 per cent.",
        ("twelve", "ten"),
        ("12", "22"),
    ),
]


@pytest.mark.parametrize(("old", "first", "second"), FIGURES)
@pytest.mark.parametrize("room", range(12, 90, 3))
def test_a_marked_word_is_never_cut(old: str, first: tuple[str, str], second: tuple[str, str], room: int) -> None:
    words, left_out = counted_excerpt(old, old.replace(*first).replace(*second), room)
    for side, line in enumerate(words):
        marked = [text_of_span(span) for span in line if getattr(span, "strike", False) or getattr(span, "bold", False)]
        assert marked == [first[side], second[side]][: 2 - left_out] or (marked == [] and left_out)
    assert (whole_excerpt(old, old.replace(*first).replace(*second), room) is None) == bool(left_out)


@given(edits(), st.integers(12, 200))
@examples(60, gate=12)
def test_what_an_excerpt_leaves_out_is_counted(edit: tuple[str, str], room: int) -> None:
    words, left_out = counted_excerpt(*edit, room)
    whole = [run.words for run in runs_of(compare(*edit))[1] if run.changed]
    marked = [text_of_span(span) for span in words.new if getattr(span, "bold", False)]
    if not left_out and whole_excerpt(*edit, room):
        assert marked == whole
    else:
        assert left_out or len(whole) <= 1


def test_a_quotation_is_cut_to_what_the_claim_changed() -> None:
    text = around(VERSIONS, frozenset({"6.5.0"}))
    assert len(text) < 300
    assert text.startswith("[…] ")
    assert " 6.5.0, " in text
    assert around(VERSIONS, frozenset({"42"})) == VERSIONS


# Posts


def edited_list(*, collapsed: bool = True) -> Announcement:
    old, new = (claim("c", text=text) for text in (VERSIONS, VERSIONS[:-1] + ", 13.0.0."))
    before, after = (brief("pillow", {"legal": [each]}) for each in (old, new))
    return replace(told(before, after), collapsed=collapsed)


def labels(message: Message) -> dict[str, str]:
    return {part["text"]["text"]: part["value"] for part in walk(message.blocks) if part.get("type") == "button"}


def test_the_whole_text_stands_behind_a_button_and_a_typed_command() -> None:
    post, whole = (render_reply(edited_list(collapsed=each), command="/brief") for each in (True, False))
    assert len(post.text) < 700
    assert "Show whole texts" in labels(post)
    assert "Show whole texts: /brief changes pillow @" in post.text
    assert VERSIONS not in post.text
    assert VERSIONS in whole.text
    assert "Show whole texts" not in labels(whole)

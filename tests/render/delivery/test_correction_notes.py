"""The words with which earlier posts are corrected."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.answers.lookup import reply
from bot.core.commands.button_value import encode_command
from bot.core.commands.command import Show
from bot.render.delivery.correction_notes import LINES_MAX, NOTE_CLAIMS_MAX, Correction, note, with_corrections
from bot.render.document import mrkdwn, terminal
from bot.render.document.document import Context, Document, Heading, Layout
from bot.render.document.message import message_from
from bot.render.document.paging import CORRECTION_ROOM, page_of, paginate
from bot.render.reply_layout import layout
from tests.conftest import examples
from tests.ferries import ALTERNATIVE, COURT, HALVED, ferries, with_claims
from tests.make import corpus
from tests.render.hostile import texts
from tests.render.limits import check, walk

DAY = date(2025, 5, 12)
OVERVIEW, LEGAL = Show("overview", "ferry-timetable"), Show("legal", "ferry-timetable")
SIX, FOUR = HALVED.text, HALVED.text.replace("six", "four")
LONG = "The board's minutes of March say at length and in many words that " + "the towns were heard, " * 30
WROTE = "The Gazette had corrected its number."


def corrected(*claims: tuple[str, str | None], on: date = DAY, **how: Any) -> Correction:
    return Correction(on, claims, **how)


ONE = corrected((SIX, FOUR), note=WROTE)
THREE = corrected((SIX, FOUR), (ALTERNATIVE.text, None), (COURT.text, COURT.text))
WITHDRAWN = corrected((SIX, None), note="The Gazette took its report back.")
WHOLE = corrected((SIX, None), (COURT.text, None), brief="The ferry timetable of 2025", note="It rests on one source.")
BACK = corrected((SIX, SIX), (ALTERNATIVE.text, COURT.text), note="It was a mistake.", effect="reinstated")
WHOLE_BACK = corrected((SIX, SIX), brief="The ferry timetable of 2025", effect="reinstated")
TWICE = [ONE, corrected((FOUR, None), on=date(2025, 9, 30))]

CASES: dict[str, Sequence[Correction]] = {
    "one": [ONE],
    "three": [THREE],
    "withdrawn": [WITHDRAWN],
    "whole-brief": [WHOLE],
    "back": [WITHDRAWN, BACK],
    "whole-brief-back": [WHOLE, WHOLE_BACK],
    "updated": [ONE, corrected((FOUR, SIX), effect="updated")],
    "twice": TWICE,
    "long": [corrected((LONG + "by letter.", LONG + "by word."))],
    "three-long": [corrected((LONG + "by letter.", LONG + "by word."), (LONG, None), (LONG, LONG))],
    "many-claims": [corrected(*((f"Claim {n} is so.", f"Claim {n} is not so.") for n in range(1, 21)))],
    "many-times": [corrected((SIX, FOUR), on=date(2025, 9, day)) for day in range(10, 31)],
}


def lines(corrections: Sequence[Correction], *, now: bool = False) -> Document:
    """What is added to a layout."""
    return with_corrections(Layout((), ()), corrections, now=now).head


@pytest.mark.parametrize("name", CASES)
def test_the_lines_that_readers_see(name: str, golden: Callable[[str, str], None]) -> None:
    texts_by_place = {
        "In an answer, which shows what stands now:": terminal.text(lines(CASES[name])),
        "In a post of changes, which does not:": terminal.text(lines(CASES[name], now=True)),
        "In the thread:": terminal.text(note(CASES[name][-1:], [("Overview", OVERVIEW)])),
    }
    golden(
        f"corrections/{name}.txt", "\n\n".join(f"{where}\n\n{words}" for where, words in texts_by_place.items()) + "\n"
    )


# The line


def room_of(document: Document) -> int:
    return mrkdwn.text_length(document) + len("\n\n")


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("now", [True, False])
def test_the_lines_fit_into_the_room_that_is_kept_for_them(name: str, now: bool) -> None:
    assert room_of(lines(CASES[name], now=now)) <= CORRECTION_ROOM


CLAIMS = st.tuples(texts(1000), st.none() | texts(1000))
CORRECTIONS = st.builds(
    Correction,
    on=st.dates(),
    claims=st.lists(CLAIMS, min_size=1, max_size=30).map(tuple),
    note=st.none() | texts(400),
    brief=st.none() | texts(150),
    effect=st.sampled_from(["corrected", "reinstated", "updated"]),
)


@given(st.lists(CORRECTIONS, min_size=1, max_size=15), st.booleans())
@examples(100, gate=8)
def test_whatever_was_corrected_the_lines_fit_into_the_room(corrections: list[Correction], now: bool) -> None:
    document = lines(corrections, now=now)
    assert room_of(document) <= CORRECTION_ROOM
    check(message_from(document))


@given(st.lists(CORRECTIONS, min_size=1, max_size=LINES_MAX))
def test_each_correction_has_a_line_with_its_day(corrections: list[Correction]) -> None:
    (passage,) = lines(corrections)
    bold = [
        part["text"].rstrip(":.")
        for part in walk(message_from((passage,)).blocks)
        if part.get("style") == {"bold": True}
    ]
    assert len(bold) == len(corrections)
    assert all(word.split()[0] in ("Corrected", "Withdrawn", "Reinstated", "Updated") for word in bold)


def test_it_stands_under_the_head_of_the_post() -> None:
    whole = Layout((Heading("The ferries"), Context("Overview · as of 1 April 2025")), ())
    assert terminal.text(with_corrections(whole, [ONE], now=False).head) == (
        f"The ferries\n\nOverview · as of 1 April 2025\n\nCorrected 12 May 2025: was “{SIX}”"
    )


def test_nothing_corrected_is_nothing_added() -> None:
    assert with_corrections(Layout((), ()), [], now=False) == Layout((), ())


def test_a_cut_shows_the_words_that_were_wrong() -> None:
    text = terminal.text(lines([corrected((LONG + "by letter.", LONG + "by word."))], now=True))
    assert "by letter.”" in text
    assert "by word.”" in text


VERSIONS = ", ".join(f"0.0.{n}" for n in range(1, 240))


def styled(document: Document, style: str) -> list[str]:
    parts = walk(message_from(document).blocks)
    return [part["text"] for part in parts if part.get("style") == {style: True}]


@pytest.mark.parametrize(
    ("old", "new", "struck", "bold"),
    [
        (SIX, FOUR, ["six"], ["four"]),
        (f"{VERSIONS}.", f"{VERSIONS}, 0.0.246.", [], [", 0.0.246"]),
        (f"{VERSIONS}.", f"{VERSIONS}.".replace(" 0.0.77,", ""), ["0.0.77,"], []),
        (LONG + "by letter.", LONG + "by word.", ["letter"], ["word"]),
        (LONG * 2, "Nothing of this was ever said in the town hall, nor in any other place. " * 4, [], []),
    ],
)
def test_the_part_that_differs_is_marked_in_lines_and_notes(
    old: str, new: str, struck: list[str], bold: list[str]
) -> None:
    correction = corrected((old, new))
    for document in (lines([correction], now=True), note([correction], [])):
        assert styled(document, "strike") == struck
        assert [words for words in styled(document, "bold") if "Corrected" not in words] == bold
    # An answer shows what stands now itself.
    assert styled(lines([correction]), "strike") == struck


def test_both_sides_of_a_correction_are_cut_at_the_same_places() -> None:
    (passage,) = lines([corrected((f"{VERSIONS}.", f"{VERSIONS}, 0.0.246."))], now=True)
    was, now = re.findall("“([^”]*)”", terminal.text((passage,)))
    assert now == was.removesuffix(".") + ", 0.0.246."


def test_a_full_page_with_three_corrections_is_still_within_an_edit() -> None:
    """Pages are cut so that the lines fit: an edit may have 4,000 characters."""
    claims = [replace(HALVED, id=f"c-{number}", text=f"{number}. {HALVED.text}") for number in range(60)]
    brief = with_claims(ferries(), overview=claims, legal=[])
    query = Show("overview", brief.slug)
    whole = layout(reply(query, corpus(brief), default=None, today=DAY), "/brief")
    first = next(iter(paginate(whole)))
    assert len(first) < len(claims)
    sent = message_from(
        page_of(with_corrections(replace(whole, items=tuple(first)), [ONE, THREE, WITHDRAWN], now=False), 1, 9)
    )
    check(sent)
    assert not sent.text.endswith("…")


PARTLY = f"Partly: {SIX}"
NOT = SIX.replace("cut the", "did not cut the")
MANY = tuple(
    (f"{text} {n}.", f"{text} {n}.".replace("400", "440").replace("600", "660"))
    for n in range(5)
    for text in ["The prison of Kopli has 400 cells, of which the treaty gives away up to 600 places, says its part"]
)


@pytest.mark.parametrize(
    ("claims", "answer", "post"),
    [
        ([(SIX, PARTLY)], f"was supported, now partly: “{SIX}”", f"was supported, now partly: “{SIX}”"),
        ([(PARTLY, SIX)], f"was partly, now supported: “{SIX}”", f"was partly, now supported: “{SIX}”"),
        (
            [(PARTLY, f"Disputed: {FOUR}")],
            f"was partly, now disputed; was “{SIX}”",
            f"was partly, now disputed; was “{SIX}”, now “{FOUR}”",
        ),
        # The old text alone cannot show what only came.
        ([(SIX, NOT)], f"now “{NOT}”", f"was “{SIX}”, now “{NOT}”"),
        ([(SIX, NOT.replace("six", "four"))], f"was “{SIX}”, now “{NOT.replace('six', 'four')}”", None),
        ([(NOT, SIX)], f"was “{NOT}”", f"was “{NOT}”, now “{SIX}”"),
        ([(SIX, FOUR), (COURT.text, None)], f"was “{SIX}”; withdrawn “{COURT.text}”", None),
        ([(SIX, SIX)], f"another note or other evidence for “{SIX}”", None),
    ],
)
def test_each_line_says_what_changed(claims: list[tuple[str, str | None]], answer: str, post: str | None) -> None:
    for now, expected in ((False, answer), (True, post or answer)):
        text = terminal.text(lines([corrected(*claims)], now=now))
        if post is not None or not now:
            assert text == f"Corrected 12 May 2025: {expected}"


FARES = (
    "Ferries run every hour on weekdays from the old harbour, the board says, and the fare for one person is three "
    "euros, or two with a card."
)
BOATS = (
    "By the timetable of 2026 boats leave hourly from Monday to Friday, according to the operator; passengers pay four "
    "euros each."
)


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ([(FARES, BOATS)], f"rewritten; now “{BOATS}”"),
        ([(f"Partly: {FARES}", f"Partly: {BOATS}")], f"rewritten; now “Partly: {BOATS}”"),
        ([(f"Partly: {FARES}", BOATS)], f"was partly, now supported; rewritten; now “{BOATS}”"),
        # One of several is named.
        (
            [(FARES, BOATS), (ALTERNATIVE.text, COURT.text)],
            f"“Ferries run every hour…” rewritten; now “{BOATS}”; “The board said that…” rewritten; now “{COURT.text}”",
        ),
        # Rather one claim with all of its new words than two with a part of them.
        (
            [(FARES, f"{BOATS} {COURT.text}"), (SIX, BOATS)],
            f"“Ferries run every hour on weekdays from the old harbour…” rewritten; now “{BOATS} {COURT.text}”; 1 more",
        ),
    ],
)
def test_a_rewritten_claim_is_told_by_its_new_words_alone_where_the_post_shows_the_old_ones(
    claims: list[tuple[str, str]], words: str
) -> None:
    assert terminal.text(lines([corrected(*claims)], now=True)) == f"Corrected 12 May 2025: {words}"


def test_new_words_that_are_too_long_are_cut_at_their_end() -> None:
    text = terminal.text(lines([corrected((FARES, BOATS * 3))], now=True))
    assert re.fullmatch("Corrected 12 May 2025: rewritten; now “(.{150,})…”", text)
    assert BOATS in text


@pytest.mark.parametrize("number", range(1, 6))
@pytest.mark.parametrize("now", [True, False])
@pytest.mark.parametrize("dates", range(1, 5))
def test_a_line_quotes_fewer_claims_rather_than_parts_of_their_changes(number: int, now: bool, dates: int) -> None:
    document = lines([corrected(*MANY[:number])] * dates, now=now)
    text = terminal.text(document)
    assert styled(document, "strike") == ["400", "600"] * (len(styled(document, "strike")) // 2)
    quoted = len(styled(document, "strike")) // (2 * dates)
    # Four lines have no room for quotations.
    assert quoted == number or f"; {number - quoted} more" in text or (now and dates == 4 and not quoted)


# The note


@pytest.mark.parametrize("name", CASES)
def test_slack_takes_the_notes(name: str) -> None:
    for correction in CASES[name]:
        check(message_from(note([correction], [("Overview", OVERVIEW)])))


@given(CORRECTIONS, st.booleans())
def test_hostile_corrections_make_notes_within_the_limits(correction: Correction, edited: bool) -> None:
    check(message_from(note([correction], [("Legal", Show("legal", "hostile"))], ["done" if edited else "never"])))


def test_a_note_counts_the_claims_that_it_has_no_room_for() -> None:
    (correction,) = CASES["many-claims"]
    text = terminal.text(note([correction], []))
    assert text.count("now reads") == NOTE_CLAIMS_MAX
    assert f"• and {20 - NOTE_CLAIMS_MAX} more claims." in text


def test_a_note_opens_the_sections_that_changed() -> None:
    sections = [("Overview", OVERVIEW), ("Legal considerations", LEGAL)]
    pressed = [part for part in walk(message_from(note([ONE], sections)).blocks) if part.get("type") == "button"]
    assert [(part["text"]["text"], part["value"]) for part in pressed] == [
        ("Open Overview", encode_command(OVERVIEW)),
        ("Open Legal considerations", encode_command(LEGAL)),
    ]


def test_a_note_that_goes_out_alone_says_that_the_post_stays_as_it_is() -> None:
    alone = "The post above cannot be edited any more, and still shows the old words."
    assert alone in terminal.text(note([ONE], [], edits=["never"]))
    assert alone not in terminal.text(note([ONE], []))


def test_a_note_on_several_briefs_says_which_and_how_each_claim_begins() -> None:
    long = f"By statute nationality is lost by listed voluntary acts done with intent, {LONG[-400:]}the government must"
    named = [
        corrected((f"{long} prove it.", f"{long} disprove it."), title=title)
        for title in ("The offer", "The removals", "The rentals")
    ]
    text = terminal.text(note(named, []))
    for title in ("The offer", "The removals", "The rentals"):
        assert f"Corrected 12 May 2025 · {title}\n• “By statute nationality is lost" in text
    assert "The offer" not in terminal.text(note(named[:1], []))


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ((SIX, PARTLY), f"“{SIX}” was supported, now partly."),
        ((PARTLY, FOUR), f"“{SIX}” now reads “{FOUR}” (was partly, now supported)"),
        ((SIX, SIX), f"“{SIX}” now has another quotation."),
        ((SIX, None), f"“{SIX}” no longer stands."),
    ],
)
def test_a_note_says_what_became_of_a_claim(claim: tuple[str, str | None], sentence: str) -> None:
    assert f"\n• {sentence}" in terminal.text(note([corrected(claim, aspects=("another quotation",))], []))


def test_a_claim_that_was_merged_is_not_said_to_be_gone() -> None:
    old, new = "Two towns have soon gone to court.", f"{SIX[:-1]}; two towns have gone to court. They wait."
    merged = corrected((old, new), merged=frozenset({0}))
    sentence = f"“{old}” now stands in “… two towns have gone to court. …”"
    for document in (lines([merged]), lines([merged], now=True)):
        assert terminal.text(document) == f"Corrected 12 May 2025: {sentence}"
    assert terminal.text(note([merged], [])) == f"Corrected 12 May 2025\n• {sentence}"
    assert styled(note([merged], []), "strike") == ["soon"]

"""No word of a pasted text is lost, whatever its shape."""

from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.pasted_file import text_of
from bot.core.briefs.vocabulary import NO_VOCABULARY
from bot.core.drafts.compose import compose
from bot.core.drafts.draft import DraftClaim
from tests.conftest import examples
from tests.pasted import LINES, STORE, TEXTS, assert_holds_every_word, draft_of, language_of


def claims(text: str) -> list[tuple[int, str, str]]:
    assert STORE
    return [(claim.line, claim.section, claim.text) for claim in compose(text, STORE).claims]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_no_word_of_a_text_is_lost_and_all_stand_in_order(path: Path) -> None:
    assert_holds_every_word(draft_of(path), text_of(path.read_bytes(), path.name)[0])


@given(st.lists(st.tuples(st.sampled_from(LINES), st.sampled_from(["\n", "\n\n", "\r\n", "\n> ", " "])), max_size=12))
@examples(1000, gate=40)
def test_no_word_is_lost_of_lines_of_all_shapes_in_any_order(lines: list[tuple[str, str]]) -> None:
    assert STORE
    text = "".join(line + end for line, end in lines)
    assert_holds_every_word(compose(text, STORE), text)


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60), st.text('aB1.:*_#>[]()-=\n "“”&<²^!', max_size=60)
)
@examples(1000, gate=40)
def test_no_word_is_lost_of_any_characters(text: str, marks: str) -> None:
    for each in (text, marks, text + marks):
        assert_holds_every_word(compose(each, NO_VOCABULARY), each)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_the_same_words_have_the_same_ids(path: Path) -> None:
    text, _ = text_of(path.read_bytes(), path.name)
    assert STORE
    alone = {claim.text: claim.id for claim in draft_of(path).claims}
    below = {
        claim.text: claim.id for claim in compose(f"A line above it all.\n\n{text}", STORE, language_of(path)).claims
    }
    assert len(alone.keys() & below.keys()) >= len(alone) - 1
    assert all(below.get(words, name) == name for words, name in alone.items())


def test_headings_are_sections_by_the_words_of_the_store() -> None:
    text = "Detailed Breakdown:\nOne.\nEthical and Human Rights Concerns:\nTwo.\nConclusion\nThree.\n"
    assert claims(text) == [(2, "overview", "One."), (4, "rights", "Two."), (6, "outlook", "Three.")]


def test_what_stands_below_another_heading_is_a_group_of_the_section_above() -> None:
    assert STORE
    draft = compose("Legal:\nOne is so.\n\nTimeline:\nTwo is so.\nReactions:\nThree is so.\n", STORE)
    assert [(group.section, group.title, group.claims) for group in draft.groups] == [("legal", "Timeline", ("two",))]
    assert [notice.text for notice in draft.notices] == [
        "“Legal” is the section Legal considerations",
        "“Timeline” names no section; what stands below it is a group of Legal considerations",
        "“Reactions” is the section Reactions",
    ]


def test_text_above_all_headings_is_in_the_section_that_readers_see_first() -> None:
    assert claims("One is so. Two is not.") == [(1, "overview", "One is so."), (1, "overview", "Two is not.")]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Tea\n\nIt was taxed.", "Tea"),
        ("The tea act of 1773\n\nIt was taxed.", "The tea act of 1773"),
        ("Tea act\n=======\nIt was taxed.", "Tea act"),
        ("From: A\nSubject: Re: Fwd: Tea\n\nIt was taxed.", "Tea"),
        ("Legal:\nIt was taxed.\n\nThe Tea Act and Its Enemies\n", "The Tea Act and Its Enemies"),
        ("Legal\n\nIt was taxed.", ""),
        ("It was taxed.", ""),
    ],
)
def test_a_title_is_taken_from_the_text_alone(text: str, title: str) -> None:
    assert STORE
    assert compose(text, STORE).title == title


def test_a_sentence_longer_than_a_claim_is_cut_where_it_pauses() -> None:
    sentence = "; ".join(f"the {number}th town has not said whether it will go to court" for number in range(30)) + "."
    first, *others = claims(sentence)
    assert len(first[2]) <= 1000
    assert first[2].endswith(";")
    assert " ".join([first[2], *(each[2] for each in others)]) == sentence


def test_a_note_is_a_source_that_the_claim_above_names() -> None:
    assert STORE
    draft = compose("One is so.[1] Two is so.\n\n[1] Gazette, 4 March 2025, https://example.org/one\n", STORE)
    (source,) = draft.sources
    assert (source.title, source.url) == ("Gazette, 4 March 2025", "https://example.org/one")
    one, two = draft.claims
    assert (one.text, [(link.mark, link.source) for link in one.links]) == ("One is so.", [("[1]", source.id)])
    assert two == DraftClaim(1, "overview", "two", "Two is so.")


@pytest.mark.parametrize(
    ("mark", "numbers"),
    [
        pair.split(":")
        for pair in "[2,3]:23|[2, 3]:23|[1-3]:123|[1–3]:123|[1, 2–3]:123|[1; 3]:13|²,³:23|[1] [3]:13".split("|")
    ],
)
def test_one_mark_names_several_notes(mark: str, numbers: str) -> None:
    notes = "".join(f"[{number}] https://example.org/{number}\n" for number in "123")
    draft = compose(f"One is so.{mark} Two is so.\n\n{notes}", NO_VOCABULARY)
    one, two = draft.claims
    assert (one.text, two.text, two.links) == ("One is so.", "Two is so.", ())
    numbers_of = {source.id: source.url[-1] for source in draft.sources}
    assert "".join(numbers_of[link.source] for link in one.links) == numbers


def test_a_mark_of_which_one_note_is_missing_stays_in_the_sentence() -> None:
    one, _ = compose("One is so.[1, 7] Two is so.\n\n[1] https://example.org/1\n", NO_VOCABULARY).claims
    assert (one.text, [link.mark for link in one.links]) == ("One is so.[1, 7]", ["[1, 7]"])


@pytest.mark.parametrize(
    ("text", "sentences", "remarks"),
    [
        ("1.1. One is so.\n1.2. Two is so.", ["One is so.", "Two is so."], ["1.1.", "1.2."]),
        ("[x] One is so.\n[x] Two is so.\n[ ] Three", ["[x] One is so.", "[x] Two is so.", "[ ] Three"], []),
        ("[1] One is so.\n[2] Two is so.", ["One is so.", "Two is so."], ["[1]", "[2]"]),
        ("3.5 million came.\n2.5 did not.", ["3.5 million came.", "2.5 did not."], []),
        ("Q: Is it so?\nA: It is.", ["Q: Is it so?", "A: It is."], []),
        ("\uf0b7 One is so\n\uf0b7 Two is so", ["One is so", "Two is so"], []),
        ("A line\twith a tab\x0band\u2028others.", ["A line with a tab and others."], []),
        ("Dear all,\n\nOne is so.\n\nBest,\nA. B.", ["One is so.", "A. B."], ["Dear all,", "Best,"]),
        ("One is so.\n--\nTwo is so.", ["One is so.", "Two is so."], []),
        ("The mayor wrote in 2025:\nOne is so.", ["The mayor wrote in 2025:", "One is so."], []),
    ],
)
def test_entries_and_lines_of_many_kinds(text: str, sentences: list[str], remarks: list[str]) -> None:
    assert STORE
    draft = compose(text, STORE)
    assert [claim.text for claim in draft.claims] == sentences
    assert [remark.text for remark in draft.remarks] == remarks
    assert draft.sources == ()


@pytest.mark.parametrize("sign", ["👍", "€", "%", "?!", "→", "✓ ✗", "👩‍🚀", "- 👍", "1. €", "> 👍"])
@pytest.mark.parametrize(
    "text", ["One is so.\n{}\nTwo is so.", "One is so.\n\n{}\n\nTwo is so.", "{}\n\nTwo is so.", "{}"]
)
def test_a_line_of_signs_is_kept_and_told(sign: str, text: str) -> None:
    draft = compose(text.format(sign), NO_VOCABULARY)
    assert {remark.kind for remark in draft.remarks} <= {"signs", "mark"}
    assert draft.groups == ()
    assert_holds_every_word(draft, text.format(sign))


@pytest.mark.parametrize("rule", ["---", "* * *", "====", "~~~~", "────", "■□■", "…", "•", "|---|", "<>", "''"])
def test_a_line_of_rules_is_left_out(rule: str) -> None:
    assert [claim for _, _, claim in claims(f"One is so.\n\n{rule}\n\nTwo is so.")] == ["One is so.", "Two is so."]


def test_a_link_is_a_source_and_its_words_stay_in_the_sentence() -> None:
    assert STORE
    draft = compose('The board [cut them](https://example.org/a "A title"). So says https://example.org/b.', STORE)
    assert [(source.url, source.title) for source in draft.sources] == [
        ("https://example.org/a", "A title"),
        ("https://example.org/b", ""),
    ]
    assert [claim.text for claim in draft.claims] == ["The board cut them.", "So says https://example.org/b."]


PROSE = [
    "The board will meet again in May.",
    "It rained.",
    "Nobody asked the towns of the island.",
    "The chair of the board signed the plan on 4 March.",
    "Then the towns went to court. The judge said no!",
    "So much for the boats of spring. Now for those of the summer.",
]
CITED = [
    "Gazette, 4 March 2025.",
    "Quay, A. (2020). The boats that were cut. Harbour Press.",
    "Gazette. The board has cut the boats. 4 March 2025.",
    "The board has cut the boats, Gazette, 4 March 2025.",
    "Minutes of the board (not seen).",
    "The history of the ferry. Harbour Press.",
    "Harbour board: Minutes, signed by the chair.",
]


@pytest.mark.parametrize("text", PROSE)
def test_a_short_paragraph_behind_the_sources_is_text_and_the_list_goes_on(text: str) -> None:
    assert STORE
    draft = compose(f"Sources\nGazette, 4 March\n\n{text}\n\nRadio, 5 March\n", STORE)
    assert " ".join(claim.text for claim in draft.claims) == text
    assert [source.title for source in draft.sources] == ["Gazette, 4 March", "Radio, 5 March"]


@pytest.mark.parametrize("text", CITED)
def test_a_source_that_ends_as_a_sentence_stays_one_and_is_told(text: str) -> None:
    assert STORE
    draft = compose(f"One is so.\n\nSources\nRadio, 5 March\n\n{text}\n", STORE)
    assert [source.said for source in draft.sources] == ["Radio, 5 March", text]
    assert (6, f"“{text}” stands below the sources, and is taken for one") in {(n.line, n.text) for n in draft.notices}


def test_a_list_of_sources_ends_where_text_goes_on() -> None:
    assert STORE
    prose = "The board met again in April and spoke of the boats for a long time. " * 4
    draft = compose(f"Sources\nGazette, 4 March\nRadio, 5 March\n\n{prose}", STORE)
    assert [source.title for source in draft.sources] == ["Gazette, 4 March", "Radio, 5 March"]
    assert len(draft.claims) == 4


@pytest.mark.parametrize(
    ("text", "section", "sentences"),
    [
        ("Legal considerations: The act holds. It is old.", "legal", ["The act holds.", "It is old."]),
        ("**Legal considerations:** The act holds.", "legal", ["The act holds."]),
        ("1. Legal\nThe act holds.", "legal", ["The act holds."]),
        (
            "One thing is so.\nEthical and Human Rights Concerns\nIt is bad.",
            "rights",
            ["One thing is so.", "It is bad."],
        ),
        (
            "It broke every single part of the\nlaw. It is bad.",
            "overview",
            ["It broke every single part of the law.", "It is bad."],
        ),
        ("WHAT HAPPENS NEXT?\nThe court meets.", "outlook", ["The court meets."]),
    ],
)
def test_headings_in_other_dress(text: str, section: str, sentences: list[str]) -> None:
    assert [each[2] for each in claims(text)] == sentences
    assert claims(text)[-1][1] == section


@pytest.mark.parametrize(
    ("before", "unit"),
    [("", "**a "), ("", "__a "), ("# ", "#"), ("**", "*("), ("[a](https://", "("), ("a.com", "1"), ("a.", "¹")],
)
def test_the_time_grows_with_the_text_alone(before: str, unit: str) -> None:
    hostile = f"{before}{unit * (100_000 // len(unit))}x"
    began = process_time()
    compose(hostile, NO_VOCABULARY)
    assert process_time() - began < 1


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("**One** is so, __two__ is **not*.", "One is so, two is **not*."),
        ("**a **b** c", "**a b c"),
        ("**snake_case and 2*3 are so**.", "snake_case and 2*3 are so."),
        ("***One*** is so.", "*One* is so."),
        ("2 ** 3 ** 4 is so.", "2 ** 3 ** 4 is so."),
    ],
)
def test_marks_of_emphasis_are_left_out_where_they_are_closed(text: str, plain: str) -> None:
    assert [claim for _, _, claim in claims(text)] == [plain]


@pytest.mark.parametrize(("line", "title"), [("## Law ##", "Law"), ("## About C#", "About C#"), ("# C #", "C")])
def test_marks_behind_a_heading_are_none_of_its_words(line: str, title: str) -> None:
    draft = compose(f"{line}\n\nOne is so.", NO_VOCABULARY)
    assert draft.parts[0].text == title

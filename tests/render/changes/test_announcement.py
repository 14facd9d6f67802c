"""The posts that tell what changed."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any, get_args

import pytest

from bot.core.briefs.brief import Brief, Caveat, Claim, Evidence, Standing
from bot.core.changes.announcement import Announcement
from bot.core.commands.button_value import ButtonValue, decode, encode_command
from bot.core.commands.command import Range, Search, Show, ShowChanges
from bot.render.changes.announcement import COLLAPSED_MAX, announcement_layout
from bot.render.document import mrkdwn, terminal
from bot.render.document.message import Message
from bot.render.document.paging import PAGE_TEXT_MAX, pages, single_page
from bot.render.document.phrases import claim_text
from bot.render.reply_message import render_reply
from tests.ferries import (
    ALTERNATIVE,
    COURT,
    DAY,
    FERRIES,
    GAZETTE,
    HALVED,
    UPDATES,
    edited,
    ferries,
    noted,
    told,
    told_last,
    with_claims,
)
from tests.render.limits import check, walk


def post(announcement: Announcement) -> Message:
    return render_reply(announcement, command="/brief")


def plain_text(announcement: Announcement) -> str:
    return terminal.text(single_page(announcement_layout(announcement, "/brief")))


def buttons(announcement: Announcement) -> dict[str, str]:
    return {
        part["text"]["text"]: part["value"] for part in walk(post(announcement).blocks) if part.get("type") == "button"
    }


def texts_with_style(announcement: Announcement, style: str) -> list[str]:
    return [part["text"] for part in walk(post(announcement).blocks) if part.get("style", {}).get(style) is True]


def of_claim(claim: Claim) -> Announcement:
    return told(ferries(), with_claims(ferries(), overview=[claim, ALTERNATIVE]))


# As they look


@pytest.mark.parametrize("name", UPDATES)
def test_the_words_that_readers_see(name: str, golden: Callable[[str, str], None]) -> None:
    golden(f"changes/{name}.txt", plain_text(UPDATES[name]()) + "\n")


@pytest.mark.parametrize("name", UPDATES)
def test_what_slack_is_sent(name: str, golden: Callable[[str, str], None]) -> None:
    sent = post(UPDATES[name]())
    payload = {"text": sent.text, "blocks": sent.blocks}
    golden(f"changes/{name}.blocks.json", json.dumps(payload, ensure_ascii=False, indent=2) + "\n")


@pytest.mark.parametrize("name", UPDATES)
def test_slack_takes_them(name: str) -> None:
    check(post(UPDATES[name]()))


# Old and new


def test_removed_words_are_struck_and_added_ones_bold() -> None:
    announcement = UPDATES["correction"]()
    assert texts_with_style(announcement, "strike") == ["2"]
    assert texts_with_style(announcement, "bold") == ["Overview", "3", "Sources"]


@pytest.mark.parametrize(
    ("now", "label"),
    [
        (HALVED.text.replace("cut", "did not cut"), "Was, without “did not”"),
        (HALVED.text.replace("cut", "never cut").replace("daily", "all daily"), "Was, without “never” and “all”"),
        (HALVED.text.replace("cut", "had never wished to cut"), "Was"),
        (HALVED.text.replace("cut", "soon cut"), "Was"),
        (HALVED.text.replace("six", "six, or four"), "Was"),
        (HALVED.text.replace("six", "not four"), "Was"),
    ],
)
def test_a_word_that_came_is_seen_before_the_old_text_is_read(now: str, label: str) -> None:
    assert f"\n{label}: {HALVED.text}\n" in plain_text(of_claim(replace(HALVED, text=now)))


def test_nothing_is_marked_where_nearly_everything_is_another() -> None:
    announcement = of_claim(replace(HALVED, text="There are fewer boats now."))
    assert texts_with_style(announcement, "strike") == []
    assert "Was: On 2 March 2025 the harbour board" in post(announcement).text
    assert "Now: There are fewer boats now. [2]" in post(announcement).text


def test_an_edited_note_is_marked() -> None:
    before = with_claims(ferries(), overview=[HALVED, ALTERNATIVE])
    edited_note = replace(ALTERNATIVE, note="Said by its vice chair; the other members did not speak.")
    announcement = told(before, with_claims(ferries(), overview=[HALVED, edited_note]))
    assert "vice" in texts_with_style(announcement, "bold")
    assert texts_with_style(announcement, "strike") == []
    assert f"Note was: {ALTERNATIVE.note}\nNote now: {edited_note.note}" in plain_text(announcement)


ANOTHER = replace(HALVED.evidence[0], quote="six a day, and not one more")


@pytest.mark.parametrize(
    ("now", "lines"),
    [
        (replace(ALTERNATIVE, standing="disputed"), ["Wording unchanged: Disputed: The board"]),
        (replace(ALTERNATIVE, note=None), ["Claim unchanged: Partly: The board", f"Note removed: {ALTERNATIVE.note}"]),
        (replace(HALVED, note="By 4 votes to 3."), ["Claim unchanged: On 2 March", "Note added: By 4 votes to 3."]),
        (replace(HALVED, evidence=(*HALVED.evidence, ANOTHER)), ["Claim unchanged: On 2 March", "Evidence added:"]),
        (
            replace(HALVED, text="There are fewer boats now.", note="So."),
            ["Was: On 2", "Now: There", "Note added: So."],
        ),
    ],
)
def test_a_claim_that_stayed_is_not_told_as_news(now: Claim, lines: list[str]) -> None:
    claims = [now if now.id == each.id else each for each in (HALVED, ALTERNATIVE)]
    shown = plain_text(told(ferries(), with_claims(ferries(), overview=claims))).splitlines()
    assert [start for start in lines if any(each.startswith(start) for each in shown)] == lines
    assert ("unchanged" in lines[0]) == any("unchanged: " in each for each in shown)


EDITED = replace(HALVED.evidence[0], quote="the number of daily crossings falls from twelve to four")


@pytest.mark.parametrize("text", [HALVED.text, HALVED.text.replace("six", "four")])
def test_an_edited_quotation_is_marked_beside_the_former_one(text: str) -> None:
    announcement = of_claim(replace(HALVED, text=text, evidence=(EDITED,)))
    assert (
        "Quotation was (Harbour Gazette):\n  > the number of daily crossings falls from twelve to six\n"
        "Quotation now (Harbour Gazette), marks ours:\n"
        "  > the number of daily crossings falls from twelve to four [2]\n"
    ) in plain_text(announcement)
    assert plain_text(announcement).count("crossings falls") == 2
    assert texts_with_style(announcement, "bold").count("four") == 1 + (text != HALVED.text)


def test_a_quotation_that_stands_is_in_the_words_of_the_source_alone() -> None:
    quote = "; ".join(f"ferry {n} leaves at {n % 24}" for n in range(60))
    quoted = replace(HALVED, evidence=(replace(HALVED.evidence[0], quote=quote),))
    edit = replace(quoted, text=HALVED.text.replace("six", "41"))
    before, after = (with_claims(ferries(), overview=[each, ALTERNATIVE]) for each in (quoted, edit))
    announcement = told(before, after)
    assert "  > […] " in plain_text(announcement)
    assert " […] [2]" in plain_text(announcement)
    assert texts_with_style(announcement, "bold")[1:-1] == ["41"]


def test_other_typography_is_not_marked() -> None:
    announcement = of_claim(replace(HALVED, text=HALVED.text.replace("harbour board", "harbour’s board")))
    assert texts_with_style(announcement, "bold")[1:-1] == ["harbour’s"]


def test_the_text_reads_well_without_any_style() -> None:
    sent = post(UPDATES["correction"]())
    assert "~" not in sent.text
    assert "*" not in sent.text


def test_a_removed_claim_is_struck_as_a_whole() -> None:
    announcement = told(ferries(), with_claims(ferries(), overview=[HALVED]))
    assert texts_with_style(announcement, "strike") == [ALTERNATIVE.text]


@pytest.mark.parametrize("standing", get_args(Standing))
def test_old_words_stand_behind_the_standing_that_they_had(standing: Standing) -> None:
    old = replace(ALTERNATIVE, standing=standing)
    reworded = replace(old, text="The board saw no alternative.")
    before = with_claims(ferries(), overview=[HALVED, old])
    for claims in ([HALVED], [HALVED, reworded]):
        text = plain_text(told(before, with_claims(ferries(), overview=claims)))
        assert f"\nWas: {claim_text(old)}\n" in text


@pytest.mark.parametrize("standing", get_args(Standing))
def test_a_claim_that_moved_within_its_section_keeps_its_standing(standing: Standing) -> None:
    moved = replace(ALTERNATIVE, standing=standing)
    before, after = (with_claims(ferries(), overview=claims) for claims in ([HALVED, moved], [moved, HALVED]))
    assert f"“{claim_text(moved)}”" in plain_text(told(before, after))


# Evidence


def with_evidence(*evidence: Evidence) -> str:
    return plain_text(of_claim(replace(HALVED, evidence=evidence)))


QUOTED = HALVED.evidence[0]


def test_a_new_quotation_is_shown_and_the_old_ones_are_not_repeated() -> None:
    text = with_evidence(QUOTED, replace(QUOTED, quote="six a day, and not one more"))
    assert "Evidence added:\n  > six a day, and not one more [2]\n" in text
    assert (QUOTED.quote or "") not in text


def test_a_quotation_in_place_of_another() -> None:
    text = with_evidence(replace(QUOTED, quote="six a day, and not one more"))
    assert (
        f"Quotation was (Harbour Gazette):\n  > {QUOTED.quote}\n"
        "Quotation now (Harbour Gazette):\n  > six a day, and not one more [2]\n"
    ) in text
    assert "Evidence added" not in text


def test_a_quotation_that_is_cited_from_another_source_stands_once() -> None:
    text = with_evidence(replace(QUOTED, source="radio"))
    assert (f"Same quotation, now cited from Coast Radio; was Harbour Gazette:\n  > {QUOTED.quote} [1]\n") in text
    assert text.count(QUOTED.quote or "") == 1


def test_evidence_that_another_claim_cites_now_is_not_removed() -> None:
    more = replace(QUOTED, quote="six a day, and not one more")
    before = with_claims(ferries(), overview=[replace(HALVED, evidence=(QUOTED, more)), ALTERNATIVE])
    other = replace(ALTERNATIVE, evidence=(*ALTERNATIVE.evidence, more))
    text = plain_text(told(before, with_claims(ferries(), overview=[HALVED, other])))
    assert "Evidence now with another claim: Harbour Gazette.\n" in text
    assert "removed" not in text


def test_words_that_stay_are_not_bold() -> None:
    """A label in bold would look like one of the words that came."""
    opinion = replace(ALTERNATIVE, standing="opinion")
    before, after = (
        with_claims(ferries(), overview=[HALVED, replace(opinion, text=f"The board saw {what} alternative.")])
        for what in ("no", "one")
    )
    assert texts_with_style(told(before, after), "bold") == ["Overview", "one", "Sources"]


def test_a_source_in_place_of_another() -> None:
    text = with_evidence(Evidence(source="radio"))
    assert "Evidence added: [1]\n" in text
    assert "Quotation removed (Harbour Gazette):" in text
    assert "[1] Coast Radio: untitled" in text


def test_a_source_that_is_cited_no_more() -> None:
    before = with_claims(ferries(), overview=[replace(HALVED, evidence=(QUOTED, Evidence(source="radio")))])
    text = plain_text(told(before, with_claims(ferries(), overview=[HALVED])))
    assert "Evidence removed: Coast Radio: untitled <https://example.org/radio/1234>, undated\n" in text
    assert "Evidence added" not in text


def test_a_source_that_now_has_a_quotation_was_cited_before() -> None:
    before = with_claims(ferries(), overview=[replace(HALVED, evidence=(Evidence(source="gazette"),))])
    text = plain_text(told(before, with_claims(ferries(), overview=[HALVED])))
    assert "Evidence added:\n  > the number" in text
    assert "removed" not in text


def test_a_quotation_that_is_now_found_elsewhere() -> None:
    text = with_evidence(replace(QUOTED, locator="paragraph 4"))
    assert "Now located at: [2, paragraph 4]\n" in text
    assert "added" not in text
    assert "removed" not in text


def test_evidence_in_another_order() -> None:
    both = (QUOTED, Evidence(source="radio"))
    before = with_claims(ferries(), overview=[replace(HALVED, evidence=both)])
    text = plain_text(told(before, with_claims(ferries(), overview=[replace(HALVED, evidence=both[::-1])])))
    assert "Its evidence stands in another order.\n" in text


def test_a_source_under_another_id_is_no_other_evidence() -> None:
    halved = replace(HALVED, text=HALVED.text + " So it said.", evidence=(replace(QUOTED, source="journal"),))
    sources = {"gazette": GAZETTE, "journal": GAZETTE}
    both = edited(with_claims(ferries(), overview=[HALVED], legal=[COURT]), sources={**ferries().sources})
    after = with_claims(edited(both, sources={"journal": GAZETTE, "radio": sources["gazette"]}), overview=[halved])
    assert "removed" not in plain_text(told(both, after))


def test_a_new_source_is_shown_under_the_claim_that_cites_it() -> None:
    text = plain_text(UPDATES["evidence-only"]())
    assert "Source added" not in text
    assert "[3] Harbour board: Minutes of March" in text


# Kinds, notes, days


def test_a_change_of_another_kind_says_so() -> None:
    right = replace(HALVED, text=HALVED.text.replace("2 March", "3 March"))
    after = noted(with_claims(ferries(), overview=[right]), "correction", "A day late.", claims=(HALVED.id,))
    text = plain_text(told(ferries(), after))
    assert text.splitlines()[2] == "Correction · 12 May 2025"
    assert "Overview · Removed · Update\n" in text


def test_what_is_new_in_an_older_brief_is_no_new_brief() -> None:
    after = noted(with_claims(ferries(), outlook=[replace(HALVED, id="more")]), "new", "A section on what is next.")
    assert plain_text(told(ferries(), after)).splitlines()[2] == "New · 12 May 2025"


def test_a_claim_may_be_withdrawn_alone() -> None:
    after = noted(with_claims(ferries(), overview=[HALVED]), "withdrawal", "Not so.", claims=(ALTERNATIVE.id,))
    text = plain_text(told(ferries(), after))
    assert "Withdrawal · 12 May 2025\n\nNot so.\n\nOverview · Removed\nWas: Partly: The board said" in text
    assert "This brief" not in text


def test_a_note_has_its_day_and_kind_where_they_are_others() -> None:
    after = noted(noted(ferries(), "update", "One", on=DAY.replace(day=1)), "correction", "Two")
    assert "\nTwo.\nUpdate · 1 May 2025: One.\n" in plain_text(told(ferries(), after))


def test_editorial_notes_and_changes_are_not_shown() -> None:
    after = noted(with_claims(ferries(), overview=[HALVED]), "editorial", "Tidied.", claims=(ALTERNATIVE.id,))
    text = plain_text(told(ferries(), edited(after, title="Another title")))
    assert "Tidied" not in text
    assert ALTERNATIVE.text not in text
    assert "Now: Another title" in text


def test_a_set_without_its_source_is_of_the_kind_of_its_claims() -> None:
    """A source that comes with a claim's evidence has no kind of its own for readers."""
    assert UPDATES["evidence-only"]().kind == "evidence"
    assert replace(UPDATES["evidence-only"](), notes=()).kind == "evidence"


def test_a_long_time_brings_many_notes() -> None:
    after = ferries()
    for n in range(5):
        after = noted(after, "update", f"Note {n}")
    text = plain_text(told(ferries(), after))
    assert "Note 4.\nNote 3.\nNote 2.\nand 2 more notes\n" in text
    assert "Show all notes: /brief changes ferry-timetable @" in text
    assert "Note 0." in plain_text(told(ferries(), after, collapsed=False))


# Merged and split claims

BOTH = replace(HALVED, text=f"{HALVED.text[:-1]}, and said that there was no alternative.")


def test_a_claim_that_is_part_of_another_one_now_is_not_struck() -> None:
    announcement = told(ferries(), with_claims(ferries(), overview=[BOTH]))
    assert (
        "Overview · Now part of another claim\nWas: Partly: The board said that there was no alternative.\n"
        f"Now in: “{BOTH.text}”\n"
    ) in plain_text(announcement)
    assert texts_with_style(announcement, "strike") == []


def test_both_halves_of_a_split_claim_are_shown() -> None:
    half = replace(ALTERNATIVE, id="other-half", standing="supported", note=None)
    whole = replace(BOTH, evidence=(*HALVED.evidence, *half.evidence))
    before, after = with_claims(ferries(), overview=[whole]), with_claims(ferries(), overview=[HALVED, half])
    announcement = told(before, after)
    text = plain_text(announcement)
    assert "Overview · Now 2 claims\nWas: On 2 March" in text
    assert f"Now: {HALVED.text} {half.text} [2]\n" in text
    assert "Evidence now with another claim: Harbour Gazette.\n" in text
    assert f"\nOverview · Split off\n{half.text} [2]\n" in text
    assert "removed" not in text
    assert "no alternative" not in "".join(texts_with_style(announcement, "strike"))


# Caveats


CAVEATS = (
    "The board's own minutes of March were not seen; what it says here is as the Harbour Gazette reports it.",
    "Most figures are of 12 February 2025, and no later ones were found.",
)


@pytest.mark.parametrize(
    ("now", "lines", "bold"),
    [
        (
            (CAVEATS[0].replace("March", "April"), CAVEATS[1]),
            ["Caveat", f"Was: {CAVEATS[0]}", f"Now: {CAVEATS[0].replace('March', 'April')}"],
            ["Caveat", "April"],
        ),
        (
            (CAVEATS[1].replace("February", "January"), CAVEATS[0].replace("not seen", "seen in part")),
            [
                *("Caveat", f"Was: {CAVEATS[0]}", f"Now: {CAVEATS[0].replace('not seen', 'seen in part')}"),
                *("Caveat", f"Was: {CAVEATS[1]}", f"Now: {CAVEATS[1].replace('February', 'January')}"),
            ],
            ["Caveat", "in part", "Caveat", "January"],
        ),
        (
            ("Nobody was asked.", *CAVEATS),
            ["Caveat added: Nobody was asked."],
            [],
        ),
        (CAVEATS[1:], [f"Caveat removed: {CAVEATS[0]}"], []),
        (CAVEATS[::-1], ["The caveats stand in another order."], []),
    ],
)
def test_edited_caveats_are_marked_as_titles_are(now: tuple[str, ...], lines: list[str], bold: list[str]) -> None:
    before, after = (edited(ferries(), caveats=tuple(Caveat(text=each) for each in all_)) for all_ in (CAVEATS, now))
    announcement = told(before, after)
    assert plain_text(announcement).split("\n\n")[2].splitlines() == lines
    assert texts_with_style(announcement, "bold") == bold


# Folding


def test_a_folded_post_shows_the_first_changes_and_a_button_for_all() -> None:
    announcement = UPDATES["many-folded"]()
    assert plain_text(announcement).count("Outlook · Added") == COLLAPSED_MAX - 2
    assert "\nand 8 more changes\n" in plain_text(announcement)
    before, after = announcement.change_set.before, announcement.change_set.after
    assert before
    assert after
    all_of_it = ShowChanges("ferry-timetable", None, Range(before.revision, after.revision))
    assert buttons(announcement)["Show all 13 changes"] == encode_command(all_of_it)


@pytest.mark.parametrize("gravest", range(7))
def test_a_correction_is_never_behind_the_button(gravest: int) -> None:
    claims = [replace(HALVED, id=f"day-{n}", text=f"On day {n} of the strike no ferry ran.") for n in range(7)]
    before = with_claims(ferries(), outlook=claims)
    now = [replace(each, text=each.text.replace("no ferry ran", "two ferries ran")) for each in claims]
    after = noted(with_claims(ferries(), outlook=now), "clarification", "Clearer.")
    after = noted(after, "correction", "Two ran.", claims=(f"day-{gravest}",))
    first = plain_text(told(before, after)).split("\n\n")[3].splitlines()
    assert first[1] == f"Was: On day {gravest} of the strike no ferry ran."


def test_a_revision_that_is_none_is_left_out() -> None:
    assert UPDATES["new"]().revisions == (None, ferries().revision)
    assert UPDATES["gone"]().revisions == (ferries().revision, None)


def test_few_changes_are_not_folded() -> None:
    assert all("Show" not in label for label in buttons(UPDATES["added-removed-moved"]()))


def long_claim(chars: int, *quotes: str) -> Announcement:
    evidence = tuple(Evidence(source="gazette", quote=quote) for quote in quotes)
    return of_claim(replace(HALVED, text="word " * (chars // 5) + "end.", evidence=evidence))


def test_quotations_are_left_out_before_changes_are() -> None:
    quote = Evidence(source="gazette", quote="quoted " * 150)
    claims = [replace(HALVED, id=f"long-{n}", text=f"{n} " * 300, evidence=(quote,)) for n in range(4)]
    announcement = told(ferries(), with_claims(ferries(), outlook=claims))
    assert plain_text(announcement).count("Outlook · Added") == 4
    assert "quoted" not in plain_text(announcement)
    assert "\nQuotations are left out.\n" in plain_text(announcement)
    assert "Show with quotations" in buttons(announcement)
    assert mrkdwn.length(post(announcement).text) <= PAGE_TEXT_MAX


@pytest.mark.parametrize(("changes", "rest"), [(4, "; they did not change."), (5, ".")])
def test_quotations_that_are_left_out_are_said_to_be_the_same(changes: int, rest: str) -> None:
    """Each change is shown, so nothing more is promised than quotations; of five claims the last is a new one."""
    quotes = [replace(QUOTED, quote=f"{n} " + "quoted " * 150) for n in range(5)]
    new = [replace(HALVED, id=f"long-{n}", text=f"Boat {n} sails twice.", evidence=(quotes[n],)) for n in range(5)]
    old = [replace(each, text=each.text.replace("twice", "often")) for each in new]
    # The fifth cites more than fits even without the others' quotations.
    new[4] = replace(new[4], evidence=tuple(replace(QUOTED, quote=f"{n} " + "quoted " * 100) for n in range(5)))
    before, after = (with_claims(ferries(), outlook=claims) for claims in (old[:4], new[:changes]))
    announcement = told(before, after)
    assert plain_text(announcement).count("\nOutlook") == changes
    assert f"\nQuotations are left out{rest}\n" in plain_text(announcement)
    assert buttons(announcement)["Show with quotations"] == encode_command(
        ShowChanges("ferry-timetable", None, Range(*announcement.revisions))
    )
    assert not any(label.startswith("Show all") for label in buttons(announcement))


def test_fewer_changes_are_shown_where_they_are_long() -> None:
    claims = [replace(HALVED, id=f"long-{n}", text=f"{n} " * 900) for n in range(4)]
    announcement = told(ferries(), with_claims(ferries(), outlook=claims))
    assert 1 <= plain_text(announcement).count("Outlook · Added") < 4
    assert "\nand " in plain_text(announcement)
    assert mrkdwn.length(post(announcement).text) <= PAGE_TEXT_MAX


def test_a_single_change_that_is_too_long_loses_its_quotations() -> None:
    announcement = long_claim(900, *(f"{n} quoted " * 100 for n in range(3)))
    assert "quoted" not in plain_text(announcement)
    assert "\nQuotations are left out.\n" in plain_text(announcement)
    assert "Show with quotations" in buttons(announcement)
    assert "quoted" in plain_text(replace(announcement, collapsed=False))


def test_all_of_it_is_cut_into_pages_that_go_on() -> None:
    quote = Evidence(source="gazette", quote="quoted " * 150)
    claims = [replace(HALVED, id=f"long-{n}", text=f"{n} " * 300, evidence=(quote,)) for n in range(6)]
    announcement = told(ferries(), with_claims(ferries(), outlook=claims), collapsed=False)
    cut = pages(announcement_layout(announcement, "/brief"))
    assert len(cut) > 1
    all_of_it = ShowChanges("ferry-timetable", None, Range(*announcement.revisions))
    assert decode(buttons(announcement)["Continue"], Search) == ButtonValue(all_of_it, None, 2)


# Where to go from here


@pytest.mark.parametrize("away", [None, noted(edited(ferries(), status="withdrawn"), "withdrawal", "A draft.")])
def test_a_brief_that_is_back_is_introduced_however_it_was_withdrawn(away: Brief | None) -> None:
    announcement = told_last(ferries(), away, noted(ferries(), "correction", "It was none."))
    text = plain_text(announcement)
    assert text.split("\n\n")[2:5] == [
        "This brief is published again.\nCorrection: It was none.",
        FERRIES.summary,
        "• Overview: 2 claims\n• Legal considerations: 2 claims",
    ]
    assert list(buttons(announcement)) == ["Open Overview", "Open Legal considerations"]


def test_a_button_opens_each_section_that_reads_otherwise() -> None:
    assert buttons(UPDATES["added-removed-moved"]()) == {
        "Open Overview": encode_command(Show("overview", "ferry-timetable")),
        "Open Legal considerations": encode_command(Show("legal", "ferry-timetable")),
    }


@pytest.mark.parametrize("name", ["gone", "withdrawn"])
def test_there_is_nothing_to_open_of_a_brief_that_is_gone(name: str) -> None:
    assert buttons(UPDATES[name]()) == {}


def test_at_most_three_sections_are_opened() -> None:
    sections = {key: [replace(HALVED, id=key)] for key in ("legal", "outlook", "overview", "reactions")}
    announcement = told(None, with_claims(ferries(), **sections))
    opened = [encode_command(Show(key, "ferry-timetable")) for key in ("overview", "legal", "reactions")]
    assert list(buttons(announcement).values()) == opened


def test_actions_are_those_that_the_app_listens_to() -> None:
    for name in UPDATES:
        actions = [p["action_id"] for p in walk(post(UPDATES[name]()).blocks) if "action_id" in p]
        assert len(set(actions)) == len(actions)
        assert all(action.startswith("open:") for action in actions if action != "continue")


def test_a_history_is_a_link() -> None:
    links = [p for p in walk(post(UPDATES["gone"]()).blocks) if p.get("type") == "link"]
    url = "https://github.com/harbour/briefs/commits/main/briefs/ferry-timetable.yaml"
    assert links == [{"type": "link", "url": url, "text": "History of this file"}]


def test_a_post_without_history_or_reason_has_neither() -> None:
    announcement: Any = replace(UPDATES["gone"](), history_url=None, reason=None)
    assert plain_text(announcement).endswith(f"\n\nferry-timetable@{ferries().revision}")

"""The post about the changes of many briefs."""

import json
import re
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.briefs.brief import ChangeKind
from bot.core.changes.announcement import Announcement
from bot.core.changes.change_set import CORRECTING
from bot.core.changes.summary import Summary, summarize
from bot.core.commands.button_value import decode_command
from bot.core.commands.command import Command, ShowChanges
from bot.render.changes.summary import fitting_items, summary_items, summary_layout
from bot.render.delivery.correction_notes import Correction, with_corrections
from bot.render.document.document import Layout
from bot.render.document.message import Message, message_from
from bot.render.document.paging import PAGE_TEXT_MAX, page_of
from tests.conftest import examples
from tests.ferries import DAY, UPDATES, noted, told
from tests.make import brief, claim
from tests.render.hostile import updates
from tests.render.limits import check, walk

REASON = "Posted because this channel follows all (#1) · /brief unsubscribe #1 ends it"


def summary(*announcements: Announcement) -> Summary:
    return replace(summarize(announcements, since=DAY, on=DAY), reason=REASON)


def post(content: Summary) -> Message:
    return message_from(page_of(layout(content), 1, 1))


def layout(content: Summary) -> Layout:
    return summary_layout(content, summary_items(content), "/brief", fitting(content))


def fitting(content: Summary) -> int:
    return fitting_items(content, summary_items(content), "/brief")


def boat(number: int, kind: ChangeKind | None, claims: int = 1) -> Announcement:
    """So many claims of a brief were changed."""
    before = [claim(f"c{n}", text=f"Boat {number} made {n} trips before it was sold.") for n in range(claims)]
    after = [replace(each, text=each.text.replace("trips", "long trips")) for each in before]
    slug = f"boat-{number:03}"
    new = brief(slug, {"legal": after})
    return told(brief(slug, {"legal": before}), noted(new, kind, "It was longer.") if kind else new)


def fleet(*kinds: ChangeKind | None, claims: int = 1) -> Summary:
    return summary(*(boat(number, kind, claims) for number, kind in enumerate(kinds)))


MIXED = summary(
    *(replace(UPDATES[name](), reason=None) for name in ("correction", "withdrawn", "evidence-only", "new")),
    told(brief("old-pier"), None),
    *(boat(number, None) for number in range(12)),
    boat(20, "clarification"),
)
FULL = fleet(*("correction",) * 20, *("update",) * 30)
LONG = fleet("correction", "correction", None, claims=40)


@pytest.mark.parametrize(("name", "content"), [("mixed", MIXED), ("full", FULL), ("long", LONG)])
def test_what_slack_is_sent(name: str, content: Summary, golden: Callable[[str, str], None]) -> None:
    sent = post(content)
    payload = {"text": sent.text, "blocks": sent.blocks}
    golden(f"changes/summary-{name}.blocks.json", json.dumps(payload, ensure_ascii=False, indent=2) + "\n")
    golden(f"changes/summary-{name}.txt", sent.text + "\n")
    check(sent)


# What it shows


def test_every_brief_counts_once_by_its_gravest_kind_the_gravest_first() -> None:
    assert [(each.kind, each.is_new_brief, each.number) for each in MIXED.counts] == [
        ("withdrawal", False, 2),
        ("correction", False, 1),
        ("new", True, 1),
        ("update", False, 12),
        ("clarification", False, 1),
        ("evidence", False, 1),
    ]
    assert "18 briefs have changed\n" in post(MIXED).text
    assert (
        "12 May 2025 · 2 withdrawals, 1 correction, 1 new brief, 12 updates, 1 clarification, 1 change of evidence\n"
        in post(MIXED).text
    )


def test_one_brief_is_no_plural() -> None:
    assert post(fleet(None)).text.startswith("1 brief has changed\n\n12 May 2025 · 1 update\n")


def test_corrections_and_withdrawals_are_shown_as_in_a_post_of_their_own_and_others_are_counted() -> None:
    text = post(MIXED).text
    for shown in (
        "The timetable was a draft that nobody adopted.",
        "This brief is no longer published.",
        "The board met on 3 March, not on 2 March.",
        "Was: On 2 March 2025",
        "> the number of daily crossings falls from twelve to six [2]",
    ):
        assert shown.removeprefix("> ") in text
    assert text.count("\nand 1 new brief, 12 updates, 1 clarification, 1 change of evidence\n") == 1
    assert "long trips" not in text


def test_what_does_not_fit_is_counted() -> None:
    text = post(FULL).text
    shown = text.count("Now: ")
    assert 3 < shown < 20
    assert f"and {20 - shown} more corrections, 30 updates" in text


def test_of_a_brief_too_long_for_the_message_as_many_changes_are_shown_as_fit() -> None:
    text = post(LONG).text
    shown = text.count("Now: ")
    assert 3 < shown < 40
    assert f"and {40 - shown} more changes in “Boat 000”, 1 more correction, 1 update" in text


def test_a_change_too_long_for_any_message_is_counted() -> None:
    long = claim("long", text="<" * 1000)
    announcement = told(brief("a", {"legal": [long]}), brief("a", {"legal": [replace(long, text=">" * 1000)]}))
    corrected = replace(announcement, changes=tuple(replace(c, kind="correction") for c in announcement.changes))
    content = summary(corrected, boat(1, None))
    assert fitting(content) == 0
    assert "1 correction, 1 update" in post(content).text
    check(post(content))


def test_other_changes_of_a_corrected_brief_are_counted_with_it() -> None:
    before = brief("a", {"legal": [claim("one"), claim("two"), claim("three")]})
    after = brief("a", {"legal": [replace(each, text=f"{each.text} Now.") for each in before.sections["legal"].claims]})
    content = summary(told(before, noted(after, "correction", "One was wrong.", claims=("one",))))
    text = post(content).text
    assert "Now: Claim one is so. Now." in text
    assert "Claim two" not in text
    assert "and 2 more changes\n" in text


def test_the_button_lists_all_since_the_first_day() -> None:
    sent = post(replace(MIXED, since=DAY.replace(day=10)))
    (button,) = [part for part in walk(sent.blocks) if part.get("type") == "button"]

    def never(text: str) -> Command:
        raise AssertionError(text)

    assert decode_command(button["value"], never) == ShowChanges(None, DAY.replace(day=10))
    assert "Show all changes: /brief changes since:2025-05-10" in sent.text
    assert "10 May 2025 to 12 May 2025 · " in sent.text


# Limits


@pytest.mark.parametrize("content", [MIXED, FULL, LONG])
def test_a_claim_is_never_cut_and_a_correction_still_fits_in(content: Summary) -> None:
    assert len(post(content).text) <= PAGE_TEXT_MAX
    correction = Correction(DAY, (("It was so for a long time. " * 9, "It was otherwise. " * 9),), "Wrong.")
    corrected = message_from(page_of(with_corrections(layout(content), [correction] * 9, now=True), 1, 1))
    check(corrected)
    assert not corrected.text.endswith("…")
    shown = [each for each in summary_items(content)[: fitting(content)] if each.claim]
    assert corrected.text.count("Now: ") == len(shown)


@given(st.lists(updates(), min_size=1, max_size=2), st.sampled_from(["correction", "withdrawal"]))
@examples(25)
def test_hostile_changes_stay_within_the_limits(announcements: list[Announcement], kind: ChangeKind) -> None:
    graver = [replace(a, changes=tuple(replace(c, kind=kind) for c in a.changes), reason=None) for a in announcements]
    content = summary(*graver)
    check(post(content))
    assert content.briefs == len(announcements)
    assert all(each.kind in CORRECTING for each in content.details)


def test_hundreds_of_corrections_are_one_message_and_quick() -> None:
    content = fleet(*("correction",) * 300)
    began = time.process_time()
    sent = post(content)
    assert time.process_time() - began < 0.5
    check(sent)
    assert sent.text.startswith("300 briefs have changed\n")


def test_sources_are_listed_by_brief_under_the_numbers_of_each() -> None:
    text = post(fleet("correction", "correction")).text
    assert "Now: Boat 0 made 0 long trips before it was sold. [1]" in text
    assert "Now: Boat 1 made 0 long trips before it was sold. [1]" in text
    assert re.findall(r"Sources of ([\w-]+)\n\[1\] The Gazette", text) == ["boat-000", "boat-001"]

"""Digests as they look, and their cuts into messages."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from bot.core.briefs.brief import Brief, Evidence
from bot.core.changes.announcement import Announcement
from bot.core.commands.button_value import decode_command
from bot.core.commands.command import Search, Show, ShowChanges
from bot.core.commands.digest_commands import SetDigest
from bot.core.commands.schedule_arguments import ScheduleSpec
from bot.core.digests.digest import Plan, Report, Review, Unverified, VanishedQuote, group_by_kind
from bot.core.digests.listing import DigestSchedules, ScheduleEntry
from bot.core.digests.schedule import DAILY, WEEKDAYS, Schedule
from bot.core.subscriptions.subscription import SubscriptionSpec, Target
from bot.render.digests import confirmations
from bot.render.digests.digest import message_document
from bot.render.digests.schedule_form import RECURRENCES, digest_form, form_command, matching_zones
from bot.render.document.message import Message, message_from
from bot.render.reply_message import render_reply
from bot.workspace.blockkit import validate_view
from tests.ferries import COURT, HALVED, UPDATES, ferries, noted, told, with_claims
from tests.make import brief, claim
from tests.render.digests.in_memory import DigestInMemory
from tests.render.limits import check, walk
from tests.render.seen import check_mentioning, seen
from tests.render.subscriptions.test_confirmations import following

SINCE, UNTIL = (datetime(2025, 5, day, 6, 30, tzinfo=UTC) for day in (12, 13))
REVIEW = Review("ferry-timetable", "The ferry timetable of 2025", date(2025, 5, 1), "local-desk")
REPORT = Report(
    (REVIEW,),
    (Unverified("ferry-timetable", "The ferry timetable of 2025", "legal", "towns-in-court"),),
    (("zebra", 3), ("ferry prices", 1)),
    (("msg_too_long", 2),),
)
NEWS = VanishedQuote(
    *("ferry-timetable", "The ferry timetable of 2025", "legal", "towns-in-court", "Coast Gazette"),
    *("two towns have gone to court against the timetable", "missing", date(2025, 5, 3), True, 8),
)
VANISHED = (
    NEWS,
    replace(NEWS, claim="halved", state="gone", posts=0),
    *(replace(NEWS, claim=f"claim-{n}", is_new=False, posts=0) for n in range(17)),
)
PLAN = Plan(
    since=SINCE,
    until=UNTIL,
    after_publication=1,
    publication=2,
    zone="Europe/Berlin",
    specs=(SubscriptionSpec(Target(), deliver="digest"),),
    reason="Posted because this channel follows all (#1) · weekdays 08:30 Europe/Berlin (digest #1)",
)


def digest(*updates: Announcement, plan: Plan = PLAN) -> DigestInMemory:
    return DigestInMemory(plan, group_by_kind(updates))


def fifty() -> list[Announcement]:
    """Fifty changes in five briefs; the last but one brief holds corrections."""
    announcements = []
    for number in range(5):
        before = [claim(f"claim-{n}", text=f"There were {n} ferries in year {number}.") for n in range(10)]
        after = [replace(each, text=each.text.replace("ferries", "boats")) for each in before]
        slug, sections = f"brief-{number}", ("legal", "overview")
        old = brief(slug, dict(zip(sections, (before[:5], before[5:]), strict=True)))
        new = brief(slug, dict(zip(sections, (after[:5], after[5:]), strict=True)))
        announcements.append(told(old, noted(new, "correction", "They were boats.") if number == 3 else new))
    return announcements


DIGESTS: dict[str, Callable[[], DigestInMemory]] = {
    "one": lambda: digest(UPDATES["correction"]()),
    "fifty": lambda: digest(*fifty()),
    "none": lambda: digest(),
    "new": lambda: digest(UPDATES["new"]()),
    "gone": lambda: digest(UPDATES["gone"]()),
    "withdrawn": lambda: digest(UPDATES["withdrawn"]()),
    "note-alone": lambda: digest(UPDATES["note-alone"]()),
    "sources-only": lambda: digest(UPDATES["sources-only"]()),
    "overdue": lambda: digest(UPDATES["retitled"](), plan=replace(PLAN, overdue=(REVIEW,))),
    "for-maintainers": lambda: digest(plan=replace(PLAN, specs=(), report=REPORT, reason=None)),
    "vanished": lambda: digest(plan=replace(PLAN, specs=(), report=Report(vanished=VANISHED), reason=None)),
}


def messages(digest_: DigestInMemory) -> list[Message]:
    """The messages in which a digest is posted."""
    return [message_from(message_document(each, "/brief")) for each in digest_.messages()]


@pytest.mark.parametrize("name", DIGESTS)
def test_the_words_that_readers_see(name: str, golden: Callable[[str, str], None]) -> None:
    golden(f"digests/{name}.txt", "\n=====\n".join(map(seen, messages(DIGESTS[name]()))))


QUOTED = HALVED.evidence[0]
QUOTE = QUOTED.quote or ""


@pytest.mark.parametrize(
    ("now", "lines"),
    [
        (
            [replace(QUOTED, quote=QUOTE.replace("six", "four"))],
            [
                f"Quotation was (Harbour Gazette): {QUOTE}",
                f"Quotation now (Harbour Gazette), marks ours: {QUOTE.replace('six', 'four')} [2]",
            ],
        ),
        (
            [replace(QUOTED, source="radio")],
            [f"Same quotation, now cited from Coast Radio; was Harbour Gazette: {QUOTE} [1]"],
        ),
        (
            [replace(QUOTED, quote="“Nobody needs them at night,” said the chair")],
            ["Quotation replaced (Harbour Gazette) [2]"],
        ),
        ([replace(QUOTED, locator="page 2")], ["Evidence: 1 citation now located elsewhere."]),
        ([QUOTED, Evidence(source="radio")], ["Evidence: 1 citation added (Coast Radio)."]),
        (
            [Evidence(source="radio")],
            ["Evidence: 1 citation added (Coast Radio), 1 citation removed (Harbour Gazette)."],
        ),
    ],
)
def test_a_change_of_evidence_says_what_changed(now: Sequence[Evidence], lines: list[str]) -> None:
    claims = [replace(HALVED, evidence=tuple(now), note="So it says.") for now in ((QUOTED,), now)]
    before, after = (with_claims(ferries(), overview=[each]) for each in claims)
    (sent,) = messages(digest(told(before, noted(after, "evidence", "Better."))))
    text = re.sub(r"<[^|>]*\|([^>]*)>", r"\1", sent.text)
    assert [
        each.strip(" •") for each in text.splitlines() if re.match(r"\W*(Quotation|Same quotation|Evidence:)", each)
    ] == lines


def test_of_a_long_quotation_from_another_source_the_opening_is_shown() -> None:
    long = replace(QUOTED, quote=f"{QUOTE}, {'and the towns were heard, ' * 8}says the board")
    claims = [replace(HALVED, evidence=(each,)) for each in (long, replace(long, source="radio"))]
    before, after = (with_claims(ferries(), overview=[each]) for each in claims)
    (sent,) = messages(digest(told(before, after)))
    (words,) = re.findall(
        "Same quotation, now cited from Coast Radio; was Harbour Gazette: (.*) \\[…\\] \\[1\\]", sent.text
    )
    assert words.startswith(QUOTE)
    assert (long.quote or "").startswith(words)
    assert 80 < len(words) <= 96


def test_what_only_stands_in_another_order_is_last_of_its_group() -> None:
    both = (QUOTED, Evidence(source="radio"))
    claims = [[replace(HALVED, evidence=each), replace(COURT, evidence=each[:1])] for each in (both, both[::-1])]
    before, after = (with_claims(ferries(), overview=each, legal=[]) for each in claims)
    (sent,) = messages(digest(told(before, noted(after, "evidence", "Better."))))
    assert 0 < sent.text.index(COURT.text) < sent.text.index("Its evidence stands in another order.")


def test_of_many_channels_in_which_a_claim_stands_some_are_named() -> None:
    shown = replace(NEWS, channels=tuple(f"C{n}" for n in range(7)))
    (sent,) = messages(digest(plan=replace(PLAN, specs=(), report=Report(vanished=(shown,)))))
    assert "8 posts show the claim, in <#C0>, <#C1>, <#C2>, <#C3>, <#C4> and 2 more channels" in sent.text


@pytest.mark.parametrize("name", ["one", "none"])
def test_what_slack_is_sent(name: str, golden: Callable[[str, str], None]) -> None:
    (sent,) = messages(DIGESTS[name]())
    payload = {"text": sent.text, "blocks": sent.blocks}
    golden(f"digests/{name}.blocks.json", json.dumps(payload, ensure_ascii=False, indent=2) + "\n")


@pytest.mark.parametrize("name", DIGESTS)
def test_slack_takes_them(name: str) -> None:
    for sent in messages(DIGESTS[name]()):
        check(sent)
        ids = [part["action_id"] for part in walk(sent.blocks) if "action_id" in part]
        assert len(ids) == len(set(ids))


def test_the_preview_is_what_is_sent() -> None:
    for name in ("one", "none", "withdrawn", "for-maintainers"):
        (sent,) = messages(DIGESTS[name]())
        preview = render_reply(DIGESTS[name]().page_from(0), command="/brief")
        assert (preview.text, preview.blocks) == (sent.text, sent.blocks)


def test_a_long_one_is_cut_between_items_and_tells_each_once() -> None:
    digest_ = digest(*fifty())
    cuts = [(each.part.start, each.part.end) for each in digest_.messages()]
    assert len(cuts) == 2
    assert [end for _, end in cuts[:-1]] == [start for start, _ in cuts[1:]]
    assert (cuts[0][0], cuts[-1][1]) == (0, digest_.number)
    assert sum(text.count("Was: ") for text in texts(digest_)) == 50
    assert all(text.count("Now: ") for text in texts(digest_))


def texts(digest_: DigestInMemory) -> list[str]:
    return [sent.text for sent in messages(digest_)]


def test_corrections_come_first_and_every_message_says_what_it_is_about() -> None:
    first, *others = texts(digest(*fifty()))
    assert first.index("Correction · Brief 3") < first.index("Was: ")
    assert "continues in the thread" in first
    for text in others:
        assert text.index(" · Brief ") < text.index("Was: ")
        assert "continues in the thread" not in text


def test_every_claim_has_a_button_to_its_section_and_one_to_its_evidence() -> None:
    for each in digest(*fifty()).items:
        if each.claim is not None:
            opened, changes = (
                decode_command(button.value, Search)  # type: ignore[union-attr]
                for button in each.item.controls
            )
            assert isinstance(opened, Show)
            assert opened.brief == each.claim[0]
            assert opened.section in ("legal", "overview")
            assert isinstance(changes, ShowChanges)
            assert (changes.brief, changes.between is not None) == (opened.brief, True)


def test_each_brief_is_one_block_with_each_button_once() -> None:
    first, *_ = messages(digest(*fifty()))
    blocks = [part["type"] for part in first.blocks]
    assert blocks[:6] == ["header", "context", "rich_text", "actions", "rich_text", "actions"]
    labels = [element["text"]["text"] for element in first.blocks[3]["elements"]]
    assert labels == ["Open Overview", "Evidence", "Open Legal considerations"]


def test_quotes_and_sources_are_behind_a_button() -> None:
    for text in texts(digest(UPDATES["evidence-only"](), UPDATES["correction"]())):
        assert "Evidence: " in text
        assert "&gt; " not in text
        assert "Sources" not in text


def test_where_a_text_is_cut_a_button_says_that_it_has_the_whole() -> None:
    words = ", ".join(f"ferry {n}" for n in range(90))
    for first, label in (("Six sail.", "Evidence"), (f"The board sold {words}.", "Whole text and evidence")):
        # The first item of the brief is not cut, and has the same command.
        old = (claim("a", text="Six sail each day of May."), claim("b", text=first))
        new = [replace(each, text=f"{each.text} Now.") for each in old]
        before, after = (brief("boats", {"legal": list(claims)}) for claims in (old, new))
        (sent,) = messages(digest(told(before, after)))
        labels = [part["text"]["text"] for part in walk(sent.blocks) if part.get("type") == "button"]
        assert labels == ["Open Legal considerations", label]
        assert ("…" in sent.text) == (label != "Evidence")


def test_sources_have_the_numbers_of_their_briefs() -> None:
    digest_ = digest(*(update for update in fifty()[:2]))
    numbers = {citation.n for each in digest_.items for citation in each.item.citations}
    assert numbers == {1}


def test_instants_are_those_of_the_zone() -> None:
    (sent,) = texts(digest(UPDATES["correction"]()))
    assert "12 May 2025, 08:30 (UTC+02:00) to 13 May 2025, 08:30 (UTC+02:00)" in sent


# Set, ended, listed

FIRE = tuple(datetime(2025, 10, day, hour, 30, tzinfo=UTC) for day, hour in ((24, 6), (27, 7), (28, 7)))
BERLIN = ScheduleEntry(1, Schedule.parse("weekdays 08:30 Europe/Berlin"), FIRE)
TOKYO = ScheduleEntry(2, Schedule.parse("weekly monday 09:00 Asia/Tokyo"), (datetime(2025, 10, 27, 0, 0, tzinfo=UTC),))
FED = following(SubscriptionSpec(Target(), deliver="digest"))

CONFIRMATIONS: dict[str, Message] = {
    "set": confirmations.confirm_digest(BERLIN, [], FED, "U1", "/brief"),
    "set-another": confirmations.confirm_digest(BERLIN, [TOKYO], FED, "U1", "/brief"),
    "set-but-unfed": confirmations.confirm_digest(BERLIN, [], [], "U1", "/brief"),
    "changed": confirmations.confirm_digest(BERLIN, [], FED, "U1", "/brief", TOKYO.schedule),
    "ended": confirmations.confirm_digest_end([BERLIN.schedule], [], "U1", "/brief"),
    "ended-one-of-two": confirmations.confirm_digest_end([BERLIN.schedule], [TOKYO], "U1", "/brief"),
    "ended-both": confirmations.confirm_digest_end([BERLIN.schedule, TOKYO.schedule], [], "U1", "/brief"),
    "list": render_reply(DigestSchedules((BERLIN, TOKYO), tuple(FED)), command="/brief"),
    "list-of-none": render_reply(DigestSchedules((), ()), command="/brief"),
}


@pytest.mark.parametrize("name", CONFIRMATIONS)
def test_confirmations_and_the_list(name: str, golden: Callable[[str, str], None]) -> None:
    check_mentioning(CONFIRMATIONS[name])
    golden(f"digests/{name}.txt", seen(CONFIRMATIONS[name]))


# The form


@pytest.mark.parametrize(("zone", "due"), [("Europe/Berlin", (BERLIN,)), (None, ())])
def test_slack_takes_the_form(zone: str | None, due: Sequence[ScheduleEntry]) -> None:
    assert validate_view(digest_form(DigestSchedules(tuple(due), ()), zone, "C1", "/brief")) == []


@pytest.mark.parametrize(
    ("often", "days"),
    [("daily", DAILY), ("weekdays", WEEKDAYS), ("weekly monday", frozenset({0})), ("weekly sunday", frozenset({6}))],
)
def test_what_is_entered_is_the_digest_that_is_set(often: str, days: frozenset[int]) -> None:
    state = {
        "often": {"often": {"selected_option": {"value": often}}},
        "at": {"at": {"selected_time": "08:30"}},
        "zone": {"zone": {"selected_option": {"value": "Europe/Berlin"}}},
    }
    spec = ScheduleSpec(days, time(8, 30), "Europe/Berlin")
    assert form_command(state) == SetDigest(spec)
    for value, existing in (("5", 5), ("add", "add")):
        chosen = {"existing": {"existing": {"selected_option": {"value": value}}}}
        assert form_command(state | chosen) == SetDigest(spec, existing)  # type: ignore[arg-type]


def test_every_choice_of_the_form_can_be_submitted() -> None:
    form = digest_form(DigestSchedules((), ()), "Europe/Berlin", "C1", "/brief")
    (often,) = (block["element"] for block in form["blocks"] if block.get("block_id") == "often")
    assert {option["value"] for option in often["options"]} == set(RECURRENCES)


WINTER, SUMMER = datetime(2025, 1, 15, 12, tzinfo=UTC), datetime(2025, 7, 15, 12, tzinfo=UTC)


def test_zones_are_found_by_any_part_of_their_name() -> None:
    assert [option.value for option in matching_zones("berl", WINTER)] == ["Europe/Berlin"]
    assert [option.value for option in matching_zones("New york", WINTER)] == ["America/New_York"]
    assert matching_zones("Eur", WINTER)[0].value.startswith("Europe/")
    assert matching_zones("nowhere", WINTER) == ()


def test_zones_are_found_by_city_and_abbreviation_with_the_offset_of_the_day() -> None:
    assert [option.label for option in matching_zones("munich", WINTER)] == ["Europe/Berlin (UTC+01:00)"]
    assert [option.label for option in matching_zones("munich", SUMMER)] == ["Europe/Berlin (UTC+02:00)"]
    assert matching_zones("EST", WINTER)[0].value == "America/New_York"
    assert matching_zones("GMT+1", WINTER) == ()


def test_a_claim_that_moved_out_of_a_brief_that_is_gone_has_no_button() -> None:
    gone: Brief | None = None
    (each,) = digest(told(with_claims(ferries(), legal=[COURT]), gone)).items
    assert each.item.controls == ()

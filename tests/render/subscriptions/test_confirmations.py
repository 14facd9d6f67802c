"""Confirmations, live threads, and what is said of channels that went away."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.briefs.brief import Brief
from bot.core.commands.button_value import encode_command
from bot.core.commands.command import SetDefaultBrief, Show, Unsubscribe
from bot.core.commands.undo_commands import RestoreSubscription, Resubscribe
from bot.core.delivery.pause_reason import PAUSE_REASONS, PauseReason, pause_reason
from bot.core.subscriptions.subscription import Filter, Subscription, SubscriptionSpec, Target
from bot.render.delivery import pause_notice, thread_parent
from bot.render.document.message import Message
from bot.render.document.open_buttons import OPEN_MAX
from bot.render.subscriptions import confirmations
from tests.ferries import DAY, ferries, noted
from tests.make import brief
from tests.render.hostile import TEXTS, briefs, texts
from tests.render.limits import walk
from tests.render.seen import check_mentioning, seen

MADE_AT = datetime(2025, 5, 1, 9, 30, tzinfo=UTC)
UNTIL = datetime(2025, 5, 19, 7, 0, tzinfo=UTC)
FERRIES = Target("ferry-timetable")
SECTIONS = [
    ("Overview", Show("overview", "ferry-timetable")),
    ("Legal considerations", Show("legal", "ferry-timetable")),
]


def following(*specs: SubscriptionSpec) -> list[Subscription]:
    """What a channel follows, by numbers from 1."""
    return [Subscription(number, "T1", "C1", spec, "U1", MADE_AT) for number, spec in enumerate(specs, 1)]


def followed(spec: SubscriptionSpec) -> Message:
    (subscription,) = following(spec)
    return confirmations.confirm_subscription(subscription, "U1", "/brief", Unsubscribe(1))


def parent(brief_: Brief, *, gone: bool = False) -> Message:
    return thread_parent.live_parent(brief_, SECTIONS, gone=gone, on=DAY)


ONE, TWO = following(SubscriptionSpec(Target()), SubscriptionSpec(replace(FERRIES, section="legal")))
CORRECTIONS = SubscriptionSpec(Target(), (Filter("kind", "correction"),))
FILTERS = (Filter("kind", "correction"), Filter("section", "legal"), Filter("tag", "prisons", exclude=True))
WITHDRAWN = noted(ferries(status="withdrawn"), "withdrawal", "The board's minutes contradict it", on=date(2025, 5, 11))

MESSAGES: dict[str, Message] = {
    "followed-all": followed(SubscriptionSpec(Target())),
    "followed-brief": followed(SubscriptionSpec(FERRIES)),
    "followed-section-in-thread": followed(SubscriptionSpec(Target("ferry-timetable", "legal"), deliver="thread")),
    "followed-section-of-all": followed(SubscriptionSpec(Target(section="legal"))),
    "followed-tag-for-digest": followed(SubscriptionSpec(Target(tag="transport"), deliver="digest")),
    "followed-with-filters": followed(SubscriptionSpec(Target(), FILTERS)),
    "followed-tags": followed(SubscriptionSpec(Target(tag="courts,prisons"))),
    "followed-otherwise": confirmations.confirm_subscription(
        replace(ONE, spec=SubscriptionSpec(Target(), (Filter("kind", "evidence", exclude=True),))),
        "U1",
        "/brief",
        RestoreSubscription(1, 2, CORRECTIONS),
        before=replace(ONE, spec=CORRECTIONS, muted_until=UNTIL),
    ),
    "unfollowed": confirmations.confirm_unsubscription(TWO, "U1", Resubscribe((TWO.spec,))),
    "unfollowed-all": confirmations.confirm_unsubscription(ONE, "U1", Resubscribe((ONE.spec,)), [TWO]),
    "unfollowed-everything": confirmations.confirm_end([ONE, TWO], "U1", "/brief", Resubscribe((ONE.spec, TWO.spec))),
    "followed-everything-again": confirmations.confirm_resubscription([ONE, TWO], "U1", None),
    "muted": confirmations.confirm_mute(ONE, "U1", UNTIL, "/brief", RestoreSubscription(1, 2, ONE.spec)),
    "unmuted": confirmations.confirm_unmute(ONE, "U1", RestoreSubscription(1, 3, ONE.spec, UNTIL)),
    "unmuted-for-digest": confirmations.confirm_unmute(
        replace(TWO, spec=replace(TWO.spec, deliver="digest")), "U1", RestoreSubscription(2, 3, TWO.spec, UNTIL)
    ),
    "used": confirmations.confirm_default_brief(ferries(), "U1", "/brief", SetDefaultBrief(None)),
    "used-none": confirmations.confirm_default_brief(None, "U1", "/brief", SetDefaultBrief("ferry-timetable")),
    "live-parent": parent(ferries()),
    "live-parent-corrected": parent(noted(ferries(), "correction", "The board met on 3 March")),
    "live-parent-withdrawn": parent(WITHDRAWN),
    "live-parent-gone": parent(ferries(), gone=True),
    **{
        f"paused-{reason.code}": pause_notice.pause_notice("C1", reason, [ONE, TWO], "/brief")
        for reason in PAUSE_REASONS.values()
    },
    "paused-nothing-any-more": pause_notice.pause_notice("C1", pause_reason("archived"), [], "/brief"),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_the_words_that_readers_see(name: str, golden: Callable[[str, str], None]) -> None:
    golden(f"posts/{name}.txt", seen(MESSAGES[name]))


@pytest.mark.parametrize("name", MESSAGES)
def test_slack_takes_them(name: str) -> None:
    check_mentioning(MESSAGES[name])


# Confirmations


def buttons(sent: Message) -> dict[str, str]:
    return {part["action_id"]: part["value"] for part in walk(sent.blocks) if part.get("type") == "button"}


CONFIRMATIONS = [name for name in MESSAGES if name.startswith(("followed", "unf", "muted", "unm", "used"))]


@pytest.mark.parametrize("name", [name for name in CONFIRMATIONS if name != "followed-everything-again"])
def test_every_confirmation_names_who_did_it_and_can_be_undone(name: str) -> None:
    sent = MESSAGES[name]
    assert sent.text.startswith("<@U1> ")
    assert [part["user_id"] for part in walk(sent.blocks) if part.get("type") == "user"] == ["U1"]
    assert list(buttons(sent))[-1] == "undo"
    assert sent.response_type == "in_channel"


def test_undo_carries_the_command_that_takes_it_back() -> None:
    assert buttons(MESSAGES["unfollowed"]) == {"undo": encode_command(Resubscribe((TWO.spec,)))}


@pytest.mark.parametrize("text", TEXTS)
def test_a_hostile_title_of_a_default_brief_is_text(text: str) -> None:
    sent = confirmations.confirm_default_brief(
        brief("hostile", title=text[:150]), "U1", "/brief", SetDefaultBrief(None)
    )
    check_mentioning(sent)
    assert [part["user_id"] for part in walk(sent.blocks) if part.get("type") == "user"] == ["U1"]


# Why a post came


def test_one_subscription_is_named_with_the_command_that_ends_it() -> None:
    because = "Posted because this channel follows all (#1) · /brief unsubscribe #1 ends it"
    assert confirmations.reason_for_post([ONE], "/brief") == because


def test_of_several_subscriptions_each_is_named_and_none_is_singled_out() -> None:
    because = (
        "Posted because this channel follows all (#1) and ferry-timetable/legal (#2) · /brief unsubscribe #n ends one"
    )
    assert confirmations.reason_for_post([ONE, TWO], "/brief") == because


def test_of_many_subscriptions_three_are_named() -> None:
    many = following(*(SubscriptionSpec(Target(f"brief-{number}")) for number in range(1, 9)))
    named = "brief-1 (#1), brief-2 (#2), brief-3 (#3) and 5 more"
    assert (
        confirmations.reason_for_post(many, "/brief")
        == f"Posted because this channel follows {named} · /brief unsubscribe #n ends one"
    )


# Live threads


def test_a_live_parent_opens_at_most_three_sections() -> None:
    many = [(f"Section {number}", Show(f"s{number}", "ferry-timetable")) for number in range(5)]
    assert len(buttons(thread_parent.live_parent(ferries(), many, gone=False, on=DAY))) == OPEN_MAX


@pytest.mark.parametrize("name", ["live-parent-withdrawn", "live-parent-gone"])
def test_a_live_parent_of_what_is_no_more_opens_nothing_and_claims_nothing(name: str) -> None:
    assert buttons(MESSAGES[name]) == {}
    assert ferries().summary not in MESSAGES[name].text


def test_a_live_parent_never_shows_an_editorial_note() -> None:
    sent = parent(noted(ferries(), "editorial", "Commas."))
    assert "Commas" not in sent.text
    assert "First version." in sent.text


@given(briefs(), st.booleans())
def test_hostile_briefs_make_live_parents_within_the_limits(brief_: Brief, gone: bool) -> None:
    check_mentioning(thread_parent.live_parent(brief_, [(brief_.title, Show("legal", "hostile"))], gone=gone, on=DAY))


# Channels that went away


def text_of(part: dict[str, Any]) -> str:
    return str(part.get("text"))


@pytest.mark.parametrize("reason", PAUSE_REASONS.values(), ids=PAUSE_REASONS)
def test_who_is_told_of_a_pause_reads_what_to_type_next(reason: PauseReason) -> None:
    sent = pause_notice.pause_notice("C1", reason, [ONE], "/brief")
    typed = [text_of(part) for part in walk(sent.blocks) if part.get("style") == {"code": True}]
    expected = {"renamed", "deleted", "ekm_access_denied", "no_permission", "messages_tab_disabled"}
    invited = {"removed", "not_in_channel", "channel_not_found"}
    wanted = (
        ["/brief subscribe all"] if reason.code in expected else ["/invite @briefbot"] if reason.code in invited else []
    )
    assert typed == wanted
    assert [part["channel_id"] for part in walk(sent.blocks) if part.get("type") == "channel"] == ["C1"]


@given(texts(200))
def test_a_word_of_slacks_that_nobody_expected_is_text(why: str) -> None:
    check_mentioning(pause_notice.pause_notice("C1", pause_reason(why), [ONE], "/brief"))

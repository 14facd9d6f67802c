"""Replies from what the database keeps."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.changes.history import ChangeEntry, ChangeList, Tally
from bot.core.commands.button_value import encode_command
from bot.core.commands.command import Range, ShowChanges, Subscribe, Unsubscribe
from bot.core.commands.outcome import Announced, CommandRejected, Outcome
from bot.core.commands.subscription_commands import Unmute
from bot.core.delivery.status import Status
from bot.core.digests.listing import ChannelStatus, ScheduleEntry, SubscriptionList
from bot.core.digests.schedule import DAILY, Schedule
from bot.core.subscriptions.subscription import Filter, Subscription, SubscriptionSpec, Target
from bot.handlers.answers.answer_cache import AnswerCache
from bot.render.document import paging
from bot.render.document.message import Message
from bot.render.reply_layout import layout
from bot.render.reply_message import render_reply
from tests.make import brief, corpus
from tests.render.hostile import TEXTS, texts
from tests.render.limits import walk
from tests.render.seen import check_mentioning, seen

NOW = datetime(2025, 5, 12, 7, 0, tzinfo=UTC)
IN_THREE_DAYS = datetime(2025, 5, 15, 7, 0, tzinfo=UTC)

ENTRIES = (
    ChangeEntry(
        date(2025, 5, 12),
        "ferry-timetable",
        "The ferry timetable of 2025",
        "9b1c22aa",
        "3fa9c1d0",
        "correction",
        "The board met on 3 March, not on 2 March",
        1,
    ),
    ChangeEntry(
        date(2025, 5, 10),
        "harbour-levy",
        "The harbour levy",
        "11111111",
        "22222222",
        "update",
        None,
        7,
        tallies=(
            Tally("Overview", "section", "added", None, None, 1),
            Tally("Overview", "claim", "added", None, None, 1),
            Tally("Legal considerations", "claim", "edited", "text", None, 2),
            Tally("Legal considerations", "claim", "edited", "evidence", None, 1),
            Tally(None, "source", "added", None, None, 1),
            Tally(None, "field", "edited", None, "as_of", 1),
        ),
    ),
    ChangeEntry(date(2025, 5, 9), "night-boats", "Night boats", None, "33333333", "new", "First version.", 1),
    ChangeEntry(date(2025, 5, 8), "old-pier", "The old pier", "4", "5", "withdrawal", "It rests on one source.", 1),
    ChangeEntry(
        date(2025, 5, 7), "harbour-levy", "The harbour levy", "6", "7", "clarification", "Whom it concerns.", 0
    ),
)
LISTED = ChangeList(ENTRIES, None, None, False)
NONE = replace(LISTED, entries=())


def follows(number: int, spec: SubscriptionSpec, channel: str = "C1", **how: object) -> Subscription:
    subscription = Subscription(number, "T1", channel, spec, "U1", datetime(2025, 5, 1, 9, 30, tzinfo=UTC))
    return replace(subscription, **how)  # type: ignore[arg-type]


FILTERS = (Filter("kind", "correction"), Filter("kind", "evidence", exclude=True))
FOLLOWING = (
    follows(1, SubscriptionSpec(Target())),
    follows(2, SubscriptionSpec(Target("ferry-timetable")), muted_until=IN_THREE_DAYS),
    follows(3, SubscriptionSpec(Target("ferry-timetable", "legal"), FILTERS, "thread"), "C2", paused="is_archived"),
    follows(4, SubscriptionSpec(Target(section="legal")), "C3", paused="renamed", muted_until=IN_THREE_DAYS),
    follows(5, SubscriptionSpec(Target(tag="transport"), (), "digest"), "C3", muted_until=NOW),
    follows(6, SubscriptionSpec(Target("harbour-levy")), "C4", paused="restricted_action"),
)
DIGEST = ScheduleEntry(3, Schedule(DAILY, time(8, 30), "Europe/Berlin"), (datetime(2025, 5, 13, 6, 30, tzinfo=UTC),))
HERE = SubscriptionList(FOLLOWING[:2], False, None, NOW, (DIGEST,))
EVERYWHERE = SubscriptionList(FOLLOWING, True, "The ferry timetable of 2025", NOW)

IDLE = Status(
    number=7,
    published_at=NOW,
    briefs=5,
    broken=(),
    following=3,
    paused_channels=0,
    waiting=0,
    unknown=0,
    held=0,
    paused=0,
    dead=0,
    resent=0,
    edits_done=0,
    edits_open=0,
    uneditable=0,
    notes_failed=0,
    stopped=None,
)
BUSY = replace(
    IDLE,
    broken=("tea.yaml",),
    paused_channels=2,
    waiting=12,
    unknown=2,
    held=1,
    paused=4,
    dead=1,
    resent=2,
    edits_done=40,
    edits_open=60,
    uneditable=3,
    notes_failed=1,
)
TROUBLED = replace(IDLE, troubles=("no writes", "standing"))
IN_CHANNEL = ChannelStatus(
    briefs=5,
    latest=((date(2025, 5, 12), "The ferry timetable of 2025"), (date(2025, 5, 10), "The harbour levy")),
    subscriptions=tuple(replace(each, paused=None) for each in FOLLOWING[:3]),
    schedules=(DIGEST.schedule,),
    unsent=2,
    stopped=False,
    now=NOW,
)

REPLIES: dict[str, Outcome] = {
    "changes": LISTED,
    "changes-of-a-brief": ChangeList(ENTRIES[:1], "ferry-timetable", None, False),
    "changes-since-a-week": replace(LISTED, since=timedelta(days=7)),
    "changes-and-more": replace(LISTED, more=True),
    "changes-of-a-brief-and-more": ChangeList(ENTRIES[:1], "ferry-timetable", date(2025, 5, 1), True),
    "changes-skipped": ChangeList(ENTRIES[:1], None, date(2025, 5, 1), True, skip=20),
    "no-changes": NONE,
    "no-changes-of-a-brief": replace(NONE, brief="ferry-timetable"),
    "no-changes-since-a-day": replace(NONE, since=timedelta(days=1)),
    "no-changes-since-an-hour-of-a-brief": replace(NONE, since=timedelta(hours=1), brief="ferry-timetable"),
    "no-changes-since-thirty-hours": replace(NONE, since=timedelta(hours=30)),
    "no-changes-since-a-date": replace(NONE, since=date(2025, 5, 1)),
    "subscriptions-here": HERE,
    "subscriptions-everywhere": EVERYWHERE,
    "subscriptions-none": SubscriptionList((), False, "The ferry timetable of 2025", NOW),
    "subscriptions-none-anywhere": SubscriptionList((), True, None, NOW),
    "status-idle": IDLE,
    "status-busy": BUSY,
    "status-done": replace(IDLE, edits_done=100, uneditable=1),
    "status-stopped": replace(IDLE, waiting=1, stopped="token_revoked"),
    "status-troubled": TROUBLED,
    "status-new": replace(IDLE, number=0, published_at=None, briefs=0, following=0),
    "status-here": IN_CHANNEL,
    "status-here-of-nothing": ChannelStatus(1, (), (), (), 0, False, NOW),
    "status-here-paused": replace(IN_CHANNEL, subscriptions=FOLLOWING),
    "status-here-stopped": replace(IN_CHANNEL, stopped=True),
    "refusal": CommandRejected("the bot cannot post in this channel", "Type `/invite @briefbot`, then repeat."),
    "refusal-of-a-button": CommandRejected(
        "this cannot be undone: #1 has been changed since, and is “all” now",
        "See `/brief subscriptions`. Changed by:",
        ("U2",),
    ),
    "refusal-with-options": CommandRejected(
        "no brief has the tag “transports”",
        "Nearest:",
        typed="subscribe tag:transports " + "kind:new " * 50,
        options=(Subscribe(SubscriptionSpec(Target(tag="transport"), FILTERS[:1])),),
    ),
    "refusal-admins": CommandRejected(
        "only some people may change what channels follow here", "Ask one of them:", ("U1", "U2")
    ),
}


def pages_of(reply: Outcome) -> Iterator[Message]:
    """All pages of a reply."""
    count = len(paging.pages(layout(reply, "/brief")))
    return (render_reply(reply, command="/brief", page=number) for number in range(1, count + 1))


@pytest.mark.parametrize("name", REPLIES)
def test_the_words_that_readers_see(name: str, golden: Callable[[str, str], None]) -> None:
    golden(f"keeping/{name}.txt", "".join(map(seen, pages_of(REPLIES[name]))))


@pytest.mark.parametrize("name", REPLIES)
def test_slack_takes_them_and_one_reader_sees_them(name: str) -> None:
    for sent in pages_of(REPLIES[name]):
        check_mentioning(sent)
        assert sent.response_type == "ephemeral"


def test_what_was_done_needs_no_words_but_has_some() -> None:
    assert render_reply(Announced(), command="/brief").text == "Done."


def test_each_change_is_in_the_menu_under_the_command_that_shows_it() -> None:
    (sent,) = pages_of(LISTED)
    (menu,) = [part for part in walk(sent.blocks) if part.get("type") == "static_select"]
    all_of_each = [ShowChanges(each.slug, None, Range(each.before, each.after)) for each in ENTRIES]
    assert [option["value"] for option in menu["options"]] == list(map(encode_command, all_of_each))


def test_channels_are_mentioned_so_that_slack_decides_who_may_read_their_names() -> None:
    (sent,) = pages_of(EVERYWHERE)
    named = [part["channel_id"] for part in walk(sent.blocks) if part.get("type") == "channel"]
    assert named == ["C1", "C1", "C2", "C3", "C3", "C4"]


def test_a_mute_that_is_over_is_not_shown() -> None:
    (sent,) = pages_of(replace(HERE, now=IN_THREE_DAYS))
    assert "muted" not in sent.text


def test_tags_that_an_earlier_version_joined_are_shown_to_hold_both() -> None:
    both = SubscriptionSpec(Target(tag="transport"), (Filter("tag", "harbours"),))
    (sent,) = pages_of(replace(HERE, subscriptions=(follows(1, both),)))
    assert "#1 tag:transport tag:harbours · of these only briefs tagged harbours · since" in sent.text


def test_each_subscription_and_digest_has_its_buttons() -> None:
    (sent,) = pages_of(HERE)
    buttons = [(part["text"]["text"], part["action_id"]) for part in walk(sent.blocks) if part.get("type") == "button"]
    assert buttons == [
        ("Mute", "open:mute-1"),
        ("Change", "open:change-1"),
        ("End", "open:end-1"),
        ("Unmute", "open:mute-2"),
        ("Change", "open:change-2"),
        ("End", "open:end-2"),
        ("Change", "digest:3"),
        ("End", "open:off-3"),
    ]
    values = {part["value"] for part in walk(sent.blocks) if part.get("type") == "button"}
    assert {encode_command(Unsubscribe(1)), encode_command(Unmute(2))} <= values


def test_many_subscriptions_here_stay_within_the_limits() -> None:
    many = tuple(follows(number, SubscriptionSpec(Target("ferry-timetable", "legal"), FILTERS)) for number in range(99))
    for sent in pages_of(replace(HERE, subscriptions=many)):
        check_mentioning(sent)


def test_many_subscriptions_go_on_behind_continue() -> None:
    spec = SubscriptionSpec(Target("ferry-timetable", "legal"), FILTERS, "thread")
    pages = list(pages_of(replace(EVERYWHERE, subscriptions=tuple(follows(number, spec) for number in range(1, 200)))))
    for sent in pages:
        check_mentioning(sent)
    assert len(pages) > 1
    assert "".join(sent.text for sent in pages).count("ferry-timetable/legal") == 199


def test_the_longest_list_of_changes_stays_within_the_limits() -> None:
    entry = replace(ENTRIES[0], title="W" * 150, note="n" * 400)
    for sent in pages_of(replace(LISTED, entries=(entry,) * 20, more=True)):
        check_mentioning(sent)


@pytest.mark.parametrize("field", ["waiting", "unknown", "held", "paused", "edits_open"])
def test_nothing_is_waiting_only_where_nothing_is(field: str) -> None:
    (idle,), (busy,) = pages_of(IDLE), pages_of(replace(IDLE, **{field: 1}))  # type: ignore[arg-type]
    assert "Nothing is waiting to be posted." in idle.text
    assert "Nothing is waiting" not in busy.text


@given(texts(150), texts(400), st.sampled_from(["new", "correction", "update"]))
def test_hostile_titles_and_notes_are_text(title: str, note: str, kind: str) -> None:
    entry = replace(ENTRIES[0], title=title, note=note, kind=kind)  # type: ignore[arg-type]
    for sent in pages_of(replace(LISTED, entries=(entry, entry))):
        check_mentioning(sent)


@given(texts(2000), texts(200))
def test_what_was_typed_and_refused_is_text(typed: str, why: str) -> None:
    for sent in pages_of(CommandRejected(why, "See `/brief subscriptions`.", typed=typed)):
        check_mentioning(sent)
        assert len(sent.text) < 1000


VERBS = ["subscribe", "unsubscribe", "mute", "unmute", "use", "changes", "subscriptions", "status"]
DESK = AnswerCache(
    corpus(brief("guatemala"), brief("el-salvador-offer"), brief("el-salvador-removals")), "/brief", NOW.date()
)


@given(st.sampled_from(VERBS), texts(400) | st.sampled_from(["gutemala", "el", "all kind:x", "#3 for:x"]))
def test_what_is_typed_behind_the_verbs_is_text_in_its_answer(verb: str, typed: str) -> None:
    check_mentioning(DESK.render_page(DESK.parse(f"{verb} {typed}")))


@pytest.mark.parametrize("text", TEXTS)
def test_a_hostile_title_of_the_default_brief_is_text(text: str) -> None:
    for sent in pages_of(replace(HERE, default=text[:150])):
        check_mentioning(sent)

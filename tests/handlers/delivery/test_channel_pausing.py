"""Channels that cannot be posted to: what is paused, who is told, and what goes on when they are back."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.handlers.delivery.channel_pausing import recheck_paused_channels
from tests.handlers.desk import BOT, Desk, Row, ferries, harbour

EVENTS = [
    ("channel_archive", "archived", "the channel was archived"),
    ("group_archive", "archived", "the channel was archived"),
    ("channel_left", "removed", "the bot was removed from the channel"),
    ("group_left", "removed", "the bot was removed from the channel"),
    ("channel_rename", "renamed", "the channel was renamed"),
    ("channel_deleted", "deleted", "the channel was deleted"),
]
ERRORS = [
    ("is_archived", "the channel is archived"),
    ("not_in_channel", "the bot is not in the channel"),
    ("channel_not_found", "the channel is gone, or the bot is not in it"),
    ("no_permission", "Slack says no_permission"),
    ("restricted_action_read_only_channel", "Slack says restricted_action_read_only_channel"),
]
NOTICE = Row("notice", "U1", "sent", attempts=1, attempt_s=0)


def change(state: str, **values: object) -> Row:
    return Row("change", "C1", state, **values)  # type: ignore[arg-type]


def pauses(desk: Desk) -> list[str | None]:
    return [each.paused for each in desk.subscriptions()]


def unarchive(desk: Desk) -> None:
    desk.hear("channel_unarchive")


def unarchive_private(desk: Desk) -> None:
    desk.hear("group_unarchive")


def invite(desk: Desk) -> None:
    desk.slack.invite("C1")
    desk.hear("member_joined_channel", user=BOT)


def subscribe_again(desk: Desk) -> None:
    assert desk.ask("subscribe ferries") is None


# Paused


@pytest.mark.parametrize(("event", "code", "words"), EVENTS)
def test_an_event_pauses_all_that_the_channel_follows_and_what_it_is_owed(
    desk: Desk, event: str, code: str, words: str
) -> None:
    desk.slack.add_channel("C2")
    for channel in ("C1", "C2"):
        desk.subscribe("ferries", channel)
    desk.subscribe("harbour")
    desk.edit(ferries(1))
    desk.hear(event)
    desk.run()
    assert desk.rows() == [
        change("paused", error=code),
        Row("change", "C2", "sent", attempts=1, attempt_s=0),
        NOTICE,
    ]
    assert pauses(desk) == [code, None, code]
    assert desk.entries() == []
    (text,) = desk.slack.texts("U1")
    assert text.startswith(f"Posts to <#C1> are paused: {words}.\nIt follows ferries (#1) and harbour (#3).\n")


@pytest.mark.parametrize(("error", "words"), ERRORS)
def test_an_error_of_slack_pauses_the_channel_as_an_event_does(desk: Desk, error: str, words: str) -> None:
    desk.subscribe("ferries")
    desk.slack.refuse("post", error)
    desk.edit(ferries(1))
    desk.run()
    assert desk.rows() == [change("paused", attempts=1, error=error), NOTICE]
    assert pauses(desk) == [error]
    assert desk.slack.texts("U1")[0].startswith(f"Posts to <#C1> are paused: {words}.\nIt follows ferries (#1).\n")


def test_each_person_who_subscribed_is_told_once_however_often_it_is_paused(desk: Desk) -> None:
    for spec, by in (("ferries", "U1"), ("harbour", "U2"), ("ferries/legal", "U1")):
        desk.subscribe(spec, by=by)
    for event in ("channel_archive", "channel_archive", "channel_left"):
        desk.hear(event)
        desk.run()
    assert desk.rows() == [NOTICE, Row("notice", "U2", "sent", attempts=1, attempt_s=0)]
    assert pauses(desk) == ["removed"] * 3, "opened again, the bot is still not in it"
    assert len(desk.slack.texts("U1")) == len(desk.slack.texts("U2")) == 1


def test_a_channel_that_follows_nothing_is_told_to_nobody(desk: Desk) -> None:
    desk.hear("channel_archive")
    assert (desk.rows(), desk.replica.queue.waiting) == ([], [])


def test_an_event_of_another_workspace_pauses_nothing(desk: Desk) -> None:
    desk.subscribe("all")
    desk.edit(ferries(1))
    desk.hear("channel_archive", team="T2")
    assert (desk.rows(), pauses(desk)) == ([change("pending")], [None])


def test_a_renamed_channel_is_named_by_an_object(desk: Desk) -> None:
    desk.subscribe("all")
    desk.hear("channel_rename", channel={"id": "C1", "name": "another"})
    assert pauses(desk) == ["renamed"]


def test_somebody_else_who_joins_resumes_nothing(desk: Desk) -> None:
    desk.subscribe("all")
    desk.hear("channel_left")
    desk.hear("member_joined_channel", user="U2")
    assert pauses(desk) == ["removed"]


# Resumed


@pytest.mark.parametrize(
    ("event", "remedy"),
    [
        ("channel_archive", unarchive),
        ("group_archive", unarchive_private),
        ("channel_left", invite),
        ("channel_rename", subscribe_again),
    ],
)
def test_what_changed_in_a_pause_is_posted_once_in_one_message_when_it_ends(
    desk: Desk, event: str, remedy: Callable[[Desk], None]
) -> None:
    desk.subscribe("ferries")
    desk.edit(ferries(1))
    desk.hear(event)
    desk.edit(ferries(2))
    desk.edit(ferries(3))
    desk.run()
    code = pauses(desk)[0]
    held = [change("superseded", error=code), NOTICE, change("superseded"), change("paused")]
    assert (desk.rows(), desk.changes()) == (held, [])
    desk.set_clock(60)
    remedy(desk)
    desk.run()
    assert desk.rows() == [*held[:3], change("sent", due_s=60, attempts=1, attempt_s=60)]
    assert (desk.changes(), pauses(desk)) == ([(0, 3)], [None])


def test_a_post_that_slack_refused_is_sent_with_what_changed_since(desk: Desk) -> None:
    desk.subscribe("all")
    desk.slack.archive("C1")
    desk.edit(ferries(1))
    desk.run()
    desk.edit(ferries(2), harbour(1))
    desk.slack.unarchive("C1")
    desk.hear("channel_unarchive")
    desk.run()
    assert sorted(desk.changes()) == [(0, 1), (0, 2)]
    assert {row.state for row in desk.rows()} == {"sent", "superseded"}


def test_the_correction_of_a_post_waits_in_a_pause_with_its_note(desk: Desk) -> None:
    desk.ask("legal ferries share")
    desk.slack.archive("C1")
    desk.edit(ferries(1, "correction"))
    desk.run()
    assert desk.rows() == [Row("edit", "C1", "paused", attempts=1, error="is_inactive"), Row("note", "C1", "waiting")]
    desk.slack.unarchive("C1")
    desk.hear("channel_unarchive")
    desk.run()
    assert [(row.kind, row.state) for row in desk.rows()] == [("edit", "sent"), ("note", "sent")]
    post, note = desk.entries()
    assert ("There were 1 ferries" in post.text, note.thread_ts) == (True, post.ts)


# Looked at again


def lost_event(desk: Desk, event: str) -> None:
    """The channel was paused with a change owed to it; no event will say that it is back."""
    desk.subscribe("ferries")
    desk.edit(ferries(1))
    desk.hear(event)
    desk.run()
    desk.replica.at += timedelta(minutes=15)


def look(desk: Desk) -> list[str | None]:
    """Looks at paused channels, and sends; what is still paused, and why."""
    recheck_paused_channels(desk.services)
    desk.run()
    return pauses(desk)


def test_a_look_resumes_a_channel_that_is_open_again(desk: Desk) -> None:
    lost_event(desk, "channel_archive")
    desk.slack.archive("C1")
    assert (look(desk), desk.changes()) == (["archived"], [])
    desk.slack.unarchive("C1")
    assert (look(desk), desk.changes()) == ([None], [(0, 1)])


def test_a_look_resumes_a_channel_that_the_bot_is_in_again(desk: Desk) -> None:
    lost_event(desk, "channel_left")
    desk.slack.kick("C1")
    assert (look(desk), desk.changes()) == (["removed"], [])
    desk.slack.invite("C1")
    assert (look(desk), desk.changes()) == ([None], [(0, 1)])


@pytest.mark.parametrize(("event", "code"), [("channel_rename", "renamed"), ("channel_deleted", "deleted")])
def test_a_look_resumes_no_channel_that_somebody_has_to_subscribe_again(desk: Desk, event: str, code: str) -> None:
    lost_event(desk, event)
    assert (look(desk), desk.changes()) == ([code], [])


def test_a_look_that_fails_resumes_nothing(desk: Desk) -> None:
    lost_event(desk, "channel_archive")
    desk.slack.refuse("channel_info", "http_503")
    assert (look(desk), desk.changes()) == (["archived"], [])
    desk.slack.unarchive("C1")
    desk.slack.refuse("channel_info", "http_503")
    assert (look(desk), desk.changes()) == (["archived"], [])
    assert (look(desk), desk.changes()) == ([None], [(0, 1)])


@pytest.mark.parametrize("error", ["no_permission", "restricted_action_read_only_channel"])
def test_where_a_permission_is_missing_nobody_is_told_twice_and_who_subscribes_again_ends_it(
    desk: Desk, error: str
) -> None:
    desk.subscribe("ferries")
    desk.slack.refuse("post", error)
    desk.edit(ferries(1))
    desk.run()
    for _ in range(3):
        desk.replica.at += timedelta(minutes=15)
        desk.slack.refuse("post", error)
        assert look(desk) == [error]
        desk.slack.heal()
    assert (len(desk.entries("U1")), desk.changes()) == (1, [])
    subscribe_again(desk)
    desk.run()
    assert (desk.changes(), pauses(desk)) == ([(0, 1)], [None])

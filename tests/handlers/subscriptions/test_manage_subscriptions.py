"""What a channel follows is changed, the channel is told how to undo it, or nothing is changed at all."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.core.answers.answer import Disambiguation, Reply
from bot.core.commands.button_value import decode_command
from bot.core.commands.command import (
    Command,
    Mute,
    SetDefaultBrief,
    ShowHelp,
    ShowSubscriptions,
    Subscribe,
    Unsubscribe,
)
from bot.core.commands.outcome import Announced, CommandRejected, Outcome
from bot.core.commands.subscription_commands import Unmute
from bot.core.commands.undo_commands import RestoreDefaultBrief, RestoreSubscription, Resubscribe
from bot.core.digests.listing import SubscriptionList
from bot.core.subscriptions.subscription import Subscription, SubscriptionSpec, Target
from bot.handlers.commands.table import HANDLERS
from bot.handlers.ports import Caller
from bot.workspace.workspace import plain
from tests.fake_channel import Entry
from tests.handlers.desk import TEAM, Desk, Row, ferries
from tests.handlers.replica import MONDAY
from tests.make import VOCABULARY, brief

NEEDS_INVITE = CommandRejected("the bot cannot post in this channel", "Type `/invite @briefbot`, then repeat.")
DAY = timedelta(days=1)


@pytest.fixture
def ben(desk: Desk) -> Caller:
    """Who changes things in C1."""
    return desk.slack.caller("U2", "C1")


def spec(desk: Desk, text: str) -> SubscriptionSpec:
    command = desk.services.answers().parse(f"subscribe {text}")
    assert isinstance(command, Subscribe)
    return command.spec


def button(entry: Entry, label: str) -> Command | None:
    """The command of a button."""
    elements: list[Any] = [each for block in entry.message.blocks for each in block.get("elements", ())]
    (text,) = (each["value"] for each in elements if each["type"] == "button" and each["text"]["text"] == label)
    return decode_command(text, ShowHelp)


def undo(entry: Entry) -> Command | None:
    """The command of the button that takes a change back."""
    return button(entry, "Undo")


def do(desk: Desk, command: Command | None, caller: Caller) -> Outcome | Reply:
    assert command is not None
    # Each press and command has a trigger of its own.
    return HANDLERS[type(command)](command, desk.slack.caller(caller.user, caller.channel), desk.services)


# Subscribe


def test_a_channel_follows_a_brief_and_is_told_by_whom_and_how_to_undo_it(desk: Desk, ben: Caller) -> None:
    assert do(desk, Subscribe(spec(desk, "ferries kind:correction")), ben) == Announced()
    followed = Subscription(1, TEAM, "C1", spec(desk, "ferries kind:correction"), "U2", MONDAY)
    assert desk.subscriptions() == [followed]
    (entry,) = desk.entries()
    assert entry.text.startswith("<@U2> made this channel follow ")
    assert "Changes are posted here. Only corrections." in entry.text
    assert undo(entry) == RestoreSubscription(1, 1)
    assert do(desk, undo(entry), ben) == Announced()
    assert desk.subscriptions() == []


def test_to_follow_the_same_otherwise_keeps_the_number_and_undo_gives_the_old_words_back(
    desk: Desk, ben: Caller
) -> None:
    before = desk.subscribe("ferries kind:correction")
    desk.set_clock(60)
    assert do(desk, Subscribe(spec(desk, "ferries kind:update deliver:thread")), ben) == Announced()
    (now,) = desk.subscriptions()
    assert (now.id, now.spec, now.created_by) == (before.id, spec(desk, "ferries kind:update deliver:thread"), "U2")
    (entry,) = desk.entries()
    assert "Instead of: only corrections. Now: only updates, in one thread per brief." in entry.text
    assert undo(entry) == RestoreSubscription(before.id, 2, before.spec)
    do(desk, undo(entry), ben)
    assert [(each.id, each.spec) for each in desk.subscriptions()] == [(before.id, before.spec)]
    assert "Instead of: only updates, in one thread per brief. Now: only corrections." in desk.entries()[-1].text


@pytest.mark.parametrize("error", ["not_in_channel", "channel_not_found"])
def test_where_the_bot_may_not_post_a_new_subscription_is_rolled_back(desk: Desk, ben: Caller, error: str) -> None:
    desk.slack.refuse("post", error)
    assert do(desk, Subscribe(spec(desk, "ferries")), ben) == NEEDS_INVITE
    assert (desk.subscriptions(), desk.entries()) == ([], [])


@pytest.mark.parametrize("error", ["is_archived", "restricted_action"])
def test_nobody_is_told_to_invite_the_bot_where_that_does_not_help(desk: Desk, ben: Caller, error: str) -> None:
    desk.slack.refuse("post", error)
    reply = do(desk, Subscribe(spec(desk, "ferries")), ben)
    assert isinstance(reply, CommandRejected)
    assert reply.reason == f"nothing was changed, as the bot cannot post in this channel ({error})"
    assert (desk.subscriptions(), desk.entries()) == ([], [])


def test_where_the_bot_may_not_post_the_subscription_that_was_there_is_as_before(desk: Desk, ben: Caller) -> None:
    subscription = desk.subscribe("ferries kind:correction")
    with desk.store.transaction() as tx:
        tx.subscriptions.mute(TEAM, subscription.id, MONDAY + DAY)
    desk.hear("channel_rename")
    before = desk.subscriptions()
    assert (before[0].muted_until, before[0].paused) == (MONDAY + DAY, "renamed")
    desk.set_clock(60)
    desk.slack.refuse("post", "channel_not_found")
    assert do(desk, Subscribe(spec(desk, "ferries deliver:digest")), ben) == NEEDS_INVITE
    assert (desk.subscriptions(), desk.entries()) == (before, [])


@pytest.mark.parametrize("arrives", [True, False])
def test_what_slack_did_not_confirm_was_done_and_is_said_in_private(desk: Desk, ben: Caller, arrives: bool) -> None:
    desk.slack.drop("post", arrives=arrives)
    assert do(desk, Subscribe(spec(desk, "ferries")), ben) == CommandRejected(
        "it is done; Slack did not say whether it told the channel (dropped), and the bot looks",
        "See `/brief subscriptions`.",
    )
    assert (len(desk.subscriptions()), len(desk.entries())) == (1, int(arrives))
    desk.wake_at(6)
    assert len(desk.entries()) == 1


def test_to_follow_anything_shows_that_the_channel_can_be_posted_to_again(desk: Desk, ben: Caller) -> None:
    desk.subscribe("ferries")
    desk.edit(ferries(1))
    desk.hear("channel_rename")
    do(desk, Subscribe(spec(desk, "harbour")), ben)
    desk.run()
    assert [each.paused for each in desk.subscriptions()] == [None, None]
    assert desk.rows()[0] == Row("change", "C1", "sent", attempts=1, attempt_s=0)
    assert desk.changes() == [(0, 1)]


@pytest.mark.parametrize("slug", ["gone", "plans"])
def test_no_channel_follows_a_brief_that_readers_may_not_name(desk: Desk, ben: Caller, slug: str) -> None:
    desk.edit(brief("plans", status="draft"))
    reply = do(desk, Subscribe(SubscriptionSpec(Target(slug, "legal"))), ben)
    assert reply == CommandRejected(f"no brief is called “{slug}”", "See `/brief list`.", typed="")
    assert (desk.subscriptions(), desk.entries()) == ([], [])


def test_a_digest_collects_changes_from_the_subscription_on(desk: Desk, ben: Caller) -> None:
    desk.edit(ferries(1))
    do(desk, Subscribe(spec(desk, "all deliver:digest")), ben)
    with desk.store.snapshot() as tx:
        cursor = tx.digests.cursor(TEAM, "C1")
    assert cursor is not None
    assert (cursor.since, cursor.after_publication, cursor.next_at) == (MONDAY, 2, None)
    (entry,) = desk.entries()
    assert "None is set here yet." in entry.text


# Unsubscribe and mute


@pytest.mark.parametrize("by_number", [True, False])
def test_a_subscription_ends_by_its_number_or_its_target_and_undo_follows_it_again(
    desk: Desk, ben: Caller, by_number: bool
) -> None:
    other, ended = desk.subscribe("harbour"), desk.subscribe("ferries -kind:evidence")
    target_or_id = ended.id if by_number else ended.spec.target
    assert do(desk, Unsubscribe(target_or_id), ben) == Announced()
    assert desk.subscriptions() == [other]
    (entry,) = desk.entries()
    assert entry.text.startswith("<@U2> ended this channel's subscription of ")
    assert "This channel still follows harbour (#1)." in entry.text
    assert undo(entry) == Resubscribe((ended.spec,))
    do(desk, undo(entry), ben)
    assert [each.spec for each in desk.subscriptions()] == [other.spec, ended.spec]


def test_a_muted_subscription_is_muted_from_now_on_and_undo_ends_that(desk: Desk, ben: Caller) -> None:
    subscription = desk.subscribe("ferries")
    desk.set_clock(60)
    assert do(desk, Mute(subscription.id, DAY), ben) == Announced()
    assert [each.muted_until for each in desk.subscriptions()] == [MONDAY + timedelta(seconds=60) + DAY]
    (entry,) = desk.entries()
    assert "(#1) until 12 May 2026, 09:01 UTC." in plain(entry.text)
    do(desk, undo(entry), ben)
    assert [each.muted_until for each in desk.subscriptions()] == [None]
    assert "Changes of the brief ferries (#1) are posted here again." in desk.entries()[-1].text


@pytest.mark.parametrize("command", [Unsubscribe(1), Mute(1, DAY), Unsubscribe(7), Mute(7, DAY)])
def test_the_number_of_another_channel_and_one_that_nobody_has_are_refused_alike(
    desk: Desk, ben: Caller, command: Unsubscribe | Mute
) -> None:
    desk.slack.add_channel("C2")
    other = desk.subscribe("ferries", "C2")
    assert do(desk, command, ben) == CommandRejected(
        f"this channel does not follow #{command.target_or_id}", "See `/brief subscriptions`.", typed=""
    )
    assert desk.subscriptions() == [other]
    assert (desk.entries("C1"), desk.entries("C2")) == ([], [])


@pytest.mark.parametrize("command", [Unsubscribe(Target("ferries")), Mute(Target("ferries"), DAY)])
def test_what_only_another_channel_follows_is_refused(desk: Desk, ben: Caller, command: Unsubscribe | Mute) -> None:
    desk.slack.add_channel("C2")
    other = desk.subscribe("ferries", "C2")
    assert do(desk, command, ben) == CommandRejected(
        "this channel does not follow “ferries”", "See `/brief subscriptions`.", typed=""
    )
    assert desk.subscriptions() == [other]


@pytest.mark.parametrize("command", [Unsubscribe(1), Mute(1, DAY)])
def test_an_end_or_a_mute_stands_where_the_channel_cannot_be_told(
    desk: Desk, ben: Caller, command: Unsubscribe | Mute
) -> None:
    desk.subscribe("ferries")
    desk.slack.archive("C1")
    assert do(desk, command, ben) == CommandRejected(
        "it is done, but Slack did not tell the channel (is_archived)",
        "See `/brief subscriptions`. Whoever manages the channel has to let the bot post in it.",
    )
    assert [each.muted_until for each in desk.subscriptions()] == ([] if command == Unsubscribe(1) else [MONDAY + DAY])


# Default brief


def test_a_default_brief_answers_at_once_and_undo_gives_back_the_one_before(desk: Desk, ben: Caller) -> None:
    assert do(desk, SetDefaultBrief("ferries"), ben) == Announced()
    assert do(desk, SetDefaultBrief("harbour"), ben) == Announced()
    assert desk.services.default_brief(ben) == "harbour"
    first, second = desk.entries()
    assert (undo(first), undo(second)) == (
        RestoreDefaultBrief(None, "ferries"),
        RestoreDefaultBrief("ferries", "harbour"),
    )
    do(desk, undo(second), ben)
    assert desk.services.default_brief(ben) == "ferries"
    do(desk, undo(first), ben)
    assert desk.services.default_brief(ben) is None


def test_the_default_brief_of_a_channel_is_none_of_another(desk: Desk, ben: Caller) -> None:
    desk.slack.add_channel("C2")
    do(desk, SetDefaultBrief("ferries"), ben)
    assert desk.services.default_brief(desk.slack.caller("U2", "C2")) is None


@pytest.mark.parametrize("slug", ["gone", "plans", "ferries"])
def test_only_a_published_brief_becomes_the_default(desk: Desk, ben: Caller, slug: str) -> None:
    desk.edit(brief("plans", status="draft"), ferries(1, "withdrawal", status="withdrawn"))
    assert do(desk, SetDefaultBrief(slug), ben) == CommandRejected(f"“{slug}” is not published", "See `/brief list`.")
    assert (desk.services.default_brief(ben), desk.entries()) == (None, [])
    assert {key: each.status for key, each in desk.services.corpus.corpus.briefs.items()} == {
        "ferries": "withdrawn",
        "harbour": "published",
        "plans": "draft",
    }


def test_what_was_followed_under_the_old_key_of_a_section_ends_under_the_new_one(desk: Desk, ben: Caller) -> None:
    followed = desk.subscribe("ferries/legal")
    legal = VOCABULARY.sections["legal"]
    desk.replica.words(replace(VOCABULARY, sections={"rules": replace(legal, aliases=("legal", *legal.aliases))}))
    desk.replica.look("_store")
    assert do(desk, desk.services.answers().parse("unsubscribe ferries/legal"), ben) == Announced()
    with desk.store.snapshot() as tx:
        assert tx.subscriptions.find(TEAM, "C1", followed.id) is None


# What never fires, and what is followed


@pytest.mark.parametrize(
    ("typed", "reason", "options"),
    [
        ("tag:boat", "no brief has the tag “boat”", ["subscribe tag:boats"]),
        ("all tag:boat kind:new", "no brief has the tag “boat”", ["subscribe all tag:boats kind:new"]),
        ("tag:nope", "no brief has the tag “nope”", []),
        (
            "all kind:new -kind:new",
            "kind:new and -kind:new leave nothing to post",
            ["subscribe all kind:new", "subscribe all -kind:new"],
        ),
        ("ferries tag:boats", "the brief ferries does not meet tag:boats", ["subscribe ferries"]),
        ("ferries/legal section:overview", "section:overview leaves no section of ferries/legal", None),
    ],
)
def test_what_would_never_be_posted_is_refused(
    desk: Desk, ben: Caller, typed: str, reason: str, options: list[str] | None
) -> None:
    desk.edit(brief("night-boats", tags=("boats",)))
    reply = do(desk, Subscribe(spec(desk, typed)), ben)
    assert isinstance(reply, CommandRejected)
    assert reply.reason == reason
    assert options is None or list(map(str, reply.options)) == options
    assert (desk.subscriptions(), desk.entries()) == ([], [])


def test_where_no_tag_is_near_the_tags_are_listed(desk: Desk, ben: Caller) -> None:
    desk.edit(brief("night-boats", tags=("boats", "night")))
    assert do(desk, Subscribe(spec(desk, "tag:nope")), ben) == CommandRejected(
        "no brief has the tag “nope”", "There are `tag:boats`, `tag:night`.", typed=""
    )


def test_who_ends_all_briefs_reads_what_is_still_followed_and_can_end_it(desk: Desk, ben: Caller) -> None:
    for text in ("all", "ferries", "harbour"):
        desk.subscribe(text)
    do(desk, Unsubscribe(Target()), ben)
    (entry,) = desk.entries()
    assert "This channel still follows ferries (#2) and harbour (#3)." in entry.text
    assert do(desk, button(entry, "End the rest"), ben) == Announced()
    assert desk.subscriptions() == []


def test_what_is_not_followed_is_refused_with_what_is(desk: Desk, ben: Caller) -> None:
    desk.subscribe("ferries kind:new")
    assert do(desk, Unsubscribe(Target()), ben) == CommandRejected(
        "this channel does not follow “all”", "It follows:", typed="", options=(Unsubscribe(Target("ferries")),)
    )
    assert do(desk, Mute(9, DAY), ben) == CommandRejected(
        "this channel does not follow #9", "It follows:", typed="", options=(Mute(Target("ferries"), DAY),)
    )


def test_only_what_is_muted_is_unmuted(desk: Desk, ben: Caller) -> None:
    desk.subscribe("ferries")
    desk.subscribe("harbour")
    do(desk, Mute(Target("harbour"), DAY), ben)
    assert do(desk, Unmute(Target("ferries")), ben) == CommandRejected(
        "“ferries” (#1) is not muted", "These are:", options=(Unmute(Target("harbour")),)
    )
    assert do(desk, Unmute(Target("harbour")), ben) == Announced()
    assert [each.muted_until for each in desk.subscriptions()] == [None, None]


@pytest.mark.parametrize(
    ("verb", "options"),
    [
        ("subscribe", ["subscribe all", "subscribe ferries", "subscribe harbour"]),
        ("unsubscribe", ["unsubscribe #1", "unsubscribe #2", "unsubscribe everything"]),
        ("mute", ["mute #1"]),
        ("unmute", ["unmute #2"]),
        ("use", ["use ferries", "use harbour"]),
    ],
)
def test_a_verb_alone_lists_what_it_can_be_typed_in_front_of(
    desk: Desk, ben: Caller, verb: str, options: list[str]
) -> None:
    desk.subscribe("ferries")
    desk.subscribe("all kind:correction")
    do(desk, Mute(2, DAY), ben)
    reply = do(desk, desk.services.answers().parse(verb), ben)
    assert isinstance(reply, Disambiguation)
    assert [str(each.command) for each in reply.suggestions] == options


@pytest.mark.parametrize("verb", ["unsubscribe", "unsubscribe everything", "mute", "unmute"])
def test_where_nothing_is_followed_a_verb_alone_says_so(desk: Desk, ben: Caller, verb: str) -> None:
    reply = do(desk, desk.services.answers().parse(verb), ben)
    assert reply == CommandRejected("this channel follows nothing", "Try `/brief subscribe`.")


def test_a_subscription_can_be_changed_in_these_ways(desk: Desk, ben: Caller) -> None:
    desk.subscribe("ferries kind:correction")
    reply = do(desk, desk.services.answers().parse("subscriptions #1"), ben)
    assert isinstance(reply, Disambiguation)
    assert {each.text: str(each.command) for each in reply.suggestions} == {
        "All changes": "subscribe ferries",
        "Without new evidence": "subscribe ferries -kind:evidence",
        "One thread per brief": "subscribe ferries kind:correction deliver:thread",
        "In the digest": "subscribe ferries kind:correction deliver:digest",
    }


def test_the_list_has_the_digests_of_the_channel_as_well(desk: Desk, ben: Caller) -> None:
    desk.subscribe("ferries")
    do(desk, desk.services.answers().parse("digest daily 08:30 UTC"), replace(ben, zone="UTC"))
    reply = do(desk, ShowSubscriptions(), ben)
    assert isinstance(reply, SubscriptionList)
    assert [(str(each.spec), each.id) for each in reply.subscriptions] == [("ferries", 1)]
    assert [(str(each.schedule), each.number) for each in reply.schedules] == [("daily 08:30 UTC", 1)]

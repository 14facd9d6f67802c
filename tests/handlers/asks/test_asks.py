"""Who may not change what a channel follows asks an admin; the first who answers decides, and all hear of it once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.asks.ask import ADMINS_MAX, LAPSES_AFTER
from bot.core.budget import Budget
from bot.core.commands.button_value import VALUE_MAX, encode_command
from bot.core.commands.command import ShowStatus, ShowSubscriptions
from bot.core.commands.digest_commands import ShowDigests
from bot.core.commands.undo_commands import RestoreSubscription
from bot.handlers.admins import REMEMBERED
from bot.handlers.clean_up import CleanUp
from bot.handlers.commands import interactions
from bot.handlers.commands.slash_command import answer_mention
from bot.store.schema import ask_notice
from bot.workspace.blockkit import validate_blocks
from tests.handlers.asks.office import Office, controls, values_of
from tests.handlers.desk import ferries

WEEK = LAPSES_AFTER.total_seconds()
CHANGES = [
    "subscribe all",
    "subscribe ferries kind:correction deliver:thread",
    "unsubscribe #1",
    "unsubscribe everything",
    "mute #1 for:2d",
    "mute all until:monday",
    "unmute harbour",
    "use ferries",
    "use none",
    "digest weekdays 08:30",
    "digest off",
    "digest now",
]


# Asking


def test_below_every_refused_change_an_admin_can_be_asked_and_for_nothing_that_only_reads(office: Office) -> None:
    for typed in CHANGES:
        assert [each["action_id"] for each in controls(office.refusal(typed))] == ["ask"]
    for typed in ("subscriptions all", "legal ferries", "status", "changes"):
        assert values_of(office.refusal(typed), "ask") == []


def test_a_guest_asks_nobody(office: Office) -> None:
    office.desk.slack.add_person("U3", guest=True)
    assert "Only full members" in office.ask("subscribe all")
    assert office.asks() == []


def test_admins_read_who_asks_for_what_and_where(office: Office) -> None:
    text = office.ask("subscribe ferries kind:correction")
    assert text.startswith("You asked for this: /brief subscribe ferries kind:correction")
    assert "<@U1> <@U2>" in text
    office.desk.run()
    for admin in ("U1", "U2"):
        (told,) = office.told(admin)
        assert told.startswith("<@U3> asks you to do this in <#C1>:\n/brief subscribe ferries kind:correction")
        assert "On 18 May 2026 the question lapses." in told
        (entry,) = office.desk.entries(admin)
        assert list(validate_blocks(entry.message.blocks)) == []
    assert (office.buttons("U1"), office.told("U3"), office.desk.subscriptions()) == (["allow", "decline"], [], [])


def test_the_same_is_asked_once_while_it_is_open(office: Office) -> None:
    office.ask("subscribe all")
    assert office.ask("subscribe all").startswith("You have asked for this here already")
    office.desk.run()
    assert (len(office.asks()), len(office.told("U1"))) == (1, 1)
    office.ask("subscribe ferries")
    office.ask("subscribe all", user="U4")
    office.desk.slack.add_channel("C2")
    office.ask("subscribe all", channel="C2")
    assert len(office.asks()) == 4
    office.decide("decline")
    assert office.ask("subscribe all").startswith("You asked for this")
    assert len(office.asks()) == 5


def test_at_most_twenty_admins_are_asked(office: Office) -> None:
    office.desk.slack.groups["S1"] = frozenset(f"U{number}" for number in range(100, 160))
    assert "and 15 more" in office.ask("subscribe all")
    assert [row.kind for row in office.desk.rows()] == ["ask"] * ADMINS_MAX


def test_who_has_become_an_admin_meanwhile_is_told_so(office: Office) -> None:
    (value,) = values_of(office.refusal("subscribe all"), "ask")
    office.desk.decide(admins=frozenset({"U3"}))
    assert "You may do this yourself" in office.press("ask", value, office.desk.slack.caller("U3", "C1"))
    office.desk.decide(admins=frozenset())
    assert "You may do this yourself" in office.press("ask", value, office.desk.slack.caller("U3", "C1"))
    assert office.asks() == []


def test_where_the_bot_cannot_post_nobody_is_asked(office: Office) -> None:
    office.desk.slack.archive("C1")
    assert "This channel is archived" in office.ask("subscribe all")
    assert office.asks() == []


def test_what_is_not_clear_is_asked_back_before_an_admin_is_asked(office: Office) -> None:
    office.desk.ask("digest weekdays 08:30 UTC", user="U1")
    assert "This channel has a digest already" in office.ask("digest monday 09:00 UTC")
    assert office.asks() == []


@pytest.mark.parametrize(
    "value",
    [
        "",
        "[]",
        '["nothing"]',
        '["subscribe"]',
        "x" * (VALUE_MAX + 1),
        *map(encode_command, (ShowStatus(), ShowDigests())),
    ],
)
def test_a_forged_value_asks_for_nothing(office: Office, value: str) -> None:
    office.press("ask", value, office.desk.slack.caller("U3", "C1"))
    assert (office.asks(), office.desk.rows()) == ([], [])


def test_reading_everywhere_is_nothing_that_an_admin_could_allow(office: Office) -> None:
    value = encode_command(ShowSubscriptions(everywhere=True))
    assert "another version" in office.press("ask", value, office.desk.slack.caller("U3", "C1"))
    assert office.asks() == []


def test_somebody_of_another_organisation_asks_nobody(office: Office) -> None:
    (value,) = values_of(office.refusal("subscribe all"), "ask")
    stranger = replace(office.desk.slack.caller("U3", "C1"), home="T9")
    assert "Only full members" in office.press("ask", value, stranger)
    assert office.asks() == []


def test_a_button_and_a_mention_are_refused_with_the_same_way_out(office: Office) -> None:
    answer_mention("subscribe all", office.desk.slack.caller("U3", "C1"), "1.1", office.desk.services)
    assert values_of(office.desk.entries()[-1].message, "ask")
    undo = encode_command(RestoreSubscription(1, 0))
    office.press("undo", undo, office.desk.slack.caller("U3", "C1"))
    assert values_of(office.desk.entries()[-1].message, "ask") == [undo]


def test_a_form_says_what_to_type(office: Office) -> None:
    command = office.desk.services.answers().parse("digest weekdays 08:30")
    problem = interactions.submit_form(command, office.desk.slack.caller("U3", "C1"), office.desk.services)
    assert str(problem).endswith("To ask an admin, type /brief digest weekdays 08:30")


# Deciding


def test_what_is_allowed_is_done_and_told_in_the_channel_with_both_names(office: Office) -> None:
    office.ask("subscribe all")
    office.desk.run()
    text = office.decide("allow")
    assert text == "Allowed by <@U1>.\nIt is done in <#C1>."
    (subscription,) = office.desk.subscriptions()
    assert (subscription.channel, str(subscription.spec), subscription.created_by) == ("C1", "all", "U1")
    (announced,) = [each.text for each in office.desk.entries() if each.visible_to is None]
    assert announced.startswith("<@U1> made this channel follow all briefs")
    assert announced.endswith("Asked for by <@U3>, allowed by <@U1>.")
    office.come_by(10)
    for admin in ("U1", "U2"):
        (told,) = office.told(admin)
        assert told.startswith("<@U3> asks you to do this")
        assert told.endswith("Allowed by <@U1>.")
        assert office.buttons(admin) == []
    assert office.told("U3") == ["<@U1> allowed what you asked for in <#C1>:\n/brief subscribe all\nIt is done."]
    assert office.states() == [("allowed", "U1")]


def test_what_is_declined_is_not_done_and_who_asked_hears_it(office: Office) -> None:
    office.ask("subscribe all")
    office.desk.run()
    assert office.decide("decline", "U2") == "Declined by <@U2>."
    office.come_by(1)
    assert office.told("U3") == [
        "<@U2> declined what you asked for in <#C1>:\n/brief subscribe all\nNothing was changed."
    ]
    assert office.told("U1")[0].endswith("Declined by <@U2>.")
    assert (office.desk.subscriptions(), office.buttons("U1")) == ([], [])


@pytest.mark.parametrize("typed", CHANGES)
def test_every_change_can_be_allowed(office: Office, typed: str) -> None:
    office.desk.subscribe("all deliver:digest")
    office.desk.subscribe("harbour")
    office.desk.ask("mute harbour for:2d", user="U1")
    office.desk.ask("use harbour", user="U1")
    if typed == "digest off":
        office.desk.ask("digest daily 09:00 UTC", user="U1")
    office.desk.replica.readers.refresh()
    office.desk.set_clock(60)
    office.ask(typed)
    outcome = office.decide("allow")
    if typed == "digest now":
        # Nothing is new in it.
        assert "The question stays open" in outcome
        return
    assert outcome.startswith("Allowed by <@U1>."), outcome
    assert office.states() == [("allowed", "U1")]


def test_a_digest_that_is_allowed_is_sent_and_the_question_closed_with_it(office: Office) -> None:
    office.desk.ask("subscribe all deliver:digest", user="U1")
    office.desk.set_clock(60)
    office.desk.edit(ferries(1))
    office.desk.set_clock(120)
    office.ask("digest now")
    assert office.decide("allow").startswith("Allowed by <@U1>.")
    office.come_by(130)
    assert office.states() == [("allowed", "U1")]
    assert office.told("U3")[0].endswith("It is done.")
    assert len([row for row in office.desk.rows() if row.kind == "digest"]) == 1
    assert office.decide("allow", "U2").startswith("Allowed by <@U1>.")
    assert len([row for row in office.desk.rows() if row.kind == "digest"]) == 1


def test_times_are_those_of_who_asked(office: Office) -> None:
    office.desk.slack.add_person("U1", zone="Asia/Tokyo")
    office.ask("digest weekdays 08:30")
    office.decide("allow")
    with office.desk.store.snapshot() as tx:
        (digest,) = tx.digests.of_channel("T1", "C1")
    assert digest.schedule.zone == "Europe/Berlin"


@pytest.mark.parametrize("second", ["allow", "decline"])
@pytest.mark.parametrize("first", ["allow", "decline"])
def test_the_first_decision_counts_and_others_read_who_made_it(office: Office, first: str, second: str) -> None:
    office.ask("subscribe all")
    office.desk.run()
    office.decide(first, "U2")
    states, changed = office.states(), office.desk.subscriptions()
    for user in ("U1", "U2"):
        assert "<@U2>" in office.decide(second, user)
    office.come_by(10)
    assert (office.states(), office.desk.subscriptions(), len(office.told("U3"))) == (states, changed, 1)


def test_who_is_no_admin_any_more_decides_nothing(office: Office) -> None:
    office.ask("subscribe all")
    office.desk.slack.groups["S1"] = frozenset()
    office.desk.set_clock(REMEMBERED.total_seconds() + 1)
    for action in ("allow", "decline"):
        text = office.decide(action, "U2")
        assert text.startswith("Only some people may change what channels follow here.")
        assert "ask" not in office.buttons("U2")
    office.desk.slack.add_person("U1", guest=True)
    assert "Only full members" in office.decide("allow", "U1")
    assert (office.states(), office.desk.subscriptions()) == ([("open", None)], [])


@pytest.mark.parametrize("user", ["U3", "U4"])
def test_who_never_was_one_decides_nothing_and_learns_nothing(office: Office, user: str) -> None:
    office.ask("subscribe all")
    for number in (1, 2):
        for action in ("allow", "decline"):
            text = office.decide(action, user, number)
            assert text.startswith("Only some people may change what channels follow here.")
            assert "C1" not in text
    assert office.states() == [("open", None)]


def test_what_is_not_known_is_not_decided(office: Office) -> None:
    office.ask("subscribe all")
    for number in ("2", "0", "-1", "x", "9" * 30, "²", "1 "):
        text = office.decide("allow", "U1", number)
        assert "No such question" in text or "another version" in text
    assert office.states() == [("open", None)]


def test_an_ask_of_another_workspace_reads_as_one_that_is_not_there(office: Office) -> None:
    office.ask("subscribe all")
    foreign = replace(office.desk.slack.caller("U1", office.desk.slack.conversation("U1")), team="T2")
    office.desk.slack.add_person("U1", team="T2")
    office.desk.slack.add_channel("C8", team="T2")
    foreign = replace(office.desk.slack.caller("U1", "C8"), team="T2")
    for action in ("allow", "decline"):
        assert office.press(action, "1", foreign) == office.press(action, "7", foreign)
    assert office.states() == [("open", None)]


# What cannot be done


def test_what_cannot_be_done_stays_open_and_says_why(office: Office) -> None:
    office.ask("subscribe all")
    office.desk.slack.archive("C1")
    text = office.decide("allow")
    assert text == (
        "In <#C1>: this channel is archived.\nOpen it again first.\n"
        "The question stays open: you can allow it again later, or decline it."
    )
    assert (office.states(), office.desk.subscriptions()) == ([("open", None)], [])
    office.desk.slack.unarchive("C1")
    assert office.decide("allow").startswith("Allowed by")
    assert len(office.desk.subscriptions()) == 1


def test_what_slack_refuses_to_announce_is_taken_back_and_can_be_allowed_again(office: Office) -> None:
    office.ask("subscribe all")
    office.desk.run()
    office.desk.slack.refuse("post", "restricted_action")
    assert "The question stays open" in office.decide("allow")
    office.come_by(10)
    assert (office.states(), office.desk.subscriptions(), office.told("U3")) == ([("open", None)], [], [])
    assert office.buttons("U1") == office.buttons("U2") == ["allow", "decline"]
    office.decide("allow", "U2")
    office.come_by(20)
    assert (office.states(), len(office.desk.subscriptions())) == ([("allowed", "U2")], 1)
    assert [len(office.told(each)) for each in ("U1", "U2", "U3")] == [1, 1, 1]
    assert office.told("U1")[0].endswith("Allowed by <@U2>.")


def test_what_slack_announces_later_is_done(office: Office) -> None:
    office.ask("subscribe all")
    office.desk.slack.refuse("post", "ratelimited")
    assert "it is done; the channel is told as soon as" in office.decide("allow")
    assert office.states() == [("allowed", "U1")]
    office.come_by(10)
    assert office.told("U3")[0].endswith("It is done.")


def test_a_brief_that_was_renamed_meanwhile_is_followed_under_its_new_name(office: Office) -> None:
    office.ask("subscribe ferries")
    (office.desk.replica.directory / "ferries.yaml").rename(office.desk.replica.directory / "boats.yaml")
    office.desk.replica.look("ferries", "boats")
    office.decide("allow")
    (subscription,) = office.desk.subscriptions()
    assert subscription.spec.target.brief in ("boats", "ferries")


def test_a_channel_that_got_another_id_is_the_one_where_it_is_done(office: Office) -> None:
    office.ask("subscribe all")
    office.desk.slack.add_channel("C2")
    with office.desk.store.transaction() as tx:
        tx.channel_moves.move("T1", "C1", "C2", office.desk.replica.at)
    office.decide("allow")
    assert [each.channel for each in office.desk.subscriptions()] == ["C2"]


# Time


def test_what_nobody_decides_lapses_after_a_week_and_all_read_so(office: Office) -> None:
    office.ask("subscribe all")
    office.desk.run()
    office.come_by(WEEK - 1)
    assert office.states() == [("open", None)]
    # Also before the task has come by.
    office.desk.set_clock(WEEK)
    assert "the question has lapsed" in office.decide("allow")
    office.come_by(WEEK)
    office.come_by(WEEK + 10)
    assert (office.states(), office.desk.subscriptions()) == ([("lapsed", None)], [])
    for admin in ("U1", "U2"):
        assert office.told(admin)[0].endswith("Nobody has answered within 7 days: the question has lapsed.")
    (told,) = office.told("U3")
    assert told.startswith("No admin has answered within 7 days what you asked for in <#C1>:")
    assert "the question has lapsed" in office.decide("decline")
    assert office.ask("subscribe all").startswith("You asked for this")


def test_an_admin_who_is_told_late_reads_what_was_decided(office: Office) -> None:
    office.desk.slack.refuse("post", "ratelimited", retry_after=timedelta(seconds=30))
    office.ask("subscribe all")
    office.desk.run()
    office.decide("decline", "U1")
    office.come_by(60)
    office.come_by(90)
    assert [text.endswith("Declined by <@U1>.") for text in (*office.told("U1"), *office.told("U2"))] == [True, True]


def test_what_was_decided_long_ago_is_forgotten_and_what_is_open_is_not(office: Office) -> None:
    office.ask("subscribe all")
    office.ask("subscribe ferries")
    office.decide("decline", number=1)
    later = office.desk.replica.at + office.desk.services.policy.retention.questions + timedelta(days=1)
    CleanUp(office.desk.services).run(later)
    assert [each.id for each in office.asks()] == [2]
    with office.desk.store.snapshot() as tx:
        assert set(tx.connection.execute(ask_notice.select()).scalars("ask_id")) == {2}
    assert "No such question" in office.decide("allow", number=1)


def test_a_person_and_a_workspace_may_ask_so_often_a_day(office: Office) -> None:
    office.desk.decide(asks=Budget(2, 3))
    office.ask("subscribe all")
    office.desk.set_clock(3600)
    office.ask("subscribe ferries")
    office.decide("decline", number=1)
    office.desk.set_clock(7201)
    assert office.ask("use ferries") == (
        "You have asked admins 2 times within a day, and no more is taken for now.\nTry again in 22 hours."
    )
    office.ask("subscribe all", user="U4")
    assert office.ask("use ferries", user="U4").startswith("This workspace has asked admins 3 times within a day")
    assert len(office.asks()) == 3
    office.desk.set_clock(24 * 3600)
    assert office.ask("use ferries").startswith("You asked for this")

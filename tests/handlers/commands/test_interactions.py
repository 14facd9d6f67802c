"""What pressed buttons, picks and submitted forms do, above all where a brief has changed since."""

from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from bot.core.answers.answer import Answer
from bot.core.briefs.brief import Brief
from bot.core.commands.button_value import ButtonValue, decode_command
from bot.core.commands.command import Command, Search, Show, ShowHelp, ShowSources, Subscribe
from bot.core.commands.digest_commands import SetDigest
from bot.core.commands.schedule_arguments import ScheduleSpec
from bot.core.digests.schedule import DAILY
from bot.core.subscriptions.subscription import SubscriptionSpec, Target
from bot.handlers.commands import interactions
from bot.handlers.commands.share import share
from bot.handlers.ports import Caller
from bot.store.schema import posted_message
from tests.fake_channel import Entry
from tests.handlers.desk import Desk, ferries
from tests.make import brief, claim, corpus

LEGAL = Show("legal", "ferries")
CHANGED = "This has changed since you asked\n\n"
CHANGED_SHARE = "This has changed since you asked. Look at it once more, then press Share again.\n\n"


@pytest.fixture
def caller(desk: Desk) -> Caller:
    """Who presses the buttons; they are answered five times."""
    return desk.slack.caller("U1", "C1")


def long(number: int) -> Brief:
    """An answer of several pages."""
    texts = [f"At pier {n} there were {number} ferries. {'It rained. ' * 20}" for n in range(40)]
    return brief("ferries", {"legal": [claim(f"c{n}", text.strip()) for n, text in enumerate(texts)]})


def private(desk: Desk) -> list[str]:
    """What only the caller sees, oldest first."""
    return [each.text for each in desk.entries() if each.visible_to == "U1"]


def public(desk: Desk) -> list[Entry]:
    return [each for each in desk.entries() if each.visible_to is None]


def recorded(desk: Desk) -> list[Any]:
    """The posts that corrections will reach, as (ts, thread)."""
    with desk.store.snapshot() as tx:
        return [(row.ts, row.thread_ts) for row in tx.connection.execute(posted_message.select())]


def value(desk: Desk, page: int = 1, command: Command = LEGAL) -> ButtonValue:
    """That of a button under the answer as it is now."""
    return ButtonValue(command, desk.services.corpus.corpus.briefs["ferries"].revision, page)


# Continue


def test_continue_shows_the_next_page(desk: Desk, caller: Caller) -> None:
    desk.edit(long(0))
    interactions.continue_answer(value(desk, 2), caller, desk.services)
    (text,) = private(desk)
    assert "page 2 of" in text
    assert "At pier 0 " not in text


def test_continue_on_a_changed_brief_begins_again_and_says_so(desk: Desk, caller: Caller) -> None:
    desk.edit(long(0))
    button = value(desk, 2)
    desk.edit(long(1))
    interactions.continue_answer(button, caller, desk.services)
    (text,) = private(desk)
    assert text.startswith(f"{CHANGED}At pier 0 there were 1 ferries.")
    assert "page 1 of" in text


def test_continue_on_a_withdrawn_brief_says_that_it_is(desk: Desk, caller: Caller) -> None:
    button = value(desk)
    desk.edit(ferries(1, "withdrawal", status="withdrawn"))
    interactions.continue_answer(button, caller, desk.services)
    (text,) = private(desk)
    assert text.startswith(CHANGED)
    assert "There were" not in text


def test_continue_of_what_shows_no_single_brief_has_nothing_to_compare(desk: Desk, caller: Caller) -> None:
    button = ButtonValue(Search("ferries"), None, 1)
    desk.edit(ferries(1))
    interactions.continue_answer(button, caller, desk.services)
    (text,) = private(desk)
    assert "There were 1 ferries" in text
    assert CHANGED not in text


# Share


def test_share_posts_the_page_above_the_button_and_corrections_will_reach_it(desk: Desk) -> None:
    desk.edit(long(0))
    caller = desk.slack.caller("U1", "C1", thread_ts=desk.slack.say("U2", "C1", "What?").ts)
    interactions.share_answer(value(desk, 2), caller, desk.services)
    _, post = public(desk)
    assert post.text.startswith("Shared by <@U1>\n\nFerries\n")
    assert "page 2 of" in post.text
    assert private(desk) == ["Shared in this channel."]
    assert recorded(desk) == [(post.ts, caller.thread_ts)]


def test_an_answer_that_was_on_its_way_when_it_was_corrected_is_corrected_too(desk: Desk, caller: Caller) -> None:
    answers = desk.services.answers()
    answer = answers.answer(LEGAL)
    assert isinstance(answer, Answer)
    desk.edit(ferries(1, "correction"))
    share(answer, 1, caller, desk.services, answers.number)
    desk.run()
    post, note = public(desk)
    assert (post.edits, note.thread_ts) == (1, post.ts)
    assert "Corrected 11 May 2026: was “There were 0 ferries that day.”" in post.text
    assert [(row.kind, row.state) for row in desk.rows()] == [("edit", "sent"), ("note", "sent")]


def test_share_on_a_changed_brief_shares_nothing_and_asks_once_more(desk: Desk, caller: Caller) -> None:
    button = value(desk)
    desk.edit(ferries(1))
    interactions.share_answer(button, caller, desk.services)
    (text,) = private(desk)
    assert text.startswith(f"{CHANGED_SHARE}There were 1 ferries that day. [1]\n\nFerries\n")
    assert (public(desk), recorded(desk)) == ([], [])
    interactions.share_answer(value(desk), caller, desk.services)
    assert ["There were 1 ferries" in each.text for each in public(desk)] == [True]


def test_share_on_a_withdrawn_brief_shares_nothing(desk: Desk, caller: Caller) -> None:
    button = value(desk)
    desk.edit(ferries(1, "withdrawal", status="withdrawn"))
    interactions.share_answer(button, caller, desk.services)
    assert (len(private(desk)), public(desk), recorded(desk)) == (1, [], [])


def test_where_the_bot_may_not_post_the_answer_is_shared_as_a_copy_that_nobody_corrects(
    desk: Desk, caller: Caller
) -> None:
    desk.slack.refuse("post", "channel_not_found")
    interactions.share_answer(value(desk), caller, desk.services)
    (copy,) = public(desk)
    assert copy.text.startswith("Shared by <@U1>. Corrections will not reach this copy")
    assert (private(desk), recorded(desk)) == ([], [])


def test_who_shares_is_told_where_slack_did_not_say_that_it_took_it(desk: Desk, caller: Caller) -> None:
    desk.slack.drop("post", arrives=True)
    interactions.share_answer(value(desk), caller, desk.services)
    (told,) = private(desk)
    assert told.startswith("Slack did not say whether it took it (dropped). The bot looks, and shares it if")
    assert (len(public(desk)), recorded(desk)) == (1, [])


# Sources and forms


def test_sources_open_in_a_modal(desk: Desk, caller: Caller) -> None:
    interactions.open_sources(ShowSources("ferries"), caller, desk.services)
    ((user, view),) = desk.slack.views
    assert (user, view["type"], "The Gazette" in str(view["blocks"])) == ("U1", "modal", True)
    assert desk.entries() == []


def test_where_no_modal_opens_sources_come_as_a_message(desk: Desk, caller: Caller) -> None:
    desk.slack.refuse("open_modal", "expired_trigger_id")
    for presser in (caller, replace(caller, trigger_id=None)):
        interactions.open_sources(ShowSources("ferries"), presser, desk.services)
    first, second = private(desk)
    assert first == second
    assert "<https://example.org/gazette|A title>" in first
    assert desk.slack.views == []


def test_where_no_form_opens_it_is_said_what_to_type(desk: Desk, caller: Caller) -> None:
    interactions.open_digest_form(ShowHelp(), caller, desk.services)
    assert ([user for user, _ in desk.slack.views], private(desk)) == (["U1"], [])
    interactions.open_digest_form(ShowHelp(), caller, desk.services)
    assert len(desk.slack.views) == 1, "a trigger opens one"
    (text,) = private(desk)
    assert "/brief digest" in text


def test_a_submitted_form_that_is_rejected_says_why_and_changes_nothing(desk: Desk, caller: Caller) -> None:
    command = desk.services.answers().parse("digest daily 09:00")
    assert interactions.submit_form(command, caller, desk.services) == (
        "Slack does not say in which time zone you are. Name one: `/brief digest daily 09:00 Europe/Berlin`."
    )
    assert (schedules(desk), desk.entries()) == ([], [])


def test_a_zone_that_is_none_is_rejected_wherever_it_comes_from(desk: Desk, caller: Caller) -> None:
    command = SetDigest(ScheduleSpec(DAILY, time(9), "Europe/Atlantis"))
    assert interactions.submit_form(command, caller, desk.services) == (
        "There is no such time zone. Name one: `/brief digest daily 09:00 Europe/Berlin`."
    )
    assert (schedules(desk), desk.entries()) == ([], [])


def test_a_submitted_form_does_what_was_entered_and_the_channel_is_told(desk: Desk, caller: Caller) -> None:
    command = desk.services.answers().parse("digest daily 09:00 Europe/Berlin")
    assert interactions.submit_form(command, caller, desk.services) is None
    assert schedules(desk) == ["daily 09:00 Europe/Berlin"]
    assert [each.text.startswith("<@U1> ") for each in public(desk)] == [True]
    error = interactions.submit_form(command, caller, desk.services)
    assert error == "This channel has this digest already. See `/brief digest`."
    assert (len(schedules(desk)), len(desk.entries())) == (1, 1)


def schedules(desk: Desk) -> list[str]:
    with desk.store.snapshot() as tx:
        return [str(each.schedule) for each in tx.digests.of_team("T1")]


# Commands, and what is typed into a menu


def test_a_press_is_answered_as_if_its_command_had_been_typed(desk: Desk, caller: Caller) -> None:
    interactions.open_command(LEGAL, caller, desk.services)
    typed = desk.ask("legal ferries")
    assert typed is not None
    assert private(desk) == [typed.text]


def test_a_press_that_the_channel_is_told_of_has_no_other_answer(desk: Desk, caller: Caller) -> None:
    interactions.open_command(Subscribe(SubscriptionSpec(Target("ferries"))), caller, desk.services)
    assert (private(desk), len(public(desk)), len(desk.subscriptions())) == ([], 1, 1)


def test_a_button_of_another_version_says_what_to_type(desk: Desk) -> None:
    assert interactions.outdated(desk.services).text == (
        "This button is of another version of the bot and works no more. Type /brief to ask again."
    )


def test_briefs_are_suggested_that_contain_what_was_typed_and_those_first_that_begin_with_it() -> None:
    known = corpus(
        brief("a-ferry"), brief("ferries"), brief("trains", aliases=("ferry trains",)), brief("x", status="draft")
    )
    options = interactions.suggest_briefs(" Ferr", known)
    assert [(each.label, decode_command(each.value, ShowHelp)) for each in options] == [
        ("Ferries", Show(None, "ferries")),
        ("Trains", Show(None, "trains")),
        ("A Ferry", Show(None, "a-ferry")),
    ]
    assert interactions.suggest_briefs("x", known) == ()

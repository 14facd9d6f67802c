"""`share` in a thread means the answer above."""

from bot.handlers.commands.slash_command import answer_mention
from tests.handlers.desk import Desk, ferries


def ask(desk: Desk, text: str, thread_ts: str | None = None) -> str:
    """Somebody mentions the bot in a channel; the `ts` of their message."""
    question = desk.slack.say("U1", "C1", text, thread_ts)
    answer_mention(text, desk.slack.caller("U1", "C1", thread_ts), question.ts, desk.services)
    return question.ts


def in_channel(desk: Desk) -> list[str]:
    return [each.text for each in desk.entries() if each.thread_ts is None and each.user is None]


def test_the_newest_answer_of_the_thread_is_shared_in_the_channel_and_corrected_there(desk: Desk) -> None:
    thread = ask(desk, "legal harbour")
    ask(desk, "legal ferries", thread)
    ask(desk, "share", thread)
    (shared,) = in_channel(desk)
    assert shared.startswith("Shared by <@U1>\n\nThere were 0 ferries that day. [1]\n\nFerries\n")
    desk.edit(ferries(1, "correction"))
    desk.run()
    assert "Corrected 11 May 2026" in in_channel(desk)[0]


def test_nothing_is_shared_that_has_changed_since_it_was_seen(desk: Desk) -> None:
    thread = ask(desk, "legal ferries")
    desk.edit(ferries(1))
    ask(desk, "share", thread)
    assert in_channel(desk) == []
    assert desk.slack.texts("C1", thread)[-1] == (
        "That brief has changed since, so nothing was shared. To see how it reads now: @briefbot legal ferries"
    )


def test_in_a_thread_without_an_answer_it_is_said_what_can_be_shared(desk: Desk) -> None:
    thread = ask(desk, "list")
    ask(desk, "share", thread)
    assert in_channel(desk) == []
    assert desk.slack.texts("C1", thread)[-1].startswith("You typed @briefbot share: share belongs behind")


def test_another_threads_answer_is_not_shared(desk: Desk) -> None:
    ask(desk, "legal ferries")
    ask(desk, "share", ask(desk, "list"))
    assert in_channel(desk) == []

"""Questions that found nothing, in the status that maintainers ask for, on both databases."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.handlers.commands.slash_command import answer_mention
from bot.render.document.mrkdwn import unescape
from bot.store.store import Store
from tests.handlers.desk import TEAM, Desk, ferries, harbour
from tests.handlers.replica import MONDAY

HEADING = "Questions that found nothing, or little, in the last 30 days"


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Desk:
    """C1 is the maintainers' channel; C2 is another one, and C3 and U3 are of another workspace."""
    desk = Desk(tmp_path / "briefs", store, ferries(0), harbour(0))
    desk.slack.add_channel("C2")
    desk.slack.add_channel("C3", team="T2")
    desk.slack.add_person("U3", team="T2")
    desk.decide(maintainers=(TEAM, "C1"))
    return desk


def asked(desk: Desk, *questions: str, channel: str = "C2") -> None:
    for question in questions:
        desk.ask(question, channel)


def listed(desk: Desk, channel: str = "C1") -> list[str]:
    """The questions of a status, line by line."""
    message = desk.ask("status", channel)
    assert message is not None
    return message.text.partition(HEADING)[2].strip().splitlines()


def test_maintainers_see_what_was_asked_in_vain_most_asked_first_with_the_line_to_add(desk: Desk) -> None:
    asked(desk, "purple rain", "Zebra  crossing", "zebra crossing", "unicorns")
    assert listed(desk) == [
        "• “zebra crossing” · 2 times · also: [zebra, crossing] · which brief should answer it?",
        "• “purple rain” · once · also: [purple, rain] · which brief should answer it?",
        "• “unicorns” · once · also: [unicorns] · which brief should answer it?",
    ]


def test_what_found_little_is_listed_with_the_claim_that_came_nearest(desk: Desk) -> None:
    asked(desk, "how many ferries sank in winter, and how many people")
    (line,) = listed(desk)
    assert line.endswith("· once · also: [sank, winter] at the claim that answers it, in ferries")


def test_nobody_sees_them_elsewhere(desk: Desk) -> None:
    asked(desk, "zebra crossing", channel="C1")
    assert listed(desk) != []
    assert listed(desk, "C2") == []
    # The same id in another workspace, and another channel of another workspace.
    desk.decide(maintainers=("T2", "C1"))
    assert listed(desk) == []
    desk.decide(maintainers=None)
    assert listed(desk) == []


def test_maintainers_of_one_workspace_see_no_question_of_another(desk: Desk) -> None:
    desk.ask("zebra crossing", "C3", "U3")
    asked(desk, "purple rain")
    assert [line.split("”")[0] for line in listed(desk)] == ["• “purple rain"]


def test_ten_of_the_last_thirty_days_are_listed(desk: Desk) -> None:
    asked(desk, "unicorns")
    desk.replica.at = MONDAY + timedelta(days=29)
    for number in range(11):
        asked(desk, f"zzq{number:02}")
    assert [line.split("”")[0][3:] for line in listed(desk)] == ["unicorns", *(f"zzq{n:02}" for n in range(9))]
    desk.replica.at = MONDAY + timedelta(days=31)
    assert [line.split("”")[0][3:] for line in listed(desk)] == [f"zzq{n:02}" for n in range(10)]


def test_a_question_mentions_nobody_and_is_cut(desk: Desk) -> None:
    with desk.store.transaction() as tx:
        tx.unanswered_queries.add(TEAM, f"<!channel> <@U1> {'zq' * 60}", MONDAY)
    (line,) = listed(desk)
    question = line.split("”")[0].removeprefix("• “")
    assert question.startswith("&lt;!channel&gt; &lt;@u1&gt; zq")
    assert len(unescape(question)) == 100
    message = desk.ask("status")
    assert message is not None
    # Rich text is literal: only elements of a type of their own mention anybody.
    types = set(re.findall(r"'type': '(\w+)'", str(message.blocks)))
    assert types == {"header", "plain_text", "rich_text", "rich_text_section", "text"}


def test_a_mention_in_the_maintainers_channel_is_answered_in_the_same_words(desk: Desk) -> None:
    asked(desk, "zebra crossing")
    caller = desk.slack.caller("U1", "C1")
    answer_mention("status", replace(caller, thread_ts=None), "1.0", desk.services)
    (entry,) = [each for each in desk.entries("C1") if HEADING in each.text]
    assert "• “zebra crossing” · once · also: [zebra, crossing]" in entry.text

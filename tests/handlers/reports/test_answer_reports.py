"""Who reported a mistake hears of it once: when the claim changes, goes, or the maintainers see no need for that."""

from datetime import timedelta

import pytest

from bot.core.briefs.brief import Brief
from bot.handlers.clean_up import CleanUp
from bot.handlers.commands import interactions
from bot.handlers.reports.answer_reports import attend_to_reports
from bot.handlers.reports.keep_report import FormProblem
from tests.handlers.desk import counted, ferries
from tests.handlers.reports.counter import MAINTAINERS, WITHDRAWN, Counter
from tests.make import brief, claim


def two(number: int, other: int = 0) -> Brief:
    return brief("ferries", {"legal": [counted("a", number, "ferries"), counted("c", other, "trains")]})


def test_the_reporter_hears_what_was_reported_and_what_stands_now_and_the_report_is_closed(counter: Counter) -> None:
    counter.report("It was four.")
    counter.desk.run()
    counter.desk.edit(ferries(4))
    counter.attend()
    counter.attend()
    (text,) = counter.answers()
    assert text.startswith("You reported a mistake in Ferries · Legal considerations, and the claim has changed.")
    parts = [
        "There were 0 ferries that day.",
        "You wrote: It was four.",
        "It now reads:",
        "There were 4 ferries that day.",
    ]
    assert [text.find(part) for part in parts] == sorted(text.find(part) for part in parts)
    assert -1 not in [text.find(part) for part in parts]
    assert counter.states() == ["changed"]
    (notice,) = counter.desk.entries(MAINTAINERS)
    assert notice.edits == 1
    assert "Answered: the claim has changed since" in notice.text
    assert "dismiss" not in str(notice.message.blocks)
    states = [(row.kind, row.channel, row.state) for row in counter.desk.rows()]
    assert states == [
        ("report", MAINTAINERS, "sent"),
        ("report-reply", "U1", "sent"),
        ("report-edit", MAINTAINERS, "sent"),
    ]


def test_several_who_reported_the_same_all_hear_and_those_of_another_claim_do_not(counter: Counter) -> None:
    counter.desk.edit(two(0))
    for user, about in (("U1", "a"), ("U2", "a"), ("U1", "c")):
        counter.report(user=user, claim=f"ferries/{about}")
    counter.desk.edit(two(4))
    counter.attend()
    assert counter.states() == ["changed", "changed", "open"]
    assert (len(counter.answers("U1")), len(counter.answers("U2"))) == (1, 1)
    counter.desk.edit(two(4, 9))
    counter.attend()
    assert (len(counter.answers("U1")), counter.states()[-1]) == (2, "changed")


def test_a_change_that_was_published_while_the_form_was_open_answers_at_once(counter: Counter) -> None:
    context = counter.context()
    counter.desk.edit(ferries(4))
    counter.report(context=context)
    counter.attend()
    assert "There were 4 ferries that day." in counter.answers()[0]


def test_a_change_and_its_revert_between_two_looks_are_told_as_what_stands(counter: Counter) -> None:
    counter.report()
    counter.desk.edit(ferries(4))
    counter.desk.edit(ferries(0))
    counter.attend()
    assert "Its words are as before" in counter.answers()[0]


@pytest.mark.parametrize("way", ["removed", "withdrawn", "draft", "file gone"])
def test_what_readers_see_no_more_is_told_without_a_word_of_what_it_is_now(counter: Counter, way: str) -> None:
    counter.desk.edit(two(0))
    counter.report()
    match way:
        case "removed":
            counter.desk.edit(brief("ferries", {"legal": [counted("c", 0, "trains")]}))
        case "file gone":
            counter.desk.replica.remove("ferries")
        case _:
            changed = {"legal": [claim("a", "A secret ferry sank.")]}
            fields = {"status": "draft"} if way == "draft" else WITHDRAWN
            counter.desk.edit(brief("ferries", changed, title="A secret title", **fields))
    counter.attend()
    (text,) = counter.answers()
    assert "a mistake in Ferries · Legal considerations. Readers do not see this claim any more" in text
    assert "secret" not in text
    assert counter.states() == ["gone"]


def test_a_renamed_brief_goes_on(counter: Counter) -> None:
    counter.report()
    counter.desk.replica.write(brief("boats", {"legal": [counted("a", 0, "ferries")]}, title="Ferries"))
    (counter.desk.replica.directory / "ferries.yaml").unlink()
    counter.desk.replica.look("boats", "ferries")
    counter.attend()
    assert counter.states() == ["open"]
    assert counter.reports()[0].slug == "boats"
    counter.desk.edit(brief("boats", {"legal": [counted("a", 4, "ferries")]}, title="Ferries"))
    counter.attend()
    assert "There were 4 ferries" in counter.answers()[0]


LEFT = brief("ferries", {"legal": [counted("c", 0, "trains")]})
DRAFT = brief("ferries", {"legal": [counted("c", 0, "trains")]}, status="draft")


def boats(number: int, id: str = "a") -> Brief:
    return brief("boats", {"reactions": [counted(id, number, "ferries")]}, title="Boats")


SPLITS: dict[str, tuple[list[Brief], list[Brief]]] = {
    "moved": ([LEFT, boats(0)], [boats(4)]),
    "under another id": ([LEFT, boats(0, "z")], [boats(4, "z")]),
    "moved and changed at once": ([LEFT, boats(4)], []),
    "copied, then taken out": ([boats(0)], [LEFT, boats(4)]),
    "changed, then moved": ([two(4)], [LEFT, boats(4)]),
    "from a brief that goes": ([DRAFT, boats(0)], [boats(4)]),
    "moved on": ([LEFT, boats(0)], [brief("boats"), brief("ships", {"reactions": [counted("a", 4, "ferries")]})]),
}


@pytest.mark.parametrize("looks", ["between", "once"])
@pytest.mark.parametrize("steps", SPLITS.values(), ids=SPLITS)
def test_a_claim_that_moved_to_another_brief_is_followed_there(
    counter: Counter, steps: tuple[list[Brief], list[Brief]], looks: str
) -> None:
    counter.desk.edit(two(0))
    counter.report()
    counter.desk.edit(*steps[0])
    if looks == "between":
        counter.attend()
    counter.desk.edit(*steps[1])
    counter.attend()
    assert counter.states() == ["changed"]
    (text,) = counter.answers()
    assert "There were 4 ferries that day." in text
    assert "no more" not in text
    if looks == "once" or steps[0] != [two(4)]:
        assert f"It stands in {counter.reports()[0].slug.title()} · Reactions now." in text


def test_a_claim_that_moved_and_reads_as_it_did_stays_open(counter: Counter) -> None:
    counter.desk.edit(two(0))
    counter.report()
    counter.desk.edit(LEFT, boats(0))
    counter.attend()
    assert (counter.states(), counter.answers()) == (["open"], [])
    assert counter.reports()[0].slug == "boats"
    counter.dismiss(1)
    counter.desk.run()
    assert "It stands in Boats · Reactions now." in counter.answers()[0]


def test_a_claim_that_moves_before_the_answer_is_sent_is_told_where_it_is(counter: Counter) -> None:
    counter.desk.edit(two(0))
    counter.report()
    counter.desk.slack.refuse("post", "http_503", times=3)
    counter.desk.edit(two(4))
    counter.attend()
    counter.desk.edit(LEFT, boats(4))
    for minute in range(1, 6):
        counter.desk.wake_at(60 * minute)
    (text,) = counter.answers()
    assert "It stands in Boats · Reactions now." in text


def test_an_answer_of_unknown_outcome_is_looked_for_and_not_sent_twice(counter: Counter) -> None:
    counter.report()
    counter.desk.run()
    counter.desk.edit(ferries(4))
    counter.desk.slack.drop("post", arrives=True)
    counter.attend()
    counter.desk.wake_at(60)
    assert len(counter.answers()) == 1


def test_where_slack_is_away_it_is_answered_later(counter: Counter) -> None:
    counter.desk.slack.refuse("post", "http_503", times=3)
    counter.report()
    counter.desk.edit(ferries(4))
    counter.attend()
    for minute in range(1, 6):
        counter.desk.wake_at(60 * minute)
    assert (len(counter.told()), len(counter.answers())) == (1, 1)


# No change needed


def test_a_word_of_the_maintainers_closes_a_report_and_its_sender_reads_it(counter: Counter) -> None:
    counter.report()
    counter.desk.run()
    assert counter.dismiss(1, "Six, says the Gazette.") is None
    counter.desk.run()
    (text,) = counter.answers()
    assert "see no need for a change" in text
    assert "Six, says the Gazette." in text
    assert "U2" not in text
    assert "Closed as no change needed" in counter.told()[0]
    counter.desk.edit(ferries(4))
    counter.attend()
    assert (len(counter.answers()), counter.states()) == (1, ["declined"])


def test_two_maintainers_close_it_once(counter: Counter) -> None:
    counter.report()
    assert counter.dismiss(1) is None
    problem = counter.dismiss(1, "Once more.")
    assert isinstance(problem, FormProblem)
    assert "closed already" in problem.words
    counter.desk.run()
    assert len(counter.answers()) == 1


def test_only_members_in_the_channel_of_the_maintainers_close_reports(counter: Counter) -> None:
    counter.report()
    guest = counter.desk.slack.add_person("U3", guest=True)
    assert isinstance(counter.dismiss(1, user=guest), FormProblem)
    assert isinstance(counter.dismiss(1, channel="C1"), FormProblem)
    assert isinstance(counter.dismiss(1, " "), FormProblem)
    assert counter.states() == ["open"]


def test_the_button_opens_the_form_and_says_where_it_is_closed(counter: Counter) -> None:
    counter.report()
    caller = counter.desk.slack.caller("U2", MAINTAINERS)
    interactions.close_report(1, caller, counter.desk.services)
    ((_, view),) = counter.desk.slack.views
    assert view["private_metadata"] == f"{MAINTAINERS}\n1"
    counter.dismiss(1)
    for number in (1, 99):
        interactions.close_report(number, counter.desk.slack.caller("U2", MAINTAINERS), counter.desk.services)
    interactions.close_report(1, counter.desk.slack.caller("U2", "C1"), counter.desk.services)
    said = [each.text for channel in (MAINTAINERS, "C1") for each in counter.desk.entries(channel) if each.visible_to]
    assert [each.split(".")[0] for each in said] == [
        "This report is closed already",
        "This report is closed already",
        "A report is closed in the channel of the maintainers",
    ]
    assert len(counter.desk.slack.views) == 1


# Growth


def test_answered_reports_are_deleted_when_questions_are(counter: Counter) -> None:
    for _ in range(2):
        counter.report()
    counter.dismiss(1)
    kept = counter.desk.services.policy.retention.questions
    clean_up, now = CleanUp(counter.desk.services), counter.desk.replica.at
    clean_up.run(now + kept)
    assert len(counter.reports()) == 2
    clean_up.run(now + kept + timedelta(seconds=1))
    assert [each.id for each in counter.reports()] == [2]


def test_what_is_owed_of_a_report_that_is_forgotten_is_left_unsaid(counter: Counter) -> None:
    counter.report()
    counter.dismiss(1)
    CleanUp(counter.desk.services).run(counter.desk.replica.at + timedelta(days=400))
    counter.desk.wake()
    assert {row.state for row in counter.desk.rows()} <= {"void"}


def test_nothing_is_written_while_nothing_is_due(counter: Counter) -> None:
    counter.report()
    attend_to_reports(counter.desk.services)
    before = counter.desk.rows()
    attend_to_reports(counter.desk.services)
    assert counter.desk.rows() == before

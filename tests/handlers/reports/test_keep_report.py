"""A report is kept first, once, and the maintainers are owed a message in the same transaction."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.core.budget import REPORTS, Budget
from bot.core.reports.report import WRONG_MAX
from bot.handlers.ports import Caller
from bot.handlers.reports.keep_report import GONE, FormProblem
from bot.render.reports.report_form import CLAIM, SOURCE, WRONG
from tests.handlers.desk import Desk, ferries
from tests.handlers.reports.counter import MAINTAINERS, WITHDRAWN, Counter
from tests.handlers.test_strangers import STRANGERS
from tests.make import VOCABULARY, brief, claim

EDIT = "https://github.com/harbour/briefs/edit/main/briefs/{file}#L{line}"
ISSUES = "https://github.com/harbour/briefs/issues/new"


def test_the_maintainers_read_claim_words_source_file_and_line_and_nobodys_name(counter: Counter) -> None:
    counter.desk.replica.words(replace(VOCABULARY, edit_url=EDIT))
    counter.desk.replica.look("_store")
    counter.desk.decide(issues_url=ISSUES)
    counter.report("It was four, <!channel> & I was there.", source="https://example.org/count?a=1")
    counter.desk.run()
    ((text,), (entry,)) = counter.told(), counter.desk.entries(MAINTAINERS)
    assert "There were 0 ferries that day." in text
    assert "What is wrong: It was four, &lt;!channel&gt; &amp; I was there." in text
    assert "Ferries · Legal considerations" in text
    assert "<https://example.org/count?a=1|https://example.org/count?a=1>" in text
    shown = str(entry.message.blocks)
    assert "https://github.com/harbour/briefs/edit/main/briefs/ferries.yaml#L1" in shown
    assert f"{ISSUES}?title=ferries%3A%20There" in shown
    assert "U1" not in text + shown
    assert "'value': '1'" in shown
    assert [(row.kind, row.state) for row in counter.desk.rows()] == [("report", "sent")]


def test_the_issue_is_filled_in_without_a_name(counter: Counter) -> None:
    counter.desk.decide(issues_url=ISSUES)
    counter.report()
    counter.desk.run()
    link = next(word for word in str(counter.desk.entries(MAINTAINERS)[0].message.blocks).split("'") if ISSUES in word)
    body = parse_qs(urlsplit(link).query)["body"][0]
    assert "Claim a in ferries.yaml:1" in body
    assert "It was four." in body
    assert "U1" not in link


def test_without_an_address_no_file_is_linked(counter: Counter) -> None:
    counter.report()
    counter.desk.run()
    assert "ferries.yaml, line 1" in counter.told()[0]
    assert "http" not in counter.told()[0]


def test_the_same_form_is_one_report_however_often_it_comes(counter: Counter) -> None:
    for _ in range(3):
        assert not isinstance(counter.report(view="V1"), FormProblem)
    counter.desk.run()
    assert (len(counter.reports()), len(counter.told())) == (1, 1)


@pytest.mark.parametrize(
    ("wrong", "source", "field"),
    [
        ("", "", WRONG),
        (" \n ", "", WRONG),
        ("x" * (WRONG_MAX + 1), "", WRONG),
        *(
            ("It was four.", source, SOURCE)
            for source in (
                "example.org",
                "javascript:alert(1)",
                "ftp://example.org/",
                "https://",
                "https://a b.example.org/",
                "https://example.org/|x",
                "https://user@example.org/",
                "https://example.org/\nhttps://example.org/",
                f"https://example.org/{'a' * 1000}",
            )
        ),
    ],
)
def test_what_is_wrong_with_an_entry_stands_beside_its_field_and_nothing_is_kept(
    counter: Counter, wrong: str, source: str, field: str
) -> None:
    problem = counter.report(wrong, source=source)
    assert isinstance(problem, FormProblem)
    assert problem.field == field
    assert (counter.reports(), counter.desk.rows()) == ([], [])


@pytest.mark.parametrize("stranger", STRANGERS)
def test_strangers_keep_their_words_and_nothing_is_kept(counter: Counter, stranger: Callable[[Desk], Caller]) -> None:
    problem = counter.report(caller=stranger(counter.desk))
    assert isinstance(problem, FormProblem)
    assert problem.field == WRONG
    assert (counter.reports(), counter.desk.rows()) == ([], [])


def test_a_person_may_send_so_many_a_day_and_others_go_on(counter: Counter) -> None:
    for _ in range(REPORTS.person):
        assert not isinstance(counter.report(), FormProblem)
    problem = counter.report(view="V-late")
    assert isinstance(problem, FormProblem)
    assert problem.words.startswith("Thank you: these are 20 reports within a day")
    assert not isinstance(counter.report(user="U2"), FormProblem)
    counter.desk.set_clock(timedelta(days=1, seconds=1).total_seconds())
    assert not isinstance(counter.report(view="V-late"), FormProblem)
    assert len(counter.reports()) == REPORTS.person + 2


@pytest.mark.parametrize("gone", ["ferries/b", "nothing/a", "plan/a", "old/a", "ferries/", "/"])
def test_of_what_readers_do_not_see_nothing_can_be_reported(counter: Counter, gone: str) -> None:
    secret = {"legal": [claim("a", "This is a secret.")]}
    counter.desk.edit(brief("plan", secret, status="draft"), brief("old", secret))
    counter.desk.edit(brief("old", secret, **WITHDRAWN))
    assert counter.report(claim=gone) == GONE
    assert (GONE.field, counter.reports()) == (CLAIM, [])


def test_what_is_reported_is_the_claim_as_it_was_read(counter: Counter) -> None:
    context = counter.context()
    counter.desk.edit(ferries(5))
    counter.report(context=context)
    (report,) = counter.reports()
    assert (report.shown, report.publication) == ("There were 0 ferries that day.", context.publication)


def test_without_a_channel_of_maintainers_reports_are_kept_and_told_once_there_is_one(counter: Counter) -> None:
    counter.desk.decide(maintainers=None)
    thanks = counter.report()
    assert "once there is one" in str(thanks)
    counter.attend()
    assert (counter.states(), counter.desk.rows()) == (["open"], [])
    assert counter.desk.status().reports_open == 1
    assert "1 report of a mistake is not answered yet." in str(counter.desk.ask("status"))
    counter.desk.decide(maintainers=("T1", MAINTAINERS))
    counter.attend()
    counter.attend()
    assert [(row.kind, row.state) for row in counter.desk.rows()] == [("report", "sent")]


def test_a_workspace_may_send_so_many_a_day_and_who_is_too_late_reads_when_to_try_again(counter: Counter) -> None:
    counter.desk.decide(reports=Budget(2, 3))
    for user in ("U1", "U1", "U2"):
        assert not isinstance(counter.report(user=user), FormProblem)
        counter.desk.set_clock(3600)
    (first, second) = (counter.report(user=user) for user in ("U1", "U2"))
    assert isinstance(first, FormProblem)
    assert first.words.startswith("Thank you: these are 2 reports within a day")
    assert "send them in 23 hours" in first.words
    assert isinstance(second, FormProblem)
    assert second.words.startswith("Thank you: these are 3 reports of this workspace within a day")
    assert len(counter.reports()) == 3

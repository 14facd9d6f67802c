"""Maintainers hear once which files are not published, and once that they are again."""

import re
from dataclasses import replace
from itertools import count

import pytest

from bot.content.evidence_lock import LOCK_FILE
from bot.core.briefs.brief import Brief
from bot.core.briefs.vocabulary import SectionMeta
from bot.core.changes.diff import diff_brief
from bot.handlers.briefs.report_files import ERRORS_MAX, FileReport, report_files, report_publication
from bot.store.file_reports import DIRECTORY
from bot.store.publications import Publication
from tests.handlers.desk import TEAM, Desk
from tests.make import VOCABULARY, brief

BROKEN = FileReport("tea.yaml is broken; readers go on seeing its last good version.", ("tea.yaml:3:1: B105 …",))
SECONDS = count()
FILES = {"tea.yaml", "coffee.yaml", "_store.yaml"}


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A workspace with a channel of maintainers."""
    desk.slack.add_channel("CM")
    desk.decide(maintainers=(TEAM, "CM"))
    return desk


def notices(desk: Desk, **reports: FileReport) -> list[list[str]]:
    """What maintainers have heard, line by line, once these files are reported; `_` stands for the directory."""
    desk.set_clock(next(SECONDS))
    named = {DIRECTORY if name == "_" else f"{name}.yaml": each for name, each in reports.items()}
    report_files(named, FILES, desk.services)
    desk.run()
    return [each.message.text.splitlines() for each in desk.entries("CM")]


def test_a_broken_file_is_reported_once(desk: Desk) -> None:
    assert notices(desk, tea=BROKEN) == [[BROKEN.head, *BROKEN.errors]]
    assert len(notices(desk, tea=BROKEN)) == 1


def test_it_is_reported_again_when_it_is_broken_in_another_way(desk: Desk) -> None:
    notices(desk, tea=BROKEN)
    other = replace(BROKEN, errors=("tea.yaml:9:1: B201 …",))
    assert notices(desk, tea=other)[1:] == [[other.head, *other.errors]]


def test_who_changed_it_is_said_and_is_no_news_by_itself(desk: Desk) -> None:
    assert notices(desk, tea=replace(BROKEN, origin="The change is not committed."))[0][-1].endswith("not committed.")
    assert len(notices(desk, tea=replace(BROKEN, origin="Last changed in 3fa9c1d by Ann."))) == 1


def fixed(desk: Desk) -> str:
    """What maintainers hear of `tea.yaml` once it is mended."""
    return notices(desk)[-1][-1].removeprefix("tea.yaml is fixed. ")


TEA = brief("tea")
NEW = brief("tea", title="Tea and its duty")
DRAFT = brief("tea", status="draft")


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (TEA, NEW, "Readers now see the new version."),
        (None, NEW, "Readers now see the new version."),
        (TEA, TEA, "It is again what readers see."),
        (TEA, DRAFT, "It is a draft, which readers do not see."),
        (DRAFT, DRAFT, "It is a draft, which readers do not see."),
        (None, None, "Nothing new is published for now."),
    ],
)
def test_a_mended_file_is_said_to_be_what_readers_see_of_it(
    desk: Desk, before: Brief | None, after: Brief | None, words: str
) -> None:
    desk.edit(*filter(None, [before]))
    notices(desk, tea=BROKEN)
    desk.set_clock(next(SECONDS))
    # Others go on changing meanwhile.
    desk.edit(brief("coffee"), *filter(None, [after]))
    assert fixed(desk) == words


def test_a_file_that_is_mended_while_nothing_is_published_is_not_what_readers_see(desk: Desk) -> None:
    desk.edit(TEA)
    held = FileReport("Nothing is published.")
    notices(desk, tea=BROKEN, _=held)
    assert notices(desk, _=held)[-1] == ["tea.yaml is fixed. Nothing new is published for now."]


def retitled(desk: Desk, title: str) -> None:
    sections = VOCABULARY.sections | {"legal": SectionMeta(title=title)}
    desk.replica.words(replace(VOCABULARY, sections=sections))
    desk.replica.look("_store")


@pytest.mark.parametrize(("title", "sight"), [("Laws", "Readers now see the new"), ("Law", "It is again what readers")])
def test_so_is_the_file_of_section_names(desk: Desk, title: str, sight: str) -> None:
    retitled(desk, "Law")
    notices(desk, _store=BROKEN)
    desk.set_clock(next(SECONDS))
    retitled(desk, title)
    desk.edit(brief("coffee"))
    assert notices(desk)[-1][-1].startswith(f"_store.yaml is fixed. {sight}")


def test_a_mended_file_is_reported_once_and_can_break_again(desk: Desk) -> None:
    notices(desk, tea=BROKEN)
    assert notices(desk)[1:] == [["tea.yaml is fixed. Nothing new is published for now."]]
    assert len(notices(desk)) == 2
    assert notices(desk, tea=BROKEN)[2:] == [[BROKEN.head, *BROKEN.errors]]


def test_a_broken_file_that_is_removed_is_not_called_fixed(desk: Desk) -> None:
    notices(desk, other=BROKEN)
    assert notices(desk)[1:] == [["other.yaml is gone."]]


def test_a_lock_of_quotes_that_is_mended_is_called_fixed(desk: Desk) -> None:
    for reports in ({LOCK_FILE: BROKEN}, {}):
        desk.set_clock(next(SECONDS))
        report_files(reports, FILES | {LOCK_FILE}, desk.services)
        desk.run()
    assert [each.text for each in desk.entries("CM")][1:] == ["evidence.lock is fixed."]


def test_what_slack_refuses_is_tried_again_like_any_message(desk: Desk) -> None:
    desk.slack.refuse("post", "http_503")
    assert notices(desk, tea=BROKEN) == []
    desk.wake_at(next(SECONDS) + 1)
    assert [each.message.text.splitlines()[0] for each in desk.entries("CM")] == [BROKEN.head]


def test_two_replicas_with_the_same_files_report_once(desk: Desk) -> None:
    report_files({"tea.yaml": BROKEN}, FILES, desk.services)
    assert len(notices(desk, tea=BROKEN)) == 1


def test_without_a_channel_of_maintainers_status_says_it(desk: Desk) -> None:
    desk.decide(maintainers=None)
    assert notices(desk, tea=BROKEN, _=FileReport("Nothing is published.")) == []
    status = desk.status()
    assert (status.broken, status.held_back) == (("tea.yaml",), True)


def test_many_files_with_many_errors_fit_into_one_message(desk: Desk) -> None:
    errors = tuple(f"x.yaml:{line}:1: B105 this is not YAML: {'x' * 80}; look at the quotes" for line in range(40))
    many = {f"b{number}": replace(BROKEN, errors=errors) for number in range(12)}
    [lines] = notices(desk, **many)
    assert re.fullmatch("… and [0-9]+ more lines. See all: briefbot check", lines[-1])
    assert lines[ERRORS_MAX + 1] == f"… and {40 - ERRORS_MAX} more"


def test_a_renamed_brief_is_told_to_maintainers_alone(desk: Desk) -> None:
    report_publication(Publication(2, "f", desk.services.now(), renames=(("tea", "tea-duty"),)), desk.services)
    desk.run()
    assert [each.message.text for each in desk.entries("CM")] == [
        "tea is called tea-duty from now on. Readers are not told; who follows it goes on."
    ]
    assert desk.entries() == []


def test_a_brief_that_is_withdrawn_as_its_file_is_gone_is_told_to_maintainers_alone(desk: Desk) -> None:
    gone = diff_brief(brief("tea"), None)
    assert gone is not None
    report_publication(Publication(2, "f", desk.services.now(), announced=(gone,)), desk.services)
    desk.run()
    (told,) = desk.entries("CM")
    assert told.message.text.startswith("tea.yaml is gone, so tea is no longer published. ")
    assert "If it is not meant, put the file back." in told.message.text
    assert desk.entries() == []

"""The address that fills in an issue."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.briefs.file_place import FilePlace
from bot.core.reports.issue import ADDRESS_MAX, issue_address
from bot.core.reports.report import Report
from tests.conftest import examples

NEW = "https://github.com/harbour/briefs/issues/new"
PLACE = FilePlace("ferries.yaml", 12, "https://github.com/harbour/briefs/edit/main/briefs/ferries.yaml#L12")


def report(wrong: str = "It was four & not six.", source: str | None = "https://example.org/?a=1&b=2") -> Report:
    at = datetime(2026, 5, 11, tzinfo=UTC)
    shown = "There were six ferries that day."
    return Report(7, "T1", None, "U123REPORTER", "ferries", "a", "Ferries · Legal", shown, wrong, source, 1, at, "open")


def test_title_and_body_stand_behind_the_address_as_github_takes_them() -> None:
    query = parse_qs(urlsplit(issue_address(NEW, report(), PLACE)).query)
    assert query["title"] == ["ferries: There were six ferries that day."]
    (body,) = query["body"]
    assert body.splitlines() == [
        "Claim a in ferries.yaml:12:",
        "> There were six ferries that day.",
        "",
        "It was four & not six.",
        "Source: https://example.org/?a=1&b=2",
        PLACE.url,
    ]


@pytest.mark.parametrize(
    ("issues_url", "begins"),
    [
        (f"{NEW}?labels=mistake", f"{NEW}?labels=mistake&title=ferries%3A%20"),
        (
            "https://git.example.org/x?issue[title]={title}&issue[description]={body}",
            "https://git.example.org/x?issue[",
        ),
        ("https://example.org/new/{title}", "https://example.org/new/ferries%3A%20There"),
    ],
)
def test_other_hosts_name_the_places_themselves(issues_url: str, begins: str) -> None:
    address = issue_address(issues_url, report(), PLACE)
    assert address.startswith(begins)
    assert not {"{", "}", " "} & set(address)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=2000), st.booleans())
@examples(60)
def test_whatever_people_write_it_is_bounded_and_one_argument_and_names_nobody(wrong: str, placed: bool) -> None:
    place = PLACE if placed else FilePlace("ferries.yaml", None, None)
    address = issue_address(NEW, report(wrong, None), place)
    assert len(address) <= ADDRESS_MAX
    assert address.isascii()
    assert not set(address) & set(' |<>"\n')
    assert set(parse_qs(urlsplit(address).query, keep_blank_values=True, strict_parsing=True)) == {"title", "body"}
    assert "U123REPORTER" not in address

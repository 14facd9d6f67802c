"""Reports of mistakes, on both databases."""

from dataclasses import replace
from datetime import timedelta

from bot.core.briefs.file_place import FileLines
from bot.core.reports.report import NewReport
from bot.store.publications import Publication
from bot.store.store import Store
from tests.make import VOCABULARY, brief, claim
from tests.store.moments import NOW, at_once

NEW = NewReport(
    team="T1",
    enterprise=None,
    reporter="U1",
    view_id="V1",
    slug="ferries",
    claim="a",
    place="Ferries · Legal",
    shown="There were six.",
    wrong="It was four.",
    source="https://example.org/",
    publication=1,
    reported_at=NOW,
)


def add(store: Store, told: bool = True, **fields: object) -> int | None:
    with store.transaction() as tx:
        return tx.reports.add(replace(NEW, **fields), told=told)  # type: ignore[arg-type]


def test_a_form_is_kept_once_however_often_and_by_whomever_it_is_submitted_at_once(store: Store) -> None:
    numbers = list[int | None]()
    at_once(*[lambda: numbers.append(add(store))] * 4)
    assert sorted(map(bool, numbers)) == [False, False, False, True]
    assert add(store, view_id="V2") is not None
    assert add(store, team="T2") is not None
    with store.snapshot() as tx:
        assert tx.reports.is_submitted("T1", "V1")
        assert not tx.reports.is_submitted("T2", "V2")
        assert (tx.reports.count_open(), tx.reports.count_open("T2")) == (3, 1)
        assert [tx.reports.nth_newest("T1", user, n) for user in ("U1", None) for n in (2, 3)] == [NOW, None] * 2


def test_a_report_is_closed_once(store: Store) -> None:
    number = add(store)
    assert number is not None
    with store.transaction() as tx:
        first, second = (tx.reports.close(number, "declined", NOW, word) for word in ("Fine.", "Again."))
        report = tx.reports.find(number)
    assert (first, second) == (True, False)
    assert report is not None
    assert (report.state, report.word, report.closed_at, report.source) == ("declined", "Fine.", NOW, NEW.source)


def test_reports_are_told_of_once_oldest_first(store: Store) -> None:
    numbers = [add(store, told=False, view_id=f"V{n}") for n in range(3)]
    add(store)
    with store.transaction() as tx:
        first = [each.id for each in tx.reports.untold(2)]
        tx.reports.mark_told(first)
        assert (first, [each.id for each in tx.reports.untold(5)]) == (numbers[:2], numbers[2:])


def test_those_are_outdated_whose_brief_was_changed_since(store: Store) -> None:
    publish(store, 1, "ferries", "harbour")
    mine, other = add(store), add(store, view_id="V2", slug="harbour")
    later = add(store, view_id="V3", publication=2)
    assert mine
    assert other
    assert later
    publish(store, 2, "ferries")
    with store.transaction() as tx:
        assert tx.reports.any_outdated()
        assert [each.id for each in tx.reports.outdated(5)] == [mine]
        tx.reports.follow(mine, "ferries", "b", 2)
    with store.transaction() as tx:
        assert not tx.reports.any_outdated()
        found = tx.reports.find(mine)
        assert found
        assert (found.claim, found.publication, found.state) == ("b", 2, "open")
        tx.reports.rename_brief("harbour", "ferries")
        assert [each.id for each in tx.reports.outdated(5)] == [other]


def publish(store: Store, number: int, *slugs: str) -> None:
    with store.transaction() as tx:
        briefs = {slug: brief(slug, {"legal": [claim("a", f"It was so in {number}.")]}) for slug in slugs}
        tx.publications.add(Publication(number, f"f{number}", NOW), VOCABULARY, briefs, {})


def test_answered_reports_grow_old_and_open_ones_do_not(store: Store) -> None:
    numbers = [add(store, view_id=f"V{n}") for n in range(3)]
    with store.transaction() as tx:
        for number in numbers[:2]:
            assert number
            assert tx.reports.close(number, "changed", NOW)
    with store.transaction() as tx:
        assert tx.reports.delete_before(NOW, 10) == 0
        assert [tx.reports.delete_before(NOW + timedelta(days=1), 1) for _ in range(3)] == [1, 1, 0]
        assert tx.reports.count_open() == 1


def test_lines_are_those_of_the_version_that_the_file_has(store: Store) -> None:
    lines = FileLines({"legal": 3}, {"a": 5})
    with store.transaction() as tx:
        tx.publications.remember_parsed({"h1": ("ferries", "11111111")}, {"h1": lines})
        # A start reads what it knows by its hash alone, and has no lines.
        tx.publications.remember_parsed({"h1": ("ferries", "11111111")})
        assert tx.publications.lines("ferries", "11111111") == lines
        assert tx.publications.lines("ferries", "22222222") is None
        tx.publications.remember_parsed({"h2": ("ferries", "11111111")}, {"h2": FileLines({"legal": 4}, {"a": 6})})
        found = tx.publications.lines("ferries", "11111111")
        assert found
        assert found.claims == {"a": 6}
        tx.publications.remember_parsed({"h3": ("ferries", "33333333")})
        assert tx.publications.lines("ferries", "11111111") is None

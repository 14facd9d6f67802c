"""Answers that were shared are corrected in the form in which readers saw them, on both databases."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.core.briefs.brief import Brief, ChangeKind, ChangeNote, Claim, Evidence, Group, Section, Source
from bot.store.schema import posted_message
from bot.store.store import Store
from tests.handlers.desk import Desk, ferries
from tests.handlers.replica import MONDAY
from tests.make import GAZETTE, brief, claim

RADIO = Source(publisher="Coast Radio", url="https://example.org/radio", kind="news")


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Desk:
    return Desk(tmp_path / "briefs", store, ferries(0))


def quoted(id: str, text: str, *quotes: tuple[str, str], **fields: Any) -> Claim:
    evidence = tuple(Evidence(source=source, quote=quote) for source, quote in quotes)
    return replace(claim(id, text, evidence=evidence), **fields)


def version(boats: int, *notes: tuple[ChangeKind, str], **fields: Any) -> Brief:
    """Four claims of which the second leads, the first has a group, and the last is shown on demand."""
    claims = (
        quoted("cut", f"In 2025 the board took away {boats} boats.", ("gazette", f"{boats} boats are taken away")),
        quoted("lead", "In 2025 the board halved the ferries.", ("radio", "half of the ferries are gone")),
        quoted(
            "view",
            "The chair said in 2025 that it was wise.",
            ("radio", "“It is wise,” said the chair"),
            standing="opinion",
        ),
        quoted("old", "In 1999 there were more.", ("gazette", "in 1999 there were more of them")),
    )
    claims = (claims[0], replace(claims[1], lead=True), *claims[2:])
    groups = (Group(title="The boats", claims=("cut",)), Group(title="Before", claims=("old",), folded=True))
    changes = tuple(ChangeNote(date=MONDAY.date(), kind=kind, note=note) for kind, note in notes)
    made = brief(
        "ferries", {"legal": [*claims]}, sources={"gazette": GAZETTE, "radio": RADIO}, changes=changes, **fields
    )
    return replace(made, sections={"legal": Section(claims=claims, groups=groups)})


def correct(desk: Desk) -> str:
    desk.edit(version(3, ("correction", "It was three.")))
    desk.run()
    return desk.entries()[0].text


def test_a_short_answer_stays_short(desk: Desk) -> None:
    desk.edit(version(2))
    desk.ask("legal ferries share")
    before = desk.entries()[0].text
    after = correct(desk).replace("Corrected 11 May 2026: was “In 2025 the board took away 2 boats.”\n\n", "")
    assert "3 of 4 claims" in before
    assert "half of the ferries are gone" not in before
    assert "“It is wise,” said the chair" in before
    assert [line for line in after.splitlines() if "@" not in line] == [
        line.replace("2 boats", "3 boats") for line in before.splitlines() if "@" not in line
    ]


def test_what_is_withdrawn_is_counted_no_more(desk: Desk) -> None:
    desk.edit(version(2))
    desk.ask("legal ferries share")
    legal = version(2, ("withdrawal", "Nobody can show it."))
    left = tuple(each for each in legal.sections["legal"].claims if each.id != "cut")
    section = replace(legal.sections["legal"], claims=left, groups=legal.sections["legal"].groups[1:])
    desk.edit(replace(legal, sections={"legal": section}))
    desk.run()
    text = desk.entries()[0].text
    assert "took away 2 boats. [1]" not in text
    assert "2 of 3 claims" in text


def test_an_answer_in_full_stays_in_full(desk: Desk) -> None:
    desk.edit(version(2))
    desk.ask("legal ferries all share")
    assert "In 1999 there were more." in correct(desk)


def of_the_version_before(desk: Desk, page: int, pages: int) -> None:
    """The newest post as the version before recorded it: claims of a page, with their quotations, by the file's
    order."""
    with desk.store.transaction() as tx:
        (row,) = tx.connection.execute(select(posted_message)).all()
        content = json.loads(row.content)
        kept = {name: content[name] for name in ("kind", "section", "by")} | {"page": page, "pages": pages}
        tx.connection.execute(update(posted_message).values(content=json.dumps(kept)))


def test_a_post_of_the_version_before_keeps_its_claims_in_order_with_their_quotations(desk: Desk) -> None:
    desk.edit(version(2))
    desk.ask("legal ferries all share")
    of_the_version_before(desk, 1, 2)
    text = correct(desk)
    words = ["page 1 of 2", "halved the ferries", "half of the ferries are gone", "Opinion:"]
    words += ["“It is wise,” said the chair [2]", "took away 3 boats. [1]", "3 boats are taken away [1]"]
    words += ["Sources\n[1]", "answer "]
    assert [text.index(each) for each in words] == sorted(text.index(each) for each in words)
    assert "was “In 2025 the board took away 2 boats.”" in text


@pytest.mark.parametrize("view", ["", "all ", "quotes "])
def test_the_parts_of_an_answer_are_recorded_as_they_were_shown(desk: Desk, view: str) -> None:
    desk.edit(version(2))
    desk.ask(f"legal ferries {view}share")
    with desk.store.snapshot() as tx:
        shown = [each.claim for each in tx.posted_messages.get(1).claims]
    assert shown == ["lead", "view", "cut", "old"][: 4 if view else 3]

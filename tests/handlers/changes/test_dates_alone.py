"""A date alone is no news to who asks for sections; and the reason of a post names the conditions."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest

from bot.core.briefs.brief import Brief, ChangeNote
from tests.handlers.desk import Desk, counted, ferries, harbour
from tests.handlers.replica import MONDAY
from tests.make import brief

LATER = date(2025, 3, 1)


def dated(number: int = 0) -> Brief:
    return replace(ferries(number), as_of=LATER)


def reviewed() -> Brief:
    return replace(dated(), review_by=LATER)


def with_another_section() -> Brief:
    sections = {
        "legal": ferries(0).sections["legal"],
        "overview": brief("x", {"overview": [counted("o", 1, "x")]}).sections["overview"],
    }
    return replace(dated(), sections=sections)


def said(*claims: str) -> Callable[[], Brief]:
    def made() -> Brief:
        note = ChangeNote(date=MONDAY.date(), kind="update", note="Looked at again.", claims=claims)
        return replace(dated(), changes=(note,))

    return made


def texts(desk: Desk) -> list[str]:
    """What a channel is told of the brief, whether in posts, in a summary or in a digest."""
    return [
        each.text for each in desk.entries() if (each.key or "").partition("|")[0] in ("change", "summary", "digest")
    ]


def in_posts(desk: Desk, *briefs: Brief) -> None:
    desk.edit(*briefs)
    desk.run()


def in_a_summary(desk: Desk, *briefs: Brief) -> None:
    desk.decide(posts_per_publication=0)
    in_posts(desk, *briefs)


def in_a_digest(desk: Desk, *briefs: Brief) -> None:
    (follows,) = desk.subscriptions()
    with desk.store.transaction() as tx:
        tx.subscriptions.remove("T1", follows.id)
    assert desk.ask(f"subscribe {follows.spec} deliver:digest") is None
    desk.set_clock(60)
    desk.edit(*briefs)
    desk.set_clock(120)
    desk.ask("digest now")
    desk.run()


WAYS = (in_posts, in_a_summary, in_a_digest)


@pytest.mark.parametrize(
    ("spec", "edits", "hears"),
    [
        ("all", [dated], True),
        ("ferries", [dated], True),
        ("ferries", [reviewed], True),
        ("all -kind:correction", [dated], True),
        ("all/legal", [dated], False),
        ("ferries/legal", [dated], False),
        ("ferries/legal", [reviewed], False),
        ("all section:legal", [dated], False),
        ("all section:legal section:overview", [dated], False),
        ("all -section:overview", [dated], False),
        ("all -section:overview", [with_another_section], False),
        ("all section:legal", [with_another_section], False),
        ("all section:overview", [with_another_section], True),
        ("all section:legal", [lambda: dated(1)], True),
        ("all section:legal", [said("a")], True),
        ("all section:overview", [said("a")], False),
        ("all section:legal", [said()], True),
        # What follows one date after the other is one date.
        ("all section:legal", [dated, reviewed], False),
    ],
)
def test_a_date_alone_is_told_to_who_follows_the_whole_brief(
    desk: Desk, spec: str, edits: Sequence[Callable[[], Brief]], hears: bool
) -> None:
    desk.subscribe(spec)
    for made in edits:
        desk.edit(made())
    desk.run()
    assert bool(texts(desk)) is hears


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("spec", ["all", "all section:legal"])
def test_so_it_is_in_posts_summaries_and_digests(desk: Desk, way: Callable[..., None], spec: str) -> None:
    desk.subscribe(spec)
    # Another brief changes as well, so that there is something to post.
    way(desk, dated(), replace(brief("harbour", {"legal": [counted("b", 1, "boats")]}), title=harbour(0).title))
    told = "\n".join(texts(desk))
    assert told
    assert ("As of" in told or "2 briefs" in told) is (spec == "all")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("spec", ["all -kind:evidence section:legal", "ferries/legal -kind:new"])
def test_the_reason_names_the_conditions(desk: Desk, way: Callable[..., None], spec: str) -> None:
    desk.subscribe(spec)
    way(desk, ferries(1))
    (text,) = texts(desk)
    assert f"Posted because this channel follows {spec} (#" in text


def test_very_long_conditions_are_cut(desk: Desk) -> None:
    desk.subscribe(" ".join(["all", *(f"-tag:{'x' * 40}{n}" for n in range(20))]))
    in_posts(desk, ferries(1))
    (text,) = texts(desk)
    reason = text[text.index("Posted because") :]
    assert "… (#1) · /brief unsubscribe #1 ends it" in reason
    assert len(reason) < 300

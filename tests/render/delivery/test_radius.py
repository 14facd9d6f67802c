"""Who would hear, in lines for maintainers."""

from datetime import UTC, datetime

import pytest

from bot.core.delivery.radius import Audience, DigestEntry, EditedPosts, Place, Radius
from bot.render.delivery.radius import LISTED_MAX, radius_lines, radius_summary

AT = datetime(2026, 5, 12, 7, tzinfo=UTC)
DIRECT = Place("T1", None)


def channel(id: str) -> Place:
    return Place("T1", id)


@pytest.mark.parametrize(
    ("radius", "summary", "lines"),
    [
        (Radius(), "No channel will hear of it.", []),
        (Radius(unknown="it is away; start it"), "Who will hear is not known: it is away; start it.", []),
        (Radius(remarks=("Nothing is published.",)), "No channel will hear of it.", ["Nothing is published."]),
        (
            Radius(1, (Audience(channel("C1"), 1),)),
            "Who will hear: 1 subscription in 1 channel.",
            ["1 channel gets a post: C1."],
        ),
        (
            Radius(
                9,
                (Audience(channel("C1"), 2), Audience(DIRECT, 3, 3), Audience(channel("C9"), 1, paused=True)),
                (EditedPosts(channel("C1"), 2, 1, ("1.1", "2.1")), EditedPosts(DIRECT, 1, 1)),
                (DigestEntry(channel("C1"), AT, "Europe/Berlin", ("ferries",)),),
            ),
            "Who will hear: 9 subscriptions in 5 channels.",
            [
                "4 channels get a post: C1 (2 posts), 3 direct messages.",
                "1 channel is paused, and gets it later: C9.",
                "3 earlier posts are edited, with 2 notes below: C1 (2), direct messages (1).",
                "1 digest tells of it: C1 (12 May 2026, 09:00 (UTC+02:00)).",
            ],
        ),
    ],
)
def test_who_hears(radius: Radius, summary: str, lines: list[str]) -> None:
    assert (radius_summary(radius), radius_lines(radius)) == (summary, lines)


def test_a_long_list_ends_with_a_number() -> None:
    many = tuple(Audience(channel(f"C{n}"), 1) for n in range(LISTED_MAX + 3))
    (line,) = radius_lines(Radius(len(many), many))
    assert line.endswith(f"C{LISTED_MAX - 1}, 3 more.")


@pytest.mark.parametrize(("id", "shown"), [("C1", "C1"), ("G1", "G1"), ("D1", None), ("U1", None), ("W1", None)])
def test_the_id_of_a_conversation_with_one_person_is_not_in_a_place(id: str, shown: str | None) -> None:
    assert Place.of("T1", id).channel == shown

"""Why a channel gets a digest, and the command that ends it."""

from bot.core.digests.listing import ScheduleEntry
from bot.core.digests.schedule import Schedule
from bot.render.digests.reasons import reason_for_digest

MORNING = ScheduleEntry(2, Schedule.parse("daily 08:30 UTC"))
WEEKLY = ScheduleEntry(5, Schedule.parse("weekly monday 08:30 UTC"))


def test_the_command_names_the_one_digest_that_it_ends() -> None:
    assert reason_for_digest((), (MORNING,), "/brief") == (
        "Posted because this is the maintainers' channel · daily 08:30 UTC (digest 2) · /brief digest off 2 ends it"
    )


def test_of_several_that_are_due_at_once_the_command_leaves_the_choice() -> None:
    assert reason_for_digest((), (MORNING, WEEKLY), "/brief").endswith(
        "(digest 2), weekly monday 08:30 UTC (digest 5) · /brief digest off ends one"
    )


def test_a_digest_that_was_asked_for_names_no_schedule() -> None:
    assert reason_for_digest((), (), "/brief") == "Posted because this is the maintainers' channel"

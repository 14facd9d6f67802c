"""The words that never name a brief or a section."""

from bot.core.commands.command import SHARE
from bot.core.commands.reserved_words import RESERVED
from bot.core.commands.verbs import VERBS_BY_NAME


def test_they_are_the_verbs_and_what_stands_beside_names() -> None:
    assert {*VERBS_BY_NAME, SHARE, "all", "none"} == RESERVED

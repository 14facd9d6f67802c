"""Tags are among the names that suggestions know."""

from datetime import date

import pytest

from bot.core.answers.answer import Disambiguation, NoMatch
from bot.core.answers.lookup import reply
from bot.core.commands.command import ContentQuery
from bot.core.commands.parser import parse
from tests.make import brief, corpus

TAGS = ("django", "tensorflow", "pillow", "aiohttp", "access-control", "jinja2")
ADVISORIES = corpus(*(brief(f"pysec-2024-{n}", title=f"Flaw {n}", tags=(tag, "web")) for n, tag in enumerate(TAGS)))

MISSPELT = [
    ("djagno", "django"),
    ("tensorfow", "tensorflow"),
    ("TensorFow?", "tensorflow"),
    ("pilow", "pillow"),
    ("aiohtp", "aiohttp"),
    ("acces-control", "access-control"),
    ("jinja3", "jinja2"),
]


def first_suggestion(typed: str) -> str:
    query = parse(typed, ADVISORIES.names)
    assert isinstance(query, ContentQuery), query
    answer = reply(query, ADVISORIES, default=None, today=date(2025, 6, 1))
    assert isinstance(answer, NoMatch | Disambiguation), answer
    assert len(answer.suggestions) <= 3
    return str(answer.suggestions[0].command)


@pytest.mark.parametrize(("typed", "tag"), MISSPELT)
def test_a_tag_that_is_nearly_typed_is_suggested(typed: str, tag: str) -> None:
    assert first_suggestion(typed) == f"list tag:{tag}"


@pytest.mark.parametrize(("typed", "tag"), [(typed, tag) for typed, tag in MISSPELT if typed.islower()])
def test_so_is_one_that_is_nearly_typed_behind_tag(typed: str, tag: str) -> None:
    assert first_suggestion(f"list tag:{typed}") == f"list tag:{tag}"

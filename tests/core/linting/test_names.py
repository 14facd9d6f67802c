"""Of two briefs with one name the one that can best be mended has the problem, and the hint says how."""

from collections.abc import Collection, Mapping

import pytest

from bot.core.linting.checks import check_names
from tests.make import VOCABULARY, brief

EITHER = "choose another alias, or remove it from one of the two"


@pytest.mark.parametrize(
    ("aliases", "changed", "expected"),
    [
        (
            {"a": ["A"]},
            (),
            'a aliases.0: "A" already names this brief; remove it: a brief answers to the name of its file',
        ),
        ({"a": ["x", "X"]}, (), 'a aliases.1: "X" already names this brief; remove one of the two'),
        ({"a": ["x"], "b": ["x"]}, (), f'b aliases.0: "x" already names a; {EITHER}'),
        ({"a": ["x"], "b": ["x"]}, ("a",), f'a aliases.0: "x" already names b; {EITHER}'),
        ({"a": ["x"], "b": ["x"]}, ("a", "b"), f'b aliases.0: "x" already names a; {EITHER}'),
        ({"a": ["b"], "b": []}, (), 'a aliases.0: "b" already names b; choose another alias'),
        ({"a": [], "b": ["a"]}, (), 'b aliases.0: "a" already names a; choose another alias'),
        ({"a": ["b"], "b": []}, ("a", "b"), 'a aliases.0: "b" already names b; choose another alias'),
        ({"a": ["b"], "b": []}, ("a",), 'a aliases.0: "b" already names b; choose another alias'),
        ({"a": ["b"], "b": []}, ("b",), 'b : "b" already names a; rename this file, or remove the alias from a'),
    ],
)
def test_a_clash_is_told_where_it_can_be_mended(
    aliases: Mapping[str, list[str]], changed: Collection[str], expected: str
) -> None:
    briefs = {slug: brief(slug, aliases=tuple(each)) for slug, each in aliases.items()}
    problems = [
        f"{slug} {'.'.join(map(str, each.at))}: {each.message}; {each.hint}"
        for slug, each in check_names(VOCABULARY, briefs, changed)
    ]
    assert problems == [expected]

"""What phrases mean, and what words are nearly."""

from bot.core.commands.name_index import Name, build_name_index
from bot.core.spelling import closest_match

FOUND = build_name_index(
    [
        ("legal", Name("section", "legal")),
        ("law", Name("section", "legal")),
        ("list", Name("verb", "list")),
        ("uk-rwanda", Name("brief", "uk-rwanda")),
        ("Rwanda Plan", Name("brief", "uk-rwanda")),
    ]
)


def test_case_hyphens_and_spaces_do_not_matter() -> None:
    assert FOUND.exact("UK  Rwanda") == FOUND.exact("uk_rwanda") == (Name("brief", "uk-rwanda"),)


def test_a_prefix_gives_each_name_once_sections_first() -> None:
    assert FOUND.prefixed("l") == (Name("section", "legal"), Name("verb", "list"))


def test_a_word_of_a_slug_is_near_but_not_exact() -> None:
    assert FOUND.exact("rwanda") == ()
    assert [near.name for near in FOUND.similar("rwnda")] == [Name("brief", "uk-rwanda")]


def test_ratio_80_is_near_enough_and_less_is_not() -> None:
    assert [near.ratio for near in FOUND.similar("leagl")] == [80]
    assert FOUND.similar("lgal-ish") == []


def test_unrelated_words_are_not_near() -> None:
    assert FOUND.similar("zebra") == []
    assert closest_match("zebra", ["legal", "list"]) is None

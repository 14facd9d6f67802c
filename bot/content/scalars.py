"""Problems of single values and keys, as they are once escapes such as `"\\u202e"` are read."""

from collections.abc import Iterator

from bot.content.yaml_tree import Tree
from bot.core.linting import syntax_rules, value_rules
from bot.core.linting.characters import refused
from bot.core.linting.diagnostic import Key, Path, Problem


def scalar_problems(tree: Tree, at: Path = ()) -> Iterator[Problem]:
    """One problem for each refused character in a value or key, and for each null, in the order of the text."""
    if tree is None:
        yield value_rules.null_value(at)
    elif isinstance(tree, str):
        yield from _characters(tree, at)
    elif isinstance(tree, list):
        for index, item in enumerate(tree):
            yield from scalar_problems(item, (*at, index))
    else:
        for key, value in tree.items():
            yield from _characters(key, (*at, Key(key)))
            yield from scalar_problems(value, (*at, key))


def _characters(text: str, at: Path) -> Iterator[Problem]:
    return (syntax_rules.forbidden_character(at, text[index]) for index in refused(text))

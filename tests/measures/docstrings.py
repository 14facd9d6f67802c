"""Which public docstrings say what a caller cannot see from the signature.

A docstring counts when its text has one of five signs:
- shape: a literal in backquotes that is more than a name, JSON, a tuple such as `(slug, day)`, "by slug", "each once",
  "at most", "empty", …
- unit: seconds, characters, days, UTC, "counts from 1", …
- order: order, sorted, first, newest, …
- None: the word None
- raises: `Raises:`, "raised"

Left out are docstrings where the types say it all:
- of functions that raise nothing, take no `None`, and return neither None beside something else nor text, numbers,
  dates or collections;
- of classes without public fields of these types, and of exceptions, whose docstring says when they are raised;
- of what a decorator registers under a name: that docstring is for users.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.measures.sources import Source, Spot, spot

_KEY = "id|slug|name|key|path|number|kind|section|channel|team|day|hash|title"
SIGNS = {
    "shape": r"\(\w+(, \w+)+\)|\bJSON\b|\bhex\b|\baware\b|\bregular expression\b|"
    r"\b(?:list|mapping|dict|set|tuple|pairs?|sequence|lines?) of\b|\b(?:in|ex)cluded\b|\beach once\b|\bunique\b|"
    rf"\bby (?:(?:its|their|the) )?(?:{_KEY}|first word|\()s?\b|\bat (?:most|least)\b|\bempty\b|"
    r"\b[Ii]mmutable\b|\b[Tt]hread-safe\b",
    "unit": r"(?i:\b(?:seconds?|minutes?|hours?|milliseconds?|ms|days|characters?|bytes?|code points?|percent|UTC|"
    r"counts? from|per minute|time zone|local time|number of)\b)|%|\b0 where\b",
    "order": r"(?i:\b(?:order(?:ed)?|sorted|newest|oldest|latest|first|last|ascending|alphabetical(?:ly)?|by date)\b)",
    "None": r"\bNone\b",
    "raises": r"\b[Rr]aise[sd]?\b",
}
_SIGN = re.compile("|".join(SIGNS.values()))
_QUOTED = re.compile(r"`([^`]*)`")
_NAME = re.compile(r"[^\W\d][\w.]*")
_TYPES_TO_EXPLAIN = re.compile(
    r"\b(?:None|str|bytes|int|float|date|datetime|timedelta|Any|object|list|tuple|dict|set|frozenset|Sequence|Mapping|"
    r"Iterable|Iterator|Generator|Collection|Set|Counter)\b"
)

Function = ast.FunctionDef | ast.AsyncFunctionDef
Definition = Function | ast.ClassDef


@dataclass(frozen=True)
class Docstrings:
    """Places of public docstrings. Of those that need a sign `telling` have one and `silent` lack it; `exempt` need
    none, and `telling_exempt` of these have one all the same."""

    telling: tuple[Spot, ...]
    silent: tuple[Spot, ...]
    exempt: tuple[Spot, ...]
    telling_exempt: int

    @property
    def share(self) -> float:
        """Those that tell, in percent of those that need to; 100 where there are none."""
        needed = len(self.telling) + len(self.silent)
        return 100 * len(self.telling) / needed if needed else 100.0

    @property
    def share_of_all(self) -> float:
        """Those that tell, needed or not, in percent of all; 100 where there are none."""
        count = len(self.telling) + len(self.silent) + len(self.exempt)
        return 100 * (len(self.telling) + self.telling_exempt) / count if count else 100.0


def docstrings(sources: Sequence[Source]) -> Docstrings:
    """Of public functions, classes and methods of public modules, in the order of the files."""
    documented = [
        (spot(source, node, name), node, says_more(text)) for source in sources for name, node, text in _public(source)
    ]
    needy = [(place, tells) for place, node, tells in documented if not _needs_nothing(node)]
    exempt = [(place, tells) for place, node, tells in documented if _needs_nothing(node)]
    return Docstrings(
        telling=tuple(place for place, tells in needy if tells),
        silent=tuple(place for place, tells in needy if not tells),
        exempt=tuple(place for place, _ in exempt),
        telling_exempt=sum(tells for _, tells in exempt),
    )


def says_more(text: str) -> bool:
    """Whether a docstring's text has one of the signs."""
    line = " ".join(text.split())
    literals = (each for each in _QUOTED.findall(line) if not _NAME.fullmatch(each))
    return any(literals) or _SIGN.search(_QUOTED.sub("", line)) is not None


def _public(source: Source) -> Iterator[tuple[str, Definition, str]]:
    """(name, definition, docstring) of all that is public and documented."""
    if not any(part.startswith("_") for part in source.module.split(".")):
        yield from _public_in(source.tree.body, "")


def _public_in(body: Sequence[ast.stmt], prefix: str) -> Iterator[tuple[str, Definition, str]]:
    for node in body:
        if isinstance(node, Definition) and not node.name.startswith("_"):
            text = ast.get_docstring(node)
            if text is not None:
                yield prefix + node.name, node, text
            if isinstance(node, ast.ClassDef):
                yield from _public_in(node.body, f"{prefix}{node.name}.")


def _needs_nothing(node: Definition) -> bool:
    if isinstance(node, ast.ClassDef):
        return node.name.endswith("Error") or not any(_is_to_explain(each) for each in _fields(node))
    return _is_registered(node) or not (_raises(node) or _takes_none(node) or _gives_what_is_to_explain(node))


def _fields(node: ast.ClassDef) -> list[ast.expr]:
    """The annotations of public fields."""
    fields = (each for each in node.body if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name))
    return [each.annotation for each in fields if not ast.unparse(each.target).startswith("_")]


def _is_registered(node: Function) -> bool:
    calls = (each for each in node.decorator_list if isinstance(each, ast.Call))
    firsts = (call.args[0] for call in calls if call.args)
    return any(isinstance(first, ast.Constant) and isinstance(first.value, str) for first in firsts)


def _raises(node: Function) -> bool:
    return any(isinstance(each, ast.Raise) for each in ast.walk(node))


def _takes_none(node: Function) -> bool:
    arguments = node.args.posonlyargs + node.args.args + node.args.kwonlyargs
    return any(each.annotation is not None and "None" in ast.unparse(each.annotation) for each in arguments)


def _gives_what_is_to_explain(node: Function) -> bool:
    """A missing annotation is to explain."""
    return node.returns is None or (ast.unparse(node.returns) != "None" and _is_to_explain(node.returns))


def _is_to_explain(annotation: ast.expr) -> bool:
    return _TYPES_TO_EXPLAIN.search(ast.unparse(annotation)) is not None

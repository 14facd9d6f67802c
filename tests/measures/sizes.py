"""How long functions and files are, and how much of them is comment or test."""

import ast
import io
import tokenize
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median

from tests.measures.sources import Source, Spot, spot

FUNCTION_MAX = 40
FILE_MAX = 300


@dataclass(frozen=True)
class Spread:
    """Median, 90th percentile (nearest rank) and maximum of some counts; all 0 of none."""

    median: int
    p90: int
    max: int


def spread(counts: Iterable[int]) -> Spread:
    """The median is rounded up."""
    ordered = sorted(counts) or [0]
    return Spread(ceil(median(ordered)), ordered[ceil(0.9 * len(ordered)) - 1], ordered[-1])


def functions(source: Source) -> list[tuple[Spot, int]]:
    """Every function and method with its lines, from `def` to its end: its docstring counts, its decorators do not."""
    return [
        (spot(source, node, node.name), (node.end_lineno or node.lineno) - node.lineno + 1)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def comment_lines(source: Source) -> int:
    """Lines that hold a comment and nothing else."""
    tokens = tokenize.generate_tokens(io.StringIO(source.text).readline)
    return sum(token.type == tokenize.COMMENT and token.line.lstrip().startswith("#") for token in tokens)


def code_lines(source: Source) -> int:
    """Lines that are neither blank nor only a comment; docstrings count."""
    return sum(bool(line.strip()) for line in source.text.splitlines()) - comment_lines(source)


def comment_share(sources: Sequence[Source]) -> float:
    """Full-line comments in percent of the code lines."""
    return 100 * sum(map(comment_lines, sources)) / max(1, sum(map(code_lines, sources)))


def test_ratio(code: Sequence[Source], tests: Sequence[Source]) -> float:
    """Code lines of the tests for one of the product."""
    return sum(map(code_lines, tests)) / max(1, sum(map(code_lines, code)))

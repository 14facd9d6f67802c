"""The Python files below a directory, read and parsed once."""

import ast
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True)
class Source:
    """One file. `path` is relative to the directory that holds the package, e.g. `bot/core/answers/lookup.py`."""

    path: Path
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree. Raises: SyntaxError."""
        return ast.parse(self.text, str(self.path))

    @property
    def module(self) -> str:
        """The dotted name, e.g. `bot.core.answers.lookup`; a package's is that of its directory."""
        parts = self.path.with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def is_migration(self) -> bool:
        """Whether it lies in a package of migrations, which stay as they were when they were released."""
        return "migrations" in self.path.parts

    @property
    def lines(self) -> int:
        """All lines, blank ones too."""
        return len(self.text.splitlines())


@dataclass(frozen=True)
class Spot:
    """A line of a file with what stands there; lines and columns count from 1."""

    path: Path
    line: int
    column: int
    name: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column} {self.name}"


def spot(source: Source, node: ast.expr | ast.stmt | ast.arg | ast.excepthandler | ast.pattern, name: str) -> Spot:
    """Where a node of the source's tree begins."""
    return Spot(source.path, node.lineno, node.col_offset + 1, name)


def read(root: Path, package: str) -> tuple[Source, ...]:
    """All files of `root/package`, by path."""
    paths = sorted((root / package).rglob("*.py"))
    return tuple(Source(path.relative_to(root), path.read_text(encoding="utf-8")) for path in paths)

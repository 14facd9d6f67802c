"""Rooms, and the arrows that imports draw between them.

A room is a package at most two levels below the product's (`core/answers`). A file that lies directly in a layer is a
room of its own in that layer (`core/spelling`), as a file beside the layers is (`settings`).
"""

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.measures.sources import Source

LAYERS = ("core", "handlers", "render")
SUBJECTS = frozenset("briefs evidence answers commands changes subscriptions digests delivery".split())
ALSO = {"core": frozenset({"linting"}), "render": frozenset({"document"})}
FILES_MAX = 8

Graph = Mapping[str, frozenset[str]]
"""The rooms that each room imports; every room is a key, and none imports itself."""


@dataclass(frozen=True)
class Floors:
    """`floors`: rooms on the longest path, a circle counts as one. `upward`: the arrows inside circles. `circles`:
    rooms that import each other, by name."""

    rooms: int
    floors: int
    arrows: int
    upward: int
    circles: tuple[tuple[str, ...], ...]


def imports(source: Source, modules: frozenset[str]) -> Iterator[str]:
    """The modules of the product that a file imports, wherever the import stands; repeated as often as it is."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)
        elif isinstance(node, ast.ImportFrom):
            base = _base(source, node)
            for alias in node.names:
                full = f"{base}.{alias.name}"
                if full in modules:
                    yield full
                elif base in modules:
                    yield base


def _base(source: Source, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = source.path.parent.parts
    above = package[: len(package) - node.level + 1]
    return ".".join([*above, *([node.module] if node.module else [])])


def room(module: str) -> str:
    """The room of a module, e.g. `core/answers` of `bot.core.answers.lookup`; "" for the product's own package."""
    return "/".join(module.split(".")[1:3])


def layer(module: str) -> str:
    """The first package below the product's."""
    return "/".join(module.split(".")[1:2])


def graph(sources: Sequence[Source], place: Callable[[str], str] = room) -> Graph:
    """The arrows between the places of modules; the product's own package is left out."""
    modules = frozenset(source.module for source in sources)
    arrows: dict[str, set[str]] = {}
    for source in sources:
        here = place(source.module)
        there = {place(module) for module in imports(source, modules)}
        if here and not _is_bare_layer(source, here):
            arrows.setdefault(here, set()).update(there - {here, ""})
    return {here: frozenset(there & arrows.keys()) for here, there in arrows.items()}


def _is_bare_layer(source: Source, place: str) -> bool:
    """An `__init__.py` that imports nothing is no room."""
    return source.path.name == "__init__.py" and "/" not in place and len(source.tree.body) <= 1


def within(whole: Graph, name: str) -> Graph:
    """The part of a graph that lies in one layer."""
    inside = {here for here in whole if here.startswith(f"{name}/")}
    return {here: whole[here] & inside for here in inside}


def floors(rooms: Graph) -> Floors:
    """Counts a graph."""
    knots = circles(rooms)
    of_room = {room: number for number, knot in enumerate(knots) for room in knot}
    arrows = [(here, there) for here, targets in rooms.items() for there in targets]
    heights: dict[int, int] = {}
    for number, knot in enumerate(knots):  # each knot comes behind all that it leads to
        below = {of_room[there] for here in knot for there in rooms[here]} - {number}
        heights[number] = 1 + max((heights[other] for other in below), default=0)
    return Floors(
        rooms=len(rooms),
        floors=max(heights.values(), default=0),
        arrows=len(arrows),
        upward=sum(of_room[here] == of_room[there] for here, there in arrows),
        circles=tuple(knot for knot in knots if len(knot) > 1),
    )


def circles(rooms: Graph) -> list[tuple[str, ...]]:
    """The strongly connected components, rooms that stand alone too; each behind those that it leads to."""
    order: list[str] = []
    seen: set[str] = set()
    for start in sorted(rooms):
        _visit(start, lambda room: rooms[room], seen, order)
    reverse = {room: [here for here in rooms if room in rooms[here]] for room in rooms}
    seen.clear()
    knots: list[tuple[str, ...]] = []
    for start in reversed(order):
        knot: list[str] = []
        _visit(start, lambda room: reverse[room], seen, knot)
        if knot:
            knots.append(tuple(sorted(knot)))
    return knots[::-1]


def _visit(room: str, targets: Callable[[str], Iterable[str]], seen: set[str], order: list[str]) -> None:
    """Depth first, after all that it leads to."""
    if room not in seen:
        seen.add(room)
        for target in sorted(targets(room)):
            _visit(target, targets, seen, order)
        order.append(room)


def layout_problems(root: Path) -> list[str]:
    """What the layers hold besides the subjects' packages and a few files, as lines."""
    return [
        problem for name in LAYERS for problem in _layer_problems(root / name, SUBJECTS | ALSO.get(name, frozenset()))
    ]


def _layer_problems(directory: Path, allowed: frozenset[str]) -> Iterator[str]:
    packages = sorted({path.parent.relative_to(directory) for path in directory.rglob("*.py")} - {Path()})
    yield from (f"{directory.name}/{package} is no subject" for package in packages if str(package) not in allowed)
    files = [path for path in directory.glob("*.py") if path.name != "__init__.py"]
    if len(files) > FILES_MAX:
        yield f"{directory.name}/ holds {len(files)} files beside its packages, {FILES_MAX} may be"

"""The structure of the code in numbers, side by side with the goals.

python -m tests.house [--strict] [--list PART]

--strict     exit code 1 when a goal is missed
--list PART  the places behind the numbers of one part, one a line, instead of the table
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from textwrap import fill

from tests.conftest import ROOT
from tests.measures import names, rooms, sizes
from tests.measures.docstrings import Docstrings, docstrings
from tests.measures.sources import Source, read
from tests.measures.walk import Walk, walks_of_the_command

ROOM_GOALS = {"core": (10, 6, 18), "handlers": (10, 8, 30), "render": (9, 7, 17)}
"""Rooms, floors and arrows at most, by layer."""

GLUE = "\0"
"""Stands for the blanks inside a place, so that no line ends there."""


@dataclass(frozen=True)
class Row:
    """One measure. `reached` is None where there is no goal. `places` are what was counted, where that can be
    named; they are printed below the table unless there are too many to be read (`is_long`)."""

    measure: str
    goal: str
    now: str
    reached: bool | None = None
    places: tuple[str, ...] = ()
    is_long: bool = False


@dataclass(frozen=True)
class House:
    """The files of the product and of its tests, and the directory that holds both."""

    root: Path
    code: tuple[Source, ...]
    tests: tuple[Source, ...]


def house(root: Path) -> House:
    """Reads `root/bot` and `root/tests`."""
    return House(root, read(root, "bot"), read(root, "tests"))


def at_most(measure: str, now: int, goal: int, places: Iterable[object] = ()) -> Row:
    """A measure that is to be small; `places` are shown as their text."""
    return Row(measure, f"<= {goal}" if goal else "0", str(now), now <= goal, tuple(map(str, places)))


def none_of(measure: str, places: Iterable[object], *, is_long: bool = False) -> Row:
    """A measure of what should not be there at all."""
    return replace(at_most(measure, len(listed := tuple(places)), 0, listed), is_long=is_long)


def between(measure: str, now: float, low: float, high: float) -> Row:
    """A measure that is to lie in a range, both ends included."""
    return Row(measure, f"{low:g}-{high:g}", f"{now:.2f}", low <= now <= high)


def only_shown(measure: str, now: object, places: Iterable[object] = ()) -> Row:
    """A measure without a goal."""
    return Row(measure, "", str(now), None, tuple(map(str, places)))


# The parts of the table


def size_rows(house: House) -> list[Row]:
    """Lines of functions but those of migrations, which are lists of statements, and of files; comments; tests."""
    functions = [each for source in house.code if not source.is_migration for each in sizes.functions(source)]
    of_functions = sizes.spread(lines for _, lines in functions)
    of_files = sizes.spread(source.lines for source in house.code)
    long = [f"{place} ({lines} lines)" for place, lines in functions if lines > sizes.FUNCTION_MAX]
    big = [f"{source.path} ({source.lines} lines)" for source in house.code if source.lines > sizes.FILE_MAX]
    return [
        at_most("function lines, median", of_functions.median, 8),
        at_most("function lines, p90", of_functions.p90, 25),
        only_shown("function lines, max", of_functions.max),
        none_of(f"functions over {sizes.FUNCTION_MAX} lines", long),
        at_most("file lines, median", of_files.median, 110),
        only_shown("file lines, p90", of_files.p90),
        only_shown("file lines, max", of_files.max),
        none_of(f"files over {sizes.FILE_MAX} lines", big),
        between("full-line comments, % of code lines", sizes.comment_share(house.code), 2, 5),
        between("test lines : code lines", sizes.test_ratio(house.code, house.tests), 1.3, 2.5),
    ]


def walk_rows(first: Walk, again: Walk) -> list[Row]:
    """The first command of a process, and the same once more."""
    return [
        at_most("modules that the first /brief legal enters", len(first.modules), 12, first.modules),
        at_most("moves between modules of the first", first.moves, 120),
        only_shown("moves between modules of the first, by calls alone", first.call_moves),
        only_shown("modules that a repeated one enters", len(again.modules), again.modules),
        only_shown("moves between modules of the repeated one", again.moves),
    ]


def room_rows(house: House) -> list[Row]:
    """Rooms, floors, arrows and circles: by layer, of all rooms, and of the layers themselves; then the layout."""
    whole = rooms.graph(house.code)
    rows = []
    for layer in rooms.LAYERS:
        rows += _floor_rows(layer, rooms.floors(rooms.within(whole, layer)), ROOM_GOALS[layer])
    rows += _floor_rows("all rooms", rooms.floors(whole))
    rows += _floor_rows("layers", rooms.floors(rooms.graph(house.code, rooms.layer)))
    problems = rooms.layout_problems(house.root / "bot")
    return [*rows, none_of("layers with other packages, or more than 8 files", problems)]


def _floor_rows(name: str, now: rooms.Floors, goals: tuple[int, int, int] | None = None) -> list[Row]:
    counts = {f"{name}: rooms": now.rooms, f"{name}: floors": now.floors, f"{name}: arrows": now.arrows}
    if goals is None:
        rows = [only_shown(measure, count) for measure, count in counts.items()]
    else:
        rows = [at_most(measure, count, goal) for (measure, count), goal in zip(counts.items(), goals, strict=True)]
    circles = [" - ".join(circle) for circle in now.circles]
    return [*rows, at_most(f"{name}: upward arrows", now.upward, 0), none_of(f"{name}: circles", circles)]


def docstring_rows(result: Docstrings) -> list[Row]:
    """The public docstrings that say shape, unit, order, None or raises."""
    measure = "public docstrings that say shape, unit, order, None or raises, %"
    return [
        Row(measure, "100", f"{result.share:.1f}", not result.silent, tuple(map(str, result.silent)), is_long=True),
        only_shown("public docstrings that lack it", len(result.silent)),
        only_shown("public docstrings whose types say it all", len(result.exempt)),
        only_shown("share that says it of all public docstrings, %", f"{result.share_of_all:.1f}"),
    ]


def name_rows(house: House) -> list[Row]:
    """Participles as names, and names that were given up."""
    participles = [each for source in house.code for each in names.participles(source)]
    functions = names.old_functions(house.code)
    return [
        none_of(f"names called {' '.join(sorted(names.PARTICIPLES))}", participles, is_long=True),
        none_of("old names left: types", names.old_types(house.code)),
        none_of("old names left: constants", names.old_constants(house.code)),
        none_of("old names left: modules", (each.path for each in names.old_modules(house.code))),
        none_of("old names left: tables", names.old_tables(house.code)),
        none_of("old names left: settings", names.old_settings(house.code)),
        replace(only_shown("old names left: functions, methods, fields", len(functions), functions), is_long=True),
    ]


PARTS: dict[str, Callable[[House], list[Row]]] = {
    "sizes": size_rows,
    "walk": lambda _: walk_rows(*walks_of_the_command()),
    "rooms": room_rows,
    "docstrings": lambda house: docstring_rows(docstrings(house.code)),
    "names": name_rows,
}


# What is printed


def table(rows: Sequence[Row]) -> str:
    """The rows as aligned columns, and below them the places of those that have some."""
    verdicts = {True: "ok", False: "missed", None: ""}
    cells = [("measure", "goal", "now", "")] + [(row.measure, row.goal, row.now, verdicts[row.reached]) for row in rows]
    width, goal, now = (max(len(cell[column]) for cell in cells) for column in range(3))
    lines = [f"{a:<{width}}  {b:>{goal}}  {c:>{now}}  {d}".rstrip() for a, b, c, d in cells]
    return "\n".join([*lines, *(_paragraph(row) for row in rows if row.places and not row.is_long)]) + "\n"


def _paragraph(row: Row) -> str:
    text = ", ".join(place.replace(" ", GLUE) for place in row.places)
    lines = fill(text, 118, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False, break_long_words=False)
    return f"\n{row.measure}:\n{lines.replace(GLUE, ' ')}"


def places(rows: Sequence[Row]) -> str:
    """What stands behind the numbers, each below its measure."""
    return "".join(f"{row.measure}: {row.now}\n" + "".join(f"  {place}\n" for place in row.places) for row in rows)


def main(arguments: Sequence[str]) -> int:
    """The exit code: 1 with `--strict` when a goal is missed, else 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.house", description="Measures the structure of bot/.")
    parser.add_argument("--strict", action="store_true", help="exit with 1 when a goal is missed")
    parser.add_argument("--list", choices=PARTS, dest="part", help="the places behind the numbers of one part")
    options = parser.parse_args(arguments)
    parts = PARTS.values() if options.part is None else [PARTS[options.part]]
    here = house(ROOT)
    rows = [row for part in parts for row in part(here)]
    sys.stdout.write(table(rows) if options.part is None else places(rows))
    return int(options.strict and any(row.reached is False for row in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

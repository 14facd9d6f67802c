"""The measures of the code's structure, on small trees."""

from importlib import import_module
from pathlib import Path
from textwrap import dedent

import pytest

from tests import house
from tests.conftest import ROOT
from tests.measures import names, rooms, sizes
from tests.measures.docstrings import docstrings, says_more
from tests.measures.sources import Source, read
from tests.measures.walk import walk


def tree(root: Path, **files: str) -> house.House:
    """Writes files below `root/bot` (`core__x` is `bot/core/x.py`) with their packages, and reads them."""
    (root / "tests").mkdir()
    for name, text in files.items():
        path = root / "bot" / f"{name.replace('__', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
    for directory in {path.parent for path in (root / "bot").rglob("*.py")}:
        (directory / "__init__.py").touch()
    return house.house(root)


def source(text: str, path: str = "bot/core/x.py") -> Source:
    return Source(Path(path), dedent(text))


def row(rows: list[house.Row], measure: str) -> house.Row:
    return next(each for each in rows if each.measure == measure)


# Sizes


def function_of(lines: int) -> str:
    return "def long():\n" + "    pass\n" * (lines - 1)


def test_a_function_of_41_lines_is_named(tmp_path: Path) -> None:
    here = tree(tmp_path, core__a=function_of(40), core__b=function_of(41))
    long = row(house.size_rows(here), "functions over 40 lines")
    assert (long.places, long.reached) == (("bot/core/b.py:1:1 long (41 lines)",), False)


def test_a_migration_may_be_one_long_function(tmp_path: Path) -> None:
    here = tree(tmp_path, store__migrations__first=function_of(100))
    assert row(house.size_rows(here), "functions over 40 lines").reached


def test_a_file_of_301_lines_is_named(tmp_path: Path) -> None:
    here = tree(tmp_path, core__a="x = 1\n" * 300, core__b="x = 1\n" * 301)
    assert row(house.size_rows(here), "files over 300 lines").places == ("bot/core/b.py (301 lines)",)


def test_a_spread_is_of_real_counts() -> None:
    assert sizes.spread(range(1, 11)) == sizes.Spread(median=6, p90=9, max=10)
    assert sizes.spread([]) == sizes.Spread(0, 0, 0)


def test_only_comments_with_a_line_of_their_own_count() -> None:
    text = '''\
        """A docstring.

        # no comment
        """
        # a comment
        x = 1  # not alone
    '''
    assert (sizes.comment_lines(source(text)), sizes.code_lines(source(text))) == (1, 4)


# Rooms


def test_a_circle_of_rooms_is_found_and_its_arrows_run_upward(tmp_path: Path) -> None:
    here = tree(
        tmp_path,
        core__answers__lookup="from bot.core.briefs.brief import Brief",
        core__briefs__brief="from bot.core.commands import parser",
        core__commands__parser="import bot.core.answers.lookup",
        core__spelling="from bot.core.briefs import brief",
    )
    floors = rooms.floors(rooms.within(rooms.graph(here.code), "core"))
    circle = ("core/answers", "core/briefs", "core/commands")
    assert floors == rooms.Floors(rooms=4, floors=2, arrows=4, upward=3, circles=(circle,))
    assert row(house.room_rows(here), "core: circles").reached is False


def test_floors_are_the_rooms_on_the_longest_path(tmp_path: Path) -> None:
    here = tree(
        tmp_path,
        core__a="from bot.core import b, c",
        core__b="from .c import x",
        core__c="from ..errors import Error\nfrom bot.core.c import y",
        errors="class Error(Exception): ...",
    )
    whole = rooms.graph(here.code)
    assert whole["core/a"] == {"core/b", "core/c"}
    assert whole["core/c"] == {"errors"}
    assert rooms.floors(rooms.within(whole, "core")) == rooms.Floors(3, 3, 3, 0, ())
    assert rooms.floors(rooms.graph(here.code, rooms.layer)) == rooms.Floors(2, 2, 1, 0, ())


def test_imports_inside_one_room_are_no_arrows(tmp_path: Path) -> None:
    here = tree(tmp_path, core__answers__a="from bot.core.answers import b", core__answers__b="from .a import x")
    assert rooms.floors(rooms.graph(here.code)).arrows == 0


def test_a_package_that_is_no_subject_breaks_the_layout(tmp_path: Path) -> None:
    tree(
        tmp_path,
        core__answers__x="",
        core__linting__x="",
        core__misc__x="",
        render__document__x="",
        render__linting__x="",
        handlers__delivery__deep__x="",
    )
    assert rooms.layout_problems(tmp_path / "bot") == [
        "core/misc is no subject",
        "handlers/delivery/deep is no subject",
        "render/linting is no subject",
    ]


@pytest.mark.parametrize(("files", "problems"), [(8, 0), (9, 1)])
def test_eight_files_may_lie_beside_the_packages(tmp_path: Path, files: int, problems: int) -> None:
    tree(tmp_path, **{f"core__file_{number}": "" for number in range(files)})
    assert len(rooms.layout_problems(tmp_path / "bot")) == problems


# Names


@pytest.mark.parametrize(
    "text",
    [
        "found = 1",
        "found: int = 1",
        "a, (*found, b) = c",
        "for found in x: pass",
        "[1 for found in x]",
        "with x as found: pass",
        "try: pass\nexcept E as found: pass",
        "if (found := x): pass",
        "match x:\n    case found: pass",
        "match x:\n    case str() as found: pass",
        "match x:\n    case [*found]: pass",
        "match x:\n    case {**found}: pass",
        "match x:\n    case A(b=found): pass",
        "def f(found): pass",
        "def f(*found): pass",
        "def f(*, found=1): pass",
        "lambda found: 1",
        "import x as found",
        "class A:\n    found: int",
    ],
)
def test_a_participle_is_found_wherever_a_name_is_bound(text: str) -> None:
    assert [each.name for each in names.participles(source(text))] == ["found"]


def test_a_participle_that_is_only_read_or_part_of_a_name_is_none() -> None:
    assert names.participles(source("x = found + told.shown\nfound_at = 1\nf(kept=2)\ndef asked(): pass")) == []


def test_a_place_is_the_line_and_column_of_the_name() -> None:
    assert [str(each) for each in names.participles(source("x = 1\nfor told in x: pass"))] == ["bot/core/x.py:2:5 told"]


def names_left(find: names.Finder, text: str, path: str = "bot/core/x.py") -> list[str]:
    return [each.name for each in find([source(text, path)])]


def test_an_old_type_is_found_as_a_class_and_as_an_alias() -> None:
    assert names_left(names.old_types, "class Memo: ...\nKept = int | str\nclass Claim: ...") == ["Memo", "Kept"]


def test_an_old_name_may_be_right_in_another_layer() -> None:
    assert names_left(names.old_types, "class Claim: ...", "bot/jobs/lease.py") == ["Claim"]
    assert names_left(names.old_types, "class Claim: ...", "bot/core/briefs/brief.py") == []


def test_of_two_things_with_one_name_one_may_keep_it() -> None:
    one = source("class Due: ...", "bot/core/digests/schedule.py")
    other = source("class Due: ...", "bot/core/digests/listing.py")
    assert names.old_types([one]) == []
    assert len(names.old_types([one, other])) == 2


def test_an_old_module_constant_and_table_are_found() -> None:
    assert names_left(names.old_modules, "", "bot/core/wish.py") == ["wish"]
    assert names_left(names.old_constants, "NAP = 1\ndef f():\n    BEAT = 2") == ["NAP"]
    assert names_left(names.old_tables, 'x = Table("lane", metadata)\ny = sa.Table("outbox", m)') == ["lane"]


def test_a_migration_keeps_the_names_of_its_time() -> None:
    assert names_left(names.old_tables, 'x = Table("lane", m)', "bot/store/migrations/versions/x.py") == []


def test_an_old_setting_may_only_stand_beside_the_new_one() -> None:
    assert names_left(names.old_settings, 'f"see BRIEFBOT_UNKNOWN={x}"') == ["BRIEFBOT_UNKNOWN"]
    assert names_left(names.old_settings, 'raise E("BRIEFBOT_UNKNOWN is now BRIEFBOT_UNCONFIRMED_POSTS")') == []


def test_methods_and_fields_are_told_from_functions() -> None:
    text = """
        class Item:
            again: str
            title: str
            def since(self): ...

        def often(): ...
        def since():
            def wish(): ...
    """
    assert names_left(names.old_functions, text) == [".again", "since", "wish"]
    assert names_left(names.old_functions, "class Vocabulary:\n    title: str") == ["Vocabulary.title"]


# Docstrings


@pytest.mark.parametrize(
    "text",
    [
        "The brief of a slug; None where there is none.",
        "Raises: ValueError.",
        "All posts, newest first.",
        "The time to wait, in seconds.",
        "Counts by (team, words).",
        "A time such as `12h`.",
    ],
)
def test_a_docstring_that_says_more_than_the_signature(text: str) -> None:
    assert says_more(text)


@pytest.mark.parametrize(
    "text", ["What to do about it.", "The answer to `command`.", "Publishes a brief.", "`a` is one, `b` two."]
)
def test_a_docstring_that_says_no_more_than_the_signature(text: str) -> None:
    assert not says_more(text)


def test_public_docstrings_are_sorted_by_what_they_need() -> None:
    text = '''
        """A module's docstring is not counted."""

        def telling() -> int:
            """Seconds."""

        def silent() -> list[Thing]:
            """The thing."""

        def without() -> int: ...

        def _private() -> int:
            """The thing."""

        def exempt(a: int) -> bool:
            """Whether it is so."""

        def takes_none(a: int | None) -> bool:
            """Whether it is so."""

        def may_raise() -> None:
            """Does it."""
            raise ValueError

        @rule("B101")
        def registered() -> str:
            """Read by users."""

        class LostError(Exception):
            """It is lost."""

        def own_type() -> Thing:
            """The thing."""

        def sometimes() -> Thing | None:
            """The thing."""

        class Private:
            """A thing."""

            _field: str

        class Silent:
            """A thing."""

            field: str

            def method(self) -> str:
                """The thing."""
    '''
    result = docstrings([source(text)])
    assert [each.name for each in result.telling] == ["telling"]
    assert [each.name for each in result.silent] == [
        "silent",
        "takes_none",
        "may_raise",
        "sometimes",
        "Silent",
        "Silent.method",
    ]
    assert [each.name for each in result.exempt] == ["exempt", "registered", "LostError", "own_type", "Private"]
    assert result.share == pytest.approx(100 / 7)
    assert result.share_of_all == pytest.approx(100 / 12)


# The walk


def test_a_walk_names_the_modules_and_counts_the_moves_between_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "walked"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "far.py").write_text("def far():\n    return near()\n\ndef near():\n    return 1\n", encoding="utf-8")
    (package / "start.py").write_text(
        "from threading import Thread\nfrom walked.far import far\n\n"
        "def start():\n    return far() + far()\n\n"
        "def elsewhere():\n    thread = Thread(target=far)\n    thread.start()\n    thread.join()\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)
    start = import_module("walked.start")

    here = walk(start.start, package)
    assert (here.modules, here.moves, here.call_moves) == (("walked.start", "walked.far"), 2, 1)
    assert walk(start.elsewhere, package).modules == ("walked.start", "walked.far")


# What is printed


def test_the_table_names_goal_and_verdict_and_what_missed() -> None:
    rows = [
        house.at_most("arrows", 18, 18),
        house.none_of("circles", ["core/a - core/b"]),
        house.between("tests", 1.25, 1.3, 2.5),
        house.only_shown("rooms", 7),
    ]
    assert house.table(rows) == dedent(
        """\
        measure     goal   now
        arrows     <= 18    18  ok
        circles        0     1  missed
        tests    1.3-2.5  1.25  missed
        rooms                7

        circles:
          core/a - core/b
        """
    )


def test_strict_fails_when_a_goal_is_missed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tree(tmp_path, core__a="def f():\n    told = 1\n    return told\n")
    monkeypatch.setattr("tests.house.ROOT", tmp_path)
    assert house.main(["--list", "names"]) == 0
    assert house.main(["--list", "names", "--strict"]) == 1
    (tmp_path / "bot/core/a.py").write_text("def f():\n    return 1\n", encoding="utf-8")
    assert house.main(["--list", "names", "--strict"]) == 0


def test_the_real_tree_is_read() -> None:
    assert {each.module for each in read(ROOT, "bot")} >= {"bot", "bot.core", "bot.__main__"}

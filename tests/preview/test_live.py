"""The page of a preview follows its files, and says what keeps it from that."""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.core.delivery.radius import Audience, Place, Radius
from bot.preview.drawing import Drawer
from bot.preview.live import STALE, Live
from bot.preview.reading import Reader
from tests.cli.test_diff import CORRECTED, FERRIES, STORE

PATIENCE_S = 5


@pytest.fixture
def briefs(tmp_path: Path) -> Path:
    for name in ("old", "briefs"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "ferries.yaml").write_text(FERRIES, encoding="utf-8")
        (tmp_path / name / "_store.yaml").write_text(STORE, encoding="utf-8")
    (tmp_path / "scratch").mkdir()
    return tmp_path / "briefs"


@pytest.fixture
def live(briefs: Path) -> Iterator[Live]:
    reader = Reader(briefs.parent / "old", briefs, briefs.parent / "scratch")
    heard = Radius(1, (Audience(Place("T1", "C1"), 1),))
    live = Live(reader, Drawer("/brief", folds=False), briefs, lambda _: heard)
    live.start()
    yield live
    live.stop()


def becomes(live: Live, shows: Callable[[dict[str, str]], bool]) -> bool:
    """Whether the page comes to show something."""
    ends = time.monotonic() + PATIENCE_S
    while not shows(live.view()["parts"]) and time.monotonic() < ends:
        time.sleep(0.01)
    return shows(live.view()["parts"])


def test_a_save_is_shown_first_and_who_hears_of_it_once_it_is_counted(live: Live, briefs: Path) -> None:
    assert becomes(live, lambda parts: "1 channel gets a post: C1." in parts["summary"])
    (briefs / "ferries.yaml").write_text(CORRECTED, encoding="utf-8")
    assert becomes(live, lambda parts: "1 correction" in parts["summary"])
    assert becomes(live, lambda parts: "1 correction" in parts["summary"] and "post: C1" in parts["summary"])


def test_what_cannot_be_read_any_more_is_said_and_what_was_shown_stays(live: Live, briefs: Path) -> None:
    shutil.move(briefs, briefs.parent / "away")
    assert becomes(live, lambda _: live.view()["trouble"] is not None)
    assert "no such directory" in live.view()["trouble"]
    assert live.view()["words"] == STALE
    assert "ferries" in live.view()["parts"]["quiet"]
    shutil.move(briefs.parent / "away", briefs)
    assert becomes(live, lambda _: live.view()["trouble"] is None)


def test_who_hears_is_not_known_where_counting_fails(briefs: Path, caplog: pytest.LogCaptureFixture) -> None:
    def fail(_: object) -> Radius:
        raise ZeroDivisionError

    reader = Reader(briefs.parent / "old", briefs, briefs.parent / "scratch")
    live = Live(reader, Drawer("/brief", folds=False), briefs, fail)
    live.start()
    try:
        assert becomes(live, lambda parts: "Who will hear is not known: it could not be counted" in parts["summary"])
    finally:
        live.stop()
    assert "could not count who will hear" in caplog.text


def test_an_unchanged_brief_is_drawn_when_it_is_opened(live: Live) -> None:
    inside = live.quiet("ferries")
    assert inside is not None
    assert "On 2 March 2025" in inside
    assert live.quiet("no-such") is None

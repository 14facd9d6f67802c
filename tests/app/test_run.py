"""Each component of a process is stopped, whatever the others do."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from bot.app.run import start_bot, start_in_order
from bot.app.services import AppServices, build_services
from bot.app.worker import WorkerRole
from bot.errors import SettingsError
from tests.live import Stage, eventually, stage
from tests.scenarios.room import FERRIES, FILES


class Part:
    """A component that notes what happens to it, and raises where it is told to."""

    def __init__(self, name: str, notes: list[str], fails: str = "") -> None:
        self._name, self._notes, self._fails = name, notes, fails

    def start(self) -> None:
        self._note("start")

    def stop(self) -> None:
        self._note("stop")

    def _note(self, what: str) -> None:
        self._notes.append(f"{what} {self._name}")
        if self._fails == what:
            raise ZeroDivisionError(self._name)


@pytest.fixture
def down(tmp_path: Path) -> Iterator[Stage]:
    """A stage whose bot has ended."""
    with stage(tmp_path, files=FILES) as here:
        here.stop()
        yield here


def worker(down: Stage) -> tuple[AppServices, WorkerRole]:
    services = build_services(down.settings, down.slack, cadence=down.cadence)
    return services, WorkerRole(services, down.settings)


def works(here: Stage) -> bool:
    """Whether a new bot starts over the database, and publishes and answers."""
    here.start()
    return here.ask("/brief legal").channel == here.general


def test_components_start_in_order_and_stop_in_reverse() -> None:
    notes, stopping = list[str](), Event()
    with start_in_order([Part("one", notes), Part("two", notes)], stopping):
        assert not stopping.is_set()
    assert notes == ["start one", "start two", "stop two", "stop one"]
    assert stopping.is_set()


def test_each_is_stopped_although_others_raise_and_the_error_comes_out() -> None:
    notes = list[str]()
    parts = [Part("one", notes, "stop"), Part("two", notes), Part("three", notes, "stop")]
    with pytest.raises(ZeroDivisionError), start_in_order(parts, Event()):
        notes.clear()
    assert notes == ["stop three", "stop two", "stop one"]


def test_after_a_start_that_fails_those_before_it_and_itself_are_stopped() -> None:
    notes, stopping = list[str](), Event()
    parts = [Part("one", notes), Part("two", notes, "start"), Part("three", notes)]
    with pytest.raises(ZeroDivisionError):
        start_in_order(parts, stopping)
    assert notes == ["start one", "start two", "stop two", "stop one"]
    assert stopping.is_set()


@pytest.mark.parametrize("fails", ["start", "stop"])
def test_the_database_and_the_queue_are_released_whatever_another_component_does(down: Stage, fails: str) -> None:
    services, role = worker(down)
    with pytest.raises(ZeroDivisionError), start_in_order([role, Part("other", [], fails)], services.stopping):
        pass
    services.store.engine.dispose()
    assert works(down)


def test_a_worker_whose_tasks_do_not_stop_still_releases_the_database(
    down: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    services, role = worker(down)
    role.start()
    tasks = role._tasks
    stop = tasks.stop

    def fail() -> None:
        stop()
        raise ZeroDivisionError

    monkeypatch.setattr(tasks, "stop", fail)
    services.stopping.set()
    with pytest.raises(ZeroDivisionError):
        role.stop()
    services.store.engine.dispose()
    assert works(down)


def test_a_second_bot_over_a_sqlite_file_is_refused_and_harms_the_first_in_nothing(tmp_path: Path) -> None:
    with stage(tmp_path, files=FILES) as here:
        with pytest.raises(SettingsError, match="is in use by another briefbot"):
            start_bot(here.settings, here.slack)
        here.ask("/brief subscribe all")
        (here.briefs / "ferries.yaml").write_text(FERRIES, encoding="utf-8")
        eventually(lambda: len(here.dialogue(here.ben, here.general)) == 2)

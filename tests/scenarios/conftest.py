"""Stages for dialogues."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.live import Mode, Stage, eventually, stage
from tests.scenarios.room import FILES, Room, rented


class Stages:
    """The stage of a module. A process runs one bot at a time, so that of one mode ends before another begins."""

    def __init__(self, directories: pytest.TempPathFactory) -> None:
        self._directories = directories
        self._open = ExitStack()
        self._stage: Stage | None = None

    @contextmanager
    def visit(self, mode: Mode) -> Iterator[Stage]:
        """The stage of this mode, with new people, empty channels and the briefs of this repository."""
        if self._stage is None or self._stage.mode != mode:
            self.close()
            self._stage = self._open.enter_context(stage(self._directories.mktemp(mode), mode))
        else:
            self._stage.welcome()
        briefs = {path: path.read_bytes() for path in self._stage.briefs.iterdir()}
        revisions = _revisions(self._stage)
        yield self._stage
        self._stage.workspace.faults.scripted.clear()
        if briefs != {path: path.read_bytes() for path in self._stage.briefs.iterdir()}:
            _restore(self._stage, briefs)
            eventually(lambda: self._stage is None or _revisions(self._stage) == revisions)

    def close(self) -> None:
        """Ends the stage, if there is one."""
        self._open.close()
        self._stage = None


def _revisions(scene: Stage) -> Mapping[str, str]:
    return {slug: brief.revision for slug, brief in scene.bot.services.corpus.published[0].briefs.items()}


def _restore(scene: Stage, briefs: Mapping[Path, bytes]) -> None:
    for path in set(scene.briefs.iterdir()) - set(briefs):
        path.unlink()
    for path, content in briefs.items():
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)


@pytest.fixture(scope="module")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stages]:
    stages = Stages(tmp_path_factory)
    yield stages
    stages.close()


@pytest.fixture
def over_http(stages: Stages) -> Iterator[Stage]:
    with stages.visit("http") as scene:
        yield scene


@pytest.fixture
def over_socket(stages: Stages) -> Iterator[Stage]:
    with stages.visit("socket") as scene:
        yield scene


@pytest.fixture(scope="module", params=["http", "socket"])
def mode(request: pytest.FixtureRequest) -> Mode:
    """Of a module's scope, so that pytest runs all dialogues of one mode before those of the other."""
    mode: Mode = request.param
    return mode


@pytest.fixture
def scene(mode: Mode, stages: Stages) -> Iterator[Stage]:
    """The same dialogue over HTTP and over Socket Mode."""
    with stages.visit(mode) as scene:
        yield scene


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One bot for all dialogues of a module, over HTTP. A process runs one bot at a time: the module has no other."""
    with stage(tmp_path_factory.mktemp("house"), files=FILES) as found:
        yield found


@pytest.fixture
def room(house: Stage) -> Iterator[Room]:
    """A channel and a brief for this dialogue alone."""
    with rented(house) as found:
        yield found

"""Stages for dialogues."""

from collections.abc import Iterator

import pytest

from tests.live import Stage, stage
from tests.scenarios.room import FILES, Room, rented


@pytest.fixture
def over_http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with stage(tmp_path_factory.mktemp("http")) as found:
        yield found


@pytest.fixture
def over_socket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with stage(tmp_path_factory.mktemp("socket"), "socket") as found:
        yield found


@pytest.fixture(params=["http", "socket"])
def scene(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The same dialogue over HTTP and over Socket Mode."""
    with stage(tmp_path_factory.mktemp("scene"), request.param) as found:
        yield found


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

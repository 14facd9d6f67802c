"""Stages for dialogues."""

from collections.abc import Iterator

import pytest

from tests.live import Stage, stage


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

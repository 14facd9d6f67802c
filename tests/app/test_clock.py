"""By which clock a process goes."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app.periodic import common_tasks
from bot.app.publishing import utc_now
from bot.app.services import AppServices, build_services
from bot.settings import Settings
from bot.store.clock import Clock, SharedClock
from tests.live import Stage, stage
from tests.scenarios.room import FILES

LOOK = "look at the clock"


@pytest.fixture
def down(tmp_path: Path, database_url: str) -> Iterator[Stage]:
    """A stage whose bot has ended."""
    with stage(tmp_path, files=FILES) as here:
        here.stop()
        here.settings = Settings(**{**dict(here.settings), "database_url": database_url})
        yield here


def built(down: Stage, now: Clock | None = None) -> AppServices:
    services = build_services(down.settings, down.slack, now=now)
    services.store.engine.dispose()
    return services


def tasks(services: AppServices) -> list[str]:
    return [each.name for each in common_tasks(services)]


def test_on_postgres_it_is_the_servers_and_looked_at_again_and_on_sqlite_the_machines(down: Stage) -> None:
    services = built(down)
    is_shared = down.settings.database_url.startswith("postgresql")
    assert isinstance(services.now, SharedClock) == is_shared
    assert (services.now is utc_now) == (not is_shared)
    assert abs(services.now() - datetime.now(UTC)) < timedelta(seconds=5)
    assert (LOOK in tasks(services)) == is_shared


def test_a_clock_that_was_given_is_used_as_it_is(down: Stage) -> None:
    services = built(down, down.now)
    assert services.now == down.now
    assert LOOK not in tasks(services)

"""Fixtures that many tests share."""

import gc
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

pytest_plugins = ["tests.databases"]

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "golden"

PROFILES = {"gate": 20, "full": 100, "long": 5000}
"""Examples of a property test that names no number, by the value of HYPOTHESIS_PROFILE. `make test` runs the gate,
`make exhaustive` all at full size."""

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "gate")
for name, number in PROFILES.items():
    settings.register_profile(name, max_examples=number, deadline=None, derandomize=True)
settings.register_profile("long", settings.get_profile("long"), derandomize=False, suppress_health_check=HealthCheck)
settings.load_profile(PROFILE)


def examples(full: int, *suppressed: HealthCheck, gate: int | None = None) -> settings:
    """For a property test that has so many examples at full size, and `gate`, else a fifth of them, in the gate."""
    gate = full // 5 if gate is None else gate
    return settings(max_examples=gate if PROFILE == "gate" else full, suppress_health_check=suppressed)


def members(full: Sequence[Any], *gate: Any) -> Sequence[Any]:
    """Of a parametrised list: in the gate those that differ in kind, at full size all."""
    return gate if PROFILE == "gate" else full


exhaustive = pytest.mark.exhaustive
"""Of a test that the gate leaves out, as others there cover its kind more cheaply; it runs at full size."""


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "exhaustive: left out of the gate")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write golden files anew; review them with git diff")


SLOWEST = ("browser", "scenarios", "jobs", "handlers", "store")
"""Directories whose files take longest. They come first, so that no worker begins with one when others have ended."""

TIMED = ("tests/browser/", "tests/scenarios/test_changes.py", "tests/scenarios/test_storm.py")
"""Tests with limits of a second or two, or with a browser: one worker runs them all, one after the other."""


class FileScheduling(LoadScopeScheduling):  # type: ignore[misc]  # the package has no types
    """One worker runs the whole of a file, as fixtures of modules rely on it. The mark `xdist_group` would not do: with
    pytest 9.2 pytest-xdist 3.8 overlooks it."""

    def _split_scope(self, nodeid: str) -> str:
        return "timed" if nodeid.startswith(TIMED) else nodeid.split("::", 1)[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> FileScheduling:
    return FileScheduling(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = [each for each in items if PROFILE == "gate" and each.get_closest_marker("exhaustive")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [each for each in items if each not in {*left_out}]
    items.sort(key=_rank)


def pytest_collection_finish() -> None:
    """What ten thousand tests are made of stays to the end: the garbage collector need not look at it again."""
    gc.collect()
    gc.freeze()


def _rank(item: pytest.Item) -> int:
    directory = item.path.parent.name
    return SLOWEST.index(directory) if directory in SLOWEST else len(SLOWEST)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """`golden(name, text)`: the text is what tests/golden/<name> holds."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8"), f"{name} differs; see --update-golden"

    return compare

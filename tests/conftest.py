"""Fixtures that many tests share."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.databases"]

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "golden"

PROFILES = {"gate": 50, "full": 100, "long": 5000}
"""Examples of a property test that names no number, by the value of HYPOTHESIS_PROFILE. `make test` runs the gate,
`make exhaustive` the full size."""

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "gate")
for name, number in PROFILES.items():
    settings.register_profile(name, max_examples=number, deadline=None, derandomize=True)
settings.register_profile("long", settings.get_profile("long"), derandomize=False, suppress_health_check=HealthCheck)
settings.load_profile(PROFILE)


def examples(full: int, *suppressed: HealthCheck) -> settings:
    """For a property test that has so many examples at full size, and a fifth of them in the gate."""
    return settings(max_examples=full // 5 if PROFILE == "gate" else full, suppress_health_check=suppressed)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write golden files anew; review them with git diff")


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

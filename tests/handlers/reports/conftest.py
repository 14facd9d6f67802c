"""A counter at which mistakes are reported."""

import pytest

from tests.handlers.desk import Desk
from tests.handlers.reports.counter import Counter


@pytest.fixture
def counter(desk: Desk) -> Counter:
    return Counter(desk)

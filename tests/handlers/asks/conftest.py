"""An office with admins, and with people who ask them."""

import pytest

from tests.handlers.asks.office import Office
from tests.handlers.desk import Desk


@pytest.fixture
def office(desk: Desk) -> Office:
    return Office(desk)

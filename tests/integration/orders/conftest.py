"""The market where orders are tested, on its day."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from jobcenter.core import clock
from tests.factories_orders import NOON, Market


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.frozen(NOON):
        yield


@pytest.fixture
def market(session) -> Market:
    return Market()

"""The world of billing tests, on Sunday 22 November 2026."""

import pytest

from jobcenter.core import clock
from tests.factories import NOW
from tests.factories_billing import World


@pytest.fixture
def now():
    with clock.frozen(NOW):
        yield NOW


@pytest.fixture
def world(session, now):
    made = World()
    session.commit()
    return made

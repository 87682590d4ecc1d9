"""A Saturday noon after the Friday's gig."""

import pytest

from jobcenter.core import clock
from tests.hours import SATURDAY_NOON, World


@pytest.fixture
def now():
    with clock.frozen(SATURDAY_NOON):
        yield SATURDAY_NOON


@pytest.fixture
def world(session, now):
    made = World()
    session.commit()
    return made

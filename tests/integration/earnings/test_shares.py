"""How the people of the nightly check are shared by processes."""

from __future__ import annotations

import pytest

from jobcenter.earnings import queries
from tests import factories
from tests.factories_earnings import pensioner


@pytest.mark.parametrize(
    ("most", "least", "ends"),
    [(1, 1, [4]), (2, 1, [1, 4]), (3, 1, [0, 1, 4]), (9, 1, [0, 1, 2, 4]), (2, 3, [4]), (2, 2, [1, 4])],
)
def test_the_active_are_shared_evenly(session, most, least, ends):
    """Of five people the fourth is not active; each share ends with the person at one of these places."""
    place = factories.jobcenter()
    people = [pensioner(place, active=number != 3) for number in range(5)]
    session.commit()
    assert queries.bounds_of_shares(most, least) == [0, *(people[number].id for number in ends)]


def test_nobody_active_is_no_share(session):
    assert queries.bounds_of_shares(2, 1) == [0]

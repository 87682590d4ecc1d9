"""Who may do what with a worker's details, as a table."""

import pytest

from jobcenter.auth.domain import Actor, Grant, Role
from jobcenter.workers import policy
from jobcenter.workers.models import Worker

WORKER = Worker(jobcenter_id=1, user_id=10)
WITHOUT_USER = Worker(jobcenter_id=1, user_id=None)


def actor(user_id: int | None, *grants: tuple[Role, int]) -> Actor:
    return Actor(user_id, "x", grants=frozenset(Grant(role, jobcenter_id) for role, jobcenter_id in grants))


HIMSELF = actor(10, (Role.WORKER, 1))
COORDINATOR = actor(11, (Role.COORDINATOR, 1))
OTHER_COORDINATOR = actor(12, (Role.COORDINATOR, 2), (Role.ADMIN, 1))
SUPPORT = actor(13, (Role.SUPPORT, 1))
VISITOR = actor(None)


@pytest.mark.parametrize(
    ("who", "coordinates", "decides", "bank", "behalf"),
    [
        (HIMSELF, False, True, True, None),
        (COORDINATOR, True, True, True, None),
        (OTHER_COORDINATOR, False, False, False, 10),
        (SUPPORT, False, False, False, 10),
        (VISITOR, False, False, False, 10),
    ],
)
def test_policies(who, coordinates, decides, bank, behalf):
    assert policy.can_coordinate(who, WORKER) is coordinates
    assert policy.can_decide_consent(who, WORKER) is decides
    assert policy.can_change_bank(who, WORKER) is bank
    assert policy.on_behalf_of(who, WORKER) == behalf


def test_a_visitor_is_not_the_worker_without_a_user():
    assert not policy.is_own(VISITOR, WITHOUT_USER)

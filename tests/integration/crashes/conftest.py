"""What is killed plays on PostgreSQL only, whose server outlives the process, on a pay day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from jobcenter.core import audit, clock
from tests import databases, kills, money
from tests.factories_billing import World
from tests.kills import Work
from tests.postgres import Server

PAY_DAY = date(2026, 11, 30)
POINTS = 50

Crash = Callable[[Callable[[], Work], Callable[[], None], int], None]


@pytest.fixture(scope="module")
def database(postgres_server: Server, postgres_template: str) -> Iterator[databases.Database]:
    """This module's own migrated database."""
    made = databases.new_postgres(postgres_server, postgres_template)
    yield made
    made.drop()


@pytest.fixture
def now() -> Iterator[datetime]:
    """The beginning of a pay day, so that what is listed can be marked as paid."""
    with clock.frozen(clock.start_of(PAY_DAY)):
        yield clock.now()


@pytest.fixture
def world(session: Session, now: datetime) -> World:
    """A Jobcenter with an orderer and a worker."""
    made = World()
    session.commit()
    return made


@pytest.fixture
def crash(app: Flask, now: datetime) -> Crash:
    """`crash(prepare, check, seed)`: work made ready by `prepare` is killed at each drawn point, where money must hold,
    and done again to its end. What was lost or doubled anywhere shows in the sums that `check` reads at the very end.
    """

    def run(prepare: Callable[[], Work], check: Callable[[], None], seed: int) -> None:
        warming = prepare()
        with app.app_context():
            warming()
        points = kills.points_of(app, prepare())
        for point in kills.drawn(points, POINTS, seed):
            work = prepare()
            kills.killed_at(app, work, point)
            with app.app_context():
                money.assert_holds()
                work()
        with app.app_context():
            money.assert_holds()
            assert audit.verify_chain().whole
        check()

    return run

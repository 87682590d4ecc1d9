"""Who fits one gig, and in which order, among 1,000 and 10,000 people of one Jobcenter.

    python -m benchmarks.candidates [--workers 1000 10000] [--times 30]

Starts a PostgreSQL server, fills a Jobcenter of each size with people who have wishes, ties, limits told and gigs of
about half a year, and asks one page after the other for the people of a free slot. Prints the time of the one statement
that looks at everybody, of the whole desk (with the forty people who are shown judged by every rule), and of the page.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

import flask_migrate
from sqlalchemy import bindparam, insert, select, text, update

from benchmarks.fill import Desk, Size, fill
from benchmarks.timed import create_app
from jobcenter.auth.queries import actor_for
from jobcenter.benefits import LimitState
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.core.uow import unit_of_work
from jobcenter.earnings.models import LimitSnapshot
from jobcenter.matching import queries
from jobcenter.matching.domain import Wanted
from jobcenter.matching.queries_asked import Ranking
from jobcenter.matching.queries_facts import around
from jobcenter.matching.queries_stopping import look_at_everyone
from jobcenter.matching.ties.domain import TieKind
from jobcenter.matching.ties.models import WorkerTie
from jobcenter.matching.views import PEOPLE_ON_PAGE
from jobcenter.orders.feedback.domain import HowItWent
from jobcenter.orders.feedback.models import Feedback
from jobcenter.orders.gigs import queries as gigs
from jobcenter.orders.gigs.models import Offer
from jobcenter.orders.gigs.queries_support import beside_gig
from jobcenter.orders.intake.models import Order
from jobcenter.workers.domain import PartOfDay, Skill, Weekday
from jobcenter.workers.models import Worker
from tests.postgres import running_server

AIMS = {1_000: 100, 10_000: 500}
GIGS_A_WORKER = 5
AREAS = ("Kallio", "Pasila", "Hermanni", "Malmi", "Vuosaari")
POSTCODES = ("00500", "00520", "00580", "00700", "00980", "33100")
LIMITS = ("kela_disability_pension.earnings_limit", "pensioner_housing_allowance.review", "yel.yearly_limit")
TOLD = {"rows": [{"code": "some_code", "parameter": "some.parameter", "text": "x" * 200}] * 12}
CHUNK = 5_000


def main() -> None:
    """A Jobcenter of each size: fill, ask, print."""
    options = _options()
    print(f"{'people':>8}{'fit':>7}{'':14}{'p50 ms':>9}{'p95 ms':>9}")
    with running_server() as server:
        for people in options.workers:
            url = server.create(f"candidates_{people}").render_as_string(hide_password=False)
            with tempfile.TemporaryDirectory() as folder:
                _measure(url, folder, people, options.times)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--workers", type=int, nargs="+", default=list(AIMS))
    parser.add_argument("--times", type=int, default=30, help="how often each is asked")
    return parser.parse_args()


def _measure(url: str, folder: str, people: int, times: int) -> None:
    os.environ.update(DATABASE_URL=url, JOBCENTER_INSTANCE=folder)
    app = create_app()
    with app.app_context():
        flask_migrate.upgrade()
        desk = fill(Size(workers=people, largest=people, gigs=people * GIGS_A_WORKER, ahead=people // 5)).desks[0]
        with unit_of_work():
            _wishes(desk)
        _tidy()
        fitting = _ask(desk).fitting
        for name, action in _asked(app, desk):
            _print(people, fitting, name, _timed(action, times))
        db.engine.dispose()


def _asked(app: Any, desk: Desk) -> Iterator[tuple[str, Callable[[], Any]]]:
    actor, now = actor_for(desk.coordinator), clock.now()
    gig, _slot = gigs.gig_of_slot_for(actor, desk.slot_id)
    along, beside = beside_gig(gig), around(gig)
    facts = queries.gig_facts(gig, along.jobcenter, along.room > 0, now, beside)
    ranking = Ranking(facts, along.jobcenter.id, beside)
    wanted, lately = Wanted(limit=PEOPLE_ON_PAGE), queries.lately_for(facts, now)
    yield "statement", lambda: look_at_everyone(ranking, wanted, lately)
    yield "desk", lambda: _ask(desk)
    client = app.test_client()
    client.get(f"/begin/{desk.coordinator}")
    yield "page", lambda: _page(client, f"/matching/slots/{desk.slot_id}")


def _ask(desk: Desk) -> queries.Desk:
    db.session.rollback()
    return queries.desk_for(actor_for(desk.coordinator), desk.slot_id, clock.now(), Wanted(limit=PEOPLE_ON_PAGE))


def _page(client: Any, path: str) -> None:
    status = client.get(path).status_code
    if status != 200:
        raise SystemExit(f"{path} answered {status}")


def _timed(action: Callable[[], Any], times: int) -> list[float]:
    action()
    found = []
    for _time in range(times):
        began = time.perf_counter()
        action()
        found.append((time.perf_counter() - began) * 1000)
    return found


def _print(people: int, fitting: int, name: str, times: list[float]) -> None:
    p95 = statistics.quantiles(times, n=20)[-1]
    aim = AIMS.get(people)
    missed = f"  over the aim of {aim} ms" if name == "page" and aim and p95 > aim else ""
    print(f"{people:8}{fitting:7}  {name:12}{statistics.median(times):9.1f}{p95:9.1f}{missed}", flush=True)


# What people wish, and what was told of them


def _wishes(desk: Desk) -> None:
    workers = list(
        db.session.scalars(select(Worker.id).where(Worker.jobcenter_id == desk.jobcenter_id).order_by(Worker.id))
    )
    table = Worker.__table__
    change = update(table).where(table.c.id == bindparam("worker"))
    db.session.connection().execute(change, [_wish(number, worker) for number, worker in enumerate(workers)])
    db.session.execute(update(Order).values(area=AREAS[0], postcode=POSTCODES[0]))
    _store(LimitSnapshot, (_told(worker, rule, number) for number, worker in enumerate(workers) for rule in LIMITS))
    _store(WorkerTie, (_tie(pair) for pair in zip(workers[::2], workers[1::2], strict=False)))
    offers = select(Offer.id, Offer.gig_id, Offer.worker_id).where(Offer.worker_id.in_(workers)).limit(len(workers) * 4)
    _store(Feedback, (_feedback(*row) for row in db.session.execute(offers).all()))


def _wish(number: int, worker: int) -> dict[str, Any]:
    days, parts, skills = sorted(Weekday), sorted(PartOfDay), sorted(Skill)
    return {
        "worker": worker,
        "postcode": POSTCODES[number % len(POSTCODES)],
        "areas": {AREAS[number % len(AREAS)]},
        "wished_days": {days[(number + step) % len(days)] for step in range(4)},
        "wished_parts": {parts[number % len(parts)]},
        "practise_skills": {skills[number % len(skills)]},
        "born": date(1970 + number % 35, 1, 1),
    }


def _told(worker: int, rule: str, number: int) -> dict[str, Any]:
    today = clock.today()
    hours = number % 60
    return {
        "worker_id": worker,
        "rule": rule,
        "series": "2026",
        "period_from": today - timedelta(days=300),
        "period_to": today + timedelta(days=300),
        "state": LimitState.UNDER,
        "state_with_agreed": LimitState.UNDER,
        "left_with_agreed": Decimal(hours * 10),
        "hours_with_agreed": hours,
        "rules_version": "1",
        "payload": TOLD,
        "digest": "",
        "made_at": clock.now(),
    }


def _tie(pair: tuple[int, int]) -> dict[str, Any]:
    first, second = pair
    kind = TieKind.APART if first % 3 else TieKind.TOGETHER
    return {"first_id": first, "second_id": second, "kind": kind, "noted_by": "Reader", "noted_at": clock.now()}


def _feedback(offer: int, gig: int, worker: int) -> dict[str, Any]:
    given = {"given_by": "Reader", "given_at": clock.now(), "how_it_went": sorted(HowItWent)[offer % 3]}
    return {"offer_id": offer, "gig_id": gig, "worker_id": worker} | given


def _store(model: type[Any], rows: Iterator[dict[str, Any]]) -> None:
    remaining = iter(rows)
    while part := list(islice(remaining, CHUNK)):
        db.session.execute(insert(model), part)


def _tidy() -> None:
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("vacuum analyze"))


if __name__ == "__main__":
    main()

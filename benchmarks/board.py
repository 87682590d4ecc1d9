"""The week board with a city's week on it: server time and number of queries, beside a week of a tenth of it.

    python -m benchmarks.board [--gigs 300] [--people 500] [--times 20]

Starts a PostgreSQL server, fills a Jobcenter with people and a week of gigs in all states, and asks for the board as it
is, filtered, for one gig beside it, and for the caseload. Beside the time on the clock stands the processor's time of
this process, which other work on the machine does not change; the database's is not in it.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from datetime import time as wall_clock
from typing import Any

import flask_migrate
from sqlalchemy import insert, select

from benchmarks.fill import CREW, Desk, Size, fill
from benchmarks.timed import create_app
from jobcenter.benefits import ContractForm
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.core.uow import unit_of_work
from jobcenter.matching.board.domain import Week
from jobcenter.orders.gigs.domain import GigStatus, OfferStatus
from jobcenter.orders.gigs.models import Gig, Offer, Slot
from jobcenter.orders.intake.models import Order
from jobcenter.workers.models import Worker
from tests.postgres import running_server
from tests.statements import recorded

AIM = 300
TENTH = 10
STATES = (OfferStatus.CONFIRMED, OfferStatus.ACCEPTED, OfferStatus.OFFERED, None)


def main() -> None:
    """A small week and a large one: fill, ask, print."""
    options = _options()
    print(f"{'gigs':>6}{'people':>8}  {'page':26}{'p50 ms':>9}{'p95 ms':>9}{'cpu ms':>8}{'queries':>9}{'kB':>7}")
    with running_server() as server:
        for share in (TENTH, 1):
            gigs, people = options.gigs // share, options.people // share
            url = server.create(f"board_{gigs}").render_as_string(hide_password=False)
            with tempfile.TemporaryDirectory() as folder:
                _measure(url, folder, (gigs, people), options.times)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gigs", type=int, default=300)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--times", type=int, default=20, help="how often each page is asked for")
    return parser.parse_args()


def _measure(url: str, folder: str, size: tuple[int, int], times: int) -> None:
    os.environ.update(DATABASE_URL=url, JOBCENTER_INSTANCE=folder)
    gigs, people = size
    app = create_app()
    with app.app_context():
        flask_migrate.upgrade()
        desk = fill(Size(workers=people, largest=people, gigs=people * TENTH, ahead=1, orders=people)).desks[0]
        week = Week.of(clock.today()).moved(1)
        with unit_of_work():
            opened = fill_week(desk, week, gigs)
        db.engine.dispose()
        client = app.test_client()
        client.get(f"/begin/{desk.coordinator}")
        for name, path in _pages(week, opened):
            _print(size, name, client, path, times)


def _pages(week: Week, opened: str) -> Iterator[tuple[str, str]]:
    board = f"/matching/week?week={week.name}"
    yield "board", board
    yield "board, places to fill", f"{board}&need=open"
    yield "a gig beside it", opened
    yield "caseload", "/matching/caseload"


def _print(size: tuple[int, int], name: str, client: Any, path: str, times: int) -> None:
    client.get(path)
    found, busy = [], time.process_time()
    for _time in range(times):
        began = time.perf_counter()
        with recorded() as statements:
            page = client.get(path)
        found.append((time.perf_counter() - began) * 1000)
        if page.status_code != 200:
            raise SystemExit(f"{path} answered {page.status_code}")
    cpu = (time.process_time() - busy) / times * 1000
    p95 = statistics.quantiles(found, n=20)[-1]
    figures = f"{statistics.median(found):9.1f}{p95:9.1f}{cpu:8.1f}"
    figures += f"{len(statements.queries):9}{len(page.data) // 1000:7}"
    print(f"{size[0]:6}{size[1]:8}  {name:26}{figures}{'' if p95 < AIM else f'  over the aim of {AIM} ms'}", flush=True)


def fill_week(desk: Desk, week: Week, gigs: int) -> str:
    """Gigs of one week, each of `CREW` places: held, said yes to, on offer, open. The page of one that is open."""
    orders = list(db.session.scalars(select(Order.id).where(Order.jobcenter_id == desk.jobcenter_id)))
    workers = list(db.session.scalars(select(Worker.id).where(Worker.jobcenter_id == desk.jobcenter_id)))
    ids = [_gig(desk, orders[number % len(orders)], week.days[number % 7], number) for number in range(gigs)]
    for number, gig_id in enumerate(ids):
        places = [{"gig_id": gig_id, "position": position} for position in range(1, CREW + 1)]
        slots = db.session.scalars(insert(Slot).returning(Slot.id, sort_by_parameter_order=True), places)
        offers = [
            _offer(
                gig_id,
                slot,
                workers[(number * CREW + place) % len(workers)],
                STATES[(number + place) % (CREW - place % 2)],
            )
            for place, slot in enumerate(slots.all())
        ]
        made = [offer for offer in offers if offer["status"] is not None]
        if made:
            db.session.execute(insert(Offer), made)
    free = select(Slot.gig_id).where(Slot.gig_id.in_(ids), Slot.id.not_in(select(Offer.slot_id)))
    return f"/matching/week/gigs/{db.session.scalars(free.order_by(Slot.id)).first()}"


def _gig(desk: Desk, order_id: int, day: date, number: int) -> int:
    starts_at = clock.at(day, wall_clock(8 + number % 9))
    gig = Gig(
        jobcenter_id=desk.jobcenter_id,
        order_id=order_id,
        contract_form=ContractForm.PARTNER,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        status=GigStatus.PLANNED,
    )
    db.session.add(gig)
    db.session.flush()
    return gig.id


def _offer(gig_id: int, slot_id: int, worker_id: int, status: OfferStatus | None) -> dict[str, Any]:
    now = clock.now()
    return {
        "gig_id": gig_id,
        "slot_id": slot_id,
        "worker_id": worker_id,
        "status": status,
        "offered_at": now,
        "offered_by": "Reader",
        "answer_by": now + timedelta(days=2),
    }


if __name__ == "__main__":
    main()

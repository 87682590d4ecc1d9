"""A week planned in the browser: proposed, changed, locked, run again, sent; one says no and the stand-in is asked."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from playwright.sync_api import Locator
from sqlalchemy import select

from jobcenter.auth.models import User
from jobcenter.benefits import LimitState
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.core.uow import unit_of_work
from jobcenter.earnings.models import LimitSnapshot
from jobcenter.matching.plan.desk.jobs import make_plans
from jobcenter.orders.gigs.domain import LIVE
from jobcenter.orders.gigs.models import Offer
from jobcenter.orders.rates.service import load_defaults
from jobcenter.workers.domain import TaskCategory
from jobcenter.workers.models import Worker
from tests.factories_gigs import Place

MONDAY = date(2026, 11, 30)


@pytest.fixture
def place(session) -> Place:
    made = Place()
    with unit_of_work():
        load_defaults()
    for day in (0, 1):
        made.gig(starts_at=clock.at(MONDAY + timedelta(days=day), time(9)))
    return made


def worker_of(place: Place, name: str) -> Worker:
    """Somebody with a limit that is known and far."""
    week = {"weekly_minutes_wished": 180, "weekly_minutes_most": 300}
    worker = place.worker(name, tasks=frozenset({TaskCategory.DISHWASHING}), **week)
    told = LimitSnapshot(worker_id=worker.id, rule="yel.yearly_limit", series="2026", rules_version="1", payload={})
    told.period_from, told.period_to = date(2026, 1, 1), date(2026, 12, 31)
    told.state = told.state_with_agreed = LimitState.UNDER
    told.left_with_agreed, told.digest, told.made_at = 1000, "told", clock.now()
    db.session.add(told)
    db.session.commit()
    return worker


def row(visitor, day: int) -> Locator:
    """The plan's row of a day's gig."""
    return visitor.page.locator("tbody tr").nth(day)


def opens(within: Locator) -> Locator:
    within.locator("summary").first.click()
    return within


def test_a_week_is_planned_changed_run_again_and_sent(place, visit, phone, moment, fresh):
    people = {name: worker_of(place, name) for name in ("Aino", "Bo", "Cecilia")}
    kaisa = visit(db.session.get_one(User, place.coordinator_user.id))
    kaisa.goes("/plans").follows("Propose a plan").types("Day", "30.11.2026").presses("Compute the plan")
    kaisa.sees("Waits to be computed")
    moment.run(make_plans)
    kaisa.looks_again().sees("2 of 2 open places filled", "No plan can be better: this is proven.")
    planned = {name for name in people if name in kaisa.page.get_by_role("main").inner_text()}
    (third,) = people.keys() - planned
    kaisa.follows("Somebody else", within=opens(row(kaisa, 0)))
    kaisa.page.get_by_label(f"{third} Tekijä").check()
    kaisa.presses("Put into the plan").sees("The plan is changed.", "Put here by hand", "Locked")
    kaisa.follows("Run again").sees("1 locked place stays.").presses("Compute the plan")
    moment.run(make_plans)
    kaisa.looks_again().sees("2 of 2 open places filled", "Compared with the plan before")
    assert third in row(kaisa, 0).inner_text()
    kaisa.follows("Send the offers").sees("2 offers go out")
    kaisa.page.get_by_label("Stand-ins for each gig").select_option("1")
    kaisa.presses("Send the offers").sees("2 offers are sent.", "Offers sent", "Offer sent")
    fresh()
    gig_id = refuses(phone, people[third])
    fresh()
    asked = db.session.scalars(select(Offer.worker_id).where(Offer.gig_id == gig_id, Offer.status.in_(LIVE))).one()
    assert asked != people[third].id, "the stand-in is asked"
    kaisa.goes(f"/matching/gigs/{gig_id}").sees("Waiting for an answer")


def refuses(phone, worker: Worker) -> int:
    """The worker says no to their offer, on a phone; of which gig."""
    offer = db.session.scalars(select(Offer).where(Offer.worker_id == worker.id)).one()
    visitor = phone(db.session.get_one(User, worker.user_id)).goes(f"/matching/offers/{offer.id}")
    visitor.presses("No, I do not take the gig").sees("Saying no is all right.")
    return offer.gig_id

"""A country's worth of people with a year of gigs, straight into the tables by SQL: half of each done, half agreed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert, text

from jobcenter.auth import service as auth
from jobcenter.auth.domain import SYSTEM, JobcenterKind
from jobcenter.benefits import ContractForm
from jobcenter.benefits.judging import months_from
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.core.uow import unit_of_work
from jobcenter.orders.intake.domain import OrderStatus
from jobcenter.orders.intake.models import Order
from jobcenter.orders.organisations.domain import OrganisationKind
from jobcenter.orders.organisations.models import Organisation
from jobcenter.orders.rates.service import load_defaults
from jobcenter.workers.domain import TaskCategory

CREW = 50
MONTHS_DONE = 6
GIGS_A_MONTH = 2

WORKERS = """
    insert into worker (jobcenter_id, external_ref, given_name, family_name, email, phone, language, born, active,
        weekly_minutes_wished, weekly_minutes_most, needs_support, tasks, skills, cannot, told_to_orderer, jobseeker,
        benefits_asked_on, iban, account_holder, in_prepayment_register, cv_introduction, version, created_at,
        postcode, areas, wished_days, wished_parts, practise_tasks, practise_skills, contract_forms, asks_over_limit)
    select :jobcenter, 'w' || n, 'Given' || n, 'Family' || n % 997, '', '', 'fi', date '1990-05-01', true,
        240, 480, false, '[]', '[]', '[]', '', 'not_registered', :today, '', '', false, '', 1, now(),
        '', '', '[]', '[]', '[]', '[]', '[]', false
    from generate_series(1, :people) n"""

# Everybody has the pension; every second the housing allowance, with figures of their own; so each has from three to
# five rules with those of YEL.
BENEFITS = """
    insert into held_benefit (worker_id, kind, starts_on, decided_annual_income, annual_income_other, household,
        municipality_group, housing_costs_month, blind_or_immobile, told_by, told_on)
    select id, 'kela_disability_pension', date '2015-01-01', null, null, null, null, null, false, 'Reader', :today
    from worker
    union all
    select id, 'pensioner_housing_allowance', date '2015-01-01', id % 7 * 250.00, 9000.00 + id % 401 * 10, 'single',
        (1 + id % 3)::text, 400.00 + id % 301, null, 'Reader', :today
    from worker where id % 2 = 0"""

# Gigs last from three to five hours; of those done everybody has worked hours of their own, in quarters.
GIGS = """
    insert into gig (jobcenter_id, order_id, external_ref, contract_form, starts_at, ends_at, break_minutes, place,
        status, status_reason, status_by, version)
    select :jobcenter, :order, gen_random_uuid()::text, 'assignment', at,
        at + interval '15 minutes' * (12 + (crew * 31 + number * 17 + k * 7) % 9), 0, '',
        case when month < :this_month then 'done' else 'planned' end, '', '', 1
    from generate_series(0, :months - 1) number
    cross join lateral (select (:first + number * interval '1 month')::date as month) m
    cross join generate_series(1, :a_month) k
    cross join generate_series(1, :crews) crew
    cross join lateral (select (month + k * 7 + time '09:00') at time zone 'Europe/Helsinki' as at) t
    order by number, k, crew"""

SLOTS = "insert into slot (gig_id, position, in_use) select id, p, true from gig cross join generate_series(1, :crew) p"

OFFERS = """
    insert into offer (slot_id, gig_id, worker_id, status, offered_at, offered_by, pitch, answered_by, on_behalf,
        ended_by, reason, version)
    select s.id, g.id, :first_worker + ((g.id - :first_gig) % :crews) * :crew + s.position - 1,
        case when g.status = 'done' then 'done' else 'confirmed' end,
        g.starts_at - interval '7 days', 'Reader', '', 'Reader', false, '', '', 1
    from slot s join gig g on g.id = s.gig_id"""

HOURS = """
    insert into time_entry (jobcenter_id, external_ref, offer_id, gig_id, order_id, worker_id, worked_on, starts_at,
        ends_at, break_minutes, minutes, wage, price, vat_percent, status, logged_by, logged_at, on_behalf,
        confirmed_by, confirmed_at, confirmed_by_coordinator, dispute_reason, invoiced, share_invoiced, paid_on,
        unbilled_minutes, billed_minutes, version)
    select g.jobcenter_id, gen_random_uuid()::text, f.id, g.id, g.order_id, f.worker_id, g.starts_at::date, g.starts_at,
        g.starts_at + interval '1 minute' * m.minutes, 0, m.minutes, 10.00, 14.50, 25.50, 'confirmed', 'Reader',
        g.ends_at, false, 'Reader', g.ends_at, false, '', false, false,
        (date_trunc('month', g.starts_at) + interval '1 month - 1 day')::date, 0, 0, 1
    from offer f join gig g on g.id = f.gig_id
    cross join lateral (select 15 * (12 + (f.worker_id % 9 * 7919 + g.id % 9 * 104729) % 9) as minutes) m
    where f.status = 'done'"""


@dataclass(frozen=True)
class Filled:
    """How much was filled in."""

    people: int
    hours: int
    planned: int


def fill(people: int) -> Filled:
    """Fill an empty, migrated PostgreSQL database with people (a multiple of the crew) and their year."""
    today = clock.today()
    with unit_of_work():
        load_defaults()
        jobcenter = auth.add_jobcenter(
            SYSTEM, auth.NewJobcenter("city", "City", JobcenterKind.DISABILITY, "a@example.fi")
        ).id
        order = _order(jobcenter)
        _run(WORKERS, jobcenter=jobcenter, people=people, today=today)
        _run(BENEFITS, today=today)
        _run(GIGS, **_year(today), jobcenter=jobcenter, order=order, a_month=GIGS_A_MONTH, crews=people // CREW)
        _run(SLOTS, crew=CREW)
        firsts = {f"first_{name}": _first(name) for name in ("worker", "gig")}
        planned_and_done = _run(OFFERS, **firsts, crews=people // CREW, crew=CREW)
        hours = _run(HOURS)
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("vacuum analyze"))
    return Filled(people=people, hours=hours, planned=planned_and_done - hours)


def _year(today: date) -> dict[str, object]:
    return {"first": months_from(today, -MONTHS_DONE), "this_month": today.replace(day=1), "months": 2 * MONTHS_DONE}


def _order(jobcenter: int) -> int:
    organisation = {
        "jobcenter_id": jobcenter,
        "kind": OrganisationKind.PRIVATE_PERSON,
        "name": "Orderer",
        "created_at": clock.now(),
    }
    organisation_id = db.session.scalar(insert(Organisation).values(organisation).returning(Organisation.id))
    order = {
        "jobcenter_id": jobcenter,
        "organisation_id": organisation_id,
        "status": OrderStatus.ACCEPTED,
        "category": next(iter(TaskCategory)),
        "title": "Order",
        "people": CREW,
        "contract_form": ContractForm.ASSIGNMENT,
        "created_at": clock.now(),
        "submitted_at": clock.now(),
    }
    return db.session.scalar(insert(Order).values(order).returning(Order.id))


def _run(statement: str, **values: object) -> int:
    return db.session.execute(text(statement), values).rowcount


def _first(table: str) -> int:
    return db.session.execute(text(f"select min(id) from {table}")).scalar_one()

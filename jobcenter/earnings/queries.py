"""The income ledger, cases ready to be assessed, stored assessments and warnings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, String, and_, cast, func, or_, select, type_coerce
from sqlalchemy.orm import aliased

from jobcenter.auth.domain import JobcenterKind
from jobcenter.auth.models import Jobcenter
from jobcenter.benefits import BenefitHeld, ContractForm, Income, IncomeState, Person
from jobcenter.benefits.take_home import TaxFacts
from jobcenter.benefits.withholding import Card
from jobcenter.core import clock
from jobcenter.core.bulk import among
from jobcenter.core.db import STORED_INSTANT, as_utc, db
from jobcenter.core.errors import NotFound
from jobcenter.core.money import for_minutes
from jobcenter.earnings.domain import Case, Earning, newest_day, oldest_day
from jobcenter.earnings.domain_telling import Key
from jobcenter.earnings.models import LimitCheck, LimitSnapshot, LimitWarning
from jobcenter.earnings.rulebook.queries import current_law
from jobcenter.orders.gigs.domain import GigStatus, OfferStatus, Span
from jobcenter.orders.gigs.models import Gig, Offer
from jobcenter.orders.hours.domain import EntryStatus
from jobcenter.orders.hours.models import TimeEntry
from jobcenter.orders.intake.models import OrderTime
from jobcenter.orders.rates.domain import RateKind
from jobcenter.orders.rates.queries import rate_in_force
from jobcenter.workers.models import HeldBenefit, TaxCard, Worker
from jobcenter.workers.queries import benefits_of, person_of
from jobcenter.workers.same_person import rows_of_people, told_elsewhere
from jobcenter.workers.told.domain import rows_of, told_once
from jobcenter.workers.told.queries import told_since

HUNDRED = Decimal(100)
# How many different earnings are kept, to be shared by people.
SHARED = 65_536
# How the database writes ids together.
APART, WITH = ",", ":"
AGREED = (OfferStatus.ACCEPTED, OfferStatus.CONFIRMED, OfferStatus.DONE)
USUAL_FORM = {
    JobcenterKind.DISABILITY: ContractForm.ASSIGNMENT,
    JobcenterKind.REHABILITATIVE: ContractForm.PARTNER,
}

# Ledger


def ledger_of(worker_ids: Collection[int], now: datetime) -> dict[int, tuple[Earning, ...]]:
    """All earnings of persons that can matter now, by worker id, in four queries.

    Confirmed hours are done, paid ones with their day of payment. Hours not confirmed yet and gigs agreed are agreed at
    the wage of their day, open offers of gigs to come are offered. A person's work in other Jobcenters counts too, and
    so does income told of from work elsewhere, up to `newest_day`.
    """
    return _ledger(worker_ids, _whose(rows_of_people(worker_ids)), now)


def _ledger(
    worker_ids: Collection[int], persons: Mapping[int, Collection[int]], now: datetime
) -> dict[int, tuple[Earning, ...]]:
    since = oldest_day(clock.day_of(now))
    ledger: dict[int, list[Earning]] = {worker_id: [] for worker_id in worker_ids}
    for earner_id, earning in chain(_logged(persons, since), _planned(persons, since, now)):
        for worker_id in persons[earner_id]:
            ledger[worker_id].append(earning)
    for worker_id, earning in _told(persons, since, now):
        ledger[worker_id].append(earning)
    return {worker_id: tuple(earnings) for worker_id, earnings in ledger.items()}


def income_of_gig(gig: Gig, state: IncomeState = IncomeState.OFFERED) -> Income:
    """What a whole gig would earn one person: its planned minutes at the wage of its day and contract form."""
    recurring = db.session.scalar(select(_recurring(gig.order_id)))
    pay = _pay_of(gig.starts_at, gig.ends_at, gig.break_minutes, gig.contract_form, gig.jobcenter_id)
    return pay.income(state, bool(recurring))


def wage_on(form: ContractForm, jobcenter_id: int, day: date) -> Decimal:
    """The hourly wage of a contract form on a day. Raises RateMissing."""
    return rate_in_force(RateKind.WAGE, form, jobcenter_id, day).value


def _whose(rows: Mapping[int, Iterable[int]]) -> dict[int, set[int]]:
    """Each worker row of the persons asked about, with the asked rows that its earnings belong to."""
    whose: dict[int, set[int]] = defaultdict(set)
    for asked_id, row_ids in rows.items():
        for row_id in row_ids:
            whose[row_id].add(asked_id)
    return whose


def _logged(worker_ids: Collection[int], since: date) -> Iterator[tuple[int, Earning]]:
    """Hours with known times. Columns, not objects: a year of everybody's hours passes here every night."""
    query = (
        select(TimeEntry.worker_id, TimeEntry.offer_id, TimeEntry.worked_on, TimeEntry.paid_on, TimeEntry.wage)
        .add_columns(TimeEntry.minutes, type_coerce(TimeEntry.status, String).label("status"))
        .add_columns(type_coerce(Gig.contract_form, String).label("form"), _recurring(TimeEntry.order_id))
        .join(Gig, Gig.id == TimeEntry.gig_id)
        .where(among(TimeEntry.worker_id, worker_ids), TimeEntry.worked_on >= since)
        .where(TimeEntry.status.not_in((EntryStatus.NEEDS_TIMES, EntryStatus.WITHDRAWN)))
    )
    for facts, whose in _alike(query):
        income = _income_of_hours(facts)
        yield from ((worker_id, Earning(income, offer_id)) for worker_id, offer_id in whose)


@lru_cache(maxsize=SHARED)
def _income_of_hours(facts: tuple) -> Income:
    """What logged hours bring: the same for all people of whom all this is the same."""
    worked_on, paid_on, wage, minutes, status, form, recurring = facts
    state = _state_of(EntryStatus(status), paid_on)
    return Income(worked_on, paid_on, for_minutes(wage, minutes), ContractForm(form), state, bool(recurring))


def _state_of(status: EntryStatus, paid_on: date | None) -> IncomeState:
    if paid_on is not None:
        return IncomeState.PAID
    return IncomeState.CONFIRMED if status is EntryStatus.CONFIRMED else IncomeState.AGREED


def _planned(worker_ids: Collection[int], since: date, now: datetime) -> Iterator[tuple[int, Earning]]:
    """Gigs agreed or on offer whose hours are not logged."""
    open_offer = and_(Offer.status == OfferStatus.OFFERED, Gig.ends_at > now)
    # Of these persons only, or the database looks through everybody's hours for each batch of them.
    logged = select(TimeEntry.id).where(
        TimeEntry.offer_id == Offer.id,
        TimeEntry.worker_id == Offer.worker_id,
        among(TimeEntry.worker_id, worker_ids),
        TimeEntry.status != EntryStatus.NEEDS_TIMES,
    )
    times = (type_coerce(Gig.starts_at, STORED_INSTANT), type_coerce(Gig.ends_at, STORED_INSTANT))
    query = (
        select(Offer.worker_id, Offer.id.label("offer_id"), type_coerce(Offer.status, String).label("status"))
        .add_columns(_recurring(Gig.order_id), *times)
        .add_columns(Gig.break_minutes, type_coerce(Gig.contract_form, String).label("form"), Gig.jobcenter_id)
        .join(Gig, Gig.id == Offer.gig_id)
        .where(among(Offer.worker_id, worker_ids), or_(Offer.status.in_(AGREED), open_offer))
        .where(Gig.status != GigStatus.CANCELLED, Gig.starts_at >= clock.start_of(since), ~logged.exists())
    )
    for facts, whose in _alike(query):
        income = _the_one(_income_ahead(*facts))
        yield from ((worker_id, Earning(income, offer_id)) for worker_id, offer_id in whose)


def _income_ahead(status: str, recurring: int, starts_at: datetime, ends_at: datetime, *gig: Any) -> Income:
    """What a gig ahead brings: the same for all its people."""
    state = IncomeState.OFFERED if status == OfferStatus.OFFERED else IncomeState.AGREED
    break_minutes, form, jobcenter_id = gig
    pay = _pay_of(as_utc(starts_at), as_utc(ends_at), break_minutes, ContractForm(form), jobcenter_id)
    return pay.income(state, bool(recurring))


@lru_cache(maxsize=SHARED)
def _the_one(income: Income) -> Income:
    """The one of all gigs that bring the same, which is told from others at a glance."""
    return income


def _alike(query: Select) -> Iterator[tuple[tuple, Iterator[tuple[int, int]]]]:
    """The rows of a query of worker, offer and facts, those with the same facts together: the facts, and whose they
    are. Put together by the database, since many work on the same days for the same time.
    """
    worker_id, offer_id, *facts = query.subquery().columns
    whose = func.aggregate_strings(cast(worker_id, String) + WITH + cast(offer_id, String), APART)
    for pairs, *same in _rows(select(whose, *facts).group_by(*facts).order_by(*facts)):
        yield tuple(same), _ids_of(pairs)


def _ids_of(pairs: str) -> Iterator[tuple[int, int]]:
    """The ids of workers and their offers, of those that are written together."""
    for pair in pairs.split(APART):
        worker_id, offer_id = pair.split(WITH)
        yield int(worker_id), int(offer_id)


def _rows(query: Select) -> Sequence[Row]:
    """Plain rows, without the session's care for objects."""
    return db.session.connection().execute(query).all()


@dataclass(frozen=True)
class _GigPay:
    """What a whole gig pays one person, and on which day it is worked."""

    worked_on: date
    gross: Decimal
    form: ContractForm

    def income(self, state: IncomeState, recurring: bool) -> Income:
        return Income(self.worked_on, None, self.gross, self.form, state, recurring)


def _pay_of(
    starts_at: datetime, ends_at: datetime, break_minutes: int, form: ContractForm, jobcenter_id: int
) -> _GigPay:
    """The planned minutes of a gig at the wage of its day. Raises RateMissing."""
    span = Span(starts_at, ends_at)
    wage = wage_on(form, jobcenter_id, span.first_day)
    return _GigPay(span.first_day, for_minutes(wage, max(0, span.minutes - break_minutes)), form)


def _told(persons: Mapping[int, Collection[int]], since: date, now: datetime) -> Iterator[tuple[int, Earning]]:
    """Income from work elsewhere that persons have told of, with the ids of those asked about: what the same person has
    told in several Jobcenters counts once.
    """
    today, told_by = clock.day_of(now), defaultdict(list)
    for row_id, told in told_since(persons, since):
        told_by[row_id].append(told)
    rows_of_asked: dict[int, list[int]] = defaultdict(list)
    for row_id in sorted(told_by):
        for asked_id in persons[row_id]:
            rows_of_asked[asked_id].append(row_id)
    for asked_id, row_ids in rows_of_asked.items():
        for told in told_once(told_by[row_id] for row_id in row_ids):
            for income in rows_of(told, since=since, until=newest_day(today), today=today):
                yield asked_id, Earning(income, None)


def _recurring(order_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether the order's gigs repeat weekly."""
    return select(OrderTime.id).where(OrderTime.order_id == order_id, OrderTime.weekly_until.is_not(None)).exists()


# Cases


def case_of(worker_id: int, now: datetime) -> Case:
    """One person's case. Raises NotFound."""
    found = cases_of([worker_id], now)
    if not found:
        raise NotFound
    return found[worker_id]


def cases_of(worker_ids: Collection[int], now: datetime) -> dict[int, Case]:
    """The cases of persons by worker id, in six queries for any number of them.

    Hours left are counted at today's wage of the contract form that is usual in the Jobcenter.
    """
    as_of = clock.day_of(now)
    people = _people(worker_ids, as_of)
    held = benefits_of(among(HeldBenefit.worker_id, worker_ids))
    persons = _whose({worker_id: found.row_ids for worker_id, found in people.items()})
    ledger = _ledger(worker_ids, persons, now)
    law, hourly = current_law(), cache(wage_on)
    return {
        worker_id: Case(
            person=_person(found.facts, held.get(worker_id, ())),
            earnings=ledger[worker_id],
            as_of=as_of,
            hourly=hourly(USUAL_FORM[found.facts.kind], found.facts.jobcenter_id, as_of),
            near_share=(found.facts.near_share_percent or found.facts.near_share) / HUNDRED,
            law=law,
            tax=TaxFacts(tuple(found.cards.values()), found.facts.in_prepayment_register, found.facts.born),
        )
        for worker_id, found in people.items()
    }


@dataclass
class _About:
    """What is stored of a worker with what stands around it: the Jobcenter, the rows of the same person, tax cards."""

    facts: Row
    row_ids: set[int] = field(default_factory=set)
    cards: dict[int, Card] = field(default_factory=dict)


_CARD = (TaxCard.valid_from, TaxCard.valid_to, TaxCard.rate, TaxCard.additional_rate, TaxCard.income_limit)


def _people(worker_ids: Collection[int], today: date) -> dict[int, _About]:
    """What is known of workers, by id, in one query."""
    row = aliased(Worker)
    query = (
        select(
            *(Worker.id, Worker.born, Worker.jobseeker, Worker.benefits_asked_on, Worker.in_prepayment_register),
            *(Worker.jobcenter_id, Jobcenter.kind, Worker.near_share_percent, Jobcenter.near_share),
            told_elsewhere(today).label("told_elsewhere"),
            row.id.label("row_id"),
            TaxCard.id.label("card_id"),
            *_CARD,
        )
        .join(Jobcenter, Jobcenter.id == Worker.jobcenter_id)
        .join(row, or_(row.id == Worker.id, row.user_id == Worker.user_id))
        .outerjoin(TaxCard, TaxCard.worker_id == Worker.id)
        .where(among(Worker.id, worker_ids))
        .order_by(Worker.id, TaxCard.valid_from)
    )
    people: dict[int, _About] = {}
    for facts in _rows(query):
        found = people.setdefault(facts.id, _About(facts))
        found.row_ids.add(facts.row_id)
        if facts.card_id is not None:
            found.cards[facts.card_id] = Card(*facts[-len(_CARD) :])
    return people


def _person(facts: Row, held: tuple[BenefitHeld, ...]) -> Person:
    return person_of(facts.born, facts.jobseeker, facts.benefits_asked_on, held, facts.told_elsewhere)


def lock_workers(worker_ids: Collection[int]) -> list[int]:
    """The ids of those of these workers that there are, locked in order, so that two checks of a person follow each
    other.
    """
    query = select(Worker.id).where(among(Worker.id, worker_ids)).order_by(Worker.id)
    return [id for (id,) in _rows(query.with_for_update())]


def workers_of(worker_ids: Collection[int]) -> dict[int, Worker]:
    """Worker rows as they are now, by id."""
    query = select(Worker).where(among(Worker.id, worker_ids)).execution_options(populate_existing=True)
    return {worker.id: worker for worker in db.session.scalars(query)}


def active_worker_ids(after: int, limit: int, last: int) -> list[int]:
    """Ids of active workers above an id, and up to `last`, in order."""
    query = select(Worker.id).where(Worker.active, Worker.id > after, Worker.id <= last)
    return list(db.session.scalars(query.order_by(Worker.id).limit(limit)))


def bounds_of_shares(most: int, least: int) -> list[int]:
    """Ids between which active workers fall into shares of the same size: at most so many, and none with fewer than
    `least` workers, unless there is but one. A share lies above its first bound, and up to its last.
    """
    query = select(Worker.id).where(Worker.active).order_by(Worker.id)
    people = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    shares = max(1, min(most, people // least))
    lasts = [people * share // shares - 1 for share in range(1, shares + 1)]
    return [0, *(db.session.scalar(query.offset(place).limit(1)) for place in lasts if place >= 0)]


def rows_of_same_person(worker_ids: Collection[int]) -> set[int]:
    """The worker rows, in any Jobcenter, of the persons asked about."""
    return set().union(*rows_of_people(worker_ids).values())


# What was told


def current_snapshots(worker_ids: Collection[int]) -> dict[int, dict[Key, LimitSnapshot]]:
    """The newest assessment of each series, by worker id and key."""
    query = select(LimitSnapshot).where(
        among(LimitSnapshot.worker_id, worker_ids), LimitSnapshot.superseded_at.is_(None)
    )
    return _by_key(db.session.scalars(query))


@dataclass(frozen=True)
class Told:
    """What was told last of one series: the row that holds it, and the digest of what it says."""

    id: int
    digest: str


def current_digests(worker_ids: Collection[int]) -> dict[int, dict[Key, Told]]:
    """The same without what they say, which their digests stand for."""
    told = (LimitSnapshot.worker_id, LimitSnapshot.rule, LimitSnapshot.series, LimitSnapshot.id, LimitSnapshot.digest)
    query = select(*told).where(among(LimitSnapshot.worker_id, worker_ids), LimitSnapshot.superseded_at.is_(None))
    found: dict[int, dict[Key, Told]] = defaultdict(dict)
    for worker_id, rule, series, id, digest in _rows(query):
        found[worker_id][rule, series] = Told(id, digest)
    return found


def fingerprints_of(worker_ids: Collection[int]) -> dict[int, str]:
    """What persons were last checked by, by worker id."""
    query = select(LimitCheck.worker_id, LimitCheck.fingerprint).where(among(LimitCheck.worker_id, worker_ids))
    return {worker_id: fingerprint for worker_id, fingerprint in _rows(query)}


def open_warnings(worker_ids: Collection[int]) -> dict[int, dict[Key, LimitWarning]]:
    """The open warning of each series, by worker id and key."""
    query = select(LimitWarning).where(among(LimitWarning.worker_id, worker_ids), LimitWarning.closed_at.is_(None))
    return _by_key(db.session.scalars(query))


def _by_key(rows: Iterable) -> dict[int, dict[Key, object]]:
    found: dict[int, dict[Key, object]] = defaultdict(dict)
    for row in rows:
        found[row.worker_id][row.rule, row.series] = row
    return found

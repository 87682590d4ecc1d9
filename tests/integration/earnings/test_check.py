"""The ledger, the check, its mails and its to-dos, on both databases."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal

import pytest

from jobcenter.auth.domain import SYSTEM, JobcenterKind, Role
from jobcenter.benefits import ContractForm, IncomeState, LimitState
from jobcenter.core import audit, clock, todo
from jobcenter.core.errors import NotFound
from jobcenter.core.uow import unit_of_work
from jobcenter.earnings import jobs, queries, service
from jobcenter.earnings.domain_warnings import WarningLevel
from jobcenter.earnings.models import LimitSnapshot, LimitWarning
from jobcenter.earnings.queries_told import tellings_of
from jobcenter.notifications.models import OutgoingMail
from jobcenter.orders.gigs.domain import GigStatus, OfferStatus
from jobcenter.orders.hours.domain import EntryStatus
from jobcenter.orders.intake.models import OrderTime
from jobcenter.workers.domain import ConsentPurpose, SupportKind
from jobcenter.workers.models import HeldBenefit
from tests import factories, factories_earnings
from tests.factories import NOW
from tests.factories_earnings import assignment_order, earned, pensioner, wages
from tests.factories_statement import told_income

RULE = "kela_disability_pension.earnings_limit"


@pytest.fixture
def place(session):
    """A Jobcenter with an orderer and the wages of both forms."""
    with clock.frozen(NOW):
        wages()
        yield factories.jobcenter()


@pytest.fixture
def order(place):
    return assignment_order(place)


@pytest.fixture
def wage_order(place):
    return factories_earnings.wage_order(place)


def at(day, hour=9):
    return clock.at(day, time(hour))


def check(worker, now=NOW):
    with unit_of_work():
        return service.check_worker(SYSTEM, worker.id, now)


def mails(session):
    return [(mail.to, mail.subject) for mail in session.query(OutgoingMail).order_by(OutgoingMail.id)]


# The ledger


@pytest.mark.parametrize(
    ("status", "paid_on", "state"),
    [
        (EntryStatus.LOGGED, None, IncomeState.AGREED),
        (EntryStatus.DISPUTED, None, IncomeState.AGREED),
        (EntryStatus.CONFIRMED, None, IncomeState.CONFIRMED),
        (EntryStatus.CONFIRMED, date(2026, 11, 20), IncomeState.PAID),
    ],
)
def test_logged_hours_are_earnings_at_their_own_wage(place, order, status, paid_on, state):
    worker = pensioner(place)
    entry = factories.done_gig(order, worker, at(date(2026, 11, 10)), hours=3, wage=Decimal("10.50"), status=status)
    entry.paid_on = paid_on
    (earning,) = queries.ledger_of([worker.id], NOW)[worker.id]
    assert earning.income.gross == Decimal("31.50")
    assert (earning.income.state, earning.income.paid_on) == (state, paid_on)
    assert earning.income.contract is ContractForm.ASSIGNMENT
    assert not earning.income.recurring


@pytest.mark.parametrize(
    ("status", "gig_status", "state"),
    [
        (OfferStatus.OFFERED, GigStatus.PLANNED, IncomeState.OFFERED),
        (OfferStatus.ACCEPTED, GigStatus.PLANNED, IncomeState.AGREED),
        (OfferStatus.CONFIRMED, GigStatus.PLANNED, IncomeState.AGREED),
        (OfferStatus.CONFIRMED, GigStatus.CANCELLED, None),
        (OfferStatus.DECLINED, GigStatus.PLANNED, None),
        (OfferStatus.WITHDRAWN, GigStatus.PLANNED, None),
        (OfferStatus.STOPPED, GigStatus.PLANNED, None),
        (OfferStatus.NO_SHOW, GigStatus.PLANNED, None),
    ],
)
def test_gigs_ahead_are_earnings_by_their_state(place, order, status, gig_status, state):
    worker = pensioner(place)
    gig = factories.gig(order, hours=3, break_minutes=30, status=gig_status)
    factories.offer(gig, worker, status)
    found = queries.ledger_of([worker.id], NOW)[worker.id]
    assert [(earning.income.state, earning.income.gross) for earning in found] == (
        [] if state is None else [(state, Decimal("25.00"))]
    )


def test_a_done_gig_without_hours_is_agreed_and_a_past_offer_is_nothing(place, order):
    worker = pensioner(place)
    done = factories.gig(order, at(date(2026, 11, 20)), status=GigStatus.DONE)
    needs_times = factories.offer(done, worker, OfferStatus.DONE)
    factories.time_entry(needs_times, EntryStatus.NEEDS_TIMES, starts_at=None, ends_at=None, minutes=0)
    past = factories.gig(order, at(date(2026, 11, 19)))
    factories.offer(past, worker, OfferStatus.OFFERED)
    (earning,) = queries.ledger_of([worker.id], NOW)[worker.id]
    assert (earning.income.state, earning.income.gross) == (IncomeState.AGREED, Decimal("30.00"))


def test_a_gig_over_midnight_is_earned_on_its_first_day(place, order):
    worker = pensioner(place)
    night = factories.gig(order, at(date(2026, 11, 30), 22), hours=4)
    factories.offer(night, worker, OfferStatus.ACCEPTED)
    (earning,) = queries.ledger_of([worker.id], NOW)[worker.id]
    assert earning.income.worked_on == date(2026, 11, 30)


def test_gigs_of_a_weekly_order_recur(place):
    weekly = OrderTime(day=date(2026, 12, 1), starts=time(9), ends=time(12), weekly_until=date(2026, 12, 31))
    order = factories.order(place, factories.organisation(place), [weekly])
    worker = pensioner(place)
    gig = factories.gig(order)
    factories.offer(gig, worker, OfferStatus.ACCEPTED)
    (earning,) = queries.ledger_of([worker.id], NOW)[worker.id]
    assert earning.income.recurring
    assert queries.income_of_gig(gig).recurring
    assert queries.income_of_gig(gig).gross == Decimal("33.00")


def test_the_same_person_s_work_in_another_jobcenter_counts(place, order):
    person = factories.someone(Role.WORKER, place)
    here = pensioner(place, of=person)
    elsewhere = factories.jobcenter()
    there = factories.worker(elsewhere, person)
    stranger = pensioner(place)
    earned(assignment_order(elsewhere), there, "50.00")
    ledger = queries.ledger_of([here.id, there.id, stranger.id], NOW)
    assert [len(ledger[worker.id]) for worker in (here, there, stranger)] == [1, 1, 0]


def test_queries_do_not_grow_with_people(session, place, order, query_count):
    people = [pensioner(place) for _ in range(20)]
    for worker in people:
        earned(order, worker, "30.00")
    session.commit()
    counts = []
    for some in (people[:1], people):
        ids = [worker.id for worker in some]
        session.rollback()
        with query_count() as statements:
            cases = queries.cases_of(ids, NOW)
        counts.append(len(statements.queries))
        assert {len(cases[worker_id].earnings) for worker_id in ids} == {1}
    assert counts[0] == counts[1] <= 10


# What if


def test_the_effect_of_an_offer_counts_it_once(session, place, order):
    worker = pensioner(place)
    earned(order, worker, "970.00", day=date(2026, 12, 2))
    gig = factories.gig(order, at(date(2026, 12, 10)), hours=3)
    factories.offer(gig, worker)
    effect = queries.case_of(worker.id, NOW).effect_of(queries.income_of_gig(gig))
    assert effect.over == (RULE,)
    (change,) = [change for change in effect.touched if change.after.rule == RULE]
    assert change.before.left_with_agreed == Decimal("20.90")
    assert change.after.left_with_agreed == Decimal("-9.10")


def test_nobody_has_no_limits(session, place):
    session.commit()
    with pytest.raises(NotFound):
        queries.case_of(999, NOW)
    with pytest.raises(NotFound), unit_of_work():
        service.check_worker(SYSTEM, 999, NOW)


# The check


def test_what_was_told_is_kept_and_shown_again_exactly(session, place, wage_order):
    worker = pensioner(place)
    earned(wage_order, worker, "800.00")
    session.commit()
    assert check(worker).kept == 3
    assert [
        told.state for told in session.query(LimitSnapshot).filter_by(rule=RULE).order_by(LimitSnapshot.series)
    ] == [
        LimitState.NEAR,
        LimitState.UNDER,
        LimitState.LIMIT_MISSING,
    ]
    told = session.query(LimitSnapshot).filter_by(rule=RULE, series="2026-11").one()
    assert tellings_of([told])[0] in queries.case_of(worker.id, NOW).tellings()
    assert (told.state, told.series, told.superseded_at) == (LimitState.NEAR, "2026-11", None)

    assert check(worker, NOW + timedelta(hours=1)).kept == 0
    earned(wage_order, worker, "300.00", day=date(2026, 11, 12))
    session.commit()
    assert check(worker, NOW + timedelta(hours=2)).kept == 1
    first, second = session.query(LimitSnapshot).filter_by(rule=RULE, series="2026-11").order_by(LimitSnapshot.id)
    assert (first.state, first.superseded_at) == (LimitState.NEAR, NOW + timedelta(hours=2))
    assert (second.state, second.superseded_at) == (LimitState.OVER, None)
    assert tellings_of([first])[0].assessment.counted == Decimal("800.00")


def test_a_benefit_that_ends_ends_what_was_told(session, place, wage_order):
    worker = pensioner(place)
    earned(wage_order, worker, "800.00")
    session.commit()
    check(worker)
    session.query(HeldBenefit).delete()
    session.commit()
    check(worker, NOW + timedelta(hours=1))
    assert session.query(LimitSnapshot).filter_by(rule=RULE, superseded_at=None).count() == 0
    assert session.query(LimitWarning).filter_by(closed_at=None).count() == 0


def test_one_mail_per_change_of_state(session, place, wage_order):
    worker = pensioner(place)
    earned(wage_order, worker, "800.00")
    session.commit()
    for hour in range(3):
        check(worker, NOW + timedelta(hours=hour))
    assert mails(session) == [("veikko@example.fi", "About your earnings and limits")]
    body = session.query(OutgoingMail).one().body
    assert "You can still work 19 hours in November." in body
    assert "estimate, not a decision" in body
    assert "pension" not in body.lower()

    earned(wage_order, worker, "300.00", day=date(2026, 11, 12))
    session.commit()
    check(worker)
    assert len(mails(session)) == 2
    levels = [warning.level for warning in session.query(LimitWarning).order_by(LimitWarning.id)]
    assert levels == [WarningLevel.NEAR, WarningLevel.OVER]
    assert session.query(LimitWarning).filter_by(closed_at=None).one().level is WarningLevel.OVER
    assert [event.verb for event in audit.events(audit.Search(thing_type="worker"))] == ["limits.warn", "limits.warn"]


def test_a_level_that_comes_and_goes_in_a_month_mails_once(session, place, wage_order):
    worker = pensioner(place)
    gig = factories.gig(wage_order, at(date(2026, 11, 25)), hours=3, slots=1)
    offer = factories.offer(gig, worker, OfferStatus.ACCEPTED)
    earned(wage_order, worker, "780.00")
    session.commit()
    for status in (OfferStatus.ACCEPTED, OfferStatus.CANCELLED, OfferStatus.ACCEPTED):
        offer.status = status
        session.commit()
        check(worker)
    assert len(mails(session)) == 1
    assert [warning.closed_at is None for warning in session.query(LimitWarning).order_by(LimitWarning.id)] == [
        False,
        True,
    ]


def test_support_and_guardian_hear_of_it_only_with_consent(session, place, wage_order):
    worker = pensioner(place, email="")
    supporter, guardian, stranger = (factories.user(email=f"{name}@example.fi") for name in ("tuki", "edun", "muu"))
    factories.support(worker, supporter)
    factories.support(worker, guardian, SupportKind.GUARDIAN)
    factories.support(pensioner(place), stranger)
    earned(wage_order, worker, "800.00")
    session.commit()
    check(worker)
    assert mails(session) == []

    factories.consent(worker, ConsentPurpose.GUARDIAN_SEES_EARNINGS)
    earned(wage_order, worker, "300.00", day=date(2026, 11, 12))
    session.commit()
    check(worker)
    assert [to for to, _ in mails(session)] == ["edun@example.fi"]
    factories.consent(worker, ConsentPurpose.SUPPORT_SEES_EARNINGS)
    earned(wage_order, worker, "100.00", day=date(2026, 10, 12))
    earned(wage_order, worker, "900.00", day=date(2026, 10, 13))
    session.commit()
    check(worker)
    assert sorted(to for to, _ in mails(session)[1:]) == ["edun@example.fi", "tuki@example.fi"]


def test_months_long_past_are_left_alone(session, place, wage_order):
    worker = pensioner(place)
    earned(wage_order, worker, "2000.00", day=date(2026, 9, 30))
    session.commit()
    check(worker)
    assert {warning.rule for warning in session.query(LimitWarning)} == set()


def test_work_told_in_two_jobcenters_counts_once(session, place):
    person = factories.someone(Role.WORKER, place)
    here = pensioner(place, of=person)
    there = factories.worker(factories.jobcenter(), person)
    stranger = factories.worker(place)
    for worker in (here, there, stranger):
        told_income(worker, starts_on=date(2026, 11, 1))
    ledger = queries.ledger_of([here.id, there.id, stranger.id], NOW)
    sums = {worker_id: sum(earning.income.gross for earning in earnings) for worker_id, earnings in ledger.items()}
    assert sums == dict.fromkeys([here.id, there.id, stranger.id], Decimal("600.00"))


# The jobs


def test_the_nightly_check_looks_at_everyone_active(session, place, wage_order, monkeypatch):
    monkeypatch.setattr(jobs, "BATCH", 2)
    people = [pensioner(place, email=f"v{number}@example.fi") for number in range(5)]
    for worker in people:
        earned(wage_order, worker, "800.00")
    people[0].active = False
    session.commit()
    assert jobs.check_earnings(NOW).done == 4
    assert jobs.check_earnings(NOW).done == 4
    assert len(mails(session)) == 4


def test_the_nightly_check_passes_over_whose_facts_are_the_same(session, place, wage_order, monkeypatch):
    """Nobody is looked at twice by the same facts; whoever's facts have changed is, and so is everyone next month."""
    people = [pensioner(place, email=f"v{number}@example.fi") for number in range(3)]
    for worker in people:
        earned(wage_order, worker, "100.00")
    session.commit()
    looked_at = []
    standing_of = service.Standing.of
    monkeypatch.setattr(service.Standing, "of", lambda id, case: looked_at.append(id) or standing_of(id, case))
    ids = [worker.id for worker in people]

    def nightly(days):
        looked_at.clear()
        assert jobs.check_earnings(NOW + timedelta(days=days)).done == 3
        return list(looked_at)

    assert nightly(0) == ids
    assert nightly(1) == []
    earned(wage_order, people[1], "850.00", day=date(2026, 11, 12))
    session.commit()
    assert nightly(2) == [ids[1]]
    people[2].near_share_percent = Decimal("10.00")
    session.commit()
    assert nightly(3) == [ids[2]]
    assert nightly(10) == ids
    check(people[0], NOW + timedelta(days=10))
    assert nightly(11) == []


def test_a_changed_income_is_looked_at_once(session, place, wage_order):
    person = factories.someone(Role.WORKER, place)
    here = pensioner(place, of=person)
    there = factories.worker(factories.jobcenter(), person)
    earned(wage_order, here, "800.00")
    session.commit()
    with unit_of_work():
        todo.leave("income_changed", there.id)
    assert jobs.check_changed(NOW).done == 1
    assert session.query(LimitWarning).one().worker_id == here.id
    assert jobs.check_changed(NOW).done == 0


def test_changed_rules_are_looked_at_for_everyone(session, place, wage_order):
    worker = pensioner(place)
    earned(wage_order, worker, "800.00")
    session.commit()
    with unit_of_work():
        todo.leave("rules_changed", "shipped")
    assert jobs.check_changed(NOW).done == 1
    assert session.query(LimitWarning).count() == 1
    assert jobs.check_changed(NOW).done == 0


def test_each_jobcenter_and_person_has_a_share_of_their_own(session, place, wage_order):
    worker = pensioner(place)
    earned(wage_order, worker, "600.00")
    session.commit()
    for own, common, state in [(None, "80.00", "under"), (None, "50.00", "near"), ("90.00", "50.00", "under")]:
        worker.near_share_percent = own and Decimal(own)
        place.near_share = Decimal(common)
        session.flush()
        assert queries.case_of(worker.id, NOW).assessments()[0].state == state


@pytest.mark.parametrize(("kind", "hours"), [(JobcenterKind.DISABILITY, 99), (JobcenterKind.REHABILITATIVE, 90)])
def test_hours_are_counted_at_the_wage_that_is_usual_there(place, kind, hours):
    worker = pensioner(factories.jobcenter(kind))
    assert queries.case_of(worker.id, NOW).assessments()[0].left_hours == hours

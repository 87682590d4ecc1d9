"""Hours that are paid and were longer: the rest is confirmed, billed and paid by the next list, and nothing is lost."""

from datetime import date, time
from decimal import Decimal

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import func, select

from jobcenter.auth.domain import Role
from jobcenter.billing.books.domain import Worked
from jobcenter.billing.books.models import LedgerLine
from jobcenter.billing.books.queries import worked_in
from jobcenter.billing.invoices import service as invoices
from jobcenter.billing.invoices.domain import CreditInvoice
from jobcenter.billing.invoices.queries import sent_lines_of
from jobcenter.billing.invoices.queries_waiting import billable_hours
from jobcenter.billing.payruns import queries, service, service_refusal
from jobcenter.billing.payruns.domain import MakeRun
from jobcenter.billing.payruns.domain_refusal import Refused
from jobcenter.billing.payruns.models import PayItem
from jobcenter.billing.register.models import RegisterReport
from jobcenter.core import clock
from jobcenter.core.errors import AlreadyDone, DomainError, NotFound, NotPossible
from jobcenter.earnings.queries import ledger_of
from jobcenter.notifications.models import OutgoingMail
from jobcenter.orders.hours import service as hours
from jobcenter.orders.hours import service_corrections
from jobcenter.orders.hours.domain import Billed, EditHours, EntryStatus, Typed
from jobcenter.orders.hours.domain_corrections import PaidForMore
from jobcenter.orders.hours.models import TimeEntry
from jobcenter.orders.rates.service import load_defaults
from jobcenter.reports.domain import Period
from jobcenter.reports.queries import done_gig_for, done_gigs, statistics
from tests import factories
from tests.architecture.source import MIGRATION_VERSIONS
from tests.factories_billing import IBAN, ON_PAY_DAY, PAY_DAY, approved, do
from tests.factories_earnings import PENSION, wages

DAY, NEXT = date(2026, 11, 20), date(2026, 12, 15)


def times(entry: TimeEntry, ends: int = 14, day: date = DAY) -> EditHours:
    return EditHours(Typed(day, time(9), time(ends), 0), "Kello jäi leimaamatta", entry.version)


@pytest.fixture
def paid(world, session):
    """Three hours from nine on that were paid on 30 November, which is today."""
    entry = world.hours(DAY, 3)
    session.commit()
    run = approved(world, session)
    with clock.frozen(ON_PAY_DAY):
        do(service.mark_paid, world.coordinator, run.id)
        session.refresh(entry)
        yield entry


@pytest.fixture
def added(world, session, paid):
    """The two hours that were missing, as the worker adds them."""
    worker = factories.actor(world.worker_user, (Role.WORKER, world.jobcenter))
    return do(service_corrections.add_missing, worker, paid.id, times(paid))


def pay_next(world, session):
    world.worker.iban = IBAN
    session.commit()
    run = do(service.make_run, world.coordinator, MakeRun(world.jobcenter.id, NEXT, "two"))
    do(service.approve, world.second, run.id)
    with clock.frozen(clock.start_of(NEXT)):
        do(service.mark_paid, world.coordinator, run.id)


def test_the_rest_waits_for_the_orderer_and_is_paid_by_the_next_list(world, session, paid, added):
    assert (added.minutes, added.status, added.wage) == (120, EntryStatus.LOGGED, paid.wage)
    assert queries.waiting_in(world.jobcenter.id) == []
    do(hours.confirm_hours, world.as_orderer, added.id)
    pay_next(world, session)
    items = session.scalars(select(PayItem).order_by(PayItem.id)).all()
    assert [(item.minutes, item.gross) for item in items] == [(180, Decimal("30.00")), (120, Decimal("20.00"))]
    reports = session.scalars(select(RegisterReport).order_by(RegisterReport.id)).all()
    assert [report.paid_on for report in reports] == [PAY_DAY, NEXT]
    assert reports[0].reference != reports[1].reference
    session.refresh(paid)
    assert (paid.minutes, paid.paid_on) == (180, PAY_DAY)
    assert session.scalar(select(func.sum(LedgerLine.debit - LedgerLine.credit))) == 0


def test_the_same_times_told_twice_lead_to_the_hours_that_were_added(world, session, paid, added):
    assert do(service_corrections.add_missing, world.coordinator, paid.id, times(paid)).id == added.id
    for other in (times(paid, 15), times(added, 15)):
        with pytest.raises(NotPossible, match="hours_not_all_paid"):
            do(service_corrections.add_missing, world.coordinator, paid.id, other)
    do(hours.confirm_hours, world.as_orderer, added.id)
    with pytest.raises(NotPossible, match="hours_not_all_paid"):
        do(service_corrections.add_missing, world.coordinator, paid.id, times(paid))


def test_the_checker_counts_the_rest_when_it_comes_and_the_orderer_is_billed_all_of_it(world, session, paid, added):
    do(hours.confirm_hours, world.as_orderer, added.id)
    pay_next(world, session)
    with clock.frozen(clock.start_of(NEXT)):
        incomes = [earning.income for earning in ledger_of([world.worker.id], clock.now())[world.worker.id]]
    assert sorted((income.paid_on, income.gross) for income in incomes) == [
        (PAY_DAY, Decimal("30.00")),
        (NEXT, Decimal("20.00")),
    ]
    assert sum(row.minutes for row in billable_hours(frozenset({world.jobcenter.id}))) == 300


def test_the_certificate_tells_the_work_as_one_gig(world, session, paid, added):
    do(hours.confirm_hours, world.as_orderer, added.id)
    (gig,) = done_gigs(world.worker)
    assert (gig.entry_id, gig.minutes, clock.local(gig.ends_at).time()) == (paid.id, 300, time(14))
    assert done_gig_for(world.coordinator, paid.id)[0] == gig
    with pytest.raises(NotFound):
        done_gig_for(world.coordinator, added.id)


def test_the_pay_day_moves_only_what_is_not_paid(world, session):
    wages()
    world.worker.benefits_asked_on, world.worker.born = factories.TODAY, date(1990, 5, 1)
    factories.benefit(world.worker, PENSION)
    entry = world.hours(DAY, 10, wage=Decimal("100.00"), paid_on=date(2026, 11, 21))
    session.commit()
    added = do(service_corrections.add_missing, world.coordinator, entry.id, times(entry, 20))
    do(hours.confirm_hours, world.as_orderer, added.id)
    (choice,) = service.choices_of(queries.waiting_in(world.jobcenter.id), NEXT, date(2026, 12, 31))
    assert not choice.concerns


def test_a_correction_is_corrected_itself_until_it_is_paid(world, session, paid, added):
    with pytest.raises(NotPossible):
        do(service_corrections.add_missing, world.coordinator, paid.id, times(paid, 15))
    do(hours.confirm_hours, world.as_orderer, added.id)
    do(hours.edit_hours, world.coordinator, added.id, times(added, 13))
    assert (added.minutes, added.status) == (60, EntryStatus.LOGGED)
    with pytest.raises(PaidForMore):
        do(hours.edit_hours, world.coordinator, added.id, times(added, 11))


def test_what_came_to_nothing_is_taken_back_and_the_worker_told(world, session, paid, added):
    do(service_corrections.withdraw, world.coordinator, added.id)
    assert (added.minutes, added.ends_at, added.status) == (0, paid.ends_at, EntryStatus.WITHDRAWN)
    assert [
        mail.to for mail in session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "correction_withdrawn"))
    ]
    with pytest.raises(AlreadyDone):
        do(service_corrections.withdraw, world.coordinator, added.id)
    again = do(service_corrections.add_missing, world.coordinator, paid.id, times(paid, 13))
    assert again.minutes == 60
    do(hours.confirm_hours, world.as_orderer, again.id)
    with pytest.raises(NotPossible):
        do(service_corrections.withdraw, world.coordinator, again.id)


def test_paid_hours_are_never_made_shorter(world, session, paid):
    for verb, refusal in ((service_corrections.add_missing, PaidForMore), (hours.edit_hours, Billed)):
        with pytest.raises(refusal):
            do(verb, world.coordinator, paid.id, times(paid, 11))
    session.refresh(paid)
    assert paid.minutes == 180


def test_an_old_page_and_work_of_another_time_are_refused(world, session, paid):
    stale = EditHours(Typed(DAY, time(9), time(13), 0), "Kello", paid.version - 1)
    with pytest.raises(DomainError, match="changed_meanwhile"):
        do(service_corrections.add_missing, world.coordinator, paid.id, stale)
    begins = clock.at(DAY, time(12))
    factories.done_gig(world.order, world.worker, begins, 1)
    session.commit()
    with pytest.raises(DomainError, match="hours_overlap"):
        do(service_corrections.add_missing, world.coordinator, paid.id, times(paid, 13))


def test_who_may_not(world, session, paid, added):
    elsewhere = factories.jobcenter()
    outside = factories.actor(factories.someone(Role.COORDINATOR, elsewhere), (Role.COORDINATOR, elsewhere))
    session.commit()
    for actor in (world.as_orderer, outside):
        with pytest.raises(NotFound):
            do(service_corrections.add_missing, actor, paid.id, times(paid, 15))
        with pytest.raises(NotFound):
            do(service_corrections.withdraw, actor, added.id)
    with pytest.raises(NotFound):
        do(service_corrections.withdraw, world.coordinator, paid.id)


def test_the_pages(world, session, paid, as_user):
    client = as_user(world.coordinator_user)
    assert f"/hours/{paid.id}/missing" in client.get(f"/hours/{paid.id}").text
    client.get(f"/hours/{paid.id}/missing")
    typed = {"day": "20.11.2026", "starts": "9", "break_minutes": "0", "reason": "Kello", "version": str(paid.version)}
    reply = client.post(f"/hours/{paid.id}/missing", data=typed | {"ends": "11.00"})
    assert reply.status_code == 422 and "nothing is taken from later pay" in reply.text
    shown = client.post(f"/hours/{paid.id}/missing", data=typed | {"ends": "13.00"}).location
    page = client.get(shown).text
    assert "what was missing" in page and f"/hours/{paid.id}" in page
    assert client.post(f"{shown}/withdraw").location == shown
    assert "Taken back" in client.get(shown).text


def credit_an_hour(world, invoice) -> None:
    line_id = sent_lines_of(invoice.id)[0].line_id
    do(invoices.credit, world.coordinator, invoice.id, CreditInvoice("Tunti liikaa", {line_id: 60}, "credit"))


def to_bill(world) -> int:
    return sum(row.minutes for row in billable_hours(frozenset({world.jobcenter.id})))


def test_hours_whose_pay_is_at_the_bank_stay_until_it_is_known_what_became_of_it(world, session):
    entry = world.hours(DAY, 3)
    session.commit()
    run = approved(world, session)
    do(service.take_file, world.coordinator, run.id)
    session.refresh(entry)
    with pytest.raises(Billed, match="hours_pay_sent"):
        do(hours.edit_hours, world.coordinator, entry.id, times(entry, 10))
    added = do(service_corrections.add_missing, world.coordinator, entry.id, times(entry))
    with clock.frozen(ON_PAY_DAY):
        do(service_refusal.note_refused, world.coordinator, run.id, Refused("Tili", PAY_DAY, 1))
        with pytest.raises(NotPossible, match="hours_corrected"):
            do(hours.edit_hours, world.coordinator, entry.id, times(entry, 15))
        do(service_corrections.withdraw, world.coordinator, added.id)
        do(service.approve, world.second, run.id)
        do(service.take_file, world.coordinator, run.id)
        do(service.mark_paid, world.coordinator, run.id)
    assert (entry.paid_on, entry.pay_sent_on) == (PAY_DAY, None)


def test_an_orderer_is_asked_for_the_right_hours_only_and_the_worker_keeps_the_pay(world, session, paid):
    do(service_corrections.bill_less, world.coordinator, paid.id, times(paid, 11))
    assert (paid.minutes, paid.unbilled_minutes, to_bill(world)) == (180, 60, 120)
    do(service_corrections.bill_less, world.coordinator, paid.id, times(paid, 10))
    assert to_bill(world) == 60
    added = do(service_corrections.add_missing, world.coordinator, paid.id, times(paid, 13))
    assert (added.minutes, paid.unbilled_minutes) == (60, 0)


def test_what_is_not_billed_stays_work_on_certificates_and_in_figures_and_the_books_tell_it_apart(
    world, session, paid, as_user
):
    before = done_gigs(world.worker), statistics(Period(DAY, DAY), [world.jobcenter.id])
    do(service_corrections.bill_less, world.coordinator, paid.id, times(paid, 11))
    assert (done_gigs(world.worker), statistics(Period(DAY, DAY), [world.jobcenter.id])) == before
    assert worked_in(world.jobcenter.id, DAY.replace(day=1)) == Worked(minutes=180, unbilled=60)
    page = as_user(world.coordinator_user).get(f"/books/{world.jobcenter.id}").text
    assert "<dt>Not billed, though paid</dt><dd>1\u00a0h</dd>" in page


def test_hours_made_shorter_after_the_bank_refused_their_pay_are_billed_as_they_are_then(world, session):
    do(load_defaults)
    entry = world.hours(DAY, 3)
    session.commit()
    run = approved(world, session)
    do(service.take_file, world.coordinator, run.id)
    session.refresh(entry)
    do(service_corrections.bill_less, world.coordinator, entry.id, times(entry, 10))
    with clock.frozen(ON_PAY_DAY):
        do(service_refusal.note_refused, world.coordinator, run.id, Refused("Tili", PAY_DAY, 1))
        do(hours.edit_hours, world.coordinator, entry.id, times(entry, 10))
    assert (entry.minutes, entry.unbilled_minutes) == (60, 0)
    do(hours.confirm_hours, world.as_orderer, entry.id)
    assert to_bill(world) == 60


def test_a_correction_of_which_nothing_is_billed_waits_for_no_invoice(world, session, paid, added):
    do(hours.confirm_hours, world.as_orderer, added.id)
    pay_next(world, session)
    session.refresh(added)
    do(service_corrections.bill_less, world.coordinator, added.id, times(added, 12))
    assert (added.unbilled_minutes, added.invoiced, to_bill(world)) == (120, True, 180)
    do(service_corrections.bill_less, world.coordinator, added.id, times(added, 13))
    assert (added.unbilled_minutes, added.invoiced, to_bill(world)) == (60, False, 240)


def test_what_is_billed_is_credited_first(world, session, paid):
    invoice = world.sent()
    session.refresh(paid)
    with pytest.raises(Billed, match="hours_below_billed"):
        do(service_corrections.bill_less, world.coordinator, paid.id, times(paid, 11))
    credit_an_hour(world, invoice)
    session.refresh(paid)
    assert (paid.billed_minutes, to_bill(world)) == (120, 60)
    do(service_corrections.bill_less, world.coordinator, paid.id, times(paid, 11))
    assert (paid.invoiced, to_bill(world)) == (True, 0)


def test_hours_are_not_corrected_below_what_is_on_an_invoice(world, session):
    entry = world.hours(DAY, 3)
    session.commit()
    invoice = world.sent()
    credit_an_hour(world, invoice)
    session.refresh(entry)
    with pytest.raises(Billed, match="hours_below_billed"):
        do(hours.edit_hours, world.coordinator, entry.id, times(entry, 10))


def test_the_tables_of_before_corrections_are_refused_while_there_are_any(world, session, paid):
    undo = ScriptDirectory(str(MIGRATION_VERSIONS.parent)).get_revision("0028").module.refuse_to_lose
    undo(session.connection())
    do(service_corrections.bill_less, world.coordinator, paid.id, times(paid, 11))
    with pytest.raises(RuntimeError, match="0 corrections of paid hours and 1 hours that are billed for less"):
        undo(session.connection())
    do(service_corrections.add_missing, world.coordinator, paid.id, times(paid))
    with pytest.raises(RuntimeError, match="1 corrections of paid hours and 0 hours"):
        undo(session.connection())


def test_only_a_coordinator_bills_less(world, session, paid, added):
    worker = factories.actor(world.worker_user, (Role.WORKER, world.jobcenter))
    for actor in (worker, world.as_orderer):
        with pytest.raises(NotFound):
            do(service_corrections.bill_less, actor, paid.id, times(paid, 11))
    with pytest.raises(NotPossible):
        do(service_corrections.bill_less, world.coordinator, paid.id, times(paid, 11))

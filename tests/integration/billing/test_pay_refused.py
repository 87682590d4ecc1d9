"""A payment file that the bank refused: the same payments in a new file, once, seen by two people; and refusals."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from jobcenter.auth.domain import Role
from jobcenter.billing import sepa
from jobcenter.billing.books.models import LedgerEntry
from jobcenter.billing.payruns import service, service_refusal
from jobcenter.billing.payruns.domain import ListIsStale, PayRunStatus, SamePerson
from jobcenter.billing.payruns.domain_refusal import AlreadyExecuted, FileNotTaken, NotAPayDayAgain, Refused
from jobcenter.billing.payruns.models import EnforcementOrder
from jobcenter.billing.register.models import RegisterReport
from jobcenter.core import clock
from jobcenter.core.audit import AuditEvent
from jobcenter.core.errors import AlreadyDone, NotFound, NotPossible
from jobcenter.notifications.models import OutgoingMail
from jobcenter.orders.hours.models import TimeEntry
from tests import factories
from tests.factories_billing import IBAN, PAY_DAY, approved, do, listed, tax_card
from tests.schemas import PAIN, assert_valid

LATER = date(2026, 12, 1)
AGAIN = Refused("Tili puuttuu", LATER, 1)


@pytest.fixture
def run(world, session):
    """An approved list of three hours for 30 November, whose file has been taken; it is 1 December."""
    tax_card(world.worker, rate="10")
    world.hours(date(2026, 11, 20))
    session.commit()
    run = approved(world, session)
    do(service.take_file, world.coordinator, run.id)
    with clock.frozen(clock.start_of(LATER)):
        yield run


def test_the_same_payments_go_out_in_a_new_file_once(world, session, run):
    first = do(service.take_file, world.coordinator, run.id)
    do(service_refusal.note_refused, world.coordinator, run.id, AGAIN)
    assert (run.status, run.pay_on, run.approved_by, run.file_taken_at) == (PayRunStatus.LISTED, LATER, "", None)
    with pytest.raises(NotPossible):
        do(service.take_file, world.coordinator, run.id)
    with pytest.raises(SamePerson):
        do(service.approve, world.coordinator, run.id)
    do(service.approve, world.second, run.id)
    second = do(service.take_file, world.coordinator, run.id)
    assert (first.id, second.id) == (f"JC{world.jobcenter.id}-RUN{run.id}", f"JC{world.jobcenter.id}-RUN{run.id}-2")
    assert [one.id for one in first.transfers] == [one.id for one in second.transfers]
    assert (first.pay_on, second.pay_on, first.total) == (PAY_DAY, LATER, second.total)
    assert_valid(sepa.xml_of(second), PAIN)
    do(service.mark_paid, world.coordinator, run.id)
    assert session.scalars(select(TimeEntry.paid_on)).one() == LATER
    assert session.scalars(select(RegisterReport.paid_on)).one() == LATER
    assert session.scalar(select(func.count()).select_from(LedgerEntry).where(LedgerEntry.kind == "pay")) == 1


def test_it_is_logged_and_the_workers_are_told_of_the_new_day(world, session, run):
    do(service_refusal.note_refused, world.coordinator, run.id, AGAIN)
    (logged,) = session.scalars(select(AuditEvent).where(AuditEvent.verb == "pay_run.refused"))
    assert (logged.after["refusal"], logged.before["approved_by"]) == ("Tili puuttuu", "Toini Mallinen")
    (mail,) = session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "pay.new_day"))
    assert mail.to == world.worker_user.email


def test_an_old_page_does_not_refuse_the_new_file(world, session, run):
    do(service_refusal.note_refused, world.coordinator, run.id, AGAIN)
    with pytest.raises(AlreadyDone):
        do(service_refusal.note_refused, world.coordinator, run.id, AGAIN)
    do(service.approve, world.second, run.id)
    do(service.take_file, world.coordinator, run.id)
    with pytest.raises(AlreadyDone):
        do(service_refusal.note_refused, world.coordinator, run.id, AGAIN)
    assert run.status is PayRunStatus.APPROVED


def test_a_tax_card_of_the_new_month_makes_the_list_anew(world, session, run):
    do(service_refusal.note_refused, world.coordinator, run.id, AGAIN)
    tax_card(world.worker, rate="20", valid_from=LATER)
    session.commit()
    with pytest.raises(ListIsStale):
        do(service.approve, world.second, run.id)


def test_what_cannot_be_refused(world, session, run):
    with pytest.raises(NotAPayDayAgain):
        do(service_refusal.note_refused, world.coordinator, run.id, Refused("Tili", PAY_DAY, 1))
    elsewhere = factories.jobcenter()
    outside = factories.actor(factories.someone(Role.COORDINATOR, elsewhere), (Role.COORDINATOR, elsewhere))
    session.commit()
    with pytest.raises(NotFound):
        do(service_refusal.note_refused, outside, run.id, AGAIN)
    do(service.mark_paid, world.coordinator, run.id)
    with pytest.raises(AlreadyExecuted):
        do(service_refusal.note_refused, world.coordinator, run.id, AGAIN)


def test_without_a_file_none_was_refused(world, session):
    world.hours(date(2026, 11, 20))
    run = approved(world, session)
    with pytest.raises(FileNotTaken):
        do(service_refusal.note_refused, world.coordinator, run.id, Refused("Tili", PAY_DAY, 1))


def test_the_pages(world, session, run, as_user):
    client, path = as_user(world.coordinator_user), f"/pay-runs/{run.id}/refused"
    assert path in client.get(f"/pay-runs/{run.id}").text
    assert 'value="2026-12-01"' in client.get(path).text or "1.12.2026" in client.get(path).text
    typed = {"reason": "Tili puuttuu", "file_number": "1", "pay_on": "5.12.2026"}
    reply = client.post(path, data=typed)
    assert reply.status_code == 422 and "within a week after it" in reply.text
    assert client.post(path, data=typed | {"pay_on": "1.12.2026"}).location == f"/pay-runs/{run.id}"
    assert "Tili puuttuu" in client.get(f"/pay-runs/{run.id}").text
    assert as_user(world.orderer).get(path).status_code == 403


def test_a_prohibition_that_begins_before_the_new_day_makes_the_list_anew(world, session, run):
    to = {"payee": "Ulosottolaitos", "iban": IBAN, "reference": "12344", "told_by": "Kaisa"}
    told = {"told_at": run.made_at, "share_percent": Decimal(50), "protected": Decimal(0), "valid_from": LATER}
    factories.stored(EnforcementOrder(worker_id=world.worker.id, **to, **told))
    session.commit()
    do(service_refusal.note_refused, world.coordinator, run.id, AGAIN)
    with pytest.raises(ListIsStale):
        do(service.approve, world.second, run.id)


def test_a_list_whose_day_has_passed_takes_no_room_under_a_cards_limit(world, session):
    tax_card(world.worker, rate="10", limit="40")
    world.worker.iban = IBAN
    world.hours(date(2026, 11, 20))
    session.commit()
    listed(world)
    world.hours(date(2026, 11, 19))
    session.commit()
    assert service.preview(world.jobcenter.id, date(2026, 12, 15))[0].pay.over_limit == Decimal("20.00")
    with clock.frozen(clock.start_of(LATER)):
        assert service.preview(world.jobcenter.id, date(2026, 12, 15))[0].pay.over_limit == 0

"""Reports to the Incomes Register: made when pay is paid, handed over, answered, replaced, cancelled; and refusals."""

from datetime import date
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from lxml import etree
from sqlalchemy import select

from jobcenter.auth.domain import Role
from jobcenter.billing.payruns import service as pay
from jobcenter.billing.payruns.domain import MakeRun
from jobcenter.billing.payruns.models import Payee
from jobcenter.billing.register import jobs, service
from jobcenter.billing.register.domain import ReportNotReady, ReportStatus
from jobcenter.billing.register.models import RegisterDelivery, RegisterReport
from jobcenter.core import clock
from jobcenter.core.errors import NotFound, NotPossible
from jobcenter.core.uow import unit_of_work
from jobcenter.notifications.models import OutgoingMail
from tests import factories
from tests.factories_billing import tax_card
from tests.schemas import assert_valid, official

PAY_DAY = date(2026, 11, 30)
S = ReportStatus


def do(verb, *args, **named):
    with unit_of_work():
        return verb(*args, **named)


@pytest.fixture
def paid(world, session):
    """One worker was paid for two days by the card; another is in the prepayment register."""
    other = factories.worker(world.jobcenter, given_name="Rauha", family_name="Rekisteri", in_prepayment_register=True)
    world.worker.iban = other.iban = "FI2112345600000785"
    tax_card(world.worker, rate="10")
    world.jobcenter.business_id, world.jobcenter.phone = "1234567-1", "09 123 456"
    world.hours(date(2026, 11, 3), 3)
    world.hours(date(2026, 11, 20), 3)
    world.hours(date(2026, 11, 20), 3, by=other)
    session.commit()
    run = do(pay.make_run, world.coordinator, MakeRun(world.jobcenter.id, PAY_DAY, "one"))
    do(pay.approve, world.second, run.id)
    with clock.frozen(clock.start_of(PAY_DAY)):
        do(pay.mark_paid, world.coordinator, run.id)
    return session.scalars(select(RegisterReport)).one()


def code(world, number="131052-308T"):
    return factories.stored(Payee(worker_id=world.worker.id, personal_id=number, told_by="Kaisa", told_at=clock.now()))


def deliver(world):
    return do(service.deliver, world.coordinator, world.jobcenter.id, PAY_DAY)


def test_who_is_in_the_prepayment_register_is_not_reported(world, paid):
    assert (paid.worker_id, paid.status) == (world.worker.id, S.DUE)
    assert (paid.compensation, paid.withheld) == (Decimal("60.00"), Decimal("6.00"))
    assert (paid.first_day, paid.last_day) == (date(2026, 11, 3), date(2026, 11, 20))


def test_without_a_personal_identity_code_nothing_is_filed(world, paid):
    with pytest.raises(ReportNotReady, match="register_no_personal_id"):
        deliver(world)


def test_filed_taken_replaced_and_cancelled(world, paid, session):
    code(world)
    session.commit()
    (first,) = deliver(world)
    assert_valid(first.content.encode(), official("incomes-register", "WageReportsToIR.xsd"))
    with pytest.raises(ReportNotReady, match="register_no_reports"):
        deliver(world)
    assert do(service.accept_all, world.coordinator, first.id) == 1
    assert do(service.accept_all, world.coordinator, first.id) == 0
    do(service.amend, world.coordinator, paid.id, compensation=Decimal("60.00"), withheld=Decimal("5.00"))
    (second,) = deliver(world)
    root = etree.fromstring(second.content.encode())
    assert [root.findtext(f".//{tag}") for tag in ("ActionCode", "ReportId")] == ["2", paid.reference]
    assert second.reference != first.reference
    do(service.note_answer, world.coordinator, paid.id, accepted=True, answer="")
    do(service.withdraw, world.coordinator, paid.id)
    assert paid.status is S.TO_CANCEL
    do(service.confirm_cancelled, world.coordinator, paid.id)
    assert paid.status is S.CANCELLED
    with pytest.raises(NotPossible):
        do(service.amend, world.coordinator, paid.id, compensation=Decimal("1"), withheld=Decimal("0"))


def test_what_is_to_be_cancelled_goes_in_a_file_once(world, paid, session, as_user):
    code(world)
    session.commit()
    (first,) = deliver(world)
    with pytest.raises(ReportNotReady, match="register_no_reports"):
        do(service.deliver_cancellations, world.coordinator, world.jobcenter.id, paid.paid_on)
    do(service.accept_all, world.coordinator, first.id)
    do(service.withdraw, world.coordinator, paid.id)
    day = f"/incomes-register/{world.jobcenter.id}/{paid.paid_on.isoformat()}"
    page = as_user(world.coordinator_user)
    assert page.post(f"{day}/cancellations").status_code == 302
    assert page.post(f"{day}/cancellations").status_code == 409
    session.expire_all()
    cancelling = session.get(RegisterDelivery, paid.delivery_id)
    assert (cancelling.cancels, paid.status) == (True, S.TO_CANCEL)
    assert f"<ItemId>{paid.reference}</ItemId>" in cancelling.content
    assert "Cancels reports" in page.get(day).text
    assert do(service.accept_all, world.coordinator, cancelling.id) == 1
    assert paid.status is S.CANCELLED


def test_an_amended_report_that_the_register_has_is_cancelled_there(world, paid, session):
    code(world)
    session.commit()
    (first,) = deliver(world)
    do(service.accept_all, world.coordinator, first.id)
    do(service.amend, world.coordinator, paid.id, compensation=Decimal("60.00"), withheld=Decimal("5.00"))
    do(service.withdraw, world.coordinator, paid.id)
    assert paid.status is S.TO_CANCEL
    cancelling = do(service.deliver_cancellations, world.coordinator, world.jobcenter.id, paid.paid_on)
    assert f"<ItemId>{paid.reference}</ItemId>" in cancelling.content


def test_a_refused_report_is_filed_again_as_new(world, paid, session):
    code(world)
    session.commit()
    deliver(world)
    do(service.note_answer, world.coordinator, paid.id, accepted=False, answer="Wrong period")
    (again,) = deliver(world)
    assert etree.fromstring(again.content.encode()).findtext(".//ActionCode") == "1"


def test_coordinators_are_told_once_when_it_presses_and_once_when_late(world, paid, session):
    def mails(day):
        with clock.frozen(clock.start_of(day)):
            jobs.remind_of_register_reports(clock.now())
            jobs.remind_of_register_reports(clock.now())
        return len(session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "register.due")).all())

    told = [mails(day) for day in (date(2026, 12, 1), date(2026, 12, 5), date(2026, 12, 7), date(2026, 12, 8))]
    assert told == [0, 2, 2, 4]


def test_pages_and_refusals(world, paid, session, as_user, client):
    day = f"/incomes-register/{world.jobcenter.id}/2026-11-30"
    assert client.get(day).status_code == 302
    assert as_user(world.worker_user).get(day).status_code == 403
    coordinator = as_user(world.coordinator_user)
    assert "personal identity code is missing" in coordinator.page(day).text
    assert coordinator.post(day).status_code == 409
    code(world)
    session.commit()
    assert coordinator.post(day).status_code == 302
    delivery = session.scalars(select(RegisterDelivery)).one()
    file = coordinator.get(f"/incomes-register/deliveries/{delivery.id}")
    assert (file.mimetype, file.text) == ("application/xml", delivery.content)
    assert coordinator.post(f"/incomes-register/deliveries/{delivery.id}/accepted").status_code == 302
    for path in ("/incomes-register", "/incomes-register/codes", day):
        assert coordinator.get(path).status_code == 200
    assert coordinator.get(f"/incomes-register/{world.jobcenter.id}/tomorrow").status_code == 404
    administrator = as_user(factories.someone(Role.ADMIN, world.jobcenter))
    assert 'href="/incomes-register"' not in administrator.page("/incomes-register/codes").text
    assert 'href="/incomes-register"' not in administrator.page("/pay-runs").text
    stranger = factories.coordinator(factories.jobcenter(name="Muu"))
    session.commit()
    with pytest.raises(NotFound):
        do(service.withdraw, stranger, paid.id)
    with pytest.raises(NotFound):
        do(service.deliver, stranger, world.jobcenter.id, PAY_DAY)


def test_a_refused_correction_keeps_what_was_typed_and_says_what_is_wrong_beside_it(world, paid, as_user):
    name = f"r{paid.id}-compensation"
    typed = {name: "abc", f"r{paid.id}-withheld": "5,00"}
    answer = as_user(world.coordinator_user).post(f"/incomes-register/reports/{paid.id}/amended", data=typed)
    assert answer.status_code == 422
    page = BeautifulSoup(answer.text, "html.parser")
    (opened,) = page.select("details[open]")
    assert [opened.select_one(f"[name={one}]")["value"] for one in typed] == list(typed.values())
    assert page.select_one(".error-summary a")["href"] == f"#{opened.select_one(f'[name={name}]')['id']}"
    assert opened.select_one(f"[name={name}]")["aria-invalid"] == "true" and len(opened.select("p.error")) == 1
    typed[name] = "60,00"
    assert as_user(world.coordinator_user).post(answer.request.path, data=typed).status_code == 302
    assert paid.compensation == Decimal("60.00")

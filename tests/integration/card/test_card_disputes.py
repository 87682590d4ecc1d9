"""What a card holder's bank takes back: in the books once, owed again, and told in true words."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import delete, select

from jobcenter.billing.books.domain import Account
from jobcenter.billing.card import jobs, service, service_news
from jobcenter.billing.card.domain import News, NewsKind, TaskKind
from jobcenter.billing.card.models import CardEvent, CardTask
from jobcenter.billing.invoices import service as invoices
from jobcenter.billing.invoices.domain import CreditInvoice, InvoiceStatus
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.payments import late, queries_write_offs
from jobcenter.billing.payments import queries as payment_queries
from jobcenter.billing.payments import service as payments
from jobcenter.billing.payments import service_write_offs as write_offs
from jobcenter.billing.payments.domain import ProposeWriteOff, UseKind, UseOver
from jobcenter.billing.payments.models import Payment
from jobcenter.billing.payments.queries_claims import claims_of
from jobcenter.core import clock
from tests.factories_cards import GROSS, asked, balance, do, tasks


@pytest.fixture
def lose(paid, house, heard):
    """Lets the card holder's bank take a payment back, told twice."""

    def losing():
        dispute = house.house.dispute(paid.intent_id)
        for _time in range(2):
            house.house.tell("charge.dispute.closed", dispute | {"status": "lost"})
        assert heard() == [200, 200, 200]

    return losing


def credit(world, paid):
    do(invoices.credit, world.coordinator, paid.invoice_id, CreditInvoice(reason="Not done"))


def standing(session, paid):
    session.expire_all()
    invoice = session.get(Invoice, paid.invoice_id)
    return invoice.status, payment_queries.open_of(invoice.id), session.scalars(select(Payment.over)).one()


def test_a_lost_dispute_is_booked_once_and_the_invoice_owed_again(world, paid, lose, as_user, session):
    lose()
    assert standing(session, paid) == (InvoiceStatus.SENT, GROSS, 0)
    assert (balance(session, Account.CARD_CLEARING), balance(session, Account.RECEIVABLES)) == (0, GROSS)
    assert tasks(session) == [TaskKind.DISPUTED, TaskKind.DISPUTE_LOST]
    assert payment_queries.collection_of(paid.invoice_id).stopped
    assert f"bank €{GROSS}" in " ".join(
        as_user(world.orderer).page(f"/card/{paid.key}").select_one("dl").stripped_strings
    )
    page = as_user(world.orderer).get(f"/invoices/{paid.invoice_id}").text
    assert "Paid by card on" not in page and "Pay by card" in page
    assert "54.59 euros back" in as_user(world.coordinator_user).get("/card-payments").text
    session.refresh(paid)
    assert "Taken back by the card holder" in as_user(world.coordinator_user).get(f"/payments/{paid.payment_id}").text


def test_messages_of_a_dispute_that_never_came_are_made_up_for_at_night(paid, house, session):
    dispute = house.house.dispute(paid.intent_id)
    for _night in range(2):
        jobs.reconcile_cards(clock.now())
    assert (tasks(session), standing_of(session, paid)) == ([TaskKind.DISPUTED], 0)
    house.house.store.keep(dispute | {"status": "lost"})
    for _night in range(2):
        assert jobs.reconcile_cards(clock.now()).failed == 0
    assert (tasks(session), standing_of(session, paid)) == ([TaskKind.DISPUTED, TaskKind.DISPUTE_LOST], GROSS)


def test_each_of_two_disputes_is_told_of_and_booked_once_though_no_message_came(world, paid, session):
    when = clock.now()

    def night():
        for dispute, amount in (("du_1", "20.00"), ("du_2", "4.59")):
            facts = {"happened_at": when, "intent_id": paid.intent_id, "amount": Decimal(amount)}
            for kind, lost in ((NewsKind.DISPUTED, False), (NewsKind.DISPUTE_CLOSED, True)):
                news = News(event_id=f"{dispute}:{kind}", kind=kind, lost=lost, dispute_id=dispute, **facts)
                do(service_news.catch_up_dispute, news)
                do(service_news.take_news, replace(news, event_id=f"evt:{news.event_id}"))

    night()
    assert tasks(session) == 2 * [TaskKind.DISPUTED, TaskKind.DISPUTE_LOST]
    assert standing_of(session, paid) == Decimal("24.59")
    for task in session.scalars(select(CardTask).order_by(CardTask.id)).all():
        do(service.end_task, world.coordinator, task.id, "Asked the bank")
    session.execute(delete(CardEvent))
    session.commit()
    night()
    assert (len(tasks(session)), standing_of(session, paid)) == (4, Decimal("24.59"))


def test_what_the_payer_had_with_us_goes_first_when_a_dispute_is_lost(world, paid, lose, session):
    credit(world, paid)
    assert standing(session, paid) == (InvoiceStatus.CREDITED, 0, GROSS)
    lose()
    assert standing(session, paid) == (InvoiceStatus.CREDITED, 0, 0)
    assert (balance(session, Account.CARD_CLEARING), balance(session, Account.OVERPAYMENTS)) == (0, 0)


def test_what_was_given_back_before_a_dispute_was_lost_is_owed_in_a_list_and_no_price(
    world, paid, lose, as_user, session
):
    credit(world, paid)
    do(payments.use_over, world.coordinator, paid.payment_id, UseOver(UseKind.REFUND, GROSS, clock.today(), "bank"))
    lose()
    (claim,) = claims_of([world.jobcenter.id])
    assert (claim.invoice_id, claim.amount) == (paid.invoice_id, GROSS)
    assert "came back" not in as_user(world.coordinator_user).get(f"/payments/invoices/{paid.invoice_id}").text
    with clock.frozen(clock.now() + timedelta(days=60)):
        assert late.interest_of(payment_queries.locked_invoice(paid.invoice_id), clock.today()).stretches == ()
        page = as_user(world.coordinator_user)
        assert f"/payments/invoices/{paid.invoice_id}" in page.get("/payments/late").text
        vat = balance(session, Account.VAT_PAYABLE)
        proposal = do(write_offs.propose, world.coordinator, paid.invoice_id, ProposeWriteOff("Cannot be found"))
        assert [each.id for each in queries_write_offs.waiting(world.second)] == [proposal.id]
        do(write_offs.confirm, world.second, proposal.id)
        assert (claims_of([world.jobcenter.id]), balance(session, Account.WRITE_OFFS)) == ([], GROSS)
        facts = {"amount": "54,59", "day": clock.today().strftime("%d.%m.%Y")}
        assert page.post(f"/payments/invoices/{paid.invoice_id}/receive", data=facts).status_code == 302
    sums = [balance(session, account) for account in (Account.WRITE_OFFS, Account.RECEIVABLES, Account.OVERPAYMENTS)]
    assert (sums, balance(session, Account.VAT_PAYABLE)) == ([0, 0, 0], vat)


def test_what_was_used_for_another_invoice_is_owed_there_again_when_a_dispute_is_lost(world, paid, lose, session):
    world.hours(date(2026, 11, 19), 3)
    session.commit()
    other = world.sent("other")
    credit(world, paid)
    command = UseOver(UseKind.OTHER_INVOICE, GROSS, clock.today(), "use", other.id)
    do(payments.use_over, world.coordinator, paid.payment_id, command)
    assert other.status is InvoiceStatus.PAID
    lose()
    assert standing(session, paid) == (InvoiceStatus.CREDITED, 0, 0)
    assert (other.status, payment_queries.open_of(other.id)) == (InvoiceStatus.SENT, GROSS)
    assert (balance(session, Account.CARD_CLEARING), balance(session, Account.RECEIVABLES)) == (0, GROSS)
    assert payment_queries.collection_of(other.id).stopped


def test_a_credit_after_a_lost_dispute_leaves_the_payer_nothing(world, paid, lose, session):
    lose()
    credit(world, paid)
    assert standing(session, paid) == (InvoiceStatus.CREDITED, 0, 0)
    assert balance(session, Account.OVERPAYMENTS) == 0


@pytest.mark.parametrize("end", ["won", "lost"])
def test_the_payouts_around_a_dispute_clear_what_is_with_the_card_house(world, paid, house, heard, session, end):
    world.hours(date(2026, 11, 19), 8)
    session.commit()
    other = asked(world, world.sent("other"))
    house.pay(other.url)
    house.house.dispute(paid.intent_id)
    heard()
    house.house.pay_out()
    assert jobs.fetch_payouts(clock.now()).failed == 0
    assert (balance(session, Account.CARD_CLEARING), balance(session, Account.UNMATCHED_PAYMENTS)) == (GROSS, 0)
    house.house.dispute(paid.intent_id, end)
    heard()
    house.house.pay_out()
    assert jobs.fetch_payouts(clock.now()).failed == 0
    assert (balance(session, Account.CARD_CLEARING), balance(session, Account.UNMATCHED_PAYMENTS)) == (0, 0)
    assert standing_of(session, paid) == (Decimal() if end == "won" else GROSS)


def standing_of(session, paid):
    session.expire_all()
    return payment_queries.open_of(paid.invoice_id)


def test_money_is_given_back_only_where_there_is_some(world, paid, as_user):
    page = as_user(world.coordinator_user).get(f"/card-payments/{paid.id}").text
    assert "Give it back" not in page
    credit(world, paid)
    page = as_user(world.coordinator_user).page(f"/card-payments/{paid.id}")
    assert page.select_one("[name=amount]")["value"] == "54,59" and "At most €54.59" in page.text


def test_a_payment_that_is_none_of_ours_is_asked_about_once(world, paid, session):
    for strange in ({"a"}, {"a", "b"}):
        assert do(service_news.leave_strange, strange) == len(strange)
    (first, second), coordinator = session.scalars(select(CardTask).order_by(CardTask.id)).all(), world.coordinator
    do(service.end_task, coordinator, first.id, "Paid to the old site")
    assert (do(service_news.leave_strange, {"a", "b"}), len(tasks(session))) == (1, 2)
    do(service.end_task, coordinator, second.id, "So was this")
    assert (do(service_news.leave_strange, {"a", "b"}), len(tasks(session))) == (0, 2)


def test_a_question_of_the_bank_that_came_to_nothing_is_no_loss(paid, house, heard, session):
    house.house.tell("charge.dispute.closed", house.house.dispute(paid.intent_id) | {"status": "warning_closed"})
    heard()
    assert tasks(session) == [TaskKind.DISPUTED]
    assert standing_of(session, paid) == 0


def test_a_note_that_is_refused_is_open_beside_its_task(world, lose, as_user, session):
    lose()
    first, second = session.scalars(select(CardTask.id).order_by(CardTask.id))
    long, page = "x" * 251, as_user(world.coordinator_user)
    answer = page.post(f"/card-tasks/{second}", data={f"t{second}-remark": long})
    shown = BeautifulSoup(answer.text, "html.parser")
    field = shown.select_one("details[open] input[type=text]")
    assert (answer.status_code, field["value"], field["aria-invalid"]) == (422, long, "true")
    assert shown.select_one(".error-summary a")["href"] == f"#{field['id']}" and str(second) in field["id"]
    assert page.post(f"/card-tasks/{first}", data={f"t{first}-remark": "Asked the bank"}).status_code == 302
    assert len(page.page("/card-payments").select("main details")) == 1

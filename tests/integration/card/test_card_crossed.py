"""What crosses a card payment on its way: credits, payments by bank, refunds that fail, holds that lapse."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from jobcenter.billing.books.domain import Account
from jobcenter.billing.card import calls, jobs, queries, service
from jobcenter.billing.card.domain import CardStatus, TaskKind
from jobcenter.billing.card.models import CardPayment
from jobcenter.billing.invoices import service as invoices
from jobcenter.billing.invoices.domain import CreditInvoice, InvoiceStatus, MakeInvoice
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.payments import service as payments
from jobcenter.billing.payments import service_write_offs as write_offs
from jobcenter.billing.payments.domain import ProposeWriteOff, Receive
from jobcenter.billing.payments.models import Payment
from jobcenter.core import clock
from jobcenter.notifications.models import OutgoingMail
from jobcenter.orders.intake.domain import OrderStatus
from jobcenter.orders.intake.models import Order
from tests.factories_billing import of_november
from tests.factories_cards import FRIDAY, GROSS, asked, balance, do, hear, tasks


def credit(world, invoice):
    do(invoices.credit, world.coordinator, invoice.id, CreditInvoice(reason="Not done"))


# Invoices that ask for nothing any more


def test_money_for_an_invoice_that_was_credited_is_over_and_can_go_back(world, invoice, house, heard, session):
    payment = asked(world, invoice)
    credit(world, invoice)
    house.pay(payment.url)
    assert heard() == [200, 200]
    session.expire_all()
    assert (payment.status, tasks(session)) == (CardStatus.PAID, [TaskKind.UNKNOWN_PAYMENT])
    assert session.scalars(select(Payment.over)).all() == [GROSS]
    assert (balance(session, Account.CARD_CLEARING), balance(session, Account.OVERPAYMENTS)) == (GROSS, -GROSS)
    do(service.ask_refund, world.coordinator, payment.id, GROSS, "credited", "key")
    assert jobs.make_card_calls(clock.now()).done == 1


def test_money_for_an_invoice_that_was_written_off_is_booked(world, invoice, house, heard, session):
    payment = asked(world, invoice)
    proposal = do(write_offs.propose, world.coordinator, invoice.id, ProposeWriteOff("Gone"))
    do(write_offs.confirm, world.second, proposal.id)
    house.pay(payment.url)
    assert heard() == [200, 200]
    session.expire_all()
    assert (payment.status, balance(session, Account.CARD_CLEARING)) == (CardStatus.PAID, GROSS)


def test_one_bad_row_does_not_stop_the_night(world, invoice, house, session):
    bad, good = asked(world, invoice), _second(world, session)
    for payment in (bad, good):
        house.pay(payment.url)
    world.hours(FRIDAY, 1)
    session.commit()
    session.get(CardPayment, bad.id).invoice_id = world.draft(form_key="draft").id
    session.commit()
    for _night in range(2):
        assert jobs.reconcile_cards(clock.now()).failed == 1
    session.expire_all()
    assert (bad.status, good.status) == (CardStatus.OPEN, CardStatus.PAID)
    assert tasks(session) == [TaskKind.DIFFERENCE]


def _second(world, session):
    world.hours(FRIDAY, 2)
    session.commit()
    return asked(world, world.sent("two"))


# Refunds that fail


@pytest.fixture
def refund(world, paid, session):
    credit(world, session.get(Invoice, paid.invoice_id))
    return do(service.ask_refund, world.coordinator, paid.id, GROSS, "credited", "key")


def assert_payer_has_it_again(world, paid, session):
    session.expire_all()
    assert (session.get(Payment, paid.payment_id).over, paid.refunded) == (GROSS, 0)
    assert (balance(session, Account.CARD_CLEARING), balance(session, Account.OVERPAYMENTS)) == (GROSS, -GROSS)
    assert tasks(session) == [TaskKind.REFUND_FAILED]


def test_a_refused_refund_leaves_the_money_over(world, paid, refund, house, session):
    house.stripe.refund(paid.intent_id, GROSS, idempotency_key="elsewhere")
    jobs.make_card_calls(clock.now())
    assert_payer_has_it_again(world, paid, session)


def test_a_refund_that_does_not_arrive_can_be_made_again(world, paid, refund, house, client, session):
    jobs.make_card_calls(clock.now())
    hear(client, house)
    session.expire_all()
    assert (paid.refunded, balance(session, Account.CARD_CLEARING)) == (GROSS, 0)
    failed = house.house.store.get(refund.refund_id) | {"status": "failed", "failure_reason": "expired_card"}
    for kind in ("refund.updated", "refund.failed"):
        house.house.tell(kind, failed)
    house.house.settle("refund_failure", amount=5459, source=refund.refund_id)
    assert hear(client, house) == [200, 200]
    assert_payer_has_it_again(world, paid, session)
    house.house.pay_out()
    jobs.fetch_payouts(clock.now())
    assert (balance(session, Account.CARD_CLEARING), tasks(session)) == (0, [TaskKind.REFUND_FAILED])
    do(service.ask_refund, world.coordinator, paid.id, GROSS, "again", "key-2")
    assert balance(session, Account.OVERPAYMENTS) == 0


# Holds


@pytest.fixture
def billed(world, held, session):
    """The invoice of the hold's order, sent."""
    world.hours(FRIDAY, 3, order=session.get(Order, held.order_id))
    session.commit()
    draft = world.draft(session.get(Order, held.order_id))
    return do(invoices.send, world.coordinator, draft.id)


def set_captures():
    for hold_id, invoice_id in queries.billed_holds():
        do(service.set_capture, hold_id, invoice_id)


def mails(session):
    return session.scalars(select(OutgoingMail.body).where(OutgoingMail.kind == "card.hold_lapsed")).all()


@pytest.mark.parametrize("by_bank", [Decimal("10.00"), GROSS])
def test_what_came_by_bank_meanwhile_is_not_taken_of_a_hold(world, held, billed, heard, session, by_bank):
    set_captures()
    do(payments.receive, world.coordinator, billed.id, Receive(by_bank, clock.today(), "bank"))
    jobs.make_card_calls(clock.now())
    assert set(heard()) == {200}
    session.expire_all()
    assert (held.taken, session.get(Invoice, billed.id).status) == (GROSS - by_bank, InvoiceStatus.PAID)
    assert held.status is (CardStatus.PAID if held.taken else CardStatus.LAPSED)
    assert (balance(session, Account.OVERPAYMENTS), tasks(session), mails(session)) == (0, [], [])


def test_a_hold_pays_its_orders_hours_on_the_invoice_of_a_month(world, held, house, client, session):
    world.hours(FRIDAY, 3, order=session.get(Order, held.order_id))
    world.hours(date(2026, 11, 19), 2)
    session.commit()
    month = MakeInvoice(of_november(world.organisation), "month")
    (draft,) = do(invoices.make_drafts, world.coordinator, month)
    do(invoices.send, world.coordinator, draft.id)
    jobs.make_card_calls(clock.now())
    assert set(hear(client, house)) == {200}
    session.expire_all()
    assert (held.status, held.taken, held.invoice_id) == (CardStatus.PAID, GROSS, draft.id)
    assert session.get(Invoice, draft.id).status is InvoiceStatus.SENT


def test_a_hold_that_ran_out_before_it_was_taken_asks_to_pay_the_invoice(held, billed, house, heard, session):
    set_captures()
    house.house.cancel(held.intent_id, "automatic")
    assert set(heard()) == {200}
    session.expire_all()
    assert held.status is CardStatus.LAPSED
    (body,) = mails(session)
    assert f"/invoices/{billed.id}" in body
    assert service.can_pay_by_card(session.get(Invoice, billed.id))


def test_a_hold_of_an_order_that_came_to_nothing_is_let_go_and_not_asked_for_again(held, house, heard, session):
    session.get(Order, held.order_id).status = OrderStatus.CANCELLED
    session.commit()
    jobs.make_card_calls(clock.now())
    assert set(heard()) == {200}
    session.expire_all()
    assert (held.status, mails(session)) == (CardStatus.LAPSED, [])


def test_a_hold_whose_invoice_was_paid_otherwise_is_let_go(world, held, billed, house, heard, session):
    do(payments.receive, world.coordinator, billed.id, Receive(GROSS, clock.today(), "bank"))
    assert jobs.make_card_calls(clock.now()).done == 1
    assert set(heard()) == {200}
    session.expire_all()
    assert (held.status, held.taken, mails(session), tasks(session)) == (CardStatus.LAPSED, 0, [], [])


def test_of_two_holds_for_one_order_one_is_let_go(world, held, house, client, session):
    house.house.cancel(held.intent_id, "expired")
    hear(client, house)
    first = do(service.ask_to_hold, world.as_orderer, held.order_id)
    calls.open_page(first.id)
    house.pay(first.url)
    late = house.messages()
    with clock.frozen(clock.now() + timedelta(hours=3)):
        second = do(service.ask_to_hold, world.as_orderer, held.order_id)
        calls.open_page(second.id)
        house.pay(second.url)
    hear(client, house)
    for body, signature in late:
        answer = client.post("/webhooks/stripe", data=body, headers={"Stripe-Signature": signature}, token=False)
        assert answer.status_code == 200
    for _minute in range(2):
        jobs.make_card_calls(clock.now())
    hear(client, house)
    session.expire_all()
    assert (first.status, second.status) == (CardStatus.EXPIRED, CardStatus.HELD)
    states = [house.house.intent(one.intent_id)["status"] for one in (first, second)]
    assert states == ["canceled", "requires_capture"]
    assert jobs.reconcile_cards(clock.now()).failed == 0


def test_the_nightly_lists_of_a_silent_card_house_are_left_for_the_next_night(world, house):
    house.stripe._client = type(house.stripe)("sk_test_1", webhook_secret="", url="http://127.0.0.1:9")._client
    assert [job(clock.now()) for job in (jobs.reconcile_cards, jobs.fetch_payouts)] == [jobs.SILENT, jobs.SILENT]

"""What has nothing to pay any more: its page is closed, its hold let go, and whoever pays is told why in true words.

On SQLite only, for the time that they take: what hangs on the database is in `test_card_crossed`.
"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from jobcenter.billing.books.domain import Account
from jobcenter.billing.card import calls, jobs, service
from jobcenter.billing.card.domain import CardsNotTaken, CardStatus, NothingToPayByCard, TaskKind
from jobcenter.billing.invoices import service as invoices
from jobcenter.billing.invoices.domain import CreditInvoice, InvoiceStatus
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.payments import service as payments
from jobcenter.billing.payments import service_write_offs as write_offs
from jobcenter.billing.payments.domain import ProposeWriteOff, Receive
from jobcenter.core import clock
from jobcenter.notifications.models import OutgoingMail
from jobcenter.orders.intake import queries as orders
from jobcenter.orders.intake.domain import OrderStatus
from jobcenter.orders.intake.models import Order
from tests.factories_cards import FRIDAY, GROSS, asked, balance, do, hear, tasks

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

HELD_SUM = Decimal("72.79")


def credited(world, invoice):
    do(invoices.credit, world.coordinator, invoice.id, CreditInvoice(reason="Not done"))


def by_bank(world, invoice, amount=GROSS):
    do(payments.receive, world.coordinator, invoice.id, Receive(amount, clock.today(), f"bank {amount}"))


def partly_by_bank(world, invoice):
    by_bank(world, invoice, Decimal("10.00"))


def written_off(world, invoice):
    proposal = do(write_offs.propose, world.coordinator, invoice.id, ProposeWriteOff("Gone"))
    do(write_offs.confirm, world.second, proposal.id)


def page_of(house, payment):
    return house.house.session(payment.session_id)["status"]


def mails(session, kind):
    return session.scalars(select(OutgoingMail.body).where(OutgoingMail.kind == f"card.{kind}")).all()


# Pages


@pytest.mark.parametrize(
    "case",
    [
        (credited, "Nothing is left to pay here"),
        (by_bank, "Nothing is left to pay here"),
        (written_off, "Nothing is left to pay here"),
        (partly_by_bank, "The invoice asks for another sum now"),
    ],
)
def test_a_page_closes_when_its_invoice_asks_otherwise(world, invoice, house, client, session, case):
    ends, words = case
    payment = asked(world, invoice)
    jobs.make_card_calls(clock.now())
    assert page_of(house, payment) == "open"
    ends(world, invoice)
    shown = client.sign_in_as(world.orderer).get(f"/card/{payment.key}").text
    assert words in shown and payment.url not in shown
    assert jobs.make_card_calls(clock.now()).done == 1
    assert jobs.make_card_calls(clock.now()).done == 0
    assert set(hear(client, house)) == {200}
    session.expire_all()
    assert (page_of(house, payment), payment.status, payment.url) == ("expired", CardStatus.EXPIRED, "")
    assert house.pay(f"{house.url}/pay/{payment.session_id}") == 400
    assert words in client.get(f"/card/{payment.key}").text


def test_a_page_that_was_paid_at_that_moment_is_booked(world, invoice, house, client, session):
    payment = asked(world, invoice)
    house.pay(payment.url)
    credited(world, invoice)
    for _minute in range(2):
        jobs.make_card_calls(clock.now())
    session.expire_all()
    assert (payment.status, payment.url) == (CardStatus.OPEN, "")
    assert "You have paid" in client.sign_in_as(world.orderer).get(f"/card/{payment.key}").text
    hear(client, house)
    session.expire_all()
    assert (payment.status, payment.taken, tasks(session)) == (CardStatus.PAID, GROSS, [TaskKind.UNKNOWN_PAYMENT])
    assert balance(session, Account.CARD_CLEARING) == GROSS


def test_a_silent_card_house_is_asked_again_to_close_a_page(world, invoice, house, session):
    payment = asked(world, invoice)
    credited(world, invoice)
    answers = house.stripe._client
    house.stripe._client = type(house.stripe)("sk_test_1", webhook_secret="", url="http://127.0.0.1:9")._client
    jobs.make_card_calls(clock.now())
    house.stripe._client = answers
    assert jobs.make_card_calls(clock.now()).done == 1
    session.expire_all()
    assert payment.status is CardStatus.EXPIRED


def test_a_page_that_was_replaced_is_closed(world, invoice, house, client, session):
    first = asked(world, invoice)
    partly_by_bank(world, invoice)
    second = asked(world, invoice)
    assert second.amount == GROSS - 10
    jobs.make_card_calls(clock.now())
    hear(client, house)
    session.expire_all()
    assert (page_of(house, first), page_of(house, second)) == ("expired", "open")
    assert (first.status, second.status) == (CardStatus.EXPIRED, CardStatus.OPEN)


def test_a_page_whose_end_was_never_heard_of_does_not_stay_open(world, invoice, house, session):
    payment = asked(world, invoice)
    jobs.make_card_calls(clock.now() + timedelta(hours=3))
    session.expire_all()
    assert payment.status is CardStatus.EXPIRED


def test_a_page_that_could_not_be_opened_in_time_is_begun_anew(world, invoice, house, session):
    first = do(service.ask_to_pay, world.as_orderer, invoice.id)
    with clock.frozen(clock.now() + timedelta(minutes=90)):
        second = do(service.ask_to_pay, world.as_orderer, invoice.id)
    assert second.id != first.id


# Holds


def bill(world, held, session, hours=3):
    """The invoice of hours of the hold's order, sent."""
    order = session.get(Order, held.order_id)
    world.hours(FRIDAY, hours, order=order)
    session.commit()
    draft = world.draft(order, form_key=f"bill {hours}")
    return do(invoices.send, world.coordinator, draft.id)


@pytest.mark.parametrize("settle", [by_bank, written_off])
def test_a_hold_whose_invoice_was_paid_otherwise_is_let_go_and_nothing_asked(
    world, held, house, client, session, settle
):
    invoice = bill(world, held, session)
    settle(world, invoice)
    for _minute in range(2):
        jobs.make_card_calls(clock.now())
    assert set(hear(client, house)) == {200}
    session.expire_all()
    assert (held.status, held.taken, held.refunded) == (CardStatus.LAPSED, 0, 0)
    assert house.house.intent(held.intent_id)["status"] == "canceled"
    assert (mails(session, "hold_lapsed"), tasks(session)) == ([], [])
    assert not service.to_hold(orders.any_order(held.order_id))


def test_a_hold_whose_invoice_was_paid_by_an_earlier_page_is_let_go(world, held, house, client, session):
    order = session.get(Order, held.order_id)
    order.status = OrderStatus.CLOSED
    session.commit()
    held.called_at = clock.now()
    session.commit()
    invoice = bill(world, held, session)
    page = asked(world, invoice)
    held.called_at = None
    session.commit()
    house.pay(page.url)
    hear(client, house)
    jobs.make_card_calls(clock.now())
    assert set(hear(client, house)) == {200}
    session.expire_all()
    assert (held.status, page.status) == (CardStatus.LAPSED, CardStatus.PAID)
    assert (held.taken, page.taken) == (0, GROSS)


def test_a_hold_stays_while_there_is_work_to_be_paid(world, held, house, client, session):
    by_bank(world, bill(world, held, session))
    world.hours(date(2026, 11, 19), 1, order=session.get(Order, held.order_id))
    session.commit()
    jobs.make_card_calls(clock.now())
    assert hear(client, house) == []
    rest = bill(world, held, session, hours=2)
    jobs.make_card_calls(clock.now())
    hear(client, house)
    session.expire_all()
    assert (held.status, held.invoice_id, held.taken) == (CardStatus.PAID, rest.id, Decimal("54.59"))


def test_an_invoice_that_a_hold_pays_is_not_paid_by_card_once_more(world, held, house, as_user, session):
    invoice = bill(world, held, session)
    assert not service.can_pay_by_card(invoice)
    with pytest.raises(NothingToPayByCard, match="card_hold_pays"):
        do(service.ask_to_pay, world.as_orderer, invoice.id)
    assert "You need not do anything" in as_user(world.orderer).get(f"/invoices/{invoice.id}").text
    do(service.set_capture, held.id, invoice.id)
    second = bill(world, held, session, hours=2)
    assert [service.is_paid_by_hold(each) for each in (invoice, second)] == [True, False]


def test_what_was_charged_of_a_hold_is_told(world, held, house, client, session):
    invoice = bill(world, held, session)
    jobs.make_card_calls(clock.now())
    hear(client, house)
    (body,) = mails(session, "hold_charged")
    assert f"€54.59 of it was charged for invoice {session.get(Invoice, invoice.id).number}" in body
    assert f"/card/{held.key}" in body and "Nothing is left to pay on the invoice" in body


def receipt(as_user, world, held):
    return " ".join(as_user(world.orderer).page(f"/card/{held.key}").select_one("dl").stripped_strings)


@pytest.mark.parametrize(
    "case",
    [
        (3, None, ["less was worked €18.20"], ["otherwise"]),
        (4, "10.00", ["paid or credited otherwise €10.00"], ["less was worked"]),
        (3, "10.00", ["less was worked €18.20", "paid or credited otherwise €10.00"], []),
    ],
)
def test_the_receipt_says_why_less_was_taken(world, held, heard, as_user, session, case):
    hours, bank, said, unsaid = case
    invoice = bill(world, held, session, hours)
    if bank:
        by_bank(world, invoice, Decimal(bank))
    jobs.make_card_calls(clock.now())
    heard()
    session.expire_all()
    assert session.get(Invoice, invoice.id).status is InvoiceStatus.PAID
    text = receipt(as_user, world, held)
    assert all(words in text for words in said) and not any(words in text for words in unsaid)


def test_the_receipt_of_a_first_invoice_does_not_say_that_less_was_worked(world, held, house, client, as_user, session):
    bill(world, held, session)
    jobs.make_card_calls(clock.now())
    hear(client, house)
    world.hours(date(2026, 11, 19), 1, order=session.get(Order, held.order_id))
    session.commit()
    assert "the rest of the work is not on this invoice €18.20" in receipt(as_user, world, held)


# Holds that end


def expire(held, house, client, session):
    """The bank lets the money go."""
    house.house.cancel(held.intent_id, "expired")
    assert set(hear(client, house)) == {200}
    session.expire_all()


def test_a_hold_that_ran_out_asks_to_be_held_again_where_that_can_be_done(world, held, house, client, session):
    expire(held, house, client, session)
    (body,) = mails(session, "hold_lapsed")
    assert f"/card/orders/{held.order_id}" in body and "Banks hold money for about a week" in body
    page = client.sign_in_as(world.orderer).page(f"/card/orders/{held.order_id}").text
    assert "The hold has ended" in page and "has been let go" in page and "Hold the price on a card" in page
    again = do(service.ask_to_hold, world.as_orderer, held.order_id)
    calls.open_page(again.id)
    house.pay(again.url)
    hear(client, house)
    session.expire_all()
    assert (held.status, again.status, tasks(session)) == (CardStatus.LAPSED, CardStatus.HELD, [])


@pytest.mark.parametrize("status", [OrderStatus.CANCELLED, OrderStatus.DECLINED])
def test_nothing_is_asked_of_an_order_that_was_cancelled_meanwhile(world, held, house, client, session, status):
    session.get(Order, held.order_id).status = status
    session.commit()
    expire(held, house, client, session)
    assert (held.status, mails(session, "hold_lapsed"), tasks(session)) == (CardStatus.LAPSED, [], [])
    page = client.sign_in_as(world.orderer).page(f"/card/orders/{held.order_id}").text
    assert "has been let go" in page and "Hold the price on a card" not in page


def test_after_the_work_no_new_hold_is_asked_for(world, held, house, client, session):
    order = session.get(Order, held.order_id)
    world.hours(FRIDAY, 3, order=order)
    order.status = OrderStatus.CLOSED
    session.commit()
    expire(held, house, client, session)
    (body,) = mails(session, "hold_lapsed")
    assert "you get an invoice for the work as usual" in body and "/card/orders/" not in body


def test_hours_of_a_cancelled_order_are_still_paid_by_its_hold(world, held, house, client, session):
    invoice = bill(world, held, session)
    session.get(Order, held.order_id).status = OrderStatus.CANCELLED
    session.commit()
    jobs.make_card_calls(clock.now())
    hear(client, house)
    session.expire_all()
    assert (held.status, held.invoice_id) == (CardStatus.PAID, invoice.id)


def test_a_coordinator_lets_a_hold_go_and_no_bank_is_blamed(world, held, house, client, as_user, session):
    as_user(world.coordinator_user).post(f"/card-payments/{held.id}/release")
    assert set(hear(client, house)) == {200}
    session.expire_all()
    (body,) = mails(session, "hold_lapsed")
    assert held.status is CardStatus.LAPSED
    assert "The money has been let go" in body and "Banks hold" not in body


def test_a_hold_taken_at_the_card_house_pays_the_invoice_that_follows(world, held, house, client, session):
    house.house.capture(held.intent_id, None)
    assert hear(client, house) == [200]
    jobs.make_card_calls(clock.now())
    session.expire_all()
    assert (held.status, held.payment_id, tasks(session)) == (CardStatus.PAID, None, [TaskKind.UNKNOWN_PAYMENT])
    invoice = bill(world, held, session, hours=4)
    for _minute in range(2):
        jobs.make_card_calls(clock.now())
    session.expire_all()
    assert (held.invoice_id, session.get(Invoice, invoice.id).status) == (invoice.id, InvoiceStatus.PAID)
    assert balance(session, Account.CARD_CLEARING) == HELD_SUM


def test_a_hold_that_a_bank_took_back_before_there_was_an_invoice_pays_none(world, held, house, client, session):
    house.house.capture(held.intent_id, None)
    for status in ("needs_response", "lost"):
        house.house.dispute(held.intent_id, status)
    hear(client, house)
    invoice = bill(world, held, session, hours=4)
    jobs.make_card_calls(clock.now())
    session.expire_all()
    assert (held.payment_id, session.get(Invoice, invoice.id).status) == (None, InvoiceStatus.SENT)


# What the card house counts otherwise than we


def test_what_was_held_and_not_taken_is_not_given_back_and_its_payout_is_booked(world, held, house, client, session):
    bill(world, held, session)
    jobs.make_card_calls(clock.now())
    assert set(hear(client, house)) == {200}
    assert jobs.reconcile_cards(clock.now()).failed == 0
    house.house.pay_out()
    assert jobs.fetch_payouts(clock.now()).failed == 0
    session.expire_all()
    assert (held.refunded, tasks(session), balance(session, Account.CARD_CLEARING)) == (0, [], 0)


def test_a_refund_told_of_after_it_failed_is_too_old(world, paid, house, client, session):
    credited(world, session.get(Invoice, paid.invoice_id))
    refund = do(service.ask_refund, world.coordinator, paid.id, GROSS, "credited", "key")
    jobs.make_card_calls(clock.now())
    late = house.messages()
    session.expire_all()
    house.house.tell("refund.failed", house.house.store.get(refund.refund_id) | {"status": "failed"})
    hear(client, house)
    for body, signature in late:
        client.post("/webhooks/stripe", data=body, headers={"Stripe-Signature": signature}, token=False)
    session.expire_all()
    assert (paid.refunded, tasks(session)) == (0, [TaskKind.REFUND_FAILED])


def test_a_payment_on_the_list_that_nobody_knows_is_a_task(world, paid, house, as_user, session):
    intent = house.house.store.get(paid.intent_id)
    house.house.store.keep(intent | {"id": "pi_strange", "metadata": {"jobcenter_payment": "unknown"}})
    for _night in range(2):
        assert jobs.reconcile_cards(clock.now()).failed == 1
    assert tasks(session) == [TaskKind.DIFFERENCE]
    assert "a payment that we do not know" in as_user(world.coordinator_user).get("/card-payments").text


# Refused


def test_without_a_secret_for_messages_no_card_is_taken(world, invoice, house, app, client):
    app.config["JOBCENTER"] = replace(app.config["JOBCENTER"], stripe_webhook_secret="")
    with pytest.raises(CardsNotTaken):
        do(service.ask_to_pay, world.as_orderer, invoice.id)
    assert client.post("/webhooks/stripe", data=b"{}", token=False).status_code == 400

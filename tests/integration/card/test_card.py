"""Card payments from the button to the books, against the stand-in over HTTP; and everything that must not happen."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from jobcenter.auth.domain import SYSTEM, Role
from jobcenter.billing.books.domain import Account
from jobcenter.billing.card import calls, jobs, service, service_news
from jobcenter.billing.card.domain import CardStatus, RefundTooLarge, TaskKind
from jobcenter.billing.card.house import CardHouseSilent, CardsNotTaken
from jobcenter.billing.card.models import CardPayment, CardPayout
from jobcenter.billing.invoices import service as invoices
from jobcenter.billing.invoices.domain import CreditInvoice, InvoiceStatus
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.payments import service as payments
from jobcenter.billing.payments.domain import PaymentSource, PaymentStatus
from jobcenter.billing.payments.models import Payment
from jobcenter.billing.settings.models import BillingSettings
from jobcenter.billing.shares.domain import ALL, SetSplit, Share
from jobcenter.billing.shares.service import set_split
from jobcenter.core import clock
from jobcenter.notifications.models import OutgoingMail
from jobcenter.orders.intake import queries as orders
from jobcenter.orders.organisations.domain import OrganisationKind
from tests import factories
from tests.cardhouse import DECLINED, long_ago
from tests.factories_cards import FRIDAY, GROSS, asked, balance, do, hear, tasks


def test_an_invoice_is_paid_by_card_and_booked_once(world, invoice, house, client, session):
    payment = asked(world, invoice)
    assert payment.status is CardStatus.OPEN
    assert house.pay(payment.url) == 303
    assert hear(client, house) == [200, 200]
    session.expire_all()
    assert (payment.status, payment.taken) == (CardStatus.PAID, GROSS)
    assert session.get(Invoice, invoice.id).status is InvoiceStatus.PAID
    assert session.scalars(select(Payment.amount)).all() == [GROSS]
    assert balance(session, Account.CARD_CLEARING) == GROSS
    assert balance(session, Account.RECEIVABLES) == 0


def test_a_message_twice_is_received_and_works_once(world, invoice, house, client, session):
    payment = asked(world, invoice)
    house.pay(payment.url)
    messages = house.messages()
    for body, signature in (*messages, *messages, *reversed(messages)):
        answer = client.post("/webhooks/stripe", data=body, headers={"Stripe-Signature": signature}, token=False)
        assert answer.status_code == 200
    assert len(session.scalars(select(Payment)).all()) == 1


def test_messages_in_any_order_end_the_same(world, invoice, house, client, session):
    payment = asked(world, invoice)
    house.pay(payment.url)
    for body, signature in reversed(house.messages()):
        client.post("/webhooks/stripe", data=body, headers={"Stripe-Signature": signature}, token=False)
    session.expire_all()
    assert (payment.status, payment.taken) == (CardStatus.PAID, GROSS)
    assert len(session.scalars(select(Payment)).all()) == 1


@pytest.mark.parametrize("forge", ["no signature", "wrong", "old"])
def test_a_message_that_is_not_signed_now_by_the_card_house_is_not_believed(
    world, invoice, house, client, session, forge
):
    payment = asked(world, invoice)
    house.pay(payment.url)
    body, signature = house.messages(at=long_ago() if forge == "old" else None)[0]
    signature = {"no signature": "", "wrong": signature[:-1] + "0" * 2, "old": signature}[forge]
    answer = client.post("/webhooks/stripe", data=body, headers={"Stripe-Signature": signature}, token=False)
    assert answer.status_code == 400
    session.expire_all()
    assert payment.status is CardStatus.OPEN


def test_no_message_is_taken_where_no_cards_are(client):
    assert client.post("/webhooks/stripe", data=b"{}", token=False).status_code == 400


def test_an_unknown_kind_of_message_is_received(house, client):
    house.house.tell("customer.created", {"id": "cus_1"})
    assert hear(client, house) == [200]


def test_another_amount_pays_nothing_and_leaves_a_task(world, invoice, house, client, session):
    payment = asked(world, invoice)
    page = house.house.session(payment.session_id)
    house.house.store.keep(page | {"amount_total": 100})
    house.pay(payment.url)
    assert hear(client, house) == [200, 200]
    session.expire_all()
    assert session.get(Invoice, invoice.id).status is InvoiceStatus.SENT
    assert tasks(session) == [TaskKind.MISMATCH]


def test_a_declined_card_pays_nothing(world, invoice, house, client, session):
    payment = asked(world, invoice)
    assert house.pay(payment.url, DECLINED) == 402
    assert hear(client, house) == []
    session.expire_all()
    assert payment.status is CardStatus.OPEN


def test_what_was_begun_goes_on_and_a_closed_page_is_opened_anew(world, invoice, house, session):
    first = asked(world, invoice)
    assert do(service.ask_to_pay, world.as_orderer, invoice.id).id == first.id
    with clock.frozen(clock.now() + timedelta(hours=3)):
        second = asked(world, invoice)
    session.expire_all()
    assert second.id != first.id
    assert (first.status, second.status) == (CardStatus.EXPIRED, CardStatus.OPEN)


def test_a_call_repeated_after_a_crash_opens_one_page(world, invoice, house, session):
    payment = do(service.ask_to_pay, world.as_orderer, invoice.id)
    before = house.stripe.open_page(calls.checkout_of(payment), idempotency_key=f"{payment.key}:open")
    calls.open_page(payment.id)
    assert payment.session_id == before.session_id
    assert len(house.house.store.all("checkout.session")) == 1


def test_organisations_pay_by_card_only_up_to_what_is_set(world, invoice, house, session):
    world.organisation.kind, world.organisation.business_id = OrganisationKind.BUSINESS, "2345678-7"
    session.commit()
    with pytest.raises(CardsNotTaken):
        do(service.ask_to_pay, world.as_orderer, invoice.id)


@pytest.mark.parametrize(("most", "offered"), [(None, False), (Decimal("10.00"), False), (Decimal("500.00"), True)])
def test_the_order_of_an_organisation_within_the_limit_leads_to_the_card(world, held, as_user, session, most, offered):
    world.organisation.kind, world.organisation.business_id = OrganisationKind.BUSINESS, "2345678-7"
    factories.stored(BillingSettings(jobcenter_id=world.jobcenter.id, card_most=most))
    session.commit()
    links = as_user(world.orderer).page(f"/orders/{held.order_id}").select(f'a[href="/card/orders/{held.order_id}"]')
    assert bool(links) is offered
    assert not as_user(world.coordinator_user).page(f"/orders/{held.order_id}").select('a[href^="/card/"]')


def test_a_silent_card_house_is_said_so_and_charges_nothing(world, invoice, house, as_user, session):
    house.stripe._client = type(house.stripe)("sk_test_1", webhook_secret="", url="http://127.0.0.1:9")._client
    with pytest.raises(CardHouseSilent) as silent:
        asked(world, invoice)
    assert not silent.value.refused


# Holds


def test_held_money_pays_what_was_worked_and_no_more(world, held, house, client, as_user, session):
    assert (held.status, held.amount, held.taken) == (CardStatus.HELD, Decimal("72.79"), 0)
    order = session.get(type(world.order), held.order_id)
    world.hours(date(2026, 11, 20), 3, order=order)
    session.commit()
    draft = world.draft(order)
    do(invoices.send, world.coordinator, draft.id)
    jobs.make_card_calls(clock.now())
    jobs.make_card_calls(clock.now())
    assert set(hear(client, house)) == {200}
    session.expire_all()
    assert (held.status, held.taken, held.refunded, held.invoice_id) == (CardStatus.PAID, GROSS, 0, draft.id)
    assert session.get(Invoice, draft.id).status is InvoiceStatus.PAID
    assert tasks(session) == []
    assert held.held_until is not None
    receipt = as_user(world.orderer).get(f"/card/{held.key}").text
    assert "€18.20" in receipt and f"Invoice {session.get(Invoice, draft.id).number}" in receipt


def test_a_hold_that_ran_out_asks_again(world, held, house, client, session):
    house.house.cancel(held.intent_id, "automatic")
    assert hear(client, house) == [200, 200]
    session.expire_all()
    assert held.status is CardStatus.LAPSED
    mail = session.scalars(select(OutgoingMail).order_by(OutgoingMail.id.desc())).first()
    assert mail.kind == "card.hold_lapsed" and f"/orders/{held.order_id}" in mail.body
    assert service.to_hold(orders.any_order(held.order_id))


def test_no_card_holds_the_price_of_an_order_that_several_pay(world, held, house, client, session):
    house.house.cancel(held.intent_id, "automatic")
    hear(client, house)
    share = Share(place=1, organisation_id=world.organisation.id, hundredths=ALL)
    agreed = SetSplit(shares=(share,), gigs={}, agreed_on=FRIDAY, agreed_with="Maija", number=0)
    do(set_split, world.coordinator, held.order_id, agreed)
    assert "Several payers share" in client.sign_in_as(world.orderer).page(f"/card/orders/{held.order_id}").text


# Giving back


def test_credited_money_goes_back_to_the_card_once(world, invoice, house, client, session):
    payment = asked(world, invoice)
    house.pay(payment.url)
    hear(client, house)
    with pytest.raises(Exception, match="not_that_much"):
        do(service.ask_refund, world.coordinator, payment.id, GROSS, "mistake", "key-0")
    do(invoices.credit, world.coordinator, invoice.id, CreditInvoice(reason="Not done"))
    first = do(service.ask_refund, world.coordinator, payment.id, GROSS, "credited", "key-1")
    assert do(service.ask_refund, world.coordinator, payment.id, GROSS, "credited", "key-1").id == first.id
    with pytest.raises(RefundTooLarge):
        do(service.ask_refund, world.coordinator, payment.id, Decimal("0.01"), "more", "key-2")
    jobs.make_card_calls(clock.now())
    jobs.make_card_calls(clock.now())
    assert hear(client, house) == [200]
    session.expire_all()
    assert payment.refunded == GROSS
    assert balance(session, Account.CARD_CLEARING) == 0
    assert tasks(session) == []


def test_a_refund_that_nobody_asked_for_here_and_a_dispute_leave_tasks(world, invoice, house, client, session):
    payment = asked(world, invoice)
    house.pay(payment.url)
    hear(client, house)
    session.expire_all()
    house.stripe.refund(payment.intent_id, Decimal("4.59"), idempotency_key="by hand")
    house.house.dispute(payment.intent_id)
    house.house.dispute(payment.intent_id, "lost")
    assert hear(client, house) == [200, 200, 200]
    assert tasks(session) == [TaskKind.DIFFERENCE, TaskKind.DISPUTED, TaskKind.DISPUTE_LOST]


# Reconciliation


def test_messages_that_never_came_are_made_up_for_at_night(world, invoice, house, session):
    payment = asked(world, invoice)
    house.pay(payment.url)
    house.messages()
    for night in (timedelta(days=1), timedelta(days=2)):
        with clock.frozen(factories.NOW + night):
            assert jobs.reconcile_cards(clock.now()).failed == 0
    session.expire_all()
    assert (payment.status, payment.taken, payment.paid_on) == (CardStatus.PAID, GROSS, clock.day_of(factories.NOW))
    assert len(session.scalars(select(Payment)).all()) == 1


def test_two_at_once_take_one_message_once(world, invoice, house, session):
    payment = asked(world, invoice)
    house.pay(payment.url)
    news = house.stripe.news_of(*house.messages()[0])
    assert do(service_news.take_news, news) is True
    assert do(service_news.take_news, news) is False


# Payouts


FEE = Decimal("1.07")


def test_a_payout_is_booked_once_with_its_fee(world, paid, house, as_user, session):
    assert jobs.fetch_payouts(clock.now()).done == 0
    house.house.pay_out()
    for _night in range(2):
        assert jobs.fetch_payouts(clock.now()).failed == 0
    assert balance(session, Account.CARD_CLEARING) == 0
    assert (balance(session, Account.CARD_FEES), balance(session, Account.BANK)) == (FEE, GROSS - FEE)
    assert (len(session.scalars(select(CardPayout)).all()), tasks(session)) == (1, [])
    assert "Paid out to the bank" in as_user(world.coordinator_user).get("/card-payments").text


def test_the_banks_own_line_of_a_payout_is_not_booked_twice(world, paid, house, session):
    waiting = payments.new_payment(SYSTEM, world.jobcenter.id, PaymentSource.BANK, clock.today(), GROSS - FEE)
    waiting.payer = "STRIPE PAYMENTS EUROPE LTD"
    do(payments.take_in_unmatched, SYSTEM, waiting)
    house.house.pay_out()
    jobs.fetch_payouts(clock.now())
    session.expire_all()
    assert waiting.status is PaymentStatus.PAYOUT
    assert balance(session, Account.BANK) == GROSS - FEE
    assert balance(session, Account.UNMATCHED_PAYMENTS) == 0
    assert session.scalars(select(CardPayout.bank_payment_id)).all() == [waiting.id]


def test_a_payout_that_does_not_agree_is_a_task_and_not_booked(world, paid, house, session):
    paid.taken = Decimal("50.00")
    session.commit()
    house.house.pay_out()
    for _night in range(2):
        assert jobs.fetch_payouts(clock.now()).failed == 1
    assert (balance(session, Account.CARD_CLEARING), tasks(session)) == (GROSS, [TaskKind.PAYOUT])
    paid.taken = GROSS
    session.commit()
    assert jobs.fetch_payouts(clock.now()).failed == 0
    assert balance(session, Account.CARD_CLEARING) == 0


def test_a_payout_that_fails_is_taken_back(world, paid, house, session):
    payout = house.house.pay_out()
    jobs.fetch_payouts(clock.now())
    house.house.store.keep(payout | {"status": "failed"})
    for _night in range(2):
        jobs.fetch_payouts(clock.now())
    assert (balance(session, Account.CARD_CLEARING), balance(session, Account.BANK)) == (GROSS, 0)
    assert tasks(session) == [TaskKind.PAYOUT_FAILED]


def test_what_nobody_can_explain_of_a_payout_is_booked_apart_and_asked_about(world, paid, house, session):
    house.house.settle("dispute", amount=-1000, source=session.get(CardPayment, paid.id).intent_id)
    house.house.pay_out()
    assert jobs.fetch_payouts(clock.now()).failed == 1
    assert balance(session, Account.UNMATCHED_PAYMENTS) == Decimal("10.00")
    assert tasks(session) == [TaskKind.PAYOUT_UNEXPLAINED]


# Doors


def test_pages_and_refusals(world, invoice, house, as_user, client, session):
    path = f"/card/invoices/{invoice.id}"
    assert client.post(path).status_code == 302
    stranger = factories.someone(Role.ORDERER, world.jobcenter, given_name="Vieras")
    session.commit()
    assert as_user(stranger).post(path).status_code == 404
    assert as_user(world.worker_user).post(path).status_code == 403
    page = as_user(world.orderer).get(f"/invoices/{invoice.id}")
    assert path in page.text
    answer = as_user(world.orderer).post(path)
    assert answer.status_code == 302
    payment = session.scalars(select(CardPayment)).one()
    shown = as_user(world.orderer).get(answer.headers["Location"])
    assert payment.url in shown.text and "54" in shown.text
    house.pay(payment.url)
    hear(client, house)
    receipt = as_user(world.orderer).get(answer.headers["Location"])
    assert "Mallilan Jobcenter" in receipt.text
    assert as_user(world.orderer).post(path).status_code == 409
    assert as_user(world.coordinator_user).get("/card-payments").status_code == 200
    assert as_user(world.coordinator_user).get(f"/card-payments/{payment.id}").status_code == 200
    elsewhere = factories.someone(Role.COORDINATOR, factories.jobcenter(name="Muu"), given_name="Muu")
    session.commit()
    assert as_user(elsewhere).get(f"/card-payments/{payment.id}").status_code == 404
    assert as_user(elsewhere).post(f"/card-payments/{payment.id}/refund", data={"amount": "1"}).status_code == 404
    assert client.get("/card/nothing").status_code == 404

"""Card payments: news in any order, what is taken and given back, what does not agree; how strict the stand-in is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import permutations

import pytest

from jobcenter.billing.card import domain
from jobcenter.billing.card.domain import (
    AFTER_NEWS,
    CardKind,
    CardNews,
    CardStatus,
    Difference,
    Kept,
    Known,
    Mismatch,
    News,
    NewsKind,
    Seen,
)
from jobcenter.billing.card.policy import may_pay_by_card
from jobcenter.billing.card.stripe_house import read_news
from jobcenter.demo.cardhouse import shapes
from jobcenter.demo.cardhouse.shapes import WrongParameter
from jobcenter.orders.organisations.domain import OrganisationKind

S, N = CardStatus, CardNews
PRICE = Decimal("363.95")


@pytest.mark.parametrize("state", sorted(CardStatus))
@pytest.mark.parametrize("news", sorted(CardNews))
def test_every_pair_of_state_and_news(state, news):
    assert domain.after(state, news) is AFTER_NEWS.get((state, news), state)


@pytest.mark.parametrize("news", sorted(CardNews))
def test_what_is_paid_stays_paid(news):
    assert domain.after(S.PAID, news) is S.PAID


@pytest.mark.parametrize("order", sorted(permutations([N.OPENED, N.HELD, N.PAID, N.EXPIRED])))
def test_money_that_came_wins_in_any_order(order):
    state = S.ASKED
    for news in order:
        state = domain.after(state, news)
    assert state is S.PAID


def test_of_an_invoices_page_nothing_was_held_that_could_be_let_go():
    assert domain.heard_of(CardKind.PAYMENT, N.RELEASED) is N.EXPIRED
    assert domain.heard_of(CardKind.HOLD, N.RELEASED) is N.RELEASED
    assert {domain.heard_of(CardKind.PAYMENT, news) for news in set(N) - {N.RELEASED}} == set(N) - {N.RELEASED}


@pytest.mark.parametrize(
    ("state", "minutes", "goes_on"),
    [(S.OPEN, 119, True), (S.OPEN, 120, False), (S.ASKED, 84, True), (S.ASKED, 85, False)],
)
def test_a_page_goes_on_while_it_can_be_paid_on_or_opened_still(state, minutes, goes_on):
    begun = datetime(2026, 11, 22, tzinfo=UTC)
    times = {"open_until": begun + domain.PAGE_OPEN_FOR, "now": begun + timedelta(minutes=minutes)}
    assert domain.page_goes_on(state, asked_at=begun, **times) is goes_on


@pytest.mark.parametrize(
    ("held", "on_invoice", "taken", "unworked", "settled"),
    [
        ("72.79", "54.59", "54.59", "18.20", "0.00"),
        ("72.79", "72.79", "62.79", "0.00", "10.00"),
        ("72.79", "54.59", "44.59", "18.20", "10.00"),
        ("72.79", "90.99", "62.79", "0.00", "10.00"),
        ("72.79", "90.99", "72.79", "0.00", "0.00"),
    ],
)
def test_why_less_was_taken_than_held(held, on_invoice, taken, unworked, settled):
    found = domain.let_go_of(held=Decimal(held), on_invoice=Decimal(on_invoice), taken=Decimal(taken))
    assert (found.unworked, found.settled) == (Decimal(unworked), Decimal(settled))


@pytest.mark.parametrize(
    ("held", "worked", "taken"),
    [("363.95", "290.00", "290.00"), ("363.95", "363.95", "363.95"), ("100", "363.95", "100")],
)
def test_never_more_is_taken_than_was_accepted(held, worked, taken):
    assert domain.to_capture(held=Decimal(held), worked=Decimal(worked)) == Decimal(taken)


@pytest.mark.parametrize(
    ("capture", "still_open", "said", "now"),
    [
        ("54.59", "54.59", False, "54.59"),
        ("54.59", "60.00", False, "54.59"),
        ("54.59", "44.59", False, "44.59"),
        ("54.59", "0.00", False, "0.00"),
        ("54.59", "-10.00", False, "0.00"),
        ("54.59", "54.59", True, "54.59"),
        ("54.59", "44.59", True, "0.00"),
    ],
)
def test_never_more_is_taken_than_is_owed_and_one_amount_only_is_said(capture, still_open, said, now):
    assert domain.capture_now(Decimal(capture), still_open=Decimal(still_open), said=said) == Decimal(now)


@pytest.mark.parametrize(
    ("amount", "fine"), [("0.01", True), ("10.00", True), ("10.01", False), ("0.00", False), ("-1", False)]
)
def test_at_most_what_came_and_was_not_given_back_is_given_back(amount, fine):
    if fine:
        domain.check_refund(Decimal(amount), paid=Decimal("15.00"), refunded=Decimal("5.00"))
    else:
        with pytest.raises(domain.RefundTooLarge):
            domain.check_refund(Decimal(amount), paid=Decimal("15.00"), refunded=Decimal("5.00"))


@pytest.mark.parametrize(("amount", "cents"), [("363.95", 36395), ("0.01", 1), ("1000000", 100000000)])
def test_cents(amount, cents):
    assert domain.cents(Decimal(amount)) == cents
    assert domain.euros(cents) == Decimal(amount)


def test_parts_of_a_cent_are_refused():
    with pytest.raises(ValueError, match=r"0\.005"):
        domain.cents(Decimal("0.005"))


KNOWN = Known(key="k", kind=CardKind.PAYMENT, amount=PRICE, intent_id="pi_1")
NEWS = News(
    event_id="e",
    kind=NewsKind.PAID,
    happened_at=datetime(2026, 11, 22, tzinfo=UTC),
    key="k",
    intent_id="pi_1",
    amount=PRICE,
)


@pytest.mark.parametrize(
    ("known", "news", "wrong"),
    [
        (KNOWN, NEWS, []),
        (KNOWN, replace(NEWS, currency="EUR"), []),
        (KNOWN, replace(NEWS, currency="sek"), [Mismatch.CURRENCY]),
        (KNOWN, replace(NEWS, amount=Decimal("363.94")), [Mismatch.AMOUNT]),
        (KNOWN, replace(NEWS, intent_id="pi_2"), [Mismatch.INTENT]),
        (replace(KNOWN, capture=Decimal("290.00")), replace(NEWS, amount=Decimal("290.00")), []),
        (replace(KNOWN, capture=Decimal("290.00")), NEWS, [Mismatch.AMOUNT]),
        (KNOWN, replace(NEWS, kind=NewsKind.HELD, amount=Decimal("1.00")), [Mismatch.AMOUNT]),
        (KNOWN, replace(NEWS, kind=NewsKind.REFUNDED, amount=Decimal("1.00")), []),
        (KNOWN, replace(NEWS, kind=NewsKind.REFUNDED, amount=Decimal("400.00")), [Mismatch.AMOUNT]),
        (KNOWN, replace(NEWS, kind=NewsKind.EXPIRED, amount=None), []),
    ],
)  # fmt: skip
def test_what_does_not_agree(known, news, wrong):
    assert list(domain.mismatches(known, news)) == wrong


HERE = Kept(key="k", status=S.PAID, received=PRICE, refunded=Decimal("0.00"))
THERE = Seen(key="k", intent_id="pi_1", status=S.PAID, received=PRICE, refunded=Decimal("0.00"))


@pytest.mark.parametrize(
    ("kept", "seen", "found"),
    [
        ([HERE], [THERE], []),
        ([], [THERE], [("k", Difference.NOT_OURS)]),
        ([HERE], [], [("k", Difference.NOT_THERE)]),
        ([replace(HERE, status=S.OPEN, received=Decimal("0.00"))], [], []),
        ([replace(HERE, status=S.OPEN)], [THERE], [("k", Difference.STATUS)]),
        ([replace(HERE, status=S.LAPSED)], [replace(THERE, status=S.HELD)], [("k", Difference.STATUS)]),
        ([replace(HERE, status=S.EXPIRED)], [replace(THERE, status=S.LAPSED)], []),
        ([replace(HERE, status=S.EXPIRED)], [replace(THERE, status=S.OPEN)], []),
        ([replace(HERE, received=Decimal("1.00"))], [THERE], [("k", Difference.RECEIVED)]),
        ([HERE], [replace(THERE, refunded=Decimal("1.00"))], [("k", Difference.REFUNDED)]),
    ],
)
def test_our_books_against_the_card_houses_list(kept, seen, found):
    assert list(domain.differences({row.key: row for row in kept}, {row.key: row for row in seen})) == found


@pytest.mark.parametrize(
    ("kind", "most", "fine"),
    [
        (OrganisationKind.PRIVATE_PERSON, None, True),
        (OrganisationKind.BUSINESS, None, False),
        (OrganisationKind.BUSINESS, Decimal("363.95"), True),
        (OrganisationKind.BUSINESS, Decimal("363.94"), False),
    ],
)
def test_who_may_pay_by_card(kind, most, fine):
    assert may_pay_by_card(kind, PRICE, most=most) is fine


@pytest.mark.parametrize(("amount", "fine"), [("0.49", False), ("0.50", True)])
def test_less_than_the_card_house_charges_is_not_paid_by_card(amount, fine):
    assert may_pay_by_card(OrganisationKind.PRIVATE_PERSON, Decimal(amount), most=None) is fine


# Messages and parameters


def event(kind, **thing):
    return {"id": "evt_1", "type": kind, "created": 1_795_000_000, "data": {"object": thing}}


def test_an_unknown_kind_is_not_ours():
    assert read_news(event("customer.created", id="cus_1")) is None


def test_a_completed_page_without_money_says_nothing():
    thing = {"payment_status": "unpaid", "amount_total": 100, "metadata": {}, "payment_intent": "pi_1"}
    assert read_news(event("checkout.session.completed", **thing)) is None


def test_a_refund_that_worked_says_nothing_and_one_that_failed_does():
    thing = {"id": "re_1", "amount": 100, "currency": "eur", "payment_intent": "pi_1", "metadata": {}}
    assert read_news(event("refund.updated", status="succeeded", **thing)) is None
    news = read_news(event("refund.failed", status="failed", failure_reason="lost_or_stolen_card", **thing))
    assert (news.kind, news.reason, news.amount) == (NewsKind.REFUND_FAILED, "lost_or_stolen_card", Decimal("1.00"))
    assert news.refund_id == "re_1"


@pytest.mark.parametrize(
    ("captured", "refunded", "given_back"),
    [(7279, 0, "0.00"), (7279, 1000, "10.00"), (5459, 1820, "0.00"), (5459, 2820, "10.00"), (0, 7279, "0.00")],
)
def test_what_was_held_and_not_taken_was_not_given_back(captured, refunded, given_back):
    charge = {"amount": 7279, "amount_captured": captured, "amount_refunded": refunded, "payment_intent": "pi_1"}
    assert read_news(event("charge.refunded", currency="eur", **charge)).amount == Decimal(given_back)


@pytest.mark.parametrize(("status", "lost"), [("lost", True), ("won", False), ("warning_closed", False)])
def test_how_a_dispute_ended(status, lost):
    thing = {"id": "du_1", "amount": 100, "currency": "eur", "payment_intent": "pi_1", "status": status}
    assert read_news(event("charge.dispute.closed", **thing)).lost is lost


RIGHT = {
    "mode": "payment",
    "line_items[0][quantity]": "1",
    "line_items[0][price_data][currency]": "eur",
    "line_items[0][price_data][unit_amount]": "36395",
    "line_items[0][price_data][product_data][name]": "Lasku 1",
    "payment_intent_data[capture_method]": "manual",
    "payment_intent_data[metadata][jobcenter_payment]": "k",
    "expires_at": "1795000000",
}


def test_the_stand_in_reads_what_stripe_would():
    params = shapes.check(shapes.nested(RIGHT.items()), shapes.SESSION)
    assert params["line_items"][0]["price_data"]["unit_amount"] == 36395
    assert params["payment_intent_data"] == {"capture_method": "manual", "metadata": {"jobcenter_payment": "k"}}


@pytest.mark.parametrize(
    ("name", "value", "path"),
    [
        ("amonut", "1", "amonut"),
        ("line_items[0][price_data][unit_amout]", "1", "line_items[0].price_data.unit_amout"),
        ("line_items[0][price_data][unit_amount]", "3.5", "line_items[0].price_data.unit_amount"),
        ("payment_intent_data[capture_method]", "later", "payment_intent_data.capture_method"),
        ("mode", "pay", "mode"),
        ("expires_at", "tomorrow", "expires_at"),
        ("payment_method_types[0]", "card", "payment_method_types"),
        ("metadata", "text", "metadata"),
    ],
)
def test_the_stand_in_refuses_what_stripe_would(name, value, path):
    with pytest.raises(WrongParameter) as wrong:
        shapes.check(shapes.nested((RIGHT | {name: value}).items()), shapes.SESSION)
    assert wrong.value.path == path

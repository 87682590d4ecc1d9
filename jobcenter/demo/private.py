"""The demo's private person: work paid by card, work whose invoice is open, an order whose price is held on a card."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from flask import current_app

from jobcenter.auth.domain import Role
from jobcenter.benefits import ContractForm
from jobcenter.billing.card import calls, service_news, service_payouts
from jobcenter.billing.card import service as cards
from jobcenter.billing.card.stripe_house import paid_out, read_news, session_params
from jobcenter.billing.invoices import service as invoices
from jobcenter.billing.invoices.domain import MakeInvoice, OfOrder
from jobcenter.billing.invoices.queries_waiting import billable_hours
from jobcenter.core import clock
from jobcenter.core.uow import unit_of_work
from jobcenter.demo import present, queries
from jobcenter.demo.cardhouse.beside import PLACE, house_of
from jobcenter.demo.cardhouse.house import House
from jobcenter.demo.cardhouse.web import PAID_CARD
from jobcenter.demo.cast import Cast, data
from jobcenter.demo.present import Wanted, at, key, morning, next_day
from jobcenter.workers.domain import Demand, TaskCategory

TUESDAY, FRIDAY = 1, 4
# How many days ago the older and the newer invoice were sent, and the older one was paid.
SENT_BEFORE = (27, 4)
PAID_BEFORE = 25
PAID_OUT_AFTER = timedelta(days=2)


def work(cast: Cast) -> Iterator[tuple[datetime, Callable[[], object]]]:
    """The steps of two orders of one afternoon each; their invoices are made by `bill`."""
    for wanted, agreed in ((_garden(), -PAID_BEFORE - 20), (_windows(), -20)):
        done, _ahead = present.past_and_ahead(present.agree(cast, wanted, morning(agreed)))
        for gig in done:
            yield gig.ends_at, partial(present.work_done, cast, wanted, gig, ["p02"])


def bill(cast: Cast) -> None:
    """The invoices of that work: the older one paid by card and paid out to the bank, the newer one open."""
    organisation = queries.organisation_by_ref("ake")
    waiting = billable_hours(cast.actor("kaisa").jobcenters(Role.COORDINATOR))
    orders = sorted({hours.order_id for hours in waiting if hours.bill_to.organisation_id == organisation.id})
    sent = [_send(cast, order_id, days) for order_id, days in zip(orders, SENT_BEFORE, strict=True)]
    if current_app.config["JOBCENTER"].stripe_url:
        _house().store.forget()
        _pay(cast, sent[0], morning(-PAID_BEFORE))


def _send(cast: Cast, order_id: int, days_ago: int) -> int:
    """Make and send the invoice of an order; its id."""
    coordinator = cast.actor("kaisa")
    command = MakeInvoice(OfOrder(order_id=order_id), key(f"invoice-ake-{days_ago}"))
    draft = at(morning(-days_ago), lambda: invoices.make_draft(coordinator, command))
    return at(morning(-days_ago), lambda: invoices.send(coordinator, draft.id)).id


def _pay(cast: Cast, invoice_id: int, when: datetime) -> None:
    """Pay an invoice by card; a day later the card house pays it out."""
    with clock.frozen(when):
        with unit_of_work():
            asked = cards.ask_to_pay(cast.actor("ake"), invoice_id)
        _type_card(asked.id)
    with clock.frozen(when + PAID_OUT_AFTER):
        house = _house()
        payout = house.pay_out()
        with unit_of_work():
            service_payouts.take(paid_out(payout, map(house.with_source, house.moved_in(payout["id"]))))


def hold(cast: Cast) -> None:
    """An order of some days ahead, whose price the private person has put on a card; with Stripe itself, not yet."""
    order_id = present.agree(cast, _wood(), morning(-1))
    if not current_app.config["JOBCENTER"].stripe_url:
        return
    with clock.frozen(clock.now()), unit_of_work():
        asked = cards.ask_to_hold(cast.actor("ake"), order_id)
    _type_card(asked.id)


def _windows() -> Wanted:
    return Wanted(
        by="ake",
        organisation="ake",
        coordinator="kaisa",
        category=TaskCategory.CLEANING,
        title=data()["words"]["windows_title"],
        description=data()["words"]["windows"],
        people=1,
        days=(next_day(TUESDAY) - 14,),
        hours=(14, 17),
        form=ContractForm.ASSIGNMENT,
    )


def _garden() -> Wanted:
    return Wanted(
        by="ake",
        organisation="ake",
        coordinator="kaisa",
        category=TaskCategory.RAKING,
        title=data()["words"]["garden_title"],
        description=data()["words"]["garden"],
        people=1,
        days=(next_day(TUESDAY) - 35,),
        hours=(14, 17),
        form=ContractForm.ASSIGNMENT,
        demands=frozenset({Demand.OUTDOORS}),
    )


def _wood() -> Wanted:
    return Wanted(
        by="ake",
        organisation="ake",
        coordinator="kaisa",
        category=TaskCategory.OTHER,
        title=data()["words"]["wood_title"],
        description=data()["words"]["wood"],
        people=1,
        days=(next_day(FRIDAY) or 7,),
        hours=(14, 16),
        form=ContractForm.ASSIGNMENT,
        demands=frozenset({Demand.OUTDOORS, Demand.LIFTING}),
    )


def _house() -> House:
    """The stand-in, which serves nothing yet and tells nobody."""
    return replace(house_of(current_app.config["JOBCENTER"]), webhook_url="")


def _type_card(payment_id: int) -> None:
    """Type a card at the stand-in: what it would tell by messages is taken in here."""
    house, place = _house(), current_app.config["JOBCENTER"].base_url + PLACE
    told = len(house.store.messages())
    with unit_of_work():
        asked = calls.queries.payment(payment_id)
        session = house.open_page(session_params(calls.checkout_of(asked)), place)
        cards.page_opened(payment_id, session["id"], session["url"])
    house.pay(session["id"], PAID_CARD)
    for message in house.store.messages()[told:]:
        if (news := read_news(message)) is not None:
            with unit_of_work():
                service_news.take_news(news)

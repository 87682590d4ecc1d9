"""The demo's private person: work done whose invoice is open, and an order whose price is held on a card."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial

from flask import current_app

from jobcenter.auth.domain import Role
from jobcenter.benefits import ContractForm
from jobcenter.billing.card import calls, service_news
from jobcenter.billing.card import service as cards
from jobcenter.billing.card.stripe_house import read_news, session_params
from jobcenter.billing.invoices import service as invoices
from jobcenter.billing.invoices.domain import MakeInvoice, OfOrder
from jobcenter.billing.invoices.queries_waiting import billable_hours
from jobcenter.core import clock
from jobcenter.core.uow import unit_of_work
from jobcenter.demo import present, queries
from jobcenter.demo.cardhouse.beside import PLACE, house_of
from jobcenter.demo.cardhouse.web import PAID_CARD
from jobcenter.demo.cast import Cast, data
from jobcenter.demo.present import Wanted, at, key, morning, next_day
from jobcenter.workers.domain import Demand, TaskCategory

TUESDAY, FRIDAY = 1, 4
BILLED_BEFORE = 4


def work(cast: Cast) -> Iterator[tuple[datetime, Callable[[], object]]]:
    """The steps of an order of one afternoon; its invoice is made by `bill`."""
    done, _ahead = present.past_and_ahead(present.agree(cast, _windows(), morning(-20)))
    for gig in done:
        yield gig.ends_at, partial(present.work_done, cast, _windows(), gig, ["p02"])


def bill(cast: Cast) -> None:
    """The invoice of that work, sent and not paid."""
    coordinator, organisation = cast.actor("kaisa"), queries.organisation_by_ref("ake")
    waiting = billable_hours(coordinator.jobcenters(Role.COORDINATOR))
    order_id = next(hours.order_id for hours in waiting if hours.bill_to.organisation_id == organisation.id)
    command = MakeInvoice(OfOrder(order_id=order_id), key("invoice-ake"))
    draft = at(morning(-BILLED_BEFORE), lambda: invoices.make_draft(coordinator, command))
    at(morning(-BILLED_BEFORE), lambda: invoices.send(coordinator, draft.id))


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


def _type_card(payment_id: int) -> None:
    """Type a card at the stand-in, which serves nothing yet: what it would tell by messages is taken in here."""
    settings = current_app.config["JOBCENTER"]
    house = replace(house_of(settings), webhook_url="")
    house.store.forget()
    with unit_of_work():
        asked = calls.queries.payment(payment_id)
        session = house.open_page(session_params(calls.checkout_of(asked)), settings.base_url + PLACE)
        cards.page_opened(payment_id, session["id"], session["url"])
    house.pay(session["id"], PAID_CARD)
    for message in house.store.messages():
        if (news := read_news(message)) is not None:
            with unit_of_work():
                service_news.take_news(news)

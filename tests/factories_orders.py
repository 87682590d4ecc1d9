"""Things of orders for tests: a Jobcenter that takes orders, what is typed into the form, links out of mails."""

from __future__ import annotations

import re
import uuid
from datetime import date, time
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from jobcenter.auth.domain import Actor, Role
from jobcenter.benefits import ContractForm
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.core.uow import unit_of_work
from jobcenter.notifications.models import OutgoingMail
from jobcenter.orders.intake import service
from jobcenter.orders.intake.domain_parts import OfferTerms, PlacePart, TaskPart, TimesPart, WholeOrder
from jobcenter.orders.intake.domain_times import WishedTime
from jobcenter.orders.intake.models import Order
from jobcenter.orders.rates.service import load_defaults
from jobcenter.workers.domain import Demand, TaskCategory
from tests import factories, pages

TASK = {"category": "dishwashing", "title": "Lounaan tiskit 🍽 ÅÄÖŠ", "description": "Koneella\nja käsin"}
TIMES = {"people": "2", "rows": "1", "day_0": "1.12.2026", "starts_0": "9", "ends_0": "12.30", "pause_0": "30"}
PLACE = {
    "place_name": "Kahvila Šemšuk",
    "street": "Kahvikuja 2",
    "postcode": "00200",
    "city": "Mallila",
    "contact_name": "Olli Öhman",
    "contact_phone": "040 123 4567",
    "demands": ["standing", "noise"],
}
BUSINESS_ID = "1234567-1"
ORDERER = {
    "kind": "business",
    "name": "Kahvila Öhman Oy",
    "business_id": BUSINESS_ID,
    "given_name": "Olli",
    "family_name": "Öhman",
    "email": "Olli@Kahvila.example",
    "phone": "040 123 4567",
    "invoice_reference": "Tiski 12",
}
EMAIL = "olli@kahvila.example"
DAY = date(2026, 12, 1)
ONE_TIME = WishedTime(DAY, time(9), time(12), 0)
WEEKLY = WishedTime(DAY, time(9), time(12), 0, date(2026, 12, 22))
LIST_PRICE = OfferTerms(ContractForm.ASSIGNMENT, Decimal("14.50"))


class Market:
    """One Jobcenter with rates, terms, a coordinator, and an orderer with a business."""

    def __init__(self, **facts: Any) -> None:
        self.jobcenter = factories.jobcenter(**facts)
        self.coordinator_user = factories.someone(Role.COORDINATOR, self.jobcenter, given_name="Kaisa")
        self.orderer_user = factories.someone(Role.ORDERER, self.jobcenter, given_name="Olga")
        self.organisation = factories.organisation(self.jobcenter, self.orderer_user)
        db.session.commit()
        with unit_of_work():
            load_defaults()
            service.ensure_terms(self.jobcenter.id, date(2026, 1, 1))

    @property
    def coordinator(self) -> Actor:
        return factories.actor(self.coordinator_user, (Role.COORDINATOR, self.jobcenter))

    @property
    def orderer(self) -> Actor:
        return factories.actor(self.orderer_user, (Role.ORDERER, self.jobcenter))

    def new_order(self, *times: WishedTime, by: Actor | None = None, people: int = 2) -> Order:
        """A sent order of the business, by its orderer unless said otherwise."""
        with unit_of_work():
            return service.place_order(by or self.orderer, self.whole(*times, people=people))

    def whole(self, *times: WishedTime, people: int = 2) -> WholeOrder:
        return WholeOrder(
            jobcenter_id=self.jobcenter.id,
            organisation_id=self.organisation.id,
            task=TaskPart(TaskCategory.DISHWASHING, "Lounaan tiskit"),
            times=TimesPart(people, times or (ONE_TIME,)),
            place=PlacePart("Kahvila", "Kahvikuja 2", "00200", "Mallila", "Olli", "040 1", frozenset({Demand.NOISE})),
        )


def begin(client: Any, **typed: Any) -> str:
    """Send the first page of the order form; the order's key."""
    key = str(uuid.uuid4())
    answer = client.post("/order", data={"form_key": key, **TASK, **typed})
    assert answer.status_code == 302, answer.text
    return key


def fill(client: Any, key: str, **pages: dict[str, Any]) -> None:
    """Send pages of the form, each with the version that it was opened with."""
    for name, typed in pages.items():
        answer = send_page(client, key, name, typed)
        assert answer.status_code == 302, answer.text


def send_page(client: Any, key: str, name: str, typed: dict[str, Any], pressed: str = "next") -> Any:
    """Open a page of the form, type, and press a button."""
    version = client.page(f"/order/{key}/{name}").select_one("input[name=version]")["value"]
    return client.post(f"/order/{key}/{name}", data={"version": version, "go": pressed, **typed})


def stored(key: str) -> Order:
    """The order with this key."""
    return db.session.scalars(select(Order).where(Order.form_key == key)).one()


def mails(kind: str) -> list[OutgoingMail]:
    """The mails of a kind in the outbox, oldest first."""
    return list(db.session.scalars(select(OutgoingMail).where(OutgoingMail.kind == kind).order_by(OutgoingMail.id)))


def path_in(mail: OutgoingMail) -> str:
    """The path of the link in a mail."""
    return re.search(r"https?://[^/\s]+(/\S+)", mail.body)[1]


NOON = clock.at(date(2026, 11, 22), time(12))


def send_whole(client) -> str:
    """Fill in and send an order without an account; its key."""
    key = begin(client)
    fill(client, key, times=TIMES, place=PLACE, orderer=ORDERER)
    assert client.post(f"/order/{key}").location.endswith("/sent")
    return key


def done(verb, *arguments):
    """A verb in its own unit of work."""
    with unit_of_work():
        return verb(*arguments)


def current(session, order_id: int) -> Order:
    """The order as it is stored now."""
    session.expire_all()
    return session.get_one(Order, order_id)


def new_key() -> str:
    """An address that no order has."""
    return str(uuid.uuid4())


def parsed(answer):
    """The page of an answer."""
    return pages.parse(answer.text)

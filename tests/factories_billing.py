"""What billing tests play with: a Jobcenter, its orderer with hours worked, its coordinator and worker."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

from jobcenter.auth.domain import Actor, Role
from jobcenter.auth.models import Jobcenter, User
from jobcenter.benefits import ContractForm
from jobcenter.billing.invoices import service as invoices
from jobcenter.billing.invoices.domain import BillTo, MakeInvoice, OfMonth, OfOrder
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.payruns import service as pay
from jobcenter.billing.payruns.domain import MakeRun
from jobcenter.billing.payruns.models import PayRun
from jobcenter.core import clock
from jobcenter.core.uow import unit_of_work
from jobcenter.orders.hours.models import TimeEntry
from jobcenter.orders.intake.models import Order
from jobcenter.orders.organisations.models import Organisation
from jobcenter.workers.models import TaxCard, Worker
from tests import factories

NOVEMBER = date(2026, 11, 1)
PAY_DAY = date(2026, 11, 30)
ON_PAY_DAY = clock.start_of(PAY_DAY)
IBAN = "FI2112345600000785"


class World:
    """One Jobcenter with a coordinator, an orderer whose organisation has an accepted order, and a worker."""

    def __init__(self, form: ContractForm = ContractForm.ASSIGNMENT) -> None:
        self.jobcenter: Jobcenter = factories.jobcenter(name="Mallilan Jobcenter", iban="FI3715903000000776")
        self.coordinator_user: User = factories.someone(Role.COORDINATOR, self.jobcenter, given_name="Kaisa")
        self.second_user: User = factories.someone(Role.COORDINATOR, self.jobcenter, given_name="Toini")
        self.orderer: User = factories.someone(Role.ORDERER, self.jobcenter, given_name="Olli")
        self.worker_user: User = factories.someone(Role.WORKER, self.jobcenter, given_name="Veikko")
        self.organisation: Organisation = factories.organisation(self.jobcenter, self.orderer, name="Kahvila Kaisla Oy")
        self.order: Order = factories.order(self.jobcenter, self.organisation, contract_form=form)
        self.worker: Worker = factories.worker(self.jobcenter, self.worker_user)

    @property
    def coordinator(self) -> Actor:
        return factories.actor(self.coordinator_user, (Role.COORDINATOR, self.jobcenter))

    @property
    def second(self) -> Actor:
        """Another coordinator of the same Jobcenter, who approves what the first has listed."""
        return factories.actor(self.second_user, (Role.COORDINATOR, self.jobcenter))

    @property
    def as_orderer(self) -> Actor:
        return factories.actor(self.orderer, (Role.ORDERER, self.jobcenter))

    def hours(self, day: date, hours: int = 3, *, order: Order | None = None, **facts) -> TimeEntry:
        """Confirmed hours from nine on."""
        begins = clock.at(day, time(9))
        return factories.done_gig(order or self.order, facts.pop("by", self.worker), begins, hours, **facts)

    def draft(self, order: Order | None = None, form_key: str = "one") -> Invoice:
        """The draft of an order's hours."""
        with unit_of_work():
            command = MakeInvoice(OfOrder(order_id=(order or self.order).id), form_key)
            return invoices.make_draft(self.coordinator, command)

    def sent(self, form_key: str = "one") -> Invoice:
        """A sent invoice of the order's hours."""
        invoice_id = self.draft(form_key=form_key).id
        with unit_of_work():
            return invoices.send(self.coordinator, invoice_id)


def do(verb: Any, *args: Any, **named: Any) -> Any:
    """A verb in a unit of work of its own."""
    with unit_of_work():
        return verb(*args, **named)


def listed(world: World, key: str = "one", day: date = PAY_DAY) -> PayRun:
    """What waits to be paid, listed for a pay day by the first coordinator."""
    return do(pay.make_run, world.coordinator, MakeRun(world.jobcenter.id, day, key))


def approved(world: World, session: Any, key: str = "one") -> PayRun:
    """A list that a second coordinator has approved; its worker has an account."""
    world.worker.iban = world.worker.iban or IBAN
    session.commit()
    run = listed(world, key)
    return do(pay.approve, world.second, run.id)


def of_november(organisation: Organisation, cost_centre: str = "", reference: str = "") -> OfMonth:
    """An organisation's November."""
    bill_to = BillTo(organisation_id=organisation.id, cost_centre=cost_centre, reference=reference)
    return OfMonth(bill_to=bill_to, month=NOVEMBER)


def tax_card(of: Worker, rate: str = "8.5", additional: str = "32", limit: str = "1000", **facts) -> TaxCard:
    """A card for 2026."""
    given = {
        "worker_id": of.id,
        "valid_from": date(2026, 1, 1),
        "valid_to": date(2026, 12, 31),
        "rate": Decimal(rate),
        "additional_rate": Decimal(additional),
        "income_limit": Decimal(limit),
    }
    return factories.stored(TaxCard(**given | facts))

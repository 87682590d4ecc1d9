"""What the pages of the order form and the coordinator hand to the service. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from jobcenter.benefits import ContractForm
from jobcenter.orders.intake.domain_times import WishedTime
from jobcenter.orders.organisations.domain import Profile
from jobcenter.workers.domain import Demand, Skill, TaskCategory


@dataclass(frozen=True)
class TaskPart:
    """What is to be done."""

    category: TaskCategory
    title: str
    description: str = ""


@dataclass(frozen=True)
class TimesPart:
    """How many people, when."""

    people: int
    times: tuple[WishedTime, ...]


@dataclass(frozen=True)
class PlacePart:
    """Where, whom to meet there, and what the place asks of a worker."""

    place_name: str
    street: str
    postcode: str
    city: str
    contact_name: str
    contact_phone: str
    demands: frozenset[Demand] = frozenset()
    skills: frozenset[Skill] = frozenset()


@dataclass(frozen=True)
class Invoicing:
    """Where this order's invoice goes; what is empty is taken from the orderer's profile when the order is sent.

    The order number is the orderer's own, for this order alone.
    """

    einvoice_address: str = ""
    einvoice_operator: str = ""
    invoice_reference: str = ""
    cost_centre: str = ""
    order_number: str = ""


@dataclass(frozen=True)
class Person:
    """The one who orders without an account."""

    given_name: str
    family_name: str
    email: str
    phone: str
    language: str


@dataclass(frozen=True)
class OrdererPart:
    """Who orders: an own organisation by id, or a new one by its profile; `person` when nobody is signed in."""

    organisation_id: int | None = None
    profile: Profile | None = None
    person: Person | None = None
    invoicing: Invoicing = Invoicing()


@dataclass(frozen=True)
class WholeOrder:
    """A whole order at once: for coordinators, the demo and tests."""

    jobcenter_id: int
    organisation_id: int
    task: TaskPart
    times: TimesPart
    place: PlacePart
    invoicing: Invoicing = Invoicing()


@dataclass(frozen=True)
class OfferTerms:
    """Contract form and net hourly price to be offered with the terms."""

    contract_form: ContractForm
    hourly_price: Decimal
    price_reason: str = ""


TASK_FIELDS = tuple(TaskPart.__dataclass_fields__)
PLACE_FIELDS = tuple(PlacePart.__dataclass_fields__)
INVOICE_FIELDS = tuple(Invoicing.__dataclass_fields__)
# Those that hold for the orderer's other orders too.
LASTING_INVOICE_FIELDS = tuple(name for name in INVOICE_FIELDS if name != "order_number")
# One row of times as a page names its fields.
ROW_FIELDS = ("day", "starts", "ends", "pause", "until")

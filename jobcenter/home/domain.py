"""What an hour and a whole job cost, and where each euro goes; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from jobcenter.auth.domain import JobcenterKind
from jobcenter.benefits import ContractForm
from jobcenter.core.money import CENT, Price, round_cents
from jobcenter.orders.organisations.domain import OrganisationKind
from jobcenter.orders.rates.domain import Rates

ONE_EURO = Decimal(1)

# The form most gigs of a Jobcenter take comes first. People in rehabilitative work activity usually have an
# unemployment benefit, and then the assignment form is closed to them.
FORMS: dict[JobcenterKind, tuple[ContractForm, ...]] = {
    JobcenterKind.DISABILITY: (ContractForm.ASSIGNMENT, ContractForm.PARTNER),
    JobcenterKind.REHABILITATIVE: (ContractForm.PARTNER,),
}


@dataclass(frozen=True)
class Split:
    """Three parts that make up a sum in euros: the worker's pay, the service around it, and VAT."""

    worker: Decimal
    service: Decimal
    vat: Decimal


@dataclass(frozen=True)
class HourPrice:
    """An hour's list price in one form of contract, with its parts and the parts of one euro.

    `for_kinds` are the net prices of those kinds of orderer that have one of their own.
    """

    form: ContractForm
    price: Price
    vat_percent: Decimal
    parts: Split
    of_euro: Split
    for_kinds: tuple[tuple[OrganisationKind, Decimal], ...] = ()

    @property
    def bar(self) -> tuple[tuple[str, int, int], ...]:
        """One euro drawn on a line of 100: (part, start, width) in cents."""
        worker, service, vat = (
            int(part / CENT) for part in (self.of_euro.worker, self.of_euro.service, self.of_euro.vat)
        )
        return ("worker", 0, worker), ("service", worker, service), ("vat", worker + service, vat)


@dataclass(frozen=True)
class Job:
    """A job to be priced: so many people, so many hours each, for some kind of orderer where that is told."""

    jobcenter_id: int
    people: int
    hours: Decimal
    orderer_kind: OrganisationKind | None = None


@dataclass(frozen=True)
class JobPrice:
    """What people x hours come to in one form of contract at the list's price of an hour without VAT.

    `worker_pay` is before tax, for everybody together.
    """

    form: ContractForm
    hourly: Decimal
    price: Price
    vat_percent: Decimal
    worker_pay: Decimal


def hour_price(
    form: ContractForm, rates: Rates, of_kinds: Mapping[OrganisationKind, Decimal] = MappingProxyType({})
) -> HourPrice:
    """The price of one hour and its split, with the prices of those kinds of orderer that pay another one."""
    price = Price.of_net(rates.price, rates.vat_percent)
    parts = Split(worker=rates.wage, service=rates.price - rates.wage, vat=price.vat)
    return HourPrice(
        form=form,
        price=price,
        vat_percent=rates.vat_percent,
        parts=parts,
        of_euro=_of_euro(parts, price),
        for_kinds=tuple((kind, net) for kind, net in of_kinds.items() if net != rates.price),
    )


def job_price(form: ContractForm, rates: Rates, *, people: int, hours: Decimal) -> JobPrice:
    """The price of a job: VAT is counted once, from the whole sum."""
    worked = people * hours
    return JobPrice(
        form=form,
        hourly=rates.price,
        price=Price.of_net(worked * rates.price, rates.vat_percent),
        vat_percent=rates.vat_percent,
        worker_pay=round_cents(worked * rates.wage),
    )


def _of_euro(parts: Split, price: Price) -> Split:
    """How one euro of the gross price divides, in whole cents that make up the euro."""
    worker, vat = round_cents(parts.worker / price.gross), round_cents(parts.vat / price.gross)
    return Split(worker=worker, service=ONE_EURO - worker - vat, vat=vat)

"""What the pages of orderers show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from jobcenter.orders.organisations.messages import KINDS
from jobcenter.orders.organisations.models import Organisation

Fact = tuple[str, str]


@dataclass(frozen=True)
class OrganisationRow:
    """An orderer in a list."""

    id: int
    name: str
    kind: str
    business_id: str
    city: str


def row(organisation: Organisation) -> OrganisationRow:
    """An orderer in a list."""
    return OrganisationRow(
        id=organisation.id,
        name=organisation.name,
        kind=str(KINDS[organisation.kind]),
        business_id=organisation.business_id or "",
        city=organisation.city,
    )


def profile_facts(organisation: Organisation) -> list[Fact]:
    """Who an orderer is and where its invoices go."""
    town = " ".join(filter(None, (organisation.postcode, organisation.city)))
    rows = [
        (_("Kind"), str(KINDS[organisation.kind])),
        (_("Y-tunnus"), organisation.business_id or ""),
        (_("E-mail for invoices"), organisation.email),
        (_("Phone"), organisation.phone),
        (_("Address"), "\n".join(filter(None, (organisation.street, town)))),
        (_("E-invoice address"), organisation.einvoice_address),
        (_("E-invoice operator"), organisation.einvoice_operator),
        (_("Your reference on the invoice"), organisation.invoice_reference),
        (_("Cost centre"), organisation.cost_centre),
    ]
    return [(label, value) for label, value in rows if value]


def namesakes(organisation: Organisation, same: Iterable[Organisation]) -> list[OrganisationRow]:
    """Other orderers with the same Y-tunnus: a city's other units, or one organisation stored twice."""
    return [row(other) for other in same if other.id != organisation.id]

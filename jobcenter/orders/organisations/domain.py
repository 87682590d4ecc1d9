"""What kinds of orderers there are, and what identifies and bills them. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from stdnum import iban
from stdnum.exceptions import ValidationError as NumberError
from stdnum.fi import ytunnus

from jobcenter.core.errors import DomainError

OVT_PREFIX = "0037"
# What Finvoice 3.0 has room for, in characters.
REFERENCE_ROOM, COST_CENTRE_ROOM, TOWN_ROOM = 70, 35, 35
_OVT = re.compile(r"0037(\d{8})[0-9A-Z]{0,5}")
_OPERATOR = re.compile(r"[0-9A-Z][0-9A-Z.-]{3,34}")


class OrganisationKind(StrEnum):
    """Who orders. Private persons have no Y-tunnus; city units have a cost centre."""

    BUSINESS = "business"
    ASSOCIATION = "association"
    CITY_UNIT = "city_unit"
    PRIVATE_PERSON = "private_person"


class BusinessIdRefused(DomainError):
    """The Y-tunnus is missing, wrong, or given for a private person."""


class EinvoiceRefused(DomainError):
    """The e-invoice address or its operator is not in a form that an e-invoice can be sent to."""


@dataclass(frozen=True)
class Profile:
    """Who an orderer is and where its invoices go; the Y-tunnus and e-invoice address in their one written form."""

    kind: OrganisationKind
    name: str
    business_id: str | None
    email: str = ""
    phone: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    einvoice_address: str = ""
    einvoice_operator: str = ""
    invoice_reference: str = ""
    cost_centre: str = ""


def business_id_of(kind: OrganisationKind, typed: str) -> str | None:
    """The Y-tunnus as it is written (1234567-1), None for a private person. Raises BusinessIdRefused."""
    if kind is OrganisationKind.PRIVATE_PERSON:
        if typed:
            raise BusinessIdRefused("business_id_of_person", "business_id")
        return None
    if not typed:
        raise BusinessIdRefused("business_id_missing", "business_id")
    try:
        return ytunnus.format(ytunnus.validate(_country_off(typed)))
    except NumberError as error:
        raise BusinessIdRefused("business_id_wrong", "business_id") from error


def einvoice_of(address: str, operator: str) -> tuple[str, str]:
    """An e-invoice address (OVT or IBAN) and its operator's code, without blanks; both or neither.

    Raises EinvoiceRefused.
    """
    address, operator = _bare(address), _bare(operator)
    if not address and not operator:
        return "", ""
    if not address:
        raise EinvoiceRefused("einvoice_address_missing", "einvoice_address")
    if not (is_ovt(address) or _is_finnish_iban(address)):
        raise EinvoiceRefused("einvoice_address_wrong", "einvoice_address")
    if not operator:
        raise EinvoiceRefused("einvoice_operator_missing", "einvoice_operator")
    if not _OPERATOR.fullmatch(operator):
        raise EinvoiceRefused("einvoice_operator_wrong", "einvoice_operator")
    return address, operator


def check_einvoice_room(profile: Profile) -> None:
    """Refuse an orderer of e-invoices whose facts an e-invoice has no room for, or whose address is not whole.

    Raises EinvoiceRefused, beside the field.
    """
    if not profile.einvoice_address:
        return
    rooms = {"invoice_reference": REFERENCE_ROOM, "cost_centre": COST_CENTRE_ROOM, "city": TOWN_ROOM}
    for name, room in rooms.items():
        if len(getattr(profile, name)) > room:
            raise EinvoiceRefused("einvoice_no_room", name, room=room)
    given = [name for name in ("street", "postcode", "city") if getattr(profile, name)]
    missing = next((name for name in ("street", "postcode", "city") if name not in given), None)
    if given and missing:
        raise EinvoiceRefused("einvoice_address_not_whole", missing)


def is_ovt(address: str) -> bool:
    """Whether an address is an OVT code: 0037, the digits of a Y-tunnus, at most five characters of one's own."""
    match = _OVT.fullmatch(address)
    return match is not None and ytunnus.is_valid(match[1])


def _country_off(typed: str) -> str:
    """A VAT number (FI12345671) is the same number with its country in front."""
    return re.sub(r"^FI", "", typed.strip().upper())


def _bare(typed: str) -> str:
    return re.sub(r"[\s\u00a0]", "", typed).upper()


def _is_finnish_iban(address: str) -> bool:
    return address.startswith("FI") and iban.is_valid(address)

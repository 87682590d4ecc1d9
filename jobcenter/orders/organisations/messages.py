"""What the kinds of orderers are called, and the refusals."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.orders.organisations.domain import OrganisationKind

ERRORS = {
    "business_id_of_person": _l("A private person has no Y-tunnus. Leave it empty, or choose another kind of orderer."),
    "business_id_missing": _l("Give the Y-tunnus, for example 1234567-1."),
    "business_id_wrong": _l("This is not a Y-tunnus: check the digits. It has seven digits, a dash and a check digit."),
    "einvoice_address_missing": _l("Give the e-invoice address too, or leave the operator empty."),
    "einvoice_address_wrong": _l(
        "This is not an e-invoice address. It begins with 0037 and holds the Y-tunnus, or it is a Finnish IBAN."
    ),
    "einvoice_operator_missing": _l("Give the operator's code too, for example 003721291126."),
    "einvoice_operator_wrong": _l(
        "This is not an operator's code. It has letters and digits, for example 003721291126."
    ),
    "einvoice_no_room": _l("An e-invoice has room for %(room)s characters here."),
    "einvoice_address_not_whole": _l("E-invoices need the whole address: street, postcode and city, or none of them."),
    "member_not": _l("This person does not act for the orderer."),
    "member_already": _l("This person acts for the orderer already."),
}

KINDS = {
    OrganisationKind.BUSINESS: _l("Business"),
    OrganisationKind.ASSOCIATION: _l("Association or congregation"),
    OrganisationKind.CITY_UNIT: _l("City or municipal unit"),
    OrganisationKind.PRIVATE_PERSON: _l("Private person"),
}

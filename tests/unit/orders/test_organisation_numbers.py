"""Y-tunnus, e-invoice address and operator, as they are written and refused."""

from __future__ import annotations

import pytest

from jobcenter.orders.organisations.domain import (
    BusinessIdRefused,
    EinvoiceRefused,
    OrganisationKind,
    business_id_of,
    einvoice_of,
)

BUSINESS, PERSON = OrganisationKind.BUSINESS, OrganisationKind.PRIVATE_PERSON


@pytest.mark.parametrize("typed", ["1234567-1", "12345671", " 1234567 -1", "FI12345671", "fi 1234567-1", "1234567−1"])
def test_a_business_id_has_one_written_form(typed):
    assert business_id_of(BUSINESS, typed) == "1234567-1"


BAD_IDS = [
    (BUSINESS, "", "business_id_missing"),
    (BUSINESS, "1234567-8", "business_id_wrong"),
    (BUSINESS, "123", "business_id_wrong"),
    (BUSINESS, "kissa", "business_id_wrong"),
    (OrganisationKind.CITY_UNIT, "", "business_id_missing"),
    (PERSON, "1234567-1", "business_id_of_person"),
]


@pytest.mark.parametrize(("kind", "typed", "code"), BAD_IDS)
def test_bad_business_ids(kind, typed, code):
    with pytest.raises(BusinessIdRefused) as refused:
        business_id_of(kind, typed)
    assert refused.value.code == code


def test_a_private_person_has_none():
    assert business_id_of(PERSON, "") is None


GOOD_ADDRESSES = [
    ("", "", ("", "")),
    ("003712345671", "003721291126", ("003712345671", "003721291126")),
    ("0037 1234567 1", "bawcfi22", ("003712345671", "BAWCFI22")),
    ("00371234567101A", "E204503", ("00371234567101A", "E204503")),
    ("FI21 1234 5600 0007 85", "NDEAFIHH", ("FI2112345600000785", "NDEAFIHH")),
]


@pytest.mark.parametrize(("address", "operator", "expected"), GOOD_ADDRESSES)
def test_einvoice_addresses(address, operator, expected):
    assert einvoice_of(address, operator) == expected


BAD_ADDRESSES = [
    ("", "003721291126", "einvoice_address_missing"),
    ("003712345678", "003721291126", "einvoice_address_wrong"),
    ("0037", "003721291126", "einvoice_address_wrong"),
    ("SE4550000000058398257466", "003721291126", "einvoice_address_wrong"),
    ("FI2112345600000786", "003721291126", "einvoice_address_wrong"),
    ("003712345671", "", "einvoice_operator_missing"),
    ("003712345671", "a!", "einvoice_operator_wrong"),
]


@pytest.mark.parametrize(("address", "operator", "code"), BAD_ADDRESSES)
def test_bad_einvoice_addresses(address, operator, code):
    with pytest.raises(EinvoiceRefused) as refused:
        einvoice_of(address, operator)
    assert refused.value.code == code

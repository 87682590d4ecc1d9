"""What kinds of orderers there are."""

from __future__ import annotations

from enum import StrEnum


class OrganisationKind(StrEnum):
    """Who orders. Private persons have no Y-tunnus; city units have a cost centre."""

    BUSINESS = "business"
    ASSOCIATION = "association"
    CITY_UNIT = "city_unit"
    PRIVATE_PERSON = "private_person"

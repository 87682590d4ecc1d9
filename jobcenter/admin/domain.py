"""What a Jobcenter's own numbers must look like. Pure."""

from __future__ import annotations

from stdnum import iban
from stdnum.exceptions import ValidationError as NumberError
from stdnum.fi import ytunnus

from jobcenter.core.errors import DomainError


class NumberRefused(DomainError):
    """An account number or a Y-tunnus is wrong."""


def iban_of(typed: str) -> str:
    """An IBAN without blanks, or nothing. Raises NumberRefused."""
    if not typed:
        return ""
    try:
        return iban.validate(typed)
    except NumberError as error:
        raise NumberRefused("iban_wrong", "iban") from error


def business_id_of(typed: str, field: str) -> str:
    """A Y-tunnus as it is written, or nothing. Raises NumberRefused."""
    if not typed:
        return ""
    try:
        return ytunnus.format(ytunnus.validate(typed))
    except NumberError as error:
        raise NumberRefused("jobcenter_business_id_wrong", field) from error

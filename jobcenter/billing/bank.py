"""What Finnish banks agreed on: reference numbers, IBANs, the bar code of an invoice, bank days. Pure.

Sources: Finance Finland's guides on the reference number (7-3-1 check) and on the bar code of invoices (versions 4 and
5); ISO 11649 for the international reference; EPC069-12 of the European Payments Council for the QR code.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

import holidays
from stdnum import iban as iban_number
from stdnum import iso11649
from stdnum.iso7064 import mod_97_10

from jobcenter.core.errors import DomainError

REFERENCE_WEIGHTS = (7, 3, 1)
REFERENCE_LEAST, REFERENCE_MOST = 3, 19
BAR_CODE, BAR_CODE_RF = "4", "5"
BAR_CODE_REFERENCE, BAR_CODE_RF_REFERENCE = 23, 21
MOST_IN_BAR_CODE = Decimal("999999.99")
BEYOND_EPC = 10**9
EPC_NAME_MOST = 70
FINNISH_IBAN_DIGITS = 16

_SATURDAY = 5


class BadReference(DomainError):
    """What a reference number would be made of is not 3 to 19 digits."""


def reference_number(base: str) -> str:
    """`base` with its check digit: 1234 gives 12344. Leading zeros fall away. Raises BadReference."""
    base = base.lstrip("0")
    if not re.fullmatch(rf"[0-9]{{{REFERENCE_LEAST},{REFERENCE_MOST}}}", base):
        raise BadReference("bad_reference", reference=base)
    return base + _check_digit(base)


def is_reference_number(text: str) -> bool:
    """Whether `text` (blanks allowed) is a reference number whose check digit is right."""
    digits = text.replace(" ", "").lstrip("0")
    if not re.fullmatch(rf"[0-9]{{{REFERENCE_LEAST + 1},{REFERENCE_MOST + 1}}}", digits):
        return False
    return digits[-1] == _check_digit(digits[:-1])


def rf_reference(reference: str) -> str:
    """A Finnish reference number as an international one (ISO 11649): 12344 gives RF0812344."""
    return f"RF{_iso_check_digits(reference)}{reference}"


def is_rf_reference(text: str) -> bool:
    """Whether `text` is an international reference number whose check digits are right."""
    return bool(iso11649.is_valid(text))


def grouped_reference(reference: str) -> str:
    """A reference number as it is printed: groups of five from the right."""
    first = len(reference) % 5
    groups = [reference[:first]] if first else []
    return " ".join([*groups, *(reference[place : place + 5] for place in range(first, len(reference), 5))])


def grouped_iban(iban: str) -> str:
    """An IBAN as it is printed: groups of four."""
    compact = iban.replace(" ", "").upper()
    return " ".join(compact[place : place + 4] for place in range(0, len(compact), 4))


def is_iban(text: str) -> bool:
    """Whether `text` is an IBAN whose length and check digits are right."""
    return bool(iban_number.is_valid(text))


def bar_code(*, iban: str, amount: Decimal, reference: str, due_on: date) -> str | None:
    """The 54 digits of the bank bar code: version 4 of a Finnish reference number, version 5 of an RF one.

    None when it cannot be made: an account that is not Finnish, or an amount that is not above zero or does not fit.
    """
    account = iban.replace(" ", "").upper()
    if not re.fullmatch(rf"FI[0-9]{{{FINNISH_IBAN_DIGITS}}}", account):
        return None
    if not 0 < amount <= MOST_IN_BAR_CODE:
        return None
    euros, cents = divmod(int(amount * 100), 100)
    version, referred = _referred(reference)
    return f"{version}{account[2:]}{euros:06d}{cents:02d}{referred}{due_on:%y%m%d}"


def epc_text(*, name: str, iban: str, bic: str, amount: Decimal, reference: str) -> str | None:
    """What the QR code of a credit transfer holds (version 2, UTF-8); `reference` is an RF one.

    None when it cannot be made: a wrong account, or an amount that is not above zero or does not fit.
    """
    if not is_iban(iban) or not 0 < amount < BEYOND_EPC:
        return None
    lines = ("BCD", "002", "1", "SCT", bic, name[:EPC_NAME_MOST], iban.replace(" ", "").upper(), f"EUR{amount:.2f}")
    return "\n".join((*lines, "", reference))


def is_bank_day(day: date) -> bool:
    """Whether Finnish banks pass payments on: not Saturday, Sunday, a public holiday, Midsummer or Christmas Eve."""
    return day.weekday() < _SATURDAY and day not in _holidays_of(day.year)


def next_bank_day(day: date) -> date:
    """`day` itself if it is a bank day, else the first one after it: until then a payment due on `day` is in time."""
    while not is_bank_day(day):
        day += timedelta(days=1)
    return day


def previous_bank_day(day: date) -> date:
    """`day` itself if it is a bank day, else the last one before it: pay is on the account when it was promised."""
    while not is_bank_day(day):
        day -= timedelta(days=1)
    return day


def _referred(reference: str) -> tuple[str, str]:
    """The version of the bar code and its 23 digits of reference; of an RF one the check digits, zeros, the rest."""
    if reference.startswith("RF"):
        return BAR_CODE_RF, f"{reference[2:4]}{reference[4:]:0>{BAR_CODE_RF_REFERENCE}}"
    return BAR_CODE, f"{reference:0>{BAR_CODE_REFERENCE}}"


def _check_digit(base: str) -> str:
    weighted = sum(
        int(digit) * REFERENCE_WEIGHTS[place % len(REFERENCE_WEIGHTS)] for place, digit in enumerate(reversed(base))
    )
    return str(-weighted % 10)


def _iso_check_digits(reference: str) -> str:
    return mod_97_10.calc_check_digits(f"{reference}RF")


@cache
def _holidays_of(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("FI", years=year)

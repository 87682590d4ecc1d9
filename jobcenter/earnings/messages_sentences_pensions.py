"""The sentences on limits not counted in hours of a month or year: amounts that change, and YEL by the year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import ngettext

from jobcenter.benefits import Assessment, LimitState
from jobcenter.core import texts
from jobcenter.core.money import ZERO

INSURANCE_NEEDED = (LimitState.AT_LIMIT, LimitState.OVER)


def of_housing_amount(assessment: Assessment, name: str) -> str:
    """By how much a housing allowance changes; the same said to the person and about them."""
    reduction = assessment.amounts.reduction or ZERO
    if reduction > 0:
        amount = texts.money(reduction)
        return _("At the next review the housing allowance would be about %(amount)s a month smaller.", amount=amount)
    if reduction < 0:
        amount = texts.money(-reduction)
        return _("At the next review the housing allowance would be about %(amount)s a month larger.", amount=amount)
    return _("The gigs do not change the amount of the housing allowance.")


def of_housing_earning(change: Decimal) -> str:
    """By how much one earning changes a housing allowance."""
    if change <= 0:
        return _("This gig does not make the housing allowance smaller.")
    amount = texts.money(change)
    return _(
        "With this gig the housing allowance would be about %(amount)s a month smaller at its next review.",
        amount=amount,
    )


def of_yearly_value(assessment: Assessment, name: str) -> str:
    """Whether the insurance (YEL) is needed if the work goes on as it does."""
    if assessment.state in INSURANCE_NEEDED:
        return _("If the gigs go on like this, the insurance (YEL) is needed.")
    if assessment.state_with_agreed in INSURANCE_NEEDED:
        return _("If all gigs are done and gigs go on like that, the insurance (YEL) is needed.")
    if assessment.state_with_agreed is LimitState.NEAR:
        return _("If the gigs go on like this for some months more, the insurance (YEL) may be needed.")
    hours = assessment.left_hours_with_agreed
    if name:
        return ngettext(
            "%(name)s can still work %(num)s hour before the insurance (YEL) may be needed.",
            "%(name)s can still work %(num)s hours before the insurance (YEL) may be needed.",
            hours,
            name=name,
        )
    return ngettext(
        "You can still work %(num)s hour before the insurance (YEL) may be needed.",
        "You can still work %(num)s hours before the insurance (YEL) may be needed.",
        hours,
    )


OWN_SENTENCES: Mapping[str, Callable[[Assessment, str], str]] = {
    "pensioner_housing_allowance.amount": of_housing_amount,
    "general_housing_allowance.amount": of_housing_amount,
    "yel.annualised": of_yearly_value,
}

"""The sentences on benefits that shrink little by little, and on enforcement: what the earnings take away."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from jobcenter.benefits import Assessment, LimitState
from jobcenter.core import texts
from jobcenter.core.money import ZERO


def of_reduction(assessment: Assessment, name: str, when: str) -> str:
    """By how much the benefit becomes smaller; else how many hours fit before it does."""
    if reduction := assessment.amounts.reduction:
        return _("The benefit becomes about %(amount)s smaller %(when)s.", amount=texts.money(reduction), when=when)
    if LimitState.OVER in (assessment.state, assessment.state_with_agreed):
        return _("The earnings make the benefit smaller %(when)s.", when=when)
    hours = assessment.left_hours_with_agreed
    if not hours:
        return _("Every earning makes this benefit a little smaller %(when)s.", when=when)
    if name:
        return ngettext(
            "%(name)s can still work %(num)s hour %(when)s before the benefit becomes smaller.",
            "%(name)s can still work %(num)s hours %(when)s before the benefit becomes smaller.",
            hours,
            name=name,
            when=when,
        )
    return ngettext(
        "You can still work %(num)s hour %(when)s before the benefit becomes smaller.",
        "You can still work %(num)s hours %(when)s before the benefit becomes smaller.",
        hours,
        when=when,
    )


def of_enforcement(assessment: Assessment, name: str, when: str) -> str:
    """What is taken for debts; the same said to the person and about them."""
    seized = assessment.amounts.seized or ZERO
    if seized > 0:
        return _("Enforcement takes about %(amount)s %(when)s.", amount=texts.money(seized), when=when)
    return _("Enforcement takes nothing of the earnings %(when)s.", when=when)

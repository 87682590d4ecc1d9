"""The sentences on benefits that shrink little by little, and on enforcement: what the earnings take away."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import ngettext

from jobcenter.benefits import Assessment, LimitState, RowCode
from jobcenter.core import texts
from jobcenter.core.money import ZERO


def of_reduction(assessment: Assessment, name: str, when: str) -> str:
    """By how much the benefit becomes smaller; else how many hours fit before it does.

    Of social assistance at most so much: it fills what other benefits lose by the same earnings.
    """
    fills = any(row.code is RowCode.ONE_TO_ONE for row in assessment.rows)
    if reduction := assessment.amounts.reduction:
        if fills:
            return _(
                "The assistance becomes at most %(amount)s smaller %(when)s.", amount=texts.money(reduction), when=when
            )
        return _("The benefit becomes about %(amount)s smaller %(when)s.", amount=texts.money(reduction), when=when)
    if LimitState.OVER in (assessment.state, assessment.state_with_agreed):
        return _("The earnings make the benefit smaller %(when)s.", when=when)
    hours = assessment.left_hours_with_agreed
    if not hours:
        return _from_the_first_euro(when, whole=fills)
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


def _from_the_first_euro(when: str, *, whole: bool) -> str:
    """That nothing is left out; `whole`: a euro takes a euro."""
    if whole:
        return _("Each euro paid to the account makes the assistance at most a euro smaller %(when)s.", when=when)
    return _("Each euro earned makes this benefit smaller %(when)s, but by less than a euro.", when=when)


def of_earning(change: Decimal, assessment: Assessment, when: str) -> str:
    """By how much one earning makes a benefit smaller."""
    if not change:
        return _("This gig does not make the benefit smaller %(when)s.", when=when)
    if any(row.code is RowCode.ONE_TO_ONE for row in assessment.rows):
        return _(
            "This gig makes the assistance at most %(amount)s smaller %(when)s.", amount=texts.money(change), when=when
        )
    return _("This gig makes the benefit about %(amount)s smaller %(when)s.", amount=texts.money(change), when=when)


def of_earning_seized(change: Decimal, when: str) -> str:
    """What enforcement takes of one earning."""
    if not change:
        return _("Enforcement takes nothing of this gig %(when)s.", when=when)
    return _("Enforcement takes about %(amount)s of this gig %(when)s.", amount=texts.money(change), when=when)


def of_enforcement(assessment: Assessment, name: str, when: str) -> str:
    """What is taken for debts; the same said to the person and about them."""
    seized = assessment.amounts.seized or ZERO
    if seized > 0:
        return _("Enforcement takes about %(amount)s %(when)s.", amount=texts.money(seized), when=when)
    return _("Enforcement takes nothing of the earnings %(when)s.", when=when)

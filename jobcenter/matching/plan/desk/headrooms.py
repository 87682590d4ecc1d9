"""What is left under a limit, as the most that planned gigs may pay together. Pure."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Protocol

from jobcenter.benefits import ContractForm, LimitState, adds_at_most, measure_of
from jobcenter.benefits.law import Basis, Comparison
from jobcenter.core.money import CENT
from jobcenter.matching.domain import EVERY_FORM, Headroom

ROLLING = "rolling"


class Told(Protocol):
    """A limit as it was told last: what is left of it with everything agreed done, in euros."""

    rule: str
    series: str
    period_from: date
    period_to: date
    state_with_agreed: LimitState
    left_with_agreed: Decimal | None


def headroom_of(told: Told, on: date) -> Headroom | None:
    """The headroom under a limit; None where it is not counted in euros, or a gig more breaks nothing.

    Where reaching the limit breaks it, a cent is kept. One more euro may count several times over; then less is left.
    """
    if told.left_with_agreed is None or _only_near(told):
        return None
    figure = measure_of(told.rule)
    keeps_a_cent = figure is None or figure.comparison is Comparison.REACHES
    left = told.left_with_agreed - (CENT if keeps_a_cent else 0)
    only_assignment = figure is not None and figure.basis is Basis.GROSS_ASSIGNMENT_INCOME
    ever = told.series == ROLLING
    return Headroom(
        left=(left / adds_at_most(told.rule, on)).quantize(CENT, rounding=ROUND_DOWN),
        first=date.min if ever else told.period_from,
        last=date.max if ever else told.period_to,
        forms=frozenset({ContractForm.ASSIGNMENT}) if only_assignment else EVERY_FORM,
        rule=told.rule,
    )


def _only_near(told: Told) -> bool:
    """One that is only near though nothing is left is not taken over by a gig more."""
    return told.state_with_agreed is LimitState.NEAR and told.left_with_agreed <= 0

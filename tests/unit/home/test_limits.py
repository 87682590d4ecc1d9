"""The limit that matters most is told first."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from jobcenter.benefits import Assessment, LimitState, NextStep
from jobcenter.home.limits import in_order


def told(state: LimitState, hours: int | None = None) -> Assessment:
    return Assessment(
        rule="kela_disability_pension.earnings_limit",
        period_from=date(2026, 11, 1),
        period_to=date(2026, 11, 30),
        counted=Decimal("0.00"),
        agreed=Decimal("0.00"),
        limit=Decimal("990.90"),
        left=Decimal("990.90"),
        left_hours=hours,
        left_hours_with_agreed=hours,
        state=state,
        state_with_agreed=state,
        status=None,
        source="",
        next_step=NextStep.NOTHING,
        rules_version="",
    )


def test_over_comes_before_what_is_not_known_and_that_before_near_and_the_rest():
    over, near, few, many = (
        told(LimitState.OVER),
        told(LimitState.NEAR, 3),
        told(LimitState.UNDER, 10),
        told(LimitState.UNDER, 90),
    )
    unknown = told(LimitState.ASK)
    assert in_order([unknown, many, few, near, over]) == [over, unknown, near, few, many]

"""The limit that matters most is told first."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from jobcenter.benefits import LimitState
from jobcenter.home.limits import in_order


def told(state: LimitState, hours: int | None = None) -> SimpleNamespace:
    return SimpleNamespace(state_with_agreed=state, left_hours_with_agreed=hours, period_from=date(2026, 11, 1))


def test_over_comes_before_near_and_near_before_the_rest():
    over, near, few, many = (
        told(LimitState.OVER),
        told(LimitState.NEAR, 3),
        told(LimitState.UNDER, 10),
        told(LimitState.UNDER, 90),
    )
    unknown = told(LimitState.ASK)
    assert in_order([unknown, many, few, near, over]) == [over, near, few, many, unknown]

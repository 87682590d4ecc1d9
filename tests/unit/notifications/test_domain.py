"""How long a mail waits between tries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from jobcenter.notifications.domain import next_try

CREATED = datetime(2026, 11, 22, 7, tzinfo=UTC)


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 2), (3, 4), (6, 32), (9, 256), (10, 360), (40, 360)])
def test_the_wait_doubles_to_six_hours(attempts: int, minutes: int) -> None:
    now = CREATED + timedelta(hours=1)
    assert next_try(CREATED, attempts, now) == now + timedelta(minutes=minutes)


def test_after_three_days_it_is_given_up() -> None:
    assert next_try(CREATED, 20, CREATED + timedelta(days=3)) is None

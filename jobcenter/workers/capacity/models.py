"""Support persons' capacity and working times."""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.core.db import Base, Id, Instant, Short, WallClock, ref
from jobcenter.workers.capacity.domain import USUAL_AT_ONCE, USUAL_TRAVEL


class SupportCapacity(Base):
    """How many people a support person supports at once, and how long the way from a place to another takes them, in
    minutes. One row per support person; none: the usual.
    """

    __tablename__ = "support_capacity"

    id: Mapped[Id]
    user_id: Mapped[int] = ref("app_user.id", unique=True)
    at_once: Mapped[int] = mapped_column(default=USUAL_AT_ONCE)
    travel_minutes: Mapped[int] = mapped_column(default=USUAL_TRAVEL)
    set_by: Mapped[Short]
    set_at: Mapped[Instant]


class SupportWorkingTime(Base):
    """A support person's working time on a weekday (0 is Monday)."""

    __tablename__ = "support_working_time"
    __table_args__ = (CheckConstraint("ends > starts", name="times"),)

    id: Mapped[Id]
    user_id: Mapped[int] = ref("app_user.id")
    weekday: Mapped[int]
    starts: Mapped[WallClock]
    ends: Mapped[WallClock]

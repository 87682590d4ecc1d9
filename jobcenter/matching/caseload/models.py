"""Support time."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.core.db import Base, Day, Id, Instant, Line, choice, ref
from jobcenter.matching.caseload.domain import SupportTimeKind


class SupportTime(Base):
    """Minutes of a support person for a worker, or for nobody in particular. Never billed."""

    __tablename__ = "support_time"
    __table_args__ = (
        CheckConstraint("minutes > 0", name="minutes"),
        Index("ix_support_time_user_day", "user_id", "day"),
    )

    id: Mapped[Id]
    jobcenter_id: Mapped[int] = ref("jobcenter.id")
    user_id: Mapped[int] = ref("app_user.id", index=False)
    worker_id: Mapped[int | None] = ref("worker.id")
    day: Mapped[Day]
    minutes: Mapped[int]
    kind: Mapped[SupportTimeKind] = mapped_column(choice(SupportTimeKind))
    note: Mapped[Line] = mapped_column(default="")
    logged_at: Mapped[Instant]
    form_key: Mapped[str] = mapped_column(String(36), unique=True)

"""How the weights of the soft rules are stored."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.core.db import Base, Id, Instant, Short, choice, ref
from jobcenter.matching.plan.domain import Part


class SoftWeight(Base):
    """How much a soft rule counts in a Jobcenter; a rule without a row counts as the default says."""

    __tablename__ = "soft_weight"
    __table_args__ = (
        UniqueConstraint("jobcenter_id", "rule"),
        CheckConstraint("weight between 0 and 10", name="weight"),
    )

    id: Mapped[Id]
    jobcenter_id: Mapped[int] = ref("jobcenter.id", index=False)
    rule: Mapped[Part] = mapped_column(choice(Part))
    weight: Mapped[int]
    set_by: Mapped[Short]
    set_at: Mapped[Instant]

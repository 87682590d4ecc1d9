"""How ties between people are stored."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.core.db import Base, Id, Instant, Line, Short, choice, ref
from jobcenter.matching.ties.domain import TieKind


class WorkerTie(Base):
    """Two workers of a Jobcenter who are never at the same gig, or like to be; each pair once, the lower id first."""

    __tablename__ = "worker_tie"
    __table_args__ = (
        UniqueConstraint("first_id", "second_id"),
        CheckConstraint("first_id < second_id", name="order"),
    )

    id: Mapped[Id]
    first_id: Mapped[int] = ref("worker.id", index=False)
    second_id: Mapped[int] = ref("worker.id")
    kind: Mapped[TieKind] = mapped_column(choice(TieKind))
    reason: Mapped[Line] = mapped_column(default="")
    noted_by: Mapped[Short]
    noted_at: Mapped[Instant]


class OrdererBlock(Base):
    """A worker who is not sent to an organisation. Why, is seen by coordinators only."""

    __tablename__ = "orderer_block"
    __table_args__ = (UniqueConstraint("organisation_id", "worker_id"),)

    id: Mapped[Id]
    organisation_id: Mapped[int] = ref("organisation.id", index=False)
    worker_id: Mapped[int] = ref("worker.id")
    reason: Mapped[Line]
    noted_by: Mapped[Short]
    noted_at: Mapped[Instant]

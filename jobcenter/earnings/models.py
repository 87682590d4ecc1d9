"""What was told of a person's limits, and the warnings given."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.benefits import LimitState
from jobcenter.core.db import HELD_BY_TRIGGER, Base, Day, Euros, Id, Instant, Json, Line, Short, choice, ref
from jobcenter.earnings.domain_warnings import Outcome, WarningLevel

_CURRENT = text("superseded_at is null")
_PAST = text("superseded_at is not null")
_OPEN = text("closed_at is null")


class LimitSnapshot(Base):
    """One assessment as it was computed: what it says (`LimitSaid`, by its digest) shows it again exactly, with the
    texts of its law (`LawWording`). The digest tells whether the next check says the same. The newest of a series has
    no end. `payload`: the same, in one of before it was kept once for all of whom it is said.

    `left_with_agreed`, `hours_with_agreed`: what is left with everything agreed done, in euros and whole hours (None:
    not counted so), so that the desk can ask it of thousands of people without reading their payloads.
    """

    __tablename__ = "limit_snapshot"
    __table_args__ = (
        ForeignKeyConstraint(["worker_id"], ["worker.id"], name="fk_limit_snapshot_worker_id", info=HELD_BY_TRIGGER),
        Index("ix_limit_snapshot_past", "worker_id", sqlite_where=_PAST, postgresql_where=_PAST),
        Index(
            "uq_limit_snapshot_current",
            "worker_id",
            "rule",
            "series",
            unique=True,
            sqlite_where=_CURRENT,
            postgresql_where=_CURRENT,
        ),
    )

    id: Mapped[Id]
    worker_id: Mapped[int]
    rule: Mapped[Short]
    series: Mapped[str] = mapped_column(String(10))
    period_from: Mapped[Day]
    period_to: Mapped[Day]
    state: Mapped[LimitState] = mapped_column(choice(LimitState))
    state_with_agreed: Mapped[LimitState] = mapped_column(choice(LimitState))
    rules_version: Mapped[Short]
    payload: Mapped[dict[str, Any] | None] = mapped_column(Json)
    digest: Mapped[str] = mapped_column(String(64))
    left_with_agreed: Mapped[Euros | None]
    hours_with_agreed: Mapped[int | None]
    made_at: Mapped[Instant]
    superseded_at: Mapped[Instant | None]


class LimitSaid(Base):
    """What a telling says, kept once by its digest for all of whom it is said. Never changed; it names nobody."""

    __tablename__ = "limit_said"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    payload: Mapped[dict[str, Any]] = mapped_column(Json)


class LawWording(Base):
    """The texts of a version of the law by which something was told: sources by their short names, and the law and
    description of each parameter. Never changed, so that what was told can be shown as it was.
    """

    __tablename__ = "law_wording"

    rules_version: Mapped[str] = mapped_column(String(120), primary_key=True)
    sources: Mapped[dict[str, str]] = mapped_column(Json)
    statutes: Mapped[dict[str, list[str]]] = mapped_column(Json)
    kept_at: Mapped[Instant]


class LimitCheck(Base):
    """What a person was last checked by: while the fingerprint is the same, another check would say the same."""

    __tablename__ = "limit_check"

    worker_id: Mapped[int] = mapped_column(ForeignKey("worker.id"), primary_key=True, autoincrement=False)
    fingerprint: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[Instant]


class LimitWarning(Base):
    """A warning that a limit is near, or over now or ahead, or that a benefit is reduced.

    One per series holds, until the level changes or ends (`closed_at`). Meanwhile the worker may have seen it, a
    coordinator noted it, and settled it: said what was done. A settled warning asks for nothing until a new one comes.
    """

    __tablename__ = "limit_warning"
    __table_args__ = (
        Index(
            "uq_limit_warning_open",
            "worker_id",
            "rule",
            "series",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_limit_warning_jobcenter_open", "jobcenter_id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[Id]
    jobcenter_id: Mapped[int] = ref("jobcenter.id", index=False)
    worker_id: Mapped[int] = ref("worker.id")
    rule: Mapped[Short]
    series: Mapped[str] = mapped_column(String(10))
    period_from: Mapped[Day]
    period_to: Mapped[Day]
    level: Mapped[WarningLevel] = mapped_column(choice(WarningLevel))
    made_at: Mapped[Instant]
    closed_at: Mapped[Instant | None]
    noted_at: Mapped[Instant | None]
    noted_by: Mapped[Short] = mapped_column(default="")
    seen_at: Mapped[Instant | None]
    settled_at: Mapped[Instant | None]
    settled_by: Mapped[Short] = mapped_column(default="", server_default="")
    outcome: Mapped[Outcome | None] = mapped_column(choice(Outcome))
    remark: Mapped[Line] = mapped_column(default="", server_default="")

    @property
    def asks(self) -> bool:
        """Whether somebody has to look at it still."""
        return self.closed_at is None and self.settled_at is None

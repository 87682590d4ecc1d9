"""Values of law, and telephone numbers, that administrators have added to those of the program."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, Numeric, String, text
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.benefits import ValueStatus
from jobcenter.benefits.law import Applies
from jobcenter.core.db import Base, Day, Id, Instant, Line, Short, choice, ref
from jobcenter.earnings.rulebook.domain import AdditionState

_STANDS = text("state IN ('proposed', 'approved')")


class LawAddition(Base):
    """A value of a parameter on the days [first_day, last_day], proposed by one person and decided on by another.

    `decided_*` tell of the approval, rejection or withdrawal, `revoked_*` of the end of an approved value. `last_day`
    None: until the next value.
    """

    __tablename__ = "law_addition"
    __table_args__ = (
        CheckConstraint("value >= 0", name="value"),
        CheckConstraint("last_day IS NULL OR last_day >= first_day", name="days"),
        CheckConstraint("(state = 'proposed') = (decided_by_id IS NULL)", name="decided"),
        CheckConstraint(
            "decided_by_id IS NULL OR (state = 'withdrawn') = (decided_by_id = proposed_by_id)", name="second_person"
        ),
        CheckConstraint("(state = 'revoked') = (revoked_by_id IS NOT NULL)", name="revoked"),
        Index(
            "uq_law_addition_day",
            "parameter",
            "first_day",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        Index("ix_law_addition_state", "state"),
    )

    id: Mapped[Id]
    parameter: Mapped[Short]
    first_day: Mapped[Day]
    last_day: Mapped[Day | None]
    value: Mapped[Decimal] = mapped_column(Numeric(14, 4))
    applies: Mapped[Applies] = mapped_column(choice(Applies))
    status: Mapped[ValueStatus] = mapped_column(choice(ValueStatus))
    source: Mapped[Line]
    checked_on: Mapped[Day]
    note: Mapped[Line]
    state: Mapped[AdditionState] = mapped_column(choice(AdditionState))
    proposed_by_id: Mapped[int] = ref("app_user.id")
    proposed_at: Mapped[Instant]
    decided_by_id: Mapped[int | None] = ref("app_user.id")
    decided_at: Mapped[Instant | None]
    reason: Mapped[Line] = mapped_column(default="")
    revoked_by_id: Mapped[int | None] = ref("app_user.id")
    revoked_at: Mapped[Instant | None]
    revoked_reason: Mapped[Line] = mapped_column(default="")
    form_key: Mapped[str] = mapped_column(String(36), unique=True)


class LawContact(Base):
    """A telephone number of a contact point, right from a day on. Rows stay: the newest that has begun holds."""

    __tablename__ = "law_contact"

    id: Mapped[Id]
    point: Mapped[Short]
    first_day: Mapped[Day]
    phone: Mapped[str] = mapped_column(String(40))
    source: Mapped[Line]
    checked_on: Mapped[Day]
    set_by_id: Mapped[int] = ref("app_user.id")
    set_at: Mapped[Instant]
    form_key: Mapped[str] = mapped_column(String(36), unique=True)

"""Reports to the Incomes Register, one per payment to a person, and the deliveries in which they went."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.billing.register.domain import OPEN, ReportStatus
from jobcenter.core.db import Base, Day, Euros, Id, Instant, Line, Short, choice, ref

_OPEN = text("status in (" + ", ".join(f"'{status.value}'" for status in sorted(OPEN)) + ")")


class RegisterDelivery(Base):
    """What was handed to the register at once, word for word: reports of one day of payment and one pay period, or
    what cancels reports of a day.
    """

    __tablename__ = "register_delivery"
    __table_args__ = (UniqueConstraint("jobcenter_id", "number"),)

    id: Mapped[Id]
    jobcenter_id: Mapped[int] = ref("jobcenter.id", index=False)
    number: Mapped[int]
    reference: Mapped[str] = mapped_column(String(40), unique=True)
    paid_on: Mapped[Day]
    cancels: Mapped[bool] = mapped_column(default=False)
    content: Mapped[str] = mapped_column(Text)
    made_by: Mapped[Short]
    made_at: Mapped[Instant]


class RegisterReport(Base):
    """What is told of one payment to one person. Its reference is its own for ever; `version` counts what was said.

    `accepted_version` is the newest that the register took: a later one replaces it. Amounts are euros.
    """

    __tablename__ = "register_report"
    __table_args__ = (
        CheckConstraint("compensation > 0 and withheld >= 0 and withheld <= compensation", name="amounts"),
        CheckConstraint("last_day >= first_day", name="days"),
        Index("ix_register_report_open", "jobcenter_id", "paid_on", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[Id]
    jobcenter_id: Mapped[int] = ref("jobcenter.id", index=False)
    pay_item_id: Mapped[int] = ref("pay_item.id", unique=True, index=False)
    worker_id: Mapped[int] = ref("worker.id")
    reference: Mapped[str] = mapped_column(String(40), unique=True)
    status: Mapped[ReportStatus] = mapped_column(choice(ReportStatus))
    paid_on: Mapped[Day]
    first_day: Mapped[Day]
    last_day: Mapped[Day]
    compensation: Mapped[Euros]
    withheld: Mapped[Euros]
    delivery_id: Mapped[int | None] = ref("register_delivery.id")
    accepted_version: Mapped[int] = mapped_column(default=0)
    answer: Mapped[Line] = mapped_column(default="")
    made_at: Mapped[Instant]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

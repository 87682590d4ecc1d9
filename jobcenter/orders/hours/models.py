"""Time entries with their trail of changes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter.core.db import Base, Day, Euros, ExternalRef, Id, Instant, Json, Line, Percent, Short, choice, ref
from jobcenter.orders.gigs.models import Gig
from jobcenter.orders.hours.domain import EntryStatus
from jobcenter.orders.hours.domain_corrections import Row
from jobcenter.workers.models import Worker


class TimeEntry(Base):
    """What one worker did on one gig: start, end, unpaid break, paid minutes, and the rates of that day of work.

    `worked_on` is the Helsinki day on which the work began; wage, price and VAT are copied from that day's rates.
    `invoiced`: nothing is left to invoice; `share_invoiced`: at least one payer's share is on an invoice.
    Hours of which too little was paid are corrected by an entry beside them, `corrects_id`: its times are the right
    ones, its minutes what is still to be paid. Of hours of which too much was paid the orderer is asked for all but
    `unbilled_minutes`; `billed_minutes` are on invoices. `pay_sent_on`: their pay is in a file at the bank, for that
    day.
    """

    __tablename__ = "time_entry"
    __table_args__ = (
        UniqueConstraint("jobcenter_id", "external_ref"),
        CheckConstraint("ends_at > starts_at", name="times"),
        CheckConstraint("(status = 'needs_times') = (starts_at is null)", name="needs_times"),
        CheckConstraint("(starts_at is null) = (ends_at is null)", name="both_times"),
        CheckConstraint("minutes >= 0 and break_minutes >= 0", name="minutes"),
        CheckConstraint("unbilled_minutes between 0 and minutes", name="unbilled_minutes"),
        Index(
            "uq_time_entry_offer_id",
            "offer_id",
            unique=True,
            sqlite_where=text("corrects_id is null"),
            postgresql_where=text("corrects_id is null"),
        ),
        Index("ix_time_entry_worker_day", "worker_id", "worked_on"),
        Index("ix_time_entry_jobcenter_day", "jobcenter_id", "worked_on"),
        Index(
            "ix_time_entry_unbilled",
            "jobcenter_id",
            "status",
            "order_id",
            sqlite_where=text("invoiced is 0"),
            postgresql_where=text("invoiced is false"),
        ),
    )

    id: Mapped[Id]
    jobcenter_id: Mapped[int] = ref("jobcenter.id", index=False)
    external_ref: Mapped[ExternalRef]
    offer_id: Mapped[int] = ref("offer.id")
    corrects_id: Mapped[int | None] = ref("time_entry.id")
    gig_id: Mapped[int] = ref("gig.id")
    order_id: Mapped[int] = ref("work_order.id")
    worker_id: Mapped[int] = ref("worker.id", index=False)
    worked_on: Mapped[Day]
    starts_at: Mapped[Instant | None]
    ends_at: Mapped[Instant | None]
    break_minutes: Mapped[int] = mapped_column(default=0)
    minutes: Mapped[int] = mapped_column(default=0)
    unbilled_minutes: Mapped[int] = mapped_column(default=0)
    billed_minutes: Mapped[int] = mapped_column(default=0)
    wage: Mapped[Euros]
    price: Mapped[Euros]
    vat_percent: Mapped[Percent]
    status: Mapped[EntryStatus] = mapped_column(choice(EntryStatus), index=True)
    logged_by: Mapped[Short]
    logged_at: Mapped[Instant]
    on_behalf: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[Instant | None]
    reminded_at: Mapped[Instant | None]
    confirmed_by: Mapped[Short] = mapped_column(default="")
    confirmed_at: Mapped[Instant | None]
    confirmed_by_coordinator: Mapped[bool] = mapped_column(default=False)
    dispute_reason: Mapped[Line] = mapped_column(default="")
    invoiced: Mapped[bool] = mapped_column(default=False)
    share_invoiced: Mapped[bool] = mapped_column(default=False)
    paid_on: Mapped[Day | None]
    pay_returned_on: Mapped[Day | None]
    pay_sent_on: Mapped[Day | None]
    version: Mapped[int] = mapped_column(default=1)

    gig: Mapped[Gig] = relationship(lazy="raise_on_sql")
    worker: Mapped[Worker] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}

    @property
    def of_work(self) -> Row:
        """The entry among those of the same work."""
        days = (self.paid_on, self.pay_returned_on, self.pay_sent_on)
        return Row(self.status, self.minutes, any(day is not None for day in days))

    @property
    def is_billed(self) -> bool:
        """Whether an orderer has been asked to pay them, all or a share."""
        return self.invoiced or self.share_invoiced


class TimeEntryChange(Base):
    """One correction of a time entry: before, after, why, by whom."""

    __tablename__ = "time_entry_change"

    id: Mapped[Id]
    time_entry_id: Mapped[int] = ref("time_entry.id")
    changed_at: Mapped[Instant]
    changed_by: Mapped[Short]
    reason: Mapped[Line]
    before: Mapped[dict[str, Any]] = mapped_column(Json)
    after: Mapped[dict[str, Any]] = mapped_column(Json)
    voided_confirmation: Mapped[bool] = mapped_column(default=False)

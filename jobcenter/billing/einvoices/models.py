"""E-invoices on their way: the file as it was written, where it is, and what was answered."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.billing.einvoices.domain import EInvoiceStatus
from jobcenter.billing.settings.domain import EInvoiceFormat
from jobcenter.core.db import Base, Id, Instant, Json, Line, Long, Short, choice, ref


class OutgoingEInvoice(Base):
    """The e-invoice of one invoice: at most one, however often it is sent.

    `attempt` counts the sendings and is part of `file_name` and `message_id`. A refused one has `faults` (rule, field,
    line) instead of a file. `next_try_at` says when the job may take it up; `error` why the last try failed; `answer`
    what the receipt said.
    """

    __tablename__ = "einvoice"
    __table_args__ = (
        CheckConstraint("(status = 'refused') = (file_name is null)", name="file_name"),
        Index("ix_einvoice_next_try_at", "next_try_at"),
    )

    id: Mapped[Id]
    jobcenter_id: Mapped[int] = ref("jobcenter.id")
    invoice_id: Mapped[int] = ref("invoice.id", unique=True, index=False)
    format: Mapped[EInvoiceFormat] = mapped_column(choice(EInvoiceFormat))
    status: Mapped[EInvoiceStatus] = mapped_column(choice(EInvoiceStatus), index=True)
    attempt: Mapped[int]
    endpoint: Mapped[Short] = mapped_column(default="")
    operator: Mapped[Short] = mapped_column(default="")
    message_id: Mapped[Short] = mapped_column(default="", index=True)
    file_name: Mapped[str | None] = mapped_column(unique=True)
    content: Mapped[Long] = mapped_column(default="")
    faults: Mapped[list[list[str]]] = mapped_column(Json, default=list)
    made_at: Mapped[Instant]
    delivered_at: Mapped[Instant | None]
    answered_at: Mapped[Instant | None]
    answer: Mapped[Line] = mapped_column(default="")
    tries: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[Instant | None]
    error: Mapped[Line] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

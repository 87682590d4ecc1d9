"""Invoices with their lines and VAT sums, and the counter that numbers them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.billing.invoices.domain import InvoiceKind, InvoiceStatus
from jobcenter.billing.settings.domain import VatFree
from jobcenter.billing.shares.domain import ALL
from jobcenter.core.db import Base, Day, Euros, Id, Instant, Json, Line, Percent, Short, choice, ref


class InvoiceCounter(Base):
    """The last invoice number that a Jobcenter has used; its row is locked while the next one is taken."""

    __tablename__ = "invoice_counter"

    jobcenter_id: Mapped[int] = ref("jobcenter.id", primary_key=True, index=False)
    last_number: Mapped[int] = mapped_column(default=0)


class Invoice(Base):
    """An invoice or a credit note of one organisation. It gets its number when it is sent, and never changes then.

    `document` is everything that the sent invoice says, as it was that day, `particulars` the facts of its two sides.
    `credits_id` names the invoice that a credit note takes back, whole or in part. Amounts are euros,
    negative on a credit note. `vat_free` is why it charges no VAT, as the Jobcenter had it when it was sent.
    """

    __tablename__ = "invoice"
    __table_args__ = (
        UniqueConstraint("jobcenter_id", "number"),
        CheckConstraint("(number is null) = (status in ('draft', 'discarded'))", name="number"),
        CheckConstraint("(number is null) = (sent_on is null)", name="sent_on"),
        CheckConstraint("(kind = 'credit_note') = (credits_id is not null)", name="credits"),
        CheckConstraint("approved_by_id <> made_by_id", name="two_people"),
        Index("ix_invoice_jobcenter_sent", "jobcenter_id", "sent_on"),
        Index(
            "uq_invoice_reference_number",
            "reference_number",
            unique=True,
            sqlite_where=text("reference_number <> ''"),
            postgresql_where=text("reference_number <> ''"),
        ),
    )

    id: Mapped[Id]
    jobcenter_id: Mapped[int] = ref("jobcenter.id", index=False)
    organisation_id: Mapped[int] = ref("organisation.id")
    order_id: Mapped[int | None] = ref("work_order.id")
    credits_id: Mapped[int | None] = ref("invoice.id")
    form_key: Mapped[str | None] = mapped_column(unique=True)
    kind: Mapped[InvoiceKind] = mapped_column(choice(InvoiceKind))
    status: Mapped[InvoiceStatus] = mapped_column(choice(InvoiceStatus), index=True)
    number: Mapped[int | None]
    language: Mapped[str]
    buyer_name: Mapped[Short]
    cost_centre: Mapped[Short]
    buyer_reference: Mapped[Line]
    first_day: Mapped[Day]
    last_day: Mapped[Day]
    net: Mapped[Euros]
    vat: Mapped[Euros]
    gross: Mapped[Euros]
    reference_number: Mapped[Short] = mapped_column(default="")
    reason: Mapped[Line] = mapped_column(default="")
    made_by: Mapped[Short]
    made_at: Mapped[Instant]
    made_by_id: Mapped[int | None] = ref("app_user.id", index=False)
    approved_by: Mapped[Short] = mapped_column(default="")
    approved_by_id: Mapped[int | None] = ref("app_user.id", index=False)
    approved_at: Mapped[Instant | None]
    vat_free: Mapped[VatFree | None] = mapped_column(choice(VatFree))
    sent_by: Mapped[Short] = mapped_column(default="")
    sent_on: Mapped[Day | None]
    due_on: Mapped[Day | None]
    paid_on: Mapped[Day | None]
    document: Mapped[dict[str, Any] | None] = mapped_column(Json)
    particulars: Mapped[dict[str, Any] | None] = mapped_column(Json)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class InvoiceLine(Base):
    """One line: the hours of one time entry, copied. `live` while it holds any of it: until discarded or credited.

    `credited_minutes` were taken back by credit notes; that many of the entry can be billed anew, by a line that is the
    entry's next `piece`. Of an order whose invoice is split it bills the portion of the price from `share_begins` to
    `share_ends`, in hundredths of a per cent, which `share_id` pays.
    """

    __tablename__ = "invoice_line"
    __table_args__ = (
        UniqueConstraint("invoice_id", "position"),
        CheckConstraint("credited_minutes between 0 and abs(minutes)", name="credited_minutes"),
        CheckConstraint("0 <= share_begins and share_begins < share_ends and share_ends <= 10000", name="share"),
        Index(
            "uq_invoice_line_live_entry",
            "time_entry_id",
            "share_begins",
            "piece",
            unique=True,
            sqlite_where=text("live"),
            postgresql_where=text("live"),
        ),
    )

    id: Mapped[Id]
    invoice_id: Mapped[int] = ref("invoice.id", index=False)
    position: Mapped[int]
    time_entry_id: Mapped[int] = ref("time_entry.id")
    description: Mapped[Line]
    worked_on: Mapped[Day]
    minutes: Mapped[int]
    hourly_price: Mapped[Euros]
    vat_percent: Mapped[Percent]
    net: Mapped[Euros]
    live: Mapped[bool]
    piece: Mapped[int] = mapped_column(default=1)
    credited_minutes: Mapped[int] = mapped_column(default=0)
    share_id: Mapped[int | None] = ref("order_share.id", index=False)
    share_begins: Mapped[int] = mapped_column(default=0)
    share_ends: Mapped[int] = mapped_column(default=ALL)


class InvoiceVat(Base):
    """An invoice's sums of one VAT rate."""

    __tablename__ = "invoice_vat"
    __table_args__ = (UniqueConstraint("invoice_id", "vat_percent"),)

    id: Mapped[Id]
    invoice_id: Mapped[int] = ref("invoice.id", index=False)
    vat_percent: Mapped[Percent]
    net: Mapped[Euros]
    vat: Mapped[Euros]
    gross: Mapped[Euros]

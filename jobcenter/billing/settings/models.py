"""A Jobcenter's own billing settings; an empty column means what `data/terms.toml` says."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.billing.settings.domain import EInvoiceFormat, VatFree
from jobcenter.core.db import Base, Day, Euros, Id, Instant, Json, Line, Short, choice, ref
from jobcenter.core.second_person import TWO_PEOPLE
from jobcenter.core.second_person_columns import AskedOfAnother


class BillingSettings(Base):
    """How many days orderers have to pay, on which days of the month workers are paid, how invoices are sent.

    Whether the partner bills is `PartnerBilling`. Without `einvoice_format` no e-invoices are sent. Private persons may
    pay by card; others up to `card_most` euros (None: not at all). `vat_free` says why no VAT is charged; with
    `approves_invoices` a second person looks at each draft; with `rf_references` invoices carry the international
    reference number.
    """

    __tablename__ = "billing_settings"
    __table_args__ = (
        CheckConstraint("payment_days between 0 and 60", name="payment_days"),
        CheckConstraint("card_most >= 0", name="card_most"),
    )

    jobcenter_id: Mapped[int] = ref("jobcenter.id", primary_key=True, index=False)
    payment_days: Mapped[int | None]
    pay_days: Mapped[list[int] | None] = mapped_column(Json)
    einvoice_format: Mapped[EInvoiceFormat | None] = mapped_column(choice(EInvoiceFormat))
    einvoice_address: Mapped[Short] = mapped_column(default="")
    einvoice_operator: Mapped[Short] = mapped_column(default="")
    card_most: Mapped[Euros | None]
    vat_free: Mapped[VatFree | None] = mapped_column(choice(VatFree))
    approves_invoices: Mapped[bool] = mapped_column(default=False)
    rf_references: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class PartnerBilling(Base):
    """Whether the partner bills the hours of its own employees, for work from a day on; without a row it does not.

    Hours that it bills go on no invoice of the Jobcenter's.
    """

    __tablename__ = "partner_billing"
    __table_args__ = (UniqueConstraint("jobcenter_id", "valid_from"),)

    id: Mapped[Id]
    jobcenter_id: Mapped[int] = ref("jobcenter.id", index=False)
    valid_from: Mapped[Day]
    bills: Mapped[bool]
    set_by: Mapped[Short]
    set_at: Mapped[Instant]


class NoApprovalRequest(AskedOfAnother, Base):
    """That invoices shall go out without a second person's approval: asked by one, decided by another.

    A Jobcenter has one open; until it is approved, invoices are.
    """

    __tablename__ = "no_approval_request"
    __table_args__ = (
        CheckConstraint(TWO_PEOPLE, name="two_people"),
        Index(
            "uq_no_approval_request_open",
            "jobcenter_id",
            unique=True,
            sqlite_where=text("status = 'open'"),
            postgresql_where=text("status = 'open'"),
        ),
    )

    id: Mapped[Id]
    jobcenter_id: Mapped[int] = ref("jobcenter.id")
    reason: Mapped[Line]

"""A Jobcenter's own billing settings; an empty column means what `data/terms.toml` says."""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.billing.settings.domain import EInvoiceFormat, VatFree
from jobcenter.core.db import Base, Euros, Json, Short, choice, ref


class BillingSettings(Base):
    """How many days orderers have to pay, on which days of the month workers are paid, and whether the partner bills.

    When the partner bills, hours of the partner form go on no invoice of the Jobcenter's. Without `einvoice_format` no
    e-invoices are sent. Private persons may pay by card; others up to `card_most` euros (None: not at all).
    `vat_free` says why no VAT is charged; with `approves_invoices` a second person looks at each draft; with
    `rf_references` invoices carry the international reference number.
    """

    __tablename__ = "billing_settings"
    __table_args__ = (
        CheckConstraint("payment_days between 0 and 60", name="payment_days"),
        CheckConstraint("card_most >= 0", name="card_most"),
    )

    jobcenter_id: Mapped[int] = ref("jobcenter.id", primary_key=True, index=False)
    payment_days: Mapped[int | None]
    pay_days: Mapped[list[int] | None] = mapped_column(Json)
    partner_bills: Mapped[bool] = mapped_column(default=False)
    einvoice_format: Mapped[EInvoiceFormat | None] = mapped_column(choice(EInvoiceFormat))
    einvoice_address: Mapped[Short] = mapped_column(default="")
    einvoice_operator: Mapped[Short] = mapped_column(default="")
    card_most: Mapped[Euros | None]
    vat_free: Mapped[VatFree | None] = mapped_column(choice(VatFree))
    approves_invoices: Mapped[bool] = mapped_column(default=False)
    rf_references: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

"""A Jobcenter's billing terms: its own where it has set them, else the shipped data of the day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Select, select

from jobcenter.billing import rules
from jobcenter.billing.settings.domain import BillingTerms, EInvoiceSender
from jobcenter.billing.settings.models import BillingSettings
from jobcenter.core.db import db


def terms_of(jobcenter_id: int, on: date) -> BillingTerms:
    """The terms in force on a day. Raises RuleMissing."""
    return _terms(settings_of(jobcenter_id), on)


def settings_of(jobcenter_id: int, *, lock: bool = False) -> BillingSettings | None:
    """What the Jobcenter has set itself, or None."""
    if not lock:
        return db.session.get(BillingSettings, jobcenter_id)
    query = select(BillingSettings).where(BillingSettings.jobcenter_id == jobcenter_id)
    return db.session.scalar(query.with_for_update().execution_options(populate_existing=True))


def billing_partners() -> Select:
    """The ids of the Jobcenters whose partner bills the partner form itself."""
    return select(BillingSettings.jobcenter_id).where(BillingSettings.partner_bills)


def _terms(own: BillingSettings | None, on: date) -> BillingTerms:
    shipped = rules.rules()
    payment_days = own.payment_days if own else None
    pay_days = own.pay_days if own else None
    return BillingTerms(
        payment_days=rules.in_force(shipped.payment_terms, on).days if payment_days is None else payment_days,
        pay_days=tuple(pay_days or rules.in_force(shipped.pay_days, on).days_of_month),
        partner_bills=own.partner_bills if own else False,
        einvoices=_einvoices(own),
        vat_free=own.vat_free if own else None,
        approves_invoices=own.approves_invoices if own else False,
        rf_references=own.rf_references if own else False,
    )


def _einvoices(own: BillingSettings | None) -> EInvoiceSender | None:
    if own is None or own.einvoice_format is None:
        return None
    return EInvoiceSender(own.einvoice_format, own.einvoice_address, own.einvoice_operator)

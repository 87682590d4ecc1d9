"""Setting a Jobcenter's billing terms."""

from __future__ import annotations

from typing import Any

from jobcenter.auth.domain import Actor
from jobcenter.billing.settings import policy, queries
from jobcenter.billing.settings.domain import SaveTerms
from jobcenter.billing.settings.models import BillingSettings
from jobcenter.core import audit
from jobcenter.core.db import db
from jobcenter.core.errors import NotFound
from jobcenter.core.uow import ChangedMeanwhile, flush, register_clash

register_clash("pk_billing_settings", ChangedMeanwhile)


def save_terms(actor: Actor, jobcenter_id: int, command: SaveTerms) -> BillingSettings:
    """Keep what the Jobcenter sets. Raises ChangedMeanwhile when somebody else saved since the form was opened."""
    if not policy.can_set(actor, jobcenter_id):
        raise NotFound
    settings = queries.settings_of(jobcenter_id, lock=True)
    if (settings.version if settings else 0) != command.version:
        raise ChangedMeanwhile
    before = facts_of(settings) if settings else None
    if settings is None:
        settings = BillingSettings(jobcenter_id=jobcenter_id)
        db.session.add(settings)
    settings.payment_days = command.payment_days
    settings.pay_days = list(command.pay_days) if command.pay_days else None
    settings.partner_bills = command.partner_bills
    settings.card_most = command.card_most
    settings.vat_free, settings.approves_invoices = command.vat_free, command.approves_invoices
    settings.rf_references = command.rf_references
    sender = command.einvoices
    settings.einvoice_format = sender.format if sender else None
    settings.einvoice_address, settings.einvoice_operator = (sender.address, sender.operator) if sender else ("", "")
    flush()
    audit.record(
        actor,
        "billing_settings.save",
        "billing_settings",
        jobcenter_id,
        before=before,
        after=facts_of(settings),
        jobcenter_id=jobcenter_id,
    )
    return settings


def facts_of(settings: BillingSettings) -> dict[str, Any]:
    """What the log keeps of the settings."""
    return {
        "payment_days": settings.payment_days,
        "pay_days": settings.pay_days,
        "partner_bills": settings.partner_bills,
        "card_most": settings.card_most,
        "vat_free": settings.vat_free,
        "approves_invoices": settings.approves_invoices,
        "rf_references": settings.rf_references,
        "einvoice_format": settings.einvoice_format,
        "einvoice_address": settings.einvoice_address,
        "einvoice_operator": settings.einvoice_operator,
    }

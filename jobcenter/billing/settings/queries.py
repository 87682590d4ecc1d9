"""A Jobcenter's billing terms: its own where it has set them, else the shipped data of the day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, false, func, select

from jobcenter.auth.domain import Actor, Role
from jobcenter.auth.models import Jobcenter
from jobcenter.benefits import ContractForm
from jobcenter.billing import rules
from jobcenter.billing.payruns.models import PayItemEntry
from jobcenter.billing.settings.domain import BillingTerms, DoneHere, EInvoiceSender, Work
from jobcenter.billing.settings.models import BillingSettings, NoApprovalRequest, PartnerBilling
from jobcenter.core.db import db
from jobcenter.core.errors import or_not_found
from jobcenter.core.second_person import AskStatus
from jobcenter.orders.gigs.models import Gig
from jobcenter.orders.hours.models import TimeEntry

KEEPERS = (Role.COORDINATOR, Role.ADMIN)


def terms_of(jobcenter_id: int, on: date) -> BillingTerms:
    """The terms in force on a day. Raises RuleMissing."""
    return _terms(settings_of(jobcenter_id), on)


def terms_of_each(jobcenter_ids: Collection[int], on: date) -> dict[int, BillingTerms]:
    """The terms of several Jobcenters in force on a day, in one query. Raises RuleMissing."""
    rows = db.session.scalars(select(BillingSettings).where(BillingSettings.jobcenter_id.in_(jobcenter_ids)))
    own = {row.jobcenter_id: row for row in rows}
    return {jobcenter_id: _terms(own.get(jobcenter_id), on) for jobcenter_id in jobcenter_ids}


def settings_of(jobcenter_id: int, *, lock: bool = False) -> BillingSettings | None:
    """What the Jobcenter has set itself, or None."""
    if not lock:
        return db.session.get(BillingSettings, jobcenter_id)
    query = select(BillingSettings).where(BillingSettings.jobcenter_id == jobcenter_id)
    return db.session.scalar(query.with_for_update().execution_options(populate_existing=True))


def partner_bills(jobcenter_id: int, on: date) -> bool:
    """Whether the partner bills the hours of its employees that are worked on a day."""
    return bool(db.session.scalar(select(partner_bills_then(jobcenter_id, on))))


def partner_bills_then(jobcenter_id: Any, worked_on: Any) -> ColumnElement[bool]:
    """The same as a part of another query, of its columns."""
    begun = PartnerBilling.jobcenter_id == jobcenter_id, PartnerBilling.valid_from <= worked_on
    query = select(PartnerBilling.bills).where(*begun).order_by(PartnerBilling.valid_from.desc()).limit(1)
    return func.coalesce(query.scalar_subquery(), false())


def partner_switches(jobcenter_id: int) -> list[PartnerBilling]:
    """From which days of work the partner bills, or not, the first one first."""
    query = select(PartnerBilling).where(PartnerBilling.jobcenter_id == jobcenter_id)
    return list(db.session.scalars(query.order_by(PartnerBilling.valid_from)))


def done_here(jobcenter_id: int, since: date) -> DoneHere:
    """What of the partner form, worked since a day, the Jobcenter has billed, and what it owes the partner for."""
    of_partner = (
        TimeEntry.jobcenter_id == jobcenter_id,
        TimeEntry.worked_on >= since,
        Gig.contract_form == ContractForm.PARTNER,
    )
    billed = _work(TimeEntry.billed_minutes).where(TimeEntry.billed_minutes > 0, *of_partner)
    owed = _work(PayItemEntry.minutes).join(PayItemEntry, PayItemEntry.time_entry_id == TimeEntry.id)
    owed = owed.where(PayItemEntry.live, TimeEntry.paid_on.is_not(None), *of_partner)
    not_billed_there = ~partner_bills_then(TimeEntry.jobcenter_id, TimeEntry.worked_on)
    return DoneHere(billed=_found(billed), owed=_found(owed.where(not_billed_there)))


def _work(minutes: ColumnElement[int]) -> Select:
    query = select(func.min(TimeEntry.worked_on), func.max(TimeEntry.worked_on), func.sum(minutes))
    return query.select_from(TimeEntry).join(Gig, Gig.id == TimeEntry.gig_id)


def _found(query: Select) -> Work | None:
    first, last, minutes = db.session.execute(query).one()
    return Work(first, last, int(minutes)) if minutes else None


def hold_money_of(jobcenter_id: int) -> None:
    """Hold a Jobcenter's row until the unit of work ends: two lists of pay are never made side by side, and nobody
    drafts invoices or marks pay as paid while who bills changes, or the other way round.
    """
    db.session.execute(select(Jobcenter.id).where(Jobcenter.id == jobcenter_id).with_for_update(key_share=True))


def request_for(actor: Actor, request_id: int, *, lock: bool = False) -> NoApprovalRequest:
    """A request to give the approval of invoices up, for those who may decide it. Raises NotFound."""
    mine = NoApprovalRequest.jobcenter_id.in_(actor.jobcenters(*KEEPERS))
    query = select(NoApprovalRequest).where(NoApprovalRequest.id == request_id, mine)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return or_not_found(db.session.scalar(query))


def open_request(jobcenter_id: int) -> NoApprovalRequest | None:
    """The request of a Jobcenter that waits; the caller has checked that the actor may see its settings."""
    return db.session.scalar(
        select(NoApprovalRequest).where(_is_open(), NoApprovalRequest.jobcenter_id == jobcenter_id)
    )


def asked_of(actor: Actor) -> ScalarSelect[int]:
    """A Jobcenter where another's request waits for the actor, as a part of another query; nothing if none does."""
    mine = NoApprovalRequest.jobcenter_id.in_(actor.jobcenters(*KEEPERS))
    query = select(func.min(NoApprovalRequest.jobcenter_id))
    return query.where(_is_open(), mine, NoApprovalRequest.asked_by_id != actor.user_id).scalar_subquery()


def _is_open() -> ColumnElement[bool]:
    return NoApprovalRequest.status == AskStatus.OPEN


def _terms(own: BillingSettings | None, on: date) -> BillingTerms:
    shipped = rules.rules()
    payment_days = own.payment_days if own else None
    pay_days = own.pay_days if own else None
    return BillingTerms(
        payment_days=rules.in_force(shipped.payment_terms, on).days if payment_days is None else payment_days,
        pay_days=tuple(pay_days or rules.in_force(shipped.pay_days, on).days_of_month),
        einvoices=_einvoices(own),
        vat_free=own.vat_free if own else None,
        approves_invoices=own.approves_invoices if own else False,
        rf_references=own.rf_references if own else False,
    )


def _einvoices(own: BillingSettings | None) -> EInvoiceSender | None:
    if own is None or own.einvoice_format is None:
        return None
    return EInvoiceSender(own.einvoice_format, own.einvoice_address, own.einvoice_operator)

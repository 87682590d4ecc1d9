"""Setting a Jobcenter's billing terms."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from jobcenter.auth.domain import Actor
from jobcenter.billing.settings import domain, policy, post, queries
from jobcenter.billing.settings.domain import DoneHere, NobodyToAsk, ReasonMissing, SaveTerms
from jobcenter.billing.settings.models import BillingSettings, NoApprovalRequest, PartnerBilling
from jobcenter.core import audit, clock, second_person
from jobcenter.core.db import db
from jobcenter.core.errors import NotFound
from jobcenter.core.second_person import AskAction
from jobcenter.core.uow import ChangedMeanwhile, flush, register_clash

register_clash("pk_billing_settings", ChangedMeanwhile)
register_clash("uq_partner_billing_jobcenter_id_valid_from", ChangedMeanwhile)
register_clash("uq_no_approval_request_open", ChangedMeanwhile)


def save_terms(actor: Actor, jobcenter_id: int, command: SaveTerms) -> BillingSettings:
    """Keep what the Jobcenter sets. That invoices need no approval any more is only asked of another person.

    Raises ChangedMeanwhile when somebody else saved since the form was opened, PartnerSwitchRefused, ReasonMissing,
    NobodyToAsk.
    """
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
    settings.card_most = command.card_most
    is_given_up = bool(settings.approves_invoices and not command.approves_invoices)
    settings.vat_free, settings.approves_invoices = command.vat_free, command.approves_invoices or is_given_up
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
    _switch_partner(actor, settings, command)
    if is_given_up and queries.open_request(jobcenter_id) is None:
        _ask(actor, jobcenter_id, command.reason)
    return settings


def approve(actor: Actor, request_id: int) -> NoApprovalRequest:
    """Agree that invoices go out without an approval from now on. Raises OwnAsk, AlreadyDone, NotPossible."""
    request = _decide(actor, request_id, AskAction.APPROVE)
    settings = queries.settings_of(request.jobcenter_id, lock=True)
    before, settings.approves_invoices = facts_of(settings), False
    flush()
    scope, facts = {"jobcenter_id": request.jobcenter_id}, {"before": before, "after": facts_of(settings)}
    audit.record(actor, "billing_settings.save", "billing_settings", request.jobcenter_id, **facts, **scope)
    return request


def refuse(actor: Actor, request_id: int) -> NoApprovalRequest:
    """Say no: invoices stay approved by a second person. Raises OwnAsk, AlreadyDone, NotPossible."""
    return _decide(actor, request_id, AskAction.REFUSE)


def take_back(actor: Actor, request_id: int) -> NoApprovalRequest:
    """Take back what one has asked for oneself. Raises OwnAsk, AlreadyDone, NotPossible."""
    return _decide(actor, request_id, AskAction.TAKE_BACK)


def _switch_partner(actor: Actor, settings: BillingSettings, command: SaveTerms) -> None:
    """Let the partner bill, or not, the work from a day on; what was switched for later days is given up with it.

    A form of the settings that was opened before is an old one then.
    """
    jobcenter_id, day, today = settings.jobcenter_id, command.partner_from or clock.today(), clock.today()
    if queries.partner_bills(jobcenter_id, day) is command.partner_bills:
        return
    queries.hold_money_of(jobcenter_id)
    switches = queries.partner_switches(jobcenter_id)
    here = queries.done_here(jobcenter_id, day) if command.partner_bills else DoneHere()
    domain.check_switch(day, is_first=not switches, here=here, today=today)
    flag_modified(settings, "payment_days")
    for switch in switches:
        if switch.valid_from >= day:
            db.session.delete(switch)
    flush()
    db.session.add(
        PartnerBilling(
            jobcenter_id=jobcenter_id,
            valid_from=day,
            bills=command.partner_bills,
            set_by=actor.name,
            set_at=clock.now(),
        )
    )
    flush()
    after, scope = {"from": day, "bills": command.partner_bills}, {"jobcenter_id": jobcenter_id}
    audit.record(actor, "billing_settings.partner_bills", "billing_settings", jobcenter_id, after=after, **scope)


def _ask(actor: Actor, jobcenter_id: int, reason: str) -> None:
    if not reason:
        raise ReasonMissing("no_approval_reason_missing", "reason")
    others = post.deciders_of(jobcenter_id, actor.user_id)
    if not others:
        raise NobodyToAsk("no_approval_nobody_to_ask", "approves_invoices")
    asked = second_person.asked_by(actor, clock.now())
    request = NoApprovalRequest(jobcenter_id=jobcenter_id, reason=reason, **asked)
    db.session.add(request)
    flush()
    _record(actor, "ask", request, None)
    post.asked(request, others)


def _decide(actor: Actor, request_id: int, action: AskAction) -> NoApprovalRequest:
    request = queries.request_for(actor, request_id, lock=True)
    before = _asked_facts(request)
    second_person.decide(request, action, actor, clock.now())
    flush()
    _record(actor, action, request, before)
    if action is not AskAction.TAKE_BACK:
        post.decided(request)
    return request


def _record(actor: Actor, done: str, request: NoApprovalRequest, before: dict[str, Any] | None) -> None:
    verb, facts = f"billing_settings.{done}_no_approval", {"before": before, "after": _asked_facts(request)}
    scope = {"jobcenter_id": request.jobcenter_id}
    audit.record(actor, verb, "billing_settings", request.jobcenter_id, **facts, **scope)


def _asked_facts(request: NoApprovalRequest) -> dict[str, Any]:
    return {name: getattr(request, name) for name in ("id", "status", "reason", "asked_by")}


def facts_of(settings: BillingSettings) -> dict[str, Any]:
    """What the log keeps of the settings."""
    return {
        "payment_days": settings.payment_days,
        "pay_days": settings.pay_days,
        "card_most": settings.card_most,
        "vat_free": settings.vat_free,
        "approves_invoices": settings.approves_invoices,
        "rf_references": settings.rf_references,
        "einvoice_format": settings.einvoice_format,
        "einvoice_address": settings.einvoice_address,
        "einvoice_operator": settings.einvoice_operator,
    }

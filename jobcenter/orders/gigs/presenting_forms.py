"""What the pages about another contract form show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from flask_babel import gettext as _

from jobcenter.benefits import ContractForm
from jobcenter.core import texts
from jobcenter.core.money import Price, for_minutes
from jobcenter.orders.gigs.cards import span_of
from jobcenter.orders.gigs.domain import GigStatus
from jobcenter.orders.gigs.domain_forms import ProposalStatus
from jobcenter.orders.gigs.models import FormProposal, Gig
from jobcenter.orders.rates.domain import Rates

Fact = tuple[str, str]


@dataclass(frozen=True)
class PartnerFormState:
    """Where a gig stands on its way to the partner form, for its coordinator."""

    can_propose: bool
    is_open: bool
    said: str


def partner_state(gig: Gig, newest: FormProposal | None, now: datetime) -> PartnerFormState:
    """What a coordinator may do about the gig's contract form, and what was proposed last."""
    ahead = gig.status is GigStatus.PLANNED and gig.starts_at > now
    is_open = newest is not None and newest.status is ProposalStatus.OPEN
    may = ahead and not is_open and gig.contract_form is ContractForm.ASSIGNMENT
    return PartnerFormState(can_propose=may, is_open=ahead and is_open, said=_said(newest))


def orderer_state(gig: Gig, proposal: FormProposal) -> PartnerFormState:
    """The same for the orderer, who answers an open one."""
    is_open = gig.status is GigStatus.PLANNED and proposal.status is ProposalStatus.OPEN
    return PartnerFormState(can_propose=False, is_open=is_open, said="" if is_open else _said(proposal))


def _said(newest: FormProposal | None) -> str:
    if newest is None:
        return ""
    facts = {"price": texts.money(newest.hourly_price), "name": newest.answered_by}
    return {
        ProposalStatus.OPEN: _(
            "The partner form is proposed at %(price)s an hour. The orderer has not answered.", **facts
        ),
        ProposalStatus.ACCEPTED: _("%(name)s accepted the partner form at %(price)s an hour.", **facts),
        ProposalStatus.DECLINED: _("%(name)s declined the partner form at %(price)s an hour.", **facts),
        ProposalStatus.TAKEN_BACK: _("The proposal of the partner form was taken back."),
    }[newest.status]


def price_facts(gig: Gig, hourly_price: Decimal, rates: Rates, reason: str) -> list[Fact]:
    """What an orderer would pay: for an hour, and for everybody on the gig by its planned time."""
    people = len([slot for slot in gig.slots if slot.in_use])
    minutes = (span_of(gig).minutes - gig.break_minutes) * people
    whole = Price.of_net(for_minutes(hourly_price, minutes), rates.vat_percent)
    agreed = gig.order.agreed_price
    facts = [
        (_("Agreed until now, per hour without VAT"), texts.money(agreed) if agreed is not None else ""),
        (_("Price per hour, without VAT"), texts.money(hourly_price)),
        (_("Why below the list price"), reason),
        (_("The gig by its planned hours"), texts.money(whole.net)),
        (_("VAT %(percent)s", percent=texts.percent(rates.vat_percent)), texts.money(whole.vat)),
        (_("Total"), texts.money(whole.gross)),
    ]
    return [fact for fact in facts if fact[1]]

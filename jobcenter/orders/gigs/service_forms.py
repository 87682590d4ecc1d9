"""Another contract form for one gig: proposed, taken back, answered; once accepted, its people are asked anew."""

from __future__ import annotations

from dataclasses import replace

from jobcenter.auth.domain import SYSTEM, Actor
from jobcenter.benefits import ContractForm
from jobcenter.core import audit, clock
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone, DomainError, NotFound
from jobcenter.core.uow import flush, register_clash
from jobcenter.orders.gigs import domain, post_forms, queries, queries_forms
from jobcenter.orders.gigs.domain import GigStatus, OfferAction, OfferStatus
from jobcenter.orders.gigs.domain_forms import (
    PartnerFormAlready,
    PartnerPrice,
    ProposalAction,
    ProposalStatus,
    answer_time,
    next_proposal_state,
)
from jobcenter.orders.gigs.models import FormProposal, Gig, Offer
from jobcenter.orders.gigs.service_offers import ask_anew, end
from jobcenter.orders.intake.domain import OrderStatus
from jobcenter.orders.intake.domain_terms import TermsMissing, check_alone, check_employer, check_hourly_price
from jobcenter.orders.intake.queries import terms_now
from jobcenter.orders.rates.queries import least_share
from jobcenter.workers.same_person import hold_people

register_clash("uq_form_proposal_open", lambda: AlreadyDone("proposal_already_open"))

# Who had a place on the gig, or was thinking about one, is asked anew; so is who was stopped.
ASKED_ANEW = frozenset({*queries.AHEAD, OfferStatus.STOPPED})


def propose_partner_form(actor: Actor, gig_id: int, price: PartnerPrice) -> FormProposal:
    """Propose to the orderer that the partner employs those who come to this gig, at the partner form's price.

    Until the orderer accepts, nothing changes. A price so low that it needs two people is refused. Raises
    PartnerFormAlready, GigBegun, TermsNotAccepted, PriceRefused, TermsMissing, RateMissing, AlreadyDone while another
    proposal is open.
    """
    gig = queries.gig_for(actor, gig_id, lock=True)
    _refuse_unchangeable(gig)
    rates = queries_forms.partner_rates(gig)
    check_hourly_price(price.hourly_price, rates=rates, reason=price.price_reason)
    check_alone(price.hourly_price, rates=rates, least_share=least_share(gig.jobcenter_id))
    terms = terms_now(gig.jobcenter_id)
    if terms is None:
        raise TermsMissing("terms_missing")
    proposal = FormProposal(gig_id=gig.id, terms_version_id=terms.id, terms=terms, status=ProposalStatus.OPEN)
    proposal.hourly_price, proposal.price_reason = price.hourly_price, price.price_reason
    proposal.proposed_by, proposal.proposed_at = actor.name, clock.now()
    db.session.add(proposal)
    flush()
    _record(actor, "propose_form", gig, proposal)
    post_forms.proposed(gig, proposal)
    return proposal


def take_back(actor: Actor, gig_id: int) -> None:
    """Take back what the orderer has not answered. Raises AlreadyDone, NotPossible."""
    gig = queries.gig_for(actor, gig_id, lock=True)
    _answer(actor, gig, _newest(gig), ProposalAction.TAKE_BACK)


def decline(actor: Actor, gig_id: int, proposal_id: int) -> None:
    """The orderer keeps the form that was agreed; the coordinator is told. Raises AlreadyDone, NotPossible."""
    gig = queries.gig_for_orderer(actor, gig_id, lock=True)
    proposal = _newest(gig, proposal_id)
    _answer(actor, gig, proposal, ProposalAction.DECLINE)
    post_forms.answered(gig, proposal)


def accept(actor: Actor, gig_id: int, proposal_id: int) -> list[Offer]:
    """The orderer accepts: the gig is done in the partner form from now on, at the price proposed.

    What people had agreed to was another contract: each place ends, and they, and whoever was stopped, are offered it
    anew in the partner form. Whom a rule refuses now is left out. Raises AlreadyDone, NotPossible, GigBegun.
    """
    gig = queries.gig_for_orderer(actor, gig_id, lock=True)
    proposal = _newest(gig, proposal_id)
    next_proposal_state(proposal.status, ProposalAction.ACCEPT)
    _refuse_unchangeable(gig)
    _answer(actor, gig, proposal, ProposalAction.ACCEPT)
    gig.contract_form = ContractForm.PARTNER
    flush()
    made = _ask_all_anew(replace(SYSTEM, name=proposal.proposed_by), gig)
    post_forms.answered(gig, proposal)
    return made


def _ask_all_anew(asker: Actor, gig: Gig) -> list[Offer]:
    before = [offer for offer in queries.offers_of(gig) if offer.slot.in_use and offer.status in ASKED_ANEW]
    hold_people([offer.worker_id for offer in before])
    for offer in before:
        if offer.status in queries.AHEAD:
            end(asker, offer, OfferAction.WITHDRAW, "form_changed")
    made: dict[int, Offer] = {}
    for offer in before:
        if offer.worker_id not in made and (new := _offer_anew(asker, offer)) is not None:
            made[offer.worker_id] = new
    return list(made.values())


def _offer_anew(asker: Actor, before: Offer) -> Offer | None:
    try:
        made = ask_anew(asker, before, answer_time(before.gig.starts_at, clock.now()))
    except DomainError:
        return None
    post_forms.asked_anew(made, agreed_before=before.answered_at is not None)
    return made


def _refuse_unchangeable(gig: Gig) -> None:
    if gig.status is not GigStatus.PLANNED:
        raise domain.GigOver("gig_over")
    if gig.starts_at <= clock.now():
        raise domain.GigBegun("gig_begun")
    if gig.order.status is not OrderStatus.ACCEPTED:
        raise domain.TermsNotAccepted("terms_not_accepted")
    if gig.contract_form is ContractForm.PARTNER:
        raise PartnerFormAlready("form_is_partner")
    check_employer(ContractForm.PARTNER, queries.partner_of(gig.jobcenter_id))


def _newest(gig: Gig, proposal_id: int | None = None) -> FormProposal:
    """The newest proposal; the one on the screen must still be it. Raises NotFound."""
    proposal = queries_forms.newest_proposal(gig.id)
    if proposal is None or proposal_id not in (None, proposal.id):
        raise NotFound
    return proposal


def _answer(actor: Actor, gig: Gig, proposal: FormProposal, action: ProposalAction) -> None:
    proposal.status = next_proposal_state(proposal.status, action)
    proposal.answered_by, proposal.answered_at = actor.name, clock.now()
    flush()
    _record(actor, f"{action}_form", gig, proposal)


def _record(actor: Actor, verb: str, gig: Gig, proposal: FormProposal) -> None:
    facts = {"form": ContractForm.PARTNER, "hourly_price": proposal.hourly_price, "terms": proposal.terms_version_id}
    after = facts | {"status": proposal.status}
    audit.record(actor, f"gig.{verb}", "gig", gig.id, after=after, jobcenter_id=gig.jobcenter_id)

"""Who is told of another contract form for a gig."""

from __future__ import annotations

from jobcenter.core.web import absolute_url
from jobcenter.orders.gigs import mails_forms, post
from jobcenter.orders.gigs.cards import coordinator_reader, orderer_reader, worker_reader
from jobcenter.orders.gigs.domain_forms import ProposalStatus
from jobcenter.orders.gigs.models import FormProposal, Gig, Offer
from jobcenter.orders.gigs.queries import jobcenter_of
from jobcenter.orders.gigs.queries_forms import partner_rates


def proposed(gig: Gig, proposal: FormProposal) -> None:
    """Ask the orderer."""
    partner, vat_percent = jobcenter_of(gig).partner_name, partner_rates(gig).vat_percent
    price, url = proposal.hourly_price, absolute_url("gigs.partner_answer", gig_id=gig.id)
    post.send(
        [orderer_reader(gig)],
        gig,
        "partner_form_proposed",
        proposal.id,
        lambda card, _to: mails_forms.partner_form_proposed(
            card, partner=partner, price=price, vat_percent=vat_percent, url=url
        ),
    )


def answered(gig: Gig, proposal: FormProposal) -> None:
    """Tell the coordinator what the orderer said."""
    accepted, by, url = proposal.status is ProposalStatus.ACCEPTED, proposal.answered_by, post.gig_url(gig)
    post.send(
        [coordinator_reader(gig)],
        gig,
        "partner_form_answered",
        proposal.id,
        lambda card, _to: mails_forms.proposal_answered(card, by=by, accepted=accepted, url=url),
    )


def asked_anew(offer: Offer, *, agreed_before: bool) -> None:
    """Ask the worker, in words that fit: anew, when something had been agreed; the support persons hear of it too."""
    if not agreed_before:
        post.offer_made(offer)
        return
    partner, url = jobcenter_of(offer.gig).partner_name, post.answer_url(offer)
    post.send(
        [worker_reader(offer.worker)],
        offer.gig,
        "asked_anew",
        offer.id,
        lambda card, to: mails_forms.asked_anew(
            card, name=to.given_name, partner=partner, answer_by=offer.answer_by, url=url
        ),
    )
    post.supporters_asked(offer)

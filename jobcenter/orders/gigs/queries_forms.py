"""Finding what is proposed for a gig in another contract form, and what it would cost."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from jobcenter.benefits import ContractForm
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.orders.gigs.domain_forms import ProposalStatus
from jobcenter.orders.gigs.models import FormProposal, Gig
from jobcenter.orders.intake.queries import rates_of
from jobcenter.orders.rates.domain import Rates


def newest_proposal(gig_id: int) -> FormProposal | None:
    """What was proposed for a gig last, with its terms; the caller has checked that the actor may see the gig."""
    query = select(FormProposal).where(FormProposal.gig_id == gig_id).options(joinedload(FormProposal.terms))
    return db.session.scalars(query.order_by(FormProposal.id.desc()).limit(1)).first()


def open_proposals(gig_ids: list[int]) -> set[int]:
    """Those of the gigs that have a proposal waiting for the orderer."""
    query = select(FormProposal.gig_id).where(FormProposal.gig_id.in_(gig_ids))
    return set(db.session.scalars(query.where(FormProposal.status == ProposalStatus.OPEN)))


def partner_rates(gig: Gig) -> Rates:
    """Wage, list price and VAT of an hour in the partner form on the gig's day. Raises RateMissing."""
    return rates_of(gig.order, ContractForm.PARTNER, clock.day_of(gig.starts_at))


def accepted_price(gig_id: int) -> Decimal | None:
    """The net hourly price of the form that the orderer accepted for the gig alone, if any."""
    query = select(FormProposal.hourly_price).where(FormProposal.gig_id == gig_id)
    return db.session.scalar(query.where(FormProposal.status == ProposalStatus.ACCEPTED))

"""The coming gigs of a work activity unit's people, as far as they let the unit see them: when and where, no money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from flask import g, render_template, request

from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.core import clock
from jobcenter.core.paging import part
from jobcenter.orders.gigs import post, queries_lists
from jobcenter.orders.gigs.blueprint import bp
from jobcenter.orders.gigs.cards import title_of
from jobcenter.orders.gigs.models import Offer

PAGE = 50


@dataclass(frozen=True)
class UnitGig:
    """One person's gig: what a unit needs to plan activity days, and no more."""

    name: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str

    @property
    def day(self) -> date:
        return clock.day_of(self.starts_at)


@bp.get("/unit")
@allow(Role.UNIT_MANAGER)
def of_unit() -> str:
    """Who of the unit is on which gig, by day."""
    now, piece = clock.now(), part(request.args, size=PAGE)
    offers = queries_lists.unit_offers_for(g.actor, now, limit=piece.limit, offset=piece.offset)
    gigs = [_unit_gig(offer) for offer in offers]
    return render_template(
        "gigs/of_unit.html",
        days=[(day, list(found)) for day, found in groupby(gigs, key=lambda gig: gig.day)],
        pages=piece.pages(queries_lists.unit_offer_count(g.actor, now), ".of_unit"),
    )


def _unit_gig(offer: Offer) -> UnitGig:
    gig = offer.gig
    return UnitGig(offer.worker.name, title_of(gig), gig.starts_at, gig.ends_at, post.where(gig))

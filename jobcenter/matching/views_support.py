"""Support persons booked along to a gig."""

from __future__ import annotations

from typing import Any

from flask import g
from flask_babel import gettext as _

from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.matching.blueprint import bp
from jobcenter.matching.views_parts import act_page, press, to_gig
from jobcenter.orders.gigs import queries as gigs
from jobcenter.orders.gigs import service_support
from jobcenter.orders.gigs.forms import SupportForm
from jobcenter.orders.gigs.models import Gig


@bp.get("/gigs/<int:gig_id>/support")
@allow(Role.COORDINATOR)
def support(gig_id: int) -> str:
    """Who comes along."""
    return _support_page(gig_id, SupportForm())


@bp.post("/gigs/<int:gig_id>/support")
@allow(Role.COORDINATOR)
def book(gig_id: int) -> Any:
    """Book a support person along."""
    form = _support_form(gigs.gig_for(g.actor, gig_id), SupportForm())
    if form.attempt(lambda: service_support.book_support(g.actor, gig_id, form.user_id.data)):
        return to_gig(gig_id, form, _("The support person is booked and has been told."))
    return _support_page(gig_id, form), 422


@bp.post("/gigs/<int:gig_id>/support/<int:user_id>/unbook")
@allow(Role.COORDINATOR)
def unbook(gig_id: int, user_id: int) -> Any:
    """The support person need not come along."""
    gigs.gig_for(g.actor, gig_id)
    done = _("The support person is not booked any more and has been told.")
    return press(lambda: service_support.unbook_support(g.actor, gig_id, user_id), gig_id, done)


def _support_page(gig_id: int, form: SupportForm) -> str:
    found = gigs.gig_for(g.actor, gig_id)
    lead = _("The support person comes along to the gig and gets a message.")
    return act_page(found, _support_form(found, form), _("Book a support person along"), lead, _("Book"))


def _support_form(found: Gig, form: SupportForm) -> SupportForm:
    form.user_id.offer([(user.id, user.name) for user in gigs.support_persons_of(found.jobcenter_id)])
    return form

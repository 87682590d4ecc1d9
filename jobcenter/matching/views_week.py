"""The week board."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import g, render_template, request, url_for
from flask_babel import gettext as _

from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.core import audit, clock, texts
from jobcenter.matching import presenting as desk_rows
from jobcenter.matching import queries as desk
from jobcenter.matching.blueprint import bp
from jobcenter.matching.board import presenting, queries
from jobcenter.matching.board.domain import Chosen, Week
from jobcenter.matching.board.forms import BoardForm
from jobcenter.matching.domain import Wanted
from jobcenter.orders.gigs import presenting as gig_rows
from jobcenter.orders.gigs import queries as gigs
from jobcenter.orders.gigs.domain import GigStatus
from jobcenter.orders.gigs.models import Gig, Slot

CANDIDATES = 12


@bp.get("/week")
@allow(Role.COORDINATOR)
def week() -> str:
    """The gigs of a week by day."""
    today = clock.today()
    form, choices = BoardForm(request.args), queries.choices_for(g.actor)
    form.offer(choices)
    chosen = form.chosen(Week.named(request.args.get("week", ""), today))
    found = queries.gigs_of_week(g.actor, chosen)
    return render_template(
        "matching/week.html",
        form=form,
        week=_about(chosen, today),
        days=presenting.days(found, chosen, today),
        totals=presenting.totals(found),
        several=len(choices.jobcenters) > 1,
    )


def _about(chosen: Chosen, today: date) -> dict[str, Any]:
    """The week's name, and the ways to other weeks with the same filter."""
    week, filters = chosen.week, presenting.asked(chosen)
    first, last = texts.day(week.days[0]), texts.day(week.days[-1])

    def at(other: Week) -> str:
        return url_for(".week", **filters | {"week": other.name})

    return {
        "name": week.name,
        "title": _("Week %(number)s", number=week.number),
        "lead": f"{first} – {last}",
        "before": at(week.moved(-1)),
        "after": at(week.moved(1)),
        "now": at(Week.of(today)),
        "is_now": week == Week.of(today),
    }


@bp.get("/week/gigs/<int:gig_id>")
@allow(Role.COORDINATOR)
def beside(gig_id: int) -> str:
    """One gig in brief with the people who fit its first free place: a page of its own, or beside the board."""
    gig = gigs.gig_for(g.actor, gig_id)
    slot = _free_place(gig)
    looked = None if slot is None else desk.desk_of(gig, slot, clock.now(), Wanted(limit=CANDIDATES))
    rows = desk_rows.person_rows(looked.matches, looked.names) if looked else []
    for row in rows:
        audit.note_read(g.actor, "worker", row.worker_id, ("benefits", "limits"), gig.jobcenter_id)
    return render_template(
        "matching/beside.html",
        gig=gig_rows.gig_row(gig),
        slot_id=slot.id if slot else None,
        fitting=[one for one in rows if one.fits],
        others=[one for one in rows if not one.fits],
        fitting_total=looked.fitting if looked else 0,
        others_total=looked.others if looked else 0,
        back=url_for(".week", week=Week.of(clock.day_of(gig.starts_at)).name),
    )


def _free_place(gig: Gig) -> Slot | None:
    """The first place of a planned gig that nobody holds."""
    if gig.status is not GigStatus.PLANNED:
        return None
    return next((slot for slot in gig.slots if slot.in_use and gigs.holder_of(slot) is None), None)

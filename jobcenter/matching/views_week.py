"""The week board."""

from __future__ import annotations

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
from jobcenter.orders.gigs.models import Gig

CANDIDATES = 12


@bp.get("/week")
@allow(Role.COORDINATOR)
def week() -> str:
    """The gigs of a week by day, and one of them opened beside."""
    today = clock.today()
    form, choices = BoardForm(request.args), queries.choices_for(g.actor)
    form.offer(choices)
    chosen = form.chosen(Week.named(request.args.get("week", ""), today))
    opened = request.args.get("gig", type=int)
    found = queries.gigs_of_week(g.actor, chosen)
    return render_template(
        "matching/week.html",
        form=form,
        week=_about(chosen, today),
        days=presenting.days(found, chosen, opened, today),
        totals=presenting.totals(found),
        several=len(choices.jobcenters) > 1,
        opened=None if opened is None else _opened(opened, chosen),
    )


def _about(chosen: Chosen, today: Any) -> dict[str, Any]:
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
        "closed": at(week),
    }


def _opened(gig_id: int, chosen: Chosen) -> dict[str, Any]:
    """The gig opened beside the board: its people, and who fits its first free place."""
    now = clock.now()
    gig = gigs.gig_for(g.actor, gig_id)
    row, slot_id = gig_rows.gig_row(gig), _free_slot(gig)
    about = {"gig": row, "slot_id": slot_id, "fitting": (), "others": (), "fitting_total": 0, "others_total": 0}
    if slot_id is None:
        return about
    looked = desk.desk_for(g.actor, slot_id, now, Wanted(limit=CANDIDATES))
    for match in looked.matches:
        audit.note_read(g.actor, "worker", match.worker.who.id, ("benefits", "limits"), gig.jobcenter_id)
    rows = [desk_rows.person_row(match) for match in looked.matches]
    return about | {
        "fitting": [one for one in rows if one.fits],
        "others": [one for one in rows if not one.fits],
        "fitting_total": looked.fitting,
        "others_total": looked.others,
    }


def _free_slot(gig: Gig) -> int | None:
    """The gig's first place that nobody holds, if it can be filled now."""
    if not gig_rows.gig_row(gig).free or gig.ends_at <= clock.now():
        return None
    return next(slot.id for slot in gig.slots if slot.in_use and gigs.holder_of(slot) is None)

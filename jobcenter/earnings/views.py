"""Pages on earnings and limits: one's own, a person's whom one stands beside, and the coordinator's warnings."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.core import audit, clock
from jobcenter.core.forms import ActionForm
from jobcenter.core.paging import part
from jobcenter.earnings import presenting, presenting_warnings, queries, service
from jobcenter.workers.queries import worker_of, worker_with_earnings_for

bp = Blueprint("earnings", __name__, url_prefix="/earnings")

READ = ("benefits", "earnings", "limits")


@bp.get("")
@allow(Role.WORKER)
def mine() -> str:
    """My money and limits."""
    workers = worker_of(g.actor)
    cases = queries.cases_of([worker.id for worker in workers], clock.now())
    standings = [presenting.standing(worker, cases[worker.id], about=False) for worker in workers]
    return render_template("earnings/mine.html", standings=standings)


@bp.get("/workers/<int:worker_id>")
@allow(Role.COORDINATOR, Role.SUPPORT, Role.GUARDIAN)
def show(worker_id: int) -> str:
    """A person's money and limits, for those who may know; the reading is on the log."""
    worker = worker_with_earnings_for(g.actor, worker_id)
    case = queries.case_of(worker_id, clock.now())
    audit.note_read(g.actor, "worker", worker_id, READ, worker.jobcenter_id)
    return render_template("earnings/show.html", standing=presenting.standing(worker, case, about=True))


@bp.get("/warnings")
@allow(Role.COORDINATOR)
def warnings() -> str:
    """The open warnings of the coordinator's Jobcenters."""
    piece = part(request.args)
    found = queries.warnings_for(g.actor, limit=piece.limit, offset=piece.offset)
    for warning, worker in found:
        audit.note_read(g.actor, "worker", worker.id, ("limits",), warning.jobcenter_id)
    return render_template(
        "earnings/warnings.html",
        rows=[presenting_warnings.warning_row(warning, worker) for warning, worker in found],
        pages=piece.pages(queries.number_of_warnings(g.actor), ".warnings"),
        missing=presenting.missing_text(clock.today()),
    )


@bp.post("/warnings/<int:warning_id>/note")
@allow(Role.COORDINATOR)
def note(warning_id: int) -> Any:
    """Note a warning: seen and looked after."""
    form = ActionForm()
    if form.attempt(lambda: service.note_warning(g.actor, warning_id)) and form.result:
        flash(_("The warning is noted. It stays here until the limit is no longer near."), "good")
    return redirect(url_for(".warnings"))

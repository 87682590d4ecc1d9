"""Warnings: the coordinator's queue, one warning with what is done about it, and the worker's "I have seen it"."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.core import audit, clock
from jobcenter.core.forms import ActionForm, BaseForm
from jobcenter.core.paging import part
from jobcenter.earnings import presenting, presenting_warnings, queries, queries_warnings
from jobcenter.earnings import service_warnings as service
from jobcenter.earnings.blueprint import bp
from jobcenter.earnings.forms import QueueForm, SettleForm


@bp.get("/warnings")
@allow(Role.COORDINATOR)
def warnings() -> str:
    """The warnings of the coordinator's Jobcenters."""
    piece, form = part(request.args), QueueForm(formdata=request.args)
    wanted = form.wanted()
    found = queries_warnings.queue_for(g.actor, wanted, limit=piece.limit, offset=piece.offset)
    for warning, worker in found:
        audit.note_read(g.actor, "worker", worker.id, ("limits",), warning.jobcenter_id)
    return render_template(
        "earnings/warnings.html",
        form=form,
        narrowed=wanted != queries_warnings.EVERYTHING,
        rows=[presenting_warnings.warning_row(warning, worker) for warning, worker in found],
        pages=piece.pages(queries_warnings.number_in_queue(g.actor, wanted), ".warnings", **wanted.asked),
        missing=presenting.missing_text(clock.today()),
    )


@bp.get("/warnings/<int:warning_id>")
@allow(Role.COORDINATOR)
def warning(warning_id: int) -> str:
    """One warning: the limit as it stands now, and what is done about it."""
    return _warning_page(warning_id, SettleForm())


@bp.post("/warnings/<int:warning_id>/note")
@allow(Role.COORDINATOR)
def note(warning_id: int) -> Any:
    """Note a warning: seen and looked after."""
    form = ActionForm()
    if form.attempt(lambda: service.note(g.actor, warning_id)) and form.result:
        flash(_("The warning is noted. When something has been done, close it."), "good")
    return _back(form, warning_id)


@bp.post("/warnings/<int:warning_id>/settle")
@allow(Role.COORDINATOR)
def settle(warning_id: int) -> Any:
    """Close a warning, saying what was done."""
    form = SettleForm()
    if form.attempt(lambda: service.settle(g.actor, warning_id, form.to_command())):
        if form.result:
            flash(_("The warning is closed. It comes again only if the situation changes."), "good")
        return redirect(url_for(".warnings"))
    return _warning_page(warning_id, form), 422


@bp.post("/mine/<int:worker_id>/seen")
@allow(Role.WORKER)
def see(worker_id: int) -> Any:
    """The worker has seen the warnings."""
    form = ActionForm()
    if form.attempt(lambda: service.see(g.actor, worker_id)) and form.result:
        flash(_("Thank you. Your coordinator sees that you have read this."), "good")
    return redirect(url_for(".mine"))


def _warning_page(warning_id: int, form: SettleForm) -> str:
    found, worker = queries_warnings.warning_for(g.actor, warning_id)
    audit.note_read(g.actor, "worker", worker.id, ("benefits", "limits"), worker.jobcenter_id)
    case = queries.case_of(worker.id, clock.now())
    return render_template(
        "earnings/warning.html",
        form=form,
        row=presenting_warnings.warning_row(found, worker),
        cards=presenting_warnings.cards_of(found, case, worker.given_name),
    )


def _back(form: BaseForm, warning_id: int) -> Any:
    for error in form.form_errors:
        flash(error, "bad")
    return redirect(url_for(".warning", warning_id=warning_id))

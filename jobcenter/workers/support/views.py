"""A worker's support persons and guardians: the coordinator's page."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.core import clock, texts
from jobcenter.core.forms import ActionForm
from jobcenter.workers import queries
from jobcenter.workers.messages import SUPPORT_KINDS
from jobcenter.workers.sides import Side, around
from jobcenter.workers.support import service
from jobcenter.workers.support.forms import SupportForm

bp = Blueprint("support", __name__)

SHOW = "support.show"


@bp.get("/workers/<int:worker_id>/support")
@allow(Role.COORDINATOR)
def show(worker_id: int) -> str:
    worker = queries.coordinated_worker_for(g.actor, worker_id)
    return render_template(
        "workers/support.html",
        **around(g.actor, worker, Side.OFFICE, SHOW),
        supporters=queries.supporters_of([worker.id], clock.today())[worker.id],
        kinds=SUPPORT_KINDS,
    )


@bp.get("/workers/<int:worker_id>/support/new")
@allow(Role.COORDINATOR)
def new(worker_id: int) -> str:
    return _form_page(worker_id, SupportForm(starts_on=clock.today(), language=texts.DEFAULT))


@bp.post("/workers/<int:worker_id>/support/new")
@allow(Role.COORDINATOR)
def link(worker_id: int) -> Any:
    form = SupportForm()
    if form.attempt(lambda: service.link(g.actor, worker_id, form.to_command())):
        flash(_("Linked, and invited by e-mail."))
        return redirect(url_for(".show", worker_id=worker_id))
    return _form_page(worker_id, form), 422


def _form_page(worker_id: int, form: SupportForm) -> str:
    worker = queries.coordinated_worker_for(g.actor, worker_id)
    return render_template("workers/support_form.html", **around(g.actor, worker, Side.OFFICE, SHOW), form=form)


@bp.post("/workers/<int:worker_id>/support/<int:link_id>/end")
@allow(Role.COORDINATOR)
def end(worker_id: int, link_id: int) -> Any:
    if ActionForm().attempt(lambda: service.end(g.actor, worker_id, link_id)):
        flash(_("The link has ended. The person sees nothing of the worker any more."))
    return redirect(url_for(".show", worker_id=worker_id))

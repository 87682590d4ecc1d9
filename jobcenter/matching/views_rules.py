"""The table of rules, for those who work by them, and how much the soft ones count, for administrators."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from jobcenter.auth import queries as auth
from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.auth.models import Jobcenter
from jobcenter.core.errors import NotFound
from jobcenter.matching import presenting_people
from jobcenter.matching.blueprint import bp
from jobcenter.matching.weights import queries, service
from jobcenter.matching.weights.domain import DEFAULTS
from jobcenter.matching.weights.forms import WeightsForm
from jobcenter.matching.weights.policy import can_see_weights, can_set_weights


@bp.get("/rules")
@allow(Role.COORDINATOR, Role.ADMIN)
def rules() -> str:
    """Which rules stop an offer, who may set them aside, and what orders those who fit, in each Jobcenter."""
    jobcenters = auth.jobcenters_of(g.actor, Role.COORDINATOR, Role.ADMIN)
    return render_template(
        "matching/rules.html", hard=presenting_people.hard_rows(), jobcenters=[(one.id, one.name) for one in jobcenters]
    )


@bp.get("/rules/<int:jobcenter_id>")
@allow(Role.COORDINATOR, Role.ADMIN)
def weights(jobcenter_id: int) -> str:
    """How much each soft rule counts in a Jobcenter."""
    found = _jobcenter(jobcenter_id)
    return render_template(
        "matching/weights.html",
        jobcenter=found,
        soft=presenting_people.soft_rows(queries.weights_of(jobcenter_id)),
        can_set=can_set_weights(g.actor, jobcenter_id),
    )


@bp.get("/rules/<int:jobcenter_id>/change")
@allow(Role.ADMIN)
def change_weights(jobcenter_id: int) -> str:
    """Change how much the soft rules count."""
    return _weights_page(jobcenter_id, WeightsForm.of(queries.weights_of(jobcenter_id)))


@bp.post("/rules/<int:jobcenter_id>/change")
@allow(Role.ADMIN)
def set_weights(jobcenter_id: int) -> Any:
    """Set how much the soft rules count."""
    form = WeightsForm()
    if form.attempt(lambda: service.set_weights(g.actor, jobcenter_id, form.to_command())):
        flash(_("Saved. Lists of people are in the new order from now on."), "good")
        return redirect(url_for(".weights", jobcenter_id=jobcenter_id))
    return _weights_page(jobcenter_id, form), 422


def _weights_page(jobcenter_id: int, form: WeightsForm) -> str:
    if not can_set_weights(g.actor, jobcenter_id):
        raise NotFound
    return render_template(
        "matching/change_weights.html",
        form=form,
        jobcenter=_jobcenter(jobcenter_id),
        fields=[form[part.value] for part in DEFAULTS],
    )


def _jobcenter(jobcenter_id: int) -> Jobcenter:
    if not can_see_weights(g.actor, jobcenter_id):
        raise NotFound
    return auth.jobcenter(jobcenter_id)

"""The page of a Jobcenter's billing settings."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from jobcenter.auth import queries as auth_queries
from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.billing import rules
from jobcenter.billing.settings import policy, queries, service
from jobcenter.billing.settings.forms import SettingsForm
from jobcenter.core import clock
from jobcenter.core.errors import NotFound

bp = Blueprint("billing_settings", __name__, url_prefix="/billing-settings")

KEEPERS = (Role.COORDINATOR, Role.ADMIN)


@bp.get("/<int:jobcenter_id>")
@allow(*KEEPERS)
def edit(jobcenter_id: int) -> str:
    """What the Jobcenter has set, and what holds where it has set nothing."""
    return _page(jobcenter_id, SettingsForm.for_settings(queries.settings_of(jobcenter_id)))


@bp.post("/<int:jobcenter_id>")
@allow(*KEEPERS)
def save(jobcenter_id: int) -> Any:
    """Keep the settings."""
    form = SettingsForm()
    if form.attempt(lambda: service.save_terms(g.actor, jobcenter_id, form.to_command())):
        flash(_("The settings are saved."), "good")
        return redirect(url_for(".edit", jobcenter_id=jobcenter_id))
    return _page(jobcenter_id, form), 422


def _page(jobcenter_id: int, form: SettingsForm) -> str:
    if not policy.can_set(g.actor, jobcenter_id):
        raise NotFound
    shipped, today = rules.rules(), clock.today()
    return render_template(
        "billing/settings.html",
        form=form,
        jobcenter=auth_queries.jobcenter(jobcenter_id),
        payment_term=rules.in_force(shipped.payment_terms, today),
        pay_days=rules.in_force(shipped.pay_days, today),
        vat_free_hint=_(
            "The grounds are not verified for your Jobcenter: ask the tax authority first. The administrator sets the"
            " Jobcenter's own VAT rate to 0 from a day on; invoices of that work then carry the text of the act."
        ),
    )

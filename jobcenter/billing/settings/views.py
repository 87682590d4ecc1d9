"""The page of a Jobcenter's billing settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from jobcenter.auth import queries as auth_queries
from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.billing import rules
from jobcenter.billing.settings import policy, presenting, queries, service
from jobcenter.billing.settings.forms import SettingsForm
from jobcenter.core import clock
from jobcenter.core.errors import NotFound
from jobcenter.core.forms import BaseForm, press

bp = Blueprint("billing_settings", __name__, url_prefix="/billing-settings")

KEEPERS = (Role.COORDINATOR, Role.ADMIN)

_NO_APPROVAL = "/no-approval/<int:request_id>"


@bp.get("/<int:jobcenter_id>")
@allow(*KEEPERS)
def edit(jobcenter_id: int) -> str:
    """What the Jobcenter has set, and what holds where it has set nothing."""
    return _page(jobcenter_id, _opened(jobcenter_id))


@bp.post("/<int:jobcenter_id>")
@allow(*KEEPERS)
def save(jobcenter_id: int) -> Any:
    """Keep the settings."""
    form = SettingsForm()
    if form.attempt(lambda: service.save_terms(g.actor, jobcenter_id, form.to_command())):
        flash(_("The settings are saved."), "good")
        if form.result.approves_invoices and not form.approves_invoices.data:
            flash(_("Each invoice still needs its approval: another person decides whether that is given up."), "info")
        return redirect(url_for(".edit", jobcenter_id=jobcenter_id))
    return _page(jobcenter_id, form), 422


@bp.post(f"{_NO_APPROVAL}/approve")
@allow(*KEEPERS)
def approve_no_approval(request_id: int) -> Any:
    """Agree that invoices go out without an approval."""
    return _decided(request_id, service.approve, _("Invoices go out without an approval from now on."))


@bp.post(f"{_NO_APPROVAL}/refuse")
@allow(*KEEPERS)
def refuse_no_approval(request_id: int) -> Any:
    """Say no to it."""
    return _decided(request_id, service.refuse, _("Each invoice still needs its approval."))


@bp.post(f"{_NO_APPROVAL}/take-back")
@allow(*KEEPERS)
def take_back_no_approval(request_id: int) -> Any:
    """Take back one's own request."""
    return _decided(request_id, service.take_back, _("Each invoice still needs its approval."))


def _decided(request_id: int, verb: Callable[..., Any], done: str) -> Any:
    jobcenter_id = queries.request_for(g.actor, request_id).jobcenter_id
    return press(
        lambda: verb(g.actor, request_id),
        told=done,
        then=url_for(".edit", jobcenter_id=jobcenter_id),
        refused=lambda form: _page(jobcenter_id, _opened(jobcenter_id, formdata=None), refused=form),
    )


def _opened(jobcenter_id: int, **sent: None) -> SettingsForm:
    bills = queries.partner_bills(jobcenter_id, clock.today())
    return SettingsForm.for_settings(queries.settings_of(jobcenter_id), partner_bills=bills, **sent)


def _page(jobcenter_id: int, form: SettingsForm, *, refused: BaseForm | None = None) -> str:
    if not policy.can_set(g.actor, jobcenter_id):
        raise NotFound
    shipped, today = rules.rules(), clock.today()
    own, waiting = queries.settings_of(jobcenter_id), queries.open_request(jobcenter_id)
    return render_template(
        "billing/settings.html",
        form=form,
        refused=refused,
        asked=presenting.asked(g.actor, waiting) if waiting else None,
        switches=presenting.switches(queries.partner_switches(jobcenter_id)),
        can_give_up=bool(own and own.approves_invoices and not waiting),
        jobcenter=auth_queries.jobcenter(jobcenter_id),
        payment_term=rules.in_force(shipped.payment_terms, today),
        pay_days=rules.in_force(shipped.pay_days, today),
        vat_free_hint=_(
            "The grounds are not verified for your Jobcenter: ask the tax authority first. The administrator sets the"
            " Jobcenter's own VAT rate to 0 from a day on; invoices of that work then carry the text of the act."
        ),
    )

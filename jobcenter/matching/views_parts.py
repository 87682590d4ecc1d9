"""What the coordinator's pages of one gig share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for

from jobcenter.core.forms import ActionForm, BaseForm
from jobcenter.orders.gigs.cards import card_of
from jobcenter.orders.gigs.models import Gig


def act_page(found: Gig, form: BaseForm, title: str, lead: str, submit: str) -> str:
    """A page with one form about a gig."""
    back = url_for(".gig", gig_id=found.id)
    card = card_of(found)
    return render_template("gigs/act.html", form=form, title=title, lead=lead, submit=submit, back=back, card=card)


def press(action: Callable[[], Any], gig_id: int, text: str) -> Any:
    """Do what a button asks for, and say so on the gig's page, or why not."""
    form = ActionForm()
    if form.attempt(action):
        return to_gig(gig_id, form, text)
    return refused(form, gig_id)


def refused(form: BaseForm, gig_id: int) -> Any:
    """Back to the gig, saying why not."""
    for error in form.form_errors:
        flash(error, "bad")
    return redirect(url_for(".gig", gig_id=gig_id))


def to_gig(gig_id: int, form: BaseForm, text: str) -> Any:
    """Back to the gig; what had been done before has said so itself."""
    if form.result is not None:
        flash(text, "good")
    return redirect(url_for(".gig", gig_id=gig_id))

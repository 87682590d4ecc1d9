"""Pages of hours: log and correct (worker, support person, coordinator), confirm and dispute (orderer), the queue."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from jobcenter.auth.domain import Actor, LinkPurpose, Role
from jobcenter.auth.doors import allow, public
from jobcenter.auth.queries import actor_for, open_link
from jobcenter.core import clock
from jobcenter.core.forms import ActionForm
from jobcenter.core.paging import part
from jobcenter.orders.hours import presenting, queries, service, service_corrections
from jobcenter.orders.hours.forms import DisputeForm, EditHoursForm, LogHoursForm
from jobcenter.orders.hours.models import TimeEntry
from jobcenter.orders.hours.policy import Standing
from jobcenter.workers.queries import whose_earnings_are_seen

bp = Blueprint("hours", __name__, url_prefix="/hours")

LOGGERS = (Role.WORKER, Role.SUPPORT, Role.COORDINATOR)
EVERYBODY = (*LOGGERS, Role.ORDERER)


# Logging


@bp.get("")
@allow(Role.WORKER, Role.SUPPORT)
def index() -> str:
    """One's own hours, and those of the people one supports."""
    now = clock.now()
    own = queries.own_workers(g.actor)
    worker_ids = {*own, *queries.supported_workers(g.actor)}
    seen = whose_earnings_are_seen(g.actor, worker_ids)
    piece = part(request.args, size=20)
    entries = queries.entries_of_worker(worker_ids, limit=piece.limit, offset=piece.offset)
    return render_template(
        "hours/index.html",
        to_log=[presenting.offer_row(offer) for offer in queries.to_log(worker_ids, now)],
        entries=[presenting.entry_row(entry, sees_pay=entry.worker_id in seen) for entry in entries],
        pages=piece.pages(queries.number_of_entries(worker_ids), ".index"),
        shows_names=g.actor.has(Role.SUPPORT),
        title=_("My hours") if own else _("Their hours"),
    )


@bp.get("/log/<int:offer_id>")
@allow(*LOGGERS)
def log(offer_id: int) -> str:
    """The form for the hours of one gig."""
    offer, _standing = queries.offer_for(g.actor, offer_id)
    return _log_page(offer_id, LogHoursForm.for_gig(offer.gig))


@bp.post("/log/<int:offer_id>")
@allow(*LOGGERS)
def save_log(offer_id: int) -> Any:
    """Log them."""
    form = LogHoursForm()
    if form.attempt(lambda: service.log_hours(g.actor, offer_id, form.to_command())):
        if form.result:
            flash(_("Thank you. The hours are saved, and the orderer is asked to confirm them."), "good")
        return redirect(_way_home())
    return _log_page(offer_id, form), 422


@bp.post("/log/<int:offer_id>/ask")
@allow(*LOGGERS)
def ask_support(offer_id: int) -> Any:
    """I was there, but I don't know the times."""
    form = ActionForm()
    if form.attempt(lambda: service.ask_support(g.actor, offer_id)):
        if form.result:
            flash(_("Thank you. Your support person is asked for the times."), "good")
        return redirect(_way_home())
    return _log_page(offer_id, LogHoursForm(), refused=form), 409


def _log_page(offer_id: int, form: LogHoursForm, refused: ActionForm | None = None) -> str:
    offer, standing = queries.offer_for(g.actor, offer_id)
    return render_template(
        "hours/log.html",
        form=form,
        refused=refused,
        offer=presenting.offer_row(offer),
        entry=queries.entry_of_offer(offer_id),
        for_somebody_else=not standing.is_worker,
    )


# One entry


@bp.get("/<int:entry_id>")
@allow(*EVERYBODY)
def show(entry_id: int) -> str:
    """One entry with its trail, and what may be done to it."""
    return _entry_page(entry_id, DisputeForm())


@bp.get("/<int:entry_id>/edit")
@allow(*LOGGERS)
def edit(entry_id: int) -> str:
    """The form for a correction."""
    entry, _standing = queries.entry_for(g.actor, entry_id)
    return _edit_page(entry_id, EditHoursForm.for_entry(entry))


@bp.post("/<int:entry_id>/edit")
@allow(*LOGGERS)
def save_edit(entry_id: int) -> Any:
    """Correct the entry."""
    form = EditHoursForm()
    if form.attempt(lambda: service.edit_hours(g.actor, entry_id, form.to_command())):
        flash(_("The new times are saved, and the orderer is asked to confirm them."), "good")
        return redirect(url_for(".show", entry_id=entry_id))
    return _edit_page(entry_id, form), 422


def _edit_page(entry_id: int, form: EditHoursForm) -> str:
    entry, standing = queries.entry_for(g.actor, entry_id)
    return render_template("hours/edit.html", form=form, entry=_view(entry, standing))


@bp.get("/<int:entry_id>/missing")
@allow(*LOGGERS)
def missing(entry_id: int) -> str:
    """The form for what was missing of paid hours."""
    entry, _standing = queries.entry_for(g.actor, entry_id)
    return _paid_page(entry_id, EditHoursForm.for_entry(entry), "hours/missing.html")


@bp.post("/<int:entry_id>/missing")
@allow(*LOGGERS)
def save_missing(entry_id: int) -> Any:
    """Add what was missing."""
    form = EditHoursForm()
    if form.attempt(lambda: service_corrections.add_missing(g.actor, entry_id, form.to_command())):
        flash(_("What was missing is saved. The orderer is asked to confirm it, and the next pay run pays it."), "good")
        return redirect(url_for(".show", entry_id=form.result.id if form.result else entry_id))
    return _paid_page(entry_id, form, "hours/missing.html"), 422


@bp.get("/<int:entry_id>/shorter")
@allow(Role.COORDINATOR)
def shorter(entry_id: int) -> str:
    """The form for paid hours that were shorter."""
    entry, _standing = queries.entry_for(g.actor, entry_id)
    return _paid_page(entry_id, EditHoursForm.for_entry(entry), "hours/shorter.html")


@bp.post("/<int:entry_id>/shorter")
@allow(Role.COORDINATOR)
def save_shorter(entry_id: int) -> Any:
    """Ask the orderer for the right hours only."""
    form = EditHoursForm()
    if form.attempt(lambda: service_corrections.bill_less(g.actor, entry_id, form.to_command())):
        flash(_("Noted. The orderer is asked for the right hours only; what was paid stays with the worker."), "good")
        return redirect(url_for(".show", entry_id=entry_id))
    return _paid_page(entry_id, form, "hours/shorter.html"), 422


def _paid_page(entry_id: int, form: EditHoursForm, template: str) -> str:
    entry, standing = queries.entry_for(g.actor, entry_id)
    return render_template(template, form=form, entry=_view(entry, standing))


@bp.post("/<int:entry_id>/withdraw")
@allow(*LOGGERS)
def withdraw(entry_id: int) -> Any:
    """Take a correction of paid hours back."""
    form = ActionForm()
    if form.attempt(lambda: service_corrections.withdraw(g.actor, entry_id)):
        if form.result:
            flash(_("The correction is taken back. What was paid stays as it is."), "good")
        return redirect(url_for(".show", entry_id=entry_id))
    return _entry_page(entry_id, DisputeForm(), refused=form), 409


@bp.post("/<int:entry_id>/confirm")
@allow(Role.ORDERER, Role.COORDINATOR)
def confirm(entry_id: int) -> Any:
    """Confirm one person's hours."""
    form = ActionForm()
    if form.attempt(lambda: service.confirm_hours(g.actor, entry_id)):
        return redirect(url_for(".show", entry_id=entry_id))
    return _entry_page(entry_id, DisputeForm(), refused=form), 409


@bp.post("/<int:entry_id>/dispute")
@allow(Role.ORDERER)
def dispute(entry_id: int) -> Any:
    """Say that the hours are not right."""
    form = DisputeForm()
    if form.attempt(lambda: service.dispute_hours(g.actor, entry_id, form.to_command())):
        flash(_("Thank you. The coordinator looks into it and is in touch."), "good")
        return redirect(url_for(".show", entry_id=entry_id))
    return _entry_page(entry_id, form), 422


def _entry_page(entry_id: int, form: DisputeForm, refused: ActionForm | None = None) -> str:
    entry, standing = queries.entry_for(g.actor, entry_id)
    return render_template(
        "hours/show.html",
        form=form,
        refused=refused,
        entry=_view(entry, standing),
        others=[presenting.entry_row(row) for row in queries.rows_of_work(entry.offer_id) if row.id != entry_id],
        changes=presenting.change_rows(queries.changes_of(entry_id), standing),
    )


def _view(entry: TimeEntry, standing: Standing) -> presenting.EntryView:
    seen = whose_earnings_are_seen(g.actor, [entry.worker_id])
    return presenting.entry_view(entry, standing, sees_pay=entry.worker_id in seen)


# The orderer


@bp.get("/to-confirm")
@allow(Role.ORDERER)
def to_confirm() -> str:
    """Hours that wait for the orderer, by gig."""
    gigs = presenting.by_gig(queries.waiting_for_orderer(g.actor))
    return render_template("hours/to_confirm.html", gigs=gigs)


@bp.post("/gigs/<int:gig_id>/confirm")
@allow(Role.ORDERER)
def confirm_gig(gig_id: int) -> Any:
    """Confirm all hours of a gig in one click."""
    form = ActionForm()
    if form.attempt(lambda: service.confirm_gig(g.actor, gig_id)) and form.result:
        flash(_("Thank you. The hours are confirmed."), "good")
    return redirect(url_for("feedback.give", gig_id=gig_id))


@bp.get("/link/<token>")
@public
def by_link(token: str) -> str:
    """The page that a mail's link opens: a gig's hours with buttons to confirm or dispute, without signing in."""
    actor, gig_id = _from_link(token)
    return _link_page(actor, token, gig_id, DisputeForm())


@bp.post("/link/<token>/confirm")
@public
def confirm_by_link(token: str) -> Any:
    """Confirm all hours of the link's gig."""
    actor, gig_id = _from_link(token)
    form = ActionForm()
    if form.attempt(lambda: service.confirm_gig(actor, gig_id)) and form.result:
        flash(_("Thank you. The hours are confirmed."), "good")
    return redirect(url_for(".by_link", token=token))


@bp.post("/link/<token>/dispute/<int:entry_id>")
@public
def dispute_by_link(token: str, entry_id: int) -> Any:
    """Say that one person's hours of the link's gig are not right."""
    actor, gig_id = _from_link(token)
    form = DisputeForm()
    if form.attempt(lambda: service.dispute_hours(actor, entry_id, form.to_command())):
        flash(_("Thank you. The coordinator looks into it and is in touch."), "good")
        return redirect(url_for(".by_link", token=token))
    return _link_page(actor, token, gig_id, form, disputed_id=entry_id), 422


def _from_link(token: str) -> tuple[Actor, int]:
    link = open_link(LinkPurpose.CONFIRM_HOURS, token, clock.now())
    return actor_for(link.user_id), link.subject_id


def _link_page(actor: Actor, token: str, gig_id: int, form: DisputeForm, disputed_id: int | None = None) -> str:
    gig = queries.gig_for_orderer(actor, gig_id)
    entries = queries.entries_of_gig(gig_id)
    return render_template(
        "hours/link.html",
        token=token,
        form=form,
        disputed_id=disputed_id,
        gig=presenting.gig_view(gig),
        entries=[presenting.entry_row(entry) for entry in entries],
        waits=presenting.any_waits(entries),
    )


# The coordinator


@bp.get("/queue")
@allow(Role.COORDINATOR)
def queue() -> str:
    """Hours that need the coordinator: disputed, without times, unanswered for too long; and those still in time."""
    entries = queries.waiting_in_jobcenters(g.actor.jobcenters(Role.COORDINATOR))
    return render_template("hours/queue.html", groups=presenting.queue_groups(entries, clock.now()))


def _way_home() -> str:
    return url_for("gigs.index") if g.actor.has(Role.COORDINATOR) else url_for(".index")

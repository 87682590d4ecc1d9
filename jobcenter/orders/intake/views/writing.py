"""The order form: short pages, kept on the server from the first one on, for anybody with or without an account."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _

from jobcenter.auth import queries as auth
from jobcenter.auth.domain import JobcenterKind, Role
from jobcenter.auth.doors import public
from jobcenter.auth.models import Jobcenter
from jobcenter.core.errors import DomainError, NotFound, describe
from jobcenter.core.forms import ActionForm
from jobcenter.core.uow import unit_of_work
from jobcenter.core.web import id_in
from jobcenter.orders.intake import presenting, presenting_pages, queries, service
from jobcenter.orders.intake.domain import OrderChanged, Part, part_after, part_before
from jobcenter.orders.intake.domain_terms import usual_form
from jobcenter.orders.intake.forms import PartForm, TaskForm
from jobcenter.orders.intake.models import Order
from jobcenter.orders.intake.views import parts

bp = Blueprint("intake", __name__, url_prefix="/order")

SAVE = "save"
ADD_ROW = "add"
REMEMBERED = "order_jobcenter"
REMOVE_ROW = "remove-"


# The first page


@bp.get("")
@public
def new() -> str:
    """Begin an order; unfinished ones are offered first."""
    drafts = queries.drafts_of(g.actor)
    return _first_page(_first_form(), [presenting.order_row(draft) for draft in drafts])


@bp.post("")
@public
def start() -> Any:
    """Keep the first page; from here on the order has an address of its own."""
    form = _first_form()
    if form.attempt(lambda: _start(form)):
        if "jobcenter" in form:
            session[REMEMBERED] = form.jobcenter.data
        return redirect(_next_url(form.form_key.data, Part.TASK))
    return _first_page(form, []), 422


def _first_form() -> TaskForm:
    """The first page; which Jobcenter is asked only where there are several."""
    jobcenters = auth.jobcenters()
    form = TaskForm(data={"jobcenter": _likely_jobcenter(jobcenters)})
    form.jobcenter.offer([(one.id, f"{one.name}, {one.area}") for one in jobcenters])
    if len(jobcenters) == 1 or _for_id() is not None:
        del form.jobcenter
    return form


def _likely_jobcenter(jobcenters: Sequence[Jobcenter]) -> int | None:
    """The Jobcenter that the link names, else the only one where the reader has ordered, else the one chosen last in
    this browser, else one that takes every kind of job; whoever does not know the difference need not choose.
    """
    named = [one.id for one in jobcenters if one.slug == request.args.get("jobcenter")]
    own = g.actor.jobcenters(Role.ORDERER)
    remembered = [one.id for one in jobcenters if one.id == session.get(REMEMBERED)]
    usual = sorted(jobcenters, key=lambda one: one.kind is not JobcenterKind.DISABILITY)
    return next(iter(named or (own if len(own) == 1 else ()) or remembered or [one.id for one in usual]), None)


def _start(form: TaskForm) -> Order:
    jobcenter_id = form.jobcenter.data if "jobcenter" in form else auth.jobcenters()[0].id
    return service.start_draft(g.actor, form.form_key.data, jobcenter_id, form.to_command(), _for_id())


def _for_id() -> int | None:
    """The organisation that a coordinator writes for."""
    return request.args.get("organisation", type=id_in)


def _first_page(form: TaskForm, drafts: list[presenting.OrderRow]) -> str:
    return render_template(
        "orders/task.html",
        form=form,
        action=url_for(".start", organisation=_for_id()),
        drafts=drafts,
        who_comes=presenting_pages.who_comes(auth.jobcenters()) if "jobcenter" in form else {},
        is_draft=False,
        is_edit=False,
        back="",
        saved=[],
    )


# The pages


@bp.get("/<uuid:key>/<any(task, times, place, orderer):name>")
@public
def part(key: UUID, name: str) -> Any:
    """One page of the form, with what is saved or was typed."""
    order = _order(key)
    if order is None or not presenting.editable(order):
        return _sent_before(order)
    return _part_page(order, Part(name), parts.form_of(order, Part(name), g.actor))


@bp.post("/<uuid:key>/<any(task, times, place, orderer):name>")
@public
def save_part(key: UUID, name: str) -> Any:
    """Save the page and go on; or keep it as it is; or give the times another row."""
    order, pressed = _order(key), request.form.get("go", "")
    if order is None or not presenting.editable(order):
        return _sent_before(order)
    if pressed == SAVE and presenting.is_draft(order):
        return _keep(order, Part(name))
    if pressed == ADD_ROW or pressed.startswith(REMOVE_ROW):
        form = parts.times_with_rows(pressed)
        return _part_page(order, Part(name), form)
    form = parts.typed_form(order, Part(name), g.actor)
    if form.attempt(lambda: service.save_part(g.actor, str(key), form.version.data, form.to_command())):
        return redirect(_next_url(str(key), Part(name)))
    return _refused_part(str(key), Part(name), form), 422


def _refused_part(key: str, name: Part, form: PartForm) -> str:
    """The page with what was typed. After somebody else's change it shows theirs, and the next save is a choice."""
    order = queries.order_by_key_for(g.actor, key)
    saved = []
    if isinstance(form.refused_by, OrderChanged):
        form.version.data = order.version
        saved = presenting.part_facts(order, name)
    return _part_page(order, name, form, saved)


def _keep(order: Order, name: Part) -> Any:
    typed = {field: values for field, values in request.form.lists() if field not in parts.NOT_TYPED}
    form = parts.typed_form(order, name, g.actor)
    try:
        with unit_of_work():
            service.keep_typed(g.actor, order.form_key, name, typed)
    except DomainError as error:
        flash(describe(error), "bad")
        return _part_page(queries.order_by_key_for(g.actor, order.form_key), name, form), 422
    return redirect(url_for(".saved", key=order.form_key))


def _part_page(order: Order, name: Part, form: PartForm, saved: list[presenting.Fact] | None = None) -> str:
    return render_template(
        f"orders/{name.value}.html",
        form=form,
        action=url_for(".save_part", key=order.form_key, name=name.value, **parts.kept_arguments()),
        back=_back_url(order, name),
        is_draft=presenting.is_draft(order),
        is_edit=not presenting.is_draft(order),
        drafts=[],
        saved=saved or [],
        **parts.page_values(order, form),
    )


def _back_url(order: Order, name: Part) -> str:
    if not presenting.is_draft(order):
        return url_for("orders.show", order_id=order.id)
    before = part_before(name)
    return url_for(".part", key=order.form_key, name=before.value) if before else ""


def _next_url(key: str, name: Part) -> str:
    """Where a saved page leads: the next part that is not done, the check page, or the sent order."""
    order = queries.order_by_key_for(g.actor, key)
    if not presenting.is_draft(order):
        return url_for("orders.show", order_id=order.id)
    missing = [one for one in Part if one not in queries.done_parts(order)]
    following = part_after(name)
    if following in missing:
        return url_for(".part", key=order.form_key, name=following.value)
    if missing:
        return url_for(".part", key=order.form_key, name=missing[0].value)
    return url_for(".check", key=order.form_key)


# Check, send, what then


@bp.get("/<uuid:key>")
@public
def check(key: UUID) -> Any:
    """The whole order with its estimated price, before it is sent."""
    order = _order(key)
    if order is None or not presenting.is_draft(order):
        return _sent_before(order)
    return _check_page(order, ActionForm())


@bp.post("/<uuid:key>")
@public
def send(key: UUID) -> Any:
    """Send the order."""
    form = ActionForm()
    if form.attempt(lambda: service.submit(g.actor, str(key))):
        return redirect(url_for(".sent", key=key))
    return _check_page(queries.order_by_key_for(g.actor, str(key)), form), 422


@bp.get("/<uuid:key>/sent")
@public
def sent(key: UUID) -> Any:
    """What happens next; without an account: press the button in the mail."""
    order = _order(key)
    if order is None:
        return _sent_before(order)
    if presenting.is_draft(order):
        return redirect(url_for(".check", key=key))
    if not presenting.unsent(order):
        return redirect(url_for("orders.show", order_id=order.id))
    return render_template("orders/sent.html", email=presenting.address_of(order), key=order.form_key)


@bp.get("/<uuid:key>/saved")
@public
def saved(key: UUID) -> Any:
    """A draft was kept; how to come back to it."""
    order = _order(key)
    if order is None or not presenting.is_draft(order):
        return _sent_before(order)
    address = url_for(".check", key=order.form_key, _external=True)
    return render_template("orders/saved.html", key=order.form_key, address=address, is_own=g.actor.is_signed_in)


@bp.post("/<uuid:key>/correct")
@public
def correct(key: UUID) -> Any:
    """Back to writing, before the mailed link was used."""
    form = ActionForm()
    if form.attempt(lambda: service.correct(g.actor, str(key))):
        return redirect(url_for(".check", key=key))
    return redirect(url_for(".sent", key=key))


@bp.post("/<uuid:key>/discard")
@public
def discard(key: UUID) -> Any:
    """Throw a draft away."""
    form = ActionForm()
    if form.attempt(lambda: service.discard(g.actor, str(key))):
        flash(_("The draft was removed."))
    return redirect(url_for(".mine") if g.actor.is_signed_in else url_for(".new"))


def _check_page(order: Order, form: ActionForm) -> str:
    usual = usual_form(auth.jobcenter(order.jobcenter_id).kind)
    return render_template(
        "orders/check.html",
        form=form,
        key=order.form_key,
        parts=presenting.check_parts(order),
        price=presenting.price_facts(queries.estimate_of(order, usual)),
        is_ready=set(queries.done_parts(order)) == set(Part),
        needs_confirmation=not g.actor.is_signed_in,
    )


def _order(key: UUID) -> Order | None:
    """The order at this address; None when it was sent and now belongs to somebody who has to sign in."""
    try:
        return queries.order_by_key_for(g.actor, str(key))
    except NotFound:
        if g.actor.is_signed_in or not queries.key_is_taken(str(key)):
            raise
        return None


def _sent_before(order: Order | None) -> Any:
    """The sent order, for whoever comes back to its form by the back button or an old link."""
    if order is None:
        flash(_("This order has been sent. Sign in to see it."), "info")
        return redirect(url_for("auth.sign_in", next=url_for(".mine")))
    if presenting.unsent(order):
        return redirect(url_for(".sent", key=order.form_key))
    flash(_("This order has been sent already. Here it is as it stands."), "info")
    return redirect(url_for("orders.show", order_id=order.id))

"""Which gigs are for whom: a person's wishes, whom they meet, to which orderers they are not sent. For coordinators."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.core.forms import ActionForm, BaseForm
from jobcenter.matching import presenting_people
from jobcenter.matching.blueprint import bp
from jobcenter.matching.forms_people import AreaForm, PreferencesForm
from jobcenter.matching.ties import queries, service
from jobcenter.matching.ties.forms import BlockForm, FindForm, TieForm
from jobcenter.orders.gigs.queries import order_for_coordinator
from jobcenter.orders.intake import service as orders
from jobcenter.workers.models import Worker
from jobcenter.workers.profiles import service as profiles
from jobcenter.workers.queries import coordinated_worker_for
from jobcenter.workers.queries_candidates import preferences_of
from jobcenter.workers.sides import Side, around


@bp.get("/workers/<int:worker_id>")
@allow(Role.COORDINATOR)
def suits(worker_id: int) -> str:
    """What the rules know of the person beside their profile."""
    worker = coordinated_worker_for(g.actor, worker_id)
    return render_template(
        "matching/suits.html",
        **_around(worker),
        facts=presenting_people.preference_facts(preferences_of(worker)),
        ties=[presenting_people.tie_view(tie) for tie in queries.ties_of(worker)],
        blocks=queries.blocks_of(worker),
    )


@bp.get("/workers/<int:worker_id>/wishes")
@allow(Role.COORDINATOR)
def preferences(worker_id: int) -> str:
    """Change what the person wishes."""
    return _preferences_page(worker_id, PreferencesForm())


@bp.post("/workers/<int:worker_id>/wishes")
@allow(Role.COORDINATOR)
def save_preferences(worker_id: int) -> Any:
    """Save what the person wishes."""
    form = PreferencesForm()
    if form.attempt(lambda: profiles.set_preferences(g.actor, worker_id, form.to_command())):
        flash(_("Saved."), "good")
        return redirect(url_for(".suits", worker_id=worker_id))
    return _preferences_page(worker_id, form), 422


def _preferences_page(worker_id: int, form: PreferencesForm) -> str:
    worker = coordinated_worker_for(g.actor, worker_id)
    form.fill(preferences_of(worker))
    title = _("Wishes of %(name)s", name=worker.name)
    return _form_page(form, title, "", request.path, url_for(".suits", worker_id=worker_id))


# Ties


@bp.get("/workers/<int:worker_id>/ties/new")
@allow(Role.COORDINATOR)
def new_tie(worker_id: int) -> str:
    """With whom, and how the two stand."""
    worker = coordinated_worker_for(g.actor, worker_id)
    find = FindForm(formdata=request.args)
    return _tie_page(worker, find, _tie_form(worker, find.words if request.args else ""))


@bp.post("/workers/<int:worker_id>/ties/new")
@allow(Role.COORDINATOR)
def add_tie(worker_id: int) -> Any:
    """Note how two workers stand to each other."""
    find = FindForm(formdata=request.args)
    form = _tie_form(coordinated_worker_for(g.actor, worker_id), find.words)
    if form.attempt(lambda: service.add_tie(g.actor, worker_id, form.to_command())):
        flash(_("Saved."), "good")
        return redirect(url_for(".suits", worker_id=worker_id))
    return _tie_page(coordinated_worker_for(g.actor, worker_id), find, form), 422


def _tie_form(worker: Worker, words: str) -> TieForm:
    form = TieForm()
    form.other_id.offer(queries.others_named(worker, words) if words else ())
    return form


def _tie_page(worker: Worker, find: FindForm, form: TieForm) -> str:
    title = _("Whom %(name)s meets at gigs", name=worker.name)
    return _finding_page(worker, title, find, form, "matching.new_tie", bool(form.other_id.options))


@bp.post("/workers/<int:worker_id>/ties/<int:tie_id>/remove")
@allow(Role.COORDINATOR)
def remove_tie(worker_id: int, tie_id: int) -> Any:
    """The tie holds no longer."""
    form = ActionForm()
    if form.attempt(lambda: service.remove_tie(g.actor, worker_id, tie_id)):
        flash(_("Removed."), "good")
    return redirect(url_for(".suits", worker_id=worker_id))


# Orderers to whom somebody is not sent


@bp.get("/workers/<int:worker_id>/blocks/new")
@allow(Role.COORDINATOR)
def new_block(worker_id: int) -> str:
    """To which orderer the person is not sent, and why."""
    worker = coordinated_worker_for(g.actor, worker_id)
    find = FindForm(formdata=request.args)
    return _block_page(worker, find, _block_form(worker, find.words if request.args else ""))


@bp.post("/workers/<int:worker_id>/blocks/new")
@allow(Role.COORDINATOR)
def add_block(worker_id: int) -> Any:
    """Note that the person is not sent to an orderer."""
    find = FindForm(formdata=request.args)
    form = _block_form(coordinated_worker_for(g.actor, worker_id), find.words)
    if form.attempt(lambda: service.add_block(g.actor, worker_id, form.to_command())):
        flash(_("Saved. The orderer is not told."), "good")
        return redirect(url_for(".suits", worker_id=worker_id))
    return _block_page(coordinated_worker_for(g.actor, worker_id), find, form), 422


def _block_form(worker: Worker, words: str) -> BlockForm:
    form = BlockForm()
    form.organisation_id.offer(queries.orderers_named(worker, words) if words else ())
    return form


def _block_page(worker: Worker, find: FindForm, form: BlockForm) -> str:
    title = _("An orderer to whom %(name)s is not sent", name=worker.name)
    return _finding_page(worker, title, find, form, "matching.new_block", bool(form.organisation_id.options))


@bp.post("/workers/<int:worker_id>/blocks/<int:block_id>/remove")
@allow(Role.COORDINATOR)
def remove_block(worker_id: int, block_id: int) -> Any:
    """The person can be sent there again."""
    form = ActionForm()
    if form.attempt(lambda: service.remove_block(g.actor, worker_id, block_id)):
        flash(_("Removed."), "good")
    return redirect(url_for(".suits", worker_id=worker_id))


# Where a place is


@bp.get("/orders/<int:order_id>/area")
@allow(Role.COORDINATOR)
def area(order_id: int) -> str:
    """In which area an order's place is."""
    return _area_page(order_id, AreaForm(data={"area": order_for_coordinator(g.actor, order_id).area}))


@bp.post("/orders/<int:order_id>/area")
@allow(Role.COORDINATOR)
def save_area(order_id: int) -> Any:
    """Say in which area an order's place is."""
    form = AreaForm()
    if form.attempt(lambda: orders.set_area(g.actor, order_id, form.area.data or "")):
        flash(_("Saved."), "good")
        return redirect(url_for("orders.show", order_id=order_id))
    return _area_page(order_id, form), 422


def _area_page(order_id: int, form: AreaForm) -> str:
    order = order_for_coordinator(g.actor, order_id)
    lead = _("People who wish to work in the area are found first. The orderer does not see this.")
    back = url_for("orders.show", order_id=order_id)
    return _form_page(
        form, _("Area of the place"), f"{order.title}: {lead}" if order.title else lead, request.path, back
    )


# Parts of pages


def _around(worker: Worker) -> dict[str, Any]:
    return around(g.actor, worker, Side.OFFICE, "matching.suits")


def _form_page(form: BaseForm, title: str, lead: str, action: str, back: str) -> str:
    return render_template("matching/form.html", form=form, title=title, lead=lead, action=action, back=back)


def _finding_page(worker: Worker, title: str, find: FindForm, form: BaseForm, endpoint: str, found: bool) -> str:
    searched = bool(request.args)
    return render_template(
        "matching/find.html",
        title=title,
        find=find,
        form=form,
        here=url_for(endpoint, worker_id=worker.id),
        action=url_for(endpoint, worker_id=worker.id, q=find.q.data or ""),
        back=url_for(".suits", worker_id=worker.id),
        found=found,
        nobody=searched and not found and not find.errors,
    )

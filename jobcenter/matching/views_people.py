"""Which gigs are for whom: a person's wishes, whom they meet, to which orderers they are not sent. For coordinators."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
        elsewhere=queries.noted_elsewhere(worker),
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


# Other people, and orderers to whom somebody is not sent: found by name, then noted with a reason


@dataclass(frozen=True)
class Noting:
    """What a coordinator notes about a person and somebody found by name: the page, the form and the verb."""

    title: Callable[[str], str]
    form: type[TieForm | BlockForm]
    found: Callable[[Worker, str], Sequence[tuple[int, str]]]
    add: Callable[..., None]
    done: Callable[[], str]


NOTINGS = {
    "ties": Noting(
        title=lambda name: _("Whom %(name)s meets at gigs", name=name),
        form=TieForm,
        found=queries.others_named,
        add=service.add_tie,
        done=lambda: _("Saved."),
    ),
    "blocks": Noting(
        title=lambda name: _("An orderer to whom %(name)s is not sent", name=name),
        form=BlockForm,
        found=queries.orderers_named,
        add=service.add_block,
        done=lambda: _("Saved. The orderer is not told."),
    ),
}


@bp.get("/workers/<int:worker_id>/<any(ties, blocks):what>/new")
@allow(Role.COORDINATOR)
def note(worker_id: int, what: str) -> str:
    """With whom, or to which orderer not; and why."""
    find, form = _noting_forms(worker_id, what)
    return _noting_page(worker_id, what, find, form)


@bp.post("/workers/<int:worker_id>/<any(ties, blocks):what>/new")
@allow(Role.COORDINATOR)
def save_note(worker_id: int, what: str) -> Any:
    """Note it."""
    find, form = _noting_forms(worker_id, what)
    if form.attempt(lambda: NOTINGS[what].add(g.actor, worker_id, form.to_command())):
        flash(NOTINGS[what].done(), "good")
        return redirect(url_for(".suits", worker_id=worker_id))
    return _noting_page(worker_id, what, find, form), 422


def _noting_forms(worker_id: int, what: str) -> tuple[FindForm, TieForm | BlockForm]:
    """The search, and the form with those whom it has found."""
    find, form = FindForm(formdata=request.args), NOTINGS[what].form()
    worker, words = coordinated_worker_for(g.actor, worker_id), find.words if request.args else ""
    form.who.offer(NOTINGS[what].found(worker, words) if words else ())
    return find, form


def _noting_page(worker_id: int, what: str, find: FindForm, form: TieForm | BlockForm) -> str:
    worker, found = coordinated_worker_for(g.actor, worker_id), bool(form.who.options)
    return render_template(
        "matching/find.html",
        title=NOTINGS[what].title(worker.name),
        find=find,
        form=form,
        here=url_for(".note", worker_id=worker_id, what=what),
        action=url_for(".save_note", worker_id=worker_id, what=what, q=find.q.data or ""),
        back=url_for(".suits", worker_id=worker_id),
        found=found,
        nobody=bool(request.args) and not found and not find.errors,
    )


@bp.post("/workers/<int:worker_id>/ties/<int:tie_id>/remove")
@allow(Role.COORDINATOR)
def remove_tie(worker_id: int, tie_id: int) -> Any:
    """The tie holds no longer."""
    return _removed(worker_id, lambda: service.remove_tie(g.actor, worker_id, tie_id))


@bp.post("/workers/<int:worker_id>/blocks/<int:block_id>/remove")
@allow(Role.COORDINATOR)
def remove_block(worker_id: int, block_id: int) -> Any:
    """The person can be sent there again."""
    return _removed(worker_id, lambda: service.remove_block(g.actor, worker_id, block_id))


def _removed(worker_id: int, remove: Callable[[], None]) -> Any:
    if ActionForm().attempt(remove):
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

"""The worker's own pages, the support person's people, the guardian's person."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from jobcenter.auth import queries as auth
from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.core import audit, clock
from jobcenter.core.errors import NotFound
from jobcenter.workers import policy, queries
from jobcenter.workers.domain import ConsentPurpose, Wishes
from jobcenter.workers.held.presenting import BENEFIT_FIELDS, asked_facts, benefit_cards
from jobcenter.workers.held.queries import benefits_of
from jobcenter.workers.models import Worker
from jobcenter.workers.people import service
from jobcenter.workers.people.forms import (
    AreasForm,
    CannotForm,
    ContractsForm,
    HoursForm,
    LanguageForm,
    OverLimitForm,
    PractiseForm,
    TasksForm,
    TimesForm,
    ToldForm,
    WishForm,
)
from jobcenter.workers.people.messages import LEADS, LEADS_OF, TITLES, TITLES_OF
from jobcenter.workers.people.presenting import own_things, report_things, wish_things
from jobcenter.workers.sides import Side, around

bp = Blueprint("people", __name__)

FORMS: dict[str, type[WishForm]] = {
    "tasks": TasksForm,
    "limits": CannotForm,
    "hours": HoursForm,
    "times": TimesForm,
    "areas": AreasForm,
    "practise": PractiseForm,
    "contracts": ContractsForm,
    "over": OverLimitForm,
    "language": LanguageForm,
    "told": ToldForm,
}


@bp.get("/me")
@allow(Role.WORKER)
def me() -> str:
    """The own page; of somebody with a place in several Jobcenters, a choice of them first."""
    workers = queries.worker_of(g.actor)
    if len(workers) == 1:
        return _person_page(workers[0])
    names = {jobcenter.id: jobcenter.name for jobcenter in auth.jobcenters_of(g.actor)}
    choices = [(names.get(worker.jobcenter_id, worker.name), worker.id) for worker in workers]
    return render_template("workers/me_choice.html", choices=choices)


@bp.get("/people/<int:worker_id>")
@allow(Role.WORKER, Role.SUPPORT)
def person(worker_id: int) -> str:
    return _person_page(queries.own_or_supported_worker_for(g.actor, worker_id))


def _person_page(worker: Worker) -> str:
    consents = queries.consents_of([worker.id])[worker.id]
    own = policy.is_own(g.actor, worker)
    return render_template(
        "workers/person.html",
        **around(g.actor, worker, Side.PERSON, "people.person"),
        groups=[
            (_("Gigs for me") if own else _("Gigs"), wish_things(worker, is_own=own)),
            (_("About me") if own else _("About the person"), own_things(worker, consents, is_own=own)),
            (_("What I have done") if own else _("Gigs done"), report_things(worker, is_own=own)),
        ],
    )


@bp.get("/people/<int:worker_id>/wishes/<slug>")
@allow(Role.WORKER, Role.SUPPORT)
def wish(worker_id: int, slug: str) -> str:
    form = _form(slug)
    worker = queries.own_or_supported_worker_for(g.actor, worker_id)
    form.fill(Wishes(**{name: getattr(worker, name) for name in Wishes.__annotations__}))
    return _wish_page(worker, slug, form)


@bp.post("/people/<int:worker_id>/wishes/<slug>")
@allow(Role.WORKER, Role.SUPPORT)
def save_wish(worker_id: int, slug: str) -> Any:
    form = _form(slug)
    if form.attempt(lambda: service.change_wishes(g.actor, worker_id, form.to_command())):
        flash(_("Saved."))
        return redirect(url_for(".person", worker_id=worker_id))
    return _wish_page(queries.own_or_supported_worker_for(g.actor, worker_id), slug, form), 422


def _form(slug: str) -> WishForm:
    if slug not in FORMS:
        raise NotFound
    return FORMS[slug]()


def _wish_page(worker: Worker, slug: str, form: WishForm) -> str:
    page = around(g.actor, worker, Side.PERSON)
    own = policy.is_own(g.actor, worker)
    if not own:
        form.ask_of_another()
    title, lead = (TITLES[slug], LEADS[slug]) if own else (TITLES_OF[slug], LEADS_OF[slug])
    return render_template("workers/wish.html", **page, form=form, slug=slug, title=str(title), lead=str(lead))


@bp.get("/people")
@allow(Role.SUPPORT)
def supported() -> str:
    workers = queries.workers_supported_by(g.actor)
    return render_template("workers/supported.html", workers=workers)


@bp.get("/wards")
@allow(Role.GUARDIAN)
def wards() -> str:
    return render_template("workers/wards.html", workers=queries.wards_of(g.actor))


@bp.get("/wards/<int:worker_id>")
@allow(Role.GUARDIAN)
def ward(worker_id: int) -> str:
    worker = queries.ward_for(g.actor, worker_id)
    audit.note_read(g.actor, "worker", worker.id, BENEFIT_FIELDS, worker.jobcenter_id)
    return render_template(
        "workers/ward.html",
        worker_id=worker.id,
        name=worker.name,
        jobcenter=auth.jobcenter(worker.jobcenter_id),
        asked=asked_facts(worker),
        cards=benefit_cards(benefits_of(worker), clock.today()),
        has_statements=queries.consent_in_force(worker.id, ConsentPurpose.INCOME_AND_DEBT_STATEMENT) is not None,
    )

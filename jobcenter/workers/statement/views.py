"""The statement's pages: for the person, a support person with them, a coordinator; guardians read what is done."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _

from jobcenter.auth import queries as auth
from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.core import audit, clock, texts
from jobcenter.core.forms import ActionForm
from jobcenter.core.paging import part
from jobcenter.documents.rendering import render
from jobcenter.workers.consents.forms import on_screen
from jobcenter.workers.consents.messages import MEANINGS
from jobcenter.workers.forms import AskingForm
from jobcenter.workers.held.queries import worker_with_benefits_for
from jobcenter.workers.models import Worker
from jobcenter.workers.policy import is_own
from jobcenter.workers.sides import OFFICE, PERSON, Side, around
from jobcenter.workers.statement import queries, service
from jobcenter.workers.statement.domain import Step, Stop, Topic, Way
from jobcenter.workers.statement.forms import StartForm
from jobcenter.workers.statement.pages import PAGES, Asking
from jobcenter.workers.statement.papers import paper_of
from jobcenter.workers.statement.presenting import (
    STATEMENT_FIELDS,
    lead_of,
    lines_of,
    made_facts,
    named_in,
    open_questions,
    parts_of,
    steps_of,
    title_of,
)
from jobcenter.workers.statement.queries import PURPOSE

bp = Blueprint("statement", __name__)

TAB = "statement.show"


@bp.get("/workers/<int:worker_id>/statement", defaults=OFFICE)
@bp.get("/people/<int:worker_id>/statement", defaults=PERSON)
@allow(Role.COORDINATOR, Role.WORKER, Role.SUPPORT)
def show(worker_id: int, side: Side) -> str:
    return _front_page(worker_id, side, StartForm())


@bp.post("/workers/<int:worker_id>/statement/start", defaults=OFFICE)
@bp.post("/people/<int:worker_id>/statement/start", defaults=PERSON)
@allow(Role.COORDINATOR, Role.WORKER, Role.SUPPORT)
def start(worker_id: int, side: Side) -> Any:
    """With a consent in force a button is enough; else the person ticks it first."""
    worker = worker_with_benefits_for(g.actor, worker_id)
    needs_consent = is_own(g.actor, worker) and queries.consent_of(worker) is None
    form = StartForm() if needs_consent else ActionForm()
    agreed = on_screen(PURPOSE) if needs_consent else None
    if form.attempt(lambda: service.start(g.actor, worker_id, agreed)):
        return redirect(url_for(".go_on", worker_id=worker_id, side=side))
    return _front_page(worker_id, side, form), 422


def _front_page(worker_id: int, side: Side, form: StartForm | ActionForm) -> str:
    worker = worker_with_benefits_for(g.actor, worker_id)
    consent, own = queries.consent_of(worker), is_own(g.actor, worker)
    may_read = own or consent is not None
    done_before = queries.done_statements_of(worker) if may_read else []
    audit.note_read(g.actor, "worker", worker.id, ("statements",), worker.jobcenter_id)
    return render_template(
        "statement/show.html",
        **around(g.actor, worker, side, TAB),
        form=form,
        meaning=str(MEANINGS[PURPOSE]),
        parties=named_in(consent),
        has_consent=consent is not None,
        is_own=own,
        has_draft=may_read and queries.draft_of(worker) is not None,
        is_due=bool(done_before) and done_before[0].review_on <= clock.today(),
        lines=lines_of(done_before),
    )


@bp.post("/workers/<int:worker_id>/statement/discard", defaults=OFFICE)
@bp.post("/people/<int:worker_id>/statement/discard", defaults=PERSON)
@allow(Role.COORDINATOR, Role.WORKER, Role.SUPPORT)
def discard(worker_id: int, side: Side) -> Any:
    if ActionForm().attempt(lambda: service.discard(g.actor, worker_id)):
        flash(_("Thrown away. What was in force before stays as it was."))
    return redirect(url_for(".show", worker_id=worker_id, side=side))


@bp.get("/workers/<int:worker_id>/statement/go-on", defaults=OFFICE)
@bp.get("/people/<int:worker_id>/statement/go-on", defaults=PERSON)
@allow(Role.COORDINATOR, Role.WORKER, Role.SUPPORT)
def go_on(worker_id: int, side: Side) -> Any:
    """To the first page that has not been answered."""
    worker = worker_with_benefits_for(g.actor, worker_id)
    way = _way(worker)
    if way is None:
        return redirect(url_for(".show", worker_id=worker_id, side=side))
    return redirect(url_for(".step", worker_id=worker_id, slug=way.open.slug, side=side))


@bp.get("/workers/<int:worker_id>/statement/<slug>", defaults=OFFICE)
@bp.get("/people/<int:worker_id>/statement/<slug>", defaults=PERSON)
@allow(Role.COORDINATOR, Role.WORKER, Role.SUPPORT)
def step(worker_id: int, slug: str, side: Side) -> Any:
    worker = worker_with_benefits_for(g.actor, worker_id)
    way = _way(worker)
    if way is None:
        return redirect(url_for(".show", worker_id=worker_id, side=side))
    stop = way.at(slug)
    form = PAGES[stop.topic].form(stop)
    PAGES[stop.topic].fill(form, Asking(stop, way.told, worker))
    return _step_page(worker, side, way, stop, form)


@bp.post("/workers/<int:worker_id>/statement/<slug>", defaults=OFFICE)
@bp.post("/people/<int:worker_id>/statement/<slug>", defaults=PERSON)
@allow(Role.COORDINATOR, Role.WORKER, Role.SUPPORT)
def answer(worker_id: int, slug: str, side: Side) -> Any:
    worker = worker_with_benefits_for(g.actor, worker_id)
    way = _way(worker)
    if way is None:
        return redirect(url_for(".show", worker_id=worker_id, side=side))
    stop = way.at(slug)
    form = PAGES[stop.topic].form(stop)
    if form.attempt(lambda: PAGES[stop.topic].tell(g.actor, worker_id, stop, form)):
        return redirect(_onwards(worker_id, side, stop, form.result))
    return _step_page(worker_with_benefits_for(g.actor, worker_id), side, way, stop, form), 422


def _way(worker: Worker) -> Way | None:
    """The pages of the statement being gone through; None without one, or without the consent that it rests on."""
    if queries.consent_of(worker) is None:
        return None
    statement = queries.draft_of(worker)
    return queries.way_through(worker, statement, clock.today()) if statement else None


def _onwards(worker_id: int, side: Side, stop: Stop, result: Any) -> str:
    """To the page after the one that was answered; after the last, to the done statement (`result` is its id)."""
    ids = {"worker_id": worker_id, "side": side}
    if stop.topic is Topic.CHECK:
        flash(_("Done. The limits and coming gigs are looked at again."))
        return url_for(".done", **ids, statement_id=result)
    way = _way(worker_with_benefits_for(g.actor, worker_id))
    return url_for(".step", **ids, slug=way.after(way.at(stop.slug)).slug) if way else url_for(".show", **ids)


def _step_page(worker: Worker, side: Side, way: Way, stop: Stop, form: Any) -> str:
    audit.note_read(g.actor, "worker", worker.id, STATEMENT_FIELDS, worker.jobcenter_id)
    ids = {"worker_id": worker.id, "side": side}
    before = way.before(stop)
    back = url_for(".step", **ids, slug=before.slug) if before else url_for(".show", **ids)
    steps, name = list(Step), _spoken_of(worker)
    if name and isinstance(form, AskingForm):
        form.say_of(name)
    return render_template(
        PAGES[stop.topic].template,
        **around(g.actor, worker, side, TAB) | {"back": back, "tabs": [], "for_name": _beside(worker)},
        **PAGES[stop.topic].shows(Asking(stop, way.told, worker, name)),
        form=form,
        action=url_for(".answer", **ids, slug=stop.slug),
        title=title_of(stop, name),
        lead=lead_of(stop, name),
        steps=steps_of(way, stop),
        step_number=steps.index(stop.step) + 1,
        steps_in_all=len(steps),
    )


@bp.get("/statements/to-review")
@allow(Role.COORDINATOR)
def to_review() -> str:
    """Whose statement a coordinator should go through again now."""
    piece = part(request.args)
    today = clock.today()
    workers = queries.workers_to_review(g.actor, today, limit=piece.limit, offset=piece.offset)
    total = queries.number_to_review(g.actor, today)
    return render_template("statement/to_review.html", workers=workers, pages=piece.pages(total, ".to_review"))


def _beside(worker: Worker) -> str:
    """With whom the page is gone through; "" when the person is alone."""
    return "" if is_own(g.actor, worker) else worker.name


def _spoken_of(worker: Worker) -> str:
    """By what name the pages speak of the person; "" to the person."""
    return "" if is_own(g.actor, worker) else worker.given_name


# Done statements


@bp.get("/workers/<int:worker_id>/statements/<int:statement_id>", defaults=OFFICE)
@bp.get("/people/<int:worker_id>/statements/<int:statement_id>", defaults=PERSON)
@allow(Role.COORDINATOR, Role.WORKER, Role.SUPPORT)
def done(worker_id: int, statement_id: int, side: Side) -> str:
    worker = queries.worker_to_read_for(g.actor, worker_id)
    page = around(g.actor, worker, side, TAB) | {"back": url_for(".show", worker_id=worker_id, side=side)}
    return _done_page(worker, statement_id, **page)


@bp.get("/people/<int:worker_id>/statements/<int:statement_id>.pdf")
@allow(Role.COORDINATOR, Role.WORKER, Role.SUPPORT, Role.GUARDIAN)
def paper(worker_id: int, statement_id: int) -> Any:
    worker = queries.worker_to_read_for(g.actor, worker_id)
    statement = queries.statement_of(worker, statement_id)
    audit.note_read(g.actor, "worker", worker.id, STATEMENT_FIELDS, worker.jobcenter_id)
    with texts.in_language(worker.language):
        told, consent = queries.told_in(statement), queries.consent_behind(statement)
        document = paper_of(statement, told, worker, auth.jobcenter(worker.jobcenter_id), consent)
    return send_file(BytesIO(render(document)), "application/pdf", download_name=f"statement-{statement.id}.pdf")


@bp.get("/wards/<int:worker_id>/statements")
@allow(Role.GUARDIAN)
def of_ward(worker_id: int) -> str:
    worker = queries.worker_to_read_for(g.actor, worker_id)
    audit.note_read(g.actor, "worker", worker.id, ("statements",), worker.jobcenter_id)
    lines = lines_of(queries.done_statements_of(worker))
    return render_template("statement/of_ward.html", worker_id=worker.id, name=worker.name, lines=lines)


@bp.get("/wards/<int:worker_id>/statements/<int:statement_id>")
@allow(Role.GUARDIAN)
def done_of_ward(worker_id: int, statement_id: int) -> str:
    worker = queries.worker_to_read_for(g.actor, worker_id)
    frame = {"back": url_for(".of_ward", worker_id=worker_id), "tabs": [], "for_name": "", "name": worker.name}
    return _done_page(worker, statement_id, **frame)


def _done_page(worker: Worker, statement_id: int, **frame: Any) -> str:
    statement = queries.statement_of(worker, statement_id)
    audit.note_read(g.actor, "worker", worker.id, STATEMENT_FIELDS, worker.jobcenter_id)
    told = queries.told_in(statement)
    return render_template(
        "statement/done.html",
        **frame,
        title=_("Income and debt statement, %(day)s", day=texts.day(clock.day_of(statement.done_at))),
        made=made_facts(statement, worker.name, queries.consent_behind(statement)),
        paper_url=url_for(".paper", worker_id=worker.id, statement_id=statement.id),
        parts=parts_of(told, _spoken_of(worker)),
        questions=open_questions(told, _spoken_of(worker)),
    )

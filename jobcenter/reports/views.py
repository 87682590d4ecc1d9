"""Certificates, CV, feedback of one worker; the figures of a period."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from jobcenter.auth import queries as auth
from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.core import clock, texts
from jobcenter.core.errors import DomainError, NotFound
from jobcenter.core.forms import ActionForm
from jobcenter.documents.rendering import render
from jobcenter.orders.feedback.presenting import feedback_rows
from jobcenter.orders.feedback.queries import feedback_to
from jobcenter.reports import papers, queries, service
from jobcenter.reports.domain import Period, Statistics, year_so_far
from jobcenter.reports.forms import IntroductionForm, OwnLineForm, PeriodForm
from jobcenter.reports.presenting import (
    SupportTables,
    column_names,
    cv_rows,
    field_rows,
    figure_row,
    jobcenter_rows,
    statistics_csv,
    support_column_names,
    support_tables,
)
from jobcenter.workers.cv import service as cv_service
from jobcenter.workers.domain import CvLineKind
from jobcenter.workers.messages import TASKS
from jobcenter.workers.models import Worker
from jobcenter.workers.policy import can_coordinate, is_own
from jobcenter.workers.queries import own_or_supported_worker_for, worker_for
from jobcenter.workers.sides import Side, around

bp = Blueprint("reports", __name__)

PERSONS = (Role.WORKER, Role.SUPPORT)
READERS = (*PERSONS, Role.COORDINATOR)


def _frame(worker: Worker) -> dict[str, object]:
    office = can_coordinate(g.actor, worker) and not is_own(g.actor, worker)
    return around(g.actor, worker, Side.OFFICE if office else Side.PERSON)


def _pdf(content: bytes, filename: str) -> Response:
    headers = {"Content-Disposition": f'inline; filename="{filename}"'}
    return Response(content, mimetype="application/pdf", headers=headers)


# Certificates


@bp.get("/people/<int:worker_id>/certificates")
@allow(*READERS)
def certificates(worker_id: int) -> str:
    worker = worker_for(g.actor, worker_id)
    rows = queries.done_gigs(worker)
    return render_template("reports/certificates.html", **_frame(worker), rows=rows, tasks=TASKS)


@bp.get("/certificates/<int:entry_id>.pdf")
@allow(*READERS)
def certificate(entry_id: int) -> Response:
    done, worker = queries.done_gig_for(g.actor, entry_id)
    with texts.in_language(worker.language):
        document = papers.certificate(done, worker, auth.jobcenter(worker.jobcenter_id))
    return _pdf(render(document), f"certificate-{done.number}.pdf")


# CV


@bp.get("/people/<int:worker_id>/cv")
@allow(*READERS)
def cv(worker_id: int) -> str:
    worker = worker_for(g.actor, worker_id)
    return _cv_page(worker, IntroductionForm(introduction=worker.cv_introduction), OwnLineForm())


def _cv_page(worker: Worker, introduction: IntroductionForm, own_line: OwnLineForm) -> str:
    page = _frame(worker)
    return render_template(
        "reports/cv.html",
        **page,
        rows=cv_rows(queries.cv_of(worker)),
        introduction=introduction,
        own_line=own_line,
        text=worker.cv_introduction,
        can_edit=not page["is_office"],
    )


@bp.get("/people/<int:worker_id>/cv.pdf")
@allow(*READERS)
def cv_pdf(worker_id: int) -> Response:
    worker = worker_for(g.actor, worker_id)
    with texts.in_language(worker.language):
        document = papers.cv(worker, queries.cv_of(worker), clock.today())
    return _pdf(render(document), f"cv-{worker.id}.pdf")


@bp.post("/people/<int:worker_id>/cv/introduction")
@allow(*PERSONS)
def introduce(worker_id: int) -> Any:
    form = IntroductionForm()
    if form.attempt(lambda: cv_service.introduce(g.actor, worker_id, form.introduction.data)):
        flash(_("Saved."))
        return redirect(url_for(".cv", worker_id=worker_id))
    return _cv_page(own_or_supported_worker_for(g.actor, worker_id), form, OwnLineForm(formdata=None)), 422


@bp.post("/people/<int:worker_id>/cv/own")
@allow(*PERSONS)
def add_own_line(worker_id: int) -> Any:
    form = OwnLineForm()
    if form.attempt(lambda: cv_service.add_own_line(g.actor, worker_id, form.text.data, form.form_key.data)):
        flash(_("Saved."))
        return redirect(url_for(".cv", worker_id=worker_id))
    worker = own_or_supported_worker_for(g.actor, worker_id)
    introduction = IntroductionForm(formdata=None, introduction=worker.cv_introduction)
    return _cv_page(worker, introduction, form), 422


@bp.post("/people/<int:worker_id>/cv/own/<key>/remove")
@allow(*PERSONS)
def remove_own_line(worker_id: int, key: str) -> Any:
    if ActionForm().attempt(lambda: cv_service.remove_own_line(g.actor, worker_id, key)):
        flash(_("Removed."))
    return redirect(url_for(".cv", worker_id=worker_id))


@bp.post("/people/<int:worker_id>/cv/lines/<kind>/<key>/show", defaults={"shown": True})
@bp.post("/people/<int:worker_id>/cv/lines/<kind>/<key>/hide", defaults={"shown": False})
@allow(*PERSONS)
def set_shown(worker_id: int, kind: str, key: str, shown: bool) -> Any:
    wanted = _line_kind(kind)
    if ActionForm().attempt(lambda: service.set_shown(g.actor, worker_id, wanted, key, shown)):
        flash(_("Your CV shows this line.") if shown else _("Your CV does not show this line."))
    return redirect(url_for(".cv", worker_id=worker_id))


def _line_kind(text: str) -> CvLineKind:
    for kind in CvLineKind:
        if kind.value == text:
            return kind
    raise NotFound


@bp.get("/people/<int:worker_id>/feedback")
@allow(*READERS)
def feedback(worker_id: int) -> str:
    worker = worker_for(g.actor, worker_id)
    return render_template("reports/feedback.html", **_frame(worker), rows=feedback_rows(feedback_to([worker.id])))


# Figures


@bp.get("/figures")
@allow(Role.COORDINATOR, Role.ADMIN)
def index() -> Any:
    today = year_so_far(clock.today())
    form = PeriodForm(formdata=request.args or None, first=today.first, last=today.last)
    period = _period(form) if request.args else today
    tables = _tables(period) if period else {}
    return render_template("reports/figures.html", form=form, period=period, **tables), (200 if period else 422)


def _tables(period: Period) -> dict[str, object]:
    found, names = _statistics(period), _names()
    return {
        "columns": column_names(),
        "total": figure_row(_("All"), found.total),
        "fields": field_rows(found),
        "jobcenters": jobcenter_rows(found, names),
        "support_columns": support_column_names(),
        "support": _support(period, names),
    }


@bp.get("/figures.csv")
@allow(Role.COORDINATOR, Role.ADMIN)
def figures_csv() -> Any:
    period = _period(PeriodForm(formdata=request.args))
    if period is None:
        return redirect(url_for(".index", **{name: request.args.get(name) for name in ("first", "last")}))
    names = _names()
    content = "\N{BYTE ORDER MARK}" + statistics_csv(_statistics(period), _support(period, names), names)
    headers = {"Content-Disposition": f'attachment; filename="jobcenter-{period.first}-{period.last}.csv"'}
    return Response(content, mimetype="text/csv", headers=headers)


def _period(form: PeriodForm) -> Period | None:
    """The period asked for; None when it cannot be read, and then the form says why."""
    if not form.validate():
        return None
    try:
        return form.to_command()
    except DomainError as error:
        form.refuse(error)
        return None


def _statistics(period: Period) -> Statistics:
    return queries.statistics(period, g.actor.jobcenters(Role.COORDINATOR, Role.ADMIN))


def _support(period: Period, names: dict[str, str]) -> SupportTables:
    found = queries.support_statistics(period, g.actor.jobcenters(Role.COORDINATOR, Role.ADMIN))
    return support_tables(found, names)


def _names() -> dict[str, str]:
    return {jobcenter.slug: jobcenter.name for jobcenter in auth.jobcenters_of(g.actor)}

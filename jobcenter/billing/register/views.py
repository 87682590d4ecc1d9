"""Pages of the Incomes Register: the calendar of what is due, a day of payment, a report, the codes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from jobcenter.auth import queries as auth
from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.billing.payruns.queries_enforcement import personal_ids_of
from jobcenter.billing.register import domain, presenting, queries, service
from jobcenter.billing.register.forms import AmendForm, AnswerForm
from jobcenter.core import clock
from jobcenter.core.forms import ActionForm, BaseForm, press
from jobcenter.core.paging import part

bp = Blueprint("register", __name__, url_prefix="/incomes-register")


@bp.get("")
@allow(Role.COORDINATOR)
def index() -> str:
    """The calendar: each day of payment, until when it is to be reported, and what is open."""
    piece = part(request.args)
    rows = queries.days_of(g.actor, limit=piece.limit, offset=piece.offset)
    return render_template(
        "register/index.html",
        rows=[presenting.day_line(row, clock.today()) for row in rows],
        pages=piece.pages(queries.number_of_days(g.actor), ".index"),
    )


@bp.get("/codes")
@allow(Role.COORDINATOR, Role.ADMIN)
def codes() -> str:
    """The register's codes that our reports use, each with its source."""
    back = url_for(".index") if g.actor.has(Role.COORDINATOR) else url_for("pay.index")
    return render_template("register/codes.html", rows=presenting.code_rows(), back=back)


@bp.get("/<int:jobcenter_id>/<day>")
@allow(Role.COORDINATOR)
def day(jobcenter_id: int, day: str) -> str:
    """The reports of one day of payment."""
    return _day_page(jobcenter_id, _day(day), None)


@bp.post("/<int:jobcenter_id>/<day>")
@allow(Role.COORDINATOR)
def deliver(jobcenter_id: int, day: str) -> Any:
    """Hand over what is ready."""
    told, paid_on = _("The files are made. Send each to the Incomes Register, then note its answer."), _day(day)
    return _pressed(jobcenter_id, paid_on, lambda: service.deliver(g.actor, jobcenter_id, paid_on), told)


@bp.post("/<int:jobcenter_id>/<day>/cancellations")
@allow(Role.COORDINATOR)
def cancel(jobcenter_id: int, day: str) -> Any:
    """Hand over what is to be cancelled."""
    told, paid_on = _("The file is made. Send it to the Incomes Register, then note its answer."), _day(day)
    return _pressed(jobcenter_id, paid_on, lambda: service.deliver_cancellations(g.actor, jobcenter_id, paid_on), told)


@bp.get("/deliveries/<int:delivery_id>")
@allow(Role.COORDINATOR)
def file(delivery_id: int) -> Response:
    """The file of a delivery, word for word as it was made."""
    delivery = queries.delivery_for(g.actor, delivery_id)
    headers = {"Content-Disposition": f'attachment; filename="{delivery.reference}.xml"'}
    return Response(delivery.content.encode(), mimetype="application/xml", headers=headers)


@bp.post("/deliveries/<int:delivery_id>/accepted")
@allow(Role.COORDINATOR)
def accept_all(delivery_id: int) -> Any:
    """The register took the whole delivery."""
    delivery = queries.delivery_for(g.actor, delivery_id)
    jobcenter_id, paid_on = delivery.jobcenter_id, delivery.paid_on
    return _pressed(jobcenter_id, paid_on, lambda: service.accept_all(g.actor, delivery_id), _("Noted."))


@bp.post("/reports/<int:report_id>/rejected")
@allow(Role.COORDINATOR)
def reject(report_id: int) -> Any:
    """The register refused one report."""
    form = AnswerForm(prefix=_prefix(report_id))
    return _done(
        report_id, form, lambda: service.note_answer(g.actor, report_id, accepted=False, answer=form.answer.data)
    )


@bp.post("/reports/<int:report_id>/amended")
@allow(Role.COORDINATOR)
def amend(report_id: int) -> Any:
    """Other amounts under the same reference."""
    form = AmendForm(prefix=_prefix(report_id))
    amounts = {"compensation": form.compensation, "withheld": form.withheld}
    return _done(
        report_id,
        form,
        lambda: service.amend(g.actor, report_id, **{name: field.data for name, field in amounts.items()}),
    )


@bp.post("/reports/<int:report_id>/withdrawn")
@allow(Role.COORDINATOR)
def withdraw(report_id: int) -> Any:
    """The payment was not made after all."""
    return _done(report_id, ActionForm(), lambda: service.withdraw(g.actor, report_id))


@bp.post("/reports/<int:report_id>/cancelled")
@allow(Role.COORDINATOR)
def confirm_cancelled(report_id: int) -> Any:
    """The report was cancelled in the register's own service."""
    return _done(report_id, ActionForm(), lambda: service.confirm_cancelled(g.actor, report_id))


def _done(report_id: int, form: BaseForm, verb: Any) -> Any:
    report = queries.report_for(g.actor, report_id)
    jobcenter_id, paid_on = report.jobcenter_id, report.paid_on
    if form.attempt(verb):
        if form.result:
            flash(_("Noted."), "good")
        return redirect(url_for(".day", jobcenter_id=jobcenter_id, day=paid_on.isoformat()))
    return _day_page(jobcenter_id, paid_on, form, report_id), 422


def _pressed(jobcenter_id: int, paid_on: date, action: Callable[[], Any], told: str) -> Any:
    """Answer a button of the page of a day of payment."""
    return press(
        action,
        told=told,
        then=url_for(".day", jobcenter_id=jobcenter_id, day=paid_on.isoformat()),
        refused=lambda form: _day_page(jobcenter_id, paid_on, form),
    )


def _day_page(jobcenter_id: int, paid_on: date, refused: BaseForm | None, refused_id: int | None = None) -> str:
    rows = queries.reports_of_day(g.actor, jobcenter_id, paid_on)
    known = frozenset(personal_ids_of([row.report.worker_id for row in rows]))
    lines = [presenting.report_line(row, known) for row in rows]
    return render_template(
        "register/day.html",
        jobcenter=auth.jobcenter(jobcenter_id),
        paid_on=paid_on,
        due_on=domain.due_on(paid_on),
        reports=lines,
        deliveries=presenting.delivery_lines(queries.deliveries_of_day(jobcenter_id, paid_on), rows),
        can_deliver=any(row.report.status in service.TO_FILE and row.report.worker_id in known for row in rows),
        can_cancel=bool(queries.to_cancel(jobcenter_id, paid_on)),
        forms={line.id: _forms_of(line.id, refused if line.id == refused_id else None) for line in lines},
        refused=refused,
        refused_id=refused_id,
    )


def _forms_of(report_id: int, refused: BaseForm | None) -> dict[str, BaseForm]:
    """The forms of one report, empty; one that was refused says what was typed."""
    made = {
        "answer": AnswerForm(formdata=None, prefix=_prefix(report_id)),
        "amend": AmendForm(formdata=None, prefix=_prefix(report_id)),
    }
    return {name: refused if isinstance(refused, type(form)) else form for name, form in made.items()}


def _prefix(report_id: int) -> str:
    """What the fields of a report's forms begin with: a page has many of them."""
    return f"r{report_id}-"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        abort(404)

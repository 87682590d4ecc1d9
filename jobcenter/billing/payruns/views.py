"""Pages of pay: the coordinator's runs, the worker's own pay."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from jobcenter.auth import queries as auth_queries
from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.billing import sepa
from jobcenter.billing.payruns import (
    domain,
    policy,
    presenting,
    presenting_partner,
    queries,
    queries_partner,
    queries_returns,
    service,
)
from jobcenter.billing.payruns.domain import WAITING, Listed, Payer, PayRunStatus
from jobcenter.billing.payruns.forms import MakeRunForm
from jobcenter.billing.payruns.models import PayItem, PayRun
from jobcenter.billing.payruns.presenting_partner import PartnerNotice
from jobcenter.billing.payruns.presenting_payslip import payslip_of
from jobcenter.billing.payruns.queries_payslip import own_slip_for
from jobcenter.core import clock
from jobcenter.core.errors import NotFound
from jobcenter.core.forms import ActionForm, press
from jobcenter.core.paging import part
from jobcenter.documents.domain import PayslipDocument
from jobcenter.documents.rendering import render
from jobcenter.earnings.rulebook.queries import current_law
from jobcenter.workers.models import Worker
from jobcenter.workers.queries import worker_of

bp = Blueprint("pay", __name__)


@bp.get("/pay-runs")
@allow(Role.COORDINATOR, Role.ADMIN)
def index() -> str:
    """The pay runs of the reader's Jobcenters."""
    piece, today = part(request.args), clock.today()
    rows = queries.runs_of(g.actor, limit=piece.limit, offset=piece.offset)
    return render_template(
        "pay/index.html",
        rows=[presenting.run_row(row) for row in rows],
        pages=piece.pages(queries.number_of_runs(g.actor), ".index"),
        jobcenters=auth_queries.jobcenters_of(g.actor, Role.COORDINATOR),
        today=today,
        last_year=today.year - 1,
        last_month=today.replace(day=1) - domain.ONE_DAY,
    )


@bp.get("/pay-runs/new")
@allow(Role.COORDINATOR)
def choose() -> Any:
    """Which Jobcenter's list is made; whoever coordinates one only is not asked."""
    jobcenters = auth_queries.jobcenters_of(g.actor, Role.COORDINATOR)
    if len(jobcenters) == 1:
        return redirect(url_for(".new", jobcenter_id=jobcenters[0].id))
    return render_template("pay/choose.html", jobcenters=jobcenters)


@bp.get("/pay-runs/new/<int:jobcenter_id>")
@allow(Role.COORDINATOR)
def new(jobcenter_id: int) -> str:
    """What would be paid now, and the pay days to choose from."""
    return _new_page(jobcenter_id, _form(jobcenter_id))


@bp.post("/pay-runs/new/<int:jobcenter_id>")
@allow(Role.COORDINATOR)
def make(jobcenter_id: int) -> Any:
    """Make the list."""
    form = _form(jobcenter_id)
    form.offer_to_wait((row.worker_id, "") for row in queries.waiting_in(jobcenter_id))
    if form.attempt(lambda: service.make_run(g.actor, form.to_command(jobcenter_id))):
        return redirect(url_for(".show", run_id=form.result.id) if form.result else url_for(".index"))
    return _new_page(jobcenter_id, form), 422


def _form(jobcenter_id: int) -> MakeRunForm:
    if not policy.can_manage(g.actor, jobcenter_id):
        raise NotFound
    return MakeRunForm.offering(service.pay_days(jobcenter_id))


def _new_page(jobcenter_id: int, form: MakeRunForm) -> str:
    pay_on = form.pay_on.data or service.pay_days(jobcenter_id)[0]
    listed, workers = service.preview_of_workers(jobcenter_id, pay_on)
    return render_template(
        "pay/new.html",
        form=form,
        pay_on=pay_on,
        jobcenter=auth_queries.jobcenter(jobcenter_id),
        parts=presenting.parts_of_preview(listed, workers, pay_on),
        partner_notices=_notices_of_preview(jobcenter_id, pay_on, listed, workers),
    )


def _notices_of_preview(
    jobcenter_id: int, pay_on: date, listed: Sequence[Listed], workers: Mapping[int, Worker]
) -> tuple[PartnerNotice, ...]:
    names = {each.worker_id: workers[each.worker_id].name for each in listed if each.payer is Payer.PARTNER}
    paid = queries_partner.partner_wages(jobcenter_id, pay_on) if names else []
    wages = [*paid, *presenting_partner.wages_listed(listed, pay_on)]
    return presenting_partner.partner_notices(current_law(), wages, pay_on, names)


@bp.get("/pay-runs/<int:run_id>")
@allow(Role.COORDINATOR, Role.ADMIN)
def show(run_id: int) -> str:
    """One list."""
    return _run_page(run_id, None)


@bp.post("/pay-runs/<int:run_id>/approve")
@allow(Role.COORDINATOR, Role.ADMIN)
def approve(run_id: int) -> Any:
    """A second person lets the list go to the bank."""
    told = _("The list is approved. Its payment file can be taken to the bank.")
    return _pressed(run_id, lambda: service.approve(g.actor, run_id), told)


@bp.post("/pay-runs/<int:run_id>/withdraw")
@allow(Role.COORDINATOR, Role.ADMIN)
def withdraw(run_id: int) -> Any:
    """Take an approval back."""
    told = _("The approval is taken back.")
    return _pressed(run_id, lambda: service.withdraw(g.actor, run_id), told)


@bp.post("/pay-runs/<int:run_id>/file")
@allow(Role.COORDINATOR)
def take_file(run_id: int) -> Any:
    """The payment file for the bank."""
    form = ActionForm()
    if not form.attempt(lambda: service.take_file(g.actor, run_id)):
        return _run_page(run_id, form), 409
    headers = {"Content-Disposition": f'attachment; filename="{form.result.id}.xml"'}
    return Response(sepa.xml_of(form.result), mimetype="application/xml", headers=headers)


@bp.post("/pay-runs/<int:run_id>/paid")
@allow(Role.COORDINATOR)
def mark_paid(run_id: int) -> Any:
    """Note that the money went out."""
    told = _("The list is marked as paid. The workers see it on their own pages.")
    return _pressed(run_id, lambda: service.mark_paid(g.actor, run_id), told)


@bp.post("/pay-runs/<int:run_id>/discard")
@allow(Role.COORDINATOR)
def discard(run_id: int) -> Any:
    """Throw a list away."""
    told = _("The list is thrown away. Its hours wait for the next one.")
    return _pressed(run_id, lambda: service.discard(g.actor, run_id), told, url_for(".index"))


@bp.get("/pay-runs/<int:run_id>/csv")
@allow(Role.COORDINATOR)
def download(run_id: int) -> Response:
    """The list as CSV."""
    run = queries.run_for(g.actor, run_id)
    wages = queries_partner.partner_wages(run.jobcenter_id, run.pay_on)
    notes = presenting_partner.notes_by_worker(current_law(), wages, run.pay_on)
    headers = {"Content-Disposition": f'attachment; filename="{presenting.file_name(run)}"'}
    return Response(presenting.csv_of(run, queries.items_of(run.id), notes), mimetype="text/csv", headers=headers)


def _pressed(run_id: int, action: Callable[[], Any], told: str, then: str = "") -> Any:
    """Answer a button of a list's page, and go on to `then`, or else to the page again."""
    return press(
        action,
        told=told,
        then=then or url_for(".show", run_id=run_id),
        refused=lambda form: _run_page(run_id, form),
    )


def _run_page(run_id: int, refused: ActionForm | None) -> str:
    run = queries.readable_run(g.actor, run_id)
    items = queries.items_of(run.id)
    label, kind = presenting.status_of(run)
    return render_template(
        "pay/show.html",
        run=run,
        jobcenter=auth_queries.jobcenter(run.jobcenter_id),
        parts=presenting.parts_of_items(items),
        partner_notices=_notices_of_run(run, items),
        status_label=label,
        tag_kind=kind,
        repeats=bool(queries_returns.repeated_by(run.id)),
        can=presenting.choices(g.actor, run, clock.today()),
        refused=refused,
    )


def _notices_of_run(run: PayRun, items: Sequence[PayItem]) -> tuple[PartnerNotice, ...]:
    names = {item.worker_id: item.worker_name for item in items if item.payer is Payer.PARTNER}
    if run.status is PayRunStatus.DISCARDED or not names:
        return ()
    wages = queries_partner.partner_wages(run.jobcenter_id, run.pay_on)
    return presenting_partner.partner_notices(current_law(), wages, run.pay_on, names)


@bp.get("/my-pay")
@allow(Role.WORKER)
def mine() -> str:
    """The worker's own pay: what comes when, and what came."""
    workers = worker_of(g.actor)
    ids = [worker.id for worker in workers]
    items = queries.own_items(ids)
    firsts = service.first_pay_days({worker.jobcenter_id for worker in workers})
    days = {worker.id: firsts[worker.jobcenter_id] for worker in workers}
    percent = service.percent_without_card(clock.today())
    listed = [presenting.own_pay(item) for item in items if item.status in WAITING]
    paid = [presenting.own_pay(item) for item in items if item.status is PayRunStatus.PAID]
    paid += [presenting.paid_elsewhere(row) for row in queries.paid_without_list(ids)]
    coming = listed + presenting.coming_pay(workers, days, percent)
    return render_template(
        "pay/mine.html",
        coming=coming,
        needs_card=any(pay.needs_card for pay in coming),
        waiting=queries.unconfirmed_of(ids),
        paid=sorted(paid, key=lambda pay: pay.pay_on, reverse=True),
        accounts=[presenting.masked_iban(worker.iban) for worker in workers],
    )


@bp.get("/my-pay/<int:item_id>")
@allow(Role.WORKER)
def payslip(item_id: int) -> str:
    """The worker's own payslip."""
    return render_template("pay/payslip.html", slip=_slip(item_id), item_id=item_id)


@bp.get("/my-pay/<int:item_id>.pdf")
@allow(Role.WORKER)
def payslip_paper(item_id: int) -> Response:
    """The same on paper."""
    slip = _slip(item_id)
    headers = {"Content-Disposition": f'inline; filename="payslip-{slip.frame.dated.isoformat()}.pdf"'}
    return Response(render(slip), mimetype="application/pdf", headers=headers)


def _slip(item_id: int) -> PayslipDocument:
    slip = own_slip_for(g.actor, item_id)
    return payslip_of(slip, auth_queries.jobcenter(slip.run.jobcenter_id))

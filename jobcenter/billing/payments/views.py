"""Pages of payments: the bank's files and what waits, one payment, the money of an invoice, late invoices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from jobcenter.auth import queries as auth_queries
from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.billing import rules
from jobcenter.billing.invoices.domain import InvoiceKind
from jobcenter.billing.invoices.messages import title_of
from jobcenter.billing.payments import (
    presenting,
    queries,
    queries_claims,
    queries_uses,
    queries_write_offs,
    service,
    service_mistakes,
    service_statements,
)
from jobcenter.billing.payments import service_write_offs as write_offs
from jobcenter.billing.payments.domain import StopReminders
from jobcenter.billing.payments.forms import (
    MatchForm,
    ReceiveForm,
    StatementForm,
    StopForm,
    UseOverForm,
    WriteOffForm,
)
from jobcenter.billing.payments.models import BankStatement, Payment
from jobcenter.core import clock
from jobcenter.core.forms import BaseForm, press
from jobcenter.core.paging import part

bp = Blueprint("payments", __name__, url_prefix="/payments")

READERS = (Role.COORDINATOR, Role.ADMIN)


# The list, and the bank's files


@bp.get("")
@allow(*READERS)
def index() -> str:
    """What waits for somebody to look at it, the bank's files, and the newest payments."""
    return _index_page(_statement_form())


@bp.post("/statements")
@allow(Role.COORDINATOR)
def take_in() -> Any:
    """Take in a bank's file."""
    form = _statement_form()
    if form.attempt(lambda: service_statements.take_in_statement(g.actor, form.jobcenter.data, form.to_command())):
        if form.result:
            _tell(form.result)
        return redirect(url_for(".index"))
    return _index_page(form), 422


def _statement_form() -> StatementForm:
    own = auth_queries.jobcenters_of(g.actor, Role.COORDINATOR)
    return StatementForm.for_jobcenters((jobcenter.id, jobcenter.name) for jobcenter in own)


def _tell(statement: BankStatement) -> None:
    if not statement.added:
        flash(_("The file held no payments that were not known already."), "info")
        return
    told = ngettext("%(num)s payment was added.", "%(num)s payments were added.", statement.added)
    flash(told, "good")


def _index_page(form: StatementForm) -> str:
    piece = part(request.args)
    rows = queries.newest_payments(g.actor, limit=piece.limit, offset=piece.offset)
    return render_template(
        "payments/index.html",
        form=form,
        can_take_in=g.actor.has(Role.COORDINATOR),
        waiting=[presenting.payment_row(payment) for payment in queries.waiting_payments(g.actor)],
        overpaid=presenting.rows_of(queries.overpaid(g.actor)),
        statements=[presenting.statement_row(statement) for statement in queries.newest_statements(g.actor)],
        rows=presenting.rows_of(rows),
        pages=piece.pages(queries.number_of_payments(g.actor), ".index"),
    )


# One payment


@bp.get("/<int:payment_id>")
@allow(*READERS)
def show(payment_id: int) -> str:
    """A payment, and what can be done with it."""
    return _payment_page(payment_id)


@bp.post("/<int:payment_id>/match")
@allow(Role.COORDINATOR)
def match(payment_id: int) -> Any:
    """Say which invoice a payment is for."""
    form = _match_form(queries.payment_for(g.actor, payment_id))
    if form.attempt(lambda: service.match(g.actor, payment_id, form.to_command())):
        if form.result:
            flash(_("The payment is on the invoice now."), "good")
        return redirect(url_for(".show", payment_id=payment_id))
    return _payment_page(payment_id, match=form, refused=form), 422


@bp.post("/<int:payment_id>/send-back")
@allow(Role.COORDINATOR)
def send_back(payment_id: int) -> Any:
    """Note that a payment was returned to whoever paid it."""
    told, then = _("The return of the payment is noted."), url_for(".index")
    return _pressed(payment_id, lambda: service.send_back(g.actor, payment_id), told, then)


@bp.post("/<int:payment_id>/take-back")
@allow(Role.COORDINATOR)
def take_back(payment_id: int) -> Any:
    """Take back a payment that was noted by mistake."""
    told = _("The payment is taken back.")
    return _pressed(payment_id, lambda: service.take_back(g.actor, payment_id), told)


@bp.post("/<int:payment_id>/unmatch")
@allow(Role.COORDINATOR)
def unmatch(payment_id: int) -> Any:
    """Take a payment off an invoice that it is not for."""
    told = _("The payment waits for its invoice again.")
    return _pressed(payment_id, lambda: service.unmatch(g.actor, payment_id), told)


@bp.post("/<int:payment_id>/use")
@allow(Role.COORDINATOR)
def use_over(payment_id: int) -> Any:
    """Return or use what was paid over."""
    form = _use_form(queries.payment_for(g.actor, payment_id))
    if form.attempt(lambda: service.use_over(g.actor, payment_id, form.to_command())):
        if form.result:
            flash(_("It is noted what was done with the money."), "good")
        return redirect(url_for(".show", payment_id=payment_id))
    return _payment_page(payment_id, use=form, refused=form), 422


@bp.post("/<int:payment_id>/keep")
@allow(Role.COORDINATOR)
def keep(payment_id: int) -> Any:
    """A payment was noted as returned by mistake."""
    told = _("The payment waits for its invoice again.")
    return _pressed(payment_id, lambda: service_mistakes.keep(g.actor, payment_id), told)


@bp.post("/uses/<int:use_id>/undo")
@allow(Role.COORDINATOR)
def undo_use(use_id: int) -> Any:
    """It was noted by mistake what was done with money over."""
    payment_id = queries_uses.use_for(g.actor, use_id).payment_id
    told = _("It is taken back: the payer has the money with us again.")
    return _pressed(payment_id, lambda: service_mistakes.undo_use(g.actor, use_id), told)


def _pressed(payment_id: int, action: Callable[[], Any], told: str, then: str = "") -> Any:
    """Answer a button of a payment's page, and go on to `then`, or else to the page again."""
    return press(
        action,
        told=told,
        then=then or url_for(".show", payment_id=payment_id),
        refused=lambda form: _payment_page(payment_id, refused=form),
    )


def _match_form(payment: Payment) -> MatchForm:
    invoices = queries.candidates_for(payment)
    return MatchForm.offering(
        presenting.invoice_choices(invoices, queries.open_amounts([invoice.id for invoice in invoices]))
    )


def _use_form(payment: Payment) -> UseOverForm:
    invoices = queries.other_open_of(payment)
    choices = presenting.invoice_choices(invoices, queries.open_amounts([invoice.id for invoice in invoices]))
    return UseOverForm.offering(choices, payment.over, clock.today())


def _payment_page(
    payment_id: int,
    *,
    match: MatchForm | None = None,
    use: UseOverForm | None = None,
    refused: BaseForm | None = None,
) -> str:
    payment = queries.payment_for(g.actor, payment_id)
    can = presenting.possible_for(g.actor, payment)
    invoice = queries.invoice_for(g.actor, payment.invoice_id) if payment.invoice_id else None
    row = presenting.payment_row(payment, *((invoice.number, invoice.buyer_name) if invoice else ()))
    return render_template(
        "payments/show.html",
        row=row,
        can=can,
        match=match or (_match_form(payment) if can.match else None),
        use=use or (_use_form(payment) if can.use_over else None),
        uses=presenting.use_rows([payment]),
        refused=refused,
    )


# The money of an invoice


@bp.get("/invoices/<int:invoice_id>")
@allow(*READERS)
def invoice(invoice_id: int) -> str:
    """What was paid of an invoice, its reminders, and what its delay costs."""
    return _invoice_page(invoice_id)


@bp.post("/invoices/<int:invoice_id>/receive")
@allow(Role.COORDINATOR)
def receive(invoice_id: int) -> Any:
    """Note a payment by hand."""
    form = ReceiveForm()
    if form.attempt(lambda: service.receive(g.actor, invoice_id, form.to_command())):
        if form.result:
            flash(_("The payment is noted."), "good")
        return redirect(url_for(".invoice", invoice_id=invoice_id))
    return _invoice_page(invoice_id, receive=form, refused=form), 422


@bp.post("/invoices/<int:invoice_id>/stop")
@allow(Role.COORDINATOR)
def stop(invoice_id: int) -> Any:
    """Let the reminders rest."""
    form = StopForm()
    if form.attempt(lambda: service.stop_reminders(g.actor, invoice_id, form.to_command())):
        flash(_("No reminders are sent of this invoice."), "good")
        return redirect(url_for(".invoice", invoice_id=invoice_id))
    return _invoice_page(invoice_id, stop=form, refused=form), 422


@bp.post("/invoices/<int:invoice_id>/go-on")
@allow(Role.COORDINATOR)
def go_on(invoice_id: int) -> Any:
    """Let the reminders go on."""
    on = StopReminders(stopped=False, reason="")
    return _invoice_pressed(
        invoice_id, lambda: service.stop_reminders(g.actor, invoice_id, on), _("Reminders are sent again.")
    )


@bp.post("/invoices/<int:invoice_id>/write-off")
@allow(Role.COORDINATOR)
def write_off(invoice_id: int) -> Any:
    """Propose to give up what is still open."""
    form = WriteOffForm()
    if form.attempt(lambda: write_offs.propose(g.actor, invoice_id, form.to_command())):
        if form.result:
            flash(_("The proposal waits for another person. Nothing is written off before they confirm it."), "good")
        return redirect(url_for(".invoice", invoice_id=invoice_id))
    return _invoice_page(invoice_id, write_off=form, refused=form), 422


@bp.post("/write-offs/<int:proposal_id>/confirm")
@allow(*READERS)
def confirm_write_off(proposal_id: int) -> Any:
    """Give up what another has proposed."""
    return _decided(proposal_id, write_offs.confirm, _("The rest of the invoice is written off."))


@bp.post("/write-offs/<int:proposal_id>/refuse")
@allow(*READERS)
def refuse_write_off(proposal_id: int) -> Any:
    """Say no to what another has proposed."""
    return _decided(proposal_id, write_offs.refuse, _("The invoice stays open."))


@bp.post("/write-offs/<int:proposal_id>/take-back")
@allow(*READERS)
def take_back_write_off(proposal_id: int) -> Any:
    """Take back one's own proposal."""
    return _decided(proposal_id, write_offs.take_back, _("The invoice stays open."))


def _decided(proposal_id: int, verb: Callable[..., Any], done: str) -> Any:
    invoice_id = queries_write_offs.proposal_for(g.actor, proposal_id).invoice_id
    return _invoice_pressed(invoice_id, lambda: verb(g.actor, proposal_id), done)


def _invoice_pressed(invoice_id: int, action: Callable[[], Any], told: str) -> Any:
    """Answer a button of the page of an invoice's money."""
    return press(
        action,
        told=told,
        then=url_for(".invoice", invoice_id=invoice_id),
        refused=lambda form: _invoice_page(invoice_id, refused=form),
    )


@bp.get("/write-offs")
@allow(*READERS)
def to_write_off() -> str:
    """What waits for another person to be written off."""
    return render_template("payments/write_offs.html", rows=presenting.proposals(g.actor))


def _invoice_page(
    invoice_id: int,
    *,
    receive: ReceiveForm | None = None,
    stop: StopForm | None = None,
    write_off: WriteOffForm | None = None,
    refused: BaseForm | None = None,
) -> str:
    invoice = queries.invoice_for(g.actor, invoice_id)
    today = clock.today()
    money = presenting.money_of(g.actor, invoice, today)
    return render_template(
        "payments/invoice.html",
        invoice=invoice,
        invoice_title=title_of(InvoiceKind.INVOICE, invoice.number),
        money=money,
        reminder_days=rules.in_force(rules.rules().reminder_days, today).days_after_due,
        receive=receive or ReceiveForm.asking(money.balance.open, today),
        stop=stop or StopForm(formdata=None),
        write_off=write_off or WriteOffForm(formdata=None),
        refused=refused,
    )


# Late invoices


@bp.get("/late")
@allow(*READERS)
def late() -> str:
    """Invoices past their due day, the oldest first, and what is owed on credited ones."""
    today, jobcenter_ids = clock.today(), g.actor.jobcenters(*READERS)
    rows = queries.overdue_on(today, jobcenter_ids)
    claims = queries_claims.claims_of(jobcenter_ids)
    return render_template("payments/late.html", rows=presenting.late_rows(rows, today), claims=claims)

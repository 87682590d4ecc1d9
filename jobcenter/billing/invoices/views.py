"""Pages of invoices: the coordinator's list, what waits to be billed, one invoice; the orderer's list and link; PDF."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from jobcenter.auth import queries as auth_queries
from jobcenter.auth.domain import LinkPurpose, Role
from jobcenter.auth.doors import allow, public
from jobcenter.billing.card import queries as card_queries
from jobcenter.billing.card import service as cards
from jobcenter.billing.invoices import paper, presenting, queries, queries_waiting, service
from jobcenter.billing.invoices.domain import BillTo, InvoiceStatus, OfMonth, OfOrder, Selection, by_payer
from jobcenter.billing.invoices.forms import (
    CreditForm,
    LinesCreditForm,
    MakeInvoiceForm,
    PaidForm,
    SearchForm,
    credit_form,
)
from jobcenter.billing.invoices.messages import left_to_pay, title_of
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.payments import service as payments
from jobcenter.core import clock
from jobcenter.core.forms import ActionForm, BaseForm, press
from jobcenter.core.paging import part
from jobcenter.core.web import id_in
from jobcenter.documents.rendering import render

bp = Blueprint("billing", __name__, url_prefix="/invoices")
SELECTED_BY = ("order", "organisation", "month", "cost_centre", "reference")

READERS = (Role.COORDINATOR, Role.ADMIN, Role.ORDERER)
BARS_HEIGHT = 40
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


# Lists


@bp.get("")
@allow(Role.COORDINATOR, Role.ADMIN)
def index() -> str:
    """The invoices of the reader's Jobcenters, with filters and totals."""
    form = SearchForm(request.args)
    search = form.to_search(clock.today()) if form.validate() else queries.Search()
    piece = part(request.args)
    summary = queries.summary_of(g.actor, search)
    rows = queries.invoices_of(g.actor, search, limit=piece.limit, offset=piece.offset)
    kept = {name: value for name in ("show", "text") if (value := request.args.get(name))}
    return render_template(
        "billing/index.html",
        form=form,
        rows=[presenting.list_row(row, clock.today()) for row in rows],
        summary=summary,
        pages=piece.pages(summary.count, ".index", **kept),
        can_make=g.actor.has(Role.COORDINATOR),
        places=_places(),
        jobcenters=auth_queries.jobcenters_of(g.actor, Role.COORDINATOR, Role.ADMIN),
    )


def _places() -> list[tuple[str, str, bool]]:
    """The pages of money that begin here: name, address, whether it is this one."""
    places = [(_("Invoices"), url_for(".index"), True), (_("Payments"), url_for("payments.index"), False)]
    places += [(_("Late invoices"), url_for("payments.late"), False)]
    places += [(_("E-invoices"), url_for("einvoices.index"), False)]
    if g.actor.has(Role.COORDINATOR):
        places += [(_("Card payments"), url_for("card.index"), False)]
    return [*places, (_("Books"), url_for("books.index"), False)]


@bp.get("/mine")
@allow(Role.ORDERER)
def mine() -> str:
    """The invoices that were sent to the reader's organisations."""
    piece = part(request.args)
    rows = queries.invoices_sent_to(g.actor, limit=piece.limit, offset=piece.offset)
    return render_template(
        "billing/mine.html",
        rows=[presenting.list_row(row, clock.today()) for row in rows],
        pages=piece.pages(queries.number_sent_to(g.actor), ".mine"),
    )


@bp.get("/to-make")
@allow(Role.COORDINATOR)
def to_make() -> str:
    """Confirmed hours that are on no invoice, by who pays and month."""
    hours = queries_waiting.billable_hours(g.actor.jobcenters(Role.COORDINATOR))
    return render_template("billing/to_make.html", bills=presenting.bills_of(hours))


# Making


@bp.get("/new")
@allow(Role.COORDINATOR)
def preview() -> str:
    """What an invoice would say: of an order (`order`), or of an organisation's month."""
    return _preview_page(_selection(), MakeInvoiceForm())


@bp.post("/new")
@allow(Role.COORDINATOR)
def make() -> Any:
    """Make the draft."""
    selection, form = _selection(), MakeInvoiceForm()
    if form.attempt(lambda: service.make_drafts(g.actor, form.to_command(selection))):
        first, *others = form.result
        if others:
            flash(_("A draft is made for each payer, %(count)s together.", count=len(form.result)), "good")
            return redirect(url_for(".index", show=InvoiceStatus.DRAFT))
        return redirect(url_for(".show", invoice_id=first.id))
    return _preview_page(selection, form), 422


def _preview_page(selection: Selection, form: MakeInvoiceForm) -> str:
    hours = queries_waiting.billable_hours(g.actor.jobcenters(Role.COORDINATOR), selection)
    return render_template(
        "billing/preview.html",
        form=form,
        previews=[presenting.preview_of(of_payer) for of_payer in by_payer(hours)],
        headings=paper.row_headings(),
        vat_headings=paper.vat_headings(),
        action=url_for(".make", **{name: value for name in SELECTED_BY if (value := request.args.get(name))}),
    )


def _selection() -> Selection:
    """What the address asks for; 404 when it asks for nothing that can be."""
    order_id = request.args.get("order", type=id_in)
    if order_id is not None:
        return OfOrder(order_id=queries.order_of(g.actor, order_id).id)
    organisation_id, month = request.args.get("organisation", type=id_in), _month(request.args.get("month", ""))
    if organisation_id is None or month is None:
        abort(404)
    bill_to = BillTo(
        organisation_id=organisation_id,
        cost_centre=request.args.get("cost_centre", ""),
        reference=request.args.get("reference", ""),
    )
    return OfMonth(bill_to=bill_to, month=month)


def _month(text: str) -> date | None:
    match = _MONTH.fullmatch(text)
    return date(int(match[1]), int(match[2]), 1) if match else None


# One invoice


@bp.get("/<int:invoice_id>")
@allow(*READERS)
def show(invoice_id: int) -> str:
    """An invoice as it was sent, or a draft as it would be."""
    return _invoice_page(invoice_id)


@bp.post("/<int:invoice_id>/approve")
@allow(Role.COORDINATOR)
def approve(invoice_id: int) -> Any:
    """Let a draft be sent that somebody else made."""
    told = _("The draft is approved. It can be sent now.")
    return _pressed(invoice_id, lambda: service.approve(g.actor, invoice_id), told)


@bp.post("/<int:invoice_id>/send")
@allow(Role.COORDINATOR)
def send(invoice_id: int) -> Any:
    """Number and send a draft."""
    form = ActionForm()
    if form.attempt(lambda: service.send(g.actor, invoice_id)):
        if form.result:
            flash(_("Invoice %(number)s is sent.", number=form.result.number), "good")
            _warn_without_address(form.result)
        return redirect(url_for(".show", invoice_id=invoice_id))
    return _invoice_page(invoice_id, refused=form), 409


@bp.post("/<int:invoice_id>/discard")
@allow(Role.COORDINATOR)
def discard(invoice_id: int) -> Any:
    """Throw a draft away."""
    told = _("The draft is thrown away. Its hours can be invoiced again.")
    return _pressed(invoice_id, lambda: service.discard(g.actor, invoice_id), told, url_for(".to_make"))


@bp.post("/<int:invoice_id>/paid")
@allow(Role.COORDINATOR)
def mark_paid(invoice_id: int) -> Any:
    """Note the payment."""
    form = PaidForm()
    if form.attempt(lambda: payments.mark_paid(g.actor, invoice_id, form.to_command())):
        if form.result:
            flash(_("The payment is noted."), "good")
        return redirect(url_for(".show", invoice_id=invoice_id))
    return _invoice_page(invoice_id, paid=form, refused=form), 422


@bp.post("/<int:invoice_id>/unpaid")
@allow(Role.COORDINATOR)
def mark_unpaid(invoice_id: int) -> Any:
    """Take a mark of payment back."""
    told = _("The mark of payment is taken back.")
    return _pressed(invoice_id, lambda: payments.mark_unpaid(g.actor, invoice_id), told)


@bp.post("/<int:invoice_id>/credit")
@allow(Role.COORDINATOR)
def credit(invoice_id: int) -> Any:
    """Take back all that is left of the invoice by a credit note."""
    form = CreditForm()
    if form.attempt(lambda: service.credit_all(g.actor, invoice_id, form.to_command())):
        return _credited(invoice_id, form.result)
    return _invoice_page(invoice_id, credit=form, refused=form), 422


@bp.get("/<int:invoice_id>/credit-part")
@allow(Role.COORDINATOR)
def credit_part(invoice_id: int) -> str:
    """Which lines to take back, or how many hours of them."""
    return _credit_page(invoice_id, credit_form(presenting.creditable_lines(invoice_id)))


@bp.post("/<int:invoice_id>/credit-part")
@allow(Role.COORDINATOR)
def credit_lines(invoice_id: int) -> Any:
    """Take back the hours that were typed by a credit note."""
    form = credit_form(presenting.creditable_lines(queries.invoice_for(g.actor, invoice_id).id))
    if form.attempt(lambda: service.credit_all(g.actor, invoice_id, form.to_command())):
        return _credited(invoice_id, form.result)
    return _credit_page(invoice_id, form), 422


def _credited(invoice_id: int, notes: Sequence[Invoice] | None) -> Any:
    """Where to go from credit notes that were sent: to the only one, or to their invoice, which has links to all."""
    if not notes:
        return redirect(url_for(".show", invoice_id=invoice_id))
    first, *others = notes
    if not others:
        flash(_("Credit note %(number)s is sent. The hours can be invoiced again.", number=first.number), "good")
    else:
        numbers = ", ".join(str(note.number) for note in notes)
        flash(
            _("Credit notes %(numbers)s are sent, so that the VAT of each is right to the cent.", numbers=numbers),
            "good",
        )
    _warn_without_address(first)
    return redirect(url_for(".show", invoice_id=invoice_id if others else first.id))


def _credit_page(invoice_id: int, form: LinesCreditForm) -> str:
    invoice = queries.invoice_for(g.actor, invoice_id)
    if not presenting.possible_for(g.actor, invoice).credit:
        abort(404)
    return render_template(
        "billing/credit_part.html",
        form=form,
        invoice_id=invoice.id,
        invoice_title=title_of(invoice.kind, invoice.number),
    )


@bp.post("/<int:invoice_id>/mail-again")
@allow(Role.COORDINATOR)
def mail_again(invoice_id: int) -> Any:
    """Mail a new link; the earlier ones end."""
    form = ActionForm()
    if form.attempt(lambda: service.mail_again(g.actor, invoice_id)):
        if form.result:
            flash(_("The invoice is mailed again. Links mailed before do not open it any more."), "good")
            _warn_without_address(form.result)
        return redirect(url_for(".show", invoice_id=invoice_id))
    return _invoice_page(invoice_id, refused=form), 409


@bp.get("/<int:invoice_id>/pdf")
@allow(*READERS)
def pdf(invoice_id: int) -> Response:
    """The invoice as PDF."""
    return _pdf(queries.invoice_for(g.actor, invoice_id))


def _pressed(invoice_id: int, action: Callable[[], Any], told: str, then: str = "") -> Any:
    """Answer a button of an invoice's page, and go on to `then`, or else to the page again."""
    return press(
        action,
        told=told,
        then=then or url_for(".show", invoice_id=invoice_id),
        refused=lambda form: _invoice_page(invoice_id, refused=form),
    )


def _invoice_page(
    invoice_id: int,
    *,
    paid: PaidForm | None = None,
    credit: CreditForm | None = None,
    refused: BaseForm | None = None,
) -> str:
    invoice = queries.invoice_for(g.actor, invoice_id)
    waits = presenting.waits_for_approval(invoice)
    return render_template(
        "billing/show.html",
        title=title_of(invoice.kind, invoice.number),
        invoice=invoice,
        **_paper(invoice),
        can=presenting.possible_for(g.actor, invoice, waits_for_approval=waits),
        approval=presenting.approval_of(invoice, waits=waits) if presenting.reads_all(g.actor, invoice) else "",
        related=presenting.related_to(invoice),
        related_heading=presenting.related_heading(invoice),
        paid=paid or PaidForm(day=clock.today(), formdata=None),
        credit=credit or CreditForm(formdata=None),
        refused=refused,
        card_url=url_for("card.pay_invoice", invoice_id=invoice.id) if _pays_by_card(invoice) else None,
        is_held=g.actor.has(Role.ORDERER) and cards.is_paid_by_hold(invoice),
        receipt=card_queries.receipt_of(invoice.id) if g.actor.has(Role.ORDERER) else None,
        back=url_for(".index") if g.actor.has(Role.COORDINATOR, Role.ADMIN) else url_for(".mine"),
    )


def _pays_by_card(invoice: Invoice) -> bool:
    return g.actor.has(Role.ORDERER) and cards.can_pay_by_card(invoice)


# By link


@bp.get("/link/<token>")
@public
def by_link(token: str) -> str:
    """The page that a mail's link opens: the invoice, without signing in."""
    invoice = _linked(token)
    card_url = url_for("card.pay_by_link", token=token) if cards.can_pay_by_card(invoice) else None
    held = cards.is_paid_by_hold(invoice)
    return render_template("billing/link.html", token=token, card_url=card_url, is_held=held, **_paper(invoice))


@bp.get("/link/<token>/pdf")
@public
def pdf_by_link(token: str) -> Response:
    """The invoice of the link as PDF."""
    return _pdf(_linked(token))


def _linked(token: str) -> Invoice:
    link = auth_queries.open_link(LinkPurpose.READ_INVOICE, token, clock.now())
    return queries.sent_invoice(link.subject_id)


def _warn_without_address(invoice: Invoice) -> None:
    if not queries.recipients_of(invoice):
        flash(_("The orderer has no e-mail address here. Save the invoice as PDF and send it yourself."), "warn")


def _paper(invoice: Invoice) -> dict[str, Any]:
    """What the macro that draws an invoice on screen needs; no bar code of more than is still to be paid."""
    document = paper.document_of(invoice)
    label, kind = presenting.status_of(invoice, clock.today())
    left = presenting.still_open(invoice)
    asks_less = left != invoice.gross
    payment = None if asks_less else document.payment
    bars, squares = (payment.bars, payment.squares) if payment else (None, None)
    return {
        "document": document,
        "status_label": label,
        "tag_kind": kind,
        "bars": presenting.bar_path(bars.widths, BARS_HEIGHT) if bars else None,
        "squares": presenting.squares_path(squares.rows) if squares else None,
        "left_to_pay": left_to_pay(left) if asks_less and left > 0 else "",
    }


def _pdf(invoice: Invoice) -> Response:
    document = paper.document_of(invoice)
    name = re.sub(r"[^A-Za-z0-9]+", "-", document.frame.title).strip("-").lower()
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return Response(render(document), mimetype="application/pdf", headers=headers)

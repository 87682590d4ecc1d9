"""Pages of e-invoices: the list, and the e-invoice of one invoice with its state, its file and what is missing."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.billing.einvoices import presenting, queries, service
from jobcenter.billing.einvoices.domain import EInvoiceStatus
from jobcenter.billing.einvoices.forms import SearchForm
from jobcenter.core.errors import DomainError, NotFound, describe
from jobcenter.core.forms import ActionForm
from jobcenter.core.paging import part

bp = Blueprint("einvoices", __name__, url_prefix="/e-invoices")

READERS = (Role.COORDINATOR, Role.ADMIN)


@bp.get("")
@allow(*READERS)
def index() -> str:
    """The e-invoices of the reader's Jobcenters, by state."""
    form = SearchForm(request.args)
    statuses = form.to_statuses() if form.validate() else frozenset(EInvoiceStatus)
    piece = part(request.args)
    rows = queries.einvoices_of(g.actor, statuses, limit=piece.limit, offset=piece.offset)
    shown = request.args.get("show") or None
    return render_template(
        "einvoices/index.html",
        form=form,
        rows=[presenting.listed(row) for row in rows],
        pages=piece.pages(queries.number_of(g.actor, statuses), ".index", show=shown),
    )


@bp.get("/<int:invoice_id>")
@allow(*READERS)
def show(invoice_id: int) -> str:
    """The e-invoice of an invoice: where it is, and what is missing."""
    return _page(invoice_id)


@bp.post("/<int:invoice_id>/send")
@allow(Role.COORDINATOR)
def send(invoice_id: int) -> Any:
    """Make the e-invoice and queue it, for the first time or again."""
    form = ActionForm()
    if form.attempt(lambda: service.send(g.actor, invoice_id)):
        _tell(form.result)
        return redirect(url_for(".show", invoice_id=invoice_id))
    return _page(invoice_id, refused=form), 409


@bp.get("/<int:invoice_id>/file")
@allow(*READERS)
def download(invoice_id: int) -> Response:
    """The file as it was written."""
    invoice = queries.invoice_of(g.actor, invoice_id)
    einvoice = queries.einvoice_of(invoice.id)
    if einvoice is None or not einvoice.content:
        raise NotFound
    headers = {"Content-Disposition": f'attachment; filename="{einvoice.file_name}"'}
    return Response(einvoice.content.encode("utf-8"), mimetype="application/xml", headers=headers)


def _tell(einvoice: Any) -> None:
    """Say how it went; nothing where it was on its way already."""
    if einvoice is None:
        return
    if einvoice.status is EInvoiceStatus.REFUSED:
        flash(_("The e-invoice was not sent: something is missing."), "warn")
    else:
        flash(_("The e-invoice is in the queue and leaves within a minute."), "good")


def _page(invoice_id: int, refused: ActionForm | None = None) -> str:
    invoice = queries.invoice_of(g.actor, invoice_id)
    einvoice, faults, hindrance = queries.einvoice_of(invoice.id), (), ""
    if einvoice is None:
        try:
            faults = service.preview(invoice)
        except DomainError as error:
            hindrance = describe(error)
    return render_template(
        "einvoices/show.html",
        page_of=presenting.page_of(g.actor, invoice, einvoice, faults),
        invoice_id=invoice.id,
        settings_url=url_for("billing_settings.edit", jobcenter_id=invoice.jobcenter_id),
        hindrance=hindrance,
        refused=refused,
    )

"""Sending needs a second person where the Jobcenter says so, and a ground where no VAT is charged."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from jobcenter.billing.einvoices import building, ubl
from jobcenter.billing.invoices import paper, service
from jobcenter.billing.invoices.domain import CreditInvoice, InvoiceStatus
from jobcenter.billing.settings.domain import EInvoiceFormat, EInvoiceSender, SaveTerms, VatFree
from jobcenter.billing.settings.service import save_terms
from jobcenter.core import clock
from jobcenter.core.errors import AlreadyDone, DomainError, NotPossible
from jobcenter.core.uow import unit_of_work

FRIDAY = date(2026, 11, 20)
SENDER = EInvoiceSender(EInvoiceFormat.PEPPOL, "003715903000", "003721291126")


def do(verb, *args):
    with unit_of_work():
        return verb(*args)


def settings(world, **changes):
    given = {"payment_days": None, "pay_days": None, "partner_bills": False, "version": 0}
    do(save_terms, world.coordinator, world.jobcenter.id, SaveTerms(**given | changes))


def test_a_second_person_approves_before_sending(world, session, as_user):
    settings(world, approves_invoices=True)
    world.hours(FRIDAY)
    session.commit()
    draft = world.draft()
    with pytest.raises(DomainError, match="invoice_not_approved"):
        do(service.send, world.coordinator, draft.id)
    with pytest.raises(NotPossible, match="invoice_own_draft"):
        do(service.approve, world.coordinator, draft.id)
    page = as_user(world.second_user)
    assert "Approve the draft" in page.get(f"/invoices/{draft.id}").text
    assert page.post(f"/invoices/{draft.id}/approve").status_code == 302
    with pytest.raises(AlreadyDone):
        do(service.approve, world.second, draft.id)
    sent = do(service.send, world.coordinator, draft.id)
    assert (sent.status, sent.approved_by) == (InvoiceStatus.SENT, world.second.name)


@pytest.mark.parametrize(
    ("ground", "category", "has_vat_id"),
    [(VatFree.SMALL_BUSINESS, "O", False), (VatFree.NON_PROFIT, "O", False), (VatFree.SOCIAL_CARE, "E", True)],
)
def test_without_vat_the_invoice_says_why(world, session, ground, category, has_vat_id):
    world.jobcenter.business_id = "2000002-4"
    session.commit()
    settings(world, vat_free=ground)
    world.hours(FRIDAY, vat_percent=Decimal(0))
    session.commit()
    invoice = world.sent()
    note = do(service.credit, world.coordinator, invoice.id, CreditInvoice("Väärin"))
    for one in (invoice, note):
        assert any("(1501/1993)" in text for text in paper.document_of(one).notes)
        made = building.build(one, SENDER, attempt=1, now=clock.now())
        assert {part.category for part in (*made.vat_parts, *made.lines)} == {category}
        assert "(1501/1993)" in made.vat_parts[0].reason
        assert bool(made.seller.vat_id) is has_vat_id
        assert (b"<cbc:Percent>" in ubl.write(made)) is has_vat_id


def test_without_vat_and_without_a_ground_nothing_is_sent(world, session):
    world.hours(FRIDAY, vat_percent=Decimal(0))
    session.commit()
    draft = world.draft()
    with pytest.raises(DomainError, match="vat_free_ground_missing"):
        do(service.send, world.coordinator, draft.id)

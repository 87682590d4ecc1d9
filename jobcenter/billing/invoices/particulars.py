"""The two sides of an invoice and its terms as facts, kept with it when it is sent: e-invoices are made of them."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from jobcenter.auth.models import Jobcenter
from jobcenter.billing.invoices import paper
from jobcenter.billing.invoices.domain import InvoiceKind
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.invoices.queries_sides import Sides
from jobcenter.billing.settings.domain import VatFree
from jobcenter.billing.settings.messages import VAT_FREE_TEXTS
from jobcenter.orders.organisations.domain import OrganisationKind
from jobcenter.orders.organisations.models import Organisation

# The kinds of orderers that are in the VAT register as a rule; of the others it is not known, and nothing is claimed.
IN_VAT_REGISTER = frozenset({OrganisationKind.BUSINESS, OrganisationKind.CITY_UNIT})

# The grounds on which the seller is not in the VAT register at all; on the others only what is sold is exempt.
OUTSIDE_VAT = frozenset({VatFree.SMALL_BUSINESS, VatFree.NON_PROFIT})


@dataclass(frozen=True, kw_only=True)
class Company:
    """The seller or the buyer as they were that day; `vat_id` is FI and the digits of a Y-tunnus, "" without VAT."""

    name: str
    business_id: str
    vat_id: str
    street: str
    postcode: str
    city: str
    email: str
    phone: str


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """Seller, buyer, the account to pay to, and the terms in the invoice's language.

    `order_number` is the orderer's own, when all that is billed was ordered under one. `vat_free` is the text that says
    why no VAT is charged; a seller that `is_outside_vat` is not in the register, and then nobody's VAT number is given.
    """

    seller: Company
    buyer: Company
    iban: str
    bic: str
    bar_code: str
    terms: str
    late_interest: str
    order_number: str = ""
    vat_free: str = ""
    is_outside_vat: bool = False


def particulars_of(invoice: Invoice, sides: Sides) -> Particulars:
    """The facts of both sides as they are now, and the terms in the language in force."""
    seller, buyer = sides.seller, sides.buyer
    is_invoice = invoice.kind is InvoiceKind.INVOICE
    vat_free = invoice.vat_free
    is_outside = vat_free in OUTSIDE_VAT and not invoice.vat
    return Particulars(
        seller=_company(seller, pays_vat=not is_outside),
        buyer=_company(buyer, pays_vat=buyer.kind in IN_VAT_REGISTER and not is_outside),
        iban=seller.iban.replace(" ", ""),
        bic=seller.bic,
        bar_code=paper.bar_code_of(invoice, sides) or "" if is_invoice else "",
        terms=paper.payment_terms(sides.terms) if is_invoice else _("A credit note is not paid."),
        order_number=sides.order_number,
        late_interest=paper.late_interest() if is_invoice else "",
        vat_free=str(VAT_FREE_TEXTS[vat_free]) if vat_free else "",
        is_outside_vat=is_outside,
    )


def _company(side: Jobcenter | Organisation, *, pays_vat: bool) -> Company:
    business_id = side.business_id or ""
    return Company(
        name=side.name,
        business_id=business_id,
        vat_id=f"FI{business_id.replace('-', '')}" if business_id and pays_vat else "",
        street=side.street,
        postcode=side.postcode,
        city=side.city,
        email=side.email,
        phone=side.phone,
    )

"""What the page of who pays an order shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from jobcenter.billing.invoices.domain import InvoiceKind
from jobcenter.billing.invoices.messages import title_of
from jobcenter.billing.shares import queries, queries_gigs
from jobcenter.billing.shares.domain import Portion, Share, Split, Splits
from jobcenter.billing.shares.queries_gigs import BilledShare
from jobcenter.core import texts
from jobcenter.orders.intake.models import Order
from jobcenter.orders.organisations.messages import KINDS
from jobcenter.orders.organisations.models import Organisation


@dataclass(frozen=True)
class ShareRow:
    """A share: who pays, how much, under which cost centre and reference, which gigs alone."""

    payer: str
    percent: str
    cost_centre: str
    reference: str
    gigs: str


@dataclass(frozen=True)
class SplitView:
    """What was agreed at one time."""

    agreed: str
    noted: str
    rows: list[ShareRow]


@dataclass(frozen=True)
class BilledRow:
    """A share of an hour row on an invoice."""

    day: date
    worker: str
    hours: str
    share: str
    net: str
    invoice_id: int
    invoice: str
    payer: str


def views_of(order: Order, splits: Splits) -> list[SplitView]:
    """All that was agreed of who pays an order, the newest first."""
    payers = queries.payers([splits])
    starts = queries_gigs.gig_starts({gig_id for split in splits.agreed for gig_id in split.gigs})
    return [_view(order, split, payers, starts) for split in reversed(splits.agreed)]


def _view(order: Order, split: Split, payers: Mapping[int, Organisation], starts: Mapping[int, datetime]) -> SplitView:
    return SplitView(
        agreed=_("Agreed %(day)s: %(who)s.", day=texts.day(split.agreed_on), who=split.agreed_with),
        noted=_("Noted by %(name)s, %(when)s.", name=split.set_by, when=texts.when(split.set_at)),
        rows=[
            _row(order, share, payers[share.organisation_id], _gigs_of(split, share, starts)) for share in split.shares
        ],
    )


def _gigs_of(split: Split, share: Share, starts: Mapping[int, datetime]) -> str:
    alone = sorted(starts[gig_id] for gig_id, place in split.gigs.items() if place == share.place)
    return ", ".join(map(texts.when, alone))


def _row(order: Order, share: Share, payer: Organisation, gigs: str) -> ShareRow:
    """Without cost centre or reference of its own, a share of the orderer has the order's, others their payer's."""
    is_orderer = payer.id == order.organisation_id
    usual = (order.cost_centre, order.invoice_reference) if is_orderer else ("", "")
    return ShareRow(
        payer=payer.name,
        percent=texts.percent(share.percent),
        cost_centre=share.cost_centre or usual[0] or payer.cost_centre or "–",
        reference=share.reference or usual[1] or payer.invoice_reference or "–",
        gigs=gigs or "–",
    )


def payer_groups(order: Order, splits: Splits) -> dict[str, list[tuple[int, str]]]:
    """Who can pay, under headings: the orderer and whoever pays or paid this order first, then by kind."""
    near = {order.organisation_id} | {share.organisation_id for split in splits.agreed for share in split.shares}
    groups: dict[str, list[tuple[int, str]]] = {str(_("The orderer, and payers of this order")): []}
    groups |= {str(label): [] for label in KINDS.values()}
    for payer in queries.organisations_of(order.jobcenter_id):
        heading = next(iter(groups)) if payer.id in near else str(KINDS[payer.kind])
        groups[heading].append((payer.id, ", ".join(filter(None, (payer.name, payer.business_id)))))
    return {heading: payers for heading, payers in groups.items() if payers}


def gig_choices(order_id: int) -> list[tuple[int, str]]:
    """The gigs that can be given to one share: those of which nothing is invoiced."""
    return [(gig.id, texts.interval(gig.starts_at, gig.ends_at)) for gig in queries_gigs.open_gigs(order_id)]


def billed_row(row: BilledShare) -> BilledRow:
    """A share of an hour row on an invoice, as text."""
    return BilledRow(
        day=row.worked_on,
        worker=row.given_name,
        hours=texts.hours(row.minutes),
        share=texts.percent(Portion(row.share_begins, row.share_ends).percent),
        net=texts.money(row.net),
        invoice_id=row.invoice_id,
        invoice=title_of(InvoiceKind.INVOICE, row.number),
        payer=row.buyer_name,
    )

"""What the pages of invoices show: rows with labels and answers ready, so that templates decide nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _

from jobcenter.auth.domain import Actor
from jobcenter.billing.invoices import domain, paper, policy, queries
from jobcenter.billing.invoices.domain import BillableHours, BillTo, InvoiceAction, InvoiceKind, InvoiceStatus
from jobcenter.billing.invoices.messages import CREDIT_NOTE_SENT, OVERDUE, STATUS_LABELS, STATUS_TAGS, title_of
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.payments import queries as payment_queries
from jobcenter.billing.settings.queries import terms_of
from jobcenter.core import clock, texts
from jobcenter.core.money import ZERO, Price
from jobcenter.documents.domain import Fact, InvoiceRow, VatRow


@dataclass(frozen=True)
class ListRow:
    """An invoice in a list, with its state in words."""

    id: int
    title: str
    buyer_name: str
    cost_centre: str
    span: str
    sent_on: date | None
    due_on: date | None
    paid_on: date | None
    gross: Decimal
    status_label: str
    tag_kind: str


@dataclass(frozen=True)
class Bill:
    """Hours that could go on one invoice: whose, of which month, what they come to before VAT."""

    bill_to: BillTo
    organisation_name: str
    month: date
    minutes: int
    net: Decimal

    @property
    def month_key(self) -> str:
        """The month as addresses carry it."""
        return f"{self.month:%Y-%m}"


def list_row(row: queries.InvoiceRow, today: date) -> ListRow:
    """An invoice in a list as it stands today."""
    label, kind = status_of(row, today)
    return ListRow(
        id=row.id,
        title=title_of(row.kind, row.number),
        buyer_name=row.buyer_name,
        cost_centre=row.cost_centre,
        span=paper.span_of(row.first_day, row.last_day),
        sent_on=row.sent_on,
        due_on=row.due_on,
        paid_on=row.paid_on,
        gross=row.gross,
        status_label=label,
        tag_kind=kind,
    )


def status_of(invoice: Invoice | queries.InvoiceRow, today: date) -> tuple[str, str]:
    """The state of an invoice in words, and the kind of its tag."""
    if invoice.kind is InvoiceKind.CREDIT_NOTE:
        return str(CREDIT_NOTE_SENT), "neutral"
    if invoice.status is InvoiceStatus.SENT and invoice.due_on < today:
        return str(OVERDUE), "bad"
    return str(STATUS_LABELS[invoice.status]), STATUS_TAGS[invoice.status]


def bills_of(hours: Iterable[BillableHours]) -> list[Bill]:
    """Hours that wait, gathered by who pays and month: the oldest month first, then by name."""
    gathered: dict[tuple[BillTo, date], list[BillableHours]] = {}
    for row in hours:
        gathered.setdefault((row.bill_to, row.month), []).append(row)
    bills = [
        Bill(
            bill_to=bill_to,
            organisation_name=rows[0].organisation_name,
            month=month,
            minutes=sum(row.minutes for row in rows),
            net=sum((row.net for row in rows), ZERO),
        )
        for (bill_to, month), rows in gathered.items()
    ]
    return sorted(bills, key=lambda bill: (bill.month, bill.organisation_name, bill.bill_to.cost_centre))


@dataclass(frozen=True)
class Preview:
    """What a draft would say."""

    buyer_name: str
    facts: list[Fact]
    rows: list[InvoiceRow]
    vat_rows: list[VatRow]
    together: Price


def preview_of(hours: Sequence[BillableHours]) -> Preview:
    """What a draft of these hours would say, in the reader's language."""
    lines = paper.lines_for(hours)
    totals = domain.totals(lines)
    return Preview(
        buyer_name=hours[0].organisation_name,
        facts=paper.bill_facts(hours),
        rows=[paper.row_of(line) for line in lines],
        vat_rows=[paper.vat_row_of(vat_sum) for vat_sum in totals.per_rate],
        together=totals.together,
    )


@dataclass(frozen=True)
class Possible:
    """Which buttons an invoice's page shows to the reader."""

    approve: bool
    send: bool
    discard: bool
    mark_paid: bool
    mark_unpaid: bool
    credit: bool
    write_off: bool
    see_money: bool
    mail_again: bool
    see_einvoice: bool


def possible_for(actor: Actor, invoice: Invoice, *, waits_for_approval: bool = False) -> Possible:
    """What the actor can do to the invoice now; a draft that must be approved first cannot be sent before."""
    managed = policy.can_manage(actor, invoice.jobcenter_id)
    actions = {
        action.value: managed and domain.is_possible(invoice.kind, invoice.status, action)
        for action in InvoiceAction
        if action is not InvoiceAction.REOPEN
    }
    waits = actions["send"] and waits_for_approval
    return Possible(
        **actions | {"approve": waits and invoice.made_by_id != actor.user_id, "send": actions["send"] and not waits},
        mail_again=managed and invoice.kind is InvoiceKind.INVOICE and invoice.status in domain.MAILED,
        see_einvoice=policy.can_read_all(actor, invoice.jobcenter_id),
        see_money=_has_money(actor, invoice),
    )


def still_open(invoice: Invoice) -> Decimal:
    """What an invoice asks for now, less what was paid or taken back; a draft and a credit note: what they say."""
    is_sent = invoice.kind is InvoiceKind.INVOICE and invoice.status in domain.ISSUED
    return payment_queries.open_of(invoice.id) if is_sent else invoice.gross


def waits_for_approval(invoice: Invoice) -> bool:
    """Whether a draft must be approved by a second person before it is sent."""
    if invoice.status is not InvoiceStatus.DRAFT or invoice.approved_at is not None:
        return False
    return terms_of(invoice.jobcenter_id, clock.today()).approves_invoices


def approval_of(invoice: Invoice, *, waits: bool) -> str:
    """How a draft's approval stands, in words; "" when it needs none and has none."""
    if invoice.approved_at is not None:
        return _("Approved by %(name)s, %(when)s.", name=invoice.approved_by, when=texts.when(invoice.approved_at))
    if waits:
        return _("Another person than %(name)s must approve the draft before it is sent.", name=invoice.made_by)
    return ""


def reads_all(actor: Actor, invoice: Invoice) -> bool:
    """Whether the actor sees what is the Jobcenter's own business of an invoice."""
    return policy.can_read_all(actor, invoice.jobcenter_id)


def _has_money(actor: Actor, invoice: Invoice) -> bool:
    """Whether the page of the invoice's payments is there for the actor."""
    is_sent = invoice.kind is InvoiceKind.INVOICE and invoice.status in domain.ISSUED
    return is_sent and policy.can_read_all(actor, invoice.jobcenter_id)


@dataclass(frozen=True)
class Related:
    """The invoice that a credit note takes back, or the credit note that took an invoice back."""

    id: int
    title: str


def related_to(invoice: Invoice) -> list[Related]:
    """What else to look at beside this invoice."""
    is_note = invoice.kind is InvoiceKind.CREDIT_NOTE
    others = [queries.credited_by(invoice)] if is_note else queries.credit_notes_of(invoice.id)
    return [Related(id=other.id, title=title_of(other.kind, other.number)) for other in others]


def related_heading(invoice: Invoice) -> str:
    """What stands before the names of what to look at beside this invoice."""
    if invoice.kind is InvoiceKind.CREDIT_NOTE:
        whole = -queries.credited_by(invoice).gross == invoice.gross
        return _("This takes back:") if whole else _("This takes back a part of:")
    whole = invoice.status is InvoiceStatus.CREDITED
    return _("This invoice is taken back by:") if whole else _("A part of this invoice is taken back by:")


def creditable_lines(invoice_id: int) -> list[tuple[int, str, str]]:
    """The lines of which something is left, as the form of a part credit needs them: id, what it is, what is left."""
    return [
        (
            sent.line_id,
            f"{sent.line.description}, {texts.day(sent.line.worked_on)}",
            _(
                "Left %(hours)s, %(net)s without VAT. Empty: nothing of it is taken back.",
                hours=texts.hours(sent.left.minutes),
                net=texts.money(sent.left.net),
            ),
        )
        for sent in queries.sent_lines_of(invoice_id)
        if sent.left.minutes
    ]


def squares_path(rows: Sequence[str]) -> tuple[str, int]:
    """The dark squares of a QR code as one SVG path, and how many modules wide it is with its margin of four."""
    dark = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, module in enumerate(row) if module == "1")
    return "".join(dark), len(rows) + 8


def bar_path(widths: Sequence[int], height: int) -> tuple[str, int]:
    """The dark bars of a bar code as one SVG path, and how many modules wide it is."""
    place, dark = 0, []
    for index, width in enumerate(widths):
        if index % 2 == 0:
            dark.append(f"M{place} 0h{width}v{height}h-{width}z")
        place += width
    return "".join(dark), place

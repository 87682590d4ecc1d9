"""The demo's money: invoices of past months and the bank's files: one paid too much, one late, one paid in part."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from flask import current_app

from jobcenter.auth import queries as auth_queries
from jobcenter.auth.domain import Role
from jobcenter.benefits import ContractForm
from jobcenter.billing.books import service as books
from jobcenter.billing.books.domain import next_month
from jobcenter.billing.einvoices.jobs import deliver_einvoices, make_einvoices, read_einvoice_receipts
from jobcenter.billing.einvoices.queries import einvoice_of
from jobcenter.billing.invoices import service as invoices
from jobcenter.billing.invoices.domain import MakeInvoice, OfMonth
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.invoices.queries_waiting import billable_hours
from jobcenter.billing.payments import service_statements
from jobcenter.billing.payments import service_write_offs as write_offs
from jobcenter.billing.payments.domain import ProposeWriteOff, TakeInStatement
from jobcenter.billing.payments.jobs import remind_of_invoices
from jobcenter.billing.payments.queries import overdue_on
from jobcenter.billing.settings import service as settings
from jobcenter.billing.settings.domain import EInvoiceFormat, EInvoiceSender, SaveTerms
from jobcenter.core import clock
from jobcenter.demo import queries
from jobcenter.demo.cast import Cast, data
from jobcenter.demo.present import at, key
from jobcenter.orders.intake.domain import OrderStatus
from jobcenter.orders.intake.domain_parts import OfferTerms
from jobcenter.orders.intake.queries import Search, coordinated_orders
from jobcenter.orders.intake.service import prices
from jobcenter.orders.rates.service import SetPriceRule, set_price_rule

OFFICE_OPENS = time(9)
PAYER = "PÄIVÄKOTI PI"
REMINDED_FOR = 30
STRANGER = "SEPPO SUOMI"
DAYS_TO_PAY = 12
TOO_MUCH = Decimal("20.00")
PART = Decimal("100.00")
CARD_MOST = Decimal("200.00")
LEAST_SHARE, LOW_PRICE = 80, Decimal("11.20")


def set_terms(cast: Cast) -> None:
    """How the Jobcenter bills: by e-invoices too, and by card up to a small sum."""
    given = data()["einvoices"]
    sender = EInvoiceSender(EInvoiceFormat.FINVOICE, given["address"], given["operator"])
    command = SaveTerms(
        payment_days=None, pay_days=None, partner_bills=False, version=0, einvoices=sender, card_most=CARD_MOST
    )
    jobcenter_id = auth_queries.jobcenter_by_slug(given["jobcenter"]).id
    at(clock.now(), lambda: settings.save_terms(cast.actor("kaisa"), jobcenter_id, command))


def tell(cast: Cast) -> None:
    """The kindergarten's invoices of past months with their payments; the first of those months is closed."""
    coordinator = cast.actor("kaisa")
    organisation = queries.organisation_by_ref("pikkukapy")
    waiting = [
        hours for hours in billable_hours(coordinator.jobcenters(Role.COORDINATOR))
        if hours.bill_to.organisation_id == organisation.id
    ]  # fmt: skip
    bills = sorted({(hours.month, hours.bill_to) for hours in waiting}, key=lambda bill: bill[0])
    sent = [_send(cast, OfMonth(bill_to=bill_to, month=month)) for month, bill_to in bills]
    for place, invoice in enumerate(sent):
        _answer(invoice, len(sent) - 1 - place)
        paid = _paid_of(invoice, len(sent) - 1 - place)
        if paid:
            _pay(cast, invoice, paid, stranger=invoice is sent[-1])
    for days in range(REMINDED_FOR, -1, -1):
        morning = _morning(clock.today() - timedelta(days=days))
        with clock.frozen(morning):
            remind_of_invoices(morning)
    if bills:
        at(_morning(clock.today()), lambda: books.close_month(coordinator, organisation.jobcenter_id, bills[0][0]))


def hand_over_einvoices(now: datetime) -> None:
    """Make and hand over the e-invoices of what was sent, as the jobs do; without a folder for them they wait."""
    with clock.frozen(now):
        make_einvoices(now)
        deliver_einvoices(now)


def _answer(invoice: Invoice, newer: int) -> None:
    """The operator's receipt of an e-invoice: the newest has none yet, the one before was rejected, with a reason."""
    folder, einvoice = current_app.config["JOBCENTER"].einvoices, einvoice_of(invoice.id)
    if newer == 0 or not folder.folder or einvoice is None or einvoice.file_name is None:
        return
    said = f"rejected;{data()['einvoices']['rejected']}" if newer == 1 else "received;"
    Path(folder.folder, folder.receipts, f"{einvoice.file_name}.csv").write_text(
        f"{einvoice.file_name};{said}\n", encoding="utf-8"
    )
    answered = _morning(invoice.sent_on + timedelta(days=1))
    with clock.frozen(answered):
        read_einvoice_receipts(answered)


def ask_second_person(cast: Cast) -> None:
    """What waits for another person: a price far below the list, and the rest of the oldest late invoice."""
    coordinator, words = cast.actor("kaisa"), data()["words"]
    organisation = queries.organisation_by_ref("aamukaste")
    share = SetPriceRule(organisation.jobcenter_id, Decimal(LEAST_SHARE), 0)
    at(_morning(clock.today()), lambda: set_price_rule(cast.actor("anneli"), share))
    offered = OfferTerms(ContractForm.ASSIGNMENT, LOW_PRICE, words["low_price"])
    proposal = ProposeWriteOff(words["write_off"])
    new = Search(frozenset({OrderStatus.NEW}), organisation.id)
    for order in coordinated_orders(coordinator, new, limit=1, offset=0):
        at(clock.now(), lambda order=order: prices.offer(coordinator, order.id, offered))
    for late in overdue_on(clock.today(), coordinator.jobcenters(Role.COORDINATOR))[:1]:
        at(clock.now(), lambda late=late: write_offs.propose(coordinator, late.invoice.id, proposal))


def _paid_of(invoice: Invoice, newer: int) -> Decimal:
    """What was paid of an invoice after which so many came: a part, nothing, too much, and of the older ones all."""
    return {0: PART, 1: Decimal(0), 2: invoice.gross + TOO_MUCH}.get(newer, invoice.gross)


def _send(cast: Cast, selection: OfMonth) -> Invoice:
    """Make and send the invoice of a month on the third day after it."""
    coordinator = cast.actor("kaisa")
    command = MakeInvoice(selection, key(f"invoice-{selection.month}"))
    day = next_month(selection.month) + timedelta(days=2)
    draft = at(_morning(day), lambda: invoices.make_draft(coordinator, command))
    sent = at(_morning(day), lambda: invoices.send(coordinator, draft.id))
    hand_over_einvoices(_morning(day) + timedelta(minutes=1))
    return sent


def _pay(cast: Cast, invoice: Invoice, amount: Decimal, *, stranger: bool) -> None:
    """Take in a bank's file of reference payments with this payment, and one of which nobody knows for what it is."""
    day = min(invoice.sent_on + timedelta(days=DAYS_TO_PAY), clock.today())
    rows = [(amount, invoice.reference_number, PAYER)]
    if stranger:
        rows.append((Decimal("36.40"), "", STRANGER))
    iban = auth_queries.jobcenter(invoice.jobcenter_id).iban
    command = TakeInStatement(f"viitemaksut-{day:%Y%m%d}.ktl", _reference_payments(iban, day, rows))
    take_in = service_statements.take_in_statement
    at(_morning(day), lambda: take_in(cast.actor("kaisa"), invoice.jobcenter_id, command))


def _reference_payments(iban: str, day: date, rows: Sequence[tuple[Decimal, str, str]]) -> bytes:
    """A file of reference payments (KTL) as a bank gives it: (amount, reference, payer)."""
    account = iban.replace(" ", "")[4:]
    lines = [f"0{day:%y%m%d}0800"]
    for place, (amount, reference, payer) in enumerate(rows, start=1):
        archive = f"{day:%y%m%d}{account[-4:]}{place:06d}"
        cents = int(amount * 100)
        lines.append(f"3{account}{day:%y%m%d}{day:%y%m%d}{archive:<16}{reference:0>20}{payer:<12}1 {cents:010d}0A ")
    total = sum(int(amount * 100) for amount, _reference, _payer in rows)
    lines.append(f"9{len(rows):06d}{total:011d}{0:017d}")
    return "".join(f"{line:<90}\r\n" for line in lines).encode("iso-8859-1")


def _morning(day: date) -> datetime:
    return clock.at(day, OFFICE_OPENS)

"""What the pages of pay show, and the list as a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _

from jobcenter.auth.domain import Actor
from jobcenter.benefits.withholding import Pay, WithholdingBasis
from jobcenter.billing import bank
from jobcenter.billing.payruns import domain, policy, queries, queries_enforcement
from jobcenter.billing.payruns.domain import Listed, Payer, PayRunStatus, safe_cell
from jobcenter.billing.payruns.domain_enforcement import taken_of_listed
from jobcenter.billing.payruns.messages import PAYERS, STATUS_LABELS, STATUS_TAGS, basis_text
from jobcenter.billing.payruns.models import PayItem, PayRun
from jobcenter.core import money, texts
from jobcenter.core.money import ZERO
from jobcenter.workers.models import Worker


@dataclass(frozen=True)
class ItemRow:
    """What one worker gets, in a list. `came_back`: when the bank returned it, in words; or nothing."""

    worker_id: int
    worker_name: str
    account_holder: str
    iban: str
    minutes: int
    gross: Decimal
    withheld: Decimal
    net: Decimal
    enforced: Decimal
    basis: str
    came_back: str = ""

    @property
    def to_account(self) -> Decimal:
        return self.net - self.enforced

    @property
    def iban_missing(self) -> bool:
        return not bank.is_iban(self.iban)


@dataclass(frozen=True)
class Part:
    """The items of one payer, with their sums."""

    payer: Payer
    title: str
    rows: list[ItemRow]
    gross: Decimal
    withheld: Decimal
    enforced: Decimal
    to_account: Decimal

    @property
    def withholds(self) -> bool:
        """Whether tax and net are ours to tell."""
        return self.payer is Payer.JOBCENTER


@dataclass(frozen=True)
class RunRow:
    """A run in a list, with its state in words."""

    id: int
    jobcenter: str
    pay_on: date
    status_label: str
    tag_kind: str
    workers: int
    gross: Decimal
    to_accounts: Decimal


def run_row(row: queries.RunRow) -> RunRow:
    """A run in a list."""
    return RunRow(
        id=row.id,
        jobcenter=row.jobcenter,
        pay_on=row.pay_on,
        status_label=str(STATUS_LABELS[row.status]),
        tag_kind=STATUS_TAGS[row.status],
        workers=row.workers,
        gross=row.gross,
        to_accounts=row.to_accounts,
    )


@dataclass(frozen=True)
class Choices:
    """What can be done on a run's page. `same_person`: the reader made the list, so somebody else approves it."""

    approve: bool
    same_person: bool
    withdraw: bool
    take_file: bool
    mark_paid: bool
    discard: bool
    waits_for_day: bool
    see_details: bool
    note_returns: bool
    note_refusal: bool


def choices(actor: Actor, run: PayRun, today: date) -> Choices:
    """The buttons of a run's page for a reader."""
    manages = policy.can_manage(actor, run.jobcenter_id)
    listed, approved = run.status is PayRunStatus.LISTED, run.status is PayRunStatus.APPROVED
    same = run.made_by_id == actor.user_id
    return Choices(
        approve=listed and not same,
        same_person=listed and same,
        withdraw=approved and run.file_taken_at is None,
        take_file=manages and (approved or run.status is PayRunStatus.PAID),
        mark_paid=manages and approved and run.pay_on <= today,
        discard=manages and listed,
        waits_for_day=approved and run.pay_on > today,
        see_details=manages,
        note_returns=manages and run.status is PayRunStatus.PAID,
        note_refusal=manages and approved and run.file_taken_at is not None,
    )


def status_of(run: PayRun) -> tuple[str, str]:
    """The state of a run in words, and the kind of its tag."""
    return str(STATUS_LABELS[run.status]), STATUS_TAGS[run.status]


def parts_of_items(items: Iterable[PayItem]) -> list[Part]:
    """A run's items, a part per payer."""
    return _parts((item.payer, _stored_row(item)) for item in items)


def parts_of_preview(listed: Sequence[Listed], workers: dict[int, Worker], pay_on: date) -> list[Part]:
    """What would be listed for a pay day, a part per payer."""
    taken = taken_of_listed(listed, queries_enforcement.prohibitions_of(workers), pay_on)
    return _parts(
        (each.payer, _listed_row(each, workers[each.worker_id], taken[each.worker_id, each.payer])) for each in listed
    )


def _parts(rows: Iterable[tuple[Payer, ItemRow]]) -> list[Part]:
    by_payer: dict[Payer, list[ItemRow]] = {}
    for payer, row in rows:
        by_payer.setdefault(payer, []).append(row)
    return [_part(payer, by_payer[payer]) for payer in Payer if payer in by_payer]


def _part(payer: Payer, rows: list[ItemRow]) -> Part:
    return Part(
        payer=payer,
        title=str(PAYERS[payer]),
        rows=rows,
        gross=sum((row.gross for row in rows), ZERO),
        withheld=sum((row.withheld for row in rows), ZERO),
        enforced=sum((row.enforced for row in rows), ZERO),
        to_account=sum((row.to_account for row in rows), ZERO),
    )


def _stored_row(item: PayItem) -> ItemRow:
    return ItemRow(
        worker_id=item.worker_id,
        worker_name=item.worker_name,
        account_holder=item.account_holder,
        iban=bank.grouped_iban(item.iban),
        minutes=item.minutes,
        gross=item.gross,
        withheld=item.withheld,
        net=item.net,
        enforced=item.enforced,
        basis=basis_text(pay_of(item)),
        came_back=_("Came back %(day)s", day=texts.day(item.returned_on)) if item.returned_on else "",
    )


def _listed_row(listed: Listed, worker: Worker, enforced: Decimal) -> ItemRow:
    return ItemRow(
        worker_id=worker.id,
        worker_name=worker.name,
        account_holder=worker.account_holder or worker.name,
        iban=bank.grouped_iban(worker.iban),
        minutes=listed.minutes,
        gross=listed.pay.gross,
        withheld=listed.pay.withheld,
        net=listed.pay.net,
        enforced=enforced,
        basis=basis_text(listed.pay),
    )


def pay_of(item: PayItem) -> Pay:
    """A stored item's pay."""
    return Pay(
        gross=item.gross,
        withheld=item.withheld,
        net=item.net,
        basis=item.basis,
        rate=item.rate,
        over_limit=item.over_limit,
        additional_rate=item.additional_rate,
    )


# A worker's own page


@dataclass(frozen=True)
class OwnPay:
    """Pay of one day as the worker sees it. `withheld` and `to_account` are None where somebody else withholds.

    `payslip_id`: the item whose payslip there is, or None; `came_back`: the bank returned it and it is still owed.
    """

    pay_on: date
    gross: Decimal
    withheld: Decimal | None
    to_account: Decimal | None
    basis: str
    payer: str
    enforced: Decimal = ZERO
    needs_card: bool = False
    payslip_id: int | None = None
    came_back: bool = False


def own_pay(own: queries.OwnItem) -> OwnPay:
    """What is on a list."""
    item = own.item
    has_payslip = own.status is PayRunStatus.PAID and item.payer is Payer.JOBCENTER
    return replace(
        _own(pay_of(item), own.pay_on, item.payer, item.enforced),
        payslip_id=item.id if has_payslip else None,
        came_back=item.returned_on is not None and item.paid_again_on is None,
    )


def coming_pay(workers: Sequence[Worker], days: dict[int, date], percent: Decimal) -> list[OwnPay]:
    """What confirmed hours on no list yet will bring on the next pay day; `days` tells it by worker id."""
    ids = [worker.id for worker in workers]
    hours, prohibitions = queries.waiting_of(ids), queries_enforcement.prohibitions_of(ids)
    coming: list[OwnPay] = []
    for day in sorted(set(days.values())):
        of_day = [worker for worker in workers if days[worker.id] == day]
        theirs = [row for row in hours if days[row.worker_id] == day]
        listed = domain.list_pay(theirs, queries.payees(of_day, day), percent_without_card=percent)
        taken = taken_of_listed(listed, prohibitions, day)
        coming += [_own(each.pay, day, each.payer, taken[each.worker_id, each.payer]) for each in listed]
    return coming


def paid_elsewhere(row: queries.PaidDay) -> OwnPay:
    """What was paid without a list of ours: only the gross is known."""
    return OwnPay(pay_on=row.paid_on, gross=row.gross, withheld=None, to_account=None, basis="", payer="")


def _own(pay: Pay, day: date, payer: Payer, enforced: Decimal) -> OwnPay:
    by_partner = pay.basis is WithholdingBasis.PARTNER_WITHHOLDS
    return OwnPay(
        pay_on=day,
        gross=pay.gross,
        withheld=None if by_partner else pay.withheld,
        to_account=None if by_partner else pay.net - enforced,
        enforced=enforced,
        basis=basis_text(pay),
        payer=str(PAYERS[payer]),
        needs_card=pay.basis is WithholdingBasis.NO_CARD,
    )


def masked_iban(iban: str) -> str:
    """An account as it is safe to show: its last four characters."""
    return f"… {iban[-4:]}" if bank.is_iban(iban) else ""


# The list as a file


def csv_of(run: PayRun, items: Iterable[PayItem], notes: Mapping[int, str]) -> bytes:
    """A run as CSV for Finnish spreadsheets: semicolons, decimal commas, UTF-8 with a mark; no cell is a formula.

    `notes`: what the partner is told of a worker that it employs, by the worker's id.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        [
            _("Pay day"),
            _("Name"),
            _("Account holder"),
            _("Account (IBAN)"),
            _("Who pays"),
            _("Hours"),
            _("Gross, EUR"),
            _("Withheld, EUR"),
            _("Paid on for debts, EUR"),
            _("To the account, EUR"),
            _("Withholding"),
            _("To the employer"),
        ]
    )
    for item in items:
        note = notes.get(item.worker_id, "") if item.payer is Payer.PARTNER else ""
        writer.writerow([*_csv_row(run, item), safe_cell(note)])
    return out.getvalue().encode("utf-8-sig")


def _csv_row(run: PayRun, item: PayItem) -> list[str]:
    ours = item.payer is Payer.JOBCENTER
    day = f"{run.pay_on.day}.{run.pay_on.month}.{run.pay_on.year}"
    words = [day, item.worker_name, item.account_holder, item.iban or _("missing"), str(PAYERS[item.payer])]
    figures = [money.hours_of(item.minutes), item.gross, item.withheld if ours else None]
    figures += [item.enforced if ours else None, item.to_account if ours else None]
    return [
        *map(safe_cell, words),
        *("" if figure is None else str(figure).replace(".", ",") for figure in figures),
        safe_cell(basis_text(pay_of(item))),
    ]


def file_name(run: PayRun) -> str:
    """The file's name, by the pay day."""
    return f"pay-{run.pay_on.isoformat()}.csv"

"""What the pages of a year's pay and of the partner's month show, and both as CSV files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _

from jobcenter.benefits import ContractForm, Income, IncomeState, Law
from jobcenter.benefits.take_home import TaxFacts, take_home
from jobcenter.billing.payruns.domain import safe_cell
from jobcenter.billing.payruns.queries_year import PaidTo, PartnerPay, Reported
from jobcenter.core import money, texts
from jobcenter.core.money import ZERO

Facts = list[tuple[str, str]]


def total_of(rows: Iterable[PaidTo]) -> PaidTo:
    """The sums of a year."""
    rows = list(rows)
    names = [name for name in PaidTo.__dataclass_fields__ if name not in ("worker_id", "name")]
    return PaidTo(0, _("All together"), **{name: sum((getattr(row, name) for row in rows), ZERO) for name in names})


def tax_facts(rows: Sequence[PaidTo], reported: Reported) -> Facts:
    """What the tax authority asks of a year's pay, and what the Incomes Register was told of it."""
    total = total_of(rows)
    return [
        (_("People whom the Jobcenter paid"), texts.number(sum(1 for row in rows if row.gross))),
        (_("Compensation for work, before tax"), texts.money(total.gross)),
        (_("Of it to people in the prepayment register"), texts.money(total.untaxed)),
        (_("Of it without a tax card"), texts.money(total.without_card)),
        (_("Tax withheld"), texts.money(total.withheld)),
        (_("Reported to the Incomes Register, before tax"), texts.money(reported.compensation)),
        (_("Reported to the Incomes Register, tax withheld"), texts.money(reported.withheld)),
        (_("Reports that the register has not taken yet"), texts.number(reported.open)),
    ]


def tells_all(rows: Sequence[PaidTo], reported: Reported) -> bool:
    """Whether the register was told of all that must be told to it: not of those in the prepayment register."""
    total = total_of(rows)
    return (total.gross - total.untaxed, total.withheld) == (reported.compensation, reported.withheld)


def year_csv(rows: Sequence[PaidTo], jobcenter: str, year: int) -> bytes:
    """A year's pay by worker, for Finnish spreadsheets."""
    head = [
        _("Jobcenter"),
        _("Year"),
        _("Name"),
        _("Gross, EUR"),
        _("Withheld, EUR"),
        _("Paid on for debts, EUR"),
        _("To the account, EUR"),
        _("Gross in the prepayment register, EUR"),
        _("Gross without a tax card, EUR"),
        _("Paid by the partner, gross, EUR"),
        _("Counted by the limits checker, EUR"),
    ]
    return _csv(
        head,
        (
            [
                jobcenter,
                str(year),
                row.name,
                row.gross,
                row.withheld,
                row.enforced,
                row.to_account,
                row.untaxed,
                row.without_card,
                row.partner,
                row.checker,
            ]
            for row in rows
        ),
    )


@dataclass(frozen=True)
class PartnerRow:
    """What the partner paid one worker on a day. `contributions`: the employee's own at most; None: not known."""

    name: str
    paid_on: date
    minutes: int
    gross: Decimal
    contributions: Decimal | None


def partner_rows(rows: Iterable[PartnerPay], law: Law) -> list[PartnerRow]:
    """The partner's month, with what an employee's pension and unemployment insurance take of each wage at most."""
    return [PartnerRow(row.name, row.paid_on, row.minutes, row.gross, _contributions(row, law)) for row in rows]


def partner_csv(rows: Iterable[PartnerRow], jobcenter: str) -> bytes:
    """The partner's month for Finnish spreadsheets."""
    head = [_("Jobcenter"), _("Pay day"), _("Name"), _("Hours"), _("Gross, EUR"), _("Employee's contributions, EUR")]
    return _csv(
        head,
        (
            [
                jobcenter,
                f"{row.paid_on.day}.{row.paid_on.month}.{row.paid_on.year}",
                row.name,
                money.hours_of(row.minutes),
                row.gross,
                "" if row.contributions is None else row.contributions,
            ]
            for row in rows
        ),
    )


def _contributions(row: PartnerPay, law: Law) -> Decimal | None:
    wage = Income(row.paid_on, row.paid_on, row.gross, ContractForm.PARTNER, IncomeState.PAID)
    (left,) = take_home([wage], TaxFacts((), False, row.born), law)
    return None if left is None else left.contributions


def _csv(head: Sequence[str], rows: Iterable[Sequence[str | Decimal]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: str | Decimal) -> str:
    return safe_cell(value) if isinstance(value, str) else str(value).replace(".", ",")

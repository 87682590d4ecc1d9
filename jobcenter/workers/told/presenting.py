"""Income told of, in words, for pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from jobcenter.core import texts
from jobcenter.workers.models import ToldIncome
from jobcenter.workers.told.domain import IncomeTold
from jobcenter.workers.told.messages import WORK_FORMS
from jobcenter.workers.told.queries import told

Facts = list[tuple[str, str]]


@dataclass(frozen=True)
class IncomeCard:
    """One income as a page shows it."""

    id: int
    label: str
    facts: Facts
    has_ended: bool


def income_cards(rows: Iterable[ToldIncome], today: date) -> list[IncomeCard]:
    """Incomes with their amounts and days; those that go on come first."""
    cards = [
        IncomeCard(
            id=row.id,
            label=row.what,
            facts=[*income_facts(told(row)), (_("Told by"), f"{row.told_by}, {texts.day(row.told_on)}")],
            has_ended=told(row).has_ended(today),
        )
        for row in rows
    ]
    return sorted(cards, key=lambda card: card.has_ended)


def income_facts(income: IncomeTold) -> Facts:
    """An income's form, amounts and days."""
    return [
        (_("Paid as"), str(WORK_FORMS[income.contract])),
        (_("Before tax"), amount(income)),
        (_("After tax"), texts.money(income.net) if income.net is not None else _("Not known")),
        *_days(income),
    ]


def amount(income: IncomeTold) -> str:
    """`200,00 € a month`, or the amount that comes once."""
    gross = texts.money(income.gross)
    return _("%(amount)s a month", amount=gross) if income.monthly else _("%(amount)s, once", amount=gross)


def _days(income: IncomeTold) -> Facts:
    if not income.monthly:
        return [(_("Day of work"), texts.day(income.starts_on))]
    until = texts.day(income.ends_on) if income.ends_on else _("Goes on")
    return [(_("From"), texts.day(income.starts_on)), (_("Until"), until)]

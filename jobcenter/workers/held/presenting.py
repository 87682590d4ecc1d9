"""Benefits, tax cards and accounts in words, for pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from flask_babel import gettext as _

from jobcenter.benefits import FIGURES, BenefitKind
from jobcenter.core import texts
from jobcenter.workers.domain import YesNoUnknown
from jobcenter.workers.held.messages import (
    FIGURE_LABELS,
    HOUSEHOLDS,
    MUNICIPALITY_GROUPS,
    PERIODS,
    YES_NO_UNKNOWN,
)
from jobcenter.workers.messages import BENEFITS, JOBSEEKER
from jobcenter.workers.models import HeldBenefit, TaxCard, Worker

Facts = list[tuple[str, str]]

# Figures that most people have none of: left empty, nothing is missing.
MAY_BE_NONE = frozenset({"confirmed_yel_income"})

# What a reading of the benefits page puts on the log.
BENEFIT_FIELDS = ("benefits", "jobseeker", "benefits_asked_on", "told_income")


@dataclass(frozen=True)
class BenefitCard:
    """One benefit as the page shows it."""

    id: int
    label: str
    facts: Facts
    has_ended: bool
    has_end: bool


def benefit_cards(benefits: Iterable[HeldBenefit], today: date) -> list[BenefitCard]:
    """Benefits with their days and figures; those that go on come first."""
    cards = [
        BenefitCard(
            id=row.id,
            label=str(BENEFITS[row.kind]),
            facts=[*_days(row), *_figures(row), (_("Told by"), f"{row.told_by}, {texts.day(row.told_on)}")],
            has_ended=row.ends_on is not None and row.ends_on < today,
            has_end=row.ends_on is not None,
        )
        for row in benefits
    ]
    return sorted(cards, key=lambda card: card.has_ended)


def _days(row: HeldBenefit) -> Facts:
    return [
        (_("From"), texts.day(row.starts_on) if row.starts_on else _("Not known")),
        (_("Until"), texts.day(row.ends_on) if row.ends_on else _("Goes on")),
    ]


def _figures(row: HeldBenefit) -> Facts:
    return figure_facts(row.kind, {name: getattr(row, name) for name in FIGURES.get(row.kind, ())})


def figure_facts(kind: BenefitKind, figures: Mapping[str, object]) -> Facts:
    """The figures of a kind of benefit in words, in the order asked; those not known too."""
    return [(str(FIGURE_LABELS[name]), _figure(name, figures[name])) for name in FIGURES.get(kind, ())]


def _figure(name: str, value: object) -> str:
    if isinstance(value, bool):
        return str(YES_NO_UNKNOWN[YesNoUnknown.of(value)])
    if isinstance(value, Decimal):
        return texts.money(value)
    if isinstance(value, date):
        return texts.day(value)
    if isinstance(value, StrEnum):
        return str(_CHOICES[value])
    if value is None:
        return _("None told of") if name in MAY_BE_NONE else _("Not known")
    return str(value)


_CHOICES = {**HOUSEHOLDS, **MUNICIPALITY_GROUPS, **PERIODS}


def asked_facts(worker: Worker) -> Facts:
    """When the person was last asked, and whether they look for work as unemployed."""
    asked = texts.day(worker.benefits_asked_on) if worker.benefits_asked_on else _("Not known: ask first")
    return [(_("Asked on"), asked), (_("Work-seeking"), str(JOBSEEKER[worker.jobseeker]))]


def account_facts(worker: Worker) -> Facts:
    """Where the money is paid."""
    return [
        (_("Account number (IBAN)"), grouped(worker.iban) or _("Not given")),
        (_("Account holder"), worker.account_holder or _("–")),
    ]


def grouped(iban: str) -> str:
    """An IBAN in groups of four."""
    return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))


def tax_card_facts(card: TaxCard) -> Facts:
    """A tax card as it is printed."""
    return [
        (_("Valid"), f"{texts.day(card.valid_from)} – {texts.day(card.valid_to)}"),
        (_("Withholding rate"), texts.percent(card.rate)),
        (_("Additional rate"), texts.percent(card.additional_rate)),
        (_("Income limit"), texts.money(card.income_limit)),
    ]

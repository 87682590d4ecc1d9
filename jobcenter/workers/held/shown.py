"""Benefits, tax cards and accounts in words, for pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from jobcenter.core import texts
from jobcenter.workers.domain import YesNoUnknown
from jobcenter.workers.held.messages import YES_NO_UNKNOWN
from jobcenter.workers.messages import BENEFITS, JOBSEEKER
from jobcenter.workers.models import HeldBenefit, TaxCard, Worker

Facts = list[tuple[str, str]]

# What a reading of the benefits page puts on the log.
BENEFIT_FIELDS = ("benefits", "jobseeker", "benefits_asked_on")


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
    amounts = (
        (_("Yearly income from work in the decision"), row.decided_annual_income),
        (_("Earnings limit in the decision, a month"), row.personal_limit),
        (_("Confirmed YEL income, a year"), row.confirmed_yel_income),
    )
    facts = [(label, texts.money(amount)) for label, amount in amounts if amount is not None]
    if row.granted_on_disability is not None:
        answer = YES_NO_UNKNOWN[YesNoUnknown.of(row.granted_on_disability)]
        facts.append((_("Paid because of a disability pension"), str(answer)))
    if row.blind_or_immobile:
        facts.append((_("Permanently blind or unable to move"), _("Yes")))
    return facts


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

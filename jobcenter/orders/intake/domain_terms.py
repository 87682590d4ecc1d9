"""The price and the terms of an order: what may be offered, and what the orderer can expect to pay. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jobcenter.auth.domain import JobcenterKind
from jobcenter.benefits import ContractForm
from jobcenter.core.errors import DomainError
from jobcenter.core.money import ZERO, MoneyTold, Price, for_minutes
from jobcenter.orders.intake.domain_times import Occurrence
from jobcenter.orders.rates.domain import Rates, alone_from

HEADING = "## "
LANGUAGE_OF_LAW = "fi"


class PriceRefused(DomainError):
    """The hourly price may not be offered: above the list, below the wage, or lower without a reason."""


class PartnerMissing(DomainError):
    """Nobody could be the employer: the Jobcenter has no partner."""


class PriceNeedsSecond(PriceRefused):
    """The hourly price is so low that another person must approve it first; `least` is what one may agree alone."""


class TermsMissing(DomainError):
    """The Jobcenter has no terms in force."""


class TermsTextRefused(DomainError):
    """A version of the terms lacks a text, or would begin in the past."""


@dataclass(frozen=True)
class Estimate:
    """What an order would cost by the dated rates: paid minutes of all people, and net, VAT and total."""

    minutes: int
    hourly_price: Decimal
    price: Price


@dataclass(frozen=True)
class TermsSection:
    """One headed part of the terms."""

    heading: str
    paragraphs: tuple[str, ...]


def usual_form(kind: JobcenterKind) -> ContractForm:
    """The form of contract that a Jobcenter's orders are priced by before a coordinator has chosen one."""
    return ContractForm.PARTNER if kind is JobcenterKind.REHABILITATIVE else ContractForm.ASSIGNMENT


def estimate(
    found: Iterable[Occurrence], *, people: int, rates_on: Callable[[date], Rates], agreed: Decimal | None = None
) -> Estimate:
    """The price of occurrences with so many people: each by its own day's rates, VAT per rate on the sum.

    `agreed` is the hourly price of the order once it is agreed; otherwise the list price of each day holds.
    """
    minutes, hourly, nets = 0, ZERO, defaultdict[Decimal, Decimal](lambda: ZERO)
    for occurrence in found:
        rates = rates_on(occurrence.day)
        hourly = hourly or agreed or rates.price
        minutes += occurrence.minutes * people
        nets[rates.vat_percent] += for_minutes(agreed or rates.price, occurrence.minutes * people)
    total = sum((Price.of_net(net, vat) for vat, net in nets.items()), Price(ZERO, ZERO, ZERO))
    return Estimate(minutes=minutes, hourly_price=hourly, price=total)


@dataclass(frozen=True)
class HourSplit:
    """Where an hour's price goes, in euros: the worker's wage, the rest of the net price, and VAT."""

    wage: Decimal
    service: Decimal
    vat: Decimal
    vat_percent: Decimal

    @property
    def gross(self) -> Decimal:
        return self.wage + self.service + self.vat


def hour_split(rates: Rates, agreed: Decimal | None) -> HourSplit:
    """The parts of an hour at the agreed price, else at the list price; a lower price takes from the service alone."""
    price = Price.of_net(rates.price if agreed is None else agreed, rates.vat_percent)
    return HourSplit(wage=rates.wage, service=price.net - rates.wage, vat=price.vat, vat_percent=rates.vat_percent)


def check_hourly_price(hourly_price: Decimal, *, rates: Rates, reason: str) -> None:
    """Whether an hourly price (net) may be offered: the list price, or a lower one with a reason, never below the wage.

    Raises PriceRefused.
    """
    if hourly_price > rates.price:
        raise PriceRefused("price_above_list", "hourly_price", list_price=MoneyTold(rates.price))
    if hourly_price < rates.wage:
        raise PriceRefused("price_below_wage", "hourly_price", wage=MoneyTold(rates.wage))
    if hourly_price < rates.price and not reason:
        raise PriceRefused("price_reason_missing", "price_reason")


def check_employer(form: ContractForm, partner: str, field: str | None = None) -> None:
    """Refuse the partner form to a Jobcenter without a partner: its contract would name no employer, and work without
    one counts as entrepreneurship. Raises PartnerMissing.
    """
    if form is ContractForm.PARTNER and not partner:
        raise PartnerMissing("partner_missing", field)


def check_alone(hourly_price: Decimal, *, rates: Rates, least_share: Decimal | None) -> None:
    """Whether one person may agree a price that `check_hourly_price` allows. Raises PriceNeedsSecond."""
    least = alone_from(rates, least_share)
    if hourly_price < least:
        raise PriceNeedsSecond("price_needs_second", "hourly_price", least=MoneyTold(least))


def check_terms_texts(texts: Mapping[str, str], valid_from: date, *, today: date) -> None:
    """Whether a version of the terms may be published: it has a Finnish text and begins today or later.

    Raises TermsTextRefused.
    """
    if not texts.get(LANGUAGE_OF_LAW, "").strip():
        raise TermsTextRefused("terms_text_missing", "text_fi")
    if valid_from < today:
        raise TermsTextRefused("terms_in_past", "valid_from")


def text_in(texts: Mapping[str, str], language: str) -> str:
    """The terms in the reader's language; where there are none, in Finnish."""
    return texts.get(language.partition("@")[0]) or texts[LANGUAGE_OF_LAW]


def sections(text: str) -> list[TermsSection]:
    """The terms as headed parts: a line that begins with `## ` is a heading, a blank line ends a paragraph."""
    found: list[tuple[str, list[str]]] = []
    for block in filter(None, map(str.strip, text.split("\n\n"))):
        if block.startswith(HEADING):
            heading, _newline, rest = block.removeprefix(HEADING).partition("\n")
            found.append((heading.strip(), [rest.strip()] if rest.strip() else []))
        elif found:
            found[-1][1].append(block)
        else:
            found.append(("", [block]))
    return [TermsSection(heading, tuple(paragraphs)) for heading, paragraphs in found]

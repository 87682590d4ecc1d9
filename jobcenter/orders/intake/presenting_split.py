"""Where an hour's price goes, for whoever sees an order: the worker's part, the service's or the partner's, and VAT."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import gettext as _

from jobcenter.benefits import ContractForm
from jobcenter.core import texts
from jobcenter.orders.intake.domain_terms import HourSplit, hour_split
from jobcenter.orders.intake.messages import SPLITS
from jobcenter.orders.intake.models import Order
from jobcenter.orders.intake.queries import first_day, rates_of
from jobcenter.orders.rates.domain import RateMissing


def split_of(order: Order, hourly_price: Decimal | None) -> list[tuple[str, str]]:
    """Where an hour's price (net; None: the list price) goes, once the form is set and its rates are known."""
    if order.contract_form is None:
        return []
    try:
        rates = rates_of(order, order.contract_form, first_day(order))
    except RateMissing:
        return []
    return split_facts(order.contract_form, hour_split(rates, hourly_price))


def split_facts(form: ContractForm, split: HourSplit) -> list[tuple[str, str]]:
    """An hour's price in its parts: the worker's, the service's or the partner's costs, and VAT."""
    worker, service = SPLITS[form]
    return [
        (str(worker), texts.money(split.wage)),
        (str(service), texts.money(split.service)),
        (_("Of an hour: VAT %(percent)s", percent=texts.percent(split.vat_percent)), texts.money(split.vat)),
        (_("An hour with VAT"), texts.money(split.gross)),
    ]

"""What the refusals and kinds of rates are called."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.benefits import ContractForm
from jobcenter.orders.rates.domain import RateKind

ERRORS = {
    "price_rule_own": _l("You agree prices here as a coordinator too, so another administrator lowers this."),
    "rate_missing": _l("A verified rate for the day is missing. An administrator must set it first."),
    "rate_in_past": _l("The day has passed. Hours already carry the rate of their day; give today or a later day."),
    "rate_begun": _l("A value already begins on this day and is in force. Give a later day."),
    "rate_orderer_wrong": _l("Only list prices can be for one kind of orderer."),
    "rate_form_wrong": _l("Prices and wages need a contract form; VAT has none."),
}

KINDS = {
    RateKind.PRICE: _l("List price, euros per hour, without VAT"),
    RateKind.WAGE: _l("Wage, euros per hour"),
    RateKind.VAT: _l("VAT, per cent"),
}

FORMS = {
    ContractForm.ASSIGNMENT: _l("Assignment contract"),
    ContractForm.PARTNER: _l("Partner employment"),
}

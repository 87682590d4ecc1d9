"""The refusals and labels of benefits held, tax cards and bank accounts."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.workers.domain import Answer, YesNoUnknown

ERRORS = {
    "end_before_start_day": _l("The last day cannot be before the first day."),
    "day_ahead": _l("The day has not come yet. Give today or an earlier day."),
    "benefit_already": _l("This benefit is on the list already."),
    "benefit_ended_already": _l("This benefit has an end day already."),
    "iban_wrong": _l("Check the account number: its check digits do not match. A Finnish IBAN begins with FI."),
    "holder_needed": _l("Give the name of the account holder."),
    "tax_card_already": _l("The same tax card is saved already."),
}

ANSWERS = {
    Answer.ALL_TOLD: _l("The list of benefits here is complete (empty: no benefits)"),
    Answer.NOT_KNOWN: _l("I don't know"),
}

YES_NO_UNKNOWN = {
    YesNoUnknown.YES: _l("Yes"),
    YesNoUnknown.NO: _l("No"),
    YesNoUnknown.UNKNOWN: _l("I don't know"),
}

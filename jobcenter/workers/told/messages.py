"""The refusals and labels of income told of."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.benefits import ContractForm
from jobcenter.workers.told.domain import HowOften

ERRORS = {
    "once_has_no_end": _l("Income that comes once has no last day. Leave it empty."),
    "net_above_gross": _l("What is left after tax cannot be more than the pay before tax."),
    "income_already": _l("This income is on the list already."),
}

WORK_FORMS = {
    ContractForm.PARTNER: _l("Wages from an employer"),
    ContractForm.ASSIGNMENT: _l("Fees for own work, without an employer"),
}

HOW_OFTEN = {
    HowOften.MONTHLY: _l("Each month"),
    HowOften.ONCE: _l("Once"),
}

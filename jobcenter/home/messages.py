"""Texts of the public pages that go by a key: what each task can be, contract forms."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.benefits import ContractForm
from jobcenter.workers.domain import TaskCategory

# What each kind of task can be, for somebody who wonders whether to order it.
TASK_TEXTS = {
    TaskCategory.DISHWASHING: _l("In a café or kitchen, at rush hour or after a party."),
    TaskCategory.CLEANING: _l("Everyday cleaning of offices, stairwells, club rooms and yards."),
    TaskCategory.LAUNDRY: _l("Washing, folding and ironing of work clothes and linen."),
    TaskCategory.GRITTING: _l("Grit on yards and paths before anybody slips."),
    TaskCategory.SNOW_CLEARING: _l("Steps, entrances and paths by hand, regularly or when it snows."),
    TaskCategory.RAKING: _l("Leaves in autumn, lawns and beds in spring."),
    TaskCategory.WATERING: _l("Plants indoors and out, also in the holidays."),
    TaskCategory.PACKING: _l("Bags, parcels, gift boxes and mailings."),
    TaskCategory.SEWING: _l("Bags, aprons, curtains, mending and small series."),
    TaskCategory.ARCHIVING: _l("Sorting, labelling and scanning papers."),
    TaskCategory.GROCERY_BAGS: _l("Carrying shopping to people who get home care."),
    TaskCategory.COMPANIONSHIP: _l(
        "A walk, a game, coffee together. Comes on top of basic services, never in place of them."
    ),
    TaskCategory.OTHER: _l("Tell us what you need. We say honestly whether we can do it."),
}

FORMS = {
    ContractForm.ASSIGNMENT: _l("Assignment contract"),
    ContractForm.PARTNER: _l("Partner employment"),
}

HOUR_SPLITS = {
    ContractForm.ASSIGNMENT: _l(
        "Of an hour %(worker)s goes to the worker before tax and %(service)s to the service; VAT is %(vat)s."
    ),
    ContractForm.PARTNER: _l(
        "An hour is made of a wage of %(worker)s by the collective agreement, the partner's costs of %(service)s,"
        " and VAT of %(vat)s."
    ),
}

FORM_TEXTS = {
    ContractForm.ASSIGNMENT: _l("The worker does the job on an assignment contract and is nobody's employee."),
    ContractForm.PARTNER: _l("A partner employs the worker and carries the employer's duties."),
}

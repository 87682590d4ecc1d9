"""What keeps a report from going to the Incomes Register, in words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ERRORS = {
    "register_no_business_id": _l("The payer's business ID is missing or wrong. Correct the billing details."),
    "register_no_contact": _l(
        "The Incomes Register wants the name of a contact person. Give it in the billing details."
    ),
    "register_no_phone": _l(
        "The Incomes Register wants a contact person's telephone number. Give it in the billing details."
    ),
    "register_no_reference": _l("The delivery has no reference, or one that is too long."),
    "register_period_wrong": _l("The pay period ends before it begins."),
    "register_no_reports": _l("There is nothing to report."),
    "register_no_personal_id": _l("The personal identity code is missing or wrong: %(name)s."),
    "register_no_name": _l("The given name or the family name is missing: %(name)s."),
    "register_no_report_reference": _l("The report has no reference, or one that is too long: %(name)s."),
    "register_no_amount": _l("The pay to report is not above zero: %(name)s."),
    "register_withheld_wrong": _l("More is withheld than was paid, or less than nothing: %(name)s."),
}

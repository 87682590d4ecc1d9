"""What keeps a report from going to the Incomes Register, in words."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from jobcenter.billing.register.codes import CodeStatus
from jobcenter.billing.register.domain import ReportStatus, Urgency, due_on
from jobcenter.core import texts
from jobcenter.notifications.domain import Mail, paragraphs

ERRORS = {
    "report_already": _l("This is done already."),
    "report_not_possible": _l("This cannot be done to the report any more. Look at its newest state."),
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

STATUS = {
    ReportStatus.DUE: (_l("To be reported"), "warn"),
    ReportStatus.FILED: (_l("Handed over, waits for the answer"), "info"),
    ReportStatus.ACCEPTED: (_l("Taken by the register"), "good"),
    ReportStatus.REJECTED: (_l("Refused by the register"), "bad"),
    ReportStatus.TO_CANCEL: (_l("To be cancelled in the register"), "warn"),
    ReportStatus.CANCELLED: (_l("Cancelled"), "neutral"),
}

URGENCY = {
    Urgency.AHEAD: (_l("In time"), "info"),
    Urgency.SOON: (_l("Soon due"), "warn"),
    Urgency.LATE: (_l("Late"), "bad"),
}

CODE_STATUS = {
    CodeStatus.CONFIRMED: _l("the register itself"),
    CodeStatus.SINGLE_SOURCE: _l("one source"),
    CodeStatus.UNVERIFIED: _l("not verified"),
}


def due_mail(jobcenter: str, paid_on: date, count: int, urgency: Urgency, link: str) -> Mail:
    """To coordinators: payments that must be reported to the Incomes Register soon, or should have been."""
    day, due = texts.day(paid_on), texts.day(due_on(paid_on))
    late = urgency is Urgency.LATE
    subject = (
        _("The report to the Incomes Register is late: %(day)s", day=day)
        if late
        else _("To be reported to the Incomes Register by %(due)s", due=due)
    )
    return Mail(
        subject=subject,
        body=paragraphs(
            ngettext(
                "%(jobcenter)s paid %(count)s person on %(day)s. The payment is not reported yet. It is due by "
                "%(due)s.",
                "%(jobcenter)s paid %(count)s people on %(day)s. The payments are not reported yet. They are due by "
                "%(due)s.",
                count,
                jobcenter=jobcenter,
                count=count,
                day=day,
                due=due,
            ),
            link,
        ),
    )

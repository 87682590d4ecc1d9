"""Texts of pay: refusals, states, who pays, why so much is withheld."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from jobcenter.benefits.employer import EmployerDuty
from jobcenter.benefits.withholding import Pay, WithholdingBasis
from jobcenter.billing.payruns.domain import Payer, PayRunStatus
from jobcenter.core import texts
from jobcenter.notifications.domain import Mail, paragraphs

ERRORS = {
    "pay_run_already": _l("This is done already."),
    "pay_run_not_possible": _l("This cannot be done to the pay run any more. Look at its newest state."),
    "nothing_to_pay": _l("No confirmed hours wait to be paid. Perhaps they are on another list already."),
    "not_a_pay_day": _l("Choose one of the pay days given."),
    "pay_day_not_come": _l("The list can be marked as paid on its pay day, %(day)s, or after it."),
    "pay_run_same_person": _l(
        "Whoever made the list does not approve it. Ask another coordinator or an administrator of the Jobcenter."
    ),
    "pay_run_not_approved": _l("A second person must approve the list before its payment file can be taken."),
    "pay_file_taken": _l("The payment file has been taken to the bank, so the approval stands."),
    "pay_account_missing": _l(
        "These have no bank account: %(names)s. Throw the list away, tell their accounts, and make the list again."
    ),
    "enforcement_iban_wrong": _l("Give the account from the payment prohibition; its check digits must be right."),
    "enforcement_reference_wrong": _l("Give the reference number from the payment prohibition."),
    "enforcement_days_wrong": _l("The prohibition cannot end before it begins."),
    "enforcement_ended_already": _l("The prohibition ends on that day already."),
    "personal_id_already": _l("The same personal identity code is saved already."),
    "pay_file_not_taken": _l("No payment file of this list was taken to the bank, so none can have been refused."),
    "pay_run_executed": _l(
        "The list is marked as paid. If payments came back, note them, "
        "one by one or all, on the page of payments that came back."
    ),
    "refused_day_wrong": _l("Give a day on which banks are open, %(first)s or within a week after it."),
    "return_already": _l("It is noted already that this payment came back."),
    "return_listed_already": _l("A list pays this again already."),
    "return_not_noted": _l("Note first that the bank returned the payment."),
    "return_nothing_paid": _l("Nothing went to the account, so nothing can have come back."),
    "return_report_unanswered": _l(
        "The Incomes Register has not answered the report of this payment. Note its answer first, so that the report "
        "can be taken back."
    ),
    "return_day_wrong": _l("Give a day between the payment, %(paid)s, and today."),
    "personal_id_wrong": _l("Give a personal identity code whose check mark is right, for example 131052-308T."),
    "pay_day_passed": _l(
        "The pay day has passed, so the money would come on another day than the list says. Throw the list away and "
        "make it again for the next pay day."
    ),
    "pay_list_facts_stale": _l(
        "A bank account, a tax card or a payment prohibition of somebody on the list has changed after it was made. "
        "Throw the list away and make it again."
    ),
    "pay_list_stale": _l(
        "Hours have changed after this list was made. Throw the list away and make it again so that pay is right."
    ),
}

STATUS_LABELS = {
    PayRunStatus.LISTED: _l("Waits for a second person"),
    PayRunStatus.APPROVED: _l("To be paid"),
    PayRunStatus.PAID: _l("Paid"),
    PayRunStatus.DISCARDED: _l("Thrown away"),
}

STATUS_TAGS = {
    PayRunStatus.LISTED: "warn",
    PayRunStatus.APPROVED: "info",
    PayRunStatus.PAID: "good",
    PayRunStatus.DISCARDED: "neutral",
}

PAYERS = {
    Payer.JOBCENTER: _l("Paid by the Jobcenter"),
    Payer.PARTNER: _l("Paid by the partner"),
}

DUTIES = {
    EmployerDuty.PENSION: _l("Pension insurance (TyEL)"),
    EmployerDuty.UNEMPLOYMENT: _l("Unemployment insurance"),
    EmployerDuty.ACCIDENT: _l("Accident insurance"),
}

REACHED = {
    EmployerDuty.PENSION: _l(
        "Pension insurance (TyEL): wages paid in %(time)s reach the threshold of %(limit)s for %(names)s. The employer "
        "must insure this work."
    ),
    EmployerDuty.UNEMPLOYMENT: _l(
        "Unemployment insurance: wages paid through us in %(time)s come to %(wages)s, over %(limit)s. The employer "
        "owes contributions."
    ),
    EmployerDuty.ACCIDENT: _l(
        "Accident insurance: wages paid through us in %(time)s come to %(wages)s, over %(limit)s. The employer must "
        "insure the work."
    ),
}

UNDER_THRESHOLD = {
    EmployerDuty.PENSION: _l(
        "Pension insurance (TyEL): nobody's wages paid in %(time)s reach the threshold of %(limit)s. Wages that the "
        "partner pays otherwise count too."
    ),
    EmployerDuty.UNEMPLOYMENT: _l(
        "Unemployment insurance: wages paid through us in %(time)s come to %(wages)s, not over %(limit)s. Wages that "
        "the partner pays otherwise count too. The worker's own contribution is withheld all the same."
    ),
    EmployerDuty.ACCIDENT: _l(
        "Accident insurance: wages paid through us in %(time)s come to %(wages)s, not over %(limit)s. Wages that the "
        "partner pays otherwise count too."
    ),
}


def new_day_mail(promised: date, pay_on: date, link: str) -> Mail:
    """To a worker: pay comes on another day than was promised."""
    return Mail(
        _("Your pay comes on %(day)s", day=texts.day(pay_on)),
        paragraphs(
            _("Hello,"),
            _(
                "the bank did not take our payment file. So your pay does not come on %(promised)s, but on %(day)s.",
                promised=texts.day(promised),
                day=texts.day(pay_on),
            ),
            _("Benefits count pay in the month in which it comes. If the month changes, ask your coordinator."),
            _("You see your pay here:"),
            link,
        ),
    )


def transfer_message(pay_on: date) -> str:
    """What a worker's bank statement says of a pay."""
    return _("Gig pay %(day)s", day=texts.day(pay_on))


def basis_text(pay: Pay) -> str:
    """Why so much is withheld, in a few words."""
    rate = texts.percent(pay.rate)
    if pay.basis is WithholdingBasis.NO_CARD:
        return _("No tax card: %(rate)s", rate=rate)
    if pay.basis is WithholdingBasis.PREPAYMENT_REGISTER:
        return _("In the prepayment register: nothing is withheld")
    if pay.basis is WithholdingBasis.PARTNER_WITHHOLDS:
        return _("The partner withholds the tax")
    if pay.over_limit:
        additional = texts.percent(pay.additional_rate)
        return _("Tax card: %(rate)s, over the income limit %(additional)s", rate=rate, additional=additional)
    return _("Tax card: %(rate)s", rate=rate)


def withheld_why(pay: Pay) -> str:
    """Why so much tax is withheld, in sentences for the worker; "" where somebody else withholds."""
    rate, over = texts.percent(pay.rate), texts.money(pay.over_limit)
    if pay.basis is WithholdingBasis.NO_CARD:
        return _(
            "We do not have your tax card, so %(rate)s is withheld. Give the tax card to your coordinator.", rate=rate
        )
    if pay.basis is WithholdingBasis.PREPAYMENT_REGISTER:
        return _("You are in the prepayment register. No tax is withheld: you pay it yourself.")
    if pay.basis is WithholdingBasis.PARTNER_WITHHOLDS:
        return ""
    if not pay.over_limit:
        return _("Your tax card says that %(rate)s of your pay is withheld as tax.", rate=rate)
    return _(
        "Your tax card says that %(rate)s of your pay is withheld as tax. Your pay has gone over the income limit of "
        "the card, so %(additional)s of the %(over)s above it is withheld.",
        rate=rate,
        additional=texts.percent(pay.additional_rate),
        over=over,
    )

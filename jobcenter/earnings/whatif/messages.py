"""The words of what if: questions, the one sentence, remarks, and why a gig could not be offered so."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from jobcenter.benefits import GuardReason
from jobcenter.core import texts
from jobcenter.earnings.messages_sentences import MONTHS_IN
from jobcenter.earnings.whatif.domain import Question
from jobcenter.earnings.whatif.domain_outcome import Outcome, Remark, Verdict
from jobcenter.workers.messages import WEEKDAYS

__all__ = ["ERRORS", "GUARD", "QUESTIONS", "REMARKS", "WEEKDAYS", "headline", "lasting_fall"]

ERRORS = {
    "what_if_past": _l("This time is over already. Choose a later one."),
    "what_if_too_far": _l("We can look at most twelve months ahead. Choose an earlier time."),
    "what_if_no_day": _l("There is no such weekday between the first and the last day."),
    "what_if_no_raise": _l("The pay is %(hourly)s euros an hour now. Give a higher pay."),
    "what_if_no_offer": _l("This offer is open no more. Choose another one."),
    "what_if_too_many": _l("You have %(most)s saved answers. Delete one of them first."),
    "what_if_kept": _l("This answer is saved already."),
    "what_if_choose": _l("Choose two or three answers."),
}

QUESTIONS = {
    Question.OFFER: _l("If I take this offer"),
    Question.GIG: _l("If I do one gig"),
    Question.MONTHLY: _l("If I work so many hours a month"),
    Question.WEEKLY: _l("If I work every week"),
    Question.RAISE: _l("If my pay rises"),
}

REMARKS = {
    Remark.ON_TOP: _l("The gigs that are agreed or offered already are counted both before and after."),
    Remark.RAISE_OF_USUAL_HOURS: _l("The usual hours are counted at the old pay before and at the new pay after."),
    Remark.MONTH_OF_WORK: _l(
        "Pay comes on the pay day, often in the month after the work. Here it is counted in the month of the work."
    ),
    Remark.NO_TAX_CARD: _l(
        "There is no tax card, so a large share is withheld. With a tax card more is paid out at once. What was "
        "withheld too much comes back in the final taxation."
    ),
    Remark.TAX_CARD_ENDS: _l("The tax card ends before this time. We use its rates. Bring the new card in time."),
    Remark.PREPAYMENT_REGISTER: _l(
        "Nothing is withheld from a person in the prepayment register. The person pays the tax. We have this from one "
        "source only. Ask the tax office."
    ),
    Remark.WAGE_CONTRIBUTIONS: _l(
        "An employee's pension and unemployment insurance contributions are taken from a wage. They are an estimate."
    ),
    Remark.PAY_NOT_KNOWN: _l(
        "What is taken from a wage next year is not known yet, so we cannot tell what is paid out."
    ),
    Remark.ASSISTANCE_AMOUNT_NOT_KNOWN: _l(
        "We do not know how large the social assistance is. We count that all the pay above the allowed part is taken "
        "from it. If the assistance is smaller than that, more is left."
    ),
    Remark.ASSISTANCE_FILLS: _l(
        "Social assistance makes up for what other benefits lose. We do not count the same loss twice, and we do not "
        "count on the assistance growing. So less than this is not left."
    ),
    Remark.ALLOWANCE_STAYS: _l("The housing allowance stays as it is until its next review. Then it may change."),
    Remark.ALLOWANCE_GOES_ON: _l(
        "The housing allowance is reviewed. The new amount goes on after this time too, until the next review."
    ),
    Remark.ALLOWANCE_COUNTS_BENEFIT: _l(
        "The housing allowance counts unemployment benefit as income too. When that falls, the allowance falls less "
        "than we say here."
    ),
    Remark.BEFORE_TAX: _l("Unemployment benefit is counted before tax. After tax it falls by less."),
    Remark.SEIZED: _l("What enforcement takes is an estimate. Ask the enforcement officer."),
}

GUARD = {
    GuardReason.UNEMPLOYMENT_BENEFIT: _l(
        "A gig like this cannot be offered on an assignment contract: an unemployment benefit would be stopped while "
        "it is looked into."
    ),
    GuardReason.REGISTERED_JOBSEEKER: _l(
        "A gig like this cannot be offered on an assignment contract to a registered unemployed jobseeker."
    ),
    GuardReason.JOBSEEKER_UNKNOWN: _l(
        "A gig like this cannot be offered on an assignment contract before we know about registration as an "
        "unemployed jobseeker."
    ),
    GuardReason.BENEFITS_NOT_ASKED: _l(
        "A gig like this cannot be offered on an assignment contract before the benefits have been gone through."
    ),
    GuardReason.TOLD_OTHERWISE: _l(
        "A gig like this cannot be offered on an assignment contract: another Jobcenter has been told otherwise."
    ),
}


def lasting_fall(a_month: Decimal) -> str:
    """By how much a housing allowance stays smaller after the work, in euros a month; else the sentence lures."""
    return _(
        "The housing allowance is reviewed. After this time too it would be about %(amount)s a month smaller, until "
        "the next review.",
        amount=texts.money(a_month),
    )


def headline(outcome: Outcome, name: str = "") -> str:
    """The one sentence, said to the person, or about them if a name is given; with its condition, if any."""
    if outcome.verdict is Verdict.NOT_KNOWN:
        return _("We cannot tell fully how much money there would be.")
    change = _change(outcome)
    said = _("%(name)s would have %(change)s.", name=name, change=change) if name else _own(change)
    return _("Only if the pension goes on: %(sentence)s", sentence=said) if outcome.risks else said


def _own(change: str) -> str:
    return _("You would have %(change)s.", change=change)


def _change(outcome: Outcome) -> str:
    if outcome.verdict is Verdict.SAME:
        return _("about the same amount of money as now")
    euros, once = abs(int(outcome.per_month)), len(outcome.months) == 1
    when = str(MONTHS_IN[outcome.months[0].month - 1])
    if outcome.verdict is Verdict.MORE:
        return _more_once(euros, when) if once else _more_a_month(euros)
    return _less_once(euros, when) if once else _less_a_month(euros)


def _more_once(euros: int, when: str) -> str:
    return ngettext("about %(num)s euro more %(when)s", "about %(num)s euros more %(when)s", euros, when=when)


def _more_a_month(euros: int) -> str:
    return ngettext("about %(num)s euro a month more", "about %(num)s euros a month more", euros)


def _less_once(euros: int, when: str) -> str:
    return ngettext("about %(num)s euro less %(when)s", "about %(num)s euros less %(when)s", euros, when=when)


def _less_a_month(euros: int) -> str:
    return ngettext("about %(num)s euro a month less", "about %(num)s euros a month less", euros)

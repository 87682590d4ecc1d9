"""Texts of hours: refusals, states, and the mails to orderer, worker, support person and coordinator."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from jobcenter.notifications.domain import Mail, paragraphs
from jobcenter.orders.hours.domain import EntryStatus

ERRORS = {
    "end_before_start": _l("The end must be after the start."),
    "time_skipped": _l("The clocks go forward that night, so %(time)s does not exist. Give a later time."),
    "hours_too_long": _l("That is over %(hours)s hours. Check the times."),
    "break_too_long": _l("The break must be shorter than the work."),
    "hours_in_future": _l("These hours are not over yet. Log them when the work is done."),
    "hours_not_at_gig": _l("These times are far from the gig's own times. Check the day and the times."),
    "hours_overlap": _l("There are hours at the same time already: %(starts)s–%(ends)s. Change one of them."),
    "hours_already_logged": _l("The hours of this gig are logged already."),
    "gig_not_begun": _l("The gig has not begun yet."),
    "hours_invoiced": _l(
        "These hours are on an invoice, so they stay as they are. The coordinator can credit the invoice first."
    ),
    "hours_pay_owed": _l(
        "The bank sent the pay of these hours back. They stay as they are, so that it can be paid again. "
        "Ask the coordinator."
    ),
    "hours_paid": _l(
        "These hours are paid already, so they stay as they are. If they were longer, add what is missing on their "
        "page."
    ),
    "hours_pay_sent": _l(
        "The pay of these hours is on its way to the bank, so they stay as they are. If they were longer, add what is "
        "missing on their page."
    ),
    "hours_corrected": _l("These hours were corrected by others of the same work. Correct those, or take them back."),
    "hours_below_billed": _l(
        "%(billed)s of these hours are on an invoice. The coordinator credits the invoice first, down to the right "
        "hours."
    ),
    "hours_longer": _l("These times come to more than the %(paid)s that were paid. Add what is missing instead."),
    "hours_not_all_paid": _l("Something of this work is not paid yet. Correct those hours instead."),
    "hours_other_day": _l("Paid hours keep their day. Give the times of the same day."),
    "hours_nothing_missing": _l("These times come to %(paid)s, which is paid already. Nothing is missing."),
    "hours_paid_for_more": _l(
        "These times come to less than the %(paid)s that were paid. What was paid stays with the worker: nothing is "
        "taken from later pay. If the orderer was billed too much, the coordinator puts that right. Paying back is "
        "agreed on with the worker, in writing."
    ),
    "hours_not_billable": _l("Only confirmed hours that are on no invoice can be invoiced."),
    "hours_not_payable": _l("Only confirmed hours that are not paid yet can be paid."),
    "orderers_turn": _l(
        "The orderer has %(days)s days to answer. After that you can confirm the hours for the orderer."
    ),
    "confirmation_period_missing": _l("There is no rule in force for confirming hours logged on %(day)s."),
    "entry_already": _l("This is done already."),
    "entry_not_possible": _l("This cannot be done to these hours any more. Look at their newest state."),
}

STATUS_LABELS = {
    EntryStatus.NEEDS_TIMES: _l("Times missing"),
    EntryStatus.LOGGED: _l("Waits for the orderer"),
    EntryStatus.DISPUTED: _l("Disputed"),
    EntryStatus.CONFIRMED: _l("Confirmed"),
    EntryStatus.WITHDRAWN: _l("Taken back"),
}

STATUS_TAGS = {
    EntryStatus.NEEDS_TIMES: "warn",
    EntryStatus.LOGGED: "info",
    EntryStatus.DISPUTED: "bad",
    EntryStatus.CONFIRMED: "good",
    EntryStatus.WITHDRAWN: "neutral",
}


def hours_to_confirm(*, gig: str, hours: str, link: str, days: int) -> Mail:
    """To the orderer: hours are logged; confirm or dispute them."""
    return Mail(
        _("Confirm the hours of the gig %(gig)s", gig=gig),
        paragraphs(
            _("Hello,"),
            _("the hours of the gig %(gig)s are logged:", gig=gig),
            hours,
            _("Confirm them, or say what is not right, here:"),
            link,
            _("If you do not answer in %(days)s days, the coordinator confirms the hours (order terms).", days=days),
        ),
    )


def reminder(*, gig: str, hours: str, link: str, days: int) -> Mail:
    """To the orderer: the hours still wait."""
    return Mail(
        _("Reminder: the hours of the gig %(gig)s wait for you", gig=gig),
        paragraphs(
            _("Hello,"),
            _("these hours still wait for your confirmation:"),
            hours,
            link,
            _("If you do not answer in %(days)s days, the coordinator confirms the hours (order terms).", days=days),
        ),
    )


def confirmation_voided(*, gig: str, before: str, after: str, reason: str, who: str) -> Mail:
    """To the orderer: confirmed hours were corrected, so the confirmation no longer holds."""
    return Mail(
        _("Corrected hours of the gig %(gig)s", gig=gig),
        paragraphs(
            _("Hello,"),
            _("%(who)s corrected hours that you had confirmed. Your confirmation no longer holds.", who=who),
            _("Before: %(before)s", before=before),
            _("After: %(after)s", after=after),
            _("Why: %(reason)s", reason=reason),
            _("You get a new mail where you can confirm the corrected hours."),
        ),
    )


def hours_were_longer(*, gig: str, before: str, after: str, reason: str, who: str) -> Mail:
    """To the orderer: hours that were confirmed and paid were longer."""
    return Mail(
        _("Missing hours of the gig %(gig)s", gig=gig),
        paragraphs(
            _("Hello,"),
            _("%(who)s says that hours that you had confirmed were longer.", who=who),
            _("Before: %(before)s", before=before),
            _("After: %(after)s", after=after),
            _("Why: %(reason)s", reason=reason),
            _("What you confirmed stays as it is. You get a new mail where you can confirm what was missing."),
        ),
    )


def correction_withdrawn(*, gig: str, who: str) -> Mail:
    """To the worker: somebody took a correction of paid hours back."""
    return Mail(
        _("The correction of your hours was taken back: %(gig)s", gig=gig),
        paragraphs(
            _("Hello,"),
            _("%(who)s took back the correction of your hours. What you were paid stays as it is.", who=who),
            _("If you think that this is wrong, talk with your coordinator."),
        ),
    )


def hours_confirmed(*, gig: str, hours: str, who: str, pay: str) -> Mail:
    """To the worker: the hours are confirmed."""
    return Mail(
        _("Your hours are confirmed: %(gig)s", gig=gig),
        paragraphs(
            _("Hello,"),
            _("%(who)s confirmed your hours: %(hours)s.", who=who, hours=hours),
            _("Pay before tax: %(pay)s.", pay=pay),
            _("You see the day of payment in Jobcenter."),
        ),
    )


def hours_disputed(*, gig: str, name: str, hours: str, reason: str, link: str) -> Mail:
    """To the worker, the support person and the coordinator: the orderer says that the hours are not right."""
    return Mail(
        _("The orderer asks about the hours of the gig %(gig)s", gig=gig),
        paragraphs(
            _("Hello,"),
            _("the orderer says that these hours are not right: %(name)s, %(hours)s.", name=name, hours=hours),
            _("The orderer's words: %(reason)s", reason=reason),
            _("The coordinator talks with everyone and helps to put it right."),
            link,
        ),
    )


def times_wanted(*, gig: str, name: str, link: str) -> Mail:
    """To the support person: somebody was there but does not know the times."""
    return Mail(
        _("%(name)s asks for help with the hours", name=name),
        paragraphs(
            _("Hello,"),
            _("%(name)s was at the gig %(gig)s but does not know the times.", name=name, gig=gig),
            _("Log the hours together:"),
            link,
        ),
    )


def feedback_wanted(*, gig: str, link: str) -> Mail:
    """To the orderer: how did it go?"""
    return Mail(
        _("How did the gig %(gig)s go?", gig=gig),
        paragraphs(
            _("Hello,"),
            _("thank you for confirming the hours. A word from you means much to the worker."),
            _("Two minutes are enough:"),
            link,
        ),
    )

"""What orders' states, parts and refusals are called."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from jobcenter.auth.domain import JobcenterKind
from jobcenter.benefits import ContractForm
from jobcenter.core.second_person import AskStatus
from jobcenter.orders.intake.domain import PRIORITIES, USUAL_PRIORITY, OrderStatus, Part

ERRORS = {
    "order_already": _l("This has been done already. Nothing changed."),
    "order_already_sent": _l("The order has been sent already. It was not sent again."),
    "order_already_begun": _l("The order has been begun already."),
    "order_already_yours": _l("You handle this order already."),
    "order_priority_already": _l("The order has this priority already."),
    "order_area_already": _l("The order has this area already."),
    "order_not_possible": _l(
        "The order is in a state where this cannot be done. Load the page again to see it as it is now."
    ),
    "order_not_editable": _l(
        "The order can no longer be changed here: the terms have been sent, or it has ended. Write to the coordinator."
    ),
    "order_not_sent": _l("The order has not been sent yet."),
    "order_not_ready": _l("Something is still missing. Fill in the parts that are marked below."),
    "order_changed": _l(
        "Somebody saved this order while you were writing. What you typed is still here. "
        "Look at what is saved now, then save again if yours is right."
    ),
    "order_link_replaced": _l("This link is no longer the newest one. Use the link in the newest e-mail."),
    "order_too_many_mails": _l("Many links were sent to this address already. Look in the mailbox, or try in an hour."),
    "account_closed": _l("This account has been closed. Call the Jobcenter."),
    "draft_gone": _l("The draft has been removed already."),
    "typed_too_much": _l("That is too much text to keep. Shorten it."),
    "message_already_sent": _l("The message has been sent already."),
    "message_none_waits": _l("No message waits for an answer."),
    "time_end_before_start": _l(
        "The end is before the start. If the work goes over midnight, it may last at most %(hours)s hours.",
    ),
    "time_too_long": _l("One time may last at most %(hours)s hours. Split it in two."),
    "time_break_too_long": _l("The break is as long as the work. Give it in minutes, for example 30."),
    "time_until_before_day": _l("The last day is before the first day."),
    "time_skipped": _l("The clocks are moved forward that night, so this time does not exist. Give another time."),
    "time_in_past": _l("The time has passed. Give a time to come."),
    "time_too_far": _l("The day is more than a year away. Give an earlier day."),
    "times_overlap": _l(
        "Times %(first)s and %(second)s overlap. If you need more people at once, raise the number of people.",
    ),
    "times_too_many": _l(
        "The times come to %(found)s separate occasions. One order may have %(most)s. Make two orders.",
    ),
    "price_above_list": _l("The price cannot be above the list price, %(list_price)s per hour."),
    "price_below_wage": _l("The price cannot be below the worker's wage, %(wage)s per hour."),
    "price_reason_missing": _l("Say why the price is below the list price, for example a large order."),
    "price_needs_second": _l("A price below %(least)s needs a second person. Give at least that for a single gig."),
    "price_asked_already": _l("A price of this order waits for a second person already. Take it back to ask anew."),
    "price_nobody_to_ask": _l(
        "A price this low needs a second person, and the Jobcenter has no other coordinator or administrator."
    ),
    "partner_missing": _l(
        "The Jobcenter has no partner that could be the employer. An administrator must give its name first."
    ),
    "terms_missing": _l("The Jobcenter has no terms in force. An administrator must publish them first."),
    "terms_replaced": _l("These terms do not stand any more. Load the page to see the newest ones."),
    "terms_sent_otherwise": _l(
        "%(who)s has sent other terms meanwhile, at %(price)s an hour. Take them back first to send these."
    ),
    "terms_text_missing": _l("Give the terms in Finnish."),
    "terms_in_past": _l("The day has passed. Give today or a later day."),
    "terms_already_published": _l("These terms have been published already."),
}

STATUSES = {
    OrderStatus.DRAFT: _l("Draft"),
    OrderStatus.UNCONFIRMED: _l("Waits for confirmation by e-mail"),
    OrderStatus.NEW: _l("Sent to the Jobcenter"),
    OrderStatus.TERMS_SENT: _l("Waits for the orderer to accept the terms"),
    OrderStatus.ACCEPTED: _l("Agreed"),
    OrderStatus.DECLINED: _l("Declined"),
    OrderStatus.CANCELLED: _l("Cancelled"),
    OrderStatus.CLOSED: _l("Done"),
}

TAGS = {
    OrderStatus.DRAFT: "neutral",
    OrderStatus.UNCONFIRMED: "warn",
    OrderStatus.NEW: "info",
    OrderStatus.TERMS_SENT: "warn",
    OrderStatus.ACCEPTED: "good",
    OrderStatus.DECLINED: "bad",
    OrderStatus.CANCELLED: "bad",
    OrderStatus.CLOSED: "neutral",
}

PARTS = {
    Part.TASK: _l("What"),
    Part.TIMES: _l("When"),
    Part.PLACE: _l("Where"),
    Part.ORDERER: _l("Who orders"),
}

STEPS = {
    OrderStatus.NEW: _l("Order sent"),
    OrderStatus.TERMS_SENT: _l("Terms and price"),
    OrderStatus.ACCEPTED: _l("We find the people"),
    OrderStatus.CLOSED: _l("Work done"),
}

# Who comes from which Jobcenter, for somebody who does not know the difference and need not.
WHO_COMES = {
    JobcenterKind.DISABILITY: _l(
        "People from work activity for people with disabilities. Suits both single jobs and regular ones: the same "
        "people may keep coming for years."
    ),
    JobcenterKind.REHABILITATIVE: _l(
        "People from rehabilitative work activity, on their way to a job of their own. Suits single jobs and jobs for "
        "some months. A partner employs the people."
    ),
}


def priority_label(priority: int) -> str:
    """A priority in a list to choose from."""
    if priority == USUAL_PRIORITY:
        return _("%(number)s, as usual", number=priority)
    if priority == max(PRIORITIES):
        return _("%(number)s, filled first", number=priority)
    if priority == min(PRIORITIES):
        return _("%(number)s, filled last", number=priority)
    return str(priority)


ASKS = {
    AskStatus.OPEN: _l("Waits for a second person"),
    AskStatus.APPROVED: _l("Approved by a second person"),
    AskStatus.REFUSED: _l("Not approved"),
    AskStatus.TAKEN_BACK: _l("Taken back"),
}

# What of an hour's net price goes to the worker, and what the rest of it is for.
SPLITS = {
    ContractForm.ASSIGNMENT: (_l("Of an hour: to the worker, before tax"), _l("Of an hour: the service")),
    ContractForm.PARTNER: (
        _l("Of an hour: wage by the collective agreement"),
        _l("Of an hour: the partner's costs as the employer"),
    ),
}

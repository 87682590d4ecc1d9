"""What gigs' refusals, states and events are called."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.orders.gigs.domain import GigStatus, OfferStatus

ERRORS = {
    "gig_already": _l("This has been done already. Nothing changed."),
    "gig_not_possible": _l(
        "The gig is in a state where this cannot be done. Load the page again to see it as it is now."
    ),
    "offer_already": _l("This has been done already. Nothing changed."),
    "offer_not_possible": _l(
        "The offer is in a state where this cannot be done. Load the page again to see it as it is now."
    ),
    "gig_over": _l("The gig is over or cancelled, so nobody can be asked to it any more."),
    "gig_begun": _l("The gig has begun, so it cannot be changed any more."),
    "no_show_too_early": _l(
        "The gig has not begun, so nobody is late. If the person is not coming, withdraw their place."
    ),
    "terms_not_accepted": _l(
        "The orderer has not accepted the order terms. Nobody can be asked to the gig before that. "
        "Send the terms, or remind the orderer."
    ),
    "slot_taken": _l("Somebody else has this place already."),
    "already_on_gig": _l("%(name)s has a place on this gig, or is thinking about an offer for it."),
    "already_on_gig_somebody": _l("The person has a place on this gig, or is thinking about an offer for it."),
    "offer_already_made": _l("The offer to %(name)s has been sent already. It was not sent again."),
    "offer_gone": _l(
        "This place is not free any more. Thank you for answering. Your coordinator will offer you other gigs."
    ),
    "answer_too_late": _l("The time to answer has passed. Ask your coordinator: the gig may still be free."),
    "answer_by_past": _l("The time to answer has passed already. Give a later time."),
    "answer_by_after_start": _l("The answer must come before the gig begins. Give an earlier time."),
    "worker_busy": _l("%(name)s has another gig at the same time: %(when)s."),
    "worker_busy_self": _l("You have another gig at the same time: %(when)s. Talk with your coordinator."),
    "support_busy": _l("%(name)s is booked to another gig at the same time: %(when)s."),
    "support_already": _l("The support person is booked to this gig already."),
    "support_not_booked": _l("The support person is not booked to this gig."),
    "no_consent": _l(
        "%(name)s has not consented in writing to take part. Taking part is the person's own wish: ask first, then "
        "record the consent."
    ),
    "not_taking_part": _l("%(name)s is not taking gigs now."),
    "people_taken": _l(
        "%(taken)s people have a place already: %(names)s. Before there can be %(people)s, the places of %(surplus)s "
        "must be withdrawn. Talk with the coordinator, or withdraw them on the gig's page."
    ),
    "people_out_of_range": _l("Give a number of people from 1 to %(most)s."),
    "gig_in_past": _l("The gig must begin in the future."),
    "gig_too_long": _l("A gig can last at most %(hours)s hours."),
    "gig_end_before_start": _l("The end must be after the start."),
    "gig_time_skipped": _l("The clock is moved in that night, so this time does not exist. Choose another one."),
    "gig_break_too_long": _l("The break is as long as the whole gig."),
    "order_has_gig_then": _l("The order has a gig at exactly these times already."),
    "gig_has_people": _l("People have been asked to this gig. Cancel it instead, so that they get to know why."),
    "swap_same_gig": _l("Choose a place on another gig: two places on one gig are the same."),
    "swap_not_held": _l("Both places must have a person who has said yes."),
    "stand_in_not_needed": _l("The person whose place it was is still coming. Withdraw their place first."),
    "gig_reason_needed": _l("Say why. Everyone concerned sees the reason."),
    "proposal_already": _l("This has been answered already. Nothing changed."),
    "proposal_not_possible": _l("This proposal is not open any more. Load the page again to see how things stand now."),
    "proposal_already_open": _l("The orderer has a proposal to answer already. It was not sent again."),
    "form_is_partner": _l("This gig is done in the partner form already."),
    "guard_unemployment_benefit": _l(
        "%(name)s gets an unemployment benefit. On an assignment contract that benefit would be stopped while it is "
        "looked into, and the person could be without money for weeks. That is why nobody can offer this gig to them. "
        "There is another way: the partner form, an employment with %(partner)s."
    ),
    "guard_registered_jobseeker": _l(
        "%(name)s is registered as an unemployed jobseeker. On an assignment contract their benefit could be stopped "
        "while it is looked into. That is why nobody can offer this gig to them. There is another way: the partner "
        "form, an employment with %(partner)s."
    ),
    "guard_jobseeker_unknown": _l(
        "We do not know whether %(name)s is registered as an unemployed jobseeker. Ask first and record the answer. If "
        "they are, the way is the partner form, an employment with %(partner)s."
    ),
    "guard_benefits_not_asked": _l(
        "We do not know which benefits %(name)s gets. Ask first and record the answer. With an unemployment benefit "
        "the way is the partner form, an employment with %(partner)s."
    ),
    "guard_told_otherwise": _l(
        "What is known of the benefits and job-seeking of %(name)s does not fit together. Ask first: the person can "
        "put it right on their own pages. If they are an unemployed jobseeker, the way is the partner form, an "
        "employment with %(partner)s."
    ),
    "guard_kind": _l(
        "This gig would be on an assignment contract, and that could stop your benefit. We do not want that to "
        "happen, so we cannot agree on it. You have done nothing wrong. There is another way: gigs where %(partner)s "
        "employs you. Your coordinator helps you further."
    ),
    "guard_kind_ask_first": _l(
        "Before we can agree on this gig we must ask you about your benefits, so that the gig does not harm them. You "
        "have done nothing wrong. Talk with your coordinator first. If this gig does not suit, there are gigs where "
        "%(partner)s employs you."
    ),
}

GIG_STATUSES = {
    GigStatus.PLANNED: _l("Planned"),
    GigStatus.CANCELLED: _l("Cancelled"),
    GigStatus.DONE: _l("Done"),
}

OFFER_STATUSES = {
    OfferStatus.OFFERED: _l("Waiting for an answer"),
    OfferStatus.ACCEPTED: _l("Said yes, not confirmed"),
    OfferStatus.CONFIRMED: _l("Confirmed"),
    OfferStatus.DONE: _l("Gig done"),
    OfferStatus.DECLINED: _l("Said no"),
    OfferStatus.WITHDRAWN: _l("Withdrawn"),
    OfferStatus.CANCELLED: _l("Cancelled by the worker"),
    OfferStatus.STOPPED: _l("Stopped to protect a benefit"),
    OfferStatus.NO_SHOW: _l("Did not come"),
}

OFFER_TAGS = {
    OfferStatus.OFFERED: "info",
    OfferStatus.ACCEPTED: "warn",
    OfferStatus.CONFIRMED: "good",
    OfferStatus.DONE: "good",
    OfferStatus.DECLINED: "neutral",
    OfferStatus.WITHDRAWN: "neutral",
    OfferStatus.CANCELLED: "bad",
    OfferStatus.STOPPED: "bad",
    OfferStatus.NO_SHOW: "bad",
}

# Reasons that the system itself gives, stored as codes and shown in the reader's language.
REASONS = {
    "someone_else_said_yes": _l("Somebody else said yes first."),
    "fewer_people": _l("Fewer people are needed."),
    "no_answer_in_time": _l("No answer came in time."),
    "gig_over_unanswered": _l("The gig was over before an answer."),
    "not_confirmed_in_time": _l("The place was not confirmed before the gig."),
    "gig_cancelled": _l("The gig was cancelled."),
    "benefit_would_stop": _l("The contract form could have stopped a benefit."),
    "swapped": _l("Two people swapped their gigs."),
    "order_cancelled": _l("The order was cancelled."),
    "form_changed": _l("The gig is done in another contract form now."),
    "does_not_take_part": _l("The person does not take part in gigs any more."),
}


def reason(stored: str) -> str:
    """A stored reason for reading: the system's own in the reader's language, a person's as it was written."""
    return str(REASONS.get(stored, stored))

"""What rules, states, next steps and the sureness of values are called; the refusals.

Beside it: `messages_rows` (the rows of the reasoning), `messages_sentences` (the sentence on each limit) and
`messages_warnings` (levels and mails).
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.benefits import LimitState, NextStep, ValueStatus

ERRORS = {
    "warning_noted": _l("This warning has been noted already."),
    "warning_seen": _l("You have said already that you have seen this."),
    "warning_settled": _l("This warning has been closed already."),
    "warning_over": _l("This warning does not hold any more."),
    "limit_missing": _l("The limit for %(day)s is not known yet. Ask Kela."),
}

RULES = {
    "benefits.asked": _l("Benefits"),
    "kela_disability_pension.earnings_limit": _l("Disability pension from Kela"),
    "guarantee_pension.earnings_limit": _l("Guarantee pension"),
    "pensioner_housing_allowance.review": _l("Pensioner's housing allowance"),
    "pensioner_housing_allowance.amount": _l("Amount of the pensioner's housing allowance"),
    "yel.yearly_limit": _l("Self-employed person's pension insurance (YEL)"),
    "yel.annualised": _l("Self-employed person's pension insurance (YEL), if work goes on"),
    "tyel_disability_pension.earnings_limit": _l("Disability pension from a pension company"),
    "tyel_partial_disability_pension.earnings_limit": _l("Partial disability pension from a pension company"),
    "general_housing_allowance.review": _l("General housing allowance"),
    "general_housing_allowance.amount": _l("Amount of the general housing allowance"),
    "basic_social_assistance.disregard": _l("Basic social assistance"),
    "labour_market_subsidy.reconciliation": _l("Labour market subsidy"),
    "basic_unemployment_allowance.reconciliation": _l("Basic unemployment allowance"),
    "earnings_related_unemployment_allowance.reconciliation": _l("Earnings-related unemployment allowance"),
    "general_benefit.reconciliation": _l("General benefit for jobseekers"),
    "enforcement.protected_portion": _l("Enforcement"),
    "study_aid.own_income": _l("Study aid"),
    "sickness_allowance.work": _l("Sickness allowance"),
    "rehabilitation_allowance.work": _l("Rehabilitation allowance"),
}

STATES = {
    LimitState.UNDER: _l("Under the limit"),
    LimitState.NEAR: _l("Near the limit"),
    LimitState.AT_LIMIT: _l("At the limit"),
    LimitState.OVER: _l("Over the limit"),
    LimitState.NO_REVIEW: _l("No review needed"),
    LimitState.REVIEW_DUE: _l("Review needed"),
    LimitState.NOT_APPLICABLE: _l("Does not concern"),
    LimitState.LIMIT_MISSING: _l("Limit not known yet"),
    LimitState.ASK: _l("Ask first"),
}

# Of a benefit that shrinks little by little: no cliff is passed. `UNCHANGED`: where nothing is left out of it.
REDUCED = _l("Becomes smaller")
UNCHANGED = _l("Stays the same")
SEIZED = _l("A part is taken")
REDUCED_TAG = "warn"

# What their limit is called: what is left out of the earnings before they take anything.
SPARED = _l("Earnings that are left out")
SPARED_BY = {
    "enforcement.protected_portion": _l("Protected portion"),
    "general_housing_allowance.amount": _l("Earnings of a month up to which the allowance does not become smaller"),
}

# Said loudly, since it is never safe.
LIMIT_MISSING = _l("Nobody knows this limit yet, so no gig is known to be safe. Ask before you agree.")

TAGS = {
    LimitState.UNDER: "good",
    LimitState.NEAR: "warn",
    LimitState.AT_LIMIT: "warn",
    LimitState.OVER: "bad",
    LimitState.NO_REVIEW: "good",
    LimitState.REVIEW_DUE: "bad",
    LimitState.NOT_APPLICABLE: "neutral",
    LimitState.LIMIT_MISSING: "warn",
    LimitState.ASK: "warn",
}

STEPS = {
    NextStep.NOTHING: _l("Nothing needs to be done now."),
    NextStep.PLAN_HOURS: _l("Plan the next gigs together with the coordinator."),
    NextStep.TALK_BEFORE_GIGS: _l("Talk with the coordinator before the coming gigs. Some of them may be moved."),
    NextStep.TAKE_NO_MORE_THIS_MONTH: _l("Take no more gigs in this month."),
    NextStep.TELL_KELA_AND_PENSION_PROVIDER: _l(
        "Tell Kela and the pension company about the earnings. Ask whether the pension can be left dormant for a while."
    ),
    NextStep.APPLY_FOR_REVIEW: _l("Tell Kela about the new income and apply for a review of the housing allowance."),
    NextStep.TALK_ABOUT_YEL: _l("Talk with the coordinator and a pension company about the insurance (YEL)."),
    NextStep.TELL_KELA_OF_EARNINGS: _l("Tell Kela about the earnings. The assistance becomes smaller."),
    NextStep.REPORT_PAY_IN_APPLICATION: _l(
        "Tell the pay in the next unemployment notice, with the pay slip. The benefit becomes smaller."
    ),
    NextStep.ASK_ENFORCEMENT: _l(
        "Ask the enforcement authority what is taken of the pay, before agreeing on more gigs."
    ),
    NextStep.GIVE_UP_AID_MONTHS: _l("Give up or pay back months of study aid, and ask Kela by when."),
    NextStep.APPLY_FOR_HIGHER_ALLOWANCE: _l(
        "The housing allowance may be too small. Tell Kela about the smaller income and apply for a review."
    ),
    NextStep.COUNT_WHAT_IS_LEFT: _l("Count together what is left when the allowance becomes smaller."),
    NextStep.ASK_KELA: _l("Call Kela and ask what earnings do to this benefit."),
    NextStep.ASK_PERSON: _l("Go through the benefits together with the coordinator or a support person."),
    NextStep.WAIT_FOR_LIMIT: _l("Ask Kela for the limit before agreeing on gigs for this time."),
}

# Who else than Kela tells a limit that is not known yet, by the first word of the rule.
WAIT_ELSEWHERE = {
    "enforcement": _l("Ask the enforcement authority for the protected portion before agreeing on gigs for this time."),
    "yel": _l("Ask a pension insurance company for the limit before agreeing on gigs for this time."),
}

# The same for whoever stands beside the person: the coordinator is not sent to the coordinator.
STEPS_BESIDE = {
    NextStep.PLAN_HOURS: _l("Plan the next gigs together with the worker."),
    NextStep.TALK_BEFORE_GIGS: _l("Talk with the worker before the coming gigs. Some of them may be moved."),
    NextStep.TAKE_NO_MORE_THIS_MONTH: _l("Agree with the worker on no more gigs in this month."),
    NextStep.TALK_ABOUT_YEL: _l("Talk with the worker and a pension company about the insurance (YEL)."),
    NextStep.COUNT_WHAT_IS_LEFT: _l("Count with the worker what is left when the allowance becomes smaller."),
    NextStep.ASK_PERSON: _l("Go through the benefits together with the worker."),
}

STATUSES = {
    ValueStatus.CONFIRMED: _l("confirmed by several sources"),
    ValueStatus.SINGLE_SOURCE: _l("from one source: check it"),
    ValueStatus.DERIVED: _l("computed from the index: check it"),
    ValueStatus.EXPECTED: _l("expected: check it"),
}

"""The codes that `benefits` answers with. The features that show them hold their texts, one for each code."""

from __future__ import annotations

from enum import StrEnum


class RowCode(StrEnum):
    """One explaining row of an assessment. A row has an amount in euros unless it is a remark."""

    EARNED_DONE = "earned_done"
    PAID_DONE = "paid_done"
    EARNED_AHEAD = "earned_ahead"
    TOLD = "told"
    RECURRING = "recurring"
    ONE_OFF = "one_off"
    DECIDED_INCOME = "decided_income"
    CONFIRMED_YEL_INCOME = "confirmed_yel_income"
    WAGES_BESIDE_YEL = "wages_beside_yel"
    LIMIT = "limit"
    REVIEW_RISE = "review_rise"
    REVIEW_FALL = "review_fall"
    WORKED_OR_PAID_NOT_VERIFIED = "worked_or_paid_not_verified"
    BLIND_OR_IMMOBILE = "blind_or_immobile"
    BLIND_OR_IMMOBILE_UNKNOWN = "blind_or_immobile_unknown"
    SHARED_WITH_GUARANTEE_PENSION = "shared_with_guarantee_pension"
    GROUND_ASSUMED_DISABILITY = "ground_assumed_disability"
    GRANTED_ON_OLD_AGE = "granted_on_old_age"
    ONE_OFF_MAY_NOT_COUNT = "one_off_may_not_count"
    SPOUSES_COUNT_TOGETHER = "spouses_count_together"
    DECIDED_INCOME_UNKNOWN = "decided_income_unknown"
    YEARLY_TOTAL_IS_A_PROXY = "yearly_total_is_a_proxy"
    OUTSIDE_YEL_AGES = "outside_yel_ages"
    AGE_UNKNOWN = "age_unknown"
    BENEFITS_NOT_ASKED = "benefits_not_asked"
    NOT_COMPUTED = "not_computed"
    VALUE_MISSING = "value_missing"
    VALUE_NOT_CONFIRMED = "value_not_confirmed"
    NOT_VERIFIED = "not_verified"


class NextStep(StrEnum):
    """The one thing to do next."""

    NOTHING = "nothing"
    PLAN_HOURS = "plan_hours"
    TALK_BEFORE_GIGS = "talk_before_gigs"
    TAKE_NO_MORE_THIS_MONTH = "take_no_more_this_month"
    TELL_KELA_AND_PENSION_PROVIDER = "tell_kela_and_pension_provider"
    APPLY_FOR_REVIEW = "apply_for_review"
    TALK_ABOUT_YEL = "talk_about_yel"
    ASK_KELA = "ask_kela"
    ASK_PERSON = "ask_person"
    WAIT_FOR_LIMIT = "wait_for_limit"


class GuardReason(StrEnum):
    """Why the contract guard refuses the assignment form."""

    UNEMPLOYMENT_BENEFIT = "unemployment_benefit"
    REGISTERED_JOBSEEKER = "registered_jobseeker"
    JOBSEEKER_UNKNOWN = "jobseeker_unknown"
    BENEFITS_NOT_ASKED = "benefits_not_asked"
    TOLD_OTHERWISE = "told_otherwise"


class WayOut(StrEnum):
    """What can be done instead, when the guard refuses."""

    NONE_NEEDED = "none_needed"
    USE_PARTNER_FORM = "use_partner_form"
    ASK_FIRST = "ask_first"

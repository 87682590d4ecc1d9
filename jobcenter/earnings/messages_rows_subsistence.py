"""The rows of housing allowance, social assistance, unemployment benefits, enforcement, study aid and sickness."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.benefits import RowCode

SUBSISTENCE_ROWS = {
    RowCode.MONTHLY_DONE: _l("Gigs done, a month"),
    RowCode.MONTHLY_AHEAD: _l("Gigs agreed, offered or not confirmed yet, a month"),
    RowCode.MONTHLY_AVERAGE_OR_STEADY: _l(
        "Kela counts steady income as it is and changing income as an average of twelve months. We use the one that "
        "comes to more. Ask Kela."
    ),
    RowCode.OTHER_INCOME_MONTH: _l("Other income of the household, a month"),
    RowCode.OTHER_INCOME_UNKNOWN: _l("The other income is not known."),
    RowCode.DECIDED_MONTHLY_INCOME: _l("Income of the household in the last decision, a month"),
    RowCode.DECIDED_MONTHLY_INCOME_UNKNOWN: _l(
        "The income in the last decision on the housing allowance is not known."
    ),
    RowCode.MONTHLY_REVIEW_RISE: _l("A review is needed when the income of a month rises by"),
    RowCode.MONTHLY_REVIEW_FALL: _l("A review is also needed when the income of a month falls by"),
    RowCode.INCOME_HAS_FALLEN: _l(
        "The income has fallen so much that a review can be applied for. The allowance may become larger."
    ),
    RowCode.NEW_AMOUNT_FROM: _l("If the income changes, the new amount is paid from %(day)s."),
    RowCode.EARNINGS_DEDUCTION: _l("Earnings of a month that are left out when the amount is computed"),
    RowCode.NEW_LAW_AT_REVIEW: _l(
        "The law changed on %(day)s. For this allowance the change holds from the first review after that day."
    ),
    RowCode.AMOUNT_CHANGES_AT_REVIEW: _l("The amount changes only when Kela reviews the allowance."),
    RowCode.FORMULA: _l(
        "Computed by the formula of the law from the figures of the decision. Wealth may count too and is not here."
    ),
    RowCode.RENT_UNKNOWN: _l("The rent is not known."),
    RowCode.MUNICIPALITY_GROUP_UNKNOWN: _l("The group of the municipality is not known."),
    RowCode.MUNICIPALITY_GROUP_GONE: _l("The law has no such group of municipalities any more. Check the decision."),
    RowCode.HOUSEHOLD_UNKNOWN: _l("Who belongs to the household is not known."),
    RowCode.DECIDED_ON_UNKNOWN: _l("The day of the last decision is not known."),
    RowCode.NET_UNKNOWN: _l("Of these, net not known, so gross is counted"),
    RowCode.NET_ESTIMATED: _l("Of these, net estimated from the tax card"),
    RowCode.PAY_DAY_UNKNOWN: _l("The day of payment is not known for all gigs. The day of work is used in its place."),
    RowCode.AGE_UNKNOWN_ADULT: _l("The age is not known. We count as for an adult."),
    RowCode.ONE_TO_ONE: _l("Every euro of net earnings above what is left out makes the assistance a euro smaller."),
    RowCode.PAYMENT_PERIOD_UNKNOWN: _l(
        "It is not known whether the benefit is paid for a month or for four weeks. We use the smaller amount."
    ),
    RowCode.FOUR_WEEKS_BEGIN_UNKNOWN: _l("It is not known when the benefit began, so not when its four weeks begin."),
    RowCode.FULL_BENEFIT: _l("The benefit in full, without increases"),
    RowCode.FULL_BENEFIT_UNKNOWN: _l(
        "The amount of the benefit is in its decision only. Here is what pay takes off it."
    ),
    RowCode.FULL_AMOUNT_MISSING: _l("The amount of the benefit for this time has not been given yet."),
    RowCode.GENERAL_BENEFIT_BEGINS: _l("The general benefit is paid from %(day)s. Check which benefit it is."),
    RowCode.GENERAL_BENEFIT_REPLACES: _l("From %(day)s the general benefit is paid in place of the benefit told."),
    RowCode.PART_TIME_ONLY: _l(
        "The benefit is paid beside part-time work only: at most four fifths of full-time hours. Full-time work may "
        "last two weeks at most."
    ),
    RowCode.ENTREPRENEUR: _l(
        "Work without an employment contract makes a jobseeker an entrepreneur in unemployment security. We do not "
        "offer such gigs to a jobseeker."
    ),
    RowCode.REPORT_BUSINESS_FROM: _l(
        "Work without an employment contract that goes on until %(day)s must be told to the employment services."
    ),
    RowCode.BUSINESS_NOT_EXAMINED_UNTIL: _l(
        "Whether the work is a main occupation is not examined before %(day)s, if it began while unemployed."
    ),
    RowCode.WORKLOAD_DECIDES: _l(
        "After that the amount of work decides, not the income: is there time to look for full-time work and take it."
    ),
    RowCode.DEPENDANTS_UNKNOWN: _l("It is not known how many people live on this income."),
    RowCode.NET_PAY_OTHER: _l("Other net pay in the month"),
    RowCode.NET_PAY_OTHER_UNKNOWN: _l("Other net pay in the month is not known."),
    RowCode.BUSINESS_SIXTH: _l("Of this a sixth may be taken: work without an employment contract"),
    RowCode.ENFORCEMENT_ESTIMATE: _l(
        "The enforcement authority decides what is taken. It can take less, if you ask and the reason is good."
    ),
    RowCode.AID_MONTHS_UNKNOWN: _l("It is not known how many months of study aid there are in the year."),
    RowCode.OTHER_TAXABLE_INCOME_COUNTS: _l(
        "Other taxable income of the year counts too. Only these earnings are here."
    ),
    RowCode.FULL_SICKNESS_ALLOWANCE_PRESUMES_NO_WORK: _l(
        "A full sickness allowance presumes that the person cannot work on those days."
    ),
    RowCode.PAY_MAY_STOP_REHABILITATION_ALLOWANCE: _l("Pay may make the rehabilitation allowance smaller or stop it."),
    RowCode.SMALLEST_DAY_AMOUNT: _l("The smallest amount of the allowance for a day"),
}

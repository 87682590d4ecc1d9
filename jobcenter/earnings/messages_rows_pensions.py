"""The rows of pensions, of the pensioner's housing allowance and of the self-employed person's pension insurance."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.benefits import RowCode

PENSION_ROWS = {
    RowCode.TWO_TESTS: _l(
        "There are two pensions, so there are two limits. Kela's pension has Kela's limit, even if the limit of the "
        "other pension is higher."
    ),
    RowCode.PERSONAL_LIMIT: _l("Limit in the pension decision"),
    RowCode.PERSONAL_LIMIT_UNKNOWN: _l(
        "The limit in the pension decision is not known. The law's smallest limit is used. The decision may give a "
        "higher one."
    ),
    RowCode.PENSION_FLOOR: _l("The law's smallest limit"),
    RowCode.BELOW_PENSION_AGE: _l("Kela pays this pension only from a certain age. Check the benefit and the age."),
    RowCode.DORMANT_SHORTEST: _l("The pension can be left dormant for a while, at least for"),
    RowCode.DORMANT_LONGEST: _l("It can be dormant at most for (after that it ends and has to be applied for again)"),
    RowCode.DORMANT_AGAIN: _l("It can be left dormant again after it has been paid for"),
    RowCode.DORMANT_AMOUNT: _l("Paid a month while dormant, if there was a pensioner's care allowance"),
    RowCode.DORMANT_HOUSING_ALLOWANCE: _l(
        "While the pension is dormant, the pensioner's housing allowance may go on. Ask Kela."
    ),
    RowCode.REVIEW_COSTS: _l("A review is also needed when the year's housing costs change by"),
    RowCode.UNTOLD_WORK_WOULD_COUNT: _l("If there is other work that has not been told here, this may be wrong."),
    RowCode.OTHER_INCOME_YEAR: _l("Other income in a year"),
    RowCode.OTHER_YEARLY_INCOME_UNKNOWN: _l("The other yearly income in the last decision is not known."),
    RowCode.HOUSEHOLD_FORM_UNKNOWN: _l("Whether there is a spouse, and with a right to the allowance, is not known."),
    RowCode.HOUSING_COSTS_UNKNOWN: _l("The housing costs in the last decision are not known."),
    RowCode.WORK_INCOME_LIMIT: _l("Yearly income from work up to which the allowance does not become smaller"),
    RowCode.EXTRA_DEDUCTIBLE_FROM: _l("Yearly income above which the allowance becomes smaller"),
    RowCode.ACCEPTED_COSTS: _l("Accepted housing costs in a year"),
    RowCode.BASIC_DEDUCTIBLE: _l("Part of the costs that everyone pays in a year"),
    RowCode.EXTRA_DEDUCTIBLE: _l("Part of the costs that the income adds in a year"),
    RowCode.AMOUNT_FOR_BOTH: _l("The amount is for both spouses together."),
    RowCode.AVERAGE_MONTH: _l("Earned in an average month"),
    RowCode.MONTHS_IN_A_ROW: _l("Months in a row with gigs"),
    RowCode.SHORTER_THAN_ACTIVITY: _l(
        "The insurance is needed only when the work has gone on without a break for at least"
    ),
    RowCode.SEASONAL_WORK_REPEATS: _l(
        "There were gigs at the same time last year. Work that repeats every year may count as going on."
    ),
    RowCode.PENSION_COMPANY_DECIDES: _l(
        "The best-paid months in a row, at least four of them, are counted as if they went on for a year. A pension "
        "company looks at the whole and decides."
    ),
    RowCode.HAS_YEL_POLICY: _l("The insurance (YEL) has been taken out already."),
    RowCode.TAKE_OUT_BY: _l("If the insurance is needed, it has to be taken out by %(day)s."),
}

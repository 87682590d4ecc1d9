"""Anybody with any earnings, for Hypothesis: every benefit, figure, form, state and day that the rules know."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from jobcenter.benefits import (
    BenefitHeld,
    BenefitKind,
    ContractForm,
    Household,
    Income,
    IncomeState,
    JobseekerStatus,
    MunicipalityGroup,
    PaymentPeriod,
    Person,
)

AS_OF = date(2026, 6, 15)
CENT = Decimal("0.01")
HELD_SINCE = date(2019, 1, 7)
FIGURES_KNOWN = {
    "decided_annual_income": Decimal("600.00"),
    "annual_income_other": Decimal("11400.00"),
    "household": Household.SINGLE,
    "municipality_group": MunicipalityGroup.HELSINKI,
    "housing_costs_month": Decimal("600.00"),
    "personal_limit": Decimal("1200.00"),
    "decided_monthly_income": Decimal("900.00"),
    "other_income_month": Decimal("900.00"),
    "rent": Decimal("550.00"),
    "adults": 1,
    "children": 0,
    "decided_on": date(2025, 6, 1),
    "dependants": 1,
    "net_pay_other": Decimal("800.00"),
    "aid_months": 9,
}


def held(kind, period, yel):
    group = MunicipalityGroup.FIRST if kind is BenefitKind.PENSIONER_HOUSING_ALLOWANCE else MunicipalityGroup.HELSINKI
    facts = FIGURES_KNOWN | {"municipality_group": group, "period": period, "confirmed_yel_income": yel}
    return BenefitHeld(kind, HELD_SINCE, None, **facts)


people = st.builds(
    lambda kinds, period, born, yel: Person(
        born=born,
        benefits=tuple(held(kind, period, yel) for kind in sorted(kinds)),
        jobseeker=JobseekerStatus.NOT_REGISTERED,
        benefits_asked_on=AS_OF,
    ),
    st.sets(st.sampled_from(BenefitKind)),
    st.sampled_from(PaymentPeriod),
    st.sampled_from([None, date(1955, 1, 1), date(1990, 5, 1), date(2009, 1, 1)]),
    st.sampled_from([None, None, Decimal("9000.00")]),
)
days = st.dates(date(2025, 6, 1), date(2026, 12, 31))
cents = st.integers(0, 300_000).map(lambda amount: amount * CENT)


@st.composite
def earnings(draw):
    worked, gross = draw(days), draw(cents)
    recurring = draw(st.booleans())
    return Income(
        worked_on=worked,
        paid_on=draw(st.none() | st.just(worked) | days),
        gross=gross,
        contract=draw(st.sampled_from(ContractForm)),
        state=draw(st.sampled_from(IncomeState)),
        recurring=recurring,
        net=draw(st.none() | st.just((gross * Decimal("0.8")).quantize(CENT))),
        per_month=draw(st.none() | st.just(gross) | cents) if recurring else None,
    )


lists = st.lists(earnings(), max_size=8)

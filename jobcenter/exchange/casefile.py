"""A case as JSON: one person's benefits and earnings in, where they stand out. docs/check-earnings.md tells the format.

Money is text with two decimals, days are ISO. What the format does not know is a fault, never passed over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from jobcenter.benefits import (
    FIGURES,
    Assessment,
    BenefitAmounts,
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
    assess,
    rules_version,
)
from jobcenter.core.money import round_cents
from jobcenter.exchange.strict_json import (
    Faults,
    Key,
    Table,
    a_day,
    a_flag,
    a_list,
    a_number,
    a_rate,
    a_share,
    a_table,
    anything,
    money,
    one_of,
    parsed,
)

MONTHS = 12
CONTRACTS = {"assignment": ContractForm.ASSIGNMENT, "employment": ContractForm.PARTNER}


@dataclass(frozen=True)
class CaseFile:
    """What a case tells. `near_share` None: the law data's own."""

    as_of: date
    hourly_rate: Decimal
    near_share: Decimal | None
    person: Person
    income: tuple[Income, ...]


def read_case(text: str | bytes) -> CaseFile:
    """The case that a JSON text tells. Raises Faulty with every fault found."""
    faults = Faults()
    read = faults.table("$", parsed(text), CASE)
    person = faults.table("$.person", read["person"], PERSON) if read["person"] is not None else {}
    benefits = faults.each("$.person.benefits", person.get("benefits"), _benefit)
    income = faults.each("$.income", read["income"], _income)
    faults.stop_if_any()
    return CaseFile(
        as_of=read["as_of"],
        hourly_rate=read["hourly_rate"],
        near_share=read["near_share"],
        person=Person(
            born=person["born"],
            benefits=benefits,
            jobseeker=JobseekerStatus.UNKNOWN,
            benefits_asked_on=None if benefits is None else read["as_of"],
        ),
        income=income or (),
    )


def answer(case: CaseFile) -> dict[str, Any]:
    """Where the person of a case stands, as plain values for JSON."""
    assessments = assess(
        person=case.person,
        income=case.income,
        as_of=case.as_of,
        hourly=case.hourly_rate,
        near_share=case.near_share,
    )
    return {
        "as_of": case.as_of.isoformat(),
        "rules_version": rules_version(),
        "assessments": [as_facts(assessment) for assessment in assessments],
    }


def as_facts(assessment: Assessment) -> dict[str, Any]:
    """One assessment as plain values: amounts as text with two decimals."""
    return {
        "rule": assessment.rule,
        "period": {"from": assessment.period_from.isoformat(), "to": assessment.period_to.isoformat()},
        "counted": _cents(assessment.counted),
        "agreed": _cents(assessment.agreed),
        "limit": _cents(assessment.limit),
        "left": _cents(assessment.left),
        "left_hours": assessment.left_hours,
        "left_hours_with_agreed": assessment.left_hours_with_agreed,
        "state": assessment.state.value,
        "state_with_agreed": assessment.state_with_agreed.value,
        "effect": {name: _cents(getattr(assessment.amounts, name)) for name in BenefitAmounts.__dataclass_fields__},
        "status": assessment.status.value if assessment.status else None,
        "source": assessment.source,
        "next_step": assessment.next_step.value,
        "rows": [
            {
                "code": row.code.value,
                "amount": _cents(row.amount),
                "parameter": row.parameter,
                "source": row.source,
                "day": row.day.isoformat() if row.day else None,
            }
            for row in assessment.rows
        ],
    }


def _cents(amount: Decimal | None) -> str | None:
    return None if amount is None else str(round_cents(amount))


def _benefit(faults: Faults, path: str, raw: Any) -> BenefitHeld | None:
    """One benefit; which figures it may have depends on its kind."""
    before = len(faults.found)
    kind = faults.value(f"{path}.kind", raw.get("kind"), KIND) if isinstance(raw, Table) else None
    figures = FIGURES.get(kind, ()) if kind else tuple(FIGURE_KEYS)
    read = faults.table(path, raw, BENEFIT | {name: FIGURE_KEYS[name] for name in figures})
    if read["from"] and read["to"] and read["to"] < read["from"]:
        faults.note(f"{path}.to", "is before from")
    if len(faults.found) > before:
        return None
    return BenefitHeld(kind=kind, from_=read["from"], to=read["to"], **{name: read[name] for name in figures})


def _income(faults: Faults, path: str, raw: Any) -> Income | None:
    before = len(faults.found)
    read = faults.table(path, raw, INCOME)
    recurring = bool(read["recurring"])
    if read["per_month"] is not None and raw.get("recurring") in (None, False):
        faults.note(f"{path}.per_month", "belongs to recurring work; say recurring: true")
    if read["state"] is IncomeState.PAID and raw.get("paid_on") is None:
        faults.note(f"{path}.paid_on", "is needed when the state is paid")
    if read["net"] is not None and read["gross"] is not None and read["net"] > read["gross"]:
        faults.note(f"{path}.net", "is more than gross")
    return None if len(faults.found) > before else Income(**{**read, "recurring": recurring})


# Readers of single values. Each raises ValueError that says what is needed.


def _group(raw: Any) -> MunicipalityGroup:
    """The groups are written as numbers; Helsinki by name."""
    known = {int(group): group for group in MunicipalityGroup if group is not MunicipalityGroup.HELSINKI}
    if isinstance(raw, int) and not isinstance(raw, bool) and raw in known:
        return known[raw]
    if raw == MunicipalityGroup.HELSINKI:
        return MunicipalityGroup.HELSINKI
    raise ValueError(f'must be "helsinki" or one of {", ".join(map(str, known))}')


KIND = Key(one_of(BenefitKind), needed=True)
CASE = {
    "as_of": Key(a_day, needed=True),
    "hourly_rate": Key(a_rate, needed=True),
    "near_share": Key(a_share),
    "person": Key(a_table, needed=True),
    "income": Key(a_list, needed=True),
}
PERSON = {"born": Key(a_day), "benefits": Key(a_list)}
BENEFIT = {"kind": Key(anything), "from": Key(a_day), "to": Key(a_day)}
FIGURE_KEYS = {
    "blind_or_immobile": Key(a_flag),
    "confirmed_yel_income": Key(money),
    "granted_on_disability": Key(a_flag),
    "personal_limit": Key(money),
    "decided_annual_income": Key(money),
    "annual_income_other": Key(money),
    "household": Key(one_of(Household)),
    "municipality_group": Key(_group),
    "housing_costs_month": Key(money),
    "decided_monthly_income": Key(money),
    "other_income_month": Key(money),
    "adults": Key(a_number(1, 20)),
    "children": Key(a_number(0, 30)),
    "rent": Key(money),
    "decided_on": Key(a_day),
    "period": Key(one_of(PaymentPeriod)),
    "dependants": Key(a_number(0, 30)),
    "net_pay_other": Key(money),
    "aid_months": Key(a_number(0, MONTHS)),
}
INCOME = {
    "worked_on": Key(a_day, needed=True),
    "paid_on": Key(a_day),
    "gross": Key(money, needed=True),
    "net": Key(money),
    "contract": Key(one_of(CONTRACTS), needed=True),
    "state": Key(one_of(IncomeState), needed=True),
    "recurring": Key(a_flag),
    "per_month": Key(money),
}

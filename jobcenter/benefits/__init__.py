"""The law: what a benefit allows, as dated data and pure functions. No database, no clock, no web.

`may_offer` is the contract guard, `assess` says where a person stands, `law()` holds the values with their sources.
"""

from jobcenter.benefits.codes import GuardReason, NextStep, RowCode, WayOut
from jobcenter.benefits.domain import (
    UNEMPLOYMENT_BENEFITS,
    Assessment,
    BenefitHeld,
    BenefitKind,
    ContractForm,
    Income,
    IncomeState,
    JobseekerStatus,
    LimitState,
    Person,
    Row,
    ValueStatus,
)
from jobcenter.benefits.guard import GuardAnswer, may_offer
from jobcenter.benefits.law import Law, LimitInForce, LimitMissing, Parameter, PlannedChange
from jobcenter.benefits.loader import law, limits_on, missing_for, parameter, rules_version
from jobcenter.benefits.register import assess, measure_of, series_of

__all__ = [
    "UNEMPLOYMENT_BENEFITS",
    "Assessment",
    "BenefitHeld",
    "BenefitKind",
    "ContractForm",
    "GuardAnswer",
    "GuardReason",
    "Income",
    "IncomeState",
    "JobseekerStatus",
    "Law",
    "LimitInForce",
    "LimitMissing",
    "LimitState",
    "NextStep",
    "Parameter",
    "Person",
    "PlannedChange",
    "Row",
    "RowCode",
    "ValueStatus",
    "WayOut",
    "assess",
    "law",
    "limits_on",
    "may_offer",
    "measure_of",
    "missing_for",
    "parameter",
    "rules_version",
    "series_of",
]

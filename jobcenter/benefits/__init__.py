"""The law: what a benefit allows, as dated data and pure functions. No database, no clock, no web.

`may_offer` is the contract guard, `assess` says where a person stands, `law()` gives the values with their sources.
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
    "LimitState",
    "NextStep",
    "Person",
    "Row",
    "RowCode",
    "ValueStatus",
    "WayOut",
    "may_offer",
]

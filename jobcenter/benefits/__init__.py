"""The law: what a benefit allows, as dated data and pure functions. No database, no clock, no web.

`may_offer` is the contract guard, `assess` says where a person stands, `law()` holds the values with their sources.
"""

from jobcenter.benefits.assessment import Assessment, BenefitAmounts, Row
from jobcenter.benefits.codes import GuardReason, NextStep, RowCode, WayOut
from jobcenter.benefits.contacts import Contact, ContactPoint, PhoneNumber
from jobcenter.benefits.domain import (
    FIGURES,
    UNEMPLOYMENT_BENEFITS,
    BenefitHeld,
    BenefitKind,
    ContractForm,
    Household,
    Income,
    IncomeState,
    JobseekerStatus,
    LimitState,
    MunicipalityGroup,
    PaymentPeriod,
    Person,
    ValueStatus,
)
from jobcenter.benefits.guard import GuardAnswer, may_offer
from jobcenter.benefits.law import (
    Addition,
    AdditionRefused,
    DatedValue,
    Law,
    LimitInForce,
    LimitMissing,
    Parameter,
    PlannedChange,
    UnverifiedFact,
    WhoKnows,
)
from jobcenter.benefits.loader import law, limits_on, missing_for, parameter, rules_version
from jobcenter.benefits.register import adds_at_most, assess, assess_facts, measure_of, series_of

__all__ = [
    "FIGURES",
    "UNEMPLOYMENT_BENEFITS",
    "Addition",
    "AdditionRefused",
    "Assessment",
    "BenefitAmounts",
    "BenefitHeld",
    "BenefitKind",
    "Contact",
    "ContactPoint",
    "ContractForm",
    "DatedValue",
    "GuardAnswer",
    "GuardReason",
    "Household",
    "Income",
    "IncomeState",
    "JobseekerStatus",
    "Law",
    "LimitInForce",
    "LimitMissing",
    "LimitState",
    "MunicipalityGroup",
    "NextStep",
    "Parameter",
    "PaymentPeriod",
    "Person",
    "PhoneNumber",
    "PlannedChange",
    "Row",
    "RowCode",
    "UnverifiedFact",
    "ValueStatus",
    "WayOut",
    "WhoKnows",
    "adds_at_most",
    "assess",
    "assess_facts",
    "law",
    "limits_on",
    "may_offer",
    "measure_of",
    "missing_for",
    "parameter",
    "rules_version",
    "series_of",
]

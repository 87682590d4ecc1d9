"""A case as JSON: one person's benefits and earnings in, where they stand out. docs/check-earnings.md tells the format.

Money is text with two decimals, days are ISO. What the format does not know is a fault, never passed over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
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

MONEY = re.compile(r"\d{1,9}\.\d{2}", re.ASCII)
SHARE = re.compile(r"[01]\.\d{1,4}", re.ASCII)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
YEARS = range(1900, 2101)
MONTHS = 12
CONTRACTS = {"assignment": ContractForm.ASSIGNMENT, "employment": ContractForm.PARTNER}

Read = Callable[[Any], Any]


@dataclass(frozen=True)
class CaseFault:
    """What is wrong, and where: a JSON path such as `$.income[0].gross`."""

    path: str
    what: str

    def __str__(self) -> str:
        return f"{self.path}: {self.what}"


class CaseFaulty(ValueError):
    """A case that cannot be read, with all its faults in the order of the text."""

    def __init__(self, faults: list[CaseFault]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class CaseFile:
    """What a case tells. `near_share` None: the law data's own."""

    as_of: date
    hourly_rate: Decimal
    near_share: Decimal | None
    person: Person
    income: tuple[Income, ...]


@dataclass(frozen=True)
class Key:
    """How one key of a table is read; `needed`: it must be there and must not be null."""

    read: Read
    needed: bool = False


def read_case(text: str | bytes) -> CaseFile:
    """The case that a JSON text tells. Raises CaseFaulty with every fault found."""
    faults = Faults()
    read = faults.table("$", _json(text), CASE)
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


# JSON


class Table(dict[str, Any]):
    """A JSON object that remembers which keys were written more than once."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        names = [name for name, _value in pairs]
        self.twice = sorted({name for name in names if names.count(name) > 1})


def _json(text: str | bytes) -> Any:
    try:
        return json.loads(text, object_pairs_hook=Table, parse_float=Decimal)
    except UnicodeDecodeError:
        raise CaseFaulty([CaseFault("$", "the text must be UTF-8")]) from None
    except RecursionError:
        raise CaseFaulty([CaseFault("$", "nested too deeply")]) from None
    except ValueError as error:
        raise CaseFaulty([CaseFault("$", f"not JSON: {error}")]) from None


@dataclass
class Faults:
    """Collects what is wrong, so that all of it is told at once."""

    found: list[CaseFault] = field(default_factory=list)

    def note(self, path: str, what: str) -> None:
        """Keep one fault."""
        self.found.append(CaseFault(path, what))

    def stop_if_any(self) -> None:
        """Raise CaseFaulty if anything was wrong."""
        if self.found:
            raise CaseFaulty(self.found)

    def table(self, path: str, raw: Any, keys: Mapping[str, Key]) -> dict[str, Any]:
        """The values of a table by key; None where absent, null or faulty."""
        if not isinstance(raw, Table):
            self.note(path, "must be an object")
            return dict.fromkeys(keys)
        for name in raw.twice:
            self.note(f"{path}.{name}", "is given twice")
        for name in (name for name in raw if name not in keys):
            self.note(f"{path}.{name}", f"unknown key; known are {', '.join(keys)}")
        return {name: self.value(f"{path}.{name}", raw.get(name), key) for name, key in keys.items()}

    def value(self, path: str, raw: Any, key: Key) -> Any:
        """One value through its reader; None where absent, null or faulty."""
        if raw is None:
            if key.needed:
                self.note(path, "is needed")
            return None
        try:
            return key.read(raw)
        except ValueError as error:
            self.note(path, str(error))
            return None

    def each(self, path: str, raw: Any, read: Callable[[Faults, str, Any], Any]) -> tuple[Any, ...] | None:
        """Every entry of a list through `read`; None where there is no list."""
        if raw is None:
            return None
        return tuple(read(self, f"{path}[{index}]", entry) for index, entry in enumerate(raw))


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
    if read["per_month"] is not None and not recurring:
        faults.note(f"{path}.per_month", "belongs to recurring work; say recurring: true")
    if read["state"] is IncomeState.PAID and read["paid_on"] is None:
        faults.note(f"{path}.paid_on", "is needed when the state is paid")
    if read["net"] is not None and read["gross"] is not None and read["net"] > read["gross"]:
        faults.note(f"{path}.net", "is more than gross")
    return None if len(faults.found) > before else Income(**{**read, "recurring": recurring})


# Readers of single values. Each raises ValueError that says what is needed.


def _anything(raw: Any) -> Any:
    return raw


def _money(raw: Any) -> Decimal:
    if not isinstance(raw, str) or not MONEY.fullmatch(raw):
        raise ValueError('must be money as text with two decimals, such as "860.00"')
    return Decimal(raw)


def _rate(raw: Any) -> Decimal:
    if not (rate := _money(raw)):
        raise ValueError("must be above zero")
    return rate


def _share(raw: Any) -> Decimal:
    if not isinstance(raw, str) or not SHARE.fullmatch(raw) or not 0 < Decimal(raw) <= 1:
        raise ValueError('must be a share as text, above 0 and at most 1, such as "0.80"')
    return Decimal(raw)


def _day(raw: Any) -> date:
    if not isinstance(raw, str) or not DAY.fullmatch(raw) or int(raw[:4]) not in YEARS:
        raise ValueError(f'must be a day from {YEARS[0]} to {YEARS[-1]} as text, such as "2026-11-22"')
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise ValueError(f"there is no day {raw}") from None


def _flag(raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise ValueError("must be true or false")
    return raw


def _table(raw: Any) -> Any:
    if not isinstance(raw, Table):
        raise ValueError("must be an object")
    return raw


def _list(raw: Any) -> Any:
    if not isinstance(raw, list):
        raise ValueError("must be a list")
    return raw


def _number(least: int, most: int) -> Read:
    def read(raw: Any) -> int:
        if isinstance(raw, bool) or not isinstance(raw, int) or not least <= raw <= most:
            raise ValueError(f"must be a whole number from {least} to {most}")
        return raw

    return read


def _one_of(words: type[StrEnum] | Mapping[str, Any]) -> Read:
    known = words if isinstance(words, Mapping) else {word.value: word for word in words}

    def read(raw: Any) -> Any:
        if not isinstance(raw, str) or raw not in known:
            raise ValueError(f"must be one of {', '.join(known)}")
        return known[raw]

    return read


def _group(raw: Any) -> MunicipalityGroup:
    """The groups are written as numbers; Helsinki by name."""
    known = {int(group): group for group in MunicipalityGroup if group is not MunicipalityGroup.HELSINKI}
    if isinstance(raw, int) and not isinstance(raw, bool) and raw in known:
        return known[raw]
    if raw == MunicipalityGroup.HELSINKI:
        return MunicipalityGroup.HELSINKI
    raise ValueError(f'must be "helsinki" or one of {", ".join(map(str, known))}')


KIND = Key(_one_of(BenefitKind), needed=True)
CASE = {
    "as_of": Key(_day, needed=True),
    "hourly_rate": Key(_rate, needed=True),
    "near_share": Key(_share),
    "person": Key(_table, needed=True),
    "income": Key(_list, needed=True),
}
PERSON = {"born": Key(_day), "benefits": Key(_list)}
BENEFIT = {"kind": Key(_anything), "from": Key(_day), "to": Key(_day)}
FIGURE_KEYS = {
    "blind_or_immobile": Key(_flag),
    "confirmed_yel_income": Key(_money),
    "granted_on_disability": Key(_flag),
    "personal_limit": Key(_money),
    "decided_annual_income": Key(_money),
    "annual_income_other": Key(_money),
    "household": Key(_one_of(Household)),
    "municipality_group": Key(_group),
    "housing_costs_month": Key(_money),
    "decided_monthly_income": Key(_money),
    "other_income_month": Key(_money),
    "adults": Key(_number(1, 20)),
    "children": Key(_number(0, 30)),
    "rent": Key(_money),
    "decided_on": Key(_day),
    "period": Key(_one_of(PaymentPeriod)),
    "dependants": Key(_number(0, 30)),
    "net_pay_other": Key(_money),
    "aid_months": Key(_number(0, MONTHS)),
}
INCOME = {
    "worked_on": Key(_day, needed=True),
    "paid_on": Key(_day),
    "gross": Key(_money, needed=True),
    "net": Key(_money),
    "contract": Key(_one_of(CONTRACTS), needed=True),
    "state": Key(_one_of(IncomeState), needed=True),
    "recurring": Key(_flag),
    "per_month": Key(_money),
}

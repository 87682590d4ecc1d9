"""Three of our rules in OpenFisca: the pension's monthly limit, the housing allowance's review, YEL's yearly limit.

The peer of the earnings benchmark: the same law values, given the same people's monthly earnings, answers the same
states. It has no reasons, no hours left, no next step, and keeps nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.holders import set_input_dispatch_by_period
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import MONTH, YEAR, period
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from jobcenter.benefits import law

LIMITS = {
    "pension": "kela_disability_pension.earnings_limit",
    "review": "pensioner_housing_allowance.review_rise",
    "yel": "yel.yearly_limit",
}
NEAR_SHARE = 0.8
UNDER, NEAR, AT, OVER = range(4)

Person = build_entity(key="person", plural="people", label="Person", is_person=True)


class earned(Variable):
    value_type, entity, definition_period, label = float, Person, MONTH, "Gross earnings of a month"


class decided(Variable):
    value_type, entity, definition_period, label = float, Person, YEAR, "Yearly income from work in the decision"
    set_input = set_input_dispatch_by_period


class pension_state(Variable):
    value_type, entity, definition_period, label = int, Person, MONTH, "Where a month stands against the limit"

    def formula(person, month, parameters):
        return _state(person("earned", month), parameters(month).limits.pension)


class review_state(Variable):
    value_type, entity, definition_period, label = int, Person, MONTH, "Where twelve months stand against the review"

    def formula(person, month, parameters):
        year = sum(person("earned", month.offset(-back, MONTH)) for back in range(12))
        return _state(year - person("decided", month.this_year), parameters(month).limits.review)


class yel_state(Variable):
    value_type, entity, definition_period, label = int, Person, YEAR, "Where a year stands against the limit"

    def formula(person, year, parameters):
        total = sum(person("earned", month) for month in year.get_subperiods(MONTH))
        return _state(total, parameters(year).limits.yel)


def _state(amount: np.ndarray, limit: float) -> np.ndarray:
    return np.select([amount > limit, amount == limit, amount >= NEAR_SHARE * limit], [OVER, AT, NEAR], UNDER)


def system() -> TaxBenefitSystem:
    """OpenFisca with the three rules and our values."""
    found = TaxBenefitSystem([Person])
    found.parameters = ParameterNode("", data={"limits": {name: _values(id) for name, id in LIMITS.items()}})
    for variable in (earned, decided, pension_state, review_state, yel_state):
        found.add_variable(variable)
    return found


def _values(id: str) -> dict[str, object]:
    return {"values": {value.from_.isoformat(): {"value": float(value.value)} for value in law().parameter(id).values}}


def months_of(people: int, first_id: int, rows: Iterable[tuple[int, date, float]]) -> dict[date, np.ndarray]:
    """Everybody's earnings by month, from rows of person, month and euros."""
    months: dict[date, np.ndarray] = {}
    for person, month, euros in rows:
        months.setdefault(month, np.zeros(people))[person - first_id] = euros
    return months


def simulation(people: int, months: Mapping[date, np.ndarray]) -> Simulation:
    """A simulation with everybody's earnings of each month."""
    made = SimulationBuilder().build_default_simulation(system(), count=people)
    for first, amounts in months.items():
        made.set_input("earned", period(first.isoformat()[:7]), amounts)
    return made


def compute(made: Simulation, months: Iterable[date], years: Iterable[int]) -> int:
    """All states of all people; how many they are."""
    found = 0
    for first in months:
        for name in ("pension_state", "review_state"):
            found += made.calculate(name, first.isoformat()[:7]).size
    for year in years:
        found += made.calculate("yel_state", str(year)).size
    return found

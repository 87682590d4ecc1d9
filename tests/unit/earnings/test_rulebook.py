"""How a value of law gets its second person, what may be proposed, and which additions hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from jobcenter.benefits import AdditionRefused, ValueStatus, law
from jobcenter.benefits.law import Applies, Unit
from jobcenter.core import texts
from jobcenter.core.errors import AlreadyDone, DomainError, NotPossible
from jobcenter.earnings.rulebook.domain import (
    TRANSITIONS,
    AdditionAction,
    AdditionState,
    OwnProposal,
    Proposal,
    ProposalRefused,
    check_proposal,
    decided_state,
    first_missing_day,
    looked_at,
    missing_half_years,
    plain,
    step_from_before,
    taken,
)
from jobcenter.earnings.rulebook.messages import value_text
from tests.unit.benefits.test_additions import LIMIT, added

S, A = AdditionState, AdditionAction
TODAY = date(2026, 11, 22)
IN_2027 = date(2027, 1, 1)
REFERENCE_RATE = "late_payment.reference_rate"
PROPOSAL = Proposal(
    parameter=LIMIT,
    from_=date(2027, 1, 1),
    to=None,
    value=Decimal("1012.88"),
    applies=Applies.CALENDAR,
    status=ValueStatus.CONFIRMED,
    source="Asetus 1/2026",
    note="",
    sure=False,
    form_key="k",
)


@pytest.mark.parametrize("by_proposer", [True, False])
@pytest.mark.parametrize(("state", "action"), list(product(S, A)))
def test_only_the_right_person_decides(state, action, by_proposer):
    own = action is A.WITHDRAW
    other = action in (A.APPROVE, A.REJECT)
    allowed = (state, action) in TRANSITIONS and not (own and not by_proposer) and not (other and by_proposer)
    if allowed:
        assert decided_state(state, action, by_proposer=by_proposer) is TRANSITIONS[state, action]
    else:
        with pytest.raises((AlreadyDone, NotPossible)):
            decided_state(state, action, by_proposer=by_proposer)


def test_the_proposer_is_told_that_somebody_else_must_confirm():
    with pytest.raises(OwnProposal):
        decided_state(S.PROPOSED, A.APPROVE, by_proposer=True)


REFUSALS = [
    ({"value": Decimal(0)}, "value_not_above_zero", "value"),
    ({"value": Decimal("-5")}, "value_not_above_zero", "value"),
    ({"value": Decimal("1012.885")}, "value_places", "value"),
    ({"value": Decimal("10128.80")}, "value_step_large", "sure"),
    ({"value": Decimal("101.29")}, "value_step_large", "sure"),
    ({"from_": date(2026, 12, 1)}, "value_overlaps", "from_"),
    ({"from_": date(2017, 1, 1)}, "value_overlaps", "from_"),
    ({"from_": date(2072, 1, 1)}, "value_year_far", "from_"),
    ({"from_": date(2029, 1, 1)}, "value_year_far", "from_"),
    ({"to": date(2026, 12, 31)}, "value_ends_before", "to"),
    ({"parameter": "moon.limit"}, "parameter_unknown", "parameter"),
]


@pytest.mark.parametrize(("change", "code", "field"), REFUSALS)
def test_a_slip_of_the_hand_is_caught(change, code, field):
    with pytest.raises((AdditionRefused, ProposalRefused)) as refusal:
        check_proposal(law(), replace(PROPOSAL, **change), TODAY)
    assert (refusal.value.code, refusal.value.field) == (code, field)


@pytest.mark.parametrize("change", [{}, {"value": Decimal("1300.00"), "sure": True}, {"to": date(2027, 7, 31)}])
def test_a_value_that_may_be_proposed(change):
    check_proposal(law(), replace(PROPOSAL, **change), TODAY)


def test_a_value_that_was_added_meanwhile_is_in_the_way():
    with pytest.raises(DomainError, match="value_overlaps"):
        check_proposal(law().with_values([added()]), PROPOSAL, TODAY)


def test_an_addition_that_the_program_has_overtaken_is_left_out():
    overtaken = law().with_values([added("1011.00")])
    assert taken(overtaken, [added()]) == ()
    assert taken(law(), [added(), added("1.00"), added(of="gone.limit")]) == (added(),)


@pytest.mark.parametrize(
    ("today", "year"), [("2026-10-31", 2026), ("2026-11-01", 2027), ("2026-12-31", 2027), ("2027-01-01", 2027)]
)
def test_from_november_on_the_next_year_is_looked_at(today, year):
    assert looked_at(date.fromisoformat(today)) == year


def test_the_first_day_without_a_value():
    limit = law().parameter(LIMIT)
    assert first_missing_day(limit, IN_2027) == date(2027, 1, 1)
    assert first_missing_day(limit, date(2026, 10, 31)) is None
    half = law().with_values([added(last="2027-06-30")]).parameter(LIMIT)
    assert first_missing_day(half, IN_2027) == date(2027, 7, 1)
    assert first_missing_day(law().parameter("yel.age_from"), IN_2027) is None


@pytest.mark.parametrize(
    ("today", "first", "halves"),
    [
        ("2026-04-30", None, []),
        ("2026-05-01", "2026-07-01", ["2026-07-01"]),
        ("2026-10-31", "2026-07-01", ["2026-07-01"]),
        ("2026-11-22", "2026-07-01", ["2026-07-01", "2027-01-01"]),
        ("2027-01-01", "2027-01-01", ["2027-01-01"]),
    ],
)
def test_the_half_year_without_a_value(today, first, halves):
    day = date.fromisoformat(today)
    found = first_missing_day(law().parameter(REFERENCE_RATE), day)
    assert found == (first and date.fromisoformat(first))
    assert [str(begins) for one, begins, _last in missing_half_years(law(), day)] == halves


def test_a_value_of_a_half_year_lapses_with_it():
    given = replace(added("0.025").value, from_=date(2026, 7, 1), to=None)
    rate = law().with_values([replace(added(), parameter=REFERENCE_RATE, value=given)]).parameter(REFERENCE_RATE)
    assert rate.values[-1].to == date(2026, 12, 31)


def test_the_step_from_the_value_before():
    limit = law().parameter(LIMIT)
    assert step_from_before(limit, date(2027, 1, 1), Decimal("1090.00")) == Decimal("1090.00") / Decimal("990.90") - 1
    assert step_from_before(limit, date(1999, 1, 1), Decimal(1)) is None


@pytest.mark.parametrize(
    ("stored", "unit", "value"),
    [("990.9000", Unit.EUR, "990.90"), ("0.4350", Unit.SHARE, "0.4350"), ("68.0000", Unit.YEARS, "68")],
)
def test_a_stored_value_has_the_decimals_of_its_unit(stored, unit, value):
    assert str(plain(Decimal(stored), unit)) == value


@pytest.mark.parametrize("unit", Unit)
def test_a_value_of_every_unit_can_be_said(unit):
    with texts.in_language("en"):
        assert "2" in value_text(Decimal(2), unit)


@pytest.mark.parametrize(
    ("value", "unit", "said"), [("0.435", Unit.SHARE, "43,5"), ("0.80", Unit.SHARE, "80"), ("1", Unit.YEARS, "1 ")]
)
def test_values_as_people_write_them(value, unit, said):
    with texts.in_language("fi"):
        assert value_text(Decimal(value), unit).startswith(said)

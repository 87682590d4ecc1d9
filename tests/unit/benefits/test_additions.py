"""Values added to the shipped law: one set under one name; and what could not be verified, said with each answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from jobcenter.benefits import (
    Addition,
    AdditionRefused,
    Assessment,
    DatedValue,
    Law,
    LimitMissing,
    RowCode,
    ValueStatus,
    law,
)
from jobcenter.benefits.law import Applies, UnverifiedFact, WhoKnows
from jobcenter.benefits.loader import LawDataFault, read_law
from jobcenter.benefits.register import REGISTER
from tests.unit.benefits.people import PENSION, judged, someone
from tests.unit.benefits.test_law_data import GOOD, folder

LIMIT = "kela_disability_pension.earnings_limit"
STANDING = "yel.age_from"
CHECKED = date(2026, 12, 1)

UNVERIFIED = """
[[unverified]]
id = "a.doubt"
what = "whether one month over stops it"
concerns = ["a.rule", "b.rule"]
ask = "kela"
source = "nowhere"
checked_on = 2026-11-22
from = 2025-01-01
"""


def added(value: str = "1012.88", first: str = "2027-01-01", last: str | None = None, of: str = LIMIT) -> Addition:
    to = date.fromisoformat(last) if last else None
    from_ = date.fromisoformat(first)
    dated = DatedValue(from_, to, Decimal(value), Applies.CALENDAR, ValueStatus.CONFIRMED, "Asetus 1/2026", CHECKED)
    return Addition(of, dated)


def test_an_added_value_holds_on_its_days_and_no_others():
    merged = law().with_values([added()])
    assert merged.value_on(LIMIT, date(2026, 12, 31)).value == Decimal("990.90")
    assert merged.value_on(LIMIT, date(2027, 1, 1)).value == Decimal("1012.88")
    assert merged.value_on(LIMIT, date(2027, 12, 31)).value == Decimal("1012.88")
    with pytest.raises(LimitMissing):
        merged.value_on(LIMIT, date(2028, 1, 1))
    with pytest.raises(LimitMissing):
        law().value_on(LIMIT, date(2027, 1, 1))


def test_the_year_no_longer_lacks_what_was_added():
    before = {parameter.id for parameter in law().missing_for(2027)}
    after = {parameter.id for parameter in law().with_values([added()]).missing_for(2027)}
    assert before - after == {LIMIT}


def test_a_second_value_ends_the_first_that_names_no_last_day():
    merged = law().with_values([added(), added("1020.00", "2027-08-01")])
    assert merged.value_on(LIMIT, date(2027, 7, 31)).value == Decimal("1012.88")
    assert merged.value_on(LIMIT, date(2027, 8, 1)).value == Decimal("1020.00")


def test_a_value_that_stands_until_changed_ends_before_an_added_one():
    merged = law().with_values([added("17", "2028-01-01", of=STANDING)])
    assert merged.value_on(STANDING, date(2027, 12, 31)).value == 18
    assert merged.value_on(STANDING, date(2099, 1, 1)).value == 17


@pytest.mark.parametrize(
    ("additions", "code"),
    [
        ([added(first="2026-12-31")], "value_overlaps"),
        ([added(first="2026-01-01")], "value_overlaps"),
        ([added(first="2016-01-01", last="2017-01-01")], "value_overlaps"),
        ([added(last="2027-12-31"), added("1020.00", "2027-08-01")], "value_overlaps"),
        ([added(), added("1020.00")], "value_overlaps"),
        ([added(of="moon.limit")], "parameter_unknown"),
        ([added("0")], "value_not_above_zero"),
        ([added("-1")], "value_not_above_zero"),
        ([added(last="2026-12-31")], "value_ends_before"),
    ],
)
def test_what_cannot_be_added_is_refused(additions, code):
    with pytest.raises(AdditionRefused) as refusal:
        law().with_values(additions)
    assert refusal.value.code == code


def test_the_set_has_one_name_that_says_what_is_in_it():
    shipped, one, other = law(), law().with_values([added()]), law().with_values([added("1012.89")])
    assert len({shipped.version, one.version, other.version}) == 3
    assert shipped.with_values([]) is shipped
    assert one.version == law().with_values([added()]).version
    assert one.version.startswith("2026-12-01-")


def test_the_order_of_additions_does_not_matter():
    first, second = added(), added("9700.00", of="yel.yearly_limit")
    assert law().with_values([first, second]).version == law().with_values([second, first]).version


def test_a_figure_that_left_the_law_is_not_missing(tmp_path):
    ended = GOOD.replace("[[parameter.values]]", "ends = 2021-12-31\n[[parameter.values]]", 1)
    assert read_law(folder(tmp_path, ended)).missing_for(2022) == ()
    assert read_law(folder(tmp_path, GOOD)).missing_for(2022)


def test_zero_is_a_value_only_where_the_law_has_it(tmp_path):
    zero = GOOD.replace("value = 200", "value = 0")
    with pytest.raises(LawDataFault, match="above zero"):
        read_law(folder(tmp_path, zero))
    allowed = zero.replace("[[parameter.values]]", "may_be_zero = true\n[[parameter.values]]", 1)
    assert read_law(folder(tmp_path, allowed)).value_on("a.limit", date(2021, 1, 1)).value == 0


@pytest.mark.parametrize(
    ("was", "becomes", "what"),
    [
        ('ask = "kela"', 'ask = "neighbour"', "ask: must be one of"),
        ('concerns = ["a.rule", "b.rule"]', "concerns = []", "concerns: a list of texts"),
        ('concerns = ["a.rule", "b.rule"]', 'concerns = "a.rule"', "concerns: a list of texts"),
        ('source = "nowhere"', "", "source: a text is needed"),
        ("from = 2025-01-01", "since = 2025-01-01", "unknown key since"),
    ],
)
def test_a_fault_in_what_is_not_verified_is_named(tmp_path, was, becomes, what):
    text = GOOD + UNVERIFIED
    assert was in text
    head, _, tail = text.rpartition(was)
    with pytest.raises(LawDataFault, match=what):
        read_law(folder(tmp_path, head + becomes + tail))


def test_a_doubt_given_twice_is_a_fault(tmp_path):
    with pytest.raises(LawDataFault, match=r"a\.doubt is given twice"):
        read_law(folder(tmp_path, GOOD + UNVERIFIED + UNVERIFIED))


@pytest.mark.parametrize(
    ("rule", "first", "last", "concerned"),
    [
        ("a.rule", "2026-01-01", "2026-01-31", True),
        ("b.rule", "2024-12-01", "2025-01-01", True),
        ("a.rule", "2024-12-01", "2024-12-31", False),
        ("c.rule", "2026-01-01", "2026-01-31", False),
    ],
)
def test_a_doubt_concerns_its_rules_and_its_time(tmp_path, rule, first, last, concerned):
    read = read_law(folder(tmp_path, GOOD + UNVERIFIED))
    assert bool(read.doubts(rule, date.fromisoformat(first), date.fromisoformat(last))) is concerned
    assert read.fact("a.doubt").ask is WhoKnows.KELA
    assert read.fact("b.doubt") is None


def _with_doubt(*rules: str) -> Law:
    fact = UnverifiedFact("a.doubt", "whether", rules, WhoKnows.KELA, "nowhere", CHECKED)
    return Law.of(law().parameters, (), (fact,))


def _doubts(told: Iterable[Assessment]) -> list[str | None]:
    return [row.parameter for answer in told for row in answer.rows if row.code is RowCode.NOT_VERIFIED]


@pytest.mark.parametrize(("rule", "doubts"), [(LIMIT, ["a.doubt"]), ("yel.yearly_limit", [])])
def test_each_answer_of_a_doubted_rule_says_so(rule, doubts):
    assert _doubts(judged(someone(PENSION), as_of="2026-11-22", law=_with_doubt(rule))) == doubts


def test_a_rule_that_does_not_matter_raises_no_doubts():
    blind = replace(PENSION, blind_or_immobile=True)
    assert _doubts(judged(someone(blind), as_of="2026-11-22", law=_with_doubt(LIMIT))) == []


def test_every_rule_that_a_doubt_concerns_exists():
    concerned = {rule for fact in law().unverified for rule in fact.concerns}
    assert concerned
    assert concerned <= {formula.name for formula in REGISTER}

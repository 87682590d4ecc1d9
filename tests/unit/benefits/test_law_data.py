"""The data files: what they hold, and how a fault in one is named."""

from datetime import date
from decimal import Decimal

import pytest

from jobcenter.benefits import LimitMissing, law, limits_on, missing_for, parameter, rules_version
from jobcenter.benefits.loader import LawDataFault, read_law
from jobcenter.core import clock

GOOD = """\
[[parameter]]
id = "a.limit"
description = "A limit"
statute = "Act 1/2000"
unit = "EUR"
period = "calendar_month"
basis = "gross_earnings"
comparison = ">"
renewed = "yearly"
keyed_by = "day"

[[parameter.values]]
from = 2020-01-01
value = 100.10
applies = "calendar"
status = "confirmed"
source = "somewhere"
checked_on = 2026-11-22

[[parameter.values]]
from = 2020-08-01
to = 2021-12-31
value = 200
applies = "calendar"
status = "derived"
source = "somewhere else"
checked_on = 2026-11-22

[[planned]]
id = "a.change"
description = "A change"
intended_from = 2028-01-01
source = "a bill"
checked_on = 2026-11-22
"""


def folder(tmp_path, text, name="a.toml"):
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("day", "value"),
    [
        ("2020-01-01", "100.10"),
        ("2020-07-31", "100.10"),
        ("2020-08-01", "200"),
        ("2021-12-31", "200"),
    ],
)
def test_a_value_holds_until_the_next_or_as_long_as_it_says(tmp_path, day, value):
    assert read_law(folder(tmp_path, GOOD)).value_on("a.limit", date.fromisoformat(day)).value == Decimal(value)


@pytest.mark.parametrize("day", [date(2019, 12, 31), date(2022, 1, 1)])
def test_a_day_without_a_value_is_missing(tmp_path, day):
    with pytest.raises(LimitMissing) as missing:
        read_law(folder(tmp_path, GOOD)).value_on("a.limit", day)
    assert (missing.value.parameter, missing.value.day) == ("a.limit", day)


def test_a_yearly_value_without_an_end_lapses_with_its_year(tmp_path):
    lapsing = read_law(folder(tmp_path, GOOD.replace("to = 2021-12-31\n", "")))
    assert lapsing.value_on("a.limit", date(2020, 12, 31)).value == 200
    with pytest.raises(LimitMissing):
        lapsing.value_on("a.limit", date(2021, 1, 1))


def test_a_standing_value_holds_until_it_is_changed(tmp_path):
    text = GOOD.replace("to = 2021-12-31\n", "").replace('renewed = "yearly"', 'renewed = "until_changed"')
    assert read_law(folder(tmp_path, text)).value_on("a.limit", date(2099, 1, 1)).value == 200


@pytest.mark.parametrize(
    ("was", "becomes", "line", "what"),
    [
        ('unit = "EUR"', 'unit = "EUR"\nunits = "EUR"', 6, "unknown key units"),
        ("value = 100.10", "value = 100.10\nvalid = true", 15, "unknown key valid"),
        ('source = "a bill"', 'source = "a bill"\nactive = true', 34, "unknown key active"),
        ("[[planned]]", "[[plans]]", 29, "unknown key plans"),
        ("[[parameter]]", 'version = "1"\n[[parameter]]', 1, "unknown key version"),
        ('source = "somewhere else"', "", 20, "source: a text is needed"),
        ('source = "somewhere else"', 'source = " "', 26, "source: a text is needed"),
        ("checked_on = 2026-11-22\n\n[[planned]]", "\n[[planned]]", 20, "checked_on: a day"),
        ("from = 2020-01-01", 'from = "2020-01-01"', 13, "from: a day"),
        ("from = 2020-01-01", "from = 2020-01-01T00:00:00", 13, "from: a day"),
        ("value = 200", 'value = "200"', 23, "value: a number, not below zero"),
        ("value = 200", "value = true", 23, "value: a number, not below zero"),
        ("value = 200", "value = -1", 23, "value: a number, not below zero"),
        ("value = 200", "value = 0", 23, "value: a number above zero"),
        ('comparison = ">"', 'comparison = "<"', 8, "comparison: must be one of >, >="),
        ('status = "derived"', 'status = "sure"', 25, "status: must be one of confirmed"),
        ("to = 2021-12-31", "to = 2020-07-31", 22, "is before"),
        ("from = 2020-08-01", "from = 2020-01-01", 21, "is not after"),
        ('id = "a.limit"', 'id = "a.limit', 2, "line 2"),
    ],
)
def test_a_fault_is_named_with_file_and_line(tmp_path, was, becomes, line, what):
    assert was in GOOD
    with pytest.raises(LawDataFault) as fault:
        read_law(folder(tmp_path, GOOD.replace(was, becomes, 1)))
    assert str(fault.value).startswith(f"a.toml:{line}: ")
    assert what in str(fault.value)


def test_a_parameter_without_values_is_a_fault(tmp_path):
    text = GOOD[: GOOD.index("[[parameter.values]]")]
    with pytest.raises(LawDataFault, match=r"^a\.toml:1: values: at least one value is needed"):
        read_law(folder(tmp_path, text))


def test_a_parameter_given_in_two_files_is_a_fault(tmp_path):
    folder(tmp_path, GOOD)
    with pytest.raises(LawDataFault, match=r"^b\.toml:3: a\.limit is given twice"):
        read_law(folder(tmp_path, "# again\n" + GOOD, "b.toml"))


def test_the_version_names_the_content_and_not_its_layout(tmp_path):
    version = read_law(folder(tmp_path, GOOD)).version
    assert version.startswith("2026-11-22-")
    assert read_law(folder(tmp_path, "# a remark\n\n" + GOOD)).version == version
    assert read_law(folder(tmp_path, GOOD.replace("100.10", "100.11"))).version != version


# The first year of which a figure is known, where that is later than 2020.
KNOWN_SINCE = {
    "wage.unemployment_contribution": 2022,
    "enforcement.protected_debtor": 2021,
    "enforcement.protected_dependant": 2021,
    "general_benefit.day_amount": 2027,
    "rehabilitation_allowance.smallest_day": 2027,
}


def test_the_shipped_law_is_whole_from_2020_to_2026():
    for year in range(2020, 2027):
        assert [p.id for p in missing_for(year) if KNOWN_SINCE.get(p.id, 2020) <= year] == []


def test_what_2027_lacks():
    lacking = {"kela_disability_pension.earnings_limit", "yel.yearly_limit", "wage.pension_contribution"}
    lacking |= {"general_benefit.day_amount", "enforcement.protected_debtor", "employer.tyel_threshold"}
    lacking |= {"study_aid.month_with_aid", "general_housing_allowance.review_rise"}
    assert lacking <= {p.id for p in missing_for(2027)}


def test_the_freeze_of_the_housing_allowance_ends_with_2027():
    assert parameter("pensioner_housing_allowance.review_rise").value_on(date(2027, 12, 31)).value == 1018
    frozen = {"pensioner_housing_allowance.review_rise", "pensioner_housing_allowance.review_fall"}
    assert frozen <= {p.id for p in missing_for(2028)}
    assert not frozen & {p.id for p in missing_for(2027)}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2021, 6, 1), {"837.59", "924", "462", "8063.57"}),
        (date(2022, 7, 31), {"855.48", "944", "472", "8261.71"}),
        (date(2022, 8, 1), {"885.63", "944", "472", "8261.71"}),
        (date(2026, 5, 1), {"990.90", "1018", "509", "9423.09"}),
        (date(2027, 1, 1), {"1018", "509"}),
    ],
)
def test_limits_in_force_on_a_day(day, expected):
    assert expected <= {str(limit.value.value) for limit in limits_on(day)}


def test_every_value_has_a_source_and_a_day_of_checking():
    for read in law().parameters.values():
        for value in read.values:
            assert value.source and value.checked_on <= clock.today()


def test_a_planned_change_is_told_but_not_applied():
    planned = {change.id for change in law().planned}
    assert planned == {"kela_disability_pension.flexible_model", "work_activity.abolition"}
    assert not planned & set(law().parameters)


def test_the_shipped_version_is_short_and_stable():
    assert rules_version() == law().version
    assert len(rules_version()) == len("2026-11-22-1a2b3c4d")


def test_the_yel_limit_follows_the_wage_coefficient():
    coefficients = {2019: "1.417", 2020: "1.446", 2021: "1.465", 2022: "1.501", 2023: "1.558"}
    coefficients |= {2018: "1.391", 2024: "1.637", 2025: "1.673", 2026: "1.712"}
    for year, coefficient in coefficients.items():
        computed = (Decimal("5504.14") * Decimal(coefficient)).quantize(Decimal("0.01"))
        assert parameter("yel.yearly_limit").value_on(date(year, 1, 1)).value == computed


@pytest.mark.parametrize(("year", "index"), [(2017, 1617), (2020, 1633), (2021, 1639), (2022, 1674), (2023, 1805)])
def test_the_review_amounts_follow_the_pension_index(year, index):
    for id, base in [("review_rise", 734), ("review_fall", 367)]:
        computed = (Decimal(base) * index / 1302).quantize(Decimal(1))
        assert parameter(f"pensioner_housing_allowance.{id}").value_on(date(year, 1, 1)).value == computed

"""The case files in tests/benefits/cases, which an adviser can read and sign, hold to the cent.

Their figures come from the statutes and the benefit offices' own texts, not from the program's data. A file has
`[[table]]`s: who is looked at (`person`, `benefits`), what is common to the earnings (`earning`), and `cases`: rows
whose first columns are told (`told`) and whose last are expected (`expected`) of `rule`. A column told is a key of an
earning, `as_of`, `born`, `benefit.<figure>` of the first benefit, or `earned`: several earnings as day and euros.
"""

import json
import tomllib
from datetime import date
from pathlib import Path

import pytest

from jobcenter.benefits.register import MEASURED_BY
from jobcenter.exchange.casefile import answer, read_case

CASES = Path(__file__).parents[2] / "benefits" / "cases"
FILES = sorted(CASES.glob("*.toml"))
TABLE_KEYS = {"title", "rule", "person", "benefits", "earning", "told", "expected", "cases"}
EARNING = {"contract": "assignment", "state": "paid"}


def tables():
    for path in FILES:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        for number, table in enumerate(content["table"], start=1):
            yield path.stem, number, table


def rows():
    for stem, number, table in tables():
        for row in table["cases"]:
            name = f"{stem}-{number}-" + "-".join(str(value) for value in row[: len(table["told"])])
            yield pytest.param(table, row, id=name)


def case_of(table, told):
    """The JSON case that one row tells."""
    benefits = [dict(benefit) for benefit in table.get("benefits", [])]
    person = {"born": date(1990, 5, 1)} | table.get("person", {})
    case, earning = {"hourly_rate": "10.00"}, EARNING | table.get("earning", {})
    for name, value in told.items():
        if name.startswith("benefit."):
            benefits[0][name.removeprefix("benefit.")] = value
        elif name == "born":
            person["born"] = value
        elif name in ("as_of", "near_share"):
            case[name] = value
        elif name != "earned":
            earning[name] = value
    earned = told.get("earned") or [[earning.pop("worked_on"), earning.pop("gross")]]
    case["income"] = [{"worked_on": day, "paid_on": day, "gross": euros} | earning for day, euros in earned]
    return (
        {"as_of": max(row["worked_on"] for row in case["income"])} | case | {"person": person | {"benefits": benefits}}
    )


def found(assessments, rule, day):
    """The assessment of the rule whose period holds the day; the newest if there are several."""
    of_rule = [a for a in assessments if a["rule"] == rule and a["period"]["from"] <= day <= a["period"]["to"]]
    assert of_rule, f"nothing is said of {rule} on {day}"
    return of_rule[-1]


def value_at(assessment, column):
    for step in column.split("."):
        assessment = assessment[step]
    return assessment


@pytest.mark.parametrize(("table", "row"), list(rows()))
def test_the_case_comes_out_as_the_adviser_reads_it(table, row):
    told = dict(zip(table["told"], row, strict=False))
    case = case_of(table, told)
    day = max(earning["paid_on"] for earning in case["income"]).isoformat()
    assessment = found(answer(read_case(json.dumps(case, default=date.isoformat)))["assessments"], table["rule"], day)
    expected = [None if value == "" else value for value in row[len(table["told"]) :]]
    assert [value_at(assessment, column) for column in table["expected"]] == expected


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_case_file_says_what_it_is_about_and_who_has_signed_it(path):
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    assert content.keys() == {"title", "source", "signed", "table"}
    assert all(signature.keys() == {"name", "organisation", "on"} for signature in content["signed"])
    for table in content["table"]:
        assert table.keys() <= TABLE_KEYS
        assert {len(row) for row in table["cases"]} == {len(table["told"]) + len(table["expected"])}


def test_every_rule_that_measures_has_cases():
    told_of = {table["rule"] for _stem, _number, table in tables()}
    assert set(MEASURED_BY) <= told_of

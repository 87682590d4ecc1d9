"""A case as JSON: what is read, what is refused and where, and what is answered."""

import copy
import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from jobcenter.benefits import FIGURES, BenefitKind, ContractForm, MunicipalityGroup, PaymentPeriod
from jobcenter.cli import main
from jobcenter.exchange.casefile import BENEFIT, FIGURE_KEYS, answer, read_case
from jobcenter.exchange.strict_json import Faulty

CASE = {
    "as_of": "2022-10-31",
    "hourly_rate": "10.00",
    "person": {
        "born": "1990-05-01",
        "benefits": [
            {
                "kind": "kela_disability_pension",
                "from": "2019-01-01",
                "to": None,
                "blind_or_immobile": False,
                "confirmed_yel_income": None,
            },
            {
                "kind": "pensioner_housing_allowance",
                "from": "2020-01-01",
                "decided_annual_income": "0.00",
                "household": "single",
                "municipality_group": 1,
                "housing_costs_month": "600.00",
                "annual_income_other": "11400.00",
            },
        ],
    },
    "income": [
        {
            "worked_on": "2022-10-03",
            "paid_on": "2022-10-31",
            "gross": "860.00",
            "net": None,
            "contract": "assignment",
            "state": "paid",
            "recurring": False,
        }
    ],
}


def changed(path, value):
    """The case with one value replaced, or taken away where `value` is `...`."""
    case = copy.deepcopy(CASE)
    *way, last = path
    place = case
    for step in way:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return case


def faults_of(case):
    with pytest.raises(Faulty) as caught:
        read_case(case if isinstance(case, str | bytes) else json.dumps(case))
    return [(fault.path, fault.what) for fault in caught.value.faults]


def answer_to(case):
    return answer(read_case(json.dumps(case)))


def of_rule(answered, rule):
    (found,) = [a for a in answered["assessments"] if a["rule"] == rule]
    return found


def test_the_documented_case_is_answered_as_documented():
    pension = of_rule(answer_to(CASE), "kela_disability_pension.earnings_limit")
    assert pension["period"] == {"from": "2022-10-01", "to": "2022-10-31"}
    assert (pension["limit"], pension["counted"], pension["agreed"]) == ("885.63", "860.00", "0.00")
    assert (pension["left"], pension["left_hours"], pension["state"]) == ("25.63", 2, "near")
    assert pension["effect"] == {"reduction": None, "benefit_before": None, "benefit_after": None, "seized": None}
    assert pension["status"] and pension["source"] and pension["next_step"]


def test_a_share_of_the_whole_limit_makes_the_documented_case_one_under_it():
    answered = answer_to(CASE | {"near_share": "1.00"})
    assert of_rule(answered, "kela_disability_pension.earnings_limit")["state"] == "under"


def test_yel_is_assessed_though_nobody_lists_it():
    nothing_held = changed(["person", "benefits"], [])
    assert of_rule(answer_to(nothing_held), "yel.yearly_limit")["counted"] == "860.00"


def test_the_answer_is_the_same_each_time_and_in_any_order_of_rows():
    more = copy.deepcopy(CASE)
    more["income"] += [dict(more["income"][0], worked_on="2022-09-05", paid_on="2022-09-30", gross="12.34")]
    turned = copy.deepcopy(more)
    turned["income"].reverse()
    assert answer_to(more) == answer_to(turned)


def test_all_money_of_an_answer_has_two_decimals():
    amounts = [a[name] for a in answer_to(CASE)["assessments"] for name in ("counted", "limit", "left", "agreed")]
    told = [amount for amount in amounts if amount is not None]
    assert told
    assert all(amount[-3] == "." for amount in told)


def test_what_is_told_is_what_is_read():
    case = read_case(json.dumps(changed(["income", 0, "contract"], "employment") | {"near_share": "0.9"}))
    pension, housing = case.person.benefits
    assert (pension.kind, pension.to, pension.blind_or_immobile) == (BenefitKind.KELA_DISABILITY_PENSION, None, False)
    assert housing.municipality_group is MunicipalityGroup.FIRST
    assert case.income[0].contract is ContractForm.PARTNER
    assert str(case.near_share) == "0.9"


@pytest.mark.parametrize("kind", BenefitKind)
def test_a_benefit_takes_just_the_figures_of_its_kind(kind):
    """A figure left out is not known; one of another kind is a fault."""
    read = read_case(json.dumps(changed(["person", "benefits"], [{"kind": kind.value}])))
    assert [held.kind for held in read.person.benefits] == [kind]
    foreign = next(name for name in FIGURE_KEYS if name not in FIGURES.get(kind, ()))
    (fault,) = faults_of(changed(["person", "benefits"], [{"kind": kind.value, foreign: None}]))
    assert fault[0] == f"$.person.benefits[0].{foreign}"


def test_every_figure_of_a_decision_can_be_told():
    assert {name for names in FIGURES.values() for name in names} == set(FIGURE_KEYS)
    assert not set(FIGURE_KEYS) & set(BENEFIT)


def test_a_payment_period_and_helsinki_are_named_in_words():
    told = [
        {"kind": "general_benefit", "period": "four_weeks"},
        {"kind": "general_housing_allowance", "municipality_group": "helsinki", "adults": 1, "children": 0},
    ]
    unemployment, housing = read_case(json.dumps(changed(["person", "benefits"], told))).person.benefits
    assert unemployment.period is PaymentPeriod.FOUR_WEEKS
    assert housing.municipality_group is MunicipalityGroup.HELSINKI


def test_a_person_never_asked_is_not_one_without_benefits():
    unasked = answer_to(changed(["person", "benefits"], None))
    assert of_rule(unasked, "benefits.asked")["state"] == "ask"
    none_held = answer_to(changed(["person", "benefits"], []))
    assert "benefits.asked" not in {a["rule"] for a in none_held["assessments"]}


BAD = {
    "a number for money": (["income", 0, "gross"], 860.0, "$.income[0].gross"),
    "a whole number for money": (["income", 0, "gross"], 860, "$.income[0].gross"),
    "a comma": (["income", 0, "gross"], "860,00", "$.income[0].gross"),
    "a third decimal": (["income", 0, "gross"], "860.001", "$.income[0].gross"),
    "one decimal": (["income", 0, "gross"], "860.0", "$.income[0].gross"),
    "below zero": (["income", 0, "gross"], "-1.00", "$.income[0].gross"),
    "not a number": (["income", 0, "gross"], "NaN", "$.income[0].gross"),
    "other digits": (["income", 0, "gross"], "٨٦٠.٠٠", "$.income[0].gross"),
    "too much": (["income", 0, "gross"], "9999999999.00", "$.income[0].gross"),
    "no gross": (["income", 0, "gross"], ..., "$.income[0].gross"),
    "net above gross": (["income", 0, "net"], "860.01", "$.income[0].net"),
    "paid on no day": (["income", 0, "paid_on"], None, "$.income[0].paid_on"),
    "paid on a day that is none": (["income", 0, "paid_on"], "2022-02-30", "$.income[0].paid_on"),
    "a month's worth of what does not repeat": (["income", 0, "per_month"], "10.00", "$.income[0].per_month"),
    "a state unknown": (["income", 0, "state"], "dreamt", "$.income[0].state"),
    "a state that is a list": (["income", 0, "state"], [], "$.income[0].state"),
    "a contract unknown": (["income", 0, "contract"], "partner", "$.income[0].contract"),
    "a flag in words": (["income", 0, "recurring"], "false", "$.income[0].recurring"),
    "a key unknown": (["income", 0, "grosss"], "1.00", "$.income[0].grosss"),
    "no day at all": (["as_of"], "2022-02-30", "$.as_of"),
    "a Finnish day": (["as_of"], "31.10.2022", "$.as_of"),
    "a week": (["as_of"], "2022-W10-1", "$.as_of"),
    "the year one": (["as_of"], "0001-01-01", "$.as_of"),
    "a day and a time": (["as_of"], "2022-10-31T00:00", "$.as_of"),
    "nobody": (["person"], None, "$.person"),
    "a person in words": (["person"], "Aino", "$.person"),
    "benefits as a table": (["person", "benefits"], {}, "$.person.benefits"),
    "a benefit in words": (["person", "benefits", 1], "pension", "$.person.benefits[1]"),
    "a benefit of no kind": (["person", "benefits", 1, "kind"], ..., "$.person.benefits[1].kind"),
    "a benefit of null kind": (["person", "benefits", 1, "kind"], None, "$.person.benefits[1].kind"),
    "a kind unknown": (["person", "benefits", 1, "kind"], "lottery", "$.person.benefits[1].kind"),
    "an end before the start": (["person", "benefits", 0, "to"], "2018-12-31", "$.person.benefits[0].to"),
    "a fifth group": (["person", "benefits", 1, "municipality_group"], 5, "$.person.benefits[1].municipality_group"),
    "a true group": (["person", "benefits", 1, "municipality_group"], True, "$.person.benefits[1].municipality_group"),
    "a household unknown": (["person", "benefits", 1, "household"], "castle", "$.person.benefits[1].household"),
    "income as a table": (["income"], {}, "$.income"),
    "no income list": (["income"], ..., "$.income"),
    "a free hour": (["hourly_rate"], "0.00", "$.hourly_rate"),
    "a share above the whole": (["near_share"], "1.01", "$.near_share"),
    "a share of nothing": (["near_share"], "0.00", "$.near_share"),
    "a share as a number": (["near_share"], 0.8, "$.near_share"),
}


@pytest.mark.parametrize(("path", "value", "where"), BAD.values(), ids=BAD)
def test_what_is_wrong_is_named_with_its_place(path, value, where):
    (fault,) = faults_of(changed(path, value))
    assert fault[0] == where
    assert fault[1]


def test_all_faults_are_told_at_once():
    case = changed(["income", 0, "gross"], "x") | {"as_of": "x", "extra": 1}
    assert [path for path, _what in faults_of(case)] == ["$.extra", "$.as_of", "$.income[0].gross"]


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "1", "[" * 100_000, b"\xff\xfe", '{"as_of": NaN}', "\ufeff{}", f"1e{10**20}"],
    ids=["empty", "half", "list", "null", "number", "deep", "not text", "nan", "mark", "beyond reckoning"],
)
def test_what_is_not_a_case_is_refused(text):
    assert faults_of(text)[0][0].startswith("$")


def test_the_place_of_an_odd_key_stays_on_one_line():
    assert faults_of(CASE | {"a b\n": 1})[0][0] == '$["a b\\n"]'
    assert faults_of(CASE | {"ä": 1})[0][0] == '$["\\u00e4"]'


def test_a_key_written_twice_is_a_fault():
    text = json.dumps(CASE)[:-1] + ', "as_of": "2023-01-01"}'
    assert faults_of(text) == [("$.as_of", "is given twice")]


# The command


def run(*arguments, text=None):
    return CliRunner().invoke(main, ["check-earnings", *arguments], input=text)


def test_the_command_reads_a_file_or_standard_input_and_prints_json(tmp_path):
    path = tmp_path / "case.json"
    path.write_text(json.dumps(CASE), encoding="utf-8")
    from_file, from_input = run(str(path)), run("-", text=json.dumps(CASE))
    assert (from_file.exit_code, from_input.exit_code) == (0, 0)
    assert json.loads(from_file.stdout) == json.loads(from_input.stdout) == answer_to(CASE)


def test_the_command_ends_with_two_and_names_each_fault():
    result = run("-", text=json.dumps(changed(["income", 0, "gross"], "x") | {"extra": 1}))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == ["$.extra", "$.income[0].gross"]


def test_the_command_ends_with_two_where_there_is_no_such_file():
    assert run("nowhere.json").exit_code == 2


@pytest.mark.parametrize("command", [["limits", "--on", "2026-05-01"], ["check-earnings", "-"], ["--help"]])
def test_a_command_without_a_database_starts_without_the_application(tmp_path, command):
    """Neither the database's nor the web's packages are loaded, which would take most of its time."""
    script = (
        "import atexit, sys; from jobcenter.cli import main;"
        "atexit.register(lambda: print(sorted({'flask', 'sqlalchemy'} & sys.modules.keys()), file=sys.stderr));"
        f"sys.argv = ['jobcenter', *{command!r}]; main()"
    )
    environment = {"PATH": os.environ["PATH"], "JOBCENTER_INSTANCE": str(tmp_path)}
    run = [sys.executable, "-c", script]
    done = subprocess.run(run, input="{}", env=environment, capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1] == "[]"
    assert done.returncode == (2 if command[0] == "check-earnings" else 0)

"""What the format of plans refuses, with the path of each fault; and the command around it."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from functools import reduce

import pytest
from click.testing import CliRunner

from jobcenter.exchange.commands_plan import plan_command
from jobcenter.exchange.planfile import read_instance, read_plan
from jobcenter.exchange.planfile_keys import GIG, INSTANCE, SUPPORT, WISHES, WORKER
from jobcenter.exchange.strict_json import Faulty
from tests.unit.exchange.instances import gig, instance, places, planned, support, worker

HEAD = "2026-11-24T"


def whole():
    """An instance with everything in it."""
    return instance([gig("g1"), gig("g2", slots=2, priority=9)], [worker("w1"), worker("w2")], [support()])


def changed(path, value):
    facts = whole()
    *way, last = path
    reduce(lambda found, step: found[step], way, facts)[last] = value
    return facts


def refused(text) -> list[str]:
    with pytest.raises(Faulty) as caught:
        read_instance(text if isinstance(text, str | bytes) else json.dumps(text))
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        (["surprise"], 1, "$.surprise: unknown key"),
        (["workers", 0, "skill"], [], "$.workers[0].skill: unknown key"),
        (["workers", 0, "wishes"], {"task": []}, "$.workers[0].wishes.task: unknown key"),
        (["support", 0, "most"], 1, "$.support[0].most: unknown key"),
        (["gigs", 1, "prio"], 1, "$.gigs[1].prio: unknown key"),
        (["weights"], {"luck": 1}, "$.weights.luck: unknown key"),
        (["weights"], {"near": 11}, "$.weights.near: must be a whole number from 0 to 10"),
        (["weights"], {"near": -1}, "$.weights.near: must be a whole number from 0 to 10"),
        (["horizon"], None, "$.horizon: is needed"),
        (["horizon", "to"], "2026-11-22", "$.horizon.to: is before from"),
        (["horizon", "from"], "2026-11-31", "$.horizon.from: there is no day 2026-11-31"),
        (["horizon", "from"], "1999-12-31", "$.horizon.from: must be a day from 2000"),
        (["horizon", "to"], "2026-11-23", "$.gigs[0].start: is outside the horizon"),
        (["hourly_rate"], "0.00", "$.hourly_rate: must be above zero"),
        (["hourly_rate"], "-1.00", "$.hourly_rate: must be money as text"),
        (["hourly_rate"], 10, "$.hourly_rate: must be money as text"),
        (["hourly_rate"], "10.0", "$.hourly_rate: must be money as text"),
        (["workers"], {}, "$.workers: must be a list"),
        (["workers", 1], [], "$.workers[1]: must be an object"),
        (["workers", 1, "id"], "w1", "$.workers[1].id: w1 is given twice"),
        (["workers", 1, "id"], "", "$.workers[1].id: must be a text"),
        (["workers", 1, "id"], 7, "$.workers[1].id: must be a text"),
        (["gigs", 1, "id"], "g1", "$.gigs[1].id: g1 is given twice"),
        (["workers", 0, "skills"], ["a", 1], "$.workers[0].skills: must be a text"),
        (["workers", 0, "contract_forms"], ["lease"], "$.workers[0].contract_forms: must be one of"),
        (["workers", 0, "programme"], "none", "$.workers[0].programme: must be one of disability, rehabilitative"),
        (["workers", 0, "jobseeker"], "no", "$.workers[0].jobseeker: must be true or false"),
        (["workers", 0, "unemployment_benefit"], 0, "$.workers[0].unemployment_benefit: must be true or false"),
        (["workers", 0, "max_hours_week"], -1, "$.workers[0].max_hours_week: must be a number of hours"),
        (["workers", 0, "max_hours_week"], 169, "$.workers[0].max_hours_week: must be a number of hours"),
        (["workers", 0, "max_hours_week"], "8", "$.workers[0].max_hours_week: must be a number of hours"),
        (["workers", 0, "max_hours_week"], True, "$.workers[0].max_hours_week: must be a number of hours"),
        (["workers", 0, "recent_hours"], -1, "$.workers[0].recent_hours: must be a number of hours"),
        (["workers", 0, "headroom"], "-1.00", "$.workers[0].headroom: must be money as text"),
        (["workers", 0, "headroom"], 120, "$.workers[0].headroom: must be money as text"),
        (["workers", 0, "headroom"], "120", "$.workers[0].headroom: must be money as text"),
        (["workers", 0, "activity"], [[f"{HEAD}09:00+02:00"]], "$.workers[0].activity[0]: must be a list of two"),
        (
            ["workers", 0, "activity"],
            [[f"{HEAD}09:00", f"{HEAD}10:00+02:00"]],
            "$.workers[0].activity[0][0]: must be a time",
        ),
        (
            ["workers", 0, "unavailable"],
            [[f"{HEAD}09:00+02:00", f"{HEAD}09:00+02:00"]],
            "$.workers[0].unavailable[0][1]: is not after the start",
        ),
        (["support", 0, "at_once"], 0, "$.support[0].at_once: must be a whole number"),
        (["support", 0, "available"], [[f"{HEAD}16:00Z", f"{HEAD}08:00Z"]], "$.support[0].available[0][1]: is not"),
        (["gigs", 0, "start"], f"{HEAD}10:00", "$.gigs[0].start: must be a time"),
        (["gigs", 0, "start"], f"{HEAD}10:00:30+02:00", "$.gigs[0].start: must be a time"),
        (["gigs", 0, "start"], f"{HEAD}25:00+02:00", "$.gigs[0].start: there is no time"),
        (["gigs", 0, "start"], "2026-11-31T10:00+02:00", "$.gigs[0].start: there is no time"),
        (["gigs", 0, "end"], f"{HEAD}10:00+02:00", "$.gigs[0].end: is not after the start"),
        (["gigs", 0, "start"], "2026-11-22T10:00+02:00", "$.gigs[0].start: is outside the horizon"),
        (["gigs", 0, "slots"], 0, "$.gigs[0].slots: must be a whole number"),
        (["gigs", 0, "slots"], 1.5, "$.gigs[0].slots: must be a whole number"),
        (["gigs", 0, "slots"], 10**30, "$.gigs[0].slots: must be a whole number"),
        (["gigs", 0, "priority"], 0, "$.gigs[0].priority: must be a whole number from 1 to 9"),
        (["gigs", 0, "priority"], 10, "$.gigs[0].priority: must be a whole number from 1 to 9"),
        (["gigs", 0, "contract"], None, "$.gigs[0].contract: is needed"),
        (["gigs", 0, "contract"], "employment", "$.gigs[0].contract: must be one of assignment, partner"),
        (["gigs", 0, "fixed"], ["w9"], "$.gigs[0].fixed[0]: there is no worker w9"),
        (["gigs", 0, "fixed"], ["w1", "w2"], "$.gigs[0].fixed: has more people than slots, 1"),
        (["gigs", 1, "fixed"], ["w1", "w1"], "$.gigs[1].fixed: names somebody twice"),
        (["gigs", 0, "break_minutes"], 180, "$.gigs[0].break_minutes: leaves no time to work"),
        (["rest_hours"], 25, "$.rest_hours: must be a number of hours"),
        (["travel_minutes"], -5, "$.travel_minutes: must be a whole number"),
    ],
)
def test_a_fault_has_its_path(path, value, fault):
    assert any(found.startswith(fault) for found in refused(changed(path, value))), refused(changed(path, value))


def test_texts_that_are_no_instance():
    assert refused("{") == ["$: not JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"]
    assert refused(b"\xff") == ["$: the text must be UTF-8"]
    assert refused("[]")[0] == "$: must be an object"
    assert refused('{"gigs": [], "gigs": []}')[0] == "$.gigs: is given twice"
    assert refused('{"hourly_rate": NaN}')
    assert refused("[" * 100_000)


def test_all_faults_are_told_at_once():
    facts = changed(["workers", 0, "headroom"], "x")
    facts["gigs"][0]["slots"] = 0
    facts["horizon"]["to"] = "x"
    assert len(refused(facts)) == 3


@pytest.mark.parametrize(
    ("gigs", "workers", "fault"),
    [
        ([gig("g1", fixed=["w1"]), gig("g2", fixed=["w1"])], {}, "$.gigs[0].fixed[0]: w1 breaks a rule: busy"),
        ([gig("g1", fixed=["w1"], blocked=["w1"])], {}, "$.gigs[0].fixed[0]: w1 breaks a rule: blocked"),
        ([gig("g1", fixed=["w1"], skills=["x"])], {}, "$.gigs[0].fixed[0]: w1 breaks a rule: skills_missing"),
        (
            [gig("g1", slots=2, fixed=["w1", "w2"])],
            {"avoid": ["w1"]},
            "$.gigs[0].fixed[0]: w1 breaks a rule: must_not_meet",
        ),
        (
            [gig("g1", slots=2, fixed=["w1", "w2"])],
            {"needs_support": True},
            "$.gigs[0].fixed[1]: w2 breaks a rule: needs_support",
        ),
    ],
)
def test_whoever_is_fixed_breaks_no_rule(gigs, workers, fault):
    assert fault in refused(instance(gigs, [worker("w1"), worker("w2", **workers)]))


def test_fixed_people_share_support_persons_so_that_all_have_one():
    needs = {"needs_support": True}
    gigs = [
        gig("g1", fixed=["w1"], area="Kallio"),
        gig("g2", f"{HEAD}14:00+02:00", f"{HEAD}15:30+02:00", fixed=["w2"], area="Malmi"),
        gig("g3", f"{HEAD}11:00+02:00", f"{HEAD}12:00+02:00", fixed=["w3"], area="Malmi"),
    ]
    early = support("s2", available=[[f"{HEAD}08:00+02:00", f"{HEAD}13:30+02:00"]])
    people = [worker(f"w{number}", **needs) for number in (1, 2, 3)]
    answered = planned(instance(gigs, people, [support(), early]))
    assert len(answered["assignments"]) == 3
    assert {one["support"] for one in answered["assignments"]} == {"s1", "s2"}


def test_what_is_left_out_is_not_known_or_nothing():
    facts = {
        "horizon": {"from": "2026-11-23", "to": "2026-11-29"},
        "hourly_rate": "10.00",
        "workers": [{"id": "w1"}],
        "gigs": [{"id": "g1", "start": f"{HEAD}10:00Z", "end": f"{HEAD}12:00Z", "contract": "partner"}],
    }
    assert places(planned(facts)) == {("g1", "w1")}
    read = read_instance(json.dumps(facts))
    assert (read.gigs[0].slots, read.gigs[0].priority, read.workers[0].headrooms) == (1, 1, ())


def test_times_with_any_offset_and_the_nights_of_the_clock_change():
    autumn = gig("g1", "2026-10-25T03:30+03:00", "2026-10-25T03:30+02:00")
    spring = gig("g2", "2026-03-29T02:30+02:00", "2026-03-29T04:30+03:00")
    for one, day in ((autumn, date(2026, 10, 25)), (spring, date(2026, 3, 29))):
        facts = instance([one], [worker("w1", headroom="10.00", max_hours_week=1)])
        facts["horizon"] = {"from": day.isoformat(), "to": day.isoformat()}
        assert len(places(planned(facts))) == 1
        read = read_instance(json.dumps(facts)).gigs[0]
        assert (read.facts.minutes, read.facts.pay, read.span.first_day) == (60, Decimal("10.00"), day)


def test_a_week_over_the_turn_of_the_year_is_one_week():
    gigs = [
        gig("g1", "2026-12-31T10:00+02:00", "2026-12-31T13:00+02:00"),
        gig("g2", "2027-01-01T10:00+02:00", "2027-01-01T13:00+02:00"),
        gig("g3", "2027-01-04T10:00+02:00", "2027-01-04T13:00+02:00"),
    ]
    facts = instance(gigs, [worker("w1", max_hours_week=5)], horizon={"from": "2026-12-28", "to": "2027-01-10"})
    answered = planned(facts)
    assert len(answered["assignments"]) == 2
    assert ("g3", "w1") in places(answered)
    assert answered["open"][0]["reasons"] == ["week_full"]


def test_a_gig_over_midnight_counts_on_the_day_and_in_the_week_in_which_it_begins():
    sunday = gig("g1", "2026-11-29T22:00+02:00", "2026-11-30T02:00+02:00")
    monday = gig("g2", "2026-11-30T14:00+02:00", "2026-11-30T16:00+02:00")
    facts = instance([sunday, monday], [worker("w1", max_hours_week=4)])
    facts["horizon"]["to"] = "2026-11-30"
    assert len(places(planned(facts))) == 2
    facts["gigs"][1]["start"] = "2026-11-30T12:59+02:00"
    assert len(places(planned(facts))) == 1


def test_thirds_of_an_hour_add_up_to_the_whole_headroom():
    times = [(9, 10), (11, 12), (13, 14)]
    gigs = [gig(f"g{a}", f"{HEAD}{a:02}:00+02:00", f"{HEAD}{a:02}:40+02:00") for a, _b in times]
    for headroom, placed in (("20.00", 3), ("19.99", 2), ("13.33", 1), ("13.34", 2), ("6.66", 0), ("6.67", 1)):
        assert len(places(planned(instance(gigs, [worker("w1", headroom=headroom)])))) == placed, headroom


# The command


def run(*args, text=None):
    return CliRunner().invoke(plan_command, args, input=text)


def test_the_command_plans_checks_and_refuses(tmp_path):
    given, made = tmp_path / "instance.json", tmp_path / "plan.json"
    given.write_text(json.dumps(whole()))
    ran = run(str(given), "--seed", "3", "--seconds", "20")
    assert ran.exit_code == 0
    made.write_text(ran.output)
    assert json.loads(run("-", text=json.dumps(whole())).output)["assignments"] == json.loads(ran.output)["assignments"]
    for args in (("--check", str(given), str(made)), (str(given), "--check", str(made))):
        assert (json.loads(run(*args).output), run(*args).exit_code) == ({"holds": True, "faults": []}, 0)
    made.write_text('{"assignments": [{"gig": "g1", "worker": "w1"}, {"gig": "g1", "worker": "w2"}]}')
    ran = run("--check", str(given), str(made))
    assert ran.exit_code == 1
    assert json.loads(ran.output)["faults"] == [{"rule": "too_many", "gig": "g1", "worker": None, "support": None}]
    made.write_text('{"assignments": [{"gig": "g1"}], "x": 1}')
    ran = run("--check", str(given), str(made))
    assert (ran.exit_code, ran.stderr.splitlines()[0][:6]) == (2, "$.x: u")
    assert run(str(given), str(made)).exit_code == 2
    assert run("--check", str(given)).exit_code == 2


def test_a_plan_names_its_own_faults():
    with pytest.raises(Faulty, match=r"\$\.assignments\[0\]\.worker: is needed"):
        read_plan('{"assignments": [{"gig": "g1", "support": null}]}')


def test_the_document_names_every_key():
    with open("docs/plan.md", encoding="utf-8") as document:
        text = document.read()
    for name in (*INSTANCE, *WORKER, *WISHES, *SUPPORT, *GIG):
        assert f"`{name}`" in text, name

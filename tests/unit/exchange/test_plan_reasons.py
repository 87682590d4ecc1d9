"""A small instance for each reason that a plan can give, and the contract guard at every door of a plan."""

from __future__ import annotations

import json
from itertools import product

import pytest
from click.testing import CliRunner

from jobcenter.exchange.commands_plan import plan_command
from jobcenter.exchange.planfile import read_instance
from jobcenter.exchange.strict_json import Faulty
from jobcenter.matching.plan.checker import faults
from jobcenter.matching.plan.domain import Assignment, Plan
from jobcenter.matching.rules import STOPPING
from tests.unit.exchange.instances import gig, instance, places, planned, support, worker

# Not told in a file: whoever is in it takes part, is ready, and their service goes on.
OF_THE_DESK = {"no_consent", "service_ended", "not_ready", "task_not_chosen", "must_not_meet", "already_on_gig"}
TUESDAY, WEDNESDAY = "2026-11-24", "2026-11-25"
NIGHT = {"start": f"{TUESDAY}T20:00+02:00", "end": f"{TUESDAY}T23:00+02:00"}
ALONE = [
    ("guard_benefit", {}, {"unemployment_benefit": True}, {}),
    ("guard_jobseeker", {}, {"jobseeker": True}, {}),
    ("guard_ask_first", {}, {"jobseeker": None}, {}),
    ("guard_ask_first", {}, {"unemployment_benefit": None}, {}),
    ("too_young", {}, {"born": "2011-11-25"}, {}),
    ("young_at_night", NIGHT, {"born": "2009-01-01"}, {}),
    ("young_hours_full", {"end": f"{TUESDAY}T19:00+02:00"}, {"born": "2009-01-01"}, {}),
    (
        "young_rest",
        {},
        {"born": "2009-01-01", "engaged": [["2026-11-23T20:00+02:00", "2026-11-23T22:30+02:00"]]},
        {},
    ),
    ("blocked", {"blocked": ["w1"]}, {}, {}),
    ("busy", {}, {"engaged": [[f"{TUESDAY}T12:00+02:00", f"{TUESDAY}T14:00+02:00"]]}, {}),
    ("form_not_accepted", {}, {"contract_forms": ["partner"]}, {}),
    ("form_not_accepted", {}, {"contract_forms": []}, {}),
    ("activity_same_time", {}, {"activity": [[f"{TUESDAY}T09:00+02:00", f"{TUESDAY}T10:01+02:00"]]}, {}),
    (
        "activity_same_time",
        {},
        {"programme": "rehabilitative", "activity": [[f"{TUESDAY}T12:59+02:00", f"{TUESDAY}T15:00+02:00"]]},
        {},
    ),
    ("unavailable", {}, {"unavailable": [["2020-01-01T00:00+02:00", "2099-01-01T00:00+02:00"]]}, {}),
    ("no_rest", {}, {"engaged": [["2026-11-23T22:00+02:00", "2026-11-23T23:30+02:00"]]}, {}),
    ("no_rest", {}, {"engaged": [["2026-11-23T18:00+02:00", "2026-11-23T20:30+02:00"]]}, {"rest_hours": 14}),
    ("skills_missing", {"skills": ["dishwashing", "hygiene_pass"]}, {}, {}),
    ("place_not_for_them", {"demands": ["lifting"]}, {"cannot": ["lifting"]}, {}),
    ("needs_support", {}, {"needs_support": True}, {}),
    ("week_full", {}, {"max_hours_week": 2.99}, {}),
    ("over_limit", {}, {"headroom": "29.99"}, {}),
]


@pytest.mark.parametrize(("reason", "at", "who", "around"), ALONE)
def test_each_reason_stops_alone(reason, at, who, around):
    answered = planned(instance([gig("g1", **at)], [worker("w1", **who)], **around), explain=True)
    assert answered["assignments"] == []
    assert answered["rejected"][0]["reason"] == reason
    assert answered["open"][0]["reasons"] == [reason]
    assert answered["open"][0]["people"] == {reason: 1}
    assert (answered["proven"], answered["bound"]["filling"]) == (True, 0)


def test_every_stopping_reason_has_its_instance():
    assert {reason for reason, *_facts in ALONE} | OF_THE_DESK == {code.value for code in STOPPING}


@pytest.mark.parametrize(
    ("who", "at", "around"),
    [
        ({"headroom": "30.00", "max_hours_week": 3}, {}, {}),
        ({"activity": [[f"{TUESDAY}T09:00+02:00", f"{TUESDAY}T10:00+02:00"]]}, {}, {}),
        ({"unavailable": [[f"{TUESDAY}T13:00+02:00", f"{TUESDAY}T14:00+02:00"]]}, {}, {}),
        ({"engaged": [["2026-11-23T18:00+02:00", "2026-11-23T23:00+02:00"]]}, {}, {}),
        ({"engaged": [[f"{TUESDAY}T08:00+02:00", f"{TUESDAY}T10:00+02:00"]]}, {}, {}),
        ({"unemployment_benefit": True, "jobseeker": True}, {"contract": "partner"}, {}),
        ({"jobseeker": None, "unemployment_benefit": None}, {"contract": "partner"}, {}),
        ({"born": "2011-11-24"}, {}, {}),
        ({"needs_support": True}, {}, {"support": [support()]}),
        ({"likes": ["nobody here"], "avoid": ["nobody here", "w1"]}, {}, {}),
    ],
)
def test_what_just_fits(who, at, around):
    answered = planned(instance([gig("g1", **at)], [worker("w1", **who)], **around))
    assert places(answered) == {("g1", "w1")}
    assert answered["rejected"] == answered["open"] == []


# Reasons that come only of the rest of the plan


@pytest.mark.parametrize(
    ("reason", "gigs", "workers", "supports"),
    [
        ("busy", [gig("g1"), gig("g2")], [worker("w1")], []),
        ("no_rest", [gig("g1", **NIGHT), gig("g2", f"{WEDNESDAY}T09:59+02:00", f"{WEDNESDAY}T12:00+02:00")], [], []),
        ("week_full", [gig("g1"), gig("g2", f"{TUESDAY}T14:00+02:00", f"{TUESDAY}T15:00+02:00")], [3], []),
        ("over_limit", [gig("g1"), gig("g2", f"{TUESDAY}T14:00+02:00", f"{TUESDAY}T15:00+02:00")], ["39.99"], []),
        (
            "young_hours_full",
            [gig("g1", end=f"{TUESDAY}T15:00+02:00"), gig("g2", f"{TUESDAY}T15:00+02:00", f"{TUESDAY}T18:01+02:00")],
            [worker("w1", born="2009-01-01")],
            [],
        ),
        (
            "young_rest",
            [gig("g1", end=f"{TUESDAY}T12:00+02:00"), gig("g2", "2026-11-23T21:00+02:00", "2026-11-23T22:00+02:00")]
            + [gig("g3", f"{TUESDAY}T09:59+02:00", f"{TUESDAY}T10:00+02:00")],
            [worker("w1", born="2009-01-01")],
            [],
        ),
        ("must_not_meet", [gig("g1", slots=2)], [worker("w1", avoid=["w2"]), worker("w2")], []),
        (
            "needs_support",
            [gig("g1", slots=2)],
            [worker("w1", needs_support=True), worker("w2", needs_support=True)],
            [support()],
        ),
        (
            "needs_support",
            [gig("g1", area="Kallio"), gig("g2", area="Malmi")],
            [worker("w1", needs_support=True), worker("w2", needs_support=True)],
            [support(at_once=5)],
        ),
    ],
)
def test_a_place_stays_open_because_of_the_rest_of_the_plan(reason, gigs, workers, supports):
    people = [
        one
        if isinstance(one, dict)
        else worker("w1", **{"headroom" if isinstance(one, str) else "max_hours_week": one})
        for one in workers or [worker("w1")]
    ]
    answered = planned(instance(gigs, people, supports), explain=True)
    assert answered["open"]
    assert answered["rejected"] == []
    assert answered["open"][0]["reasons"][0] == reason
    assert reason in {one["reason"] for one in answered["open"][0]["could"]}


@pytest.mark.parametrize(("minutes", "placed"), [(30, 2), (31, 1)])
def test_a_support_person_needs_time_to_travel_to_another_area(minutes, placed):
    gigs = [
        gig("g1", area="Kallio"),
        gig("g2", f"{TUESDAY}T13:30+02:00", f"{TUESDAY}T15:00+02:00", area="Malmi"),
    ]
    needs = [worker("w1", needs_support=True), worker("w2", needs_support=True)]
    assert len(planned(instance(gigs, needs, [support()], travel_minutes=minutes))["assignments"]) == placed
    gigs[1]["area"] = "Kallio"
    assert len(planned(instance(gigs, needs, [support()], travel_minutes=minutes))["assignments"]) == 2


def test_who_could_come_if_one_thing_changed():
    people = [
        worker("w1", skills=[]),
        worker("w2", skills=[], cannot=["lifting"]),
        worker("w3", unavailable=[[f"{TUESDAY}T00:00+02:00", f"{WEDNESDAY}T00:00+02:00"]]),
    ]
    answered = planned(instance([gig("g1", slots=2, demands=["lifting"])], people), explain=True)
    assert answered["open"] == [
        {
            "gig": "g1",
            "slots": 2,
            "reasons": ["skills_missing", "unavailable"],
            "people": {"skills_missing": 2, "unavailable": 1},
            "could": [{"worker": "w1", "reason": "skills_missing"}, {"worker": "w3", "reason": "unavailable"}],
        }
    ]
    assert [one.get("reasons") for one in answered["rejected"]] == [
        ["skills_missing"],
        ["skills_missing", "place_not_for_them"],
        ["unavailable"],
    ]


def test_with_nobody_left_that_is_the_reason():
    answered = planned(instance([gig("g1", slots=2)], [worker("w1")]))
    assert answered["open"] == [{"gig": "g1", "slots": 1, "reasons": ["nobody_left"]}]
    assert planned(instance([gig("g1")], []))["open"][0]["reasons"] == ["nobody_left"]
    assert planned(instance([], [worker("w1")]))["assignments"] == []


# The contract guard: benefit status x contract form x door


STATUS = [
    pytest.param(jobseeker, benefit, id=f"jobseeker={jobseeker},benefit={benefit}")
    for jobseeker, benefit in product((True, False, None), (True, False, None))
]


@pytest.mark.parametrize("form", ["assignment", "partner"])
@pytest.mark.parametrize(("jobseeker", "benefit"), STATUS)
def test_the_guard_at_every_door(jobseeker, benefit, form):
    person = worker("w1", jobseeker=jobseeker, unemployment_benefit=benefit)
    may = form == "partner" or (jobseeker is False and benefit is False)
    open_to_plan = instance([gig("g1", contract=form, priority=9)], [person])
    settled = instance([gig("g1", contract=form, fixed=["w1"])], [person])
    assert places(planned(open_to_plan)) == ({("g1", "w1")} if may else set())
    checked = faults(read_instance(json.dumps(open_to_plan)), Plan((Assignment("g1", "w1"),)))
    assert bool(checked) is not may
    ran = CliRunner().invoke(plan_command, ["-"], input=json.dumps(settled))
    if may:
        assert places(planned(settled)) == {("g1", "w1")}
    else:
        assert ran.exit_code == 2
        assert ran.stderr.startswith("$.gigs[0].fixed[0]: w1 breaks a rule: guard_")
        with pytest.raises(Faulty):
            read_instance(json.dumps(settled))

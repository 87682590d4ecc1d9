"""Periods, figures as JSON, and which lines a CV has."""

from datetime import date

import pytest

from jobcenter.core.errors import DomainError
from jobcenter.orders.feedback.domain import Praise
from jobcenter.reports.domain import Choice, FeedbackSaid, Figures, GigSum, Period, Statistics, cv_items, year_so_far
from jobcenter.workers.domain import CvLineKind, Skill, TaskCategory

DAY = date(2026, 11, 22)
FIGURES = Figures(people=51, minutes=70_200, gigs=400, orders=90, orderers=20)


def test_a_period_has_its_days_the_right_way_round():
    assert Period(DAY, DAY).first == DAY
    with pytest.raises(DomainError, match="period_backwards"):
        Period(DAY, date(2026, 11, 21))


def test_the_first_period_is_the_year_so_far():
    assert year_so_far(DAY) == Period(date(2026, 1, 1), DAY)


def test_json_of_figures_is_the_agreed_one():
    one = Figures(1, 90, 1, 1, 1)
    expected = {"people": 51, "hours": "1170.00", "gigs": 400, "orders": 90, "orderers": 20}
    part = {"people": 1, "hours": "1.50", "gigs": 1, "orders": 1, "orderers": 1}
    assert Statistics(FIGURES, {"raking": one}, {"mallila": one}).to_json() == expected | {
        "by_field": {"raking": part},
        "by_jobcenter": {"mallila": part},
    }


RAKING = GigSum(TaskCategory.RAKING, 120, 1, DAY, DAY)
CLEANING = GigSum(TaskCategory.CLEANING, 600, 4, date(2026, 1, 1), DAY)
SAID = FeedbackSaid(7, "Kahvila", DAY, frozenset({Praise.ON_TIME}), "Hienoa")


def lines(*choices: Choice) -> list[tuple[str, str, bool]]:
    items = cv_items([RAKING, CLEANING], [SAID], {Skill.FIRST_AID}, choices)
    return [(item.kind, item.key, item.shown) for item in items]


def test_gigs_and_skills_show_and_feedback_waits_for_the_worker():
    assert lines() == [
        ("gigs", "cleaning", True),
        ("gigs", "raking", True),
        ("feedback", "7", False),
        ("skill", "first_aid", True),
    ]


def test_the_worker_decides_what_shows():
    chosen = lines(
        Choice(CvLineKind.GIGS, "raking", "", False),
        Choice(CvLineKind.FEEDBACK, "7", "", True),
        Choice(CvLineKind.OWN, "k", "Kesäkahvila", True),
        Choice(CvLineKind.GIGS, "sewing", "", True),
    )
    assert ("gigs", "raking", False) in chosen
    assert ("feedback", "7", True) in chosen
    assert chosen[-1] == ("own", "k", True)
    assert not any(key == "sewing" for _kind, key, _shown in chosen)

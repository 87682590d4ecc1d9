"""The picture of a year: what it shows, and that everything stands inside it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from jobcenter.benefits import BenefitHeld, BenefitKind, ContractForm, IncomeState
from jobcenter.earnings.domain_year import BASE, COLUMN, HEIGHT, TOP, WIDTH, Year, YearLimit, chart_of, year_of
from tests.unit.earnings.test_domain import PENSION, case, earned

LETTER = 16
KELA, GUARANTEE = "kela_disability_pension.earnings_limit", "guarantee_pension.earnings_limit"


def worked(gross, day, state=IncomeState.CONFIRMED):
    return earned(gross, state, worked=day, form=ContractForm.PARTNER)


def test_months_part_what_is_done_agreed_and_offered():
    found = year_of(
        case(
            worked("100.00", date(2026, 3, 1)),
            worked("50.00", date(2026, 3, 31), IncomeState.PAID),
            worked("30.00", date(2026, 3, 31), IncomeState.AGREED),
            worked("20.00", date(2026, 4, 1), IncomeState.OFFERED),
            worked("70.00", date(2025, 12, 31)),
        ),
        2026,
    )
    march, april = found.months[2], found.months[3]
    assert (march.done, march.agreed, march.offered) == (Decimal("150.00"), Decimal("30.00"), 0)
    assert (april.done, april.offered, april.total) == (0, Decimal("20.00"), Decimal("20.00"))
    assert sum(month.total for month in found.months) == Decimal("200.00")


@pytest.mark.parametrize(
    ("year", "euros", "missing"),
    [
        (2022, [Decimal("855.48")] * 7 + [Decimal("885.63")] * 5, [False] * 12),
        (2026, [Decimal("990.90")] * 12, [False] * 12),
        (2027, [None] * 12, [True] * 12),
    ],
)
def test_a_limit_steps_when_it_changes_and_ends_where_nobody_knows_it(year, euros, missing):
    found = year_of(case(as_of=date(year, 11, 22)), year)
    assert [limit.rules for limit in found.limits] == [(KELA,)]
    assert list(found.limits[0].euros) == euros
    assert list(found.limits[0].missing) == missing


def test_a_benefit_that_begins_has_no_line_before():
    began = BenefitHeld(BenefitKind.KELA_DISABILITY_PENSION, date(2026, 6, 15), None)
    (limit,) = year_of(case(benefits=(began,)), 2026).limits
    assert [euros is None for euros in limit.euros] == [True] * 5 + [False] * 7
    (line,) = chart_of(year_of(case(benefits=(began,)), 2026)).lines
    assert line.path.startswith(f"M{5 * COLUMN} ")


def test_limits_with_the_same_figures_are_one_line():
    months = case().months_of(2026)
    same = YearLimit((KELA, GUARANTEE), tuple(a.limit for a in months), (False,) * 12)
    assert len(chart_of(Year(2026, year_of(case(), 2026).months, (same,))).lines) == 1


def test_what_enforcement_leaves_is_no_line_over_pay_before_tax():
    debts = BenefitHeld(BenefitKind.ENFORCEMENT, None, None, dependants=0, net_pay_other=Decimal("1010.40"))
    (limit,) = year_of(case(benefits=(PENSION, debts)), 2026).limits
    assert limit.rules == (KELA,)


def test_a_limit_that_nobody_knows_is_named_away_from_the_figures_at_the_edge():
    chart = chart_of(year_of(case(), 2027))
    (line,) = chart.lines
    assert min(abs(line.unknown_at[1] - grid.y) for grid in chart.grid) > LETTER


def test_everything_stands_inside_the_picture():
    rows = [worked("1500.00", date(2026, month, 1)) for month in range(1, 13)]
    chart = chart_of(year_of(case(*rows), 2026))
    for block in chart.blocks:
        assert block.y >= TOP and block.y + block.height <= BASE and block.x >= 0 and block.x + block.width <= WIDTH
    assert all(TOP <= grid.y < BASE for grid in chart.grid)
    assert len(chart.columns) == 12 and max(chart.columns) < WIDTH and BASE < HEIGHT


def test_pieces_of_a_bar_stand_on_each_other():
    rows = [
        worked("300.00", date(2026, 1, 1)),
        worked("200.00", date(2026, 1, 2), IncomeState.AGREED),
        worked("100.00", date(2026, 1, 3), IncomeState.OFFERED),
    ]
    done, agreed, offered = chart_of(year_of(case(*rows), 2026)).blocks
    assert done.y + done.height == BASE
    assert (agreed.y + agreed.height, offered.y + offered.height) == (done.y, agreed.y)
    assert [block.kind for block in (done, agreed, offered)] == ["done", "agreed", "offered"]


def test_a_line_steps_up_where_the_limit_rises_and_says_where_it_is_unknown():
    euros = (Decimal("800.00"),) * 7 + (Decimal("900.00"),) * 3 + (None, None)
    limit = YearLimit((KELA,), euros, (False,) * 10 + (True, True))
    (line,) = chart_of(Year(2026, year_of(case(benefits=()), 2026).months, (limit,))).lines
    assert line.path.count("V") == 9 and line.path.count("M") == 1
    assert line.at[0] == 9 * COLUMN + COLUMN // 2
    assert line.unknown_at[0] == 10 * COLUMN + COLUMN // 2


def test_nothing_at_all_can_be_drawn():
    chart = chart_of(year_of(case(benefits=()), 2026))
    assert (chart.blocks, chart.lines) == ((), ())
    assert year_of(case(benefits=(PENSION,)), 2026).empty

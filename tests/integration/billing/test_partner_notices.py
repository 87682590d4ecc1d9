"""The partner is told, with its list of pay, from where on wages bring an employer's duties."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from jobcenter.benefits import ContractForm
from jobcenter.billing.payruns import service
from jobcenter.billing.payruns.domain import MakeRun
from jobcenter.core.uow import unit_of_work
from tests import factories
from tests.factories_billing import World

FRIDAY, PAY_DAY = date(2026, 11, 20), date(2026, 11, 30)
HEADING = "To tell the partner as the employer"


@pytest.fixture
def employed(session):
    return World(form=ContractForm.PARTNER)


def listed(world):
    with unit_of_work():
        return service.make_run(world.coordinator, MakeRun(world.jobcenter.id, PAY_DAY, "one"))


def page_of(world, as_user, path):
    return as_user(world.coordinator_user).page(path).select_one("main").text


@pytest.mark.parametrize(
    ("wage", "told"),
    [
        ("23.90", "nobody's wages paid in November 2026 reach the threshold of €71.72"),
        ("23.91", "wages paid in November 2026 reach the threshold of €71.72 for"),
    ],
)
def test_the_threshold_of_pension_insurance_is_told_before_and_after_the_list(employed, session, as_user, wage, told):
    """Three hours at 23.90 are 71.70 euros, at 23.91 71.73; the threshold of 2026 is 71.72."""
    employed.hours(FRIDAY, 3, wage=Decimal(wage))
    session.commit()
    preview = page_of(employed, as_user, f"/pay-runs/new/{employed.jobcenter.id}")
    run = listed(employed)
    made = page_of(employed, as_user, f"/pay-runs/{run.id}")
    with unit_of_work():
        service.approve(employed.second, run.id)
    for text in (preview, made, page_of(employed, as_user, f"/pay-runs/{run.id}")):
        assert HEADING in text and told in text
        assert (employed.worker.name in text[text.index(HEADING) :]) == (wage == "23.91")


def test_a_month_adds_up_over_lists_and_a_year_over_workers(employed, session, as_user):
    employed.hours(date(2026, 11, 2), 5, paid_on=date(2026, 11, 15))
    employed.hours(date(2026, 10, 2), 8, paid_on=date(2026, 10, 15))
    other = factories.worker(employed.jobcenter)
    for month in range(1, 10):
        employed.hours(date(2026, month, 2), 15, by=other, paid_on=date(2026, month, 15))
    employed.hours(FRIDAY, 3)
    session.commit()
    text = page_of(employed, as_user, f"/pay-runs/{listed(employed).id}")
    assert "reach the threshold of €71.72 for" in text
    assert "wages paid through us in 2026 come to €1,510.00, over €1,500.00" in text
    assert "The threshold is not fully confirmed" in text


@pytest.mark.parametrize(
    ("partner", "same_person", "told"),
    [
        ("1234567-1", True, "reach the threshold of €71.72 for"),
        ("1234567-1", False, "nobody's wages paid in November 2026 reach"),
        ("7654321-4", True, "nobody's wages paid in November 2026 reach"),
    ],
)
def test_the_same_partner_of_another_jobcenter_is_the_same_employer(
    employed, session, as_user, partner, same_person, told
):
    """30 euros here and 50 there: 80 from one employer for one person, whichever Jobcenter listed them."""
    there = World(form=ContractForm.PARTNER)
    there.jobcenter.partner_business_id = partner
    there.hours(
        date(2026, 11, 2),
        5,
        by=factories.worker(there.jobcenter, employed.worker_user if same_person else None),
        paid_on=date(2026, 11, 15),
    )
    employed.hours(FRIDAY, 3)
    session.commit()
    text = page_of(employed, as_user, f"/pay-runs/{listed(employed).id}")
    assert told in text
    of_year = "80.00" if partner == "1234567-1" else "30.00"
    assert f"in 2026 come to €{of_year}" in text


def test_the_partners_file_says_it_of_each_worker(employed, session, as_user):
    employed.hours(FRIDAY, 8)
    session.commit()
    run = listed(employed)
    reply = as_user(employed.coordinator_user).get(f"/pay-runs/{run.id}/csv")
    rows = list(csv.reader(io.StringIO(reply.data.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][-1] == "To the employer"
    assert rows[1][-1] == "TyEL: wages paid in November 2026 €80.00, threshold €71.72 reached"


def test_where_the_jobcenter_pays_itself_nothing_is_told(session, as_user):
    world = World()
    world.hours(FRIDAY, 8)
    session.commit()
    run = listed(world)
    assert HEADING not in page_of(world, as_user, f"/pay-runs/{run.id}")
    reply = as_user(world.coordinator_user).get(f"/pay-runs/{run.id}/csv")
    assert reply.data.decode("utf-8-sig").splitlines()[1].endswith(";")


def test_a_list_thrown_away_tells_nothing(employed, session, as_user):
    employed.hours(FRIDAY, 8)
    session.commit()
    run = listed(employed)
    with unit_of_work():
        service.discard(employed.coordinator, run.id)
    assert HEADING not in page_of(employed, as_user, f"/pay-runs/{run.id}")


def test_the_queries_do_not_grow_with_workers(employed, session, as_user, query_count):
    counts = []
    for wanted in (1, 10):
        for _each in range(wanted):
            employed.hours(FRIDAY, by=factories.worker(employed.jobcenter))
        session.commit()
        client = as_user(employed.coordinator_user)
        with query_count() as statements:
            client.page(f"/pay-runs/new/{employed.jobcenter.id}")
        counts.append(len(statements.queries))
    assert counts[0] == counts[1] <= 12

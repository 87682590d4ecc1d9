"""The year's pay by worker and for the tax authority, the partner's month, from what is paid only; and refusals."""

from datetime import date

import pytest

from jobcenter.auth.domain import Role
from jobcenter.billing.payruns import service
from jobcenter.billing.payruns.domain import MakeRun
from jobcenter.core import clock
from jobcenter.core.uow import unit_of_work
from tests import factories
from tests.factories_billing import tax_card

PAY_DAY = date(2026, 11, 30)


@pytest.fixture
def paid(world, session):
    """One person was paid by the Jobcenter and by the partner, and for hours on no list; more hours wait."""
    world.worker.iban = "FI2112345600000785"
    tax_card(world.worker, rate="10")
    world.hours(date(2026, 11, 3), 6)
    world.hours(date(2026, 11, 4), 2, order=factories.order(world.jobcenter, world.organisation))
    world.hours(date(2026, 5, 4), 1, paid_on=date(2026, 5, 15))
    session.commit()
    with unit_of_work():
        run = service.make_run(world.coordinator, MakeRun(world.jobcenter.id, PAY_DAY, "one"))
    with unit_of_work():
        service.approve(world.second, run.id)
    with clock.frozen(clock.start_of(PAY_DAY)), unit_of_work():
        service.mark_paid(world.coordinator, run.id)
    world.hours(date(2026, 11, 20), 5)
    session.commit()
    return run


def test_the_year_tells_what_is_paid_and_what_the_checker_counts(world, paid, as_user):
    path = f"/pay/years/{world.jobcenter.id}/2026"
    page = as_user(world.coordinator_user).page(path).text
    for words in ("€60.00", "€6.00", "€54.00", "€20.00", "€90.00", "not by our lists: €10.00"):
        assert words in page
    assert "something else than what was paid" not in page
    file = as_user(world.coordinator_user).get(f"{path}.csv")
    row = file.data.decode("utf-8-sig").splitlines()[1]
    assert row == "Mallilan Jobcenter;2026;Veikko Mallinen;60,00;6,00;0,00;54,00;0,00;0,00;20,00;90,00"


def test_the_partners_month_tells_wages_and_what_is_not_known(world, paid, as_user):
    path = f"/pay/partner/{world.jobcenter.id}/2026-11"
    page = as_user(world.coordinator_user).page(path).text
    assert "€20.00" in page and "Not known here" in page and "Pension insurance (TyEL)" in page
    assert ";2,00;20,00;" in as_user(world.coordinator_user).get(f"{path}.csv").text
    assert "paid nobody" in as_user(world.coordinator_user).page(f"/pay/partner/{world.jobcenter.id}/2026-10").text


@pytest.mark.parametrize("what", ["years/{}/2026", "years/{}/2026.csv", "partner/{}/2026-11", "partner/{}/2026-11.csv"])
def test_others_find_nothing(world, session, as_user, what):
    stranger = factories.someone(Role.COORDINATOR, factories.jobcenter(), given_name="Vieras")
    session.commit()
    path = "/pay/" + what.format(world.jobcenter.id)
    assert as_user(stranger).get(path).status_code == 404
    assert as_user(world.worker_user).get(path).status_code == 403


def test_a_month_that_is_none_is_not_found(world, as_user):
    for month in ("2026-13", "tomorrow"):
        assert as_user(world.coordinator_user).get(f"/pay/partner/{world.jobcenter.id}/{month}").status_code == 404
    assert as_user(world.coordinator_user).get(f"/pay/years/{world.jobcenter.id}/0").status_code == 404

"""Hours from the worker's form: the rates of the day, wrong times, overlaps, on behalf."""

from datetime import time
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from jobcenter.benefits import ContractForm
from jobcenter.core import clock
from jobcenter.orders.gigs.domain import OfferStatus
from jobcenter.orders.gigs.models import Contract
from jobcenter.orders.hours.domain import EntryStatus, HoursOverlap
from jobcenter.orders.hours.models import TimeEntry
from tests import factories
from tests.hours import FORM, FRIDAY, SATURDAY_NOON, mails


def test_the_worker_logs_hours_at_the_rates_of_the_day(world, session, as_user):
    page = as_user(world.worker_user).get(f"/hours/log/{world.offer.id}")
    assert 'value="9.00"' in page.text and 'value="12.00"' in page.text
    reply = as_user(world.worker_user).post(f"/hours/log/{world.offer.id}", data=FORM)
    assert reply.status_code == 302, reply.text
    entry = session.scalars(select(TimeEntry)).one()
    assert (entry.minutes, entry.wage, entry.price) == (180, Decimal("10.00"), Decimal("14.50"))
    assert (entry.vat_percent, entry.worked_on) == (Decimal("25.50"), FRIDAY)
    assert (entry.status, entry.logged_by, entry.on_behalf) == (EntryStatus.LOGGED, world.worker_user.name, False)


def test_a_double_click_logs_once(world, session, as_user):
    client = as_user(world.worker_user)
    for _ in range(2):
        assert client.post(f"/hours/log/{world.offer.id}", data=FORM).status_code == 302
    assert session.scalar(select(func.count()).select_from(TimeEntry)) == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"ends": "8.00"}, "The end must be after the start"),
        ({"ends": "25:00"}, "Give a time between 0.00 and 23.59"),
        ({"day": "31.11.2026"}, "Give a day in the form"),
        ({"day": "22.11.2026"}, "not over yet"),
        ({"day": "13.11.2026"}, "far from the gig"),
        ({"break_minutes": "180"}, "shorter than the work"),
        ({"break_minutes": "half an hour"}, "whole number"),
        ({"starts": ""}, "Fill in this field"),
    ],
)
def test_wrong_times_are_said_beside_the_field_and_kept(world, session, as_user, typed, words):
    reply = as_user(world.worker_user).post(f"/hours/log/{world.offer.id}", data=FORM | typed)
    assert reply.status_code == 422
    assert words in reply.text
    for value in typed.values():
        assert value in reply.text
    assert session.scalar(select(func.count()).select_from(TimeEntry)) == 0


def test_a_support_person_logs_on_behalf_and_both_names_are_kept(world, session, as_user):
    page = as_user(world.support_user).get(f"/hours/log/{world.offer.id}")
    assert world.worker.name in page.text
    as_user(world.support_user).post(f"/hours/log/{world.offer.id}", data=FORM)
    entry = session.scalars(select(TimeEntry)).one()
    assert (entry.logged_by, entry.on_behalf) == (world.support_user.name, True)
    shown = as_user(world.worker_user).get(f"/hours/{entry.id}")
    assert f"on behalf of {world.worker.name}" in shown.text
    assert world.support_user.name in shown.text


def test_hours_of_one_person_never_overlap(world, session):
    world.log()
    second = factories.gig(world.order, clock.at(FRIDAY, time(11)))
    clashing = factories.offer(second, world.worker, OfferStatus.CONFIRMED)
    session.commit()
    with pytest.raises(HoursOverlap):
        world.log(starts=time(11), ends=time(14), offer=clashing)
    world.log(starts=time(12), ends=time(14), offer=clashing)


def test_hours_of_one_person_never_overlap_with_those_in_another_jobcenter(world, session):
    world.log()
    elsewhere = factories.jobcenter()
    order = factories.order(elsewhere, factories.organisation(elsewhere, world.orderer))
    there = factories.worker(elsewhere, world.worker_user)
    clashing = factories.offer(factories.gig(order, clock.at(FRIDAY, time(11))), there, OfferStatus.CONFIRMED)
    session.commit()
    with pytest.raises(HoursOverlap):
        world.log(starts=time(11), ends=time(14), offer=clashing)


def test_there_without_the_times_asks_the_support_person(world, session, as_user):
    reply = as_user(world.worker_user).post(f"/hours/log/{world.offer.id}/ask")
    assert reply.status_code == 302
    entry = session.scalars(select(TimeEntry)).one()
    assert (entry.status, entry.starts_at, entry.minutes) == (EntryStatus.NEEDS_TIMES, None, 0)
    (mail,) = mails(session, "times_wanted")
    assert mail.to == world.support_user.email
    edit = as_user(world.support_user).post(
        f"/hours/{entry.id}/edit", data=FORM | {"reason": "Asked together", "version": entry.version}
    )
    assert edit.status_code == 302
    session.expire_all()
    assert (entry.status, entry.minutes) == (EntryStatus.LOGGED, 180)


@pytest.mark.parametrize(
    ("form", "promised", "wage"),
    [
        (ContractForm.ASSIGNMENT, "12.50", "12.50"),
        (ContractForm.ASSIGNMENT, "8.00", "10.00"),
        (ContractForm.PARTNER, "12.50", "10.00"),
    ],
    ids=["the rate fell after the contract", "the rate rose", "a contract in another form"],
)
def test_nobody_is_paid_less_than_the_contract_says(world, session, form, promised, wage):
    facts = {"form": form, "language": "fi", "made_at": SATURDAY_NOON, "content": {}, "wage": Decimal(promised)}
    factories.stored(Contract(offer_id=world.offer.id, worker_id=world.worker.id, **facts))
    session.commit()
    assert world.log().wage == Decimal(wage)

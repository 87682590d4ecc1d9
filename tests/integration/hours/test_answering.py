"""What the orderer says of logged hours, and what a correction does to it."""

from datetime import time, timedelta

import pytest
from sqlalchemy import select

from jobcenter.auth.domain import Role
from jobcenter.core import clock
from jobcenter.core.errors import DomainError
from jobcenter.core.uow import unit_of_work
from jobcenter.orders.gigs.domain import OfferStatus
from jobcenter.orders.hours import jobs, service
from jobcenter.orders.hours.domain import Billed, EditHours, EntryStatus, TooEarly, Typed
from jobcenter.orders.hours.models import TimeEntryChange
from jobcenter.orders.organisations.models import OrganisationMember
from tests import factories
from tests.hours import FORM, FRIDAY, SATURDAY_NOON, mails


def test_the_orderer_confirms_from_the_mails_link_with_one_click(world, session, client):
    entry = world.log()
    assert jobs.ask_orderers_to_confirm(clock.now()).done == 1
    assert jobs.ask_orderers_to_confirm(clock.now()).done == 0
    (mail,) = mails(session, "hours_to_confirm")
    assert mail.to == world.orderer.email
    path = next(line for line in mail.body.splitlines() if "/hours/link/" in line).partition("/hours/link/")[2]
    page = client.get(f"/hours/link/{path}")
    assert world.worker.given_name in page.text
    assert world.worker.family_name not in page.text
    empty = client.post(f"/hours/link/{path}/dispute/{entry.id}")
    assert (empty.status_code, 'id="reason-error"' in empty.text) == (422, True)
    assert client.post(f"/hours/link/{path}/confirm").status_code == 302
    session.expire_all()
    assert entry.status is EntryStatus.CONFIRMED
    assert (entry.confirmed_by, entry.confirmed_by_coordinator) == (world.orderer.name, False)
    assert client.post(f"/hours/link/{path}/confirm").status_code == 302
    assert len(mails(session, "hours_confirmed")) == 1
    assert len(mails(session, "feedback_wanted")) == 1


def test_everybody_of_a_gig_is_asked_about_in_one_mail(world, session):
    gig = factories.gig(world.order, clock.at(FRIDAY, time(13)), slots=2)
    other = factories.worker(world.jobcenter, factories.someone(Role.WORKER, world.jobcenter))
    mine = factories.offer(gig, world.worker, OfferStatus.CONFIRMED)
    theirs = factories.offer(gig, other, OfferStatus.CONFIRMED, slot=1)
    session.commit()
    world.log(starts=time(13), ends=time(16), offer=mine)
    assert jobs.ask_orderers_to_confirm(clock.now()).done == 0
    world.log(world.as_coordinator, starts=time(13), ends=time(16), offer=theirs)
    assert jobs.ask_orderers_to_confirm(clock.now()).done == 1
    assert len(mails(session, "hours_to_confirm")) == 1


def test_one_slow_logger_does_not_hold_the_others_up(world, session):
    gig = factories.gig(world.order, clock.at(FRIDAY, time(13)), slots=2)
    other = factories.worker(world.jobcenter)
    mine = factories.offer(gig, world.worker, OfferStatus.CONFIRMED)
    factories.offer(gig, other, OfferStatus.CONFIRMED, slot=1)
    session.commit()
    world.log(starts=time(13), ends=time(16), offer=mine)
    assert jobs.ask_orderers_to_confirm(clock.now() + timedelta(minutes=119)).done == 0
    assert jobs.ask_orderers_to_confirm(clock.now() + timedelta(hours=2)).done == 1


def test_a_dispute_tells_worker_support_and_coordinator_why(world, session, as_user):
    entry = world.log()
    reply = as_user(world.orderer).post(f"/hours/{entry.id}/dispute", data={"reason": "Left at eleven – Ä Ö 😀"})
    assert reply.status_code == 302
    session.expire_all()
    assert entry.status is EntryStatus.DISPUTED
    told = mails(session, "hours_disputed")
    assert {mail.to for mail in told} == {
        world.worker_user.email,
        world.support_user.email,
        world.coordinator_user.email,
    }
    assert all("Left at eleven – Ä Ö 😀" in mail.body for mail in told)


def test_a_dispute_needs_a_reason(world, session, as_user):
    entry = world.log()
    browser = as_user(world.orderer)
    link = browser.page("/hours/to-confirm").select_one("main li a")
    assert (link["href"], link.get_text()) == (
        f"/hours/{entry.id}",
        f"Something is not right?: {world.worker.given_name}",
    )
    assert browser.post(f"/hours/{entry.id}/dispute", data={"reason": " "}).status_code == 422
    session.expire_all()
    assert entry.status is EntryStatus.LOGGED


def test_an_edit_voids_the_confirmation_and_tells_the_orderer_before_and_after(world, session, as_user):
    entry = world.log()
    with unit_of_work():
        service.confirm_hours(world.as_orderer, entry.id)
    session.expire_all()
    form = FORM | {"ends": "11.30", "reason": "Left early", "version": entry.version}
    assert as_user(world.worker_user).post(f"/hours/{entry.id}/edit", data=form).status_code == 302
    session.expire_all()
    assert (entry.status, entry.confirmed_by, entry.minutes) == (EntryStatus.LOGGED, "", 150)
    change = session.scalars(select(TimeEntryChange)).one()
    assert (change.reason, change.voided_confirmation) == ("Left early", True)
    assert (change.before["minutes"], change.after["minutes"]) == (180, 150)
    (mail,) = mails(session, "confirmation_voided")
    assert "3 h" in mail.body.replace("\u00a0", " ") and "2 h 30 min" in mail.body.replace("\u00a0", " ")
    assert "Left early" in mail.body
    shown = as_user(world.orderer).get(f"/hours/{entry.id}")
    assert "Left early" in shown.text


def test_the_orderer_never_sees_the_family_name_of_who_corrected_the_hours(world, session, as_user):
    entry = world.log()
    with unit_of_work():
        service.confirm_hours(world.as_orderer, entry.id)
    with unit_of_work():
        command = EditHours(Typed(FRIDAY, time(9), time(11), 0), "Left early", entry.version)
        service.edit_hours(world.as_worker, entry.id, command)
    (mail,) = mails(session, "confirmation_voided")
    assert "Veikko" in mail.body and world.worker_user.name not in mail.body
    page = as_user(world.orderer).get(f"/hours/{entry.id}")
    assert "Left early" in page.text and world.worker_user.name not in page.text
    assert world.worker_user.name in as_user(world.coordinator_user).get(f"/hours/{entry.id}").text


def test_the_orderers_mail_goes_to_somebody_who_still_acts_for_the_organisation(world, session, now):
    other = factories.someone(Role.ORDERER, world.jobcenter, given_name="Ossi")
    factories.stored(OrganisationMember(organisation_id=world.organisation.id, user_id=other.id))
    world.orderer.active = False
    session.commit()
    world.log()
    jobs.ask_orderers_to_confirm(now)
    assert [mail.to for mail in mails(session, "hours_to_confirm")] == [other.email]


def test_an_edit_of_an_old_version_is_refused_and_what_was_typed_stays(world, session, as_user):
    entry = world.log()
    old = entry.version
    with unit_of_work():
        command = EditHours(Typed(FRIDAY, time(9), time(11), 0), "First", old)
        service.edit_hours(world.as_support, entry.id, command)
    form = FORM | {"ends": "10.15", "reason": "Second", "version": old}
    reply = as_user(world.worker_user).post(f"/hours/{entry.id}/edit", data=form)
    assert reply.status_code == 422
    assert "at the same time" in reply.text
    assert "10.15" in reply.text and "Second" in reply.text
    session.expire_all()
    assert entry.minutes == 120


@pytest.mark.parametrize(("facts", "words"), [({"invoiced": True}, "on an invoice"), ({"paid_on": FRIDAY}, "are paid")])
def test_billed_or_paid_hours_are_not_edited(world, session, as_user, facts, words):
    entry = world.log()
    for name, value in facts.items():
        setattr(entry, name, value)
    session.commit()
    form = FORM | {"reason": "Late", "version": entry.version}
    reply = as_user(world.worker_user).post(f"/hours/{entry.id}/edit", data=form)
    assert reply.status_code == 422 and words in reply.text
    with pytest.raises(Billed), unit_of_work():
        command = EditHours(Typed(FRIDAY, time(9), time(10), 0), "Late", entry.version)
        service.edit_hours(world.as_worker, entry.id, command)


def test_the_coordinator_confirms_only_when_the_orderers_week_is_over(world, session, as_user):
    entry = world.log()
    early = as_user(world.coordinator_user).post(f"/hours/{entry.id}/confirm")
    assert early.status_code == 409
    assert "7 days" in early.text
    with clock.frozen(clock.now() + timedelta(days=7) - timedelta(seconds=1)), pytest.raises(TooEarly), unit_of_work():
        service.confirm_hours(world.as_coordinator, entry.id)
    with clock.frozen(clock.now() + timedelta(days=7)):
        assert "The orderer has not answered" in as_user(world.coordinator_user).get("/hours/queue").text
        assert as_user(world.coordinator_user).post(f"/hours/{entry.id}/confirm").status_code == 302
    session.expire_all()
    assert (entry.status, entry.confirmed_by_coordinator) == (EntryStatus.CONFIRMED, True)


def test_the_orderer_is_reminded_once_after_two_days(world, session):
    world.log()
    for waited, expected in ((timedelta(hours=47), 0), (timedelta(days=2), 1), (timedelta(days=3), 1)):
        with clock.frozen(SATURDAY_NOON + waited):
            jobs.remind_unconfirmed_hours(clock.now())
        assert len(mails(session, "hours_reminder")) == expected


# Billing's marks


def test_only_confirmed_hours_are_invoiced_once_and_paid_once(world, session):
    entry = world.log()
    coordinator = world.as_coordinator
    with pytest.raises(DomainError, match="hours_not_billable"), unit_of_work():
        service.mark_invoiced(coordinator, [entry.id])
    with unit_of_work():
        service.confirm_hours(world.as_orderer, entry.id)
        service.mark_invoiced(coordinator, [entry.id])
        service.mark_paid(coordinator, [entry.id], FRIDAY)
    with pytest.raises(DomainError, match="hours_not_billable"), unit_of_work():
        service.mark_invoiced(coordinator, [entry.id])
    with pytest.raises(DomainError, match="hours_not_payable"), unit_of_work():
        service.mark_paid(coordinator, [entry.id], FRIDAY)

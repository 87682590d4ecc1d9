"""Hours from the worker's form to the orderer's confirmation, through the pages; and every refusal on the way."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from jobcenter.auth.domain import LinkPurpose, Role
from jobcenter.auth.service import make_link
from jobcenter.benefits import ContractForm
from jobcenter.core import clock
from jobcenter.core.errors import AlreadyDone, DomainError, NotFound
from jobcenter.core.uow import unit_of_work
from jobcenter.notifications.models import OutgoingMail
from jobcenter.orders.gigs.domain import OfferStatus
from jobcenter.orders.hours import jobs, queries, service
from jobcenter.orders.hours.domain import Billed, EditHours, EntryStatus, HoursOverlap, LogHours, TooEarly, Typed
from jobcenter.orders.hours.models import TimeEntry, TimeEntryChange
from jobcenter.orders.organisations.models import OrganisationMember
from jobcenter.orders.rates.service import load_defaults
from tests import factories

FRIDAY = date(2026, 11, 20)
SATURDAY_NOON = clock.at(date(2026, 11, 21), time(12))


class World:
    """One Jobcenter with an orderer, a worker with a support person, and a gig done on Friday at 9-12."""

    def __init__(self) -> None:
        with unit_of_work():
            load_defaults()
        self.jobcenter = factories.jobcenter()
        self.orderer = factories.someone(Role.ORDERER, self.jobcenter, given_name="Olli")
        self.worker_user = factories.someone(Role.WORKER, self.jobcenter, given_name="Veikko")
        self.support_user = factories.someone(Role.SUPPORT, self.jobcenter, given_name="Tuula")
        self.coordinator_user = factories.someone(Role.COORDINATOR, self.jobcenter, given_name="Kaisa")
        self.organisation = factories.organisation(self.jobcenter, self.orderer)
        self.order = factories.order(
            self.jobcenter,
            self.organisation,
            ordered_by_id=self.orderer.id,
            coordinator_id=self.coordinator_user.id,
            contract_form=ContractForm.ASSIGNMENT,
        )
        self.worker = factories.worker(self.jobcenter, self.worker_user)
        factories.support(self.worker, self.support_user)
        self.gig = factories.gig(self.order, clock.at(FRIDAY, time(9)))
        self.offer = factories.offer(self.gig, self.worker, OfferStatus.CONFIRMED)

    def actor(self, user, role):
        return factories.actor(user, (role, self.jobcenter))

    @property
    def as_worker(self):
        return self.actor(self.worker_user, Role.WORKER)

    @property
    def as_orderer(self):
        return self.actor(self.orderer, Role.ORDERER)

    @property
    def as_support(self):
        return self.actor(self.support_user, Role.SUPPORT)

    @property
    def as_coordinator(self):
        return self.actor(self.coordinator_user, Role.COORDINATOR)

    def log(self, actor=None, starts=time(9), ends=time(12), pause=0, offer=None):
        with unit_of_work():
            command = LogHours(Typed(FRIDAY, starts, ends, pause))
            return service.log_hours(actor or self.as_worker, (offer or self.offer).id, command)


@pytest.fixture
def now():
    with clock.frozen(SATURDAY_NOON):
        yield SATURDAY_NOON


@pytest.fixture
def world(session, now):
    made = World()
    session.commit()
    return made


FORM = {"day": "20.11.2026", "starts": "9", "ends": "12.00", "break_minutes": "0"}


def mails(session, kind):
    return list(session.scalars(select(OutgoingMail).where(OutgoingMail.kind == kind).order_by(OutgoingMail.id)))


# Logging


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


# Answering


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
    assert as_user(world.orderer).post(f"/hours/{entry.id}/dispute", data={"reason": " "}).status_code == 422
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
    assert queries.unpaid_entries(world.jobcenter.id, until=FRIDAY) == []


# Refusals


def test_nobody_else_finds_the_hours(world, session, as_user, client):
    entry = world.log()
    other_center = factories.jobcenter()
    strangers = [
        factories.someone(Role.WORKER, world.jobcenter),
        factories.someone(Role.SUPPORT, world.jobcenter),
        factories.someone(Role.ORDERER, world.jobcenter),
        factories.someone(Role.COORDINATOR, other_center),
    ]
    for stranger in strangers:
        assert as_user(stranger).get(f"/hours/{entry.id}").status_code == 404
    for stranger in strangers[:2]:
        assert as_user(stranger).get(f"/hours/log/{world.offer.id}").status_code == 404
        assert as_user(stranger).post(f"/hours/log/{world.offer.id}", data=FORM).status_code == 404


def test_without_signing_in_the_door_is_the_sign_in_page(world, client):
    entry = world.log()
    for path in (f"/hours/{entry.id}", "/hours", "/hours/queue", "/hours/to-confirm"):
        reply = client.get(path)
        assert reply.status_code == 302 and "/sign-in" in reply.location


def test_the_worker_does_not_confirm_their_own_hours(world, as_user):
    entry = world.log()
    assert as_user(world.worker_user).post(f"/hours/{entry.id}/confirm").status_code == 403
    with pytest.raises(NotFound), unit_of_work():
        service.confirm_hours(world.as_worker, entry.id)


def test_an_orderer_does_not_log_hours(world):
    with pytest.raises(NotFound):
        world.log(world.as_orderer)


def test_hours_of_an_offer_that_was_not_kept_are_not_logged(world, session):
    world.offer.status = OfferStatus.CANCELLED
    session.commit()
    with pytest.raises(NotFound):
        world.log()


def test_a_link_for_another_purpose_or_a_wrong_one_opens_nothing(world, client):
    with unit_of_work():
        token = make_link(LinkPurpose.GIVE_FEEDBACK, world.gig.id, world.orderer.id, timedelta(days=1))
    assert client.get(f"/hours/link/{token}").status_code == 404
    assert client.get("/hours/link/nothing").status_code == 404


def test_an_expired_link_says_so_kindly(world, client):
    world.log()
    with unit_of_work():
        token = make_link(LinkPurpose.CONFIRM_HOURS, world.gig.id, world.orderer.id, timedelta(days=1))
    with clock.frozen(SATURDAY_NOON + timedelta(days=2)):
        reply = client.get(f"/hours/link/{token}")
    assert reply.status_code == 409 or reply.status_code == 410
    assert "link" in reply.text


def test_confirming_twice_is_a_notice_not_an_error(world, session):
    entry = world.log()
    with unit_of_work():
        service.confirm_hours(world.as_orderer, entry.id)
    with pytest.raises(AlreadyDone), unit_of_work():
        service.confirm_hours(world.as_orderer, entry.id)

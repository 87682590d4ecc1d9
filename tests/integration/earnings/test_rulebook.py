"""Values of law by two administrators: in force only when confirmed, told to everyone concerned, on both databases."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from jobcenter.auth.domain import SYSTEM, Role
from jobcenter.benefits import AdditionRefused, LimitMissing, LimitState, ValueStatus, law
from jobcenter.benefits.law import Applies
from jobcenter.core import audit, clock, todo
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone, DomainError, NotFound, NotPossible
from jobcenter.core.uow import unit_of_work
from jobcenter.earnings import jobs as checks
from jobcenter.earnings.models import LimitSnapshot
from jobcenter.earnings.queries import case_of
from jobcenter.earnings.rulebook import queries, service
from jobcenter.earnings.rulebook.domain import AdditionState, OwnProposal, Proposal, ProposalRefused
from jobcenter.earnings.rulebook.jobs import remind_of_missing_values
from jobcenter.earnings.rulebook.models import LawAddition
from jobcenter.notifications.models import OutgoingMail
from tests import factories
from tests.factories import NOW
from tests.factories_earnings import assignment_order, earned, pensioner, wages
from tests.threads import in_threads

LIMIT = "kela_disability_pension.earnings_limit"
PROPOSAL = Proposal(
    parameter=LIMIT,
    from_=date(2027, 1, 1),
    to=None,
    value=Decimal("1012.88"),
    applies=Applies.CALENDAR,
    status=ValueStatus.CONFIRMED,
    source="Kelan tiedote 1.12.2026",
    note="",
    sure=False,
    form_key="",
)


class House:
    """Two administrators, of two Jobcenters, and a coordinator."""

    def __init__(self) -> None:
        self.here, self.there = factories.jobcenter(), factories.jobcenter()
        self.pia_user = factories.someone(Role.ADMIN, self.here, given_name="Pia")
        self.olli_user = factories.someone(Role.ADMIN, self.there, given_name="Olli", language="fi")
        self.pia = factories.actor(self.pia_user, (Role.ADMIN, self.here))
        self.olli = factories.actor(self.olli_user, (Role.ADMIN, self.there))
        self.coordinator = factories.coordinator(self.here)


@pytest.fixture
def house(session):
    with clock.frozen(NOW):
        made = House()
        session.commit()
        yield made


def propose(actor, **change):
    with unit_of_work():
        return service.propose(actor, replace(PROPOSAL, **{"form_key": str(uuid.uuid4()), **change}))


def do(verb, *arguments):
    with unit_of_work():
        return verb(*arguments)


def state_of(addition_id):
    return db.session.get_one(LawAddition, addition_id, populate_existing=True).state


# The way of a value


def test_a_value_holds_when_another_administrator_has_confirmed_it(house):
    made = propose(house.pia)
    with pytest.raises(LimitMissing):
        service.current_law().value_on(LIMIT, date(2027, 1, 1))
    do(service.approve, house.olli, made)
    in_force = service.current_law()
    assert in_force.value_on(LIMIT, date(2027, 12, 31)).value == Decimal("1012.88")
    assert in_force.version != law().version
    with unit_of_work():
        assert [task.kind for task in todo.take(todo.Changed.RULES, clock.now())] == ["rules_changed"]


@pytest.mark.parametrize("verb", [service.approve, service.reject])
def test_the_proposer_does_not_decide(house, verb):
    made = propose(house.pia)
    with pytest.raises(OwnProposal):
        do(verb, house.pia, made, *(["no"] if verb is service.reject else []))
    assert state_of(made) is AdditionState.PROPOSED
    assert service.current_law() is law()


def test_the_database_refuses_it_too(house):
    made = propose(house.pia)
    same = {"state": AdditionState.APPROVED, "decided_by_id": house.pia_user.id, "decided_at": NOW}
    with pytest.raises(IntegrityError), unit_of_work():
        db.session.execute(update(LawAddition).where(LawAddition.id == made).values(**same))


def test_a_value_is_withdrawn_by_its_proposer_only(house):
    made = propose(house.pia)
    with pytest.raises(NotPossible):
        do(service.withdraw, house.olli, made)
    do(service.withdraw, house.pia, made)
    assert state_of(made) is AdditionState.WITHDRAWN
    assert propose(house.olli)


def test_a_value_is_rejected_with_a_reason_and_may_be_entered_again(house):
    made = propose(house.pia)
    do(service.reject, house.olli, made, "Väärä vuosi")
    assert db.session.get_one(LawAddition, made).reason == "Väärä vuosi"
    assert propose(house.pia) != made


def test_a_value_found_wrong_is_taken_out_of_use(house):
    made = propose(house.pia)
    do(service.approve, house.olli, made)
    do(service.revoke, house.pia, made, "Lähteessä oli virhe")
    assert state_of(made) is AdditionState.REVOKED
    assert service.current_law() is law()
    second = propose(house.pia, value=Decimal("1013.00"))
    do(service.approve, house.olli, second)
    assert service.current_law().value_on(LIMIT, date(2027, 6, 1)).value == Decimal("1013.00")


# Refusals


@pytest.mark.parametrize("verb", ["propose", "approve"])
def test_others_than_administrators_find_nothing(house, verb):
    made = propose(house.pia)
    with pytest.raises(NotFound):
        propose(house.coordinator) if verb == "propose" else do(service.approve, house.coordinator, made)


def test_an_unknown_figure_is_not_found(house):
    with pytest.raises(NotFound):
        propose(house.pia, parameter="moon.limit")


def test_a_form_sent_twice_is_one_value(house):
    key = str(uuid.uuid4())
    assert propose(house.pia, form_key=key) == propose(house.pia, form_key=key)


def test_a_second_value_for_the_same_day_waits_for_the_first(house):
    propose(house.pia)
    with pytest.raises(ProposalRefused, match="value_waits_already"):
        propose(house.olli, value=Decimal("1012.89"))


def test_days_that_have_a_confirmed_value_take_no_other(house):
    do(service.approve, house.olli, propose(house.pia, to=date(2027, 12, 31)))
    with pytest.raises(AdditionRefused, match="value_overlaps"):
        propose(house.olli, from_=date(2027, 8, 1))


def test_what_was_decided_is_not_decided_again(house):
    made = propose(house.pia)
    do(service.approve, house.olli, made)
    with pytest.raises(AlreadyDone):
        do(service.approve, house.olli, made)
    with pytest.raises(NotPossible):
        do(service.withdraw, house.pia, made)


def test_two_confirmations_at_once_never_leave_two_values_for_a_day(house, app):
    first = propose(house.pia, to=date(2027, 12, 31))
    second = propose(house.pia, from_=date(2027, 8, 1))
    refused = []

    def confirm(made):
        with clock.frozen(NOW):
            try:
                do(service.approve, house.olli, made)
            except DomainError as refusal:
                refused.append(refusal.code)

    in_threads(app, [lambda made=made: confirm(made) for made in (first, second)])
    assert refused == ["value_overlaps"]
    assert sorted([state_of(first), state_of(second)]) == [AdditionState.APPROVED, AdditionState.PROPOSED]


def test_what_a_newer_program_ships_goes_before_what_was_added(house, session, client):
    """As after an upgrade: the database holds a confirmed value for days that the program now has one for."""
    facts = {"parameter": LIMIT, "first_day": date(2026, 1, 1), "value": Decimal("1.00"), "applies": Applies.CALENDAR}
    facts |= {"status": ValueStatus.EXPECTED, "source": "Arvio", "checked_on": factories.TODAY, "note": ""}
    facts |= {"state": AdditionState.APPROVED, "proposed_by_id": house.pia_user.id, "proposed_at": NOW}
    facts |= {"decided_by_id": house.olli_user.id, "decided_at": NOW, "form_key": str(uuid.uuid4())}
    factories.stored(LawAddition(**facts))
    session.commit()
    assert service.current_law() is law()
    page = client.sign_in_as(house.pia_user).page(f"/admin/rules/{LIMIT}").get_text()
    assert "Not used: the program itself has a value for these days." in page


# What it does


def test_everyone_is_checked_by_the_new_law_and_told_under_its_name(house, session):
    wages()
    worker = pensioner(house.here)
    earned(assignment_order(house.here), worker, "100.00")
    session.commit()
    january = clock.at(date(2027, 1, 10), clock.local(NOW).time())
    checks.check_earnings(january)
    assert _told(session, worker) == (LimitState.LIMIT_MISSING, law().version)
    do(service.approve, house.olli, propose(house.pia))
    checks.check_changed(january)
    assert _told(session, worker) == (LimitState.UNDER, service.current_law().version)
    assert case_of(worker.id, january).law is service.current_law()


def _told(session, worker):
    rows = session.query(LimitSnapshot).filter_by(worker_id=worker.id, series="2027-01", superseded_at=None)
    return next((row.state, row.rules_version) for row in rows.populate_existing() if row.rule == LIMIT)


def test_the_law_is_asked_once_in_a_transaction(house, query_count):
    do(service.approve, house.olli, propose(house.pia))
    with query_count() as statements:
        first, again = service.current_law(), service.current_law()
    assert first is again
    assert len(statements.queries) == 1


def test_it_is_on_the_log_who_entered_and_who_confirmed(house):
    made = propose(house.pia)
    do(service.approve, house.olli, made)
    search = audit.Search(jobcenter_ids=None, thing_type="law_value", thing_id=str(made))
    assert [(event.verb, event.actor_name) for event in audit.events(search, 10)] == [
        ("law_value.approve", house.olli.name),
        ("law_value.propose", house.pia.name),
    ]


def test_the_other_administrators_get_a_mail(house, session):
    propose(house.pia)
    (mail,) = session.query(OutgoingMail)
    assert mail.to == house.olli_user.email
    assert "1 012,88" in mail.body.replace("\u00a0", " ")
    assert f"/admin/rules/{LIMIT}" in mail.body


# The year to come


def test_from_november_each_administrator_is_told_once_of_what_is_missing(house, session):
    october = clock.at(date(2026, 10, 31), clock.local(NOW).time())
    remind_of_missing_values(october)
    about_2027 = session.query(OutgoingMail).filter(OutgoingMail.dedupe_key.startswith("law_missing:2027"))
    assert about_2027.count() == 0
    assert remind_of_missing_values(NOW).done == 2
    assert remind_of_missing_values(NOW).done == 0
    assert {mail.to for mail in about_2027} == {house.pia_user.email, house.olli_user.email}
    assert any("Vuoden 2027" in mail.subject for mail in about_2027)


def test_the_system_is_no_administrator(house):
    with pytest.raises(NotFound):
        propose(SYSTEM)


def test_counting_administrators(house, session):
    assert queries.number_of_administrators() == 2
    house.olli_user.active = False
    session.commit()
    assert queries.number_of_administrators() == 1

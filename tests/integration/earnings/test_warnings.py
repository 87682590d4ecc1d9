"""Warnings looked after: seen, noted, settled; who hears of them, and that a settled one rests until it changes."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from jobcenter.auth.domain import SYSTEM, Role
from jobcenter.auth.models import User
from jobcenter.benefits import BenefitKind
from jobcenter.core import audit, clock, todo
from jobcenter.core.uow import unit_of_work
from jobcenter.earnings import jobs, service
from jobcenter.earnings.domain_warnings import Outcome, WarningLevel
from jobcenter.earnings.models import LimitWarning
from jobcenter.notifications.models import OutgoingMail
from jobcenter.workers.consents import service as consents
from jobcenter.workers.domain import ConsentPurpose, Given
from tests import factories
from tests.factories import NOW
from tests.factories_earnings import earned, pensioner, wage_order, wages

SETTLED = {"outcome": "talked", "remark": "Soitettiin"}


@pytest.fixture
def place(session):
    with clock.frozen(NOW):
        wages()
        yield factories.jobcenter()


@pytest.fixture
def coordinator(place):
    return factories.someone(Role.COORDINATOR, place, given_name="Kaisa", family_name="K")


@pytest.fixture
def veikko(place):
    user = factories.someone(Role.WORKER, place, given_name="Veikko", family_name="Tekijä")
    worker = pensioner(place, of=user)
    earned(wage_order(place), worker, "900.00")
    return worker


def checked(session, worker, hours=0):
    session.commit()
    with unit_of_work():
        service.check_worker(SYSTEM, worker.id, NOW + timedelta(hours=hours))
    query = session.query(LimitWarning).filter_by(worker_id=worker.id, closed_at=None)
    return query.order_by(LimitWarning.id).all()


def mails(session, subject=None):
    rows = session.query(OutgoingMail).order_by(OutgoingMail.id)
    return [mail.to for mail in rows if subject is None or mail.subject == subject]


# The worker has seen it


def test_the_worker_says_that_they_have_seen_it(session, as_user, veikko, coordinator):
    (warning,) = checked(session, veikko)
    client = as_user(session.get(User, veikko.user_id))
    assert "I have seen this" in client.get("/earnings").text
    for _ in range(2):
        assert client.post(f"/earnings/mine/{veikko.id}/seen", follow_redirects=True).status_code == 200
    session.expire_all()
    assert warning.seen_at == NOW
    assert "I have seen this" not in client.get("/earnings").text
    assert "The worker has seen it" in as_user(coordinator).get("/earnings/warnings").text
    assert [event.verb for event in audit.events(audit.Search(kind=audit.Kind.CHANGE))].count("limits.see") == 1


def test_nobody_sees_another_s_warnings(session, place, as_user, veikko):
    checked(session, veikko)
    client = as_user(factories.someone(Role.WORKER, place))
    assert client.post(f"/earnings/mine/{veikko.id}/seen").status_code == 404


# The queue


def test_a_warning_is_closed_with_what_was_done(session, as_user, veikko, coordinator):
    (warning,) = checked(session, veikko)
    client = as_user(coordinator)
    page = client.get(f"/earnings/warnings/{warning.id}").text
    assert "Veikko can still work 9 hours in November." in page
    assert "020\u00a0692\u00a0202" in page
    assert "This is an estimate, not a decision." in page
    assert client.post(f"/earnings/warnings/{warning.id}/settle", data={"remark": "x"}).status_code == 422
    for _ in range(2):
        assert client.post(f"/earnings/warnings/{warning.id}/settle", data=SETTLED).status_code == 302
    session.expire_all()
    assert (warning.settled_by, warning.settled_at, warning.outcome) == ("Kaisa K", NOW, Outcome.TALKED)
    assert "Veikko" not in client.get("/earnings/warnings").text
    assert "Soitettiin" in client.get("/earnings/warnings?stage=settled").text
    assert [event.verb for event in audit.events(audit.Search(kind=audit.Kind.CHANGE))].count("limits.settle") == 1


def test_a_closed_warning_rests_until_the_level_changes(session, as_user, veikko, coordinator, place):
    (warning,) = checked(session, veikko)
    as_user(coordinator).get(f"/earnings/warnings/{warning.id}")
    as_user(coordinator).post(f"/earnings/warnings/{warning.id}/settle", data=SETTLED)
    assert [w.id for w in checked(session, veikko, hours=1)] == [warning.id]
    earned(wage_order(place), veikko, "100.00", day=date(2026, 11, 12))
    (fresh,) = checked(session, veikko, hours=2)
    assert (fresh.level, fresh.settled_at) == (WarningLevel.OVER, None)
    assert fresh.id != warning.id


def test_a_warning_that_holds_no_more_cannot_be_closed(session, as_user, veikko, coordinator, place):
    (warning,) = checked(session, veikko)
    client = as_user(coordinator)
    client.get(f"/earnings/warnings/{warning.id}")
    earned(wage_order(place), veikko, "100.00", day=date(2026, 11, 12))
    checked(session, veikko, hours=1)
    answer = client.post(f"/earnings/warnings/{warning.id}/settle", data=SETTLED)
    assert answer.status_code == 422
    assert "does not hold any more" in answer.text
    client.post(f"/earnings/warnings/{warning.id}/note")
    session.expire_all()
    assert (warning.noted_at, warning.settled_at) == (None, None)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", True),
        ("name=veik+tek", True),
        ("name=aino", False),
        ("level=near", True),
        ("level=over", False),
        ("level=nonsense", True),
        ("stage=new", True),
        ("stage=noted", False),
        ("stage=settled", False),
    ],
)
def test_the_queue_is_narrowed(session, as_user, veikko, coordinator, asked, shown):
    checked(session, veikko)
    assert ("Veikko Tekijä" in as_user(coordinator).get(f"/earnings/warnings?{asked}").text) is shown


def test_another_jobcenter_s_warning_is_not_there(session, as_user, veikko):
    (warning,) = checked(session, veikko)
    client = as_user(factories.someone(Role.COORDINATOR, factories.jobcenter()))
    assert client.get(f"/earnings/warnings/{warning.id}").status_code == 404
    assert client.post(f"/earnings/warnings/{warning.id}/settle", data=SETTLED).status_code == 404


@pytest.mark.parametrize("role", [Role.WORKER, Role.SUPPORT, Role.GUARDIAN, Role.ADMIN, Role.ORDERER])
def test_other_roles_close_nothing(session, place, as_user, veikko, role):
    (warning,) = checked(session, veikko)
    client = as_user(factories.someone(role, place))
    assert client.get(f"/earnings/warnings/{warning.id}").status_code == 403
    assert client.post(f"/earnings/warnings/{warning.id}/settle", data=SETTLED).status_code == 403


# Who hears of it


def test_coordinators_get_one_mail_a_day(session, place, veikko, coordinator):
    checked(session, veikko)
    second = pensioner(place, email="")
    earned(wage_order(place), second, "900.00")
    checked(session, second, hours=1)
    assert mails(session, "New warnings about limits") == [coordinator.email]


def test_a_consent_given_later_tells_of_the_warnings_that_stand(session, veikko):
    supporter = factories.user(email="tuki@example.fi")
    factories.support(veikko, supporter)
    checked(session, veikko)
    assert "tuki@example.fi" not in mails(session)
    with unit_of_work():
        worker_actor = factories.actor(session.get(User, veikko.user_id))
        consents.give(worker_actor, veikko.id, Given(ConsentPurpose.SUPPORT_SEES_EARNINGS, "", None))
    for _ in range(2):
        jobs.check_changed(NOW + timedelta(hours=1))
    assert mails(session).count("tuki@example.fi") == 1
    assert mails(session).count("veikko@example.fi") == 1


@pytest.mark.parametrize("kind", [BenefitKind.BASIC_SOCIAL_ASSISTANCE])
def test_a_benefit_that_shrinks_every_month_is_told_of_once(session, place, kind):
    worker = pensioner(place, born=None)
    factories.benefit(worker, kind)
    order = wage_order(place)
    for month in (10, 11):
        earned(order, worker, "20.00", day=date(2026, month, 10))
    reduced = [w for w in checked(session, worker) if w.level is WarningLevel.REDUCED]
    assert len(reduced) == 1
    earned(order, worker, "20.00", day=date(2026, 12, 1))
    later = (date(2026, 12, 2) - date(2026, 11, 22)).days * 24
    assert [w.id for w in checked(session, worker, hours=later) if w.level is WarningLevel.REDUCED] == [reduced[0].id]
    assert len(mails(session, "About your earnings and limits")) == 1


def test_another_share_of_the_jobcenter_is_looked_at_for_everyone(session, place, veikko):
    place.near_share = Decimal("95.00")
    assert checked(session, veikko) == []
    place.near_share = Decimal("90.00")
    session.commit()
    with unit_of_work():
        todo.leave("rules_changed", f"jobcenter {place.id}")
    assert jobs.check_changed(NOW).done == 1
    assert session.query(LimitWarning).one().level is WarningLevel.NEAR

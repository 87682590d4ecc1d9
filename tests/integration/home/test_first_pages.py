"""Each role's first page: what needs that role now, and nothing of anybody else's."""

from __future__ import annotations

from datetime import time, timedelta
from decimal import Decimal

import pytest

from jobcenter.auth.domain import SYSTEM, Role
from jobcenter.benefits import BenefitKind, JobseekerStatus
from jobcenter.billing.payments.domain import PaymentSource, PaymentStatus
from jobcenter.billing.payments.models import Payment
from jobcenter.billing.payruns.domain import PayRunStatus
from jobcenter.billing.payruns.models import PayRun
from jobcenter.core import clock
from jobcenter.core.audit import AuditEvent
from jobcenter.core.uow import unit_of_work
from jobcenter.earnings import service as earnings
from jobcenter.orders.gigs.domain import GigStatus, OfferStatus
from jobcenter.orders.hours.domain import EntryStatus
from jobcenter.orders.intake.domain import OrderStatus
from jobcenter.orders.intake.models import OrderMessage
from jobcenter.orders.rates import service as rates
from jobcenter.workers.domain import ConsentPurpose, SupportKind
from jobcenter.workers.models import ActivityTime
from tests import factories
from tests.factories import NOW, TODAY


def at(days: int, hour: int = 9):
    return clock.at(TODAY + timedelta(days=days), time(hour))


@pytest.fixture(autouse=True)
def _november():
    with clock.frozen(NOW):
        yield


@pytest.fixture
def center(session):
    with unit_of_work():
        rates.load_defaults()
        return factories.jobcenter()


@pytest.fixture
def orderer(center):
    return factories.someone(Role.ORDERER, center, given_name="Olli", language="en")


@pytest.fixture
def organisation(center, orderer):
    return factories.organisation(center, orderer)


@pytest.fixture
def order(center, organisation, orderer):
    """Dishwashing for the orderer's own business."""
    return factories.order(center, organisation, ordered_by_id=orderer.id, title="Dishes")


@pytest.fixture
def veikko(center):
    """A worker with an account, whose benefits are known."""
    user = factories.someone(Role.WORKER, center, given_name="Veikko", family_name="Tekijä")
    known = {"jobseeker": JobseekerStatus.NOT_REGISTERED, "benefits_asked_on": TODAY}
    return factories.worker(center, user, **known)


def user_of(worker):
    return factories.db.session.get(factories.User, worker.user_id)


# Worker


def test_a_worker_sees_the_next_gig_and_who_comes_along(center, order, veikko, as_user):
    gig = factories.gig(order, at(2), slots=2)
    factories.offer(gig, veikko, OfferStatus.CONFIRMED)
    factories.offer(gig, factories.worker(center, given_name="Åsa"), OfferStatus.CONFIRMED, slot=1)
    card = as_user(user_of(veikko)).page("/").select_one(".next-gig").get_text()
    assert "Dishes" in card
    assert "Tue 24 Nov 2026" in card
    assert "Åsa" in card


def test_a_worker_is_asked_to_answer_and_to_log(order, veikko, as_user):
    factories.offer(factories.gig(order, at(3)), veikko)
    factories.offer(factories.gig(order, at(-1), status=GigStatus.DONE), veikko, OfferStatus.DONE)
    needs = [need.get_text() for need in as_user(user_of(veikko)).page("/").select(".need strong")]
    assert needs == ["Answer: Dishes", "Write down your hours: Dishes"]


def test_a_worker_sees_confirmed_money_that_is_not_paid(order, veikko, as_user):
    factories.done_gig(order, veikko, at(-3))
    factories.done_gig(order, veikko, at(-10), paid_on=TODAY)
    factories.done_gig(order, veikko, at(-5), status=EntryStatus.LOGGED)
    page = as_user(user_of(veikko)).page("/")
    assert page.select_one(".figure").get_text() == "€30.00"


def test_a_worker_reads_the_limit_in_one_sentence(session, order, veikko, as_user):
    factories.benefit(veikko, BenefitKind.KELA_DISABILITY_PENSION)
    factories.done_gig(order, veikko, at(-3))
    session.commit()
    with unit_of_work():
        earnings.check_workers(SYSTEM, [veikko.id], NOW)
    text = as_user(user_of(veikko)).page("/").get_text()
    assert "You can still work" in text
    assert "an estimate, not a decision" in text


def test_a_worker_sees_nothing_of_others(center, order, veikko, as_user):
    other = factories.worker(center, given_name="Mikko")
    factories.offer(factories.gig(order, at(1)), other, OfferStatus.CONFIRMED)
    factories.done_gig(order, other, at(-3))
    page = as_user(user_of(veikko)).page("/")
    assert "Mikko" not in page.get_text()
    assert page.select_one(".figure").get_text() == "€0.00"


# Orderer


def test_an_orderer_sees_what_waits(center, organisation, orderer, order, veikko, as_user):
    factories.order(center, organisation, status=OrderStatus.TERMS_SENT, title="Packing", ordered_by_id=orderer.id)
    factories.done_gig(order, veikko, at(-1), status=EntryStatus.LOGGED)
    asked = {"author_name": "Kaisa", "from_jobcenter": True, "text": "Which door?", "sent_at": NOW}
    factories.stored(OrderMessage(order_id=order.id, **asked))
    needs = [need.get_text() for need in as_user(orderer).page("/").select(".need strong")]
    assert needs == ["Read and accept the terms: Packing", "The coordinator asks: Dishes", "Confirm the hours: Dishes"]


def test_an_orderer_sees_first_names_only(order, orderer, veikko, as_user):
    factories.offer(factories.gig(order, at(2)), veikko, OfferStatus.CONFIRMED)
    text = as_user(orderer).page("/").get_text()
    assert "Veikko" in text
    assert veikko.family_name not in text


def test_an_orderer_sees_nothing_of_another_organisation(center, order, as_user):
    other = factories.someone(Role.ORDERER, center, given_name="Oona")
    factories.organisation(center, other)
    factories.gig(order, at(2))
    assert "Dishes" not in as_user(other).page("/").get_text()


# Coordinator


def test_a_coordinator_sees_orders_answers_and_open_places(center, organisation, order, veikko, as_user):
    factories.order(center, organisation, status=OrderStatus.NEW, title="Snow")
    gig = factories.gig(order, at(2), slots=3)
    factories.consent(veikko)
    factories.offer(gig, veikko, OfferStatus.ACCEPTED)
    page = as_user(factories.someone(Role.COORDINATOR, center)).page("/")
    needs = [need.get_text() for need in page.select(".need strong")]
    assert needs == [f"{veikko.name} said yes: Dishes", "Snow"]
    assert "2 of 3" in page.select_one("table.rows").get_text()


@pytest.mark.parametrize(
    ("status", "days_ago", "words"),
    [
        (EntryStatus.DISPUTED, 1, "1 disputed time entry"),
        (EntryStatus.LOGGED, 8, "1 time entry that the orderer has not answered"),
        (EntryStatus.LOGGED, 5, None),
        (EntryStatus.CONFIRMED, 8, "1 order with confirmed hours to bill"),
    ],
)
def test_a_coordinator_sees_hours_that_need_them(order, veikko, as_user, status, days_ago, words):
    factories.done_gig(order, veikko, at(-days_ago), status=status)
    center = factories.db.session.get(factories.Jobcenter, order.jobcenter_id)
    needs = [
        n.get_text() for n in as_user(factories.someone(Role.COORDINATOR, center)).page("/").select(".need strong")
    ]
    assert needs == ([words] if words else [])


def test_a_coordinator_sees_who_fell_out_and_why(center, order, veikko, as_user):
    fell_out = {"reason": "Ill", "ended_at": NOW - timedelta(hours=2)}
    factories.offer(factories.gig(order, at(2)), veikko, OfferStatus.CANCELLED, **fell_out)
    need = as_user(factories.someone(Role.COORDINATOR, center)).page("/").select_one(".need-bad").get_text()
    assert f"{veikko.name} is not coming" in need
    assert "Ill" in need


def test_a_coordinator_of_another_jobcenter_sees_nothing(center, organisation, order, veikko, as_user):
    factories.order(center, organisation, status=OrderStatus.NEW, title="Snow")
    factories.offer(factories.gig(order, at(2)), veikko, OfferStatus.ACCEPTED)
    factories.done_gig(order, veikko, at(-3), status=EntryStatus.DISPUTED)
    stranger = factories.someone(Role.COORDINATOR, factories.jobcenter())
    page = as_user(stranger).page("/")
    assert not page.select(".need")
    assert "Dishes" not in page.get_text()


# Those who stand beside


def test_a_support_person_sees_their_peoples_gigs_and_missing_hours(center, order, veikko, as_user):
    sanna = factories.someone(Role.SUPPORT, center, given_name="Sanna")
    factories.support(veikko, sanna)
    factories.offer(factories.gig(order, at(2)), veikko, OfferStatus.CONFIRMED)
    factories.offer(factories.gig(order, at(-1), status=GigStatus.DONE), veikko, OfferStatus.DONE)
    page = as_user(sanna).page("/")
    assert "Tue 24 Nov 2026" in page.get_text()
    assert f"Write down the hours with {veikko.name}" in page.select_one(".need strong").get_text()


def test_a_support_person_whose_time_is_over_sees_nothing(center, order, veikko, as_user):
    sanna = factories.someone(Role.SUPPORT, center, given_name="Sanna")
    factories.support(veikko, sanna, ends_on=TODAY - timedelta(days=1))
    factories.offer(factories.gig(order, at(2)), veikko, OfferStatus.CONFIRMED)
    assert veikko.name not in as_user(sanna).page("/").get_text()


@pytest.mark.parametrize("consents", [True, False])
def test_a_guardian_sees_limits_with_consent_only_and_leaves_a_trace(session, center, veikko, as_user, consents):
    erkki = factories.someone(Role.GUARDIAN, center, given_name="Erkki")
    factories.support(veikko, erkki, SupportKind.GUARDIAN)
    if consents:
        factories.consent(veikko, ConsentPurpose.GUARDIAN_SEES_EARNINGS)
    assert (veikko.name in as_user(erkki).page("/").get_text()) is consents
    reads = session.query(AuditEvent).filter(AuditEvent.actor_id == erkki.id).count()
    assert (reads == 1) is consents


def test_a_unit_manager_sees_the_ready_and_the_week(center, order, veikko, as_user):
    ulla = factories.someone(Role.UNIT_MANAGER, center, given_name="Ulla")
    veikko.unit_id = factories.unit(center, manager_id=ulla.id).id
    factories.stored(ActivityTime(worker_id=veikko.id, weekday=TODAY.weekday(), starts=time(9), ends=time(14)))
    factories.offer(factories.gig(order, at(2)), veikko, OfferStatus.CONFIRMED)
    page = as_user(ulla).page("/")
    assert veikko.name in page.select_one(".card").get_text()
    assert "Dishes" not in page.get_text()
    assert page.select_one("tbody tr td:nth-of-type(2)").get_text() == "1"
    factories.consent(veikko, ConsentPurpose.UNIT_SEES_GIGS)
    assert "Dishes" in as_user(ulla).page("/").get_text()


def test_an_administrator_sees_missing_values_and_terms(center, as_user):
    text = as_user(factories.someone(Role.ADMIN, center)).page("/").get_text()
    assert "Values for 2027" in text
    assert "No order terms yet" in text


def test_money_that_waits_is_told_to_those_who_can_act(session, center, as_user):
    maker, second = (factories.someone(Role.COORDINATOR, center, given_name=name) for name in ("Kaisa", "Toini"))
    anneli = factories.someone(Role.ADMIN, center)
    made = {"jobcenter_id": center.id, "made_by": "Kaisa", "made_at": NOW}
    session.add(PayRun(pay_on=TODAY, status=PayRunStatus.LISTED, made_by_id=maker.id, **made))
    waiting = {"source": PaymentSource.BANK, "status": PaymentStatus.WAITING}
    session.add(Payment(day=TODAY, amount=Decimal(5), over=Decimal(0), **waiting, **made))
    session.commit()
    words = ("1 pay run waits for a second person", "1 payment whose invoice is not known")
    pages = [as_user(person).page("/").get_text() for person in (maker, second, anneli)]
    assert [[each in text for each in words] for text in pages] == [[False, True], [True, True], [True, False]]


# Together


def test_several_roles_show_together_within_the_queries_allowed(center, order, veikko, as_user):
    kaisa = factories.someone(Role.COORDINATOR, center, given_name="Kaisa")
    for role in (Role.ADMIN, Role.SUPPORT):
        factories.grant(kaisa, role, center)
    assert len(as_user(kaisa).page("/").select("h2.part")) == 3


def test_queries_do_not_grow_with_rows(center, order, orderer, veikko, client, query_count):
    kaisa = factories.someone(Role.COORDINATOR, center, given_name="Kaisa")
    sanna = factories.someone(Role.SUPPORT, center, given_name="Sanna")
    factories.support(veikko, sanna)
    people = [kaisa, sanna, orderer, user_of(veikko)]

    def fill(days: range) -> None:
        for day in days:
            factories.offer(factories.gig(order, at(day), slots=2), veikko, OfferStatus.CONFIRMED)
            factories.done_gig(order, veikko, at(-day), status=EntryStatus.LOGGED)

    def counted() -> list[int]:
        found = []
        for person in people:
            client.sign_in_as(person)
            with query_count() as statements:
                client.page("/")
            found.append(len(statements.queries))
        return found

    fill(range(1, 2))
    at_one = counted()
    fill(range(2, 21))
    assert counted() == at_one

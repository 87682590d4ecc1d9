"""Who does not find hours, and what cannot be done to them."""

from datetime import timedelta

import pytest

from jobcenter.auth.domain import LinkPurpose, Role
from jobcenter.auth.service import make_link
from jobcenter.core import clock
from jobcenter.core.errors import AlreadyDone, NotFound
from jobcenter.core.uow import unit_of_work
from jobcenter.orders.gigs.domain import OfferStatus
from jobcenter.orders.hours import service
from jobcenter.workers.domain import ConsentPurpose
from tests import factories
from tests.hours import FORM, SATURDAY_NOON


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


def test_pay_is_seen_by_support_only_with_consent_and_never_by_the_orderer(world, session, as_user):
    entry = world.log()
    pages = ("/hours", f"/hours/{entry.id}")
    support = as_user(world.support_user)
    assert all("30.00" not in support.get(path).text for path in pages)
    assert "Their hours" in support.page("/hours").get_text()
    factories.consent(world.worker, ConsentPurpose.SUPPORT_SEES_EARNINGS)
    session.commit()
    assert all("30.00" in support.get(path).text for path in pages)
    assert all("30.00" in as_user(world.worker_user).get(path).text for path in pages)
    assert "30.00" not in as_user(world.orderer).get(pages[1]).text

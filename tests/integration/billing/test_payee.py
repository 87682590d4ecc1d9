"""A worker's pay details: the personal identity code and payment prohibitions; who reads them, and every refusal."""

from datetime import date

import pytest
from sqlalchemy import select

from jobcenter.auth.domain import Role
from jobcenter.billing.payruns.models import EnforcementOrder, Payee
from jobcenter.core.audit import AuditEvent, Kind
from tests import factories
from tests.factories_billing import IBAN, listed

CODE = "131052-308T"
ORDER = {
    "valid_from": "1.11.2026",
    "valid_to": "",
    "share_percent": "33,33",
    "protected": "400",
    "debt": "",
    "payee": "Ulosottolaitos",
    "iban": "FI37 1590 3000 0007 76",
    "reference": "123 44",
}


def verbs(session, thing_type):
    events = select(AuditEvent.verb).where(AuditEvent.kind == Kind.CHANGE, AuditEvent.thing_type == thing_type)
    return list(session.scalars(events.order_by(AuditEvent.id)))


def test_the_code_is_kept_and_shown_and_logged_masked(world, session, as_user):
    client, path = as_user(world.coordinator_user), f"/pay/workers/{world.worker.id}"
    assert "The code is missing" in client.page(path).text
    for _each in range(2):
        assert client.post(f"{path}/personal-id", data={"personal_id": CODE.lower()}).status_code == 302
    assert session.scalars(select(Payee.personal_id)).all() == [CODE]
    page = client.page(path).text
    assert "131052-****" in page and CODE not in page
    event = session.scalars(select(AuditEvent).where(AuditEvent.verb == "payee.tell_personal_id")).one()
    assert event.after == {"personal_id": "131052-****"}
    reads = session.scalars(select(AuditEvent).where(AuditEvent.kind == Kind.READ)).all()
    assert reads and all(read.after == {"fields": ["enforcement", "personal_id"]} for read in reads)


def test_a_prohibition_is_kept_and_ended(world, session, as_user):
    client, path = as_user(world.coordinator_user), f"/pay/workers/{world.worker.id}"
    assert client.post(f"{path}/orders/new", data=ORDER).status_code == 302
    order = session.scalars(select(EnforcementOrder)).one()
    assert (order.iban, order.reference, order.debt, order.told_by) == (
        "FI3715903000000776",
        "12344",
        None,
        world.coordinator_user.name,
    )
    assert "Ulosottolaitos" in client.page(path).text
    end = f"/pay/orders/{order.id}/end"
    assert client.post(end, data={"valid_to": "31.10.2026"}).status_code == 422
    for _each in range(2):
        assert client.post(end, data={"valid_to": "20.11.2026"}).status_code == 302
    assert "Ended" in client.page(path).text
    assert verbs(session, "enforcement_order") == ["enforcement.add", "enforcement.end"]


@pytest.mark.parametrize(
    "wrong", [{"iban": "FI3715903000000777"}, {"reference": "12345"}, {"valid_to": "1.1.2026"}, {"share_percent": "0"}]
)
def test_a_prohibition_that_cannot_be_paid_on_is_refused(world, session, as_user, wrong):
    path = f"/pay/workers/{world.worker.id}/orders/new"
    assert as_user(world.coordinator_user).post(path, data=ORDER | wrong).status_code == 422
    assert not session.scalars(select(EnforcementOrder)).all()


def test_a_code_whose_check_mark_is_wrong_is_refused(world, session, as_user):
    path = f"/pay/workers/{world.worker.id}/personal-id"
    assert as_user(world.coordinator_user).post(path, data={"personal_id": "131052-308U"}).status_code == 422
    assert not session.scalars(select(Payee)).all()


def test_others_find_nothing(world, session, as_user):
    stranger = factories.someone(Role.COORDINATOR, factories.jobcenter(), given_name="Vieras")
    session.commit()
    path = f"/pay/workers/{world.worker.id}"
    assert as_user(stranger).get(path).status_code == 404
    assert as_user(stranger).post(f"{path}/orders/new", data=ORDER).status_code == 404
    assert as_user(world.worker_user).get(path).status_code == 403


def test_what_goes_to_the_bailiff_is_told_before_the_list_is_made(world, session, as_user):
    client = as_user(world.coordinator_user)
    half = ORDER | {"share_percent": "50", "protected": "0"}
    assert client.post(f"/pay/workers/{world.worker.id}/orders/new", data=half).status_code == 302
    world.hours(date(2026, 11, 20), 6)
    world.worker.iban = IBAN
    session.commit()
    own = as_user(world.worker_user).page("/my-pay").get_text(" ", strip=True)
    assert "Paid on for your debts €12.00 To your account €12.00" in own
    client = as_user(world.coordinator_user)
    preview = client.page(f"/pay-runs/new/{world.jobcenter.id}").get_text(" ", strip=True)
    assert "Paid on for debts: €12.00" in preview and "To the accounts €12.00" in preview
    listed(world)
    assert "€12.00" in client.page("/pay-runs").get_text()

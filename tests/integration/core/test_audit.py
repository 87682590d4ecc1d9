"""The audit log: written with the change, chained, append-only; reads too."""

from __future__ import annotations

from datetime import time, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from jobcenter.auth.domain import SYSTEM, Actor
from jobcenter.core import audit, clock
from jobcenter.core.uow import unit_of_work
from tests import factories
from tests.threads import in_threads

AKE = Actor(7, "Åke 😀 Öhman")


def _record(times: int = 1, **scope: int) -> None:
    with unit_of_work():
        for number in range(times):
            facts = {"price": Decimal("14.50"), "day": factories.TODAY, "at": time(9), "people": 3, "tags": {"b", "a"}}
            audit.record(AKE, "order.price", "order", number, before={"price": None}, after=facts, **scope)


def test_an_event_keeps_who_what_and_on_whose_behalf(app: Flask, session: Session) -> None:
    with clock.frozen(factories.NOW):
        _record(jobcenter_id=3, on_behalf_of=9)
    (event,) = audit.events(audit.Search())
    assert (event.actor_id, event.actor_name, event.on_behalf_of, event.jobcenter_id) == (7, "Åke 😀 Öhman", 9, 3)
    assert (event.verb, event.thing_type, event.thing_id, event.at) == ("order.price", "order", "0", factories.NOW)
    assert event.before == {"price": None}
    expected = {"price": "14.50", "day": "2026-11-22", "at": "09:00:00", "people": 3, "tags": ["a", "b"]}
    assert event.after == expected


def test_outside_a_unit_of_work_nothing_may_change(app: Flask, session: Session) -> None:
    with pytest.raises(RuntimeError, match="outside"):
        audit.record(SYSTEM, "order.price", "order", 1)


def test_the_chain_is_whole_and_shows_every_tampering(app: Flask, session: Session) -> None:
    _record(times=4)
    assert audit.verify_chain() == audit.ChainReport(checked=4, broken=())
    ids = sorted(event.id for event in audit.events(audit.Search()))
    with pytest.raises(Exception, match="append-only"):
        session.execute(text("UPDATE audit_event SET verb = 'x' WHERE id = :id"), {"id": ids[1]})
    session.rollback()
    with pytest.raises(Exception, match="append-only"):
        session.execute(text("DELETE FROM audit_event WHERE id = :id"), {"id": ids[2]})
    session.rollback()
    _unguarded(session, "UPDATE audit_event SET actor_name = 'x' WHERE id = :id", ids[1])
    assert audit.verify_chain().broken == (ids[1],)
    _unguarded(session, "DELETE FROM audit_event WHERE id = :id", ids[2])
    assert audit.verify_chain().broken == (ids[1], ids[3])


def test_the_model_refuses_to_change_or_go(app: Flask, session: Session) -> None:
    _record()
    (event,) = audit.events(audit.Search())
    event.verb = "other"
    with pytest.raises(RuntimeError, match="cannot be changed"):
        session.flush()
    session.rollback()
    session.delete(audit.events(audit.Search())[0])
    with pytest.raises(RuntimeError, match="cannot be changed"):
        session.flush()


def test_the_chain_holds_under_concurrent_writers(app: Flask, session: Session) -> None:
    in_threads(app, [lambda: [_record(times=3) for _round in range(5)]] * 4)
    assert audit.verify_chain() == audit.ChainReport(checked=60, broken=())


def test_reads_are_noted_once_and_written_later(app: Flask, session: Session) -> None:
    for _time in range(2):
        audit.note_read(AKE, "worker", 4, ["held_benefits"], jobcenter_id=2)
    assert audit.has_reads() and not audit.events(audit.Search())
    with unit_of_work():
        pass
    (event,) = audit.events(audit.Search(kind=audit.Kind.READ))
    assert (event.thing_id, event.after, event.jobcenter_id) == ("4", {"fields": ["held_benefits"]}, 2)
    assert not audit.has_reads() and audit.verify_chain().whole


def test_the_log_can_be_searched(app: Flask, session: Session) -> None:
    with clock.frozen(factories.NOW):
        _record(times=3, jobcenter_id=1)
    with clock.frozen(factories.NOW + timedelta(days=1)):
        _record(jobcenter_id=2)

    def found(**search: object) -> int:
        return len(audit.events(audit.Search(**search)))

    assert found() == 4 and len(audit.events(audit.Search(), limit=2)) == 2
    assert found(jobcenter_ids=frozenset({1})) == 3 and found(jobcenter_ids=frozenset()) == 0
    assert found(thing_type="order", thing_id="0") == 2 and found(actor_id=8) == 0
    assert found(since=factories.NOW + timedelta(hours=1)) == 1 and found(until=factories.NOW) == 0
    newest = audit.events(audit.Search())[0]
    assert found(before_id=newest.id) == 3


def _unguarded(session: Session, statement: str, event_id: int) -> None:
    """Tamper as somebody with the keys of the database could: without the guarding triggers."""
    is_postgres = session.get_bind().dialect.name == "postgresql"
    names = ("audit_event_append_only",) if is_postgres else ("audit_event_no_update", "audit_event_no_delete")
    for name in names:
        session.execute(text(f"DROP TRIGGER IF EXISTS {name}{' ON audit_event' if is_postgres else ''}"))
    session.execute(text(statement), {"id": event_id})
    session.commit()

"""The unit of work: all or nothing, refusals by constraint, and the queue of writers."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter.auth.domain import SYSTEM
from jobcenter.auth.models import Jobcenter, User
from jobcenter.auth.service import EmailTaken
from jobcenter.core import audit
from jobcenter.core.db import db
from jobcenter.core.errors import DomainError
from jobcenter.core.uow import ChangedMeanwhile, flush, in_unit_of_work, register_clash, unit_of_work
from tests import factories
from tests.threads import in_threads


def _count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


def test_leaving_it_commits(app: Flask, session: Session) -> None:
    with unit_of_work():
        factories.user()
        assert in_unit_of_work()
    session.rollback()
    assert _count(User) == 1 and not in_unit_of_work()


def test_an_exception_undoes_everything(app: Flask, session: Session) -> None:
    with pytest.raises(KeyError), unit_of_work():
        factories.user()
        audit.record(SYSTEM, "user.create", "user", 1)
        raise KeyError
    assert _count(User) == 0 and audit.verify_chain().checked == 0


def test_an_inner_one_joins_the_outer(app: Flask, session: Session) -> None:
    with pytest.raises(KeyError), unit_of_work():
        with unit_of_work():
            factories.user()
        assert in_unit_of_work()
        raise KeyError
    assert _count(User) == 0


def test_changes_before_it_are_refused(app: Flask, session: Session) -> None:
    factories.user()
    with pytest.raises(RuntimeError, match="before the unit of work"), unit_of_work():
        pass


def test_it_reads_what_others_committed(app: Flask, session: Session) -> None:
    user = factories.user()
    session.commit()
    assert user.given_name == "Aino"
    user_id = user.id
    in_threads(app, [lambda: _rename(user_id)])
    with unit_of_work():
        assert user.given_name == "Eeva"


def test_a_clash_becomes_the_refusal_registered_for_it(app: Flask, session: Session) -> None:
    factories.user(email="a@example.fi")
    session.commit()
    with pytest.raises(EmailTaken), unit_of_work():
        db.session.add(_user("a@example.fi"))
        flush()
    with pytest.raises(EmailTaken), unit_of_work():
        db.session.add(_user("a@example.fi"))


def test_check_constraints_have_names_on_both(app: Flask, session: Session) -> None:
    register_clash("ck_jobcenter_kind", lambda: DomainError("no_such_kind"))
    center = factories.jobcenter()
    session.commit()
    with pytest.raises(DomainError) as refusal, unit_of_work():
        statement = Jobcenter.__table__.update().values(kind=db.text("'other'")).where(Jobcenter.id == center.id)
        db.session.execute(statement)
    assert refusal.value.code == "no_such_kind"


def test_an_unregistered_clash_stays_a_fault(app: Flask, session: Session) -> None:
    factories.jobcenter(slug="same")
    session.commit()
    with pytest.raises(IntegrityError), unit_of_work():
        factories.jobcenter(slug="same")


def test_of_works_that_hold_each_other_up_one_is_refused_and_the_other_done(app: Flask, session: Session) -> None:
    """PostgreSQL ends one of them; SQLite lets nobody begin before the other has ended."""
    ids = [factories.user().id, factories.user().id]
    session.commit()
    meeting, ended = Barrier(2), Counter[str]()

    def lock(order: list[int]) -> None:
        try:
            with unit_of_work():
                db.session.get(User, order[0], with_for_update=True)
                with suppress(BrokenBarrierError):
                    meeting.wait(1)
                db.session.get(User, order[1], with_for_update=True)
            ended["done"] += 1
        except ChangedMeanwhile:
            ended["refused"] += 1

    in_threads(app, [lambda: lock(ids), lambda: lock(ids[::-1])])
    assert ended["done"] >= 1 and ended.total() == 2


def test_many_writers_wait_for_each_other(app: Flask, session: Session) -> None:
    user_id = factories.user(phone="0").id
    session.commit()

    def count_up() -> None:
        for _round in range(5):
            with unit_of_work():
                user = db.session.scalars(select(User).where(User.id == user_id).with_for_update()).one()
                user.phone = str(int(user.phone) + 1)

    in_threads(app, [count_up] * 4)
    session.rollback()
    assert session.get_one(User, user_id).phone == "20"


def _rename(user_id: int) -> None:
    with unit_of_work():
        db.session.get_one(User, user_id).given_name = "Eeva"


def _user(email: str) -> User:
    facts = {"phone": "", "language": "fi", "session_epoch": 0, "active": True, "created_at": factories.NOW}
    return User(email=email, given_name="B", family_name="B", **facts)

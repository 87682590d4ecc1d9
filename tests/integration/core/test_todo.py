"""To-dos: one open per kind and key, nothing lost, nothing done twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from jobcenter.core import clock, todo
from jobcenter.core.uow import unit_of_work
from tests import factories
from tests.threads import in_threads

NOW = factories.NOW


@pytest.fixture(autouse=True)
def _at_nine():
    with clock.frozen(NOW):
        yield


def test_leaving_it_again_renews_the_open_one(app: Flask, session: Session) -> None:
    with unit_of_work():
        todo.leave("income_changed", 5, {"day": "a"})
        todo.leave("income_changed", 5, {"day": "b"})
        todo.leave("income_changed", 6)
        todo.leave("benefits_changed", 5)
    with unit_of_work():
        tasks = todo.take("income_changed", NOW)
    assert [(task.key, task.payload) for task in tasks] == [("5", {"day": "b"}), ("6", {})]


def test_a_done_one_makes_room_for_the_next(app: Flask, session: Session) -> None:
    for _round in range(2):
        with unit_of_work():
            todo.leave("income_changed", 5)
        with unit_of_work():
            (task,) = todo.take("income_changed", NOW)
            todo.done(task, NOW)
    assert todo.open_count("income_changed") == 0


def test_what_is_undone_stays(app: Flask, session: Session) -> None:
    with unit_of_work():
        todo.leave("income_changed", 5)
    with pytest.raises(KeyError), unit_of_work():
        (task,) = todo.take("income_changed", NOW)
        todo.done(task, NOW)
        raise KeyError
    assert todo.open_count("income_changed") == 1


def test_a_failed_one_waits_longer_each_time(app: Flask, session: Session) -> None:
    with unit_of_work():
        todo.leave("income_changed", 5)
    now = NOW
    for minutes in (1, 2, 4):
        with unit_of_work():
            (task,) = todo.take("income_changed", now)
            todo.put_off(task, now)
        with unit_of_work():
            assert not todo.take("income_changed", now + timedelta(minutes=minutes, seconds=-1))
        now += timedelta(minutes=minutes)
    with unit_of_work():
        assert todo.take("income_changed", now)[0].attempts == 3


def test_two_processes_never_do_the_same(app: Flask, session: Session) -> None:
    with unit_of_work():
        for key in range(40):
            todo.leave("income_changed", key)
    done: list[str] = []

    def work() -> None:
        for _round in range(15):
            with clock.frozen(NOW), unit_of_work():
                for task in todo.take("income_changed", NOW, limit=3):
                    todo.done(task, NOW)
                    done.append(task.key)

    in_threads(app, [work] * 3)
    assert sorted(done, key=int) == [str(key) for key in range(40)]

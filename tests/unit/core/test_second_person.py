"""Who decides what another has asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from jobcenter.core import second_person
from jobcenter.core.errors import AlreadyDone, NotPossible
from jobcenter.core.second_person import AskAction, AskStatus, OwnAsk, check_who

ASKER, OTHER = 1, 2
WHO = [
    (AskAction.APPROVE, OTHER, None),
    (AskAction.REFUSE, OTHER, None),
    (AskAction.TAKE_BACK, ASKER, None),
    (AskAction.APPROVE, ASKER, "ask_own"),
    (AskAction.REFUSE, ASKER, "ask_own"),
    (AskAction.APPROVE, None, "ask_own"),
    (AskAction.TAKE_BACK, OTHER, "ask_of_another"),
    (AskAction.TAKE_BACK, None, "ask_of_another"),
]


@pytest.mark.parametrize(("action", "actor", "code"), WHO)
def test_nobody_decides_their_own(action, actor, code):
    if code is None:
        check_who(action, asked_by_id=ASKER, actor_id=actor)
        return
    with pytest.raises(OwnAsk, match=code):
        check_who(action, asked_by_id=ASKER, actor_id=actor)


@dataclass(frozen=True)
class Somebody:
    name: str
    user_id: int | None


class Wish:
    """Something asked for, as a row of a table would be."""

    def __init__(self, **columns):
        self.decided_by, self.decided_by_id, self.decided_at = "", None, None
        self.__dict__.update(columns)


AISA, TOINI = Somebody("Aisa", ASKER), Somebody("Toini", OTHER)
ASKED_AT, DECIDED_AT = datetime(2026, 11, 20, 9, tzinfo=UTC), datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("action", "person", "after"),
    [
        (AskAction.APPROVE, TOINI, AskStatus.APPROVED),
        (AskAction.REFUSE, TOINI, AskStatus.REFUSED),
        (AskAction.TAKE_BACK, AISA, AskStatus.TAKEN_BACK),
    ],
)
def test_a_decision_keeps_who_and_when_and_is_made_once(action, person, after):
    wish = Wish(**second_person.asked_by(AISA, ASKED_AT))
    second_person.decide(wish, action, person, DECIDED_AT)
    decided = (wish.status, wish.decided_by, wish.decided_by_id, wish.decided_at)
    assert decided == (after, person.name, person.user_id, DECIDED_AT)
    with pytest.raises(AlreadyDone):
        second_person.decide(wish, action, person, DECIDED_AT)


@pytest.mark.parametrize(("status", "error"), [(AskStatus.OPEN, OwnAsk), (AskStatus.REFUSED, NotPossible)])
def test_what_is_refused_changes_nothing(status, error):
    wish = Wish(**second_person.asked_by(AISA, ASKED_AT) | {"status": status})
    with pytest.raises(error):
        second_person.decide(wish, AskAction.APPROVE, AISA, DECIDED_AT)
    assert (wish.status, wish.decided_by, wish.decided_by_id, wish.decided_at) == (status, "", None, None)

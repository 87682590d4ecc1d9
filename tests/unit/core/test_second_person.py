"""Who decides what another has asked for."""

from __future__ import annotations

import pytest

from jobcenter.core.second_person import AskAction, OwnAsk, check_who

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

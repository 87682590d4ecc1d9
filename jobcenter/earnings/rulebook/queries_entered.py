"""All that administrators have entered beside the program's own data, read at once: values of law and numbers."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import and_, event, literal, select, union_all
from sqlalchemy.orm import Session

from jobcenter.core.db import db
from jobcenter.earnings.rulebook.domain import AdditionState
from jobcenter.earnings.rulebook.models import LawAddition, LawContact

_CACHE = "law_entered"
_STANDING = (AdditionState.PROPOSED, AdditionState.APPROVED)


class Entered(NamedTuple):
    """The values that wait or are in force, and all telephone numbers, each in the order in which they came."""

    additions: tuple[LawAddition, ...]
    contacts: tuple[LawContact, ...]


def entered() -> Entered:
    """One small query per transaction, however often it is asked: most pages that need the one need the other."""
    kept = db.session().info
    if _CACHE not in kept:
        kept[_CACHE] = _read()
    return kept[_CACHE]


def _read() -> Entered:
    """Two tables, one after the other: each row is of the one or of the other, or of neither."""
    table = union_all(select(literal(0).label("which")), select(literal(1))).subquery().c
    query = (
        select(LawAddition, LawContact)
        .select_from(table.which.table)
        .outerjoin(LawAddition, and_(table.which == 0, LawAddition.state.in_(_STANDING)))
        .outerjoin(LawContact, table.which == 1)
    )
    rows = db.session.execute(query.order_by(LawAddition.id, LawContact.id)).all()
    additions, contacts = ([row[place] for row in rows if row[place] is not None] for place in (0, 1))
    return Entered(tuple(additions), tuple(contacts))


def forget() -> None:
    """Read it anew when next asked, because something was just entered."""
    db.session().info.pop(_CACHE, None)


@event.listens_for(db.session, "after_commit")
@event.listens_for(db.session, "after_rollback")
def _forget_with_transaction(session: Session, *_context: Any) -> None:
    session.info.pop(_CACHE, None)

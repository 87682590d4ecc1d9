"""Whom to call about a rule: the program's numbers and those that administrators have entered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from jobcenter.benefits import Contact, ContactPoint, PhoneNumber, ValueStatus, law
from jobcenter.benefits.contacts import number_on
from jobcenter.core.db import db
from jobcenter.earnings.rulebook.models import LawContact

_CACHE = "law_contacts"


def contact_for(rule: str, on: date) -> Contact | None:
    """Whom to call about a rule on a day; None where no number is known."""
    return next((contact for contact in contacts(on) if rule in contact.point.rules), None)


def contacts(on: date) -> list[Contact]:
    """The contact points with a number on a day, in the order of the data; one query per transaction."""
    points = [(point, number_on((*point.numbers, *_entered(point.id)), on)) for point in law().contacts]
    return [Contact(point, number) for point, number in points if number is not None]


def point_of(id: str) -> ContactPoint | None:
    """The contact point of this id."""
    return next((point for point in law().contacts if point.id == id), None)


def entered_by_key(form_key: str) -> LawContact | None:
    """The number that a form sent before, if it did."""
    return db.session.scalar(select(LawContact).where(LawContact.form_key == form_key))


def _entered(point: str) -> Iterator[PhoneNumber]:
    kept = db.session().info
    if _CACHE not in kept:
        kept[_CACHE] = list(db.session.scalars(select(LawContact).order_by(LawContact.id)))
    for row in kept[_CACHE]:
        if row.point == point:
            yield PhoneNumber(row.first_day, row.phone, ValueStatus.SINGLE_SOURCE, row.source, row.checked_on)


def forget() -> None:
    """Read the numbers anew when next asked, because one was just entered."""
    db.session().info.pop(_CACHE, None)


@event.listens_for(db.session, "after_commit")
@event.listens_for(db.session, "after_rollback")
def _forget_with_transaction(session: Session, *_context: Any) -> None:
    session.info.pop(_CACHE, None)

"""Whom to call about a rule: the program's numbers and those that administrators have entered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from jobcenter.benefits import Contact, ContactPoint, PhoneNumber, ValueStatus, law
from jobcenter.benefits.contacts import number_on
from jobcenter.core.db import db
from jobcenter.earnings.rulebook.models import LawContact
from jobcenter.earnings.rulebook.queries_entered import entered


def contact_for(rule: str, on: date) -> Contact | None:
    """Whom to call about a rule on a day; None where no number is known."""
    return next((contact for contact in contacts(on) if rule in contact.point.rules), None)


def contacts(on: date) -> list[Contact]:
    """The contact points with a number on a day, in the order of the data."""
    points = [(point, number_on((*point.numbers, *_entered(point.id)), on)) for point in law().contacts]
    return [Contact(point, number) for point, number in points if number is not None]


def point_of(id: str) -> ContactPoint | None:
    """The contact point of this id."""
    return next((point for point in law().contacts if point.id == id), None)


def entered_by_key(form_key: str) -> LawContact | None:
    """The number that a form sent before, if it did."""
    return db.session.scalar(select(LawContact).where(LawContact.form_key == form_key))


def _entered(point: str) -> Iterator[PhoneNumber]:
    for row in entered().contacts:
        if row.point == point:
            yield PhoneNumber(row.first_day, row.phone, ValueStatus.SINGLE_SOURCE, row.source, row.checked_on)

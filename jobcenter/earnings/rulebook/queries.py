"""Added values of law: those in force, those that wait, and all of one parameter."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from jobcenter.auth.domain import Actor, Role
from jobcenter.auth.models import RoleGrant, User
from jobcenter.benefits import Addition, DatedValue, Law, Parameter, law
from jobcenter.benefits.register import MEASURED_BY
from jobcenter.core.db import db
from jobcenter.core.errors import or_not_found
from jobcenter.earnings.rulebook import queries_entered
from jobcenter.earnings.rulebook.domain import AdditionState, plain, taken
from jobcenter.earnings.rulebook.models import LawAddition
from jobcenter.earnings.rulebook.queries_entered import entered

_CACHE = "law_in_force"


def current_law() -> Law:
    """The law in force: what the program ships with the approved additions, as one set under one version name.

    One small query per transaction, however often it is asked. The merged law is kept by what it is made of, so no
    process ever answers with another's, an older or another database's.
    """
    kept = db.session().info
    if _CACHE not in kept:
        kept[_CACHE] = _merged(law().version, approved_additions())
    return kept[_CACHE]


def missing_values(year: int) -> list[Parameter]:
    """What the law in force lacks for a year: first the limits that earnings are held against, then the rest."""
    measures = set(MEASURED_BY.values())
    return sorted(current_law().missing_for(year), key=lambda parameter: parameter.id not in measures)


def approved_additions() -> tuple[Addition, ...]:
    """The additions in force, in the order of their decision."""
    approved = [row for row in entered().additions if row.state is AdditionState.APPROVED]
    in_order = sorted(approved, key=lambda row: (row.decided_at, row.id))
    return tuple(as_addition(row) for row in in_order if row.parameter in law().parameters)


def waiting_additions() -> list[LawAddition]:
    """The values that wait for a second administrator, the oldest first."""
    return [row for row in entered().additions if row.state is AdditionState.PROPOSED]


def as_addition(row: LawAddition) -> Addition:
    """A stored value of a parameter that the program knows, as the law takes it."""
    value = plain(row.value, law().parameter(row.parameter).unit)
    dated = DatedValue(row.first_day, row.last_day, value, row.applies, row.status, row.source, row.checked_on)
    return Addition(row.parameter, dated)


@lru_cache(maxsize=8)
def _merged(_shipped: str, additions: tuple[Addition, ...]) -> Law:
    return law().with_values(taken(law(), additions))


def forget() -> None:
    """Read the law anew when next asked, because it was just changed."""
    queries_entered.forget()
    _forget_with_transaction(db.session())


@event.listens_for(db.session, "after_commit")
@event.listens_for(db.session, "after_rollback")
def _forget_with_transaction(session: Session, *_context: Any) -> None:
    session.info.pop(_CACHE, None)


# The administrators' lists


def proposal_for(actor: Actor, addition_id: int) -> LawAddition:
    """An added value, for an administrator of any Jobcenter: the law is the same for all. Raises NotFound."""
    query = select(LawAddition).where(LawAddition.id == addition_id)
    return or_not_found(db.session.scalar(query) if actor.has(Role.ADMIN) else None)


def additions_of(parameter: str, *, lock: bool = False) -> list[LawAddition]:
    """Every added value of a parameter, whatever became of it, the newest first; locked, as they are now."""
    query = select(LawAddition).where(LawAddition.parameter == parameter).order_by(LawAddition.id.desc())
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return list(db.session.scalars(query))


def addition_by_key(form_key: str) -> LawAddition | None:
    """The value that a form sent before, if it did."""
    return db.session.scalar(select(LawAddition).where(LawAddition.form_key == form_key))


def administrators() -> list[User]:
    """Every active administrator of the installation, once."""
    grants = select(RoleGrant.user_id).where(RoleGrant.role == Role.ADMIN)
    return list(db.session.scalars(select(User).where(User.id.in_(grants), User.active).order_by(User.id)))


def number_of_administrators() -> int:
    """How many there are: with one alone, nothing can be confirmed."""
    query = select(func.count(func.distinct(RoleGrant.user_id))).join(User, User.id == RoleGrant.user_id)
    return db.session.scalar(query.where(RoleGrant.role == Role.ADMIN, User.active)) or 0

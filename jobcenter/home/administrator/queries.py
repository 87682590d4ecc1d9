"""What an administrator needs to know first: values missing for next year, terms, users, how the jobs ran."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ScalarSelect, func, select

from jobcenter.auth.domain import Actor, Role
from jobcenter.auth.models import Jobcenter, RoleGrant, User
from jobcenter.billing.payments.queries_write_offs import asked_of as write_offs_asked
from jobcenter.billing.settings.queries import asked_of as no_approval_asked
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.core.runs import JobRun, last_runs
from jobcenter.earnings.rulebook.domain import looked_at, missing_half_years
from jobcenter.earnings.rulebook.queries import current_law, missing_values, waiting_additions
from jobcenter.home.money import pay_lists_asked
from jobcenter.notifications.queries import given_up_count
from jobcenter.orders.intake.models import TermsVersion
from jobcenter.orders.intake.queries_prices import asked_of as prices_asked


@dataclass(frozen=True)
class TermsLine:
    """The newest version of a Jobcenter's order terms; `number` None when there is none."""

    jobcenter_id: int
    jobcenter: str
    number: int | None
    valid_from: date | None


@dataclass(frozen=True)
class AdministratorPage:
    """The facts of an administrator's first page.

    `missing`: the descriptions of values of law that the year looked at lacks, from November on the next one.
    `half_years`: those of half-yearly figures, each with the first and last day of a half-year that lacks its value.
    `waiting`: how many values wait for a second administrator; `to_decide`: of these, what others proposed; `prices`,
    `write_offs` and `pay_lists`: how much of what others have asked for; `no_approval`: a Jobcenter of which another
    asks to give the approval of invoices up.
    `mails`: how many mails to the Jobcenters' people never went out lately.
    """

    year: int
    missing: tuple[str, ...]
    half_years: tuple[tuple[str, date, date], ...]
    waiting: int
    to_decide: int
    prices: int
    write_offs: int
    pay_lists: int
    no_approval: int | None
    terms: tuple[TermsLine, ...]
    users: int
    mails: int
    runs: tuple[JobRun, ...]


def page_for(actor: Actor, now: datetime) -> AdministratorPage:
    """The first page of the actor as an administrator."""
    today = clock.day_of(now)
    year = looked_at(today)
    terms, counts = _terms_and_counts(actor, now)
    waiting = waiting_additions()
    return AdministratorPage(
        year=year,
        missing=tuple(parameter.description for parameter in missing_values(year)),
        half_years=tuple((one.description, *days) for one, *days in missing_half_years(current_law(), today)),
        waiting=len(waiting),
        to_decide=sum(value.proposed_by_id != actor.user_id for value in waiting),
        terms=terms,
        runs=tuple(last_runs()),
        **counts,
    )


def _terms_and_counts(actor: Actor, now: datetime) -> tuple[tuple[TermsLine, ...], dict[str, Any]]:
    """The terms of each Jobcenter, and the page's counts by name: in one query."""
    mine = actor.jobcenters(Role.ADMIN)
    counts = {
        "users": _users(mine),
        "mails": given_up_count(mine, now),
        "prices": prices_asked(actor),
        "write_offs": write_offs_asked(actor),
        "pay_lists": pay_lists_asked(actor),
        "no_approval": no_approval_asked(actor),
    }
    newest = (
        select(TermsVersion.jobcenter_id, func.max(TermsVersion.number).label("number"))
        .group_by(TermsVersion.jobcenter_id)
        .subquery()
    )
    query = (
        select(Jobcenter.id, Jobcenter.name, TermsVersion.number, TermsVersion.valid_from, *counts.values())
        .outerjoin(newest, newest.c.jobcenter_id == Jobcenter.id)
        .outerjoin(
            TermsVersion,
            (TermsVersion.jobcenter_id == Jobcenter.id) & (TermsVersion.number == newest.c.number),
        )
        .where(Jobcenter.id.in_(mine))
    )
    rows = db.session.execute(query.order_by(Jobcenter.name)).all()
    terms = tuple(TermsLine(*row[: -len(counts)]) for row in rows)
    return terms, dict(zip(counts, rows[0][-len(counts) :], strict=True))


def _users(mine: frozenset[int]) -> ScalarSelect[int]:
    query = select(func.count(func.distinct(User.id))).join(RoleGrant, RoleGrant.user_id == User.id)
    return query.where(RoleGrant.jobcenter_id.in_(mine), User.active).scalar_subquery()

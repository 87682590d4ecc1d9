"""What an administrator needs to know first: values missing for next year, terms, users, how the jobs ran."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ScalarSelect, func, select

from jobcenter.auth.domain import Actor, Role
from jobcenter.auth.models import Jobcenter, RoleGrant, User
from jobcenter.billing.payments.queries_write_offs import asked_of as write_offs_asked
from jobcenter.billing.settings.queries import asked_of as no_approval_asked
from jobcenter.core.db import db
from jobcenter.core.runs import JobRun
from jobcenter.earnings.rulebook.domain import looked_at, missing_half_years
from jobcenter.earnings.rulebook.queries import current_law, missing_values, waiting_additions
from jobcenter.home.money import pay_lists_asked
from jobcenter.orders.intake.models import TermsVersion
from jobcenter.orders.intake.queries_prices import asked_of as prices_asked


@dataclass(frozen=True)
class JobLine:
    """A job's newest run."""

    name: str
    started_at: datetime
    ended: bool
    done: int
    failed: int
    remark: str


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
    `waiting`: how many values wait for a second administrator; `prices`, `write_offs` and `pay_lists`: how much of what
    others have asked for; `no_approval`: a Jobcenter of which another asks to give the approval of invoices up.
    """

    year: int
    missing: tuple[str, ...]
    half_years: tuple[tuple[str, date, date], ...]
    waiting: int
    prices: int
    write_offs: int
    pay_lists: int
    no_approval: int | None
    terms: tuple[TermsLine, ...]
    users: int
    jobs: tuple[JobLine, ...]


def page_for(actor: Actor, today: date) -> AdministratorPage:
    """The first page of the actor as an administrator."""
    year = looked_at(today)
    terms, (users, prices, write_offs, pay_lists, no_approval) = _terms_and_counts(actor)
    return AdministratorPage(
        year=year,
        missing=tuple(parameter.description for parameter in missing_values(year)),
        half_years=tuple((one.description, *days) for one, *days in missing_half_years(current_law(), today)),
        waiting=len(waiting_additions()),
        prices=prices,
        write_offs=write_offs,
        pay_lists=pay_lists,
        no_approval=no_approval,
        terms=terms,
        users=users,
        jobs=_jobs(),
    )


def _terms_and_counts(actor: Actor) -> tuple[tuple[TermsLine, ...], tuple[int, int, int, int, int | None]]:
    """The terms of each Jobcenter, how many users have a role at any of them, what others ask for: in one query."""
    mine = actor.jobcenters(Role.ADMIN)
    asked = (prices_asked, write_offs_asked, pay_lists_asked, no_approval_asked)
    counts = _users(mine), *(of(actor) for of in asked)
    newest = (
        select(TermsVersion.jobcenter_id, func.max(TermsVersion.number).label("number"))
        .group_by(TermsVersion.jobcenter_id)
        .subquery()
    )
    query = (
        select(Jobcenter.id, Jobcenter.name, TermsVersion.number, TermsVersion.valid_from, *counts)
        .outerjoin(newest, newest.c.jobcenter_id == Jobcenter.id)
        .outerjoin(
            TermsVersion,
            (TermsVersion.jobcenter_id == Jobcenter.id) & (TermsVersion.number == newest.c.number),
        )
        .where(Jobcenter.id.in_(mine))
    )
    rows = db.session.execute(query.order_by(Jobcenter.name)).all()
    return tuple(TermsLine(*row[:-5]) for row in rows), tuple(rows[0][-5:]) if rows else (0, 0, 0, 0, None)


def _users(mine: frozenset[int]) -> ScalarSelect[int]:
    query = select(func.count(func.distinct(User.id))).join(RoleGrant, RoleGrant.user_id == User.id)
    return query.where(RoleGrant.jobcenter_id.in_(mine), User.active).scalar_subquery()


def _jobs() -> tuple[JobLine, ...]:
    newest = select(func.max(JobRun.id)).group_by(JobRun.job)
    runs = db.session.scalars(select(JobRun).where(JobRun.id.in_(newest)).order_by(JobRun.job))
    return tuple(
        JobLine(
            name=run.job,
            started_at=run.started_at,
            ended=run.ended_at is not None,
            done=run.done,
            failed=run.failed,
            remark=run.remark,
        )
        for run in runs
    )

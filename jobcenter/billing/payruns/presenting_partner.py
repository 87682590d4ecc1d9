"""What the partner, as the employer, is told beside its list of pay: from where on wages bring insurance duties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from jobcenter.benefits import Law, ValueStatus
from jobcenter.benefits.employer import EmployerDuty, EmployerNotice, Wage, notices
from jobcenter.billing.payruns.domain import Listed, Payer
from jobcenter.billing.payruns.messages import DUTIES, REACHED, UNDER_THRESHOLD
from jobcenter.core import texts

NOT_KNOWN, REACHED_KIND, UNDER_KIND = "warn", "warn", "info"


@dataclass(frozen=True)
class PartnerNotice:
    """One notice: its kind (info|warn) and its words."""

    kind: str
    text: str


def wages_listed(listed: Iterable[Listed], pay_on: date) -> list[Wage]:
    """What the partner would pay on a day by a list that is not made yet."""
    return [Wage(each.worker_id, pay_on, each.pay.gross) for each in listed if each.payer is Payer.PARTNER]


def partner_notices(
    law: Law, wages: Iterable[Wage], pay_on: date, names: Mapping[int, str]
) -> tuple[PartnerNotice, ...]:
    """What to tell the partner with a list to be paid on a day; nothing if it employs nobody on the list.

    `names`: of the workers on the list whom the partner employs, by their ids.
    """
    if not names:
        return ()
    told = [notice for notice in notices(law, wages) if pay_on in notice.period]
    pensions = [n for n in told if n.duty is EmployerDuty.PENSION and n.worker_id in names]
    yearly = [notice for notice in told if notice.worker_id is None]
    return (*_of_pensions(pensions, names), *map(_of_year, yearly))


def notes_by_worker(law: Law, wages: Iterable[Wage], pay_on: date) -> dict[int, str]:
    """For the file: each worker's month against the threshold of pension insurance."""
    told = (notice for notice in notices(law, wages) if pay_on in notice.period)
    return {notice.worker_id: _note(notice) for notice in told if notice.worker_id is not None}


def _of_pensions(told: Sequence[EmployerNotice], names: Mapping[int, str]) -> tuple[PartnerNotice, ...]:
    if not told:
        return ()
    reached = [notice for notice in told if notice.reached]
    if not reached:
        return (_notice(told[0], names=""),)
    return (_notice(reached[0], names=", ".join(names[notice.worker_id] for notice in reached)),)


def _of_year(notice: EmployerNotice) -> PartnerNotice:
    return _notice(notice, names="")


def _notice(notice: EmployerNotice, *, names: str) -> PartnerNotice:
    if notice.limit is None:
        return PartnerNotice(NOT_KNOWN, _missing(notice))
    words = (REACHED if notice.reached else UNDER_THRESHOLD)[notice.duty]
    facts = {
        "names": names,
        "time": _time(notice),
        "limit": texts.money(notice.limit),
        "wages": texts.money(notice.wages),
    }
    kind = REACHED_KIND if notice.reached else UNDER_KIND
    return PartnerNotice(kind, str(words) % facts + _doubt(notice))


def _note(notice: EmployerNotice) -> str:
    if notice.limit is None:
        return _missing(notice)
    facts = {"wages": texts.money(notice.wages), "limit": texts.money(notice.limit), "time": _time(notice)}
    if notice.reached:
        return _("TyEL: wages paid in %(time)s %(wages)s, threshold %(limit)s reached", **facts) + _doubt(notice)
    return _("TyEL: wages paid in %(time)s %(wages)s, under the threshold %(limit)s", **facts) + _doubt(notice)


def _missing(notice: EmployerNotice) -> str:
    what = str(DUTIES[notice.duty])
    return _("%(what)s: the threshold for %(time)s is not known yet. Ask the insurer.", what=what, time=_time(notice))


def _doubt(notice: EmployerNotice) -> str:
    sure = notice.status is ValueStatus.CONFIRMED
    return "" if sure else " " + _("The threshold is not fully confirmed: check it.")


def _time(notice: EmployerNotice) -> str:
    if notice.worker_id is None:
        return str(notice.period.first.year)
    return texts.month(notice.period.first)

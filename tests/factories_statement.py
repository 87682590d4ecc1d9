"""Stored income told of, and income and debt statements, for tests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from jobcenter.benefits import BenefitKind, ContractForm, JobseekerStatus
from jobcenter.documents.stored import to_plain
from jobcenter.workers.domain import BenefitTold, YesNoUnknown
from jobcenter.workers.models import IncomeStatement, ToldIncome, Worker
from jobcenter.workers.statement.domain import Told
from tests.factories import NOW, TODAY, stored


def told_income(of: Worker, **facts: Any) -> ToldIncome:
    """200 euros a month of wages, since 15 September 2026."""
    given = {
        "worker_id": of.id,
        "what": "Siivous",
        "contract": ContractForm.PARTNER,
        "monthly": True,
        "gross": Decimal("200.00"),
        "net": None,
        "starts_on": date(2026, 9, 15),
        "ends_on": None,
        "told_by": "Kaisa",
        "told_on": TODAY,
    }
    return stored(ToldIncome(**given | facts))


def statement(of: Worker, **facts: Any) -> IncomeStatement:
    """A done statement of somebody who has a disability pension from Kela, to be looked at again in May 2027."""
    told = Told(
        receives=YesNoUnknown.YES,
        kinds=(BenefitKind.KELA_DISABILITY_PENSION,),
        decisions={BenefitKind.KELA_DISABILITY_PENSION: BenefitTold(BenefitKind.KELA_DISABILITY_PENSION, None, None)},
        jobseeker=JobseekerStatus.NOT_REGISTERED,
        earns_elsewhere=YesNoUnknown.NO,
        in_enforcement=YesNoUnknown.NO,
    )
    given = {
        "worker_id": of.id,
        "told": to_plain(told),
        "started_at": NOW,
        "written_by": "Kaisa",
        "done_at": NOW,
        "review_on": date(2027, 5, 22),
    }
    return stored(IncomeStatement(**given | facts))

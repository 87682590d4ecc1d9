"""Stored income told of, and income and debt statements, for tests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from jobcenter.benefits import ContractForm
from jobcenter.workers.models import ToldIncome, Worker
from tests.factories import TODAY, stored


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

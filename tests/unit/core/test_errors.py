"""Refusals in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from flask import Flask

from jobcenter.core import errors, texts
from jobcenter.core.errors import AlreadyDone, DomainError, NotFound, describe
from jobcenter.core.money import MoneyTold

MORNING = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _some_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        errors, "TEXTS", {"too_many": "At most %(most)s.", "full": "100 % full.", "since": "Since %(day)s."}
    )


def test_facts_stand_in_the_text() -> None:
    assert describe(DomainError("too_many", field="people", most=3)) == "At most 3."
    assert describe(AlreadyDone("full")) == "100 % full."


@pytest.mark.parametrize(
    ("fact", "language", "words"),
    [
        (date(2026, 12, 7), "fi", "7.12.2026"),
        (date(2026, 12, 7), "sv", "7.12.2026"),
        (date(2026, 12, 7), "en", "7 Dec 2026"),
        (MORNING, "fi@easy", "ma 23.11.2026 klo\u00a09.00"),
        (MORNING, "en", "Mon 23 Nov 2026 at\u00a09:00"),
        (time(9), "sv", "9.00"),
        (Decimal("99.50"), "fi", "99,5"),
        (MoneyTold("99.5"), "sv", "99,50\u00a0€"),
        (time(9), "en", "9:00"),
        (MoneyTold("1014.5"), "fi", "1\u00a0014,50\u00a0€"),
        (MoneyTold("14.50"), "en", "€14.50"),
    ],
)
def test_days_times_and_money_read_as_the_reader_writes_them(fact, language, words) -> None:
    texts.init_app(Flask(__name__))
    with texts.in_language(language):
        assert describe(DomainError("since", day=fact)) == f"Since {words}."


def test_a_code_without_text_is_a_fault() -> None:
    with pytest.raises(KeyError):
        describe(NotFound())

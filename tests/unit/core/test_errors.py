"""Refusals in words."""

from __future__ import annotations

import pytest

from jobcenter.core import errors
from jobcenter.core.errors import AlreadyDone, DomainError, NotFound, describe


@pytest.fixture(autouse=True)
def _some_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errors, "TEXTS", {"too_many": "At most %(most)s.", "full": "100 % full."})


def test_facts_stand_in_the_text() -> None:
    assert describe(DomainError("too_many", field="people", most=3)) == "At most 3."
    assert describe(AlreadyDone("full")) == "100 % full."


def test_a_code_without_text_is_a_fault() -> None:
    with pytest.raises(KeyError):
        describe(NotFound())

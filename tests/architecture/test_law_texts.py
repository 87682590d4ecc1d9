"""What the law's data say in English has its Finnish, and every kind of figure has its words."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import pytest

from jobcenter.admin import messages_rules
from jobcenter.benefits import Law, law
from jobcenter.benefits.law import Applies, Basis, Comparison, Period, Renewal, Unit, WhoKnows
from jobcenter.core import texts
from jobcenter.earnings.messages_rows import ASK

LABELLED = [
    (Unit, messages_rules.UNITS),
    (Period, messages_rules.PERIODS),
    (Basis, messages_rules.BASES),
    (Comparison, messages_rules.COMPARISONS),
    (Renewal, messages_rules.RENEWALS),
    (Applies, messages_rules.APPLIES),
    (WhoKnows, ASK),
]


def said(of: Law) -> Iterator[str]:
    """Every English text of the data that readers see."""
    yield from (parameter.description for parameter in of.parameters.values())
    yield from (fact.what for fact in of.unverified)
    yield from (change.description for change in of.planned)
    yield from (point.about for point in of.contacts)


def test_every_text_of_the_law_is_in_finnish():
    finnish = texts.translations("fi")
    missing = [text for text in said(law()) if finnish.gettext(text) == text]
    assert not missing, f"{len(missing)} texts of the law without Finnish:\n" + "\n".join(missing)


def test_a_text_without_finnish_is_caught():
    text = "A figure that no catalogue has, on purpose"
    assert texts.translations("fi").gettext(text) == text


@pytest.mark.parametrize(("kind", "words"), LABELLED, ids=[kind.__name__ for kind, _words in LABELLED])
def test_every_kind_of_figure_has_its_words(kind: type[StrEnum], words: dict):
    assert set(kind) == set(words)


def test_every_figure_and_doubt_belongs_to_a_benefit_of_the_page():
    ids = [*law().parameters, *(fact.id for fact in law().unverified)]
    assert {id.partition(".")[0] for id in ids} <= set(messages_rules.GROUPS)

"""Prices, estimates, terms and states of orders."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from itertools import product

import pytest

from jobcenter.auth.domain import JobcenterKind
from jobcenter.benefits import ContractForm
from jobcenter.core.errors import AlreadyDone, NotPossible
from jobcenter.orders.intake.domain import (
    TRANSITIONS,
    OrderAction,
    OrderChanged,
    OrderNotReady,
    OrderStatus,
    Part,
    check_editable,
    check_ready,
    check_version,
    may,
    next_state,
    part_after,
    part_before,
)
from jobcenter.orders.intake.domain_terms import (
    PriceRefused,
    TermsTextRefused,
    check_hourly_price,
    check_terms_texts,
    estimate,
    sections,
    text_in,
    usual_form,
)
from jobcenter.orders.intake.domain_times import WishedTime, occurrences
from jobcenter.orders.intake.service.terms import first_texts
from jobcenter.orders.rates.domain import Rates

OLD = Rates(wage=Decimal("10.00"), price=Decimal("14.50"), vat_percent=Decimal("24"))
NEW = Rates(wage=Decimal("10.00"), price=Decimal("14.50"), vat_percent=Decimal("25.5"))


def rates_on(day: date) -> Rates:
    return OLD if day < date(2024, 9, 1) else NEW


def found(*days: date, hours: int = 4, pause: int = 0):
    return occurrences([WishedTime(day, time(8), time(8 + hours), pause) for day in days])


ESTIMATES = [
    (found(date(2026, 12, 1), hours=10), 2, None, ("290.00", "73.95", "363.95")),
    (found(date(2024, 8, 30)), 1, None, ("58.00", "13.92", "71.92")),
    (found(date(2024, 8, 31), date(2024, 9, 1)), 1, None, ("116.00", "28.71", "144.71")),
    (found(date(2026, 12, 1), pause=30), 1, None, ("50.75", "12.94", "63.69")),
    (found(date(2026, 12, 1)), 1, Decimal("12.00"), ("48.00", "12.24", "60.24")),
    ([], 3, None, ("0.00", "0.00", "0.00")),
]


@pytest.mark.parametrize(("occurrences_", "people", "agreed", "expected"), ESTIMATES)
def test_estimates(occurrences_, people, agreed, expected):
    price = estimate(occurrences_, people=people, rates_on=rates_on, agreed=agreed).price
    assert (price.net, price.vat, price.gross) == tuple(map(Decimal, expected))


PRICES = [
    ("14.50", "", None),
    ("14.49", "Iso tilaus", None),
    ("10.00", "Iso tilaus", None),
    ("14.51", "Iso tilaus", "price_above_list"),
    ("14.49", "", "price_reason_missing"),
    ("9.99", "Iso tilaus", "price_below_wage"),
]


@pytest.mark.parametrize(("price", "reason", "code"), PRICES)
def test_which_prices_may_be_offered(price, reason, code):
    if code is None:
        check_hourly_price(Decimal(price), rates=NEW, reason=reason)
        return
    with pytest.raises(PriceRefused) as refused:
        check_hourly_price(Decimal(price), rates=NEW, reason=reason)
    assert refused.value.code == code


def test_the_usual_form_of_contract():
    assert usual_form(JobcenterKind.DISABILITY) is ContractForm.ASSIGNMENT
    assert usual_form(JobcenterKind.REHABILITATIVE) is ContractForm.PARTNER


def test_terms_are_read_as_headed_paragraphs():
    read = sections("Alku\n\n## 1. Otsikko\nHeti\n\nToinen kappale\n\n## 2. Tyhjä")
    assert [(part.heading, part.paragraphs) for part in read] == [
        ("", ("Alku",)),
        ("1. Otsikko", ("Heti", "Toinen kappale")),
        ("2. Tyhjä", ()),
    ]


def test_terms_in_the_readers_language_or_finnish():
    texts = {"fi": "Suomeksi", "en": "In English"}
    assert [text_in(texts, code) for code in ("fi", "fi@easy", "sv", "en")] == [
        "Suomeksi",
        "Suomeksi",
        "Suomeksi",
        "In English",
    ]


@pytest.mark.parametrize(
    ("texts", "valid_from", "code"),
    [({"en": "x"}, date(2026, 11, 22), "terms_text_missing"), ({"fi": "x"}, date(2026, 11, 21), "terms_in_past")],
)
def test_terms_that_may_not_be_published(texts, valid_from, code):
    with pytest.raises(TermsTextRefused) as refused:
        check_terms_texts(texts, valid_from, today=date(2026, 11, 22))
    assert refused.value.code == code


def test_the_first_terms_say_the_same_in_both_languages():
    finnish, english = (sections(first_texts()[language]) for language in ("fi", "en"))
    assert [len(part.paragraphs) for part in finnish] == [len(part.paragraphs) for part in english]
    assert "seitsemän päivän" in first_texts()["fi"]
    assert "seven days" in first_texts()["en"]


@pytest.mark.parametrize(("state", "action"), list(product(OrderStatus, OrderAction)))
def test_every_pair_of_state_and_action_is_decided(state, action):
    assert may(state, action) is ((state, action) in TRANSITIONS)
    if (state, action) in TRANSITIONS:
        assert next_state(state, action) is TRANSITIONS[state, action]
        return
    reached = {after for (_, done), after in TRANSITIONS.items() if done is action}
    expected = AlreadyDone if state in reached else NotPossible
    with pytest.raises(expected):
        next_state(state, action)


def test_what_may_be_edited():
    allowed = {OrderStatus.DRAFT, OrderStatus.NEW}
    for state in set(OrderStatus) - allowed:
        with pytest.raises(NotPossible):
            check_editable(state)
    for state in allowed:
        check_editable(state)


def test_an_old_version_and_an_unfinished_form_are_refused():
    check_version(3, 3)
    with pytest.raises(OrderChanged):
        check_version(2, 3)
    check_ready(list(Part))
    with pytest.raises(OrderNotReady):
        check_ready([Part.TASK, Part.TIMES, Part.PLACE])


def test_pages_follow_each_other():
    assert [part_after(part) for part in Part] == [Part.TIMES, Part.PLACE, Part.ORDERER, None]
    assert [part_before(part) for part in Part] == [None, Part.TASK, Part.TIMES, Part.PLACE]

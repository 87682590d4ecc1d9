"""The dated figures of billing: each with its source, none for a day before the first."""

from datetime import date

import pytest

from jobcenter.billing import rules

TERMS = '[[payment_term]]\nfrom = 2021-01-01\ndays = 14\nsource = "terms"\nchecked_on = 2026-11-22\n'


def test_shipped_figures():
    shipped = rules.rules()
    assert rules.in_force(shipped.payment_terms, date(2026, 11, 22)).days == 14
    assert rules.in_force(shipped.pay_days, date(2026, 11, 22)).days_of_month == (15, 31)


def test_every_figure_names_its_source():
    shipped = rules.rules()
    for figure in (*shipped.payment_terms, *shipped.pay_days):
        assert figure.source
        assert figure.checked_on


@pytest.mark.parametrize(("day", "days"), [(date(2021, 1, 1), 14), (date(2025, 12, 31), 14), (date(2026, 1, 1), 21)])
def test_newest_begun_figure_holds(day, days):
    later = TERMS.replace("2021-01-01", "2026-01-01").replace("14", "21")
    read = rules.read_rules(TERMS + later)
    assert rules.in_force(read.payment_terms, day).days == days


def test_no_figure_before_the_first():
    with pytest.raises(rules.RuleMissing):
        rules.in_force(rules.rules().payment_terms, date(2020, 12, 31))


@pytest.mark.parametrize(
    "terms",
    [
        TERMS.replace('source = "terms"\n', ""),
        TERMS.replace("checked_on = 2026-11-22\n", ""),
        TERMS + "more = 1\n",
        TERMS.replace("payment_term", "paymentterm"),
        TERMS.replace("days", "dayz"),
    ],
    ids=["no source", "not checked", "unknown key", "unknown table", "misspelt"],
)
def test_faulty_data_is_refused(terms):
    with pytest.raises(ValueError, match="unknown"):
        rules.read_rules(terms)

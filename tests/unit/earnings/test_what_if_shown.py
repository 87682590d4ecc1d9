"""What stands beside the sentence of what if: the reason without which it would frighten or puzzle."""

from datetime import date

import pytest
from flask import Flask

from jobcenter.core import texts
from jobcenter.earnings.whatif.domain_outcome import Remark, Verdict
from jobcenter.earnings.whatif.messages import REMARKS
from jobcenter.earnings.whatif.presenting import answer_shown
from tests.unit.earnings.test_what_if_outcome import (
    ASSISTANCE,
    CARD,
    PENSION,
    PENSIONERS_HOUSING,
    UNEMPLOYED,
    answer,
    case,
)


@pytest.fixture(scope="module", autouse=True)
def gettext():
    app = Flask("jobcenter")
    texts.init_app(app)
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("benefit", "cards", "since", "verdict", "why"),
    [
        (UNEMPLOYED, (), None, Verdict.LESS, {Remark.NO_TAX_CARD, Remark.BEFORE_TAX}),
        (UNEMPLOYED, (CARD,), None, Verdict.MORE, set()),
        (ASSISTANCE, (CARD,), None, Verdict.SAME, {Remark.ASSISTANCE_AMOUNT_NOT_KNOWN}),
        (PENSION, (CARD,), date(2027, 1, 1), Verdict.NOT_KNOWN, {Remark.PAY_NOT_KNOWN}),
        (PENSIONERS_HOUSING, (CARD,), None, Verdict.MORE, {Remark.ALLOWANCE_GOES_ON}),
    ],
)
def test_the_reason_stands_beside_the_sentence_and_only_there(benefit, cards, since, verdict, why):
    outcome = answer(case(benefit, cards=cards), since=since)
    with texts.in_language("en"):
        shown = answer_shown(outcome)
        reasons = {str(REMARKS[remark]) for remark in why}
    assert outcome.verdict is verdict
    assert set(shown.why) == reasons
    assert not reasons & set(shown.remarks)


def test_more_money_is_told_under_its_condition_where_a_pension_may_stop():
    with texts.in_language("en"):
        shown = answer_shown(answer(case(PENSION), hours=120, months=1))
    assert shown.headline.startswith("Only if the pension goes on: You would have about ")

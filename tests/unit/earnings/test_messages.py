"""Every code has its words, and each sentence reads right in English and Finnish."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from jobcenter.benefits import (
    BenefitHeld,
    BenefitKind,
    ContractForm,
    Income,
    IncomeState,
    JobseekerStatus,
    LimitState,
    NextStep,
    Person,
    RowCode,
    ValueStatus,
    assess,
)
from jobcenter.benefits.register import REGISTER
from jobcenter.core import texts
from jobcenter.earnings import messages, messages_warnings
from jobcenter.earnings.domain_warnings import Outcome, Stage, WarningLevel
from jobcenter.earnings.messages_rows import ROWS
from jobcenter.earnings.messages_sentences import sentence as sentence_of

PENSION = BenefitHeld(BenefitKind.KELA_DISABILITY_PENSION, None, None)
HOUSING = BenefitHeld(BenefitKind.PENSIONER_HOUSING_ALLOWANCE, None, None, decided_annual_income=Decimal("0.00"))


@pytest.fixture(scope="module", autouse=True)
def gettext():
    app = Flask("jobcenter")
    texts.init_app(app)
    with app.test_request_context():
        yield


def test_every_code_has_words():
    assert set(messages.STATES) == set(messages.TAGS) == set(LimitState)
    assert set(messages_warnings.LEVELS) == set(messages_warnings.LEVEL_TAGS) == set(WarningLevel)
    assert set(messages_warnings.OUTCOMES) == set(Outcome)
    assert set(messages_warnings.STAGES) == set(Stage)
    assert set(ROWS) == set(RowCode)
    assert set(messages.STEPS) == set(NextStep)
    assert set(messages.STATUSES) == set(ValueStatus)
    assert set(messages.RULES) == {formula.name for formula in REGISTER}


def sentence(benefit, done, ahead="0", name="", form=ContractForm.PARTNER):
    rows = [
        Income(date(2026, 11, 10), None, Decimal(gross), form, state)
        for gross, state in [(done, IncomeState.CONFIRMED), (ahead, IncomeState.AGREED)]
    ]
    benefits = (benefit,) if benefit else ()
    person = Person(date(1990, 5, 1), benefits, JobseekerStatus.NOT_REGISTERED, date(2026, 1, 1))
    found = assess(person=person, income=rows, as_of=date(2026, 11, 22), hourly=Decimal("10.00"))
    return sentence_of(found[0], name)


@pytest.mark.parametrize(
    ("benefit", "done", "ahead", "english", "finnish"),
    [
        (
            PENSION,
            "900",
            "0",
            "You can still work 9 hours in November.",
            "Voit vielä tehdä töitä 9 tuntia marraskuussa.",
        ),
        (
            PENSION,
            "980",
            "0",
            "You can still work 1 hour in November.",
            "Voit vielä tehdä töitä yhden tunnin marraskuussa.",
        ),
        (
            PENSION,
            "985",
            "0",
            "Not one more hour fits under the limit in November.",
            "Rajan alle ei mahdu enää yhtään tuntia marraskuussa.",
        ),
        (
            PENSION,
            "900",
            "100",
            "All gigs together would go €9.10 over the limit in November.",
            "Kaikki keikat yhteensä ylittäisivät rajan 9,10 € marraskuussa.",
        ),
        (
            PENSION,
            "1000",
            "0",
            "The earnings are €9.10 over the limit in November.",
            "Ansiot ovat 9,10 € yli rajan marraskuussa.",
        ),
        (
            HOUSING,
            "1018",
            "0",
            "The earnings have grown so much that Kela must review the housing allowance.",
            "Ansiot ovat kasvaneet niin paljon, että Kelan täytyy tarkistaa asumistuki.",
        ),
        (
            HOUSING,
            "900",
            "0",
            "You can still work 11 hours before Kela must review the housing allowance.",
            "Voit vielä tehdä töitä 11 tuntia, ennen kuin Kelan täytyy tarkistaa asumistuki.",
        ),
    ],
)
def test_sentences(benefit, done, ahead, english, finnish):
    with texts.in_language("en"):
        assert sentence(benefit, done, ahead) == english
    with texts.in_language("fi"):
        assert sentence(benefit, done, ahead).replace(texts.NBSP, " ") == finnish


def test_a_sentence_about_somebody_names_them():
    with texts.in_language("en"):
        assert sentence(PENSION, "900", name="Veikko") == "Veikko can still work 9 hours in November."
    with texts.in_language("fi"):
        assert sentence(PENSION, "900", name="Veikko") == "Veikko voi vielä tehdä töitä 9 tuntia marraskuussa."


ASSISTANCE = BenefitHeld(BenefitKind.BASIC_SOCIAL_ASSISTANCE, None, None)
UNEMPLOYED = BenefitHeld(BenefitKind.GENERAL_BENEFIT, None, None)
DEBTS = BenefitHeld(BenefitKind.ENFORCEMENT, None, None)


@pytest.mark.parametrize(
    ("benefit", "done", "said"),
    [
        (ASSISTANCE, "80", "The assistance becomes at most €80.00 smaller in November."),
        (ASSISTANCE, "0", "Each euro paid to the account makes the assistance at most a euro smaller in November."),
        (UNEMPLOYED, "80", "The benefit becomes about €40.00 smaller in November."),
        (UNEMPLOYED, "0", "Each euro earned makes this benefit smaller in November, but by less than a euro."),
        (
            BenefitHeld(BenefitKind.STUDY_AID, None, None),
            "0",
            "Figures of the decision are missing here, so we cannot say how the earnings change this benefit.",
        ),
        (DEBTS, "0", "Enforcement may take a part of the earnings. We cannot say how much before we know more of it."),
    ],
)  # fmt: skip
def test_what_shrinks_and_what_is_missing(benefit, done, said):
    with texts.in_language("en"):
        assert sentence(benefit, done) == said


def test_whoever_stands_beside_is_not_sent_to_the_coordinator():
    with texts.in_language("en"):
        sent = [step for step in {**messages.STEPS, **messages.STEPS_BESIDE}.values() if "coordinator" in str(step)]
    assert sent == []
    assert set(messages.STEPS_BESIDE) < set(messages.STEPS)


def test_a_year_is_named():
    with texts.in_language("en"):
        said = sentence(None, "9403.09", form=ContractForm.ASSIGNMENT)
    assert said == "1 hour still fits under this limit in the year 2026."


def test_mails_name_no_benefit():
    with texts.in_language("en"):
        mails = [
            messages_warnings.to_worker(given_name="Veikko", sentence="S.", step="T.", link="https://x"),
            messages_warnings.to_supporter(worker="Veikko", link="https://x"),
        ]
    for mail in mails:
        assert "https://x" in mail.body
        assert "pension" not in (mail.subject + mail.body).lower()

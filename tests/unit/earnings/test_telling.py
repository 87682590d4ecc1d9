"""What was told is shown again exactly, whatever form it was kept in and whatever the law has become."""

import json
from dataclasses import replace
from decimal import Decimal

from hypothesis import given

from jobcenter.benefits import law
from jobcenter.earnings.domain import Case, Earning
from jobcenter.earnings.domain_telling import Telling, Wording, wording_of
from tests.unit.benefits.anyone import AS_OF, lists, people
from tests.unit.earnings.test_domain import case, earned

LIMIT = "kela_disability_pension.earnings_limit"


def case_of(person, income):
    return Case(person, tuple(Earning(row, None) for row in income), AS_OF, Decimal("10.00"), Decimal("0.80"))


def as_kept_before(telling):
    """The form of before texts were kept apart: every source in full, the laws beside."""
    told = telling.assessment.to_json()
    parameters = {row["parameter"] for row in told["rows"]} & telling.statutes.keys()
    return told | {
        "statutes": {id: list(telling.statutes[id]) for id in parameters},
        "hourly": str(telling.hourly),
    }


@given(people, lists)
def test_whatever_is_told_can_be_told_again(person, income):
    kept = Wording.of(law())
    for telling in case_of(person, income).tellings():
        again = Telling.from_json(json.loads(telling.stored), kept)
        assert again == telling
        assert again.digest == telling.digest
        before = Telling.from_json(json.loads(json.dumps(as_kept_before(telling))), None)
        assert (before.assessment, before.hourly) == (telling.assessment, telling.hourly)
        assert all(telling.statutes[id] == texts for id, texts in before.statutes.items())


def test_the_texts_are_those_of_the_law_by_which_was_told():
    """The same telling, read by the texts of another law that kept its names."""
    ours = wording_of(law())
    then = replace(
        ours,
        sources={name: f"then: {text}" for name, text in ours.sources.items()},
        statutes={id: ("Old act 1/1900", what) for id, (_, what) in ours.statutes.items()},
    )
    assert "738/2009" in ours.statutes[LIMIT][0]
    for telling in case(earned("9.00")).tellings():
        again = Telling.from_json(json.loads(telling.stored), then)
        assert again.statutes[LIMIT][0] == "Old act 1/1900"
        assert all(row.source.startswith("then: ") for row in again.assessment.rows if row.source)


def test_two_tellings_share_a_digest_only_if_they_say_the_same():
    cheap = case(earned("9.00"))
    dear = replace(cheap, hourly=Decimal("10.01"))
    assert len({telling.digest for told in (cheap, dear) for telling in told.tellings()}) == 2 * len(cheap.tellings())
    assert [t.digest for t in cheap.tellings()] == [t.digest for t in case(earned("9.00")).tellings()]


def test_one_of_before_hours_had_a_price_is_read_still():
    (telling, *_) = case(earned("9.00")).tellings()
    read = Telling.from_json(telling.assessment.to_json(), None)
    assert (read.statutes, read.hourly, read.assessment) == ({}, None, telling.assessment)


def test_a_source_s_name_stands_for_one_source():
    """As many names as texts: none is lost to another."""
    of = law()
    values = [value for parameter in of.parameters.values() for value in parameter.values]
    texts = {told.source for told in (*values, *of.unverified)}
    assert set(wording_of(of).sources.values()) == texts

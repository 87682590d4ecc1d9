"""The contract guard, over every benefit, position in time, jobseeker status and contract form."""

from dataclasses import replace
from datetime import date
from inspect import signature
from itertools import product

import pytest

from jobcenter.benefits import (
    UNEMPLOYMENT_BENEFITS,
    BenefitHeld,
    BenefitKind,
    ContractForm,
    GuardReason,
    JobseekerStatus,
    Person,
    WayOut,
    may_offer,
)

FIRST, LAST = date(2022, 8, 10), date(2022, 8, 12)

# (from_, to, whether it is held on a day of the gig)
POSITIONS = [
    pytest.param(date(2022, 1, 1), date(2022, 8, 9), False, id="ended the day before"),
    pytest.param(date(2022, 1, 1), date(2022, 8, 10), True, id="ends on the first day"),
    pytest.param(date(2022, 8, 11), date(2022, 8, 11), True, id="one day in the middle"),
    pytest.param(date(2022, 8, 12), date(2022, 9, 30), True, id="begins on the last day"),
    pytest.param(date(2022, 8, 13), None, False, id="begins the day after"),
    pytest.param(date(2022, 1, 1), None, True, id="goes on"),
    pytest.param(None, None, True, id="dates not known"),
    pytest.param(None, date(2022, 8, 10), True, id="start not known, ends on the first day"),
    pytest.param(None, date(2022, 8, 9), False, id="start not known, ended the day before"),
]


def person(*benefits, jobseeker=JobseekerStatus.NOT_REGISTERED, asked=True):
    return Person(
        born=date(1990, 5, 1),
        benefits=benefits,
        jobseeker=jobseeker,
        benefits_asked_on=date(2022, 1, 1) if asked else None,
    )


def ask(form, who, first=FIRST, last=LAST):
    return may_offer(form=form, person=who, from_=first, to=last)


@pytest.mark.parametrize("kind", BenefitKind)
@pytest.mark.parametrize(("from_", "to", "on_a_day_of_the_gig"), POSITIONS)
def test_assignment_and_a_benefit(kind, from_, to, on_a_day_of_the_gig):
    answer = ask(ContractForm.ASSIGNMENT, person(BenefitHeld(kind, from_, to)))
    refused = on_a_day_of_the_gig and kind in UNEMPLOYMENT_BENEFITS
    assert answer.allowed is not refused
    assert answer.benefit is (kind if refused else None)
    assert answer.reason is (GuardReason.UNEMPLOYMENT_BENEFIT if refused else None)
    assert answer.way_out is (WayOut.USE_PARTNER_FORM if refused else WayOut.NONE_NEEDED)


# Who they are -> why the assignment form is refused, in the order in which reasons are given.
PEOPLE = {
    # (unemployment benefit held, jobseeker, asked): reason
    (True, JobseekerStatus.REGISTERED, True): GuardReason.UNEMPLOYMENT_BENEFIT,
    (True, JobseekerStatus.REGISTERED, False): GuardReason.UNEMPLOYMENT_BENEFIT,
    (True, JobseekerStatus.NOT_REGISTERED, True): GuardReason.UNEMPLOYMENT_BENEFIT,
    (True, JobseekerStatus.NOT_REGISTERED, False): GuardReason.UNEMPLOYMENT_BENEFIT,
    (True, JobseekerStatus.UNKNOWN, True): GuardReason.UNEMPLOYMENT_BENEFIT,
    (True, JobseekerStatus.UNKNOWN, False): GuardReason.UNEMPLOYMENT_BENEFIT,
    (False, JobseekerStatus.REGISTERED, True): GuardReason.REGISTERED_JOBSEEKER,
    (False, JobseekerStatus.REGISTERED, False): GuardReason.REGISTERED_JOBSEEKER,
    (False, JobseekerStatus.NOT_REGISTERED, True): None,
    (False, JobseekerStatus.NOT_REGISTERED, False): GuardReason.BENEFITS_NOT_ASKED,
    (False, JobseekerStatus.UNKNOWN, True): GuardReason.JOBSEEKER_UNKNOWN,
    (False, JobseekerStatus.UNKNOWN, False): GuardReason.BENEFITS_NOT_ASKED,
}
WAYS_OUT = {
    None: WayOut.NONE_NEEDED,
    GuardReason.UNEMPLOYMENT_BENEFIT: WayOut.USE_PARTNER_FORM,
    GuardReason.REGISTERED_JOBSEEKER: WayOut.USE_PARTNER_FORM,
    GuardReason.BENEFITS_NOT_ASKED: WayOut.ASK_FIRST,
    GuardReason.JOBSEEKER_UNKNOWN: WayOut.ASK_FIRST,
    GuardReason.TOLD_OTHERWISE: WayOut.ASK_FIRST,
}


def test_the_table_of_people_is_whole():
    assert set(PEOPLE) == set(product([True, False], JobseekerStatus, [True, False]))
    assert set(WAYS_OUT) == {None, *GuardReason}


@pytest.mark.parametrize(("holds", "jobseeker", "asked"), PEOPLE)
@pytest.mark.parametrize("form", ContractForm)
def test_form_and_person(form, holds, jobseeker, asked):
    benefits = (BenefitHeld(BenefitKind.GENERAL_BENEFIT, date(2022, 1, 1), None),) if holds else ()
    answer = ask(form, person(*benefits, jobseeker=jobseeker, asked=asked))
    reason = PEOPLE[holds, jobseeker, asked] if form is ContractForm.ASSIGNMENT else None
    assert (answer.allowed, answer.reason, answer.way_out) == (reason is None, reason, WAYS_OUT[reason])


@pytest.mark.parametrize("jobseeker", JobseekerStatus)
@pytest.mark.parametrize("asked_on", [None, date(2022, 1, 1)])
def test_benefits_never_written_down_are_refused(jobseeker, asked_on):
    who = Person(born=None, benefits=None, jobseeker=jobseeker, benefits_asked_on=asked_on)
    assert not ask(ContractForm.ASSIGNMENT, who).allowed
    assert ask(ContractForm.PARTNER, who).allowed


def test_the_benefit_named_does_not_depend_on_the_order_written_down():
    first = BenefitHeld(BenefitKind.LABOUR_MARKET_SUBSIDY, date(2022, 1, 1), None)
    second = BenefitHeld(BenefitKind.GENERAL_BENEFIT, date(2022, 1, 1), None)
    for benefits in [(first, second), (second, first)]:
        assert ask(ContractForm.ASSIGNMENT, person(*benefits)).benefit is BenefitKind.LABOUR_MARKET_SUBSIDY


def test_nothing_can_override_it():
    assert set(signature(may_offer).parameters) == {"form", "person", "from_", "to"}


def test_a_gig_that_ends_before_it_begins_is_refused_loudly():
    with pytest.raises(ValueError, match="before it begins"):
        ask(ContractForm.PARTNER, person(), first=LAST, last=FIRST)


def test_a_benefit_that_ends_before_it_begins_cannot_be_written_down():
    with pytest.raises(ValueError, match="before it begins"):
        BenefitHeld(BenefitKind.STUDY_AID, date(2022, 2, 1), date(2022, 1, 31))


def test_what_was_told_elsewhere_protects_too():
    who = replace(person(), told_elsewhere=True)
    answer = ask(ContractForm.ASSIGNMENT, who)
    assert (answer.allowed, answer.reason, answer.benefit) == (False, GuardReason.TOLD_OTHERWISE, None)
    assert ask(ContractForm.PARTNER, who).allowed

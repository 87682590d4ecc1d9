"""The pages of what if: questions, answers, what was kept, and whom they are open to."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from uuid import uuid4

import pytest

from jobcenter.auth.domain import Role
from jobcenter.auth.models import Jobcenter, User
from jobcenter.benefits import BenefitKind, JobseekerStatus
from jobcenter.core import audit, clock
from jobcenter.core.db import db
from jobcenter.earnings.whatif import service
from jobcenter.earnings.whatif.domain import MOST_SAVED
from jobcenter.earnings.whatif.models import WhatIf
from jobcenter.workers.domain import ConsentPurpose, SupportKind
from jobcenter.workers.models import TaxCard
from tests import factories
from tests.factories import NOW
from tests.factories_earnings import assignment_order, pensioner, wages

QUESTIONS = ("gig", "monthly", "weekly", "raise")
GIG = {"starts_on": "10.12.2026", "hours": "4", "contract": "assignment"}
WEEKLY = {"weekday": "1", "hours": "2,5", "starts_on": "23.11.2026", "until": "31.12.2026", "contract": "assignment"}
MONTHLY = {"starts_on": "2026-12-01", "months": "1", "hours": "20", "contract": "assignment"}


@pytest.fixture
def place(session):
    with clock.frozen(NOW):
        wages()
        yield factories.jobcenter()


@pytest.fixture
def veikko(place):
    """A worker with a disability pension, who is no jobseeker and has a tax card of ten per cent."""
    user = factories.someone(Role.WORKER, place, given_name="Veikko", family_name="Tekijä")
    worker = pensioner(place, of=user, jobseeker=JobseekerStatus.NOT_REGISTERED)
    ten, forty = Decimal(10), Decimal(40)
    card = {"valid_from": date(2026, 1, 1), "valid_to": date(2027, 1, 31), "rate": ten, "additional_rate": forty}
    factories.stored(TaxCard(worker_id=worker.id, income_limit=Decimal(20000), **card))
    return worker


@pytest.fixture
def own(session, as_user, veikko):
    return as_user(session.get(User, veikko.user_id))


def url(worker, question="", **query):
    return f"/what-if/workers/{worker.id}" + (f"/{question}" if question else "")


def keep(client, worker, question="monthly", asked=MONTHLY, key="", name=""):
    sent = {**asked, "form_key": key or str(uuid4()), "name": name}
    return client.post(url(worker, question), data=sent, follow_redirects=True)


def the_kept(session):
    session.expire_all()
    return session.query(WhatIf).order_by(WhatIf.id).all()


def test_the_worker_is_led_to_the_questions(own, veikko):
    text = own.get("/what-if", follow_redirects=True).text
    assert "If I work so many hours a month" in text and "Nothing is saved yet." in text


def test_without_an_open_offer_there_is_nothing_to_choose(own, veikko):
    assert "There are no open offers now." in own.get(url(veikko, "offer")).text


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_question_is_asked_on_a_page_of_its_own(own, veikko, question):
    assert "Show what I would have" in own.get(url(veikko, question)).text


@pytest.mark.parametrize(
    ("question", "asked", "sentence"),
    [
        ("gig", GIG, "You would have about 36 euros more in December."),
        ("gig", GIG | {"contract": "partner"}, "You would have about 36 euros more in December."),
        ("monthly", MONTHLY, "You would have about 180 euros more in December."),
        ("monthly", MONTHLY | {"months": "2"}, "We cannot tell fully how much money there would be."),
        (
            "weekly",
            WEEKLY,
            "You would have about 68 euros a month more.",
        ),
        ("raise", MONTHLY | {"new_hourly": "12"}, "You would have about 36 euros more in December."),
    ],
)
def test_an_answer_is_one_sentence(own, veikko, question, asked, sentence):
    page = own.get(url(veikko, question), query_string=asked)
    assert sentence in page.text
    assert "This is an estimate, not a decision. Check with Kela." in page.text


def test_an_answer_shows_pay_and_limits(own, veikko):
    text = own.get(url(veikko, "monthly"), query_string=MONTHLY).text
    for words in ("€200.00", "-€20.00", "€180.00", "Disability pension from Kela", "Under the limit", "738/2009"):
        assert words in text


def test_a_pension_that_may_stop_is_said_first(own, veikko):
    text = own.get(url(veikko, "monthly"), query_string=MONTHLY | {"hours": "120"}).text
    assert text.index("This pension may not be paid: Disability pension from Kela.") < text.index("You would have")
    assert "December 2026: €209.10 over the limit" in text


def test_an_open_offer_is_answered_as_it_stands(session, own, place, veikko):
    order = assignment_order(place)
    offer = factories.offer(factories.gig(order, clock.at(date(2026, 12, 1), time(9))), veikko)
    link = own.page(f"/matching/offers/{offer.id}").find("a", string="What would I have, if I took this gig?")
    page = own.get(link["href"])
    assert "more in December." in page.text
    assert own.get(url(veikko, "offer"), query_string={"offer_id": "99999"}).status_code == 422


@pytest.mark.parametrize(
    ("question", "asked", "complaint"),
    [
        ("gig", GIG | {"starts_on": "1.1.2026"}, "This time is over already."),
        ("gig", GIG | {"starts_on": "31.2.2026"}, "Give a day in the form 22.11.2026."),
        ("gig", GIG | {"starts_on": "1.1.2029"}, "at most twelve months ahead"),
        ("gig", GIG | {"hours": "-1"}, "Give at least"),
        ("gig", GIG | {"contract": "slave"}, "Choose one of the options given."),
        ("monthly", MONTHLY | {"hours": "twenty"}, "Give a number"),
        ("raise", MONTHLY | {"new_hourly": "9"}, "Give a higher pay."),
    ],
)
def test_wrong_input_loses_nothing(own, veikko, question, asked, complaint):
    answer = own.get(url(veikko, question), query_string=asked)
    assert answer.status_code == 422
    assert complaint in answer.text
    assert f'value="{asked["hours"]}"' in answer.text


def test_the_guard_is_stated_and_names_the_partner_form(place, as_user):
    user = factories.someone(Role.WORKER, place)
    worker = factories.worker(place, user, benefits_asked_on=factories.TODAY)
    factories.benefit(worker, BenefitKind.GENERAL_BENEFIT)
    client = as_user(user)
    text = client.get(url(worker, "gig"), query_string=GIG).text
    assert "an unemployment benefit would be stopped" in text
    assert "contract=partner" in text
    assert "would be stopped" not in client.get(url(worker, "gig"), query_string=GIG | {"contract": "partner"}).text


def test_benefits_never_asked_are_not_summed(place, as_user):
    user = factories.someone(Role.WORKER, place)
    worker = factories.worker(place, user)
    text = as_user(user).get(url(worker, "gig"), query_string=GIG).text
    assert "We cannot tell fully" in text and "Nobody can say yet what this does to: Benefits." in text


# Keeping


def test_an_answer_is_kept_once_and_shown_as_it_was(session, own, veikko):
    key = str(uuid4())
    for _ in range(2):
        assert "Twenty hours" in keep(own, veikko, name="Twenty hours", key=key).text
    (kept,) = the_kept(session)
    assert kept.rules_version == service.outcome_kept(kept).rules_version
    assert [e.verb for e in audit.events(audit.Search(kind=audit.Kind.CHANGE))].count("what_if.keep") == 1
    factories.benefit(veikko, BenefitKind.SICKNESS_ALLOWANCE)
    assert "You would have about 180 euros more in December." in own.get(f"/what-if/{kept.id}").text
    anew = own.page(f"/what-if/{kept.id}").find("a", string="Count anew")
    assert "We cannot tell fully" in own.get(anew["href"]).text
    paper = own.get(f"/what-if/{kept.id}/print").text
    assert "Veikko Tekijä" in paper and kept.rules_version in paper and "738/2009" in paper


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("gig", GIG),
        ("weekly", WEEKLY | {"contract": "partner"}),
        ("raise", MONTHLY | {"new_hourly": "12,5"}),
    ],
)  # fmt: skip
def test_what_was_kept_can_be_counted_anew(session, own, veikko, question, asked):
    keep(own, veikko, question, asked)
    page = own.page(f"/what-if/{the_kept(session)[0].id}")
    assert "You would have" in own.page(page.find("a", string="Count anew")["href"]).text


def test_a_kept_answer_is_deleted(session, own, veikko):
    keep(own, veikko)
    address = f"/what-if/{the_kept(session)[0].id}/delete"
    assert "The answer is deleted." in own.post(address, follow_redirects=True).text
    assert the_kept(session) == []
    assert own.post(address).status_code == 404


def test_wrong_input_is_not_kept(session, own, veikko):
    assert keep(own, veikko, asked=MONTHLY | {"hours": "0"}).status_code == 422
    assert the_kept(session) == []


def test_only_so_many_are_kept(session, own, veikko):
    keep(own, veikko)
    (kept,) = the_kept(session)
    for number in range(MOST_SAVED - 1):
        same = {
            "question": kept.question,
            "rules_version": "x",
            "payload": kept.payload,
            "made_at": NOW,
            "made_by": "x",
        }
        factories.stored(WhatIf(worker_id=veikko.id, form_key=f"more{number}", **same))
    answer = keep(own, veikko, name="Too many")
    assert answer.status_code == 422
    assert "Delete one of them first." in answer.text and "You would have about 180 euros" in answer.text
    assert len(the_kept(session)) == MOST_SAVED


def test_two_or_three_are_put_side_by_side(session, own, veikko):
    for key in ("a", "b", "c", "d"):
        keep(own, veikko, name=f"Answer {key}")
    ids = [kept.id for kept in the_kept(session)]
    page = own.get(url(veikko, "compare"), query_string={"chosen": ids[:3]})
    assert all(f"Answer {key}" in page.text for key in "abc") and "Answer d" not in page.text
    for chosen in ([], ids[:1], ids):
        answer = own.get(url(veikko, "compare"), query_string={"chosen": chosen}, follow_redirects=True)
        assert "Choose two or three answers." in answer.text


def test_the_list_asks_no_more_for_many(session, own, veikko, query_count):
    counts = []
    for more in (1, 9):
        for _ in range(more):
            keep(own, veikko)
        with query_count() as statements:
            own.page(url(veikko))
        counts.append(len(statements.queries))
    assert counts[0] == counts[1]


# Whose it is


def beside(veikko, role, kind):
    person = factories.grant(factories.user(), role, db.session.get_one(Jobcenter, veikko.jobcenter_id))
    factories.support(veikko, person, kind)
    return person


def pages_of(veikko, kept):
    return [url(veikko), url(veikko, "compare"), f"/what-if/{kept.id}", f"/what-if/{kept.id}/print"]


def test_the_coordinator_asks_and_it_is_on_the_log(session, place, as_user, own, veikko):
    coordinator = factories.someone(Role.COORDINATOR, place)
    client = as_user(coordinator)
    text = client.get(url(veikko, "monthly"), query_string=MONTHLY).text
    assert "Veikko would have about 180 euros more in December." in text
    (event,) = audit.events(audit.Search(kind=audit.Kind.READ))
    assert (event.actor_id, event.thing_id) == (coordinator.id, str(veikko.id))
    keep(client, veikko)
    assert len(the_kept(session)) == 1


def test_a_support_person_asks_with_consent_only(session, as_user, own, veikko):
    keep(own, veikko)
    (kept,) = the_kept(session)
    client = as_user(beside(veikko, Role.SUPPORT, SupportKind.SUPPORT_PERSON))
    for address in [*pages_of(veikko, kept), url(veikko, "gig")]:
        assert client.get(address).status_code == 404
    assert keep(client, veikko).status_code == 404
    assert client.post(f"/what-if/{kept.id}/delete").status_code == 404
    factories.consent(veikko, ConsentPurpose.SUPPORT_SEES_EARNINGS)
    assert "Veikko would have" in client.get(url(veikko, "gig"), query_string=GIG).text
    assert keep(client, veikko).status_code == 200
    last = audit.events(audit.Search(kind=audit.Kind.CHANGE))[0]
    assert (last.verb, last.on_behalf_of) == ("what_if.keep", veikko.user_id)


def test_a_guardian_with_consent_only_reads(session, as_user, own, veikko):
    keep(own, veikko)
    (kept,) = the_kept(session)
    client = as_user(beside(veikko, Role.GUARDIAN, SupportKind.GUARDIAN))
    for address in pages_of(veikko, kept):
        assert client.get(address).status_code == 404
    factories.consent(veikko, ConsentPurpose.GUARDIAN_SEES_EARNINGS)
    page = client.get(f"/what-if/{kept.id}").text
    assert "Veikko would have" in page and "Delete this answer" not in page and "Count anew" not in page
    assert "What do you want to know?" not in client.get(url(veikko)).text
    assert client.get(url(veikko, "gig")).status_code == 403
    assert client.post(f"/what-if/{kept.id}/delete").status_code == 403


def test_a_guardian_who_supports_somebody_else_still_only_reads(session, place, as_user, own, veikko):
    guardian = beside(veikko, Role.GUARDIAN, SupportKind.GUARDIAN)
    factories.grant(guardian, Role.SUPPORT, place)
    factories.consent(veikko, ConsentPurpose.GUARDIAN_SEES_EARNINGS)
    client = as_user(guardian)
    assert client.get(url(veikko)).status_code == 200
    assert client.get(url(veikko, "gig")).status_code == 404
    assert keep(client, veikko).status_code == 404


@pytest.mark.parametrize("role", [Role.WORKER, Role.COORDINATOR, Role.SUPPORT, Role.GUARDIAN])
def test_others_never_see(session, as_user, own, veikko, role):
    keep(own, veikko)
    (kept,) = the_kept(session)
    client = as_user(factories.someone(role, factories.jobcenter()))
    for address in pages_of(veikko, kept):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("role", [Role.ORDERER, Role.UNIT_MANAGER, Role.ADMIN])
def test_other_roles_have_no_door(place, as_user, veikko, role):
    client = as_user(factories.someone(role, place))
    for address in ("/what-if", url(veikko), url(veikko, "gig"), url(veikko, "compare")):
        assert client.get(address).status_code == 403


def test_who_is_not_signed_in_is_sent_to_the_door(session, client, veikko):
    for address in ("/what-if", url(veikko), url(veikko, "gig"), url(veikko, "compare"), "/what-if/1"):
        assert client.get(address).status_code == 302
    assert client.post(url(veikko, "gig")).status_code == 302


def test_the_answer_reads_in_finnish_and_plain_finnish(session, as_user, veikko):
    user = session.get(User, veikko.user_id)
    for language, words in [
        ("fi", "Sinulla olisi rahaa noin 180 euroa enemmän joulukuussa."),
        ("fi@easy", "Sinulle jäisi rahaa noin 180 euroa enemmän joulukuussa."),
    ]:
        user.language = language
        assert words in as_user(user).get(url(veikko, "monthly"), query_string=MONTHLY).text

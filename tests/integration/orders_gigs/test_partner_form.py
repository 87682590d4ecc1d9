"""The partner form for one gig: proposed by the coordinator, decided by the orderer, asked anew of the people."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from jobcenter.auth.domain import SYSTEM, Role
from jobcenter.benefits import ContractForm
from jobcenter.core import clock
from jobcenter.core.audit import AuditEvent
from jobcenter.core.errors import AlreadyDone, NotFound, NotPossible
from jobcenter.core.uow import unit_of_work
from jobcenter.orders.gigs import domain, queries_forms, service, service_forms, service_offers
from jobcenter.orders.gigs.domain import OfferStatus
from jobcenter.orders.gigs.domain_forms import PartnerFormAlready, PartnerPrice
from jobcenter.orders.gigs.models import Contract, FormProposal, Gig, Offer
from jobcenter.orders.gigs.service_guard import stop_refused
from jobcenter.orders.hours.queries import agreed_price
from jobcenter.orders.intake.domain_terms import PartnerMissing, PriceNeedsSecond, PriceRefused
from jobcenter.orders.intake.service import ensure_terms
from jobcenter.orders.rates.service import load_defaults
from tests import factories
from tests.factories import NOW, TODAY
from tests.factories_gigs import Place, actor_of, mails, unemployed

PRICE = PartnerPrice(Decimal("19.00"), "")


@pytest.fixture
def gig(place, session) -> Gig:
    with unit_of_work():
        load_defaults()
        ensure_terms(place.jobcenter.id, TODAY)
    return place.gig(slots=2)


def propose(place: Place, gig: Gig, price: PartnerPrice = PRICE) -> FormProposal:
    with unit_of_work():
        return service_forms.propose_partner_form(place.coordinator, gig.id, price)


def accept(place: Place, gig: Gig) -> list[Offer]:
    with unit_of_work():
        return service_forms.accept(place.orderer, gig.id, queries_forms.newest_proposal(gig.id).id)


def offers_of(session, worker) -> list[tuple[OfferStatus, str]]:
    session.expire_all()
    found = session.scalars(select(Offer).where(Offer.worker_id == worker.id).order_by(Offer.id))
    return [(offer.status, offer.reason) for offer in found]


def test_until_the_orderer_accepts_nothing_changes(place, gig, session):
    worker = place.worker()
    place.confirmed(gig, worker)
    propose(place, gig)
    assert session.get_one(Gig, gig.id).contract_form is ContractForm.ASSIGNMENT
    assert offers_of(session, worker) == [(OfferStatus.CONFIRMED, "")]
    assert [mail.to for mail in mails("partner_form_proposed")] == [place.orderer_user.email]


def test_without_a_partner_nobody_is_employed(place, gig, session):
    employed = factories.gig(place.order, contract_form=ContractForm.PARTNER)
    session.commit()
    offer = place.accepted(employed, place.worker("Aino"))
    place.jobcenter.partner_name = ""
    session.commit()
    with pytest.raises(PartnerMissing):
        propose(place, gig)
    with pytest.raises(PartnerMissing):
        place.offered(employed, place.worker())
    with pytest.raises(PartnerMissing), unit_of_work():
        service_offers.confirm(place.coordinator, offer.id)


def test_a_price_that_needs_two_people_is_not_proposed_for_a_single_gig(place, gig):
    with pytest.raises(PriceNeedsSecond):
        propose(place, gig, PartnerPrice(Decimal("11.00"), "Iso tilaus"))


def test_accepted_the_people_are_asked_anew_and_the_stopped_person_can_come(place, gig, session):
    aino, veikko = place.worker("Aino"), place.worker("Veikko")
    place.confirmed(gig, aino, 0)
    place.accepted(gig, veikko, 1)
    unemployed(veikko)
    with unit_of_work():
        stop_refused(veikko.id)
    propose(place, gig)
    made = accept(place, gig)
    assert {offer.worker_id for offer in made} == {aino.id, veikko.id}
    assert offers_of(session, aino) == [(OfferStatus.WITHDRAWN, "form_changed"), (OfferStatus.OFFERED, "")]
    assert offers_of(session, veikko)[-1] == (OfferStatus.OFFERED, "")
    assert len(mails("asked_anew")) == 2
    with unit_of_work():
        mine = next(offer for offer in made if offer.worker_id == veikko.id)
        service_offers.accept(actor_of(veikko), mine.id)
        service_offers.confirm(place.coordinator, mine.id)
    forms = session.scalars(select(Contract.form).where(Contract.worker_id == veikko.id))
    assert list(forms) == [ContractForm.PARTNER]


def test_the_accepted_price_is_the_gigs_own(place, gig, session):
    other = place.gig(starts_at=NOW + timedelta(days=9))
    propose(place, gig, replace(PRICE, hourly_price=Decimal("18.00"), price_reason="Many gigs"))
    accept(place, gig)
    assert agreed_price(session.get_one(Gig, gig.id)) == Decimal("18.00")
    assert agreed_price(session.get_one(Gig, other.id)) is None
    logged = session.scalars(select(AuditEvent.verb).where(AuditEvent.thing_type == "gig")).all()
    assert {"gig.propose_form", "gig.accept_form"} <= set(logged)


def test_whom_a_rule_refuses_now_is_not_asked_anew(place, gig, session):
    worker = place.worker()
    place.confirmed(gig, worker)
    worker.active = False
    session.commit()
    propose(place, gig)
    assert accept(place, gig) == []
    assert offers_of(session, worker) == [(OfferStatus.WITHDRAWN, "form_changed")]


def test_declined_or_taken_back_nothing_changes_and_it_may_be_proposed_again(place, gig, session):
    first = propose(place, gig).id
    with unit_of_work():
        service_forms.decline(place.orderer, gig.id, first)
    assert [mail.to for mail in mails("partner_form_answered")] == [place.coordinator_user.email]
    propose(place, gig)
    with unit_of_work():
        service_forms.take_back(place.coordinator, gig.id)
    with pytest.raises(NotPossible):
        accept(place, gig)
    assert session.get_one(Gig, gig.id).contract_form is ContractForm.ASSIGNMENT
    assert propose(place, gig).id > first


def cancelled(place, gig):
    with unit_of_work():
        service.cancel_gig(place.coordinator, gig.id, reason="Vesivahinko")


def begun(place, gig):
    gig.starts_at, gig.ends_at = clock.now(), clock.now() + timedelta(hours=3)
    factories.db.session.commit()


def in_partner_form(place, gig):
    gig.contract_form = ContractForm.PARTNER
    factories.db.session.commit()


@pytest.mark.parametrize(
    ("made_so", "refusal"),
    [
        (cancelled, domain.GigOver),
        (begun, domain.GigBegun),
        (in_partner_form, PartnerFormAlready),
        (propose, AlreadyDone),
    ],
)
def test_refused(place, gig, session, made_so, refusal):
    made_so(place, gig)
    with pytest.raises(refusal):
        propose(place, gig)


@pytest.mark.parametrize("price", [Decimal("19.01"), Decimal("10.00"), Decimal("18.00")])
def test_a_price_above_the_list_below_the_wage_or_low_without_reason_is_refused(place, gig, price):
    with pytest.raises(PriceRefused):
        propose(place, gig, PartnerPrice(price, ""))


def test_another_orderers_and_an_older_proposal_are_not_found(place, gig):
    proposal = propose(place, gig)
    elsewhere = Place()
    for actor, number in ((elsewhere.orderer, proposal.id), (place.orderer, proposal.id + 1), (SYSTEM, proposal.id)):
        with pytest.raises(NotFound), unit_of_work():
            service_forms.accept(actor, gig.id, number)


def test_the_way_through_the_pages(place, gig, session, as_user):
    worker, gig_id, order_id = place.worker(), gig.id, place.order.id
    place.confirmed(gig, worker)
    unemployed(worker)
    with unit_of_work():
        stop_refused(worker.id)
    desk = as_user(place.coordinator_user)
    link = desk.page("/matching/stopped").find("a", string="Propose the partner form")["href"]
    assert desk.page(link).find("input", {"name": "hourly_price"})["value"] == "19,00"
    assert desk.post(link, data={"hourly_price": "25", "price_reason": ""}).status_code == 422
    assert desk.post(link, data={"hourly_price": "19,00", "price_reason": ""}).status_code == 302
    assert "has not answered" in desk.page(f"/matching/gigs/{gig_id}").get_text()
    orderer = as_user(place.orderer_user)
    answer = orderer.page(f"/gigs/order/{order_id}").find("a", string="Read and answer")["href"]
    page = orderer.page(answer)
    assert "you do not become an employer" in page.get_text()
    sent = {"proposal": page.find("input", {"name": "proposal"})["value"]}
    for _click in range(2):
        assert orderer.post(f"{answer.removesuffix('answer')}accept", data=sent).status_code == 302
    assert "Veikko" in as_user(place.coordinator_user).page(f"/matching/gigs/{gig_id}").get_text()
    assert session.get_one(Gig, gig_id, populate_existing=True).contract_form is ContractForm.PARTNER


def test_only_the_coordinator_proposes_and_only_the_orderer_answers(place, gig, session, as_user):
    propose(place, gig)
    base = f"/gigs/{gig.id}/partner-form"
    stranger = factories.someone(Role.ORDERER, place.jobcenter)
    session.commit()
    assert as_user(place.orderer_user).get(base).status_code == 403
    assert as_user(place.coordinator_user).get(f"{base}/answer").status_code == 403
    assert as_user(stranger).get(f"{base}/answer").status_code == 404

"""The pages of workers, support persons and orderers, and answers by the link of a mail."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from jobcenter.auth.domain import Role
from jobcenter.auth.models import User
from jobcenter.benefits import BenefitKind
from jobcenter.core import clock
from jobcenter.core.uow import unit_of_work
from jobcenter.orders.gigs.domain import OfferStatus
from jobcenter.orders.gigs.models import Offer
from jobcenter.orders.gigs.service_support import book_support
from tests import factories
from tests.factories_earnings import assignment_order, earned
from tests.factories_gigs import ANSWER_BY, mails, slot_id


def do(verb, *args, **facts):
    with unit_of_work():
        return verb(*args, **facts)


# The worker's and the support person's pages


def test_worker_sees_the_offer_says_yes_and_later_cannot_come(place, session, as_user):
    gig, worker = place.gig(), place.worker()
    offer_id = place.offered(gig, worker).id
    client = as_user(session.get_one(User, worker.user_id))
    assert "Astianpesu" in client.page("/matching/offers").get_text()
    url = f"/matching/offers/{offer_id}"
    text = client.page(url).get_text()
    assert "You get €30.00 for this gig, before tax." in text
    assert "estimate, not a decision" in text
    assert "Olli Ohjaaja" not in text
    for _click in range(2):
        assert client.post(f"{url}/yes", data={"pitch": ""}).status_code == 302
    assert len(mails("said_yes")) == 1
    assert "Olli Ohjaaja" in client.page(url).get_text()
    assert "Astianpesu" in client.page("/gigs/mine").get_text()
    calendar = client.get("/gigs/mine.ics")
    assert calendar.mimetype == "text/calendar"
    assert "DTSTART:20261201T070000Z" in calendar.text
    client.page(f"{url}/cancel")
    assert client.post(f"{url}/cancel", data={"reason": "Kipeä"}).status_code == 302
    assert "Cancelled by the worker" in client.page(url).get_text()


def test_the_page_tells_what_other_offers_would_do_and_whom_to_call(place, session, as_user):
    worker = place.worker()
    factories.benefit(worker, BenefitKind.KELA_DISABILITY_PENSION)
    earned(assignment_order(place.jobcenter), worker, "920.00", day=date(2026, 12, 10))
    session.commit()
    offer_ids = [
        place.offered(place.gig(starts_at=factories.NOW + timedelta(days=days)), worker).id for days in (15, 16, 17)
    ]
    client, url = as_user(session.get_one(User, worker.user_id)), f"/matching/offers/{offer_ids[0]}"
    shown = client.page(url)
    text = shown.get_text(" ", strip=True)
    assert "You have 2 other offers. If you say yes to all of them, you go over: Disability pension" in text
    assert "Check with Kela. Kela" in text
    assert "With this gig: €950.00 of €990.90 (95%)" in text
    assert re.search(r"020.692.\d{3}", text)
    assert shown.select_one("input[name=knows]") is None
    assert client.post(f"{url}/yes", data={"pitch": ""}).status_code == 302
    assert session.get_one(Offer, offer_ids[0]).status is OfferStatus.ACCEPTED


def test_worker_downloads_the_contract_and_the_orderer_does_not(place, session, as_user):
    gig, worker = place.gig(), place.worker()
    offer_id = place.confirmed(gig, worker).id
    client = as_user(session.get_one(User, worker.user_id))
    path = client.page(f"/matching/offers/{offer_id}").select_one("a[href$='.pdf']")["href"]
    assert client.get(path).mimetype == "application/pdf"
    assert as_user(session.get_one(User, place.orderer_user.id)).get(path).status_code == 403


def test_the_contract_is_in_the_workers_swedish(place, session, as_user):
    gig, worker = place.gig(), place.worker()
    worker.language = "sv"
    session.commit()
    offer_id = place.confirmed(gig, worker).id
    client = as_user(session.get_one(User, worker.user_id))
    path = client.page(f"/matching/offers/{offer_id}").select_one("a[href$='.pdf']")["href"]
    read = PdfReader(BytesIO(client.get(path).data))
    text = "\n".join(page.extract_text() for page in read.pages)
    for words in ("Uppdragsavtal för ett gigg", "Beställare", "Utförare", "Godkännanden", "Sida 1 /"):
        assert words in text
    assert read.trailer["/Root"]["/Lang"] == "sv-FI"


def test_mail_link_answers_without_sign_in_and_works_once(place, session, client):
    gig, worker = place.gig(), place.worker()
    offer = place.offered(gig, worker)
    path = re.search(r"https?://[^/\s]+(/matching/answer/\S+)", mails("offer_made")[0].body)[1]
    page = client.page(path)
    assert "Astianpesu" in page.get_text()
    assert session.get_one(Offer, offer.id, populate_existing=True).status is OfferStatus.OFFERED
    assert client.post(f"{path}/yes").status_code == 302
    assert session.get_one(Offer, offer.id, populate_existing=True).status is OfferStatus.ACCEPTED
    assert client.get(path).status_code == 410
    assert client.post(f"{path}/no").status_code == 410


def test_late_link_is_kind(place, session, client):
    gig, worker = place.gig(), place.worker()
    place.offered(gig, worker)
    path = re.search(r"https?://[^/\s]+(/matching/answer/\S+)", mails("offer_made")[0].body)[1]
    with clock.frozen(ANSWER_BY + timedelta(minutes=1)):
        assert "Soita koordinaattorille" in client.page(path).get_text()
    with clock.frozen(gig.ends_at + timedelta(minutes=1)):
        assert client.get(path).status_code == 410


def test_support_person_sees_offers_of_theirs_and_gigs_they_come_along_to(place, session, as_user):
    gig, worker = place.gig(), place.worker()
    tuija = place.support_person(worker)
    offer_id = place.offered(gig, worker).id
    do(book_support, place.coordinator, gig.id, tuija.id)
    gig_id = gig.id
    client = as_user(session.get_one(User, tuija.id))
    offers = client.page("/matching/offers").get_text()
    assert "Veikko Tekijä" in offers and "those you support" in offers
    text = client.page(f"/matching/offers/{offer_id}").get_text()
    assert "both names are kept" in text
    assert "limits of Veikko" not in text, "limits only by consent"
    assert client.post(f"/matching/offers/{offer_id}/yes").status_code == 302
    assert "The worker cannot come" in client.page(f"/matching/offers/{offer_id}").get_text()
    cancelling = client.page(f"/matching/offers/{offer_id}/cancel").get_text()
    assert "Why can't Veikko come?" in cancelling and "my place" not in cancelling
    gigs = client.page("/gigs/mine").get_text()
    assert "I come along" in gigs and "Gigs of those I support" in gigs
    assert "Olli Ohjaaja" in client.page(f"/gigs/booked/{gig_id}").get_text()


# The orderer's pages


def test_orderer_sees_first_names_and_what_may_be_told(place, session, as_user):
    gig, worker = place.gig(slots=2), place.worker(told_to_orderer="kuulee huonosti vasemmalla")
    place.confirmed(gig, worker)
    order_id, gig_id = place.order.id, gig.id
    client = as_user(session.get_one(User, place.orderer_user.id))
    text = client.page(f"/gigs/order/{order_id}").get_text()
    assert "Veikko (kuulee huonosti vasemmalla)" in text
    assert "Tekijä" not in text
    assert "still looking for 1 person" in text
    for part in ("people", "cancel"):
        client.page(f"/gigs/{gig_id}/{part}")
    assert client.post(f"/gigs/{gig_id}/people", data={"people": "1"}).status_code == 302
    assert client.post(f"/gigs/{gig_id}/cancel", data={"reason": "Remontti"}).status_code == 302
    assert client.post(f"/gigs/{gig_id}/reopen").status_code == 302


@pytest.mark.parametrize("role", [Role.ORDERER, Role.COORDINATOR, Role.WORKER, Role.SUPPORT])
def test_strangers_find_nothing(place, session, as_user, role):
    gig, worker = place.gig(), place.worker()
    offer_id = place.confirmed(gig, worker).id
    gig_id, order_id, slot = gig.id, place.order.id, slot_id(gig)
    client = as_user(factories.someone(role, factories.jobcenter()))
    for path in (
        f"/matching/gigs/{gig_id}",
        f"/matching/slots/{slot}",
        f"/matching/offers/{offer_id}",
        f"/gigs/order/{order_id}",
        f"/gigs/{gig_id}/cancel",
        f"/gigs/booked/{gig_id}",
    ):
        assert client.get(path).status_code in (403, 404)

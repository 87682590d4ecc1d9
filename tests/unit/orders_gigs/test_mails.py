"""Each mail of gigs in Finnish as a golden file; `UPDATE_GOLDEN=1` writes them anew."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask

from jobcenter.benefits import ContractForm
from jobcenter.core import texts
from jobcenter.orders.gigs import mails, mails_forms, mails_stops
from jobcenter.orders.gigs.domain import GigCard, Span

GOLDEN = Path(__file__).parent / "golden"
START = datetime(2026, 12, 1, 7, 0, tzinfo=UTC)
URL = "https://jobcenter.example.fi/x"
CARD = GigCard(
    gig_id=1,
    title="Lounaan tiskit",
    place="Kahvila Öhman",
    address="Kahvikuja 2, 00200 Mallila",
    span=Span(START, START + timedelta(hours=3)),
    break_minutes=30,
    contact_name="Olli Öhman",
    contact_phone="040 123 4567",
    organisation="Kahvila Öhman Oy",
    form=ContractForm.ASSIGNMENT,
    wage=Decimal("10.00"),
)
LATER = GigCard(**{**CARD.__dict__, "span": Span(START + timedelta(days=1), START + timedelta(days=1, hours=3))})
ANSWER_BY = START - timedelta(days=2)

MAILS = {
    "offer_made": lambda: mails.offer_made(CARD, name="Veikko", answer_by=ANSWER_BY, url=URL),
    "offer_made_support": lambda: mails.offer_made_to_somebody_you_support(
        CARD, worker="Veikko Tekijä", answer_by=None, url=URL
    ),
    "said_yes": lambda: mails.said_yes(
        CARD, worker="Veikko Tekijä", by="Tuija Tuki", pitch="Tiskaan mielelläni", url=URL
    ),
    "said_no": lambda: mails.said_no(CARD, worker="Veikko Tekijä", by="Veikko Tekijä", reason="", url=URL),
    "not_answered": lambda: mails.not_answered(CARD, worker="Veikko Tekijä", url=URL),
    "limit_goes_over": lambda: mails.limit_goes_over(CARD, worker="Veikko Tekijä"),
    "place_gone": lambda: mails.place_gone_kindly(CARD, name="Veikko"),
    "no_answer": lambda: mails.no_answer_came(CARD, name="Veikko"),
    "confirmed": lambda: mails.place_confirmed(CARD, name="Veikko", supporters="Tuija Tuki", url=URL),
    "not_confirmed": lambda: mails.place_not_confirmed(CARD, name="Veikko"),
    "withdrawn": lambda: mails.place_withdrawn(CARD, name="Veikko", reason="Tilaaja tarvitsee vähemmän väkeä"),
    "cannot_come": lambda: mails.worker_cannot_come(CARD, who="Veikko Tekijä", reason="Bussi ei kulje", url=URL),
    "cannot_come_orderer": lambda: mails.worker_cannot_come_for_orderer(
        CARD, who="Veikko", reason="Bussi ei kulje", url=URL
    ),
    "cannot_come_support": lambda: mails.worker_cannot_come_for_support(CARD, who="Veikko Tekijä", reason="x"),
    "staffed": lambda: mails.gig_staffed(CARD, people=["Veikko (kuulee huonosti)", "Aino"], url=URL),
    "gig_cancelled": lambda: mails.gig_cancelled(CARD, name="Veikko", reason="Vesivahinko", by="Olga Öhman"),
    "gig_reopened": lambda: mails.gig_reopened(CARD, by="Olga Öhman", url=URL),
    "gig_changed": lambda: mails.gig_changed(
        LATER, name="Veikko", before=CARD.span, place_before="Kahvila, Katu 1", url=URL
    ),
    "people_changed": lambda: mails.people_changed(CARD, before=2, people=3, by="Olga Öhman", url=URL),
    "stopped": lambda: mails_stops.stopped_kindly([CARD, LATER], name="Veikko", partner="Väylä ry"),
    "stopped_support": lambda: mails_stops.stopped_for_support([CARD], worker="Veikko Tekijä"),
    "stopped_coordinator": lambda: mails_stops.stopped_for_coordinator(
        [CARD], worker="Veikko Tekijä", partner="Väylä ry", url=URL
    ),
    "left": lambda: mails_stops.left_kindly([CARD], [LATER], name="Veikko"),
    "left_coordinator": lambda: mails_stops.left_for_coordinator([LATER], worker="Veikko Tekijä", url=URL),
    "partner_form_proposed": lambda: mails_forms.partner_form_proposed(
        CARD, partner="Väylä ry", price=Decimal("19.00"), vat_percent=Decimal("25.50"), url=URL
    ),
    "proposal_accepted": lambda: mails_forms.proposal_answered(CARD, by="Olga Öhman", accepted=True, url=URL),
    "proposal_declined": lambda: mails_forms.proposal_answered(CARD, by="Olga Öhman", accepted=False, url=URL),
    "asked_anew": lambda: mails_forms.asked_anew(CARD, name="Veikko", partner="Väylä ry", answer_by=ANSWER_BY, url=URL),
    "support_booked": lambda: mails.support_booked(CARD, name="Tuija", people=["Veikko Tekijä"], url=URL),
    "support_unbooked": lambda: mails.support_unbooked(CARD, name="Tuija"),
    "swapped": lambda: mails.swapped(LATER, name="Veikko", before=CARD, reason="Sovittu", url=URL),
    "missed": lambda: mails.missed(CARD, name="Veikko"),
}


@pytest.fixture(scope="module", autouse=True)
def gettext():
    app = Flask("jobcenter")
    texts.init_app(app)
    with app.test_request_context():
        yield


@pytest.mark.parametrize("name", MAILS)
def test_mail_reads_as_its_golden_file(name):
    with texts.in_language("fi"):
        mail = MAILS[name]()
    said = f"{mail.subject}\n\n{mail.body}".replace(texts.NBSP, " ")
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(said, encoding="utf-8")
    assert said == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["stopped_support", "offer_made_support", "cannot_come_support"])
def test_mails_to_support_persons_name_no_benefit(name):
    with texts.in_language("en"):
        mail = MAILS[name]()
    assert "benefit" not in (mail.subject + mail.body).lower()

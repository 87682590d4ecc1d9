"""Each mail of orders in Finnish as a golden file; `UPDATE_GOLDEN=1` writes them anew."""

from __future__ import annotations

import os
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask

from jobcenter.benefits import ContractForm
from jobcenter.core import texts
from jobcenter.core.money import Price
from jobcenter.orders.intake import mails
from jobcenter.orders.intake.domain import OrderAction
from jobcenter.orders.intake.domain_parts import OfferTerms
from jobcenter.orders.intake.domain_times import WishedTime, occurrences
from jobcenter.orders.intake.presenting import time_in_words

GOLDEN = Path(__file__).parent / "golden_intake"
URL = "https://jobcenter.example.fi/x"
WEEKLY = WishedTime(date(2026, 12, 1), time(9), time(12), 30, date(2027, 1, 12))
CARD = mails.OrderCard(
    title="Lounaan tiskit",
    place="Kahvila Öhman, Kahvikuja 2, 00200 Mallila",
    occurrences=tuple(occurrences([WEEKLY])),
    people=2,
    orderer="Kahvila Öhman Oy",
    jobcenter="Mallilan Jobcenter",
    phone="09 123 4567",
)
LIST = OfferTerms(ContractForm.ASSIGNMENT, Decimal("14.50"))
LOWER = OfferTerms(ContractForm.PARTNER, Decimal("17.00"), "Iso tilaus")
PRICE = Price.of_net(Decimal("290.00"), Decimal("25.5"))

MAILS = {
    "confirm_order": lambda: mails.confirm_order(CARD, name="Olli", url=URL, days=7),
    "new_order": lambda: mails.new_order(CARD, url=URL),
    "order_edited": lambda: mails.order_edited(CARD, url=URL),
    "message": lambda: mails.message(CARD, author="Kaisa", text="Onko tiskikone?\nMistä ovesta?", url=URL),
    "terms": lambda: mails.terms(CARD, offered=LIST, price=PRICE, url=URL),
    "terms_lower": lambda: mails.terms(CARD, offered=LOWER, price=None, url=URL),
    "accepted": lambda: mails.accepted(CARD, by="Olga Öhman", url=URL),
    "thanks_for_accepting": lambda: mails.thanks_for_accepting(CARD, url=URL),
    "declined": lambda: mails.decision(CARD, OrderAction.DECLINE, by="Kaisa", reason="Liian korkealla", url=URL),
    "cancelled": lambda: mails.decision(CARD, OrderAction.CANCEL, by="Olga", reason="Kahvila on kiinni", url=URL),
    "reopened": lambda: mails.decision(CARD, OrderAction.REOPEN, by="Kaisa", reason="Sovittiin toisin", url=URL),
}


@pytest.fixture(scope="module", autouse=True)
def catalogue():
    app = Flask("mails")
    texts.init_app(app)
    with app.app_context(), texts.in_language("fi"):
        yield


@pytest.mark.parametrize("name", MAILS)
def test_mail_reads_as_agreed(name):
    mail = MAILS[name]()
    written = f"{mail.subject}\n\n{mail.body}"
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(written, encoding="utf-8")
    assert written == path.read_text(encoding="utf-8")


def test_every_golden_file_has_its_mail():
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(MAILS)


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("fi", "Joka viikko, torstai klo 9.00–12.30, 26.11.2026–10.12.2026 (3 kertaa)"),
        ("sv", "Varje vecka, torsdag kl. 9.00–12.30, 26.11.2026–10.12.2026 (3 gånger)"),
        ("en", "Weekly on Thursday at 9:00–12:30, 26 Nov 2026–10 Dec 2026 (3 times)"),
    ],
)
def test_a_weekly_time_reads_as_its_language_writes_it(code: str, shown: str) -> None:
    weekly = WishedTime(date(2026, 11, 26), time(9), time(12, 30), 0, date(2026, 12, 10))
    with texts.in_language(code):
        assert time_in_words(weekly).replace(texts.NBSP, " ") == shown

"""The pages of invoices: lists, preview, one invoice, PDF, the mail's link; who sees what; double clicks."""

import io
import re
from datetime import date, timedelta

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from jobcenter.auth.domain import Role
from jobcenter.benefits import ContractForm
from jobcenter.billing.invoices import service
from jobcenter.billing.invoices.domain import CreditInvoice, InvoiceStatus
from jobcenter.billing.invoices.models import Invoice
from jobcenter.core import clock
from jobcenter.core.uow import unit_of_work
from jobcenter.notifications.models import OutgoingMail
from jobcenter.orders.organisations.models import OrganisationMember
from tests import factories
from tests.factories import NOW

FRIDAY = date(2026, 11, 20)
KEY = "6f1c2a52-9d43-4f6c-9c50-0b1c5d1f7e11"


@pytest.fixture
def worked(world, session):
    world.hours(FRIDAY, 20)
    session.commit()
    return world


@pytest.fixture
def sent(worked, session):
    invoice = worked.sent()
    session.commit()
    return invoice


def text_of(reply) -> str:
    assert reply.mimetype == "application/pdf"
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(reply.data)).pages)
    return text.replace("\u00a0", " ").replace("\u2212", "-")


def links_in(session) -> list[str]:
    bodies = session.scalars(select(OutgoingMail.body).where(OutgoingMail.kind == "invoice").order_by(OutgoingMail.id))
    return [re.search(r"/invoices/link/[\w-]+", body).group() for body in bodies]


def link_in(session) -> str:
    return links_in(session)[0]


# The road


def test_from_the_list_of_what_waits_to_a_sent_invoice(worked, session, as_user):
    client = as_user(worked.coordinator_user)
    waiting = client.page("/invoices/to-make")
    row = waiting.find("tr", string=None) and waiting.select_one("tbody tr")
    assert "Kahvila Kaisla Oy" in row.text and "€290.00" in row.text and "November 2026" in row.text
    preview = client.page(row.select_one("a")["href"])
    assert "€363.95" in preview.text
    form = preview.select_one("main form.form")
    made = client.post(form["action"], data={"form_key": form.select_one("[name=form_key]")["value"]})
    page = client.page(made.location)
    assert "Invoice (draft)" in page.h1.text
    client.post(f"{made.location}/send")
    page = client.page(made.location)
    assert page.h1.text == "Invoice 1"
    assert "FI37 1590 3000 0007 76" in page.text
    assert page.select_one("figure.bank-bars svg")
    assert "Waits for payment" in page.text


def test_an_orderer_without_any_address_is_said(worked, session, as_user):
    worked.organisation.email = ""
    for member in session.scalars(select(OrganisationMember)):
        session.delete(member)
    session.commit()
    invoice, client = worked.draft(), as_user(worked.coordinator_user)
    client.post(f"/invoices/{invoice.id}/send")
    assert "send it yourself" in client.page(f"/invoices/{invoice.id}").text


def test_an_orders_own_page_leads_to_its_invoice(worked, as_user):
    preview = as_user(worked.coordinator_user).page(f"/invoices/new?order={worked.order.id}")
    assert "€363.95" in preview.text


def test_a_double_click_makes_one_draft(worked, session, as_user):
    client, path = as_user(worked.coordinator_user), f"/invoices/new?order={worked.order.id}"
    places = {client.post(path, data={"form_key": KEY}).location for _each in range(2)}
    assert len(places) == 1
    assert session.scalar(select(func.count()).select_from(Invoice)) == 1


@pytest.mark.parametrize(
    ("verb", "data", "state"),
    [
        ("paid", {"day": "22.11.2026"}, InvoiceStatus.PAID),
        ("credit", {"reason": "Wrong place"}, InvoiceStatus.CREDITED),
    ],
)
def test_a_double_click_on_a_sent_invoice_does_it_once(sent, worked, as_user, verb, data, state):
    client = as_user(worked.coordinator_user)
    for _each in range(2):
        assert client.post(f"/invoices/{sent.id}/{verb}", data=data).status_code == 302
    assert sent.status is state


@pytest.mark.parametrize(("verb", "state"), [("send", InvoiceStatus.SENT), ("discard", InvoiceStatus.DISCARDED)])
def test_a_double_click_on_a_draft_does_it_once(worked, session, as_user, verb, state):
    invoice = worked.draft()
    client = as_user(worked.coordinator_user)
    for _each in range(2):
        assert client.post(f"/invoices/{invoice.id}/{verb}").status_code == 302
    assert session.get(Invoice, invoice.id).status is state


def test_a_double_click_on_taking_the_payment_back_does_it_once(sent, worked, session, as_user):
    client = as_user(worked.coordinator_user)
    client.post(f"/invoices/{sent.id}/paid", data={"day": "22.11.2026"})
    for _each in range(2):
        assert client.post(f"/invoices/{sent.id}/unpaid").status_code == 302
    assert session.get(Invoice, sent.id).status is InvoiceStatus.SENT


@pytest.mark.parametrize(
    ("verb", "data", "words"),
    [
        ("paid", {"day": ""}, "Fill in this field"),
        ("paid", {"day": "31.11.2026"}, "Give a day in the form"),
        ("paid", {"day": "1.11.2026"}, "between the sending of the invoice"),
        ("credit", {"reason": ""}, "Fill in this field"),
        ("credit", {"reason": "x" * 300}, "Shorten this"),
        ("discard", {}, "cannot be done to the invoice any more"),
    ],
)
def test_what_is_not_possible_is_said(sent, worked, as_user, verb, data, words):
    reply = as_user(worked.coordinator_user).post(f"/invoices/{sent.id}/{verb}", data=data)
    assert reply.status_code in (409, 422)
    assert words in reply.text


def test_making_an_invoice_of_nothing_says_so(world, as_user):
    reply = as_user(world.coordinator_user).post(f"/invoices/new?order={world.order.id}", data={"form_key": KEY})
    assert reply.status_code == 422
    assert "no confirmed hours" in reply.text


# PDF


def test_the_pdf_says_what_the_page_says(sent, worked, as_user):
    text = text_of(as_user(worked.coordinator_user).get(f"/invoices/{sent.id}/pdf"))
    for words in ("Invoice 1", "Kahvila Kaisla Oy", "20 h", "€290.00", "€73.95", "€363.95", "FI37 1590 3000 0007 76"):
        assert words in text
    assert sent.document["payment"]["bars"]["digits"] in text


def test_a_draft_can_be_looked_at_as_pdf(worked, session, as_user):
    invoice = worked.draft()
    text = text_of(as_user(worked.coordinator_user).get(f"/invoices/{invoice.id}/pdf"))
    assert "Invoice (draft)" in text
    assert "How to pay" not in text


def test_a_credit_note_names_what_it_takes_back(sent, worked, session, as_user):
    with unit_of_work():
        note = service.credit(worked.coordinator, sent.id, CreditInvoice("Väärä osoite 😀"))
    client = as_user(worked.orderer)
    text = text_of(client.get(f"/invoices/{note.id}/pdf"))
    assert "Credit note 2" in text and "takes back the whole invoice 1" in text and "Väärä osoite" in text
    assert "-€363.95" in text
    assert "Invoice 1" in client.page(f"/invoices/{note.id}").text


# The link


def test_the_link_in_the_mail_shows_the_invoice_without_signing_in(sent, session, client):
    link = link_in(session)
    assert "€363.95" in client.page(link).text
    assert "€363.95" in text_of(client.get(f"{link}/pdf"))


def test_an_old_or_foreign_link_opens_nothing(sent, session, client):
    link = link_in(session)
    with clock.frozen(NOW + timedelta(days=121)):
        assert client.get(link).status_code == 410
        assert client.get(f"{link}/pdf").status_code == 410
    assert client.get("/invoices/link/nothing").status_code == 404


def test_mailed_again_only_the_newest_link_opens_the_invoice(worked, sent, session, as_user, client):
    path = f"/invoices/{sent.id}/mail-again"
    with clock.frozen(clock.now() + timedelta(minutes=2)):
        for _click in range(2):
            assert as_user(worked.coordinator_user).post(path).status_code == 302
        first, second = links_in(session)
        client.post("/sign-out")
        assert client.get(first).status_code == 410
        assert "€363.95" in client.page(second).text


@pytest.mark.parametrize("days", [13, 15])
def test_a_link_to_a_paid_invoice_ends_two_weeks_after(worked, sent, session, as_user, days):
    browser = as_user(worked.coordinator_user)
    assert browser.post(f"/invoices/{sent.id}/paid", data={"day": "22.11.2026"}).status_code == 302
    with clock.frozen(clock.now() + timedelta(days=days)):
        assert browser.get(link_in(session)).status_code == (200 if days < 14 else 410)


def test_only_its_coordinator_mails_an_invoice_again(worked, sent, as_user):
    assert as_user(worked.orderer).post(f"/invoices/{sent.id}/mail-again").status_code == 403


# Who sees what


PAGES = ["/invoices", "/invoices/mine", "/invoices/to-make", "/invoices/1", "/invoices/1/pdf", "/invoices/new?order=1"]
BUTTONS = ["/invoices/1/send", "/invoices/1/discard", "/invoices/1/paid", "/invoices/1/unpaid", "/invoices/1/credit"]


@pytest.mark.parametrize("path", PAGES)
def test_nobody_reads_without_signing_in(world, client, path):
    reply = client.get(path)
    assert reply.status_code == 302 and "sign-in" in reply.location


@pytest.mark.parametrize("path", BUTTONS)
def test_nobody_acts_without_signing_in(world, client, path):
    assert client.post(path).status_code == 302


@pytest.mark.parametrize("path", ["/invoices", "/invoices/to-make", "/invoices/mine"])
def test_workers_have_no_invoices(world, as_user, path):
    assert as_user(world.worker_user).get(path).status_code == 403


@pytest.mark.parametrize("verb", ["send", "discard", "paid", "unpaid", "credit"])
def test_orderers_and_administrators_only_read(sent, worked, session, as_user, verb):
    admin = factories.someone(Role.ADMIN, worked.jobcenter)
    session.commit()
    for user in (worked.orderer, admin):
        client = as_user(user)
        assert client.get(f"/invoices/{sent.id}").status_code == 200
        assert client.get(f"/invoices/{sent.id}/pdf").status_code == 200
        assert client.post(f"/invoices/{sent.id}/{verb}").status_code == 403


def test_another_jobcenter_and_another_organisation_find_nothing(sent, session, as_user):
    other = factories.jobcenter()
    users = [factories.someone(Role.COORDINATOR, other), factories.someone(Role.ORDERER, other)]
    factories.organisation(other, users[1])
    session.commit()
    for user in users:
        assert as_user(user).get(f"/invoices/{sent.id}").status_code == 404
        assert as_user(user).get(f"/invoices/{sent.id}/pdf").status_code == 404
    reply = as_user(users[0]).post(f"/invoices/{sent.id}/paid", data={"day": "22.11.2026"})
    assert reply.status_code == 404


def test_the_orderer_lists_the_own_sent_invoices(sent, worked, as_user):
    page = as_user(worked.orderer).page("/invoices/mine")
    assert "Invoice 1" in page.text and "Waits for payment" in page.text


@pytest.mark.parametrize(
    "path", ["/invoices/new", "/invoices/new?organisation=1", "/invoices/new?organisation=1&month=2026-13"]
)
def test_an_address_that_asks_for_nothing_is_not_found(world, as_user, path):
    assert as_user(world.coordinator_user).get(path).status_code == 404


# Lists


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True),
        ("show=waiting", True),
        ("show=overdue", False),
        ("show=paid", False),
        ("show=draft", False),
        ("text=kaisla", True),
        ("text=1", True),
        ("text=100%25", False),
        ("text=999999999999999999", False),
        ("show=nonsense", True),
    ],
)
def test_filters(sent, worked, as_user, query, found):
    page = as_user(worked.coordinator_user).page(f"/invoices?{query}")
    assert ("Invoice 1" in page.select_one("main").text) is found


def test_an_unpaid_invoice_is_overdue_after_its_due_day(sent, worked, as_user):
    client = as_user(worked.coordinator_user)
    with clock.frozen(clock.start_of(date(2026, 12, 7))):
        assert "Overdue" not in client.page("/invoices").select_one("table").text
    with clock.frozen(clock.start_of(date(2026, 12, 8))):
        assert "Overdue" in client.page("/invoices?show=overdue").select_one("table").text


def test_queries_do_not_grow_with_rows(world, session, as_user, query_count):
    counts = {}
    for wanted in (1, 20):
        for number in range(session.scalar(select(func.count()).select_from(Invoice)), wanted):
            order = factories.order(world.jobcenter, world.organisation, contract_form=ContractForm.ASSIGNMENT)
            world.hours(FRIDAY, order=order)
            session.commit()
            with unit_of_work():
                service.send(world.coordinator, world.draft(order, form_key=str(number)).id)
        session.commit()
        for path, user in (("/invoices", world.coordinator_user), ("/invoices/mine", world.orderer)):
            client = as_user(user)
            with query_count() as statements:
                client.page(path)
            counts.setdefault(path, []).append(len(statements.queries))
    assert all(one == twenty for one, twenty in counts.values()), counts


# Settings


def test_settings_are_saved_and_shown(world, as_user):
    client, path = as_user(world.coordinator_user), f"/billing-settings/{world.jobcenter.id}"
    assert "14 days" in client.page(path).text
    data = {"payment_days": "21", "pay_days": "10. 25", "version": "0"}
    assert client.post(path, data=data).status_code == 302
    assert 'value="10, 25"' in client.get(path).text
    assert client.post(path, data=data).status_code == 422


@pytest.mark.parametrize("days", ["0", "32", "x", "-1"])
def test_impossible_pay_days_are_refused(world, as_user, days):
    path = f"/billing-settings/{world.jobcenter.id}"
    reply = as_user(world.coordinator_user).post(path, data={"pay_days": days, "version": "0"})
    assert reply.status_code == 422
    assert "between 1 and 31" in reply.text


def test_settings_of_another_jobcenter_are_not_found(world, session, as_user):
    stranger = factories.someone(Role.COORDINATOR, factories.jobcenter())
    session.commit()
    path = f"/billing-settings/{world.jobcenter.id}"
    assert as_user(stranger).get(path).status_code == 404
    assert as_user(stranger).post(path, data={"version": "0"}).status_code == 404

"""E-invoices on their way: made when an invoice is sent, refused for what is missing, handed over once, answered."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from lxml import etree
from sqlalchemy import select

from jobcenter.billing.einvoices import carriers, jobs, service
from jobcenter.billing.einvoices.domain import EInvoiceStatus
from jobcenter.billing.einvoices.models import OutgoingEInvoice
from jobcenter.billing.invoices import service as invoices
from jobcenter.billing.invoices.domain import CreditInvoice
from jobcenter.billing.settings.domain import EInvoiceFormat
from jobcenter.billing.settings.models import BillingSettings
from jobcenter.config import EInvoiceRoute
from jobcenter.core import clock
from jobcenter.core.errors import AlreadyDone, DomainError, NotFound, NotPossible
from jobcenter.core.uow import unit_of_work
from jobcenter.notifications.models import OutgoingMail
from tests.factories import NOW
from tests.factories_billing import World

SELLER, BUYER = "003720000024", "003720000016"
MONDAY = NOW + timedelta(days=1)
# Before or after which step of handing over the process dies; what a killed transaction did is undone.
KILLED = [(step, done) for step in ("stage", "publish") for done in (False, True)]
KILLED += [("note_staged", True), ("note_delivered", True)]


@pytest.fixture
def cafe(session, now) -> World:
    """A café that takes e-invoices, and a Jobcenter that sends them as Finvoice; hours under two VAT rates."""
    world = World()
    jobcenter, organisation = world.jobcenter, world.organisation
    jobcenter.business_id, jobcenter.bic = "2000002-4", "OKOYFIHH"
    jobcenter.street, jobcenter.postcode, jobcenter.city = "Työkatu 1", "00500", "Helsinki"
    organisation.business_id, organisation.invoice_reference = "2000001-6", "Osto 9931"
    organisation.einvoice_address, organisation.einvoice_operator = BUYER, "003721291126"
    organisation.cost_centre = "4100"
    session.add(
        BillingSettings(
            jobcenter_id=jobcenter.id,
            einvoice_format=EInvoiceFormat.FINVOICE,
            einvoice_address=SELLER,
            einvoice_operator="003723327487",
        )
    )
    world.hours(date(2024, 8, 31), 1, vat_percent=Decimal("24"))
    world.hours(date(2024, 9, 2), 20, by=world.worker)
    session.commit()
    return world


@pytest.fixture
def folder(app, tmp_path) -> Path:
    """The installation's e-invoices go to a folder."""
    before = app.config["JOBCENTER"]
    app.config["JOBCENTER"] = replace(before, einvoices=EInvoiceRoute(folder=str(tmp_path)))
    yield tmp_path
    app.config["JOBCENTER"] = before


def einvoice_of(session, invoice) -> OutgoingEInvoice | None:
    session.expire_all()
    return session.scalar(select(OutgoingEInvoice).where(OutgoingEInvoice.invoice_id == invoice.id))


def set_format(session, world: World, form: EInvoiceFormat | None) -> None:
    session.get(BillingSettings, world.jobcenter.id).einvoice_format = form
    session.commit()


def sent(session, world: World):
    """A sent invoice whose e-invoice has been made."""
    invoice = world.sent()
    jobs.make_einvoices(NOW)
    return invoice


def send(world: World, invoice) -> OutgoingEInvoice:
    with unit_of_work():
        return service.send(world.coordinator, invoice.id)


def in_folder(folder: Path, name: str) -> list[str]:
    return sorted(path.name for path in (folder / name).iterdir() if path.is_file())


# Making


@pytest.mark.parametrize(
    ("form", "total"), [("finvoice", ".//InvoiceTotalVatIncludedAmount"), ("peppol", ".//{*}PayableAmount")]
)
def test_a_sent_invoice_is_made_an_e_invoice_to_the_cent(session, cafe, form, total):
    set_format(session, cafe, EInvoiceFormat(form))
    invoice = sent(session, cafe)
    made = einvoice_of(session, invoice)
    assert (made.status, made.faults, made.file_name) == (EInvoiceStatus.QUEUED, [], f"{SELLER}_1.xml")
    root = etree.fromstring(made.content.encode())
    written = Decimal(root.findtext(total).replace(",", "."))
    assert written == invoice.gross == Decimal("381.93")
    shown = invoice.document["to_pay"]["value"].replace("\u00a0", " ")
    assert shown == "€381.93"


def test_a_credit_note_names_its_invoice(session, cafe):
    invoice = sent(session, cafe)
    with unit_of_work():
        note = invoices.credit(cafe.coordinator, invoice.id, CreditInvoice("Väärä kustannuspaikka"))
    jobs.make_einvoices(NOW)
    root = etree.fromstring(einvoice_of(session, note).content.encode())
    assert root.findtext(".//OriginalInvoiceNumber") == "1"
    assert root.findtext(".//InvoiceTotalVatIncludedAmount") == "-381,93"


def test_the_job_makes_it_once(session, cafe):
    sent(session, cafe)
    assert jobs.make_einvoices(NOW).done == 0


@pytest.mark.parametrize("which", ["jobcenter", "orderer"])
def test_nothing_is_made_where_one_side_has_no_e_invoices(session, cafe, which):
    if which == "jobcenter":
        set_format(session, cafe, None)
    else:
        cafe.organisation.einvoice_address = ""
        session.commit()
    assert einvoice_of(session, sent(session, cafe)) is None


def test_what_is_missing_is_refused_and_can_be_put_right(session, cafe):
    set_format(session, cafe, EInvoiceFormat.PEPPOL)
    cafe.organisation.invoice_reference = ""
    session.commit()
    invoice = sent(session, cafe)
    refused = einvoice_of(session, invoice)
    assert refused.status is EInvoiceStatus.REFUSED
    assert refused.faults == [["PEPPOL-EN16931-R003", "buyer_reference", ""]]
    assert not refused.content
    assert send(cafe, invoice).status is EInvoiceStatus.REFUSED
    cafe.organisation.invoice_reference = "Osto 9931"
    session.commit()
    assert send(cafe, invoice).status is EInvoiceStatus.QUEUED


def test_what_the_invoice_said_stays_as_it_was(session, cafe):
    invoice = cafe.sent()
    cafe.organisation.name, cafe.organisation.invoice_reference = "Kahvila Uusi Oy", "Uusi viite"
    cafe.organisation.street = "Rantatie 5"
    session.commit()
    jobs.make_einvoices(NOW)
    content = einvoice_of(session, invoice).content
    assert "Kahvila Kaisla Oy" in content and "Osto 9931" in content
    assert "Uusi" not in content


def test_the_orderers_order_number_is_said_when_all_is_ordered_under_it(session, cafe):
    cafe.order.order_number = "PO-77"
    session.commit()
    invoice = sent(session, cafe)
    root = etree.fromstring(einvoice_of(session, invoice).content.encode())
    assert root.findtext(".//OrderIdentifier") == "PO-77"
    assert ("Your order number", "PO-77") in [(fact["label"], fact["value"]) for fact in invoice.document["facts"]]


# Refusals


def test_it_is_not_sent_twice(session, cafe):
    invoice = sent(session, cafe)
    with pytest.raises(AlreadyDone):
        send(cafe, invoice)


def test_a_received_one_is_not_sent_again(session, cafe):
    invoice = sent(session, cafe)
    einvoice_of(session, invoice).status = EInvoiceStatus.RECEIVED
    session.commit()
    with pytest.raises(NotPossible):
        send(cafe, invoice)


def test_a_jobcenter_that_sends_none_says_so(session, cafe):
    set_format(session, cafe, None)
    invoice = cafe.sent()
    with pytest.raises(DomainError, match="einvoice_not_in_use"):
        send(cafe, invoice)


def test_another_jobcenters_and_orderers_find_nothing(session, cafe):
    invoice = sent(session, cafe)
    other = World()
    session.commit()
    for actor in (other.coordinator, cafe.as_orderer):
        with pytest.raises(NotFound):
            service.send(actor, invoice.id)


# Handing over


def test_a_file_is_handed_over_once(session, cafe, folder):
    invoice = sent(session, cafe)
    assert jobs.deliver_einvoices(NOW).done == 1
    assert jobs.deliver_einvoices(NOW).done == 0
    assert in_folder(folder, "out") == [f"{SELLER}_1.xml"]
    made = einvoice_of(session, invoice)
    assert made.status is EInvoiceStatus.DELIVERED
    assert (folder / "out" / made.file_name).read_text() == made.content


@pytest.mark.parametrize(("step", "done_first"), KILLED)
def test_it_goes_on_from_wherever_it_was_killed(session, cafe, folder, monkeypatch, step, done_first):
    """The process dies before or after a step, its transaction with it; the operator takes what has its name."""
    invoice = sent(session, cafe)
    owner = service if step.startswith("note") else carriers.FolderCarrier
    real = getattr(owner, step)

    def killed(*given):
        if done_first:
            real(*given)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(owner, step, killed)
        with pytest.raises(KeyboardInterrupt):
            jobs.deliver_einvoices(NOW)
    taken = [path.rename(folder / path.name) for path in (folder / "out").glob("0*.xml")]
    assert jobs.deliver_einvoices(NOW).done == 0
    jobs.deliver_einvoices(NOW + service.CLAIMED_FOR)
    assert len(taken) + len(in_folder(folder, "out")) == 1
    assert einvoice_of(session, invoice).status is EInvoiceStatus.DELIVERED


def test_a_folder_that_fails_is_tried_again(session, cafe, folder):
    invoice = sent(session, cafe)
    (folder / "out").mkdir()
    (folder / "out" / f"{SELLER}_1.xml").write_text("somebody else's")
    report = jobs.deliver_einvoices(NOW)
    assert report.failed == 1 and "is there already" in report.remark
    (folder / "out" / f"{SELLER}_1.xml").unlink()
    assert jobs.deliver_einvoices(NOW).done == 0
    assert jobs.deliver_einvoices(NOW + timedelta(minutes=2)).done == 1
    assert einvoice_of(session, invoice).error == ""


def test_without_a_route_they_wait(session, cafe):
    sent(session, cafe)
    assert jobs.deliver_einvoices(NOW).remark == jobs.NO_ROUTE


# Receipts


@pytest.fixture
def delivered(session, cafe, folder):
    invoice = sent(session, cafe)
    jobs.deliver_einvoices(NOW)
    return invoice


def receive(folder: Path, *lines: str) -> None:
    (folder / "in" / "receipt.csv").write_text("\n".join(lines), encoding="utf-8")
    jobs.read_einvoice_receipts(MONDAY)


def test_a_receipt_says_that_it_came(session, delivered, folder):
    receive(folder, f"{SELLER}_1.xml;received")
    made = einvoice_of(session, delivered)
    assert (made.status, made.answered_at) == (EInvoiceStatus.RECEIVED, MONDAY)
    assert in_folder(folder, "in/read") == ["receipt.csv"]


def test_a_rejection_says_why_and_it_is_sent_again_under_a_new_name(session, cafe, delivered, folder):
    receive(folder, f"{SELLER}_1.xml;rejected;Ostotilaus puuttuu")
    made = einvoice_of(session, delivered)
    assert (made.status, made.answer) == (EInvoiceStatus.REJECTED, "Ostotilaus puuttuu")
    send(cafe, delivered)
    jobs.deliver_einvoices(MONDAY)
    assert in_folder(folder, "out") == [f"{SELLER}_1.xml", f"{SELLER}_1_2.xml"]
    receive(folder, f"{SELLER}_1.xml;received")
    assert einvoice_of(session, delivered).status is EInvoiceStatus.DELIVERED


def test_a_receipt_twice_changes_nothing(session, delivered, folder):
    receive(folder, f"{SELLER}_1.xml;received")
    receive(folder, f"{SELLER}_1.xml;received;again")
    assert einvoice_of(session, delivered).answer == ""


@pytest.mark.parametrize("line", ["no receipt", "another_1.xml;received"])
def test_what_is_about_nothing_is_put_aside(session, delivered, folder, line):
    receive(folder, line)
    assert in_folder(folder, "in/unread") == ["receipt.csv"]
    assert einvoice_of(session, delivered).status is EInvoiceStatus.DELIVERED


def test_a_response_by_number_finds_the_right_jobcenter(session, cafe, delivered, folder):
    response = f"""<ApplicationResponse xmlns:c="urn:x"><c:ReceiverParty><c:EndpointID>{SELLER}</c:EndpointID>
    </c:ReceiverParty><c:DocumentResponse><c:Response><c:ResponseCode>RE</c:ResponseCode></c:Response>
    <c:DocumentReference><c:ID>1</c:ID></c:DocumentReference></c:DocumentResponse></ApplicationResponse>"""
    (folder / "in" / "response.xml").write_text(response)
    jobs.read_einvoice_receipts(MONDAY)
    assert einvoice_of(session, delivered).status is EInvoiceStatus.REJECTED


# Reminding


def reminders(session, world: World) -> list[OutgoingMail]:
    """Those to one of the coordinators."""
    to_her = OutgoingMail.to == world.coordinator_user.email
    return list(session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "einvoices_unsent", to_her)))


def test_coordinators_hear_of_what_is_stuck_once_a_bank_day(session, cafe, folder):
    cafe.jobcenter.bic = ""
    session.commit()
    sent(session, cafe)
    assert jobs.remind_of_unsent_einvoices(NOW).done == 0
    for _again in range(2):
        with clock.frozen(MONDAY):
            jobs.remind_of_unsent_einvoices(MONDAY)
    (mail,) = reminders(session, cafe)
    assert "Invoice 1, Kahvila Kaisla Oy: Something is missing" in mail.body


def test_what_waits_a_day_is_late(session, cafe):
    sent(session, cafe)
    with clock.frozen(MONDAY):
        jobs.remind_of_unsent_einvoices(NOW + timedelta(hours=23))
        assert reminders(session, cafe) == []
        jobs.remind_of_unsent_einvoices(MONDAY)
    assert len(reminders(session, cafe)) == 1


# Pages


def test_the_page_names_rule_and_field_and_leads_to_where_it_is_put_right(session, cafe, as_user):
    set_format(session, cafe, EInvoiceFormat.PEPPOL)
    cafe.organisation.invoice_reference = ""
    session.commit()
    invoice = sent(session, cafe)
    client = as_user(cafe.coordinator_user)
    page = client.page(f"/e-invoices/{invoice.id}")
    row = page.select_one("tbody tr")
    assert "Orderer's reference" in row.text and "PEPPOL-EN16931-R003" in row.text
    assert row.a["href"] == f"/organisations/{cafe.organisation.id}/edit"
    assert client.get(f"/e-invoices/{invoice.id}/file").status_code == 404
    assert "Something is missing" in client.page("/e-invoices?show=stuck").text


def test_a_drafts_page_says_beforehand_what_would_be_missing(session, cafe, as_user):
    set_format(session, cafe, EInvoiceFormat.PEPPOL)
    cafe.organisation.invoice_reference = ""
    session.commit()
    page = as_user(cafe.coordinator_user).page(f"/e-invoices/{cafe.draft().id}")
    (row,) = page.select("tbody tr")
    assert "PEPPOL-EN16931-R003" in row.text
    assert not page.find("button", string="Send as an e-invoice")


def test_a_queued_one_is_shown_downloaded_and_listed(session, cafe, as_user):
    invoice = sent(session, cafe)
    client = as_user(cafe.coordinator_user)
    page = client.page(f"/invoices/{invoice.id}")
    page = client.page(page.find("a", string="E-invoice")["href"])
    assert "Waits to leave" in page.text and BUYER in page.text
    reply = client.get(page.find("a", string="Download the file")["href"])
    assert reply.mimetype == "application/xml" and reply.data.startswith(b"<?xml")
    assert client.page("/e-invoices?show=received").select("tbody tr") == []


def test_one_is_sent_by_hand(session, cafe, as_user):
    set_format(session, cafe, None)
    invoice = sent(session, cafe)
    client = as_user(cafe.coordinator_user)
    assert "does not send e-invoices yet" in client.page(f"/e-invoices/{invoice.id}").text
    set_format(session, cafe, EInvoiceFormat.FINVOICE)
    client.post(f"/e-invoices/{invoice.id}/send")
    assert einvoice_of(session, invoice).status is EInvoiceStatus.QUEUED


def test_the_settings_refuse_a_half_sender_beside_the_field(session, cafe, as_user):
    client = as_user(cafe.coordinator_user)
    url = f"/billing-settings/{cafe.jobcenter.id}"
    version = client.page(url).select_one("[name=version]")["value"]
    typed = {"version": version, "einvoice_format": "peppol", "einvoice_address": "003720000024"}
    reply = client.post(url, data=typed)
    assert reply.status_code == 422
    field = BeautifulSoup(reply.text, "html.parser").select_one("[name=einvoice_operator]")
    assert field["aria-invalid"] == "true"

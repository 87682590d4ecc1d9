"""Invoices from confirmed hours to payment and credit note; and every refusal on the way."""

from datetime import date, time
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from jobcenter.auth.domain import Role
from jobcenter.benefits import ContractForm
from jobcenter.billing.invoices import queries, queries_waiting, service
from jobcenter.billing.invoices.domain import (
    CreditInvoice,
    InvoiceKind,
    InvoiceStatus,
    MakeInvoice,
    MarkPaid,
    NothingToBill,
    OfOrder,
)
from jobcenter.billing.invoices.models import Invoice, InvoiceLine, InvoiceVat
from jobcenter.billing.payments import service as payments
from jobcenter.billing.settings import service as settings
from jobcenter.billing.settings.domain import SaveTerms
from jobcenter.core import audit
from jobcenter.core.errors import AlreadyDone, DomainError, NotFound, NotPossible
from jobcenter.core.uow import unit_of_work
from jobcenter.notifications.models import OutgoingMail
from jobcenter.orders.hours import service as hours_service
from jobcenter.orders.hours.domain import Billed, EditHours, EntryStatus, Typed
from jobcenter.orders.hours.models import TimeEntry
from jobcenter.orders.organisations.domain import OrganisationKind
from tests import factories
from tests.factories_billing import World, of_november
from tests.threads import in_threads

FRIDAY = date(2026, 11, 20)


def do(verb, *args):
    with unit_of_work():
        return verb(*args)


def mails(session):
    return list(session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "invoice").order_by(OutgoingMail.id)))


# Drafts


def test_a_draft_copies_lines_and_sums_vat_per_rate(world, session):
    world.hours(date(2024, 8, 31), 1, vat_percent=Decimal("24"))
    world.hours(date(2024, 9, 2), 20)
    session.commit()
    invoice = world.draft()
    assert (invoice.status, invoice.number, invoice.kind) == (InvoiceStatus.DRAFT, None, InvoiceKind.INVOICE)
    assert (invoice.net, invoice.vat, invoice.gross) == (Decimal("304.50"), Decimal("77.43"), Decimal("381.93"))
    sums = session.execute(select(InvoiceVat.vat_percent, InvoiceVat.net, InvoiceVat.vat).order_by(InvoiceVat.id)).all()
    assert sums == [
        (Decimal("24.00"), Decimal("14.50"), Decimal("3.48")),
        (Decimal("25.50"), Decimal("290.00"), Decimal("73.95")),
    ]
    lines = queries.lines_of(invoice.id)
    assert [line.description for line in lines] == ["Astianpesu, Kahvila Kaisla Oy, Veikko"] * 2
    assert all(session.scalars(select(TimeEntry.invoiced)))


def test_the_same_form_makes_one_draft(world, session):
    world.hours(FRIDAY)
    session.commit()
    assert world.draft().id == world.draft().id
    assert session.scalar(select(func.count()).select_from(Invoice)) == 1


def test_hours_go_on_one_invoice_only(world, session):
    world.hours(FRIDAY)
    session.commit()
    world.draft()
    with pytest.raises(NothingToBill):
        world.draft(form_key="two")


@pytest.mark.parametrize("status", [EntryStatus.LOGGED, EntryStatus.DISPUTED])
def test_only_confirmed_hours_are_billed(world, session, status):
    world.hours(FRIDAY, status=status)
    session.commit()
    with pytest.raises(NothingToBill):
        world.draft()


def test_a_month_gathers_one_organisation_cost_centre_and_reference(world, session):
    unit = factories.organisation(world.jobcenter, kind=OrganisationKind.CITY_UNIT, cost_centre="4100")
    kitchen = factories.order(world.jobcenter, unit, contract_form=ContractForm.ASSIGNMENT)
    garden = factories.order(world.jobcenter, unit, contract_form=ContractForm.ASSIGNMENT, cost_centre="4200")
    kept = world.hours(date(2026, 11, 2), order=kitchen)
    world.hours(date(2026, 10, 31), order=kitchen)
    world.hours(date(2026, 11, 3), order=garden)
    world.hours(date(2026, 11, 4))
    session.commit()
    command = MakeInvoice(of_november(unit, cost_centre="4100"), "month")
    invoice = do(service.make_draft, world.coordinator, command)
    assert [line.time_entry_id for line in queries.lines_of(invoice.id)] == [kept.id]
    assert (invoice.cost_centre, invoice.first_day) == ("4100", date(2026, 11, 2))


def test_a_partner_that_bills_itself_leaves_nothing_to_bill(session, now):
    world = World(form=ContractForm.PARTNER)
    world.hours(FRIDAY)
    session.commit()
    command = SaveTerms(payment_days=None, pay_days=None, partner_bills=True, version=0, partner_from=FRIDAY)
    do(settings.save_terms, world.coordinator, world.jobcenter.id, command)
    with pytest.raises(NothingToBill):
        world.draft()


def test_a_discarded_draft_lets_its_hours_go(world, session):
    world.hours(FRIDAY)
    session.commit()
    first = world.draft()
    do(service.discard, world.coordinator, first.id)
    with pytest.raises(AlreadyDone):
        do(service.discard, world.coordinator, first.id)
    assert world.draft(form_key="two").id != first.id


# Sending


def test_sending_numbers_dates_keeps_and_mails(world, session):
    world.hours(FRIDAY, 20)
    session.commit()
    invoice = world.sent()
    assert (invoice.status, invoice.number) == (InvoiceStatus.SENT, 1)
    assert (invoice.sent_on, invoice.due_on) == (date(2026, 11, 22), date(2026, 12, 7))
    assert invoice.reference_number.startswith(f"{world.jobcenter.id}000001")
    assert invoice.document["to_pay"]["value"] == "€363.95"
    (mail,) = mails(session)
    assert mail.to == "kahvila@example.fi"
    assert "Invoice 1 from Mallilan Jobcenter" in mail.subject
    assert "/invoices/link/" in mail.body
    verbs = [event.verb for event in audit.events(audit.Search(thing_type="invoice", thing_id=str(invoice.id)))]
    assert verbs == ["invoice.send", "invoice.draft"]


def test_without_an_address_of_its_own_the_members_get_the_invoice(world, session):
    world.organisation.email = ""
    world.orderer.language = "fi"
    world.hours(FRIDAY)
    session.commit()
    world.sent()
    (mail,) = mails(session)
    assert (mail.to, mail.language, mail.subject) == (world.orderer.email, "fi", "Lasku 1, Mallilan Jobcenter")


def test_sending_twice_is_done_once(world, session):
    world.hours(FRIDAY)
    session.commit()
    invoice = world.sent()
    with pytest.raises(AlreadyDone):
        do(service.send, world.coordinator, invoice.id)
    assert len(mails(session)) == 1


def test_the_orderer_has_the_name_of_the_day_of_sending(world, session):
    world.hours(FRIDAY)
    session.commit()
    world.draft()
    world.organisation.name = "Kahvila Uusi Oy"
    session.commit()
    invoice = world.sent()
    assert invoice.buyer_name == "Kahvila Uusi Oy"
    assert "Kahvila Uusi Oy" in str(invoice.document)


def test_payment_term_is_the_jobcenters_own(world, session):
    world.hours(FRIDAY)
    session.commit()
    command = SaveTerms(payment_days=30, pay_days=None, partner_bills=False, version=0)
    do(settings.save_terms, world.coordinator, world.jobcenter.id, command)
    assert world.sent().due_on == date(2026, 12, 22)


def test_without_an_account_nothing_is_sent_and_no_number_is_used(world, session):
    world.jobcenter.iban = ""
    world.hours(FRIDAY)
    session.commit()
    with pytest.raises(DomainError, match="jobcenter_account_missing"):
        world.sent()
    world.jobcenter.iban = "FI3715903000000776"
    session.commit()
    assert world.sent().number == 1


def test_a_sent_invoice_says_the_same_for_ever(world, session):
    world.hours(FRIDAY)
    session.commit()
    invoice = world.sent()
    before = invoice.document
    world.organisation.name = "Kahvila Uusi Oy"
    world.jobcenter.street = "Toinen tie 5"
    world.worker.given_name = "Aatu"
    session.commit()
    assert session.get(Invoice, invoice.id).document == before
    assert "Uusi" not in str(before)


def test_a_failed_sending_leaves_no_gap(world, session):
    for _each in range(2):
        world.hours(FRIDAY, order=factories.order(world.jobcenter, world.organisation))
    session.commit()
    orders = list(session.scalars(select(TimeEntry.order_id).order_by(TimeEntry.id)))
    drafts = [do(service.make_draft, world.coordinator, MakeInvoice(OfOrder(order_id=id), str(id))).id for id in orders]
    with pytest.raises(ZeroDivisionError), unit_of_work():
        service.send(world.coordinator, drafts[0])
        raise ZeroDivisionError
    assert [do(service.send, world.coordinator, draft).number for draft in drafts] == [1, 2]


def test_numbers_have_no_gaps_and_no_doubles_with_many_senders(world, session, app):
    for _each in range(8):
        world.hours(FRIDAY, order=factories.order(world.jobcenter, world.organisation))
    session.commit()
    actor = world.coordinator
    orders = list(session.scalars(select(TimeEntry.order_id)))
    drafts = [do(service.make_draft, actor, MakeInvoice(OfOrder(order_id=id), str(id))).id for id in orders]
    session.commit()
    in_threads(app, [lambda draft=draft: do(service.send, actor, draft) for draft in drafts])
    session.rollback()
    assert sorted(session.scalars(select(Invoice.number))) == list(range(1, 9))


def test_two_coordinators_drafting_at_once_make_one_invoice(world, session, app):
    for day in range(2, 6):
        world.hours(date(2026, 11, day))
    session.commit()
    actor, selection, refused = world.coordinator, OfOrder(order_id=world.order.id), []

    def draft(key):
        try:
            do(service.make_draft, actor, MakeInvoice(selection, key))
        except DomainError as error:
            refused.append(error.code)

    in_threads(app, [lambda key=key: draft(key) for key in ("a", "b", "c")])
    session.rollback()
    assert refused == ["nothing_to_bill"] * 2
    assert session.scalar(select(func.count()).select_from(InvoiceLine)) == 4


# Payment and credit


def test_payment_is_noted_with_its_day_and_can_be_taken_back(world, session):
    world.hours(FRIDAY)
    session.commit()
    invoice = world.sent()
    do(payments.mark_paid, world.coordinator, invoice.id, MarkPaid(date(2026, 11, 22)))
    assert (invoice.status, invoice.paid_on) == (InvoiceStatus.PAID, date(2026, 11, 22))
    with pytest.raises(AlreadyDone):
        do(payments.mark_paid, world.coordinator, invoice.id, MarkPaid(date(2026, 11, 22)))
    do(payments.mark_unpaid, world.coordinator, invoice.id)
    assert (invoice.status, invoice.paid_on) == (InvoiceStatus.SENT, None)


@pytest.mark.parametrize("day", [date(2026, 11, 21), date(2026, 11, 23)])
def test_payment_before_the_invoice_or_in_the_future_is_refused(world, session, day):
    world.hours(FRIDAY)
    session.commit()
    invoice = world.sent()
    with pytest.raises(DomainError, match="payment_day_impossible"):
        do(payments.mark_paid, world.coordinator, invoice.id, MarkPaid(day))


def test_a_credit_note_mirrors_the_invoice_and_frees_the_hours(world, session):
    world.hours(date(2024, 8, 31), 1, vat_percent=Decimal("24"))
    world.hours(FRIDAY, 2)
    session.commit()
    invoice = world.sent()
    note = do(service.credit, world.coordinator, invoice.id, CreditInvoice("Wrong address"))
    assert (note.kind, note.number, note.credits_id) == (InvoiceKind.CREDIT_NOTE, 2, invoice.id)
    assert (note.net + invoice.net, note.vat + invoice.vat, note.gross + invoice.gross) == (0, 0, 0)
    assert invoice.status is InvoiceStatus.CREDITED
    assert not any(session.scalars(select(TimeEntry.invoiced)))
    assert "Wrong address" in mails(session)[-1].body
    assert world.sent(form_key="two").number == 3
    assert session.scalar(select(func.count()).select_from(InvoiceLine).where(InvoiceLine.live)) == 2


def test_an_invoice_is_credited_once_and_a_credit_note_never(world, session):
    world.hours(FRIDAY)
    session.commit()
    invoice = world.sent()
    note = do(service.credit, world.coordinator, invoice.id, CreditInvoice("Wrong"))
    with pytest.raises(AlreadyDone):
        do(service.credit, world.coordinator, invoice.id, CreditInvoice("Wrong"))
    with pytest.raises(NotPossible):
        do(service.credit, world.coordinator, note.id, CreditInvoice("Wrong"))
    with pytest.raises(NotPossible):
        do(payments.mark_paid, world.coordinator, note.id, MarkPaid(date(2026, 11, 22)))


def test_a_draft_can_be_neither_paid_nor_credited(world, session):
    world.hours(FRIDAY)
    session.commit()
    invoice = world.draft()
    with pytest.raises(NotPossible):
        do(payments.mark_paid, world.coordinator, invoice.id, MarkPaid(date(2026, 11, 22)))
    with pytest.raises(NotPossible):
        do(service.credit, world.coordinator, invoice.id, CreditInvoice("Wrong"))


def test_invoiced_hours_cannot_be_edited(world, session):
    entry = world.hours(FRIDAY)
    session.commit()
    world.draft()
    typed = Typed(day=FRIDAY, starts=time(9), ends=time(11), break_minutes=0)
    with pytest.raises(Billed):
        do(hours_service.edit_hours, world.coordinator, entry.id, EditHours(typed, "Wrong", entry.version))


def test_invoiced_hours_are_not_on_the_list_of_hours_to_bill(world, session):
    world.hours(FRIDAY)
    session.commit()
    world.draft()
    assert queries_waiting.billable_hours(frozenset({world.jobcenter.id})) == []


# Not yours


def test_another_jobcenters_coordinator_finds_nothing(world, session):
    world.hours(FRIDAY)
    session.commit()
    stranger = factories.coordinator(factories.jobcenter())
    session.commit()
    with pytest.raises(NothingToBill):
        do(service.make_draft, stranger, MakeInvoice(OfOrder(order_id=world.order.id), "x"))
    invoice = world.sent()
    for verb, *more in (
        (service.send,),
        (service.discard,),
        (payments.mark_paid, MarkPaid(FRIDAY)),
        (payments.mark_unpaid,),
        (service.credit, CreditInvoice("x")),
    ):
        with pytest.raises(NotFound):
            do(verb, stranger, invoice.id, *more)


def test_an_orderer_reads_the_sent_invoices_of_the_own_organisation_only(world, session):
    world.hours(FRIDAY)
    session.commit()
    draft_id = world.draft().id
    with pytest.raises(NotFound):
        queries.invoice_for(world.as_orderer, draft_id)
    invoice_id = world.sent().id
    assert queries.invoice_for(world.as_orderer, invoice_id)
    other = factories.someone(Role.ORDERER, world.jobcenter)
    factories.organisation(world.jobcenter, other)
    session.commit()
    with pytest.raises(NotFound):
        queries.invoice_for(factories.actor(other, (Role.ORDERER, world.jobcenter)), invoice_id)
    with pytest.raises(NotFound):
        do(payments.mark_paid, world.as_orderer, invoice_id, MarkPaid(FRIDAY))

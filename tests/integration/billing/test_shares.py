"""An order whose invoice is split: who sets it and sees it, an invoice for each payer, credits, and every refusal."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from jobcenter.auth.domain import SYSTEM, Role
from jobcenter.billing.books import queries as books
from jobcenter.billing.card.domain import CardKind, CardStatus
from jobcenter.billing.card.models import CardPayment
from jobcenter.billing.invoices import paper, queries, queries_waiting, service
from jobcenter.billing.invoices.domain import CreditInvoice, InvoiceStatus, MakeInvoice, NothingToBill, OfOrder
from jobcenter.billing.invoices.models import Invoice, InvoiceLine
from jobcenter.billing.shares import queries as share_queries
from jobcenter.billing.shares import service as shares
from jobcenter.billing.shares.domain import GigBilled, SetSplit, Share, SharesRefused
from jobcenter.core import audit
from jobcenter.core.errors import NotFound, NotPossible
from jobcenter.core.uow import ChangedMeanwhile
from jobcenter.exchange.service import import_folder
from jobcenter.notifications.models import OutgoingMail
from jobcenter.orders.hours import service as hours_service
from jobcenter.orders.hours.domain import Billed, EditHours, Typed
from tests import factories, money
from tests.factories import NOW
from tests.factories_billing import do, of_november

FRIDAY = date(2026, 11, 20)


@pytest.fixture
def club(world, session):
    """An association that pays a share: with an address, a reference and an e-invoice address of its own."""
    facts = {"name": "Kerho ry", "email": "kerho@example.fi", "invoice_reference": "Kerho 7"}
    made = factories.organisation(world.jobcenter, einvoice_address="003720000016", **facts)
    world.order.order_number, world.order.einvoice_address = "PO-77", "003720000032"
    session.commit()
    return made


def set_split(world, *agreed: tuple, gigs: dict[int, int] | None = None, number: int = 0, by=None):
    """Shares as (organisation, per cent) with an optional cost centre."""
    made = tuple(
        Share(
            place=place,
            organisation_id=payer.id,
            hundredths=int(Decimal(percent) * 100),
            cost_centre=cost_centre[0] if cost_centre else "",
        )
        for place, (payer, percent, *cost_centre) in enumerate(agreed, start=1)
    )
    command = SetSplit(shares=made, gigs=gigs or {}, agreed_on=FRIDAY, agreed_with="Maija ja Ville", number=number)
    return do(shares.set_split, by or world.coordinator, world.order.id, command)


def drafts(world, key: str = "one") -> list[Invoice]:
    return do(service.make_drafts, world.coordinator, MakeInvoice(OfOrder(order_id=world.order.id), key))


def sent(world, key: str = "one") -> list[Invoice]:
    return [do(service.send, world.coordinator, draft.id) for draft in drafts(world, key)]


def waiting(world) -> list[tuple[str, str, int]]:
    found = queries_waiting.billable_hours(frozenset({world.jobcenter.id}))
    return [(one.organisation_name, f"{one.portion.percent:g}", one.minutes) for one in found]


# The road


def test_each_payer_gets_an_invoice_of_their_share(world, club, session):
    entries = [world.hours(FRIDAY, 1), world.hours(date(2026, 11, 19), 20)]
    session.commit()
    set_split(world, (world.organisation, "60", "4100"), (club, "40"))
    kitchen, of_club = sent(world)
    assert [one.id for one in drafts(world)] == [kitchen.id, of_club.id]
    assert (kitchen.net, kitchen.vat, of_club.net, of_club.vat) == (
        Decimal("182.70"), Decimal("46.59"), Decimal("121.80"), Decimal("31.06"),
    )  # fmt: skip
    assert kitchen.net + of_club.net == Decimal("304.50")
    assert (kitchen.cost_centre, of_club.cost_centre, of_club.buyer_reference) == ("4100", "", "Kerho 7")
    assert (kitchen.number, of_club.number, of_club.organisation_id) == (1, 2, club.id)
    for invoice in (kitchen, of_club):
        assert {line.time_entry_id for line in queries.lines_of(invoice.id)} == {entry.id for entry in entries}
    line = paper.document_of(of_club).rows[-1]
    assert line.description.replace("\u00a0", " ").endswith(", osuus 40 % ajasta 1 h")
    assert (line.quantity.replace("\u00a0", " "), line.net) == ("24 min", "5,80\u00a0€")
    to = session.scalars(select(OutgoingMail.to).where(OutgoingMail.kind == "invoice").order_by(OutgoingMail.id)).all()
    assert to == ["kahvila@example.fi", "kerho@example.fi"]
    billed = [(one.organisation_id, queries.orders_billed_by(one.id)) for one in (kitchen, of_club)]
    assert [queries.einvoice_of(*one)[0] for one in billed] == ["003720000032", "003720000016"]
    assert [queries.order_number_of(*one) for one in billed] == ["PO-77", ""]
    open_of = books.receivables_on(world.jobcenter.id, FRIDAY + timedelta(days=9))
    assert sum(one.amount for one in open_of) == kitchen.gross + of_club.gross
    assert waiting(world) == []
    money.assert_holds()


def test_an_invoice_of_nothing_waits_for_no_payment(world, club, session):
    world.hours(FRIDAY, minutes=7)
    session.commit()
    set_split(world, (world.organisation, "99.99"), (club, "0.01"))
    nearly_all, nothing = sent(world)
    assert (nearly_all.status, nothing.status) == (InvoiceStatus.SENT, InvoiceStatus.PAID)
    assert (nothing.number, nothing.gross, nothing.paid_on) == (2, 0, nothing.sent_on)


def test_a_payers_month_takes_their_share_and_the_hours_stay_as_they_were_worked(world, club, session):
    entry = world.hours(FRIDAY)
    session.commit()
    set_split(world, (world.organisation, "60"), (club, "40"))
    month = MakeInvoice(of_november(club, reference="Kerho 7"), "club")
    draft = do(service.make_draft, world.coordinator, month)
    assert (draft.organisation_id, draft.net) == (club.id, Decimal("17.40"))
    assert waiting(world) == [("Kahvila Kaisla Oy", "60", 180)]
    assert (entry.invoiced, entry.share_invoiced) == (False, True)
    with pytest.raises(Billed):
        typed = Typed(day=FRIDAY, starts="9", ends="10", break_minutes=0)
        do(hours_service.edit_hours, world.coordinator, entry.id, EditHours(typed, "Tunti vain", entry.version))
    other = world.draft(form_key="kitchen")
    assert (entry.invoiced, other.net) == (True, Decimal("26.10"))
    do(service.discard, world.coordinator, other.id)
    assert (entry.invoiced, entry.share_invoiced) == (False, True)
    do(service.discard, world.coordinator, draft.id)
    assert (entry.invoiced, entry.share_invoiced) == (False, False)
    money.assert_holds()


def test_a_wrong_payer_is_put_right_without_touching_what_the_other_has(world, club, session):
    world.hours(FRIDAY)
    garden = factories.organisation(world.jobcenter, name="Puisto")
    session.commit()
    set_split(world, (world.organisation, "60"), (club, "40"))
    kitchen, wrong = sent(world)
    set_split(world, (world.organisation, "50"), (garden, "50"), number=1)
    assert waiting(world) == []
    do(service.credit, world.coordinator, wrong.id, CreditInvoice("Väärä maksaja"))
    assert waiting(world) == [("Kerho ry", "40", 180)]
    set_split(world, (world.organisation, "60"), (garden, "40"), number=2)
    (again,) = sent(world, "two")
    assert (again.organisation_id, again.net) == (garden.id, wrong.net)
    note = do(service.credit, world.coordinator, kitchen.id, CreditInvoice("Tunti liikaa", _minutes_of(kitchen, 60)))
    assert note.net == Decimal("-8.70")
    assert waiting(world) == [("Kahvila Kaisla Oy", "60", 60)]
    (third,) = sent(world, "three")
    assert (third.net, queries.lines_of(third.id)[0].piece) == (Decimal("8.70"), 2)
    assert kitchen.status is InvoiceStatus.SENT
    with pytest.raises(NothingToBill):
        drafts(world, "four")


def _minutes_of(invoice: Invoice, minutes: int) -> dict[int, int]:
    return {queries.sent_lines_of(invoice.id)[0].line_id: minutes}


def test_a_gig_is_paid_by_one_share_alone(world, club, session):
    entry = world.hours(FRIDAY)
    other = world.hours(date(2026, 11, 19))
    session.commit()
    set_split(world, (world.organisation, "100"), (club, "0"), gigs={entry.gig_id: 2})
    by_payer = {invoice.organisation_id: queries.lines_of(invoice.id) for invoice in drafts(world)}
    assert [line.time_entry_id for line in by_payer[club.id]] == [entry.id]
    assert [line.time_entry_id for line in by_payer[world.organisation.id]] == [other.id]
    with pytest.raises(GigBilled):
        set_split(world, (world.organisation, "100"), (club, "0"), gigs={entry.gig_id: 1}, number=1)
    kept = set_split(world, (club, "10"), (world.organisation, "90"), number=1)
    newest = share_queries.splits_of_order(world.order.id).newest
    assert (newest.id, newest.gigs) == (kept.id, {entry.gig_id: 1})


# The pages


def fields(page) -> dict[str, str]:
    """What the form of the page would send as it stands."""
    form = page.select_one("main form.form")
    found = {one["name"]: one.get("value", "") for one in form.select("input[name]")}
    for select_ in form.select("select"):
        chosen = select_.select_one("option[selected]")
        found[select_["name"]] = chosen["value"] if chosen else ""
    return found


def test_the_coordinator_sets_who_pays_and_the_orderer_sees_it(world, club, session, as_user):
    world.hours(FRIDAY)
    session.commit()
    path, client = f"/orders/{world.order.id}/payers", as_user(world.coordinator_user)
    assert path in str(client.page(f"/orders/{world.order.id}"))
    opened = fields(client.page(path))
    assert (opened["payer_1"], opened["percent_1"]) == (str(world.organisation.id), "100")
    typed = opened | {"percent_1": "60", "payer_2": str(club.id), "percent_2": "39,5", "agreed_with": "Maija ja Ville"}
    refused = client.post(path, data=typed)
    assert refused.status_code == 422 and "99.5 per cent" in refused.text
    assert client.post(path, data=typed | {"percent_2": ""}).status_code == 422
    typed["percent_2"] = "40"
    assert client.post(path, data=typed).status_code == 302
    assert "changed" in client.post(path, data=typed).text
    preview = client.page(f"/invoices/new?order={world.order.id}")
    assert "€26.10" in preview.text and "€17.40" in preview.text
    key = preview.select_one("[name=form_key]")["value"]
    made = client.post(f"/invoices/new?order={world.order.id}", data={"form_key": key})
    assert "2" in client.page(made.location).select_one(".notice, .flash, main").text
    shown = client.page(path)
    assert "Kerho ry" in shown.text and "€17.40" in shown.text and "Invoice (draft)" in shown.text
    (logged,) = audit.events(audit.Search(thing_type="order", thing_id=str(world.order.id)))
    assert logged.after["shares"][1][:2] == [club.id, "40.00"]
    seen = as_user(world.orderer).page(path)
    assert "Kerho ry" in seen.text and "40%" in seen.text and not seen.select("main form.form")


def test_the_orderer_and_the_payers_are_told_of_a_change(world, club, session):
    set_split(world, (world.organisation, "60", "4100"), (club, "40"))
    set_split(world, (world.organisation, "100"), number=1)
    mails = session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "payers").order_by(OutgoingMail.id)).all()
    orderers = world.organisation.email or world.orderer.email
    assert [mail.to for mail in mails] == [orderers, "kerho@example.fi"] * 2
    of_orderer, of_club, *_later = (mail.body.replace("\u00a0", " ") for mail in mails)
    assert "- Kahvila Kaisla Oy: 60%, cost centre 4100\n- Kerho ry: 40%" in of_orderer
    assert "- Kerho ry: 40 %" in of_club and "Kaisla" not in of_club and "4100" not in of_club
    assert (f"/orders/{world.order.id}/payers" in of_orderer, f"/orders/{world.order.id}" in of_club) == (True, False)


def test_payers_stand_under_headings_with_those_of_the_order_first(world, club, session, as_user):
    factories.organisation(world.jobcenter, name="Aapa Oy")
    session.commit()
    set_split(world, (world.organisation, "60"), (club, "40"))
    form = as_user(world.coordinator_user).page(f"/orders/{world.order.id}/payers")
    first, *others = form.select("#payer_2 optgroup")
    names = [[option.text.partition(",")[0] for option in group.select("option")] for group in (first, *others)]
    assert names == [["Kahvila Kaisla Oy", "Kerho ry"], ["Aapa Oy"]]
    assert form.select_one("#payer_2 option[selected]").text.startswith("Kerho ry")


def test_only_the_own_jobcenters_coordinator_sets_who_pays(world, session, client):
    stranger = factories.someone(Role.COORDINATOR, factories.jobcenter())
    session.commit()
    path = f"/orders/{world.order.id}/payers"
    for who, get, post in ((None, 302, 302), (world.orderer, 200, 403), (stranger, 404, 404)):
        if who:
            client.sign_in_as(who)
        assert (client.get(path).status_code, client.post(path, data={}).status_code) == (get, post)
    assert share_queries.splits_of_order(world.order.id).agreed == ()


# Refusals


def test_what_is_not_of_the_jobcenter_or_the_order_is_not_found(world, club, session):
    elsewhere = factories.organisation(factories.jobcenter(), name="Muualla")
    gig = factories.gig(factories.order(world.jobcenter, club))
    stranger = factories.coordinator(factories.jobcenter())
    session.commit()
    with pytest.raises(NotFound):
        set_split(world, (world.organisation, "50"), (elsewhere, "50"))
    with pytest.raises(NotFound):
        set_split(world, (world.organisation, "50"), (club, "50"), gigs={gig.id: 1})
    for actor in (stranger, world.as_orderer):
        with pytest.raises(NotFound):
            set_split(world, (world.organisation, "50"), (club, "50"), by=actor)
    with pytest.raises(SharesRefused):
        set_split(world, (world.organisation, "50"), (club, "49.99"))
    set_split(world, (world.organisation, "50"), (club, "50"))
    with pytest.raises(ChangedMeanwhile):
        set_split(world, (world.organisation, "60"), (club, "40"))


@pytest.mark.parametrize(
    ("card", "refused"),
    [
        ((CardStatus.HELD, -1), True),
        ((CardStatus.OPEN, 1), True),
        ((CardStatus.OPEN, -1), False),
        ((CardStatus.LAPSED, -1), False),
    ],
)
def test_an_order_whose_price_a_card_holds_is_not_split(world, club, session, tmp_path, card, refused):
    status, open_for = card
    facts = {"key": "k", "amount": Decimal("72.79"), "language": "fi", "asked_at": NOW}
    held = CardPayment(kind=CardKind.HOLD, status=status, open_until=NOW + timedelta(hours=open_for), **facts)
    held.jobcenter_id, held.order_id = world.jobcenter.id, world.order.id
    factories.stored(held)
    session.commit()
    row = ";".join((world.jobcenter.slug, world.order.external_ref, club.external_ref, "100", "20.11.2026", "Maija"))
    (tmp_path / "payers.csv").write_text(f"jobcenter;order;organisation;percent;agreed_on;agreed_with\n{row}\n")
    report = import_folder(SYSTEM, tmp_path, dry_run=True, progress=lambda *_: None)
    assert [fault.code for fault in report.faults] == (["shares_card_hold"] if refused else [])
    if refused:
        with pytest.raises(NotPossible):
            set_split(world, (world.organisation, "60"), (club, "40"))
    else:
        set_split(world, (world.organisation, "60"), (club, "40"))


def test_one_share_of_an_hour_row_is_on_one_invoice(world, club, session):
    """What the database itself refuses, if the counter's lock were ever forgotten."""
    world.hours(FRIDAY)
    session.commit()
    set_split(world, (world.organisation, "60"), (club, "40"))
    first, _second = drafts(world)
    row = session.scalars(select(InvoiceLine).where(InvoiceLine.invoice_id == first.id)).one()
    copied = {name: getattr(row, name) for name in InvoiceLine.__table__.columns.keys() if name != "id"}  # noqa: SIM118
    with pytest.raises(NothingToBill):
        do(_add, InvoiceLine(**copied | {"position": 9}))


def _add(row: InvoiceLine) -> None:
    factories.stored(row)

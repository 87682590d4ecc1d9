"""What the pages of orders show: rows with labels and answers ready, so that templates decide nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from jobcenter.core import texts
from jobcenter.orders.intake.domain import EDITABLE, UNSENT, OrderStatus, Part
from jobcenter.orders.intake.domain_parts import INVOICE_FIELDS, PLACE_FIELDS, ROW_FIELDS, TASK_FIELDS
from jobcenter.orders.intake.domain_terms import Estimate, TermsSection, sections, text_in
from jobcenter.orders.intake.domain_times import WishedTime, occurrences
from jobcenter.orders.intake.messages import PARTS, STATUSES, STEPS, TAGS
from jobcenter.orders.intake.models import Order, OrderMessage, TermsOffer
from jobcenter.orders.intake.presenting_split import split_of
from jobcenter.orders.intake.queries import done_parts, wished_times
from jobcenter.orders.organisations.domain import OrganisationKind
from jobcenter.orders.organisations.messages import KINDS
from jobcenter.orders.organisations.models import Organisation
from jobcenter.orders.rates.messages import FORMS
from jobcenter.workers.messages import DEMANDS, SKILLS, TASKS, listed

Fact = tuple[str, str]


@dataclass(frozen=True)
class OrderRow:
    """An order in a list."""

    id: int
    key: str
    title: str
    icon: str
    orderer: str
    status_label: str
    tag_kind: str
    when: str
    place: str
    people: str
    sent_at: datetime | None
    note: str = ""


@dataclass(frozen=True)
class CheckPart:
    """A part of the order form on the page that checks the whole."""

    name: str
    label: str
    facts: list[Fact]
    is_done: bool


@dataclass(frozen=True)
class MessageRow:
    """A message on the thread."""

    author: str
    own_side: bool
    from_jobcenter: bool
    text: str
    sent_at: datetime


@dataclass(frozen=True)
class TermsView:
    """Terms as sent for an order: what they say, and what came of them."""

    id: int
    number: int
    facts: list[Fact]
    sections: list[TermsSection]
    outcome: str


def order_row(order: Order, note: str = "") -> OrderRow:
    """An order in a list; its times and organisation are loaded."""
    return OrderRow(
        id=order.id,
        key=order.form_key,
        title=order.title or str(TASKS[order.category]),
        icon=order.category.value,
        orderer=orderer_name(order),
        status_label=str(STATUSES[order.status]),
        tag_kind=TAGS[order.status],
        when=when_of(order),
        place=", ".join(filter(None, (order.place_name or order.street, order.city))),
        people=people_of(order.people),
        sent_at=order.submitted_at,
        note=note,
    )


def order_facts(order: Order) -> list[Fact]:
    """What an order says, as (label, value) rows: for `orders/_order_facts.html` and everybody who shows an order."""
    rows = [
        *task_facts(order),
        *times_facts(order),
        *place_facts(order),
        (_("Orderer"), orderer_name(order)),
        *invoicing_facts(order),
    ]
    return [(label, value) for label, value in rows if value]


def task_facts(order: Order) -> list[Fact]:
    """What is to be done."""
    return [
        (_("Kind of task"), str(TASKS[order.category])),
        (_("What is done"), order.title),
        (_("More about the task"), order.description),
    ]


def times_facts(order: Order) -> list[Fact]:
    """When, and how many people."""
    return [
        (_("When"), "\n".join(map(time_in_words, wished_times(order)))),
        (_("People"), people_of(order.people) if order.times else ""),
    ]


def place_facts(order: Order) -> list[Fact]:
    """Where, whom to meet, and what the place asks."""
    town = " ".join(filter(None, (order.postcode, order.city)))
    return [
        (_("Place"), "\n".join(filter(None, (order.place_name, order.street, town)))),
        (_("Contact on site"), "\n".join(filter(None, (order.contact_name, order.contact_phone)))),
        (_("The place asks for"), listed(DEMANDS, order.demands) if order.demands else ""),
        (_("Skills needed"), listed(SKILLS, order.skills) if order.skills else ""),
    ]


def invoicing_facts(order: Order) -> list[Fact]:
    """Where the invoice goes."""
    einvoice = " / ".join(filter(None, (order.einvoice_address, order.einvoice_operator)))
    return [
        (_("E-invoice address"), einvoice),
        (_("Your reference on the invoice"), order.invoice_reference),
        (_("Your order number"), order.order_number),
        (_("Cost centre"), order.cost_centre),
    ]


def orderer_facts(order: Order) -> list[Fact]:
    """Who orders, also before the orderer is stored."""
    if order.organisation is not None:
        return organisation_facts(order.organisation)
    account = order.draft_account or {}
    person = " ".join(filter(None, (account.get("person_given_name"), account.get("person_family_name"))))
    return [
        (_("Orderer"), account.get("name", "")),
        (_("Y-tunnus"), account.get("business_id", "")),
        (_("Contact person"), person),
        (_("E-mail"), account.get("person_email", "")),
        (_("Phone"), account.get("person_phone", "")),
    ]


def organisation_facts(organisation: Organisation) -> list[Fact]:
    """Who an orderer is."""
    town = " ".join(filter(None, (organisation.postcode, organisation.city)))
    rows = [
        (_("Orderer"), organisation.name),
        (_("Kind"), str(KINDS[organisation.kind])),
        (_("Y-tunnus"), organisation.business_id or ""),
        (_("Address"), "\n".join(filter(None, (organisation.street, town)))),
    ]
    return [(label, value) for label, value in rows if value]


def price_facts(found: Estimate | None) -> list[Fact]:
    """What an order would cost: hours, net, VAT, total."""
    if found is None:
        return []
    return [
        (_("Hours of work altogether"), texts.hours(found.minutes)),
        (_("Price per hour, without VAT"), texts.money(found.hourly_price)),
        (_("Without VAT"), texts.money(found.price.net)),
        (_("VAT"), texts.money(found.price.vat)),
        (_("Altogether"), texts.money(found.price.gross)),
    ]


def agreement_facts(order: Order, offered: Decimal | None) -> list[Fact]:
    """Form of contract and price, once a coordinator has set them; `offered`: the price of terms not yet accepted."""
    rows = [
        (_("Form of contract"), str(FORMS[order.contract_form]) if order.contract_form else ""),
        (_("Agreed price per hour, without VAT"), texts.money(order.agreed_price) if order.agreed_price else ""),
        (_("Why the price is lower"), order.price_reason),
        (_("Who approved the lower price"), order.price_approved_by),
        *split_of(order, offered if order.agreed_price is None else order.agreed_price),
    ]
    return [(label, value) for label, value in rows if value]


def time_in_words(wished: WishedTime) -> str:
    """`ma 23.11.2026 klo 9.00–12.00, tauko 30 min`; a weekly time says its weekday, days and how often it comes."""
    pause = _(", break %(minutes)s min", minutes=wished.break_minutes) if wished.break_minutes else ""
    if wished.weekly_until is None:
        single = occurrences([wished])
        shown = texts.interval(single[0].starts_at, single[0].ends_at) if single else texts.day(wished.day)
        return shown + pause
    hours = f"{texts.wall_time(wished.starts)}–{texts.wall_time(wished.ends)}"
    days = list(wished.days())
    times = ngettext("%(num)s time", "%(num)s times", len(days))
    return (
        _(
            "Weekly on %(weekday)s at %(hours)s, %(first)s–%(last)s (%(times)s)",
            weekday=texts.weekday(wished.day),
            hours=hours,
            first=texts.short_day(days[0]),
            last=texts.short_day(days[-1]),
            times=times,
        )
        + pause
    )


def when_of(order: Order) -> str:
    """When an order is, on one line: its first time, and how many more."""
    found = occurrences(wished_times(order))
    if not found:
        return ""
    first = texts.interval(found[0].starts_at, found[0].ends_at)
    more = len(found) - 1
    return f"{first} " + ngettext("and %(num)s more time", "and %(num)s more times", more) if more else first


def people_of(number: int) -> str:
    """How many people."""
    return ngettext("%(num)s person", "%(num)s people", number)


def orderer_name(order: Order) -> str:
    """Who ordered, also before the orderer is stored."""
    if order.organisation is not None:
        return order.organisation.name
    return (order.draft_account or {}).get("name", "")


def progress(order: Order) -> list[Fact]:
    """The road of an order as (label, done | current | ahead); empty once it ended before its time."""
    road = list(STEPS)
    if order.status not in road:
        return []
    now = road.index(order.status)
    return [(str(STEPS[status]), _place(number, now)) for number, status in enumerate(road)]


def message_rows(messages: Iterable[OrderMessage], *, as_jobcenter: bool) -> list[MessageRow]:
    """A thread, as one side reads it."""
    return [
        MessageRow(
            author=message.author_name,
            own_side=message.from_jobcenter is as_jobcenter,
            from_jobcenter=message.from_jobcenter,
            text=message.text,
            sent_at=message.sent_at,
        )
        for message in messages
    ]


def terms_view(sent: TermsOffer) -> TermsView:
    """Terms as sent, in the reader's language."""
    return TermsView(
        id=sent.id,
        number=sent.version.number,
        facts=[
            (_("Form of contract"), str(FORMS[sent.contract_form])),
            (_("Price per hour, without VAT"), texts.money(sent.hourly_price)),
            (
                _("Terms"),
                _(
                    "version %(number)s, in force since %(day)s",
                    number=sent.version.number,
                    day=texts.day(sent.version.valid_from),
                ),
            ),
            (_("Sent"), _("%(who)s, %(when)s", who=sent.sent_by, when=texts.when(sent.sent_at))),
        ],
        sections=sections(text_in(sent.version.texts, texts.language())),
        outcome=_outcome(sent),
    )


def part_facts(order: Order, part: Part) -> list[Fact]:
    """What one part of an order says now."""
    rows = {
        Part.TASK: task_facts,
        Part.TIMES: times_facts,
        Part.PLACE: place_facts,
        Part.ORDERER: lambda found: [*orderer_facts(found), *invoicing_facts(found)],
    }[part](order)
    return [(label, value) for label, value in rows if value]


def check_parts(order: Order) -> list[CheckPart]:
    """The parts of the order form with what they say, before sending."""
    done = done_parts(order)
    return [
        CheckPart(part.value, str(label), part_facts(order, part), is_done=part in done)
        for part, label in PARTS.items()
    ]


def part_values(order: Order, part: Part) -> dict[str, Any]:
    """The values of an order's page by field name."""
    if part is Part.TIMES:
        return _times_values(order)
    if part is Part.ORDERER:
        account = order.draft_account or {}
        kept = {name.removeprefix("person_"): value for name, value in account.items() if name.startswith("person_")}
        invoicing = {name: getattr(order, name) for name in INVOICE_FIELDS}
        kind = OrganisationKind(account["kind"]) if account else None
        return {**account, **kept, **invoicing, "kind": kind, "organisation": order.organisation_id}
    names = TASK_FIELDS if part is Part.TASK else PLACE_FIELDS
    return {name: getattr(order, name) for name in names}


def _times_values(order: Order) -> dict[str, Any]:
    values: dict[str, Any] = {"people": order.people}
    for number, wished in enumerate(wished_times(order)):
        row = (wished.day, wished.starts, wished.ends, wished.break_minutes or None, wished.weekly_until)
        values |= {f"{name}_{number}": value for name, value in zip(ROW_FIELDS, row, strict=True)}
    return values


def address_of(order: Order) -> str:
    """Where the link that confirms an order was sent."""
    return (order.draft_account or {}).get("person_email", "")


def editable(order: Order) -> bool:
    """Whether the order's words may still be changed."""
    return order.status in EDITABLE


def unsent(order: Order) -> bool:
    """Whether the order has not come to the Jobcenter yet."""
    return order.status in UNSENT


def is_agreed(order: Order) -> bool:
    """Whether the order has gigs."""
    return order.status in (OrderStatus.ACCEPTED, OrderStatus.CLOSED)


def is_draft(order: Order) -> bool:
    """Whether it is still being written."""
    return order.status is OrderStatus.DRAFT


def _outcome(sent: TermsOffer) -> str:
    if sent.accepted_at is not None:
        facts = {"who": sent.accepted_by, "when": texts.when(sent.accepted_at)}
        if sent.accepted_by_link:
            return _("Accepted by %(who)s, %(when)s, by the link in the e-mail", **facts)
        return _("Accepted by %(who)s, %(when)s, on the order's page", **facts)
    if sent.taken_back_at is not None:
        return _("Taken back %(when)s", when=texts.when(sent.taken_back_at))
    return ""


def _place(number: int, now: int) -> str:
    if number < now:
        return "done"
    return "current" if number == now else "ahead"

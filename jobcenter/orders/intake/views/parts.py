"""Which form a page of the order form has, and what stands in it."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from jobcenter.auth.domain import Actor
from jobcenter.orders.intake import presenting
from jobcenter.orders.intake.domain import Part
from jobcenter.orders.intake.forms import (
    MOST_ROWS,
    InvoicingForm,
    NewOrdererForm,
    OwnOrganisationForm,
    PartForm,
    PlaceForm,
    TaskForm,
    TimesForm,
    times_form,
)
from jobcenter.orders.intake.models import Order
from jobcenter.orders.organisations import queries as organisations

NOT_TYPED = frozenset({"csrf_token", "version", "form_key", "go"})
ROWS = "rows"
AS_NEW = "as_new"
# The fields of the orderer's page above its invoicing, in their order.
MAIN_FIELDS = ("organisation", "kind", "name", "business_id", "given_name", "family_name", "email", "phone")


def form_of(order: Order, part: Part, actor: Actor) -> PartForm:
    """The page with what was typed and kept, else with what is saved."""
    typed = (order.draft_typed or {}).get(part.value)
    values = presenting.part_values(order, part)
    if typed is None:
        form = _blank(order, part, actor, rows=len(order.times), data=values)
    else:
        form = _blank(order, part, actor, rows=_number(typed.get(ROWS)), formdata=MultiDict(typed))
    form.version.data = order.version
    return form


def typed_form(order: Order, part: Part, actor: Actor) -> PartForm:
    """The page as it was sent to us."""
    return _blank(order, part, actor, rows=_number(request.form.getlist(ROWS)))


def times_with_rows(pressed: str) -> TimesForm:
    """The times as they were typed, with one row more or without the one whose button was pressed."""
    typed = MultiDict(request.form)
    rows = _number(typed.getlist(ROWS))
    if pressed.startswith("remove-"):
        return times_form(rows - 1)(formdata=without_row(typed, _number([pressed.removeprefix("remove-")], least=0)))
    return times_form(rows + 1)(formdata=typed)


def without_row(typed: MultiDict[str, str], gone: int) -> MultiDict[str, str]:
    """Typed times with one row taken out and the later ones moved up."""
    kept = MultiDict[str, str]()
    for field, text in typed.items(multi=True):
        name, _underscore, row = field.rpartition("_")
        if not (name and row.isdigit()):
            kept.add(field, text)
        elif int(row) != gone:
            kept.add(f"{name}_{int(row) - (int(row) > gone)}", text)
    return kept


def kept_arguments() -> dict[str, Any]:
    """What of the address must stay when the page is sent."""
    return {AS_NEW: 1} if request.args.get(AS_NEW) else {}


def page_values(order: Order, form: PartForm) -> dict[str, Any]:
    """What the pages of the form show beside their fields."""
    return {
        "can_add": isinstance(form, TimesForm) and form.rows < MOST_ROWS,
        "asks_person": isinstance(form, NewOrdererForm) and "email" in form,
        "main_fields": MAIN_FIELDS,
        "other_url": _other_orderer_url(order, form),
    }


def _other_orderer_url(order: Order, form: PartForm) -> str:
    """The way from one's own organisations to a new orderer and back; empty where there is nothing to choose."""
    if isinstance(form, OwnOrganisationForm):
        return url_for("intake.part", key=order.form_key, name=Part.ORDERER.value, **{AS_NEW: 1})
    return ""


def _blank(order: Order, part: Part, actor: Actor, *, rows: int, **values: Any) -> PartForm:
    if part is Part.TASK:
        form = TaskForm(**values)
        del form.jobcenter, form.form_key
        return form
    if part is Part.TIMES:
        return times_form(rows)(**values)
    if part is Part.PLACE:
        return PlaceForm(**values)
    return _orderer_form(order, actor, **values)


def _orderer_form(order: Order, actor: Actor, **values: Any) -> PartForm:
    """Who orders: among one's own organisations, a new one, or only the invoicing when that is settled."""
    if not presenting.is_draft(order) or order.coordinator_id is not None:
        return InvoicingForm(**values)
    own = organisations.own_organisations(actor, order.jobcenter_id) if actor.is_signed_in else []
    if own and order.draft_account is None and not request.args.get(AS_NEW):
        form = OwnOrganisationForm(**values)
        form.organisation.offer([(one.id, one.name) for one in own])
        return form
    own_name = actor.name if actor.is_signed_in else ""
    return NewOrdererForm(signed_in=actor.is_signed_in, own_name=own_name, **values)


def _number(texts: list[str] | None, least: int = 1) -> int:
    """A small whole number that a browser sent; anything else is the least."""
    text = texts[0] if texts else ""
    return max(least, int(text)) if text.isascii() and text.isdigit() and len(text) < 3 else least

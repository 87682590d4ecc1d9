"""Benefits held, tax card and account: told by the person, a support person with them, or a coordinator."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.benefits import BenefitKind
from jobcenter.core import audit, clock
from jobcenter.core.errors import NotFound
from jobcenter.core.forms import ActionForm
from jobcenter.workers import queries
from jobcenter.workers.held import queries as held
from jobcenter.workers.held import service
from jobcenter.workers.held.forms import AccountForm, AskedForm, BenefitForm, EndForm, TaxCardForm
from jobcenter.workers.held.presenting import BENEFIT_FIELDS, account_facts, asked_facts, benefit_cards, grouped
from jobcenter.workers.held.presenting import tax_card_facts as tax_card_shown
from jobcenter.workers.messages import BENEFITS
from jobcenter.workers.models import Worker
from jobcenter.workers.policy import is_own
from jobcenter.workers.sides import OFFICE, PERSON, Side, around
from jobcenter.workers.told.presenting import income_cards
from jobcenter.workers.told.queries import incomes_of

bp = Blueprint("held", __name__)

BENEFITS_TAB, MONEY_TAB = "held.benefits", "held.money"


@bp.get("/workers/<int:worker_id>/benefits", defaults=OFFICE)
@bp.get("/people/<int:worker_id>/benefits", defaults=PERSON)
@allow(Role.COORDINATOR, Role.WORKER, Role.SUPPORT)
def benefits(worker_id: int, side: Side) -> str:
    worker = held.worker_with_benefits_for(g.actor, worker_id)
    page = _benefits_frame(worker, side)
    cards = benefit_cards(held.benefits_of(worker), clock.today())
    incomes = income_cards(incomes_of(worker), clock.today())
    return render_template("workers/benefits.html", **page, cards=cards, asked=asked_facts(worker), incomes=incomes)


def _benefits_frame(worker: Worker, side: Side) -> dict[str, object]:
    """What stands around a page with benefit facts; that it was read goes on the log."""
    audit.note_read(g.actor, "worker", worker.id, BENEFIT_FIELDS, worker.jobcenter_id)
    return around(g.actor, worker, side, BENEFITS_TAB)


def _benefits_url(worker_id: int, side: Side) -> str:
    return url_for(".benefits", worker_id=worker_id, side=side)


@bp.get("/workers/<int:worker_id>/benefits/new", defaults=OFFICE)
@bp.get("/people/<int:worker_id>/benefits/new", defaults=PERSON)
@allow(Role.COORDINATOR, Role.WORKER, Role.SUPPORT)
def choose_benefit(worker_id: int, side: Side) -> str:
    worker = held.worker_with_benefits_for(g.actor, worker_id)
    page = around(g.actor, worker, side, BENEFITS_TAB) | {"back": _benefits_url(worker_id, side)}
    return render_template("workers/benefit_choice.html", **page, kinds=BENEFITS)


@bp.get("/workers/<int:worker_id>/benefits/new/<kind>", defaults=OFFICE)
@bp.get("/people/<int:worker_id>/benefits/new/<kind>", defaults=PERSON)
@allow(Role.COORDINATOR, Role.WORKER, Role.SUPPORT)
def new_benefit(worker_id: int, kind: str, side: Side) -> str:
    return _benefit_page(worker_id, side, BenefitForm(_kind(kind)), None)


@bp.post("/workers/<int:worker_id>/benefits/new/<kind>", defaults=OFFICE)
@bp.post("/people/<int:worker_id>/benefits/new/<kind>", defaults=PERSON)
@allow(Role.COORDINATOR, Role.WORKER, Role.SUPPORT)
def add_benefit(worker_id: int, kind: str, side: Side) -> Any:
    form = BenefitForm(_kind(kind))
    if form.attempt(lambda: service.add_benefit(g.actor, worker_id, form.to_command())):
        flash(_("Saved. Coming gigs are looked at again."))
        return redirect(_benefits_url(worker_id, side))
    return _benefit_page(worker_id, side, form, None), 422


def _kind(text: str) -> BenefitKind:
    for kind in BenefitKind:
        if kind.value == text:
            return kind
    raise NotFound


@bp.get("/workers/<int:worker_id>/benefits/<int:benefit_id>", defaults=OFFICE)
@bp.get("/people/<int:worker_id>/benefits/<int:benefit_id>", defaults=PERSON)
@allow(Role.COORDINATOR, Role.WORKER, Role.SUPPORT)
def benefit(worker_id: int, benefit_id: int, side: Side) -> str:
    worker = held.worker_with_benefits_for(g.actor, worker_id)
    told = held.told(held.benefit_of(worker, benefit_id))
    form = BenefitForm(told.kind)
    form.fill(told)
    return _benefit_page(worker_id, side, form, benefit_id)


@bp.post("/workers/<int:worker_id>/benefits/<int:benefit_id>", defaults=OFFICE)
@bp.post("/people/<int:worker_id>/benefits/<int:benefit_id>", defaults=PERSON)
@allow(Role.COORDINATOR, Role.WORKER, Role.SUPPORT)
def change_benefit(worker_id: int, benefit_id: int, side: Side) -> Any:
    worker = held.worker_with_benefits_for(g.actor, worker_id)
    form = BenefitForm(held.benefit_of(worker, benefit_id).kind)
    if form.attempt(lambda: service.change_benefit(g.actor, worker_id, benefit_id, form.to_command())):
        flash(_("Saved. Coming gigs are looked at again."))
        return redirect(_benefits_url(worker_id, side))
    return _benefit_page(worker_id, side, form, benefit_id), 422


def _benefit_page(worker_id: int, side: Side, form: BenefitForm, benefit_id: int | None) -> str:
    worker = held.worker_with_benefits_for(g.actor, worker_id)
    page = _benefits_frame(worker, side) | {"back": _benefits_url(worker_id, side)}
    ids = {"worker_id": worker_id, "side": side}
    if benefit_id is None:
        action = url_for(".add_benefit", **ids, kind=form.kind.value)
    else:
        action = url_for(".change_benefit", **ids, benefit_id=benefit_id)
    label = str(BENEFITS[form.kind])
    if not is_own(g.actor, worker):
        form.say_of(worker.given_name)
    return render_template("workers/benefit.html", **page, form=form, action=action, label=label)


@bp.get("/workers/<int:worker_id>/benefits/<int:benefit_id>/end", defaults=OFFICE)
@bp.get("/people/<int:worker_id>/benefits/<int:benefit_id>/end", defaults=PERSON)
@allow(Role.COORDINATOR, Role.WORKER, Role.SUPPORT)
def benefit_end(worker_id: int, benefit_id: int, side: Side) -> str:
    return _end_page(worker_id, benefit_id, side, EndForm())


@bp.post("/workers/<int:worker_id>/benefits/<int:benefit_id>/end", defaults=OFFICE)
@bp.post("/people/<int:worker_id>/benefits/<int:benefit_id>/end", defaults=PERSON)
@allow(Role.COORDINATOR, Role.WORKER, Role.SUPPORT)
def end_benefit(worker_id: int, benefit_id: int, side: Side) -> Any:
    form = EndForm()
    if form.attempt(lambda: service.end_benefit(g.actor, worker_id, benefit_id, form.ends_on.data)):
        flash(_("Saved. Coming gigs are looked at again."))
        return redirect(_benefits_url(worker_id, side))
    return _end_page(worker_id, benefit_id, side, form), 422


def _end_page(worker_id: int, benefit_id: int, side: Side, form: EndForm) -> str:
    worker = held.worker_with_benefits_for(g.actor, worker_id)
    label = str(BENEFITS[held.benefit_of(worker, benefit_id).kind])
    page = _benefits_frame(worker, side) | {"back": _benefits_url(worker_id, side)}
    return render_template("workers/benefit_end.html", **page, form=form, benefit_id=benefit_id, label=label)


@bp.post("/workers/<int:worker_id>/benefits/<int:benefit_id>/remove")
@allow(Role.COORDINATOR)
def remove_benefit(worker_id: int, benefit_id: int) -> Any:
    if ActionForm().attempt(lambda: service.remove_benefit(g.actor, worker_id, benefit_id)):
        flash(_("Removed. Coming gigs are looked at again."))
    return redirect(_benefits_url(worker_id, Side.OFFICE))


@bp.get("/workers/<int:worker_id>/benefits/asked", defaults=OFFICE)
@bp.get("/people/<int:worker_id>/benefits/asked", defaults=PERSON)
@allow(Role.COORDINATOR, Role.WORKER, Role.SUPPORT)
def asked(worker_id: int, side: Side) -> str:
    worker = held.worker_with_benefits_for(g.actor, worker_id)
    return _asked_page(worker_id, side, AskedForm(asked_on=clock.today(), jobseeker=worker.jobseeker))


@bp.post("/workers/<int:worker_id>/benefits/asked", defaults=OFFICE)
@bp.post("/people/<int:worker_id>/benefits/asked", defaults=PERSON)
@allow(Role.COORDINATOR, Role.WORKER, Role.SUPPORT)
def note_asked(worker_id: int, side: Side) -> Any:
    form = AskedForm()
    if form.attempt(lambda: service.note_asked(g.actor, worker_id, form.to_command())):
        flash(_("Saved. Coming gigs are looked at again."))
        return redirect(_benefits_url(worker_id, side))
    return _asked_page(worker_id, side, form), 422


def _asked_page(worker_id: int, side: Side, form: AskedForm) -> str:
    worker = held.worker_with_benefits_for(g.actor, worker_id)
    page = _benefits_frame(worker, side) | {"back": _benefits_url(worker_id, side)}
    cards = benefit_cards(held.current_benefits_of(worker, clock.today()), clock.today())
    return render_template("workers/asked.html", **page, form=form, cards=cards)


@bp.get("/workers/<int:worker_id>/money", defaults=OFFICE)
@bp.get("/people/<int:worker_id>/money", defaults=PERSON)
@allow(Role.COORDINATOR, Role.WORKER)
def money(worker_id: int, side: Side) -> str:
    worker = held.worker_with_money_for(g.actor, worker_id)
    return render_template(
        "workers/money.html",
        **around(g.actor, worker, side, MONEY_TAB),
        account=account_facts(worker),
        tax_cards=[tax_card_shown(card) for card in queries.tax_cards_of([worker.id])[worker.id]],
    )


@bp.get("/workers/<int:worker_id>/money/account", defaults=OFFICE)
@bp.get("/people/<int:worker_id>/money/account", defaults=PERSON)
@allow(Role.COORDINATOR, Role.WORKER)
def account(worker_id: int, side: Side) -> str:
    worker = held.worker_with_money_for(g.actor, worker_id)
    form = AccountForm(iban=grouped(worker.iban), account_holder=worker.account_holder or worker.name)
    return _money_page("workers/account.html", worker, side, form)


@bp.post("/workers/<int:worker_id>/money/account", defaults=OFFICE)
@bp.post("/people/<int:worker_id>/money/account", defaults=PERSON)
@allow(Role.COORDINATOR, Role.WORKER)
def save_account(worker_id: int, side: Side) -> Any:
    form = AccountForm()
    if form.attempt(lambda: service.save_account(g.actor, worker_id, form.iban.data, form.account_holder.data)):
        flash(_("The account was saved."))
        return redirect(url_for(".money", worker_id=worker_id, side=side))
    worker = held.worker_with_money_for(g.actor, worker_id)
    return _money_page("workers/account.html", worker, side, form), 422


@bp.get("/workers/<int:worker_id>/money/tax-card", defaults=OFFICE)
@bp.get("/people/<int:worker_id>/money/tax-card", defaults=PERSON)
@allow(Role.COORDINATOR, Role.WORKER)
def tax_card(worker_id: int, side: Side) -> str:
    worker = held.worker_with_money_for(g.actor, worker_id)
    return _money_page("workers/tax_card.html", worker, side, TaxCardForm(valid_from=clock.today()))


@bp.post("/workers/<int:worker_id>/money/tax-card", defaults=OFFICE)
@bp.post("/people/<int:worker_id>/money/tax-card", defaults=PERSON)
@allow(Role.COORDINATOR, Role.WORKER)
def save_tax_card(worker_id: int, side: Side) -> Any:
    form = TaxCardForm()
    if form.attempt(lambda: service.save_tax_card(g.actor, worker_id, form.to_command())):
        flash(_("The tax card was saved."))
        return redirect(url_for(".money", worker_id=worker_id, side=side))
    worker = held.worker_with_money_for(g.actor, worker_id)
    return _money_page("workers/tax_card.html", worker, side, form), 422


def _money_page(template: str, worker: Worker, side: Side, form: AccountForm | TaxCardForm) -> str:
    page = around(g.actor, worker, side, MONEY_TAB) | {"back": url_for(".money", worker_id=worker.id, side=side)}
    return render_template(template, **page, form=form)

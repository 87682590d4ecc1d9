"""A worker's consents: given and withdrawn by the person, or written down by a coordinator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.core import texts
from jobcenter.core.errors import NotFound
from jobcenter.core.forms import ActionForm
from jobcenter.workers import policy, queries
from jobcenter.workers.consents import service
from jobcenter.workers.consents.forms import PaperForm, on_screen
from jobcenter.workers.consents.messages import MEANINGS, MEANINGS_OF, PARTIES, WITHDRAWN
from jobcenter.workers.consents.queries import consents_with_history
from jobcenter.workers.domain import ConsentPurpose
from jobcenter.workers.messages import CONSENTS
from jobcenter.workers.models import Consent
from jobcenter.workers.sides import OFFICE, PERSON, Side, around

bp = Blueprint("consents", __name__)

SHOW = "consents.show"


@dataclass(frozen=True)
class ConsentCard:
    """One purpose as the page shows it. Withdrawn, one with consequences changes more than who sees what."""

    purpose: ConsentPurpose
    label: str
    meaning: str
    parties: str
    given: str
    is_given: bool
    has_consequences: bool


@bp.get("/workers/<int:worker_id>/consents", defaults=OFFICE)
@bp.get("/people/<int:worker_id>/consents", defaults=PERSON)
@allow(Role.COORDINATOR, Role.WORKER, Role.SUPPORT)
def show(worker_id: int, side: Side) -> str:
    worker = queries.worker_for(g.actor, worker_id)
    consents = consents_with_history(worker)
    return render_template(
        "workers/consents.html",
        **around(g.actor, worker, side, SHOW),
        cards=_cards(consents, MEANINGS if policy.is_own(g.actor, worker) else MEANINGS_OF),
        past=[(str(CONSENTS[row.purpose]), row) for row in consents if row.withdrawn_at is not None],
        can_decide=policy.can_decide_consent(g.actor, worker),
        can_give=policy.is_own(g.actor, worker),
    )


def _cards(consents: list[Consent], meanings: Mapping[ConsentPurpose, Any]) -> list[ConsentCard]:
    in_force = {row.purpose: row for row in consents if row.withdrawn_at is None}
    return [_card(purpose, in_force.get(purpose), str(meanings[purpose])) for purpose in ConsentPurpose]


def _card(purpose: ConsentPurpose, consent: Consent | None, meaning: str) -> ConsentCard:
    given = ""
    if consent is not None:
        day = texts.day(consent.given_at)
        given = _("Given on %(day)s. Written down by %(name)s.", day=day, name=consent.recorded_by)
    return ConsentCard(
        purpose=purpose,
        label=str(CONSENTS[purpose]),
        meaning=meaning,
        parties=consent.parties if consent else str(PARTIES[purpose]),
        given=given,
        is_given=consent is not None,
        has_consequences=purpose is ConsentPurpose.TAKE_PART,
    )


@bp.get("/workers/<int:worker_id>/consents/paper")
@allow(Role.COORDINATOR)
def paper(worker_id: int) -> str:
    return _paper_page(worker_id, PaperForm())


@bp.post("/workers/<int:worker_id>/consents/paper")
@allow(Role.COORDINATOR)
def record_paper(worker_id: int) -> Any:
    form = PaperForm()
    if form.attempt(lambda: service.give(g.actor, worker_id, form.to_command())):
        flash(_("The consent was written down. It is in force at once."))
        return redirect(url_for(".show", worker_id=worker_id, side=Side.OFFICE))
    return _paper_page(worker_id, form), 422


def _paper_page(worker_id: int, form: PaperForm) -> str:
    worker = queries.coordinated_worker_for(g.actor, worker_id)
    page = around(g.actor, worker, Side.OFFICE, SHOW)
    return render_template("workers/consent_paper.html", **page, form=form)


@bp.post("/people/<int:worker_id>/consents/<purpose>/give")
@allow(Role.WORKER)
def give(worker_id: int, purpose: str) -> Any:
    queries.own_worker_for(g.actor, worker_id)
    given = on_screen(_purpose(purpose))
    if ActionForm().attempt(lambda: service.give(g.actor, worker_id, given)):
        flash(_("You have given your consent. You can withdraw it at any time."))
    return redirect(url_for(".show", worker_id=worker_id, side=Side.PERSON))


@bp.post("/workers/<int:worker_id>/consents/<purpose>/withdraw", defaults=OFFICE)
@bp.post("/people/<int:worker_id>/consents/<purpose>/withdraw", defaults=PERSON)
@allow(Role.COORDINATOR, Role.WORKER)
def withdraw(worker_id: int, purpose: str, side: Side) -> Any:
    wanted = _purpose(purpose)
    if ActionForm().attempt(lambda: service.withdraw(g.actor, worker_id, wanted)):
        flash(str(WITHDRAWN[wanted is ConsentPurpose.TAKE_PART]))
    return redirect(url_for(".show", worker_id=worker_id, side=side))


def _purpose(text: str) -> ConsentPurpose:
    for purpose in ConsentPurpose:
        if purpose.value == text:
            return purpose
    raise NotFound

"""Whom a question may be about, what was kept, and what an answer needs beside the case."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select

from jobcenter.auth.domain import Actor
from jobcenter.auth.models import Jobcenter
from jobcenter.benefits import ContractForm
from jobcenter.core.db import db
from jobcenter.core.errors import NotFound
from jobcenter.earnings.queries import USUAL_FORM
from jobcenter.earnings.whatif.domain import Question
from jobcenter.earnings.whatif.models import WhatIf
from jobcenter.earnings.whatif.policy import can_ask
from jobcenter.orders.gigs.domain import OfferStatus
from jobcenter.orders.gigs.models import Offer
from jobcenter.orders.gigs.queries import offers_of_worker
from jobcenter.workers.domain import ConsentPurpose
from jobcenter.workers.models import Worker
from jobcenter.workers.queries import has_consented, supported_by, worker_with_earnings_for


@dataclass(frozen=True)
class Subject:
    """The person whom questions are about; `may_ask`: whether the actor may ask them, or only reads."""

    worker: Worker
    usual_form: ContractForm
    may_ask: bool


def subject_for(actor: Actor, worker_id: int) -> Subject:
    """The person, for those who may see earnings and limits. Raises NotFound."""
    worker = worker_with_earnings_for(actor, worker_id)
    with_consent = and_(supported_by(actor), has_consented(ConsentPurpose.SUPPORT_SEES_EARNINGS))
    supports = select(Worker.id).where(Worker.id == worker_id, with_consent).exists()
    kind, is_support = db.session.execute(
        select(Jobcenter.kind, supports).where(Jobcenter.id == worker.jobcenter_id)
    ).one()
    return Subject(worker, USUAL_FORM[kind], can_ask(actor, worker, supports=is_support))


def asking_subject_for(actor: Actor, worker_id: int) -> Subject:
    """The person, for those who may ask. Raises NotFound."""
    subject = subject_for(actor, worker_id)
    if not subject.may_ask:
        raise NotFound
    return subject


def lock_answers_of(worker_id: int) -> None:
    """Hold the person's row until the unit of work ends: two answers are never counted side by side."""
    db.session.execute(select(Worker.id).where(Worker.id == worker_id).with_for_update(key_share=True))


def places_of(worker_ids: Collection[int]) -> list[tuple[int, str]]:
    """Worker rows with the names of their Jobcenters, by name."""
    query = select(Worker.id, Jobcenter.name).join(Jobcenter, Jobcenter.id == Worker.jobcenter_id)
    rows = db.session.execute(query.where(Worker.id.in_(worker_ids)).order_by(Jobcenter.name))
    return [(worker_id, name) for worker_id, name in rows]


# What was kept


def kept_for(actor: Actor, what_if_id: int) -> tuple[WhatIf, Subject]:
    """A kept answer and whom it is about, for those who may see earnings and limits. Raises NotFound."""
    kept = db.session.get(WhatIf, what_if_id)
    if kept is None:
        raise NotFound
    return kept, subject_for(actor, kept.worker_id)


def kept_of(worker_id: int) -> list[WhatIf]:
    """What was kept about a person, the newest first."""
    query = select(WhatIf).where(WhatIf.worker_id == worker_id)
    return list(db.session.scalars(query.order_by(WhatIf.made_at.desc(), WhatIf.id.desc())))


def chosen_of(worker_id: int, ids: Collection[int]) -> list[WhatIf]:
    """Those of a person's kept answers that are chosen, the oldest first."""
    query = select(WhatIf).where(WhatIf.worker_id == worker_id, WhatIf.id.in_(ids))
    return list(db.session.scalars(query.order_by(WhatIf.made_at, WhatIf.id)))


def number_kept(worker_id: int) -> int:
    """How many answers are kept about a person."""
    return db.session.scalar(select(func.count()).select_from(WhatIf).where(WhatIf.worker_id == worker_id)) or 0


def kept_with(form_key: str) -> WhatIf | None:
    """The answer that a form has kept already."""
    return db.session.scalar(select(WhatIf).where(WhatIf.form_key == form_key))


# Offers


def offers_for(question: Question, worker_id: int, now: datetime) -> list[Offer]:
    """The person's open offers of gigs still to come, with their gigs and orders, where a question is about them."""
    if question is not Question.OFFER:
        return []
    return [offer for offer in offers_of_worker([worker_id], [OfferStatus.OFFERED]) if offer.gig.starts_at > now]

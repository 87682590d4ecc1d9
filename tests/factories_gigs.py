"""A Jobcenter with an accepted assignment order and people who can be asked: for tests of gigs and of the desk."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from jobcenter.auth.domain import Actor, Grant, Role
from jobcenter.auth.models import User
from jobcenter.benefits import BenefitKind, ContractForm, JobseekerStatus
from jobcenter.core.db import db
from jobcenter.core.uow import unit_of_work
from jobcenter.notifications.models import OutgoingMail
from jobcenter.orders.gigs import service_offers
from jobcenter.orders.gigs.models import Gig, Offer, Slot
from jobcenter.orders.gigs.service_offers import MakeOffer
from jobcenter.orders.rates.models import Rate
from jobcenter.workers.models import Worker
from tests import factories
from tests.factories_earnings import wages

ANSWER_BY = factories.NOW + timedelta(days=2)


class Place:
    """One Jobcenter with wages, a coordinator, an orderer and an accepted order on assignment contract."""

    def __init__(self, form: ContractForm = ContractForm.ASSIGNMENT, **facts: Any) -> None:
        self.jobcenter = factories.jobcenter(**facts)
        if db.session.scalars(select(Rate.id)).first() is None:
            wages()
        self.coordinator_user = factories.someone(Role.COORDINATOR, self.jobcenter, given_name="Kaisa")
        self.orderer_user = factories.someone(Role.ORDERER, self.jobcenter, given_name="Olga")
        self.organisation = factories.organisation(self.jobcenter, self.orderer_user)
        self.order = factories.order(
            self.jobcenter,
            self.organisation,
            contract_form=form,
            ordered_by_id=self.orderer_user.id,
            coordinator_id=self.coordinator_user.id,
        )
        db.session.commit()

    @property
    def coordinator(self) -> Actor:
        return factories.actor(self.coordinator_user, (Role.COORDINATOR, self.jobcenter))

    @property
    def orderer(self) -> Actor:
        return factories.actor(self.orderer_user, (Role.ORDERER, self.jobcenter))

    def gig(self, **facts: Any) -> Gig:
        made = factories.gig(self.order, **facts)
        db.session.commit()
        return made

    def worker(self, name: str = "Veikko", **facts: Any) -> Worker:
        """Somebody who may be asked: consents, is ready, and has no unemployment benefit."""
        user = factories.someone(Role.WORKER, self.jobcenter, given_name=name, family_name="Tekijä")
        given = {"benefits_asked_on": factories.TODAY, "jobseeker": JobseekerStatus.NOT_REGISTERED}
        worker = factories.worker(self.jobcenter, user, **given | facts)
        factories.consent(worker)
        db.session.commit()
        return worker

    def support_person(self, *workers: Worker, name: str = "Tuija") -> User:
        user = factories.someone(Role.SUPPORT, self.jobcenter, given_name=name, family_name="Tuki")
        for worker in workers:
            factories.support(worker, user)
        db.session.commit()
        return user

    def offered(self, gig: Gig, worker: Worker, slot: int = 0) -> Offer:
        with unit_of_work():
            return service_offers.offer(self.coordinator, slot_id(gig, slot), MakeOffer(worker.id, ANSWER_BY))

    def accepted(self, gig: Gig, worker: Worker, slot: int = 0) -> Offer:
        offer = self.offered(gig, worker, slot)
        with unit_of_work():
            return service_offers.accept(actor_of(worker), offer.id)

    def confirmed(self, gig: Gig, worker: Worker, slot: int = 0) -> Offer:
        offer = self.accepted(gig, worker, slot)
        with unit_of_work():
            return service_offers.confirm(self.coordinator, offer.id)


def slot_id(gig: Gig, place: int = 0) -> int:
    """The id of a gig's slot, by its place in the list."""
    return db.session.scalars(select(Slot.id).where(Slot.gig_id == gig.id).order_by(Slot.position)).all()[place]


def actor_of(worker: Worker) -> Actor:
    """The worker's own user, as an actor."""
    user = db.session.get_one(User, worker.user_id)
    return Actor(user.id, user.name, user.language, frozenset({Grant(Role.WORKER, worker.jobcenter_id)}))


def support_actor(user: User, jobcenter: Any) -> Actor:
    return factories.actor(user, (Role.SUPPORT, jobcenter))


def unemployed(worker: Worker) -> None:
    """The worker begins to get the labour market subsidy."""
    factories.benefit(worker, BenefitKind.LABOUR_MARKET_SUBSIDY, starts_on=date(2026, 11, 1))
    db.session.commit()


def mails(kind: str) -> list[OutgoingMail]:
    """The mails of a kind in the outbox, oldest first."""
    return list(db.session.scalars(select(OutgoingMail).where(OutgoingMail.kind == kind).order_by(OutgoingMail.id)))

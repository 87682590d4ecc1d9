"""The world of the tests of hours: one gig done on Friday, and everybody who has to do with it."""

from datetime import date, time

from sqlalchemy import select

from jobcenter.auth.domain import Role
from jobcenter.benefits import ContractForm
from jobcenter.core import clock
from jobcenter.core.uow import unit_of_work
from jobcenter.notifications.models import OutgoingMail
from jobcenter.orders.gigs.domain import OfferStatus
from jobcenter.orders.hours import service
from jobcenter.orders.hours.domain import LogHours, Typed
from jobcenter.orders.rates.service import load_defaults
from tests import factories

FRIDAY = date(2026, 11, 20)
SATURDAY_NOON = clock.at(date(2026, 11, 21), time(12))


class World:
    """One Jobcenter with an orderer, a worker with a support person, and a gig done on Friday at 9-12."""

    def __init__(self) -> None:
        with unit_of_work():
            load_defaults()
        self.jobcenter = factories.jobcenter()
        self.orderer = factories.someone(Role.ORDERER, self.jobcenter, given_name="Olli")
        self.worker_user = factories.someone(Role.WORKER, self.jobcenter, given_name="Veikko")
        self.support_user = factories.someone(Role.SUPPORT, self.jobcenter, given_name="Tuula")
        self.coordinator_user = factories.someone(Role.COORDINATOR, self.jobcenter, given_name="Kaisa")
        self.organisation = factories.organisation(self.jobcenter, self.orderer)
        self.order = factories.order(
            self.jobcenter,
            self.organisation,
            ordered_by_id=self.orderer.id,
            coordinator_id=self.coordinator_user.id,
            contract_form=ContractForm.ASSIGNMENT,
        )
        self.worker = factories.worker(self.jobcenter, self.worker_user)
        factories.support(self.worker, self.support_user)
        self.gig = factories.gig(self.order, clock.at(FRIDAY, time(9)))
        self.offer = factories.offer(self.gig, self.worker, OfferStatus.CONFIRMED)

    def actor(self, user, role):
        return factories.actor(user, (role, self.jobcenter))

    @property
    def as_worker(self):
        return self.actor(self.worker_user, Role.WORKER)

    @property
    def as_orderer(self):
        return self.actor(self.orderer, Role.ORDERER)

    @property
    def as_support(self):
        return self.actor(self.support_user, Role.SUPPORT)

    @property
    def as_coordinator(self):
        return self.actor(self.coordinator_user, Role.COORDINATOR)

    def log(self, actor=None, starts=time(9), ends=time(12), pause=0, offer=None):
        with unit_of_work():
            command = LogHours(Typed(FRIDAY, starts, ends, pause))
            return service.log_hours(actor or self.as_worker, (offer or self.offer).id, command)


FORM = {"day": "20.11.2026", "starts": "9", "ends": "12.00", "break_minutes": "0"}


def mails(session, kind):
    return list(session.scalars(select(OutgoingMail).where(OutgoingMail.kind == kind).order_by(OutgoingMail.id)))

"""The price calculator."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import lazy_gettext as _l

from jobcenter.core.forms import BaseForm, ChoiceField, DecimalField, SelectField, WholeNumberField
from jobcenter.home.domain import Job
from jobcenter.orders.gigs.domain import MOST_PEOPLE
from jobcenter.orders.organisations.messages import KINDS as ORDERERS

LEAST_HOURS = Decimal("0.5")
MOST_HOURS = Decimal(500)


class CalculatorForm(BaseForm):
    """People x hours at a Jobcenter. It changes nothing, so it is sent by GET and needs no token."""

    class Meta(BaseForm.Meta):
        csrf = False

    jobcenter = ChoiceField(_l("Where is the job?"))
    orderer = SelectField(_l("Who orders?"), ORDERERS, blank=_l("Not told: the price for everybody"), required=False)
    people = WholeNumberField(_l("How many people?"), least=1, most=MOST_PEOPLE)
    hours = DecimalField(
        _l("How many hours each?"), least=LEAST_HOURS, most=MOST_HOURS, description=_l("For example 3 or 2.5.")
    )

    def to_command(self) -> Job:
        return Job(
            jobcenter_id=self.jobcenter.data,
            people=self.people.data,
            hours=self.hours.data,
            orderer_kind=self.orderer.data or None,
        )

"""Which gigs of a week are shown. Sent by GET, changes nothing, needs no token."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.core.forms import BaseForm, SelectField
from jobcenter.matching.board.domain import Chosen, Week
from jobcenter.matching.board.messages import NEEDS
from jobcenter.matching.board.queries import Choices
from jobcenter.workers.messages import TASKS


class BoardForm(BaseForm):
    """The board's filter; anything that cannot be read narrows nothing."""

    class Meta(BaseForm.Meta):
        csrf = False

    need = SelectField(_l("Show"), NEEDS, required=False, blank=_l("All gigs"))
    field = SelectField(_l("Field of work"), TASKS, required=False, blank=_l("All fields"))
    unit = SelectField(_l("People of the unit"), required=False, blank=_l("All units"))
    jobcenter = SelectField(_l("Jobcenter"), required=False, blank=_l("All my Jobcenters"))

    def offer(self, choices: Choices) -> None:
        self.unit.offer(choices.units)
        self.jobcenter.offer(choices.jobcenters)

    def chosen(self, week: Week) -> Chosen:
        self.validate()
        return Chosen(
            week=week,
            jobcenter_id=self.jobcenter.data,
            category=self.field.data,
            unit_id=self.unit.data,
            need=self.need.data,
        )

"""A unit's name, address and manager."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.core.forms import BaseForm, SelectField, TextField
from jobcenter.workers.domain import UnitFacts


class UnitForm(BaseForm):
    """A work activity unit; the managers to choose from are users with that role."""

    jobcenter_id = SelectField(_l("Jobcenter"), blank=None)
    name = TextField(_l("Name of the unit"), max_length=120)
    address = TextField(_l("Address"), required=False, max_length=250)
    manager_id = SelectField(
        _l("Managed by"),
        required=False,
        blank=_l("Nobody yet"),
        description=_l("An administrator gives the role of unit manager."),
    )

    def to_command(self) -> UnitFacts:
        return UnitFacts(name=self.name.data, address=self.address.data or "", manager_id=self.manager_id.data)

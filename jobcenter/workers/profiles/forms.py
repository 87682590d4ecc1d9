"""The coordinator's form of a worker, and the list's filter."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from jobcenter.core import texts
from jobcenter.core.forms import (
    BaseForm,
    CheckField,
    ChoiceField,
    ChoicesField,
    DayField,
    DecimalField,
    EmailField,
    FormKeyField,
    PhoneField,
    SelectField,
    TextField,
    VersionField,
)
from jobcenter.workers.domain import Profile, Show, WorkerFilter
from jobcenter.workers.forms import WeeklyHoursField
from jobcenter.workers.messages import DEMANDS, SKILLS, TASKS
from jobcenter.workers.profiles.messages import SHOWN

NAME_LIMIT = 120
TOLD_LIMIT = 250
SETS = frozenset({"tasks", "skills", "cannot"})


class FilterForm(BaseForm):
    """What the list of workers is narrowed to. Sent by GET, changes nothing, needs no token."""

    class Meta(BaseForm.Meta):
        csrf = False

    q = TextField(_l("Name"), required=False, max_length=NAME_LIMIT)
    unit = SelectField(_l("Unit"), required=False, blank=_l("All units"))
    show = SelectField(_l("Show"), SHOWN, required=False, blank=None)

    def to_command(self) -> WorkerFilter:
        """What was asked for; anything that cannot be read narrows nothing."""
        self.validate()
        name = "" if self.q.errors else self.q.data
        return WorkerFilter(name=name, unit_id=self.unit.data, show=self.show.data or Show.ACTIVE)


class ProfileForm(BaseForm):
    """Everything a coordinator writes of a worker."""

    form_key = FormKeyField()
    version = VersionField(default=0)
    jobcenter_id = SelectField(_l("Jobcenter"), blank=None)
    given_name = TextField(_l("Given name"), max_length=NAME_LIMIT)
    family_name = TextField(_l("Family name"), max_length=NAME_LIMIT)
    email = EmailField(_l("E-mail address"), required=False, description=_l("For the invitation to sign in."))
    phone = PhoneField(_l("Telephone"), required=False)
    language = SelectField(_l("Language"), texts.offered(), blank=None)
    born = DayField(_l("Day of birth"), required=False, description=_l("Some limits depend on age."))
    unit_id = SelectField(_l("Work activity unit"), required=False, blank=_l("No unit"))
    service_ends_on = DayField(
        _l("The service ends on"), required=False, description=_l("Empty when the service is not limited in time.")
    )
    tasks = ChoicesField(_l("Tasks wished for"), TASKS, required=False)
    skills = ChoicesField(_l("Skills"), SKILLS, required=False)
    cannot = ChoicesField(
        _l("Not for this person"), DEMANDS, required=False, description=_l("Gigs that demand these are not offered.")
    )
    weekly_minutes_wished = WeeklyHoursField(_l("Hours wished a week"), description=_l("For example 4 or 2,5."))
    weekly_minutes_most = WeeklyHoursField(_l("At most, hours a week"))
    needs_support = CheckField(_l("Needs a support person along at gigs"))
    told_to_orderer = TextField(
        _l("What an orderer may be told"),
        required=False,
        max_length=TOLD_LIMIT,
        description=_l("Only what the person has agreed to. Never benefits or health."),
    )
    near_share_percent = DecimalField(
        _l("Warn when this share of a limit is reached, per cent"),
        required=False,
        least=1,
        most=100,
        description=_l("Empty means the usual share."),
    )
    in_prepayment_register = CheckField(_l("Is in the prepayment register"))
    active = CheckField(_l("Is active: may be offered gigs"), default=True)

    def fill(self, profile: Profile, version: int) -> None:
        """Show a stored profile, unless the form was sent."""
        if self.is_submitted():
            return
        self.version.data = version
        for name in Profile.__dataclass_fields__:
            self[name].process_data(getattr(profile, name))

    def to_command(self) -> Profile:
        given = {name: self[name].data for name in Profile.__dataclass_fields__}
        return Profile(**given | {name: frozenset(given[name]) for name in SETS})

    def unlike(self, stored: Profile) -> list[tuple[str, str]]:
        """Labels and stored values of the fields in which the form differs from what is stored now."""
        typed = self.to_command()
        differing = [name for name in Profile.__dataclass_fields__ if getattr(typed, name) != getattr(stored, name)]
        return [(self[name].label.text, _shown(self[name], getattr(stored, name))) for name in differing]


def _shown(field: Any, value: Any) -> str:
    if isinstance(field, CheckField):
        return _("Yes") if value else _("No")
    if isinstance(field, ChoiceField):
        chosen = value if isinstance(value, frozenset) else {value}
        return ", ".join(str(label) for option, label in field.options if option in chosen) or _("–")
    return (field.show(value) if hasattr(field, "show") and value is not None else value) or _("–")

"""What a coordinator writes of a person's wishes, and of where a place is."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.core.forms import BaseForm, CheckField, ChoicesField, TextField
from jobcenter.workers.domain import Preferences
from jobcenter.workers.messages import ACCEPTED_FORMS, PARTS_OF_DAY, SKILLS, TASKS, WISHED_DAYS
from jobcenter.workers.places import LONGEST_AREA
from jobcenter.workers.preferences import SETS, AreasField, PostcodeField


class PreferencesForm(BaseForm):
    """Where and when the person likes to work, what they practise, which contracts they take."""

    wished_days = ChoicesField(_l("Wished days"), WISHED_DAYS, required=False)
    wished_parts = ChoicesField(_l("Wished times of day"), PARTS_OF_DAY, required=False)
    areas = AreasField(
        _l("Wished areas"), required=False, description=_l("For example: Kallio, Pasila. Commas between them.")
    )
    postcode = PostcodeField(
        _l("Postcode of the home"), required=False, description=_l("For gigs near the home. Orderers do not see it.")
    )
    practise_tasks = ChoicesField(_l("Tasks to practise"), TASKS, required=False)
    practise_skills = ChoicesField(_l("Skills to practise"), SKILLS, required=False)
    contract_forms = ChoicesField(
        _l("Contracts that the person accepts"), ACCEPTED_FORMS, required=False, description=_l("None ticked: both.")
    )
    asks_over_limit = CheckField(
        _l("Asks to be offered gigs that take an earnings limit over"),
        description=_l(
            "Only when the person has asked for it and knows what it does to benefits. They still say “I know” when "
            "they accept such a gig."
        ),
    )

    def fill(self, stored: Preferences) -> None:
        """Show what is stored, unless the form was sent."""
        if not self.is_submitted():
            for name in Preferences.__dataclass_fields__:
                self[name].process_data(getattr(stored, name))

    def to_command(self) -> Preferences:
        given = {name: self[name].data for name in Preferences.__dataclass_fields__}
        return Preferences(**given | {name: frozenset(given[name]) for name in SETS})


class AreaForm(BaseForm):
    """In which area an order's place is."""

    area = TextField(
        _l("Area of the place"),
        required=False,
        max_length=LONGEST_AREA,
        description=_l("One name as people say it, for example Kallio. Empty: not known."),
    )

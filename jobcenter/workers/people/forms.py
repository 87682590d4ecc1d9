"""The worker's own small forms, one thing each."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.core import texts
from jobcenter.core.forms import BaseForm, CheckField, ChoiceField, ChoicesField, LongTextField
from jobcenter.workers import preferences
from jobcenter.workers.domain import Wishes
from jobcenter.workers.forms import WeeklyHoursField
from jobcenter.workers.messages import ACCEPTED_FORMS, DEMANDS, PARTS_OF_DAY, SKILLS, TASKS, WISHED_DAYS
from jobcenter.workers.people.messages import QUESTIONS_OF
from jobcenter.workers.preferences import AreasField, PostcodeField

TOLD_LIMIT = 250
SETS = preferences.SETS | {"tasks", "cannot"}


class WishForm(BaseForm):
    """One thing that a worker decides about themselves; its fields are named as the wishes are."""

    def fill(self, wishes: Wishes) -> None:
        """Show what is stored, unless the form was sent."""
        if not self.is_submitted():
            for name, value in wishes.items():
                if name in self:
                    self[name].process_data(value)

    def ask_of_another(self) -> None:
        """Ask about the person instead of asking them."""
        for name, question in QUESTIONS_OF.items():
            if name in self:
                self[name].label.text = question

    def to_command(self) -> Wishes:
        given = {name: field.data for name, field in self._fields.items() if name in Wishes.__annotations__}
        return Wishes(**{name: frozenset(value) if name in SETS else value for name, value in given.items()})


class TasksForm(WishForm):
    """Which tasks I like."""

    tasks = ChoicesField(_l("Which tasks do you like?"), TASKS, required=False)


class CannotForm(WishForm):
    """What is not for me."""

    cannot = ChoicesField(_l("What is not for you?"), DEMANDS, required=False)


class HoursForm(WishForm):
    """How much I want to work, and whether somebody comes along."""

    weekly_minutes_wished = WeeklyHoursField(
        _l("How many hours a week do you want to work?"), description=_l("For example 4 or 2,5.")
    )
    weekly_minutes_most = WeeklyHoursField(_l("How many hours a week at most?"))
    needs_support = CheckField(_l("I want a support person along"))


class TimesForm(WishForm):
    """When I like to work."""

    wished_days = ChoicesField(_l("Which days are good for you?"), WISHED_DAYS, required=False)
    wished_parts = ChoicesField(_l("Which time of day is good for you?"), PARTS_OF_DAY, required=False)


class AreasForm(WishForm):
    """Where I like to work."""

    areas = AreasField(
        _l("Where do you want to work?"),
        required=False,
        description=_l("For example: Kallio, Pasila. Write a comma between the places."),
    )
    postcode = PostcodeField(
        _l("What is the postcode of your home?"),
        required=False,
        description=_l("With it we find gigs near you. Orderers do not see it."),
    )


class PractiseForm(WishForm):
    """What I want to become better at."""

    practise_tasks = ChoicesField(_l("Which tasks do you want to practise?"), TASKS, required=False)
    practise_skills = ChoicesField(_l("Which skills do you want to practise?"), SKILLS, required=False)


class ContractsForm(WishForm):
    """Which contracts I take."""

    contract_forms = ChoicesField(
        _l("Which contracts are all right for you?"),
        ACCEPTED_FORMS,
        required=False,
        description=_l("If you tick nothing, both are all right."),
    )


class OverLimitForm(WishForm):
    """Whether gigs that take a limit over are offered to me."""

    asks_over_limit = CheckField(_l("I know what it does, and I want such gigs offered to me too"))


class LanguageForm(WishForm):
    """In which language my contracts and certificates are."""

    language = ChoiceField(_l("Which language do you want?"), texts.offered())


class ToldForm(WishForm):
    """What an orderer may be told of me."""

    told_to_orderer = LongTextField(_l("What may we tell the orderer?"), required=False, max_length=TOLD_LIMIT)

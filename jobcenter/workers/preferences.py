"""Where and when somebody likes to work, what they practise, which contracts they take: the fields that two kinds of
forms share, the person's own and the coordinator's.
"""

from __future__ import annotations

from flask_babel import gettext as _
from wtforms.validators import StopValidation

from jobcenter.core import parsing
from jobcenter.core.forms import ParsedField
from jobcenter.workers import places

SETS = frozenset({"areas", "wished_days", "wished_parts", "practise_tasks", "practise_skills", "contract_forms"})


class AreasField(ParsedField):
    """Names of areas with commas between them; `data` is a frozenset of their tags."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = places.area_tags(valuelist[0] if valuelist else "")

    def pre_validate(self, form: object) -> None:
        if len(self.data) > places.MOST_AREAS:
            raise StopValidation(self.unreadable())
        if any(len(area) > places.LONGEST_AREA or parsing.unprintable(area) for area in self.data):
            raise StopValidation(_("The name of an area has at most %(most)s letters.", most=places.LONGEST_AREA))

    def show(self, value: frozenset[str]) -> str:
        return places.shown(value)

    def unreadable(self) -> str:
        return _("Give at most %(most)s areas with commas between them.", most=places.MOST_AREAS)


class PostcodeField(ParsedField):
    """A Finnish postcode, five digits; `data` is "" without one."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        self.data = self.data or ""

    def parse(self, typed: str) -> str:
        if not places.POSTCODE.fullmatch(typed):
            raise ValueError(f"{typed!r} is not a postcode")
        return typed

    def show(self, value: str) -> str:
        return value

    def unreadable(self) -> str:
        return _("A postcode has five digits, for example 00500.")

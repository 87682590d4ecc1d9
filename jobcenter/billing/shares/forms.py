"""The form of who pays which share of an order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from jobcenter.billing.shares.domain import ALL, IN_PERCENT, MOST_SHARES, SetSplit, Share, SharesRefused, Split
from jobcenter.core.forms import (
    BaseForm,
    DayField,
    DecimalField,
    GroupedSelectField,
    SelectField,
    TextField,
    VersionField,
)

PLACES = range(1, MOST_SHARES + 1)
LEAST_ROWS, ROWS_MORE = 3, 1
COST_CENTRE_LENGTH = 35
REFERENCE_LENGTH = 70
GIG = "gig_"

Choices = Iterable[tuple[int, str]]


@dataclass(frozen=True)
class Row:
    """The fields of one share."""

    place: int
    payer: SelectField
    percent: DecimalField
    cost_centre: TextField
    reference: TextField

    @property
    def fields(self) -> tuple[Any, ...]:
        return self.payer, self.percent, self.cost_centre, self.reference

    @property
    def is_empty(self) -> bool:
        return not any(field.data or field.errors for field in self.fields)


class SharesForm(BaseForm):
    """Who pays how much, which gigs a share pays alone, when and with whom that was agreed; `shares_form` makes it."""

    agreed_on = DayField(_l("Day of the agreement"))
    agreed_with = TextField(_l("Who agreed"), description=_l("The people who said yes for the payers"))
    version = VersionField()

    def rows(self) -> list[Row]:
        """The shares to show: those that are filled and one more, three at least."""
        rows = self._rows()
        filled = max((row.place for row in rows if not row.is_empty), default=0)
        return rows[: max(LEAST_ROWS, filled + ROWS_MORE)]

    def gig_fields(self) -> list[SelectField]:
        """The fields of the gigs, in their order."""
        return [field for field in self if field.name.startswith(GIG)]

    def to_command(self) -> SetSplit:
        """The command to set them. Raises SharesRefused beside a field that is missing."""
        filled = [row for row in self._rows() if not row.is_empty]
        places = {row.place: place for place, row in enumerate(filled, start=1)}
        chosen = {int(field.name.removeprefix(GIG)): field.data for field in self.gig_fields() if field.data}
        if set(chosen.values()) - set(places):
            raise SharesRefused("shares_gig_unknown")
        return SetSplit(
            shares=tuple(_share(row, places[row.place]) for row in filled),
            gigs={gig_id: places[row] for gig_id, row in chosen.items()},
            agreed_on=self.agreed_on.data,
            agreed_with=self.agreed_with.data,
            number=self.version.data or 0,
            asked=frozenset(int(field.name.removeprefix(GIG)) for field in self.gig_fields() if field.raw_data),
        )

    def _rows(self) -> list[Row]:
        names = ("payer", "percent", "cost_centre", "reference")
        return [Row(place, *(self[f"{name}_{place}"] for name in names)) for place in PLACES]


def _share(row: Row, place: int) -> Share:
    if row.payer.data is None:
        raise SharesRefused("shares_payer_missing", row.payer.name)
    if row.percent.data is None:
        raise SharesRefused("shares_percent_missing", row.percent.name)
    return Share(
        place=place,
        organisation_id=row.payer.data,
        hundredths=int(row.percent.data * IN_PERCENT),
        cost_centre=row.cost_centre.data or "",
        reference=row.reference.data or "",
    )


def shares_form(payers: Mapping[str, Choices], gigs: Choices, *, opens: dict[str, Any] | None = None) -> SharesForm:
    """The form for the organisations that can pay, under headings, and the gigs that can be given to one share.

    `opens`: what stands in it when it opens; None reads what was sent.
    """
    shares = [(place, _("Share %(number)s alone", number=place)) for place in PLACES]
    fields: dict[str, Any] = {}
    for place in PLACES:
        fields[f"payer_{place}"] = GroupedSelectField(
            _("Payer %(number)s", number=place), payers, blank=_("Nobody"), required=False
        )
        fields[f"percent_{place}"] = DecimalField(
            _("Per cent"), required=False, least=Decimal(0), most=Decimal(IN_PERCENT)
        )
        fields[f"cost_centre_{place}"] = TextField(_("Cost centre"), required=False, max_length=COST_CENTRE_LENGTH)
        fields[f"reference_{place}"] = TextField(_("Their reference"), required=False, max_length=REFERENCE_LENGTH)
    for gig_id, label in gigs:
        fields[f"{GIG}{gig_id}"] = SelectField(label, shares, blank=_("By the shares"), required=False)
    made = type("SharesFormOfOrder", (SharesForm,), fields)
    return made() if opens is None else made(formdata=None, **opens)


def opening(split: Split, orderer_id: int, today: date) -> dict[str, Any]:
    """What stands in the form when it opens: what holds now; of an order that is not split, the orderer pays all."""
    shares = split.shares or (Share(place=1, organisation_id=orderer_id, hundredths=ALL),)
    opens: dict[str, Any] = {"agreed_on": today, "agreed_with": "", "version": split.number}
    for share in shares:
        opens[f"payer_{share.place}"] = share.organisation_id
        opens[f"percent_{share.place}"] = Decimal(f"{share.percent:g}")
        opens[f"cost_centre_{share.place}"] = share.cost_centre
        opens[f"reference_{share.place}"] = share.reference
    return opens | {f"{GIG}{gig_id}": place for gig_id, place in split.gigs.items()}

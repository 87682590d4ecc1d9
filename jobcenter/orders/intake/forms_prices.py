"""The forms by which a second person decides a low price."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.core.forms import BaseForm, TextField, VersionField

REASON_LENGTH = 250


class ApprovePriceForm(BaseForm):
    """A button; `version` is of the order on the screen."""

    version = VersionField()


class RefusePriceForm(BaseForm):
    """Why a price is not approved."""

    answer = TextField(_l("Why not?"), max_length=REASON_LENGTH, description=_l("Whoever asked sees this."))

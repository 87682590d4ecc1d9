"""What ties are called, and their refusals."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.matching.ties.domain import TieKind

ERRORS = {
    "tie_with_self": _l("Choose somebody else."),
    "tie_already": _l("This has been noted already."),
    "block_already": _l("This has been noted already."),
}

KINDS = {
    TieKind.APART: _l("Must not meet at a gig"),
    TieKind.TOGETHER: _l("Like to work together"),
}
KIND_TAGS = {TieKind.APART: "bad", TieKind.TOGETHER: "good"}

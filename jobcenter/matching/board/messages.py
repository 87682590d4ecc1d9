"""What the board calls how far a gig is staffed."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.matching.board.domain import Need

NEEDS = {
    Need.OPEN: _l("Places to fill"),
    Need.ASKED: _l("People are thinking"),
    Need.STAFFED: _l("Everyone found"),
}

"""The blueprint that the views of gigs share."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("gigs", __name__, url_prefix="/gigs")

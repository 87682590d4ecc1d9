"""The blueprint of the pages on earnings and limits."""

from flask import Blueprint

bp = Blueprint("earnings", __name__, url_prefix="/earnings")

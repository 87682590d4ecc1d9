"""The internal billing file of city units."""

from __future__ import annotations

import re
from datetime import date

from flask import Blueprint, Response, abort, current_app, g, request

from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.billing.internal import service

bp = Blueprint("internal_billing", __name__, url_prefix="/internal-billing")

_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@bp.get("/<int:jobcenter_id>/csv")
@allow(Role.COORDINATOR, Role.ADMIN)
def download(jobcenter_id: int) -> Response:
    """The account lines of a month as CSV; 404 for what is no month."""
    match = _MONTH.fullmatch(request.args.get("month", ""))
    if match is None:
        abort(404)
    layout = service.layout_in(current_app.config["JOBCENTER"].instance)
    content = service.month_file(g.actor, jobcenter_id, date(int(match[1]), int(match[2]), 1), layout)
    headers = {"Content-Disposition": f'attachment; filename="internal-billing-{jobcenter_id}-{match[0]}.csv"'}
    return Response(content, content_type="text/csv", headers=headers)

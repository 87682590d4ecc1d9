"""The application as the benchmark serves it: each answer says its server time, and the floor stands beside the pages.

The floor of a page is the same rows by plain SQL over one raw connection, and a static page of the same kind.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from flask import Flask, g, request
from sqlalchemy import text

import jobcenter
from jobcenter.auth import session
from jobcenter.auth.doors import public
from jobcenter.config import Settings
from jobcenter.core.db import db

HEADER = "X-Server-Milliseconds"

FLOORS = {
    "worker": """
        select g.starts_at, g.ends_at, o.title from offer f join gig g on g.id = f.gig_id
        join work_order o on o.id = g.order_id join worker w on w.id = f.worker_id
        where w.user_id = :user and f.status in ('offered', 'accepted', 'confirmed')""",
    "orderer": """
        select o.id, o.title, o.status from work_order o
        join organisation_member m on m.organisation_id = o.organisation_id where m.user_id = :user""",
    "coordinator": """
        select g.id, g.starts_at, o.title, r.name, count(s.id) - count(f.id) from gig g
        join work_order o on o.id = g.order_id join organisation r on r.id = o.organisation_id
        join slot s on s.gig_id = g.id
        left join offer f on f.slot_id = s.id and f.status in ('accepted', 'confirmed', 'done')
        where g.status = 'planned' and g.starts_at > now()
        and g.jobcenter_id in (select m.jobcenter_id from role_grant m where m.user_id = :user)
        group by g.id, o.title, r.name order by g.starts_at limit 50""",
    "support": """
        select w.id, w.given_name, g.starts_at from support_link l join worker w on w.id = l.worker_id
        left join offer f on f.worker_id = w.id and f.status = 'confirmed' left join gig g on g.id = f.gig_id
        where l.user_id = :user""",
    "guardian": """
        select w.given_name, sum(t.minutes) from support_link l join worker w on w.id = l.worker_id
        join time_entry t on t.worker_id = w.id where l.user_id = :user group by w.id""",
    "unit_manager": """
        select w.id, w.given_name, w.family_name, w.ready_since from worker w
        join work_unit u on u.id = w.unit_id where u.manager_id = :user""",
    "admin": "select count(*), max(at) from audit_event",
    "slot list": """
        select w.id, w.given_name, w.family_name, w.tasks, w.skills, w.cannot, w.jobseeker, b.kind, b.starts_on,
        a.weekday, a.starts, a.ends from worker w left join held_benefit b on b.worker_id = w.id
        left join activity_time a on a.worker_id = w.id where w.active and w.jobcenter_id in
        (select r.jobcenter_id from role_grant r where r.user_id = :user)""",
    "order list": """
        select o.id, o.title, o.status, r.name from work_order o join organisation r on r.id = o.organisation_id
        where o.status = 'new' and o.jobcenter_id in (select g.jobcenter_id from role_grant g where g.user_id = :user)
        order by o.submitted_at limit 50""",
    "invoice": """
        select i.number, i.gross, l.description, l.minutes, l.net from invoice i
        join invoice_line l on l.invoice_id = i.id where i.id = :invoice order by l.position""",
}


def create_app() -> Flask:
    """Jobcenter with a clock on every answer, and `/floor/<page>`."""
    app = jobcenter.create_app(Settings.from_env())
    page = (Path(__file__).parent / "static_page.html").read_text(encoding="utf-8")

    def floor(name: str) -> str:
        values = {"user": int(request.args.get("user", 0)), "invoice": int(request.args.get("invoice", 0))}
        rows = db.session.execute(text(FLOORS[name]), values).all()
        return page + f"<!-- {len(rows)} -->"

    app.add_url_rule("/floor/<name>", "floor", public(floor))
    app.add_url_rule("/begin/<int:user_id>", "begin", public(_begin))
    app.before_request_funcs.setdefault(None, []).insert(0, _start)
    app.after_request_funcs.setdefault(None, []).insert(0, _say)
    return app


def _begin(user_id: int) -> str:
    session.begin(user_id)
    return "ok"


def _start() -> None:
    g.began = time.perf_counter()


def _say(response: Any) -> Any:
    response.headers[HEADER] = f"{(time.perf_counter() - g.began) * 1000:.2f}"
    return response

"""Who may open a view: each endpoint declares `@public`, `@signed_in` or `@allow(*roles)`; the app checks that it does.

@bp.get("/orders")
@allow(Role.COORDINATOR)
def index(): ...
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from flask import Flask, abort, g, redirect, request, url_for

from jobcenter.auth.domain import Role

View = Callable[..., Any]


@dataclass(frozen=True)
class Door:
    """Who may come in: everybody, the signed-in, or the signed-in with one of the roles."""

    needs_sign_in: bool
    roles: frozenset[Role] = field(default_factory=frozenset)


PUBLIC = Door(needs_sign_in=False)
SIGNED_IN = Door(needs_sign_in=True)


def public(view: View) -> View:
    """Open to everybody."""
    return _with_door(view, PUBLIC)


def signed_in(view: View) -> View:
    """Open to every signed-in user."""
    return _guarded(view, SIGNED_IN)


def allow(*roles: Role) -> Callable[[View], View]:
    """Open to users with one of the roles, at any Jobcenter; the queries decide which things they see."""
    if not roles:
        raise ValueError("name at least one role")
    return lambda view: _guarded(view, Door(needs_sign_in=True, roles=frozenset(roles)))


def check_doors(app: Flask) -> None:
    """Raise RuntimeError naming the endpoints that declare no door."""
    app.view_functions["static"] = _with_door(app.view_functions["static"], PUBLIC)
    bare = sorted(name for name, view in app.view_functions.items() if not hasattr(view, "door"))
    if bare:
        raise RuntimeError(f"endpoints without a declared door: {', '.join(bare)}")


def _with_door(view: View, door: Door) -> View:
    view.door = door
    return view


def _guarded(view: View, door: Door) -> View:
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not g.actor.is_signed_in:
            return redirect(url_for("auth.sign_in", next=_way_back()))
        if door.roles and not g.actor.has(*door.roles):
            abort(403)
        return view(*args, **kwargs)

    return _with_door(guarded, door)


def _way_back() -> str | None:
    """The page to come back to after sign-in: what was being read, not what was being sent."""
    return request.full_path.removesuffix("?") if request.method == "GET" else None

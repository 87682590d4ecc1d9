"""First come, first served: gigs in order of importance, each filled with whoever adds most at that moment."""

from __future__ import annotations

from random import Random

from jobcenter.matching.plan.engines.recreate import fill
from jobcenter.matching.plan.engines.state import State


def fill_all(state: State, random: Random) -> None:
    """Fills every gig that can be filled so, the most important first."""
    tables = state.tables
    gigs = sorted(range(len(tables.slots)), key=lambda gig: (-tables.priority[gig], gig))
    fill(state, gigs, random)

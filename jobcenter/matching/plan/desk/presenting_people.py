"""What the page shows on which somebody is put on a gig of the plan by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from jobcenter.core import clock
from jobcenter.core.errors import NotFound
from jobcenter.matching.plan.desk import messages, queries
from jobcenter.matching.plan.desk.forms import PersonForm
from jobcenter.matching.plan.desk.models import PlanRun
from jobcenter.matching.plan.desk.told import Beside, Json
from jobcenter.orders.gigs.cards import card_of
from jobcenter.orders.gigs.domain import GigCard
from jobcenter.orders.gigs.models import Gig


@dataclass(frozen=True)
class StoppedRow:
    """A reason, and whom it keeps off the gig."""

    reason: str
    people: tuple[str, ...]


@dataclass(frozen=True)
class PeoplePage:
    """A gig of the plan with everyone beside it, and the form."""

    title: str
    lead: str
    card: GigCard
    form: PersonForm
    stopped: tuple[StoppedRow, ...]
    worker_ids: tuple[int, ...]


def people_page(form: PersonForm, plan: PlanRun, gig_id: int, instead_of_id: int | None) -> PeoplePage:
    """Everyone for one place of the plan, as it was computed; putting somebody in asks the rules anew.

    Raises NotFound for a gig of another Jobcenter or another time.
    """
    gigs = queries.gigs_by_id([gig_id])
    if gig_id not in gigs or not _is_about(plan, gigs[gig_id]):
        raise NotFound
    names, beside = queries.names_of_active(plan.jobcenter_id), queries.beside_gig(plan.id, gig_id)
    card = card_of(gigs[gig_id])
    return PeoplePage(
        title=_("Who goes: %(gig)s", gig=card.title),
        lead=_lead(plan, instead_of_id),
        card=card,
        form=fill(form, beside, names),
        stopped=tuple(
            StoppedRow(messages.reason_name(code), tuple(sorted(names[id_] for id_ in ids if id_ in names)))
            for code, ids in beside.stopped
        ),
        worker_ids=tuple(id_ for _code, ids in beside.stopped for id_ in ids),
    )


def _is_about(plan: PlanRun, gig: Gig) -> bool:
    within = plan.first_day <= clock.day_of(gig.starts_at) <= plan.last_day
    return within and gig.jobcenter_id == plan.jobcenter_id


def fill(form: PersonForm, beside: Beside, names: Mapping[int, str]) -> PersonForm:
    """The form with those who fit to choose from, the best first, and everybody else by name."""
    fitting = [one for one in beside.fitting if one.worker_id in names]
    form.fitting.offer((one.worker_id, _label(names[one.worker_id], one.reasons, names)) for one in fitting)
    best = {one.worker_id for one in fitting}
    form.other.offer((id_, name) for id_, name in names.items() if id_ not in best)
    return form


def _lead(plan: PlanRun, instead_of_id: int | None) -> str:
    leaving = next((one for one in queries.places_of(plan.id) if one.placement.id == instead_of_id), None)
    return _("Instead of %(name)s", name=leaving.worker.name) if leaving else _("For an open place of the plan")


def _label(name: str, reasons: Iterable[Json], names: Mapping[int, str]) -> str:
    told = messages.told_reasons(reasons, names)
    return f"{name}: {' · '.join(told)}" if told else name

"""What is told before and after a plan's offers are sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from jobcenter.matching.plan.desk import queries
from jobcenter.matching.plan.desk.domain import PlacementStatus, Sent
from jobcenter.matching.plan.desk.models import PlanRun
from jobcenter.matching.plan.desk.presenting import title_of
from jobcenter.matching.plan.desk.presenting_page import gig_words


@dataclass(frozen=True)
class SendingView:
    """What would be sent."""

    title: str
    offers: str
    lines: tuple[str, ...]


def sending_view(plan: PlanRun) -> SendingView:
    """The offers that would go out, gig by gig."""
    places = [one for one in queries.places_of(plan.id) if one.placement.status is PlacementStatus.PROPOSED]
    gigs = queries.gigs_by_id({one.placement.gig_id for one in places})
    names: dict[int, list[str]] = defaultdict(list)
    for one in places:
        names[one.placement.gig_id].append(one.worker.name)
    ordered = sorted(names, key=lambda gig_id: (gigs[gig_id].starts_at, gig_id))
    return SendingView(
        title=title_of(plan),
        offers=ngettext("%(num)s offer goes out", "%(num)s offers go out", len(places)),
        lines=tuple(f"{gig_words(gigs[gig_id])}: {', '.join(names[gig_id])}" for gig_id in ordered),
    )


def told_of_sending(sent: Sent) -> Iterable[tuple[str, str]]:
    """What came of sending, as notices."""
    if sent.sent:
        yield "good", ngettext("%(num)s offer is sent.", "%(num)s offers are sent.", sent.sent)
    for words in sent.refused:
        yield "warn", words
    if sent.left:
        yield "info", ngettext("%(num)s offer is left: send again.", "%(num)s offers are left: send again.", sent.left)
    if not sent.sent and not sent.refused:
        yield "info", _("Nothing was sent: every offer of this plan has gone out already.")

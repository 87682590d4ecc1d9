"""What the pages of feedback show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from jobcenter.orders.feedback.forms import FeedbackForm
from jobcenter.orders.feedback.messages import HOW_IT_WENT, HOW_IT_WENT_TAGS, PRAISE
from jobcenter.orders.feedback.models import Feedback
from jobcenter.orders.gigs.models import Offer


@dataclass(frozen=True)
class FeedbackRow:
    """Feedback in words."""

    gig_title: str
    organisation: str
    starts_at: datetime
    tag_kind: str
    how_it_went: str
    went_well: list[str]
    text: str
    given_by: str
    given_at: datetime


@dataclass(frozen=True)
class PersonRow:
    """One person of a gig: the form for their feedback, or that it is given."""

    offer_id: int
    given_name: str
    is_given: bool
    form: FeedbackForm


def person_rows(
    offers: Sequence[Offer], given: Mapping[int, Feedback], forms: Mapping[int, FeedbackForm]
) -> list[PersonRow]:
    """The people of a gig, each with a form of their own."""
    return [
        PersonRow(
            offer_id=offer.id,
            given_name=offer.worker.given_name,
            is_given=offer.id in given,
            form=forms.get(offer.id) or form_for(offer.id),
        )
        for offer in offers
    ]


def form_for(offer_id: int) -> FeedbackForm:
    """The form of one person: several stand on one page, so each has names of its own."""
    return FeedbackForm(prefix=f"p{offer_id}-")


def feedback_rows(items: Sequence[Feedback]) -> list[FeedbackRow]:
    """Feedback that somebody has got, newest first."""
    return [
        FeedbackRow(
            gig_title=item.gig.order.title,
            organisation=item.gig.order.organisation.name if item.gig.order.organisation else "",
            starts_at=item.gig.starts_at,
            tag_kind=HOW_IT_WENT_TAGS[item.how_it_went],
            how_it_went=str(HOW_IT_WENT[item.how_it_went]),
            went_well=[str(PRAISE[word]) for word in sorted(item.went_well)],
            text=item.text,
            given_by=item.given_by,
            given_at=item.given_at,
        )
        for item in items
    ]

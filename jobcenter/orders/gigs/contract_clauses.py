"""The terms of the two forms of contract, in the language in force."""

from __future__ import annotations

from flask_babel import gettext as _

from jobcenter.documents.domain import Section


def assignment_clauses() -> tuple[Section, ...]:
    """An assignment: the worker is no one's employee."""
    return (
        Section(
            heading=_("Pay and taxes"),
            paragraphs=(
                _("Pay is for the hours done, once the orderer or the coordinator has confirmed them."),
                _(
                    "Jobcenter withholds the tax by the worker's tax card and reports the pay to the Incomes Register. "
                    "The worker need not do anything."
                ),
            ),
        ),
        Section(
            heading=_("Insurance"),
            paragraphs=(_("Jobcenter's accident and liability insurance covers the worker on the gig."),),
        ),
        Section(
            heading=_("Benefits and pension insurance"),
            paragraphs=(
                _(
                    "In unemployment law, work on an assignment counts as being an entrepreneur. That is why an "
                    "assignment contract is not made with anyone who gets an unemployment benefit. The worker tells "
                    "the coordinator at once if their benefits change."
                ),
                _(
                    "When a year's assignment income reaches the limit of the self-employed person's pension insurance "
                    "(YEL), that insurance is needed. Jobcenter's earnings checker warns before it. Its figures are an "
                    "estimate, not a decision."
                ),
            ),
        ),
        _changes(),
        _privacy(),
    )


def partner_clauses(partner: str) -> tuple[Section, ...]:
    """An employment with the partner, for the length of the gig."""
    return (
        Section(
            heading=_("Employment"),
            paragraphs=(
                _(
                    "The employment lasts for the time of the gig. The reason for the fixed term is a single gig, and "
                    "it ends without notice when the gig ends."
                ),
                _("%(partner)s carries the employer's duties by law and by the collective agreement.", partner=partner),
                _("On the site the orderer's contact person shows the work and its safety."),
            ),
        ),
        Section(
            heading=_("Pay and taxes"),
            paragraphs=(
                _("Pay is for the hours done, once the orderer or the coordinator has confirmed them."),
                _(
                    "%(partner)s pays the wage with the holiday compensation by law, withholds the tax by the worker's "
                    "tax card, and reports the pay to the Incomes Register.",
                    partner=partner,
                ),
            ),
        ),
        Section(
            heading=_("Insurance"),
            paragraphs=(
                _(
                    "%(partner)s has the accident, pension and other insurances that an employer must have.",
                    partner=partner,
                ),
            ),
        ),
        _changes(),
        _privacy(),
    )


def _changes() -> Section:
    return Section(
        heading=_("Changes and cancelling"),
        paragraphs=(
            _("Taking part is the worker's own wish. The worker may cancel, and tells it as soon as they know."),
            _("If the gig is cancelled or moved, the worker is told at once and is free to say no to the new time."),
        ),
    )


def _privacy() -> Section:
    return Section(
        heading=_("Confidentiality"),
        paragraphs=(
            _("The worker keeps to themselves what they learn of customers and their matters on the gig."),
            _("The orderer gets to know the worker's first name and only what the worker has allowed to be told."),
        ),
    )

"""What each consent means, in words for the person, and the refusals."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.workers.domain import ConsentPurpose

ERRORS = {
    "consent_already": _l("This consent is in force already."),
    "consent_withdrawn_already": _l("This consent is not in force, so there was nothing to withdraw."),
    "day_ahead": _l("The day has not come yet. Give today or an earlier day."),
}

MEANINGS = {
    ConsentPurpose.TAKE_PART: _l(
        "You want to take part in paid gigs. Without this consent no gigs are offered to you, and open offers are "
        "taken back. Gigs that you have agreed already stay until you have talked with your coordinator."
    ),
    ConsentPurpose.SUPPORT_SEES_EARNINGS: _l(
        "Your support person sees your benefits, what you earn and how far your limits are. "
        "They can fill these in with you."
    ),
    ConsentPurpose.GUARDIAN_SEES_EARNINGS: _l(
        "Your guardian sees your benefits, what you earn and how far your limits are. They cannot change anything."
    ),
    ConsentPurpose.UNIT_SEES_GIGS: _l(
        "Your work activity unit sees when you have gigs, so that your activity days can be planned. "
        "It does not see what you earn."
    ),
    ConsentPurpose.INCOME_AND_DEBT_STATEMENT: _l(
        "Your benefits, your other income and your debts are written down with you, so that you know what a gig does "
        "to them. Your coordinator sees it, and a support person or guardian whom you let see your earnings. Nothing "
        "is asked from Kela or anybody else with this consent. If you withdraw it, only you see what was written."
    ),
}

# The same, said of the person to a coordinator or support person.
MEANINGS_OF = {
    ConsentPurpose.TAKE_PART: _l(
        "The person wants to take part in paid gigs. Without this consent no gigs are offered to them, and open offers "
        "are taken back. Gigs agreed already stay until the coordinator has talked with the person."
    ),
    ConsentPurpose.SUPPORT_SEES_EARNINGS: _l(
        "The support person sees the person's benefits, earnings and how far the limits are. They can fill these in "
        "together."
    ),
    ConsentPurpose.GUARDIAN_SEES_EARNINGS: _l(
        "The guardian sees the person's benefits, earnings and how far the limits are. They cannot change anything."
    ),
    ConsentPurpose.UNIT_SEES_GIGS: _l(
        "The work activity unit sees when the person has gigs, so that activity days can be planned. It does not see "
        "what they earn."
    ),
    ConsentPurpose.INCOME_AND_DEBT_STATEMENT: _l(
        "Benefits, other income and debts are written down with the person, so that they know what a gig does to them. "
        "The coordinator sees it, and a support person or guardian who may see earnings. Nothing is asked from Kela or "
        "anybody else. If the consent is withdrawn, only the person sees what was written."
    ),
}

PARTIES = {
    ConsentPurpose.TAKE_PART: _l("Jobcenter and the work activity unit"),
    ConsentPurpose.SUPPORT_SEES_EARNINGS: _l("Jobcenter and the support person"),
    ConsentPurpose.GUARDIAN_SEES_EARNINGS: _l("Jobcenter and the guardian"),
    ConsentPurpose.UNIT_SEES_GIGS: _l("Jobcenter and the work activity unit"),
    ConsentPurpose.INCOME_AND_DEBT_STATEMENT: _l("The coordinator of Jobcenter, and those who may see the earnings"),
}

# What is said when a consent was withdrawn, by whether it was the one to take part.
WITHDRAWN = {
    False: _l("The consent was withdrawn. It is no longer in force from now on."),
    True: _l(
        "The consent was withdrawn. Open offers are taken back. The coordinator gets in touch about agreed gigs, which "
        "stand until then."
    ),
}

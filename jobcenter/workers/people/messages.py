"""What a worker's own pages are called, explain and ask, said to the person, or of them to a support person."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

TITLES = {
    "tasks": _l("Tasks I like"),
    "limits": _l("What is not for me"),
    "hours": _l("How much I work"),
    "language": _l("My language"),
    "told": _l("What is told about me"),
    "times": _l("When I like to work"),
    "areas": _l("Where I like to work"),
    "practise": _l("What I want to practise"),
    "contracts": _l("Which contracts I take"),
    "over": _l("Gigs over a limit"),
}

LEADS = {
    "tasks": _l("Tick the tasks that you want to do. You can change this at any time."),
    "limits": _l("Tick what you cannot or do not want to do. Such gigs are not offered to you."),
    "hours": _l("Tell how much you want to work. A little is enough."),
    "language": _l("Your contracts and certificates are made in this language."),
    "told": _l(
        "The orderer sees your first name. You decide what else we tell. We never tell about your money or health."
    ),
    "times": _l("Tick what is good for you. If you tick nothing, any time is good."),
    "areas": _l("We try to find gigs for you in these places."),
    "practise": _l("We try to find gigs where you can practise these."),
    "contracts": _l("Ask your coordinator or support person if you do not know which is good for you."),
    "over": _l(
        "Usually we do not offer you a gig that would take one of your earnings limits over. It could make a benefit "
        "smaller or end it. You can ask to get such offers too. You still decide about each gig."
    ),
}

# The same when a support person reads them.
TITLES_OF = {
    "tasks": _l("Tasks wished for"),
    "limits": _l("What is not for the person"),
    "hours": _l("How much the person works"),
    "language": _l("The person's language"),
    "told": _l("What is told about the person"),
    "times": _l("When the person likes to work"),
    "areas": _l("Where the person likes to work"),
    "practise": _l("What the person wants to practise"),
    "contracts": _l("Which contracts the person takes"),
    "over": _l("Gigs over a limit"),
}

LEADS_OF = {
    "tasks": _l("Tick the tasks that the person wants to do. This can be changed at any time."),
    "limits": _l("Tick what the person cannot or does not want to do. Such gigs are not offered."),
    "hours": _l("How much does the person want to work? A little is enough."),
    "language": _l("The person's contracts and certificates are made in this language."),
    "told": _l(
        "The orderer sees the first name. The person decides what else we tell. We never tell about money or health."
    ),
    "times": _l("Tick what is good for the person. If nothing is ticked, any time is good."),
    "areas": _l("We try to find gigs for the person in these places."),
    "practise": _l("We try to find gigs where the person can practise these."),
    "contracts": _l("Ask the coordinator if you do not know which is good for the person."),
    "over": _l(
        "Usually a gig that would take one of the person's earnings limits over is not offered. It could make a "
        "benefit smaller or end it. The person can ask to get such offers too, and still decides about each gig."
    ),
}

# The questions by field; those of the forms themselves are said to the person.
QUESTIONS_OF = {
    "tasks": _l("Which tasks does the person like?"),
    "cannot": _l("What is not for the person?"),
    "weekly_minutes_wished": _l("How many hours a week does the person want to work?"),
    "needs_support": _l("The person wants a support person along"),
    "language": _l("Which language does the person want?"),
    "wished_days": _l("Which days are good for the person?"),
    "wished_parts": _l("Which time of day is good for the person?"),
    "areas": _l("Where does the person want to work?"),
    "postcode": _l("What is the postcode of the person's home?"),
    "practise_tasks": _l("Which tasks does the person want to practise?"),
    "practise_skills": _l("Which skills does the person want to practise?"),
    "contract_forms": _l("Which contracts are all right for the person?"),
    "asks_over_limit": _l("The person knows what it does, and wants such gigs offered too"),
}

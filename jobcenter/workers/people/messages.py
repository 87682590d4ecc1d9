"""What a worker's own pages are called, explain and ask, said to the person, or of them to a support person."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

TITLES = {
    "tasks": _l("Tasks I like"),
    "limits": _l("What is not for me"),
    "hours": _l("How much I work"),
    "language": _l("My language"),
    "told": _l("What is told about me"),
}

LEADS = {
    "tasks": _l("Tick the tasks that you want to do. You can change this at any time."),
    "limits": _l("Tick what you cannot or do not want to do. Such gigs are not offered to you."),
    "hours": _l("Tell how much you want to work. A little is enough."),
    "language": _l("Your contracts and certificates are made in this language."),
    "told": _l(
        "The orderer sees your first name. You decide what else we tell. We never tell about your money or health."
    ),
}

# The same when a support person reads them.
TITLES_OF = {
    "tasks": _l("Tasks wished for"),
    "limits": _l("What is not for the person"),
    "hours": _l("How much the person works"),
    "language": _l("The person's language"),
    "told": _l("What is told about the person"),
}

LEADS_OF = {
    "tasks": _l("Tick the tasks that the person wants to do. This can be changed at any time."),
    "limits": _l("Tick what the person cannot or does not want to do. Such gigs are not offered."),
    "hours": _l("How much does the person want to work? A little is enough."),
    "language": _l("The person's contracts and certificates are made in this language."),
    "told": _l(
        "The orderer sees the first name. The person decides what else we tell. We never tell about money or health."
    ),
}

# The questions by field; those of the forms themselves are said to the person.
QUESTIONS_OF = {
    "tasks": _l("Which tasks does the person like?"),
    "cannot": _l("What is not for the person?"),
    "weekly_minutes_wished": _l("How many hours a week does the person want to work?"),
    "needs_support": _l("The person wants a support person along"),
    "language": _l("Which language does the person want?"),
}

"""The titles and explanations of a worker's own pages."""

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

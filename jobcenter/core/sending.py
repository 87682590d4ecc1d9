"""The key of one sending of a form, by which a second click is known for what it is."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5


def key_of(form_key: str, *what: object) -> str:
    """The key of sending `what` by a form: sent once more it is the same, but a form to which the back button led and
    in which something else was typed has another, so that nothing typed is lost.
    """
    return str(uuid5(NAMESPACE_URL, repr((form_key, *what))))

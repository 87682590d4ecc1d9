"""Finding workers by name."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_, true

from jobcenter.workers.models import Worker


def named(
    text: str,
    given_name: ColumnElement[str] = Worker.given_name,
    family_name: ColumnElement[str] = Worker.family_name,
) -> ColumnElement[bool]:
    """Each word of the text is in one of the names."""
    return and_(true(), *(_has(word, given_name, family_name) for word in text.split()))


def _has(word: str, *names: ColumnElement[str]) -> ColumnElement[bool]:
    """A name holds the word in any letters; SQLite knows the case of A to Z only, so Å, Ä and Ö are tried both ways."""
    spellings = sorted({word, word.lower(), word.upper(), word.capitalize()})
    return or_(*(name.icontains(spelling, autoescape=True) for name in names for spelling in spellings))

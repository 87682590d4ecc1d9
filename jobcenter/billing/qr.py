"""QR codes as rows of 1 (dark) and 0, for screen and PDF alike. Pure."""

from __future__ import annotations

import segno

# What the European Payments Council's guide asks of the code: correction level M, and never more.
CORRECTION = "m"


def rows(text: str) -> tuple[str, ...]:
    """The QR code of a text, without its margin."""
    made = segno.make_qr(text, error=CORRECTION, boost_error=False, encoding="utf-8")
    return tuple("".join(str(module) for module in row) for row in made.matrix)

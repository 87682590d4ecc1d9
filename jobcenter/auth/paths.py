"""Where a form may send its user on to."""

from __future__ import annotations

from urllib.parse import urlsplit


def own_path(path: str | None) -> str:
    """`path` if it stays on this site, else nothing: a link from elsewhere cannot send anybody away through us."""
    if not path or not path.startswith("/") or path.startswith(("//", "/\\")) or not path.isprintable():
        return ""
    parts = urlsplit(path)
    return path if not parts.scheme and not parts.netloc else ""

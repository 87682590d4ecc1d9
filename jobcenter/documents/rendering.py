"""Documents as PDF: tagged for screen readers (PDF/UA-1), the same bytes for the same data, no network.

Data reach the templates only as JSON through `sys.inputs`, so that no text can become markup. Templates may read
nothing outside their own folder.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typst

from jobcenter.documents.domain import Document

TEMPLATES = Path(__file__).parent / "templates"
STANDARDS = ["ua-1"]
SUBSTITUTE = "\N{WHITE SQUARE}"

# Direction overrides can make a printed name or amount read as another; they never belong in these documents.
DIRECTION_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Latin, Greek and Cyrillic with the common punctuation: what the fonts that come along are known to draw.
SURELY_DRAWN = ((0x20, 0x24F), (0x370, 0x3FF), (0x400, 0x45F), (0x2010, 0x2026), (0x20AC, 0x20AC), (0x25A1, 0x25A1))


def render(document: Document) -> bytes:
    """The PDF of a document."""
    data = asdict(document)
    data["frame"]["lang"] = document.frame.language.partition("@")[0]
    return render_pdf(document.template, data, dated=document.frame.dated)


def render_pdf(template_name: str, data: dict[str, Any], *, dated: date) -> bytes:
    """The PDF of a template in `templates/` filled with plain data; `dated` is the file's own creation day.

    A character that no font of this machine can draw is drawn as a square instead of failing the whole document.
    """
    cleaned = _each_text(data, _without_control)
    try:
        return _compile(template_name, cleaned, dated)
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
        return _compile(template_name, _each_text(cleaned, _surely_drawn), dated)


def _compile(template_name: str, data: dict[str, Any], dated: date) -> bytes:
    compiler = typst.Compiler(
        input=str(TEMPLATES / template_name),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, default=_day_parts)},
    )
    created = datetime.combine(dated, time(12), tzinfo=UTC)
    return compiler.compile(format="pdf", pdf_standards=STANDARDS, timestamp=created)


@cache
def _fonts() -> typst.Fonts:
    """The fonts of the page, read once: Source Sans from its package, then what the system has."""
    package = find_spec("font_source_sans_pro")
    files = Path(package.origin).parent / "files"
    return typst.Fonts(font_paths=[str(files)])


def _day_parts(value: date) -> dict[str, int]:
    return {"year": value.year, "month": value.month, "day": value.day}


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _each_text(item, change) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_each_text(item, change) for item in value]
    return value


def _without_control(text: str) -> str:
    """`text` without what is no character to draw: control codes, lone surrogates, direction overrides."""
    return "".join(
        " " if character in "\n\t\r" else character
        for character in text
        if character in "\n\t\r"
        or (unicodedata.category(character) not in {"Cc", "Cs", "Cn", "Co"} and character not in DIRECTION_OVERRIDES)
    )


def _surely_drawn(text: str) -> str:
    return "".join(
        character if any(first <= ord(character) <= last for first, last in SURELY_DRAWN) else SUBSTITUTE
        for character in text
    )

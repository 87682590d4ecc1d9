"""Putting elements down, for both writers: what has no text is left out, so that no element is ever empty."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

Part = Any

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(name: str, *parts: Part, **attributes: str) -> etree._Element | None:
    """An element of texts and elements, None among them left out; None itself when nothing is left."""
    kept = list(_kept(parts))
    if not kept:
        return None
    made = etree.Element(name, attributes)
    for part in kept:
        if isinstance(part, str):
            made.text = part
        else:
            made.append(part)
    return made


def document(root: etree._Element) -> bytes:
    """The file: UTF-8, indented, one line feed at the end."""
    etree.indent(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


def clean(text: str) -> str:
    """`text` with runs of white space as one blank, and without what XML cannot hold."""
    return " ".join(_NO_XML.sub("", text).split())


def cut(text: str, width: int, most: int) -> list[str]:
    """`text` in at most so many pieces of at most so many characters, broken at blanks where there are any."""
    pieces, rest = [], clean(text)
    while rest and len(pieces) < most:
        if len(rest) <= width:
            pieces.append(rest)
            break
        end = rest.rfind(" ", 1, width + 1)
        end = width if end < 1 else end
        pieces.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return pieces


def _kept(parts: Iterable[Part]) -> Iterator[Part]:
    for part in parts:
        if isinstance(part, list | tuple):
            yield from _kept(part)
        elif isinstance(part, str):
            if text := clean(part):
                yield text
        elif part is not None:
            yield part

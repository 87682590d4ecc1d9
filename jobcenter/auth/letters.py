"""A plain-text mail as paragraphs of lines of (text, link) pieces; pure."""

from __future__ import annotations

import re

Piece = tuple[str, str]

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


def paragraphs(body: str, base_url: str) -> list[list[list[Piece]]]:
    """The body, each web address a link; those of this site lead to the site as it is visited now."""
    blocks = [block for block in body.split("\n\n") if block.strip()]
    return [[_pieces(line, base_url) for line in block.strip("\n").split("\n")] for block in blocks]


def _pieces(line: str, base_url: str) -> list[Piece]:
    pieces, end = [], 0
    for match in _ADDRESS.finditer(line):
        address = match.group().rstrip(".,;:!?)")
        pieces += [(line[end : match.start()], ""), (address, _target(address, base_url))]
        end = match.start() + len(address)
    return [piece for piece in (*pieces, (line[end:], "")) if piece[0]]


def _target(address: str, base_url: str) -> str:
    rest = address.removeprefix(base_url)
    return rest or "/" if rest != address and rest[:1] in ("", "/") else address

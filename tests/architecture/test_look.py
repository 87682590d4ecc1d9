"""The style sheet stays small, and its colours can be told apart by everyone."""

from __future__ import annotations

import re

import pytest

from tests.architecture.source import PACKAGE

SHEET = PACKAGE / "static" / "jobcenter.css"
LARGEST_SHEET = 20 * 1024
TEXT_CONTRAST = 4.5
EDGE_CONTRAST = 3.0
TOKEN = re.compile(r"--([a-z-]+):\s*(#[0-9a-fA-F]{6})\s*;")
DARK = "prefers-color-scheme: dark"
# Text on its ground, as the style sheet pairs them.
TEXT_PAIRS = [
    ("ink", "paper"), ("ink", "ground"), ("ink", "tint"), ("soft", "paper"), ("soft", "ground"), ("soft", "tint"),
    ("link", "paper"), ("link", "ground"), ("on-brand", "brand"), ("on-brand", "brand-deep"), ("on-sun", "sun-soft"),
    ("info", "info-soft"), ("good", "good-soft"), ("warn", "warn-soft"), ("bad", "bad-soft"), ("bad", "paper"),
    ("ink", "info-soft"), ("ink", "good-soft"), ("ink", "warn-soft"), ("ink", "bad-soft"), ("ink", "neutral-soft"),
    ("on-foot", "foot"),
]  # fmt: skip
# What shows where a control begins and which one has the focus (WCAG 2.2, 1.4.11 and 2.4.13).
EDGE_PAIRS = [("edge", "paper"), ("edge", "ground"), ("focus", "paper"), ("focus", "ground"), ("bad", "ground")]


def tokens(sheet: str) -> dict[str, dict[str, str]]:
    """The colours of the light and the dark scheme; the dark one changes only some of the light one's."""
    light, _mark, rest = sheet.partition(DARK)
    dark_block = rest[: rest.find("\n}")]
    colours = dict(TOKEN.findall(light))
    return {"light": colours, "dark": colours | dict(TOKEN.findall(dark_block))}


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, as WCAG defines it: 1 (same) to 21 (black and white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def weak_pairs(colours: dict[str, str], pairs: list[tuple[str, str]], least: float) -> list[str]:
    """The pairs whose contrast is below `least`."""
    ratios = {(one, other): contrast(colours[one], colours[other]) for one, other in pairs}
    return [f"{one} on {other}: {ratio:.2f}" for (one, other), ratio in ratios.items() if ratio < least]


def test_the_style_sheet_is_small():
    assert SHEET.stat().st_size <= LARGEST_SHEET


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read(scheme: str):
    assert not weak_pairs(tokens(SHEET.read_text(encoding="utf-8"))[scheme], TEXT_PAIRS, TEXT_CONTRAST)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_edges_and_focus_can_be_seen(scheme: str):
    assert not weak_pairs(tokens(SHEET.read_text(encoding="utf-8"))[scheme], EDGE_PAIRS, EDGE_CONTRAST)


def test_a_weak_colour_is_caught():
    sheet = ":root { --ink: #777777; --paper: #ffffff; }\n@media (prefers-color-scheme: dark) {\n --ink: #ffffff;\n}\n"
    assert weak_pairs(tokens(sheet)["light"], [("ink", "paper")], TEXT_CONTRAST) == ["ink on paper: 4.48"]
    assert weak_pairs(tokens(sheet)["dark"], [("ink", "paper")], TEXT_CONTRAST) == ["ink on paper: 1.00"]

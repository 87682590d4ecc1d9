"""Templates show, and do nothing else: no arithmetic, no deciding by states, no database, no text of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from tests.architecture.source import PACKAGE

FOLDER = PACKAGE / "templates"
MACROS = "ui"
ARITHMETIC = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow)
STATE_NAME = re.compile(r"(^|_)(status|state)$")
DATABASE = {"db", "query", "session"}
SPOKEN_ATTRIBUTES = {"alt", "aria-description", "aria-label", "placeholder", "title", "content"}
# Attributes of elements that nobody reads aloud.
UNSPOKEN_ELEMENTS = {"meta", "script", "style"}
MOST_MACRO_PARAMETERS = 6
LETTERS = re.compile(r"[^\W\d_]{2,}")
TRANSLATED = re.compile(r"{%-?\+?\s*trans\b.*?{%-?\+?\s*endtrans\s*-?\+?%}", re.DOTALL)
# A block that fills an attribute of the page's frame: `{% block wrap_class %}narrow{% endblock %}`.
CLASSES = re.compile(r"{%-?\s*block \w+_class\s*-?%}.*?{%-?\s*endblock[^%]*%}", re.DOTALL)
CODE = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)


@dataclass(frozen=True)
class Template:
    """A template's text and its syntax tree."""

    path: str
    text: str
    tree: nodes.Template

    def at(self, line: int, what: str) -> str:
        return f"{self.path}:{line}: {what}"


def template(text: str, path: str = "sample/page.html") -> Template:
    """A template from its text."""
    environment = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True)
    return Template(path, text, environment.parse(text))


@cache
def templates() -> tuple[Template, ...]:
    """Every page, part and macro of the product."""
    return tuple(_read(path) for path in sorted(FOLDER.rglob("*.html")))


def _read(path: Path) -> Template:
    return template(path.read_text(encoding="utf-8"), str(path.relative_to(FOLDER)))


def arithmetic(page: Template) -> Iterator[str]:
    for node in page.tree.find_all(ARITHMETIC):
        yield page.at(node.lineno, f"arithmetic ({type(node).__name__}); the view passes the result")


def state_comparisons(page: Template) -> Iterator[str]:
    if page.path.startswith(MACROS):
        return
    for node in page.tree.find_all(nodes.Compare):
        sides = [node.expr, *(operand.expr for operand in node.ops)]
        if any(STATE_NAME.search(_last_name(side)) for side in sides):
            yield page.at(node.lineno, "a state compared; the view passes can_..., or a label")


def database_use(page: Template) -> Iterator[str]:
    for node in page.tree.find_all((nodes.Name, nodes.Getattr)):
        if _last_name(node) in DATABASE:
            yield page.at(node.lineno, f"{_last_name(node)} in a template")


def crowded_macros(page: Template) -> Iterator[str]:
    for macro in page.tree.find_all(nodes.Macro):
        if len(macro.args) > MOST_MACRO_PARAMETERS:
            yield page.at(macro.lineno, f"macro {macro.name} takes {len(macro.args)} parameters")


def unsafe_output(page: Template) -> Iterator[str]:
    for node in page.tree.find_all(nodes.Filter):
        if node.name == "safe":
            yield page.at(node.lineno, "safe switches off escaping")


def hard_text(page: Template) -> Iterator[str]:
    """Words in the markup itself, outside every `_(...)` and `{% trans %}`."""
    bare = page.text
    for unspoken in (TRANSLATED, CLASSES, CODE):
        bare = unspoken.sub(_same_lines, bare)
    reader = SpokenText()
    reader.feed(bare)
    for line, words in reader.found:
        yield page.at(line, f"text outside the catalogue: {words!r}")


def _same_lines(code: re.Match[str]) -> str:
    return " " + "\n" * code[0].count("\n")


def _last_name(node: nodes.Node) -> str:
    return getattr(node, "attr", None) or getattr(node, "name", None) or ""


class SpokenText(HTMLParser):
    """Collects what a reader sees or hears: text, and the attributes that are spoken."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self._unspoken = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSPOKEN_ELEMENTS - {"meta"}:
            self._unspoken += 1
        for name, value in attrs:
            if name in SPOKEN_ATTRIBUTES and tag not in UNSPOKEN_ELEMENTS:
                self._note(value or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSPOKEN_ELEMENTS - {"meta"}:
            self._unspoken -= 1

    def handle_data(self, data: str) -> None:
        if not self._unspoken:
            self._note(data)

    def _note(self, words: str) -> None:
        if LETTERS.search(words):
            self.found.append((self.getpos()[0], " ".join(words.split())[:60]))


CHECKS = [
    (arithmetic, "{{ hours * 14 }}"),
    (arithmetic, "{% set left = limit - earned %}"),
    (state_comparisons, "{% if order.status == 'draft' %}x{% endif %}"),
    (state_comparisons, "{% if 'open' in gig.state %}x{% endif %}"),
    (database_use, "{{ db.session.get(Order, 1) }}"),
    (database_use, "{% for order in Order.query %}{% endfor %}"),
    (crowded_macros, "{% macro m(a, b, c, d, e, f, g) %}{% endmacro %}"),
    (unsafe_output, "{{ note|safe }}"),
    (hard_text, "<p>Save the order</p>"),
    (hard_text, '<img src="x" alt="A broom">'),
    (hard_text, "<p>{{ name }} on tilannut</p>"),
]


@pytest.mark.parametrize("check", dict.fromkeys(check for check, _bad in CHECKS))
def test_templates_only_show(check):
    findings = [finding for page in templates() for finding in check(page)]
    assert not findings, "\n".join(findings)


@pytest.mark.parametrize(("check", "bad"), CHECKS)
def test_a_bad_sample_is_caught(check, bad):
    assert list(check(template(bad)))


def test_translated_text_is_not_hard_text():
    good = '<p title="{{ _("Name") }}">{{ _("Save") }}</p>{% trans %}<b>You</b> have a gig{% endtrans %}<i>€</i>'
    assert not list(hard_text(template(good)))

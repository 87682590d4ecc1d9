"""What every page that we serve must be, read from its HTML: used by the test client on each page that it fetches."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
from bs4 import BeautifulSoup

# Traces of a missing variable, a Python object or an unfilled placeholder in what a reader sees.
LEAKS = re.compile(r"\bUndefined\b|^None$|<[A-Za-z_.]+ object|Decimal\(|datetime\.|%\([a-z_]+\)s|\{\{|\{%")
CONTROLS_WITHOUT_LABEL = {"hidden", "submit", "button", "image", "reset"}
CONTROLS = ("input", "select", "textarea")
WORDLESS = {"script", "style", "template"}


def parse(html: str) -> BeautifulSoup:
    """The page, for CSS selectors."""
    return BeautifulSoup(html, "html.parser")


def complaints(html: str) -> list[str]:
    """Everything that is wrong with one page, in words; an empty list for a good page."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    page = parser.parse(html)
    return [
        *_markup_errors(parser),
        *_head_and_heading(page),
        *_repeated_ids(page),
        *_forms_without_token(page),
        *_controls_without_label(page),
        *_links_without_words(page),
        *_leaks(page),
    ]


def _markup_errors(parser: html5lib.HTMLParser) -> Iterator[str]:
    for (line, column), code, facts in parser.errors:
        yield f"invalid HTML at {line}:{column}: {code} {facts or ''}".rstrip()


def _head_and_heading(page: Element) -> Iterator[str]:
    if not page.get("lang"):
        yield "the html element has no lang"
    headings = list(page.iter("h1"))
    if len(headings) != 1:
        yield f"{len(headings)} h1 elements instead of one"
        return
    title, heading = _words(page.find("head/title")), _words(headings[0])
    if not heading or not title.startswith(heading):
        yield f"the title {title!r} does not begin with the h1 {heading!r}"


def _words(element: Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _name(element: Element) -> str:
    """Without its namespace, which drawings have; nothing for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _repeated_ids(page: Element) -> Iterator[str]:
    ids = Counter(element.get("id") for element in page.iter() if element.get("id") is not None)
    for name, times in ids.items():
        if times > 1:
            yield f"id {name!r} stands {times} times"


def _forms_without_token(page: Element) -> Iterator[str]:
    for form in page.iter("form"):
        if form.get("method", "get").lower() == "post" and not any(map(_is_token, form.iter("input"))):
            yield f"POST form to {form.get('action', 'the same page')} has no CSRF token"


def _is_token(control: Element) -> bool:
    return control.get("name", "").endswith("csrf_token") and control.get("value") is not None


def _controls_without_label(page: Element) -> Iterator[str]:
    labels = list(page.iter("label"))
    named = {label.get("for") for label in labels} - {None}
    within = {control for label in labels for control in label.iter()}
    for control in page.iter():
        if control.tag not in CONTROLS or control.get("type") in CONTROLS_WITHOUT_LABEL or control in within:
            continue
        if control.get("id") not in named and not (control.get("aria-label") or control.get("aria-labelledby")):
            yield f"{control.tag} {control.get('name')!r} has no label"


def _links_without_words(page: Element) -> Iterator[str]:
    for link in page.iter():
        if not (link.tag == "button" or (link.tag == "a" and link.get("href") is not None)):
            continue
        if not (
            _words(link) or link.get("aria-label") or any(image.get("alt") is not None for image in link.iter("img"))
        ):
            yield f"{link.tag} {link.get('href', link.get('name'))!r} has no words"


def _leaks(page: Element) -> Iterator[str]:
    for text in _texts(page):
        if LEAKS.search(text):
            yield f"a leak in the text: {text[:80]!r}"
    for element in page.iter():
        for name, value in element.items():
            if value in ("None", "Undefined"):
                yield f"a leak in an attribute: {_name(element)} {name}={value!r}"


def _texts(page: Element) -> Iterator[str]:
    """Every piece of text and every comment, but for scripts and styles."""
    for element in page.iter():
        pieces = [child.tail for child in element]
        if _name(element) not in WORDLESS:
            yield from (piece.strip() for piece in (element.text, *pieces) if piece)

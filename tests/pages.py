"""What every page that we serve must be, read from its HTML: used by the test client on each page that it fetches."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import html5lib
from bs4 import BeautifulSoup, Tag

# Traces of a missing variable, a Python object or an unfilled placeholder in what a reader sees.
LEAKS = re.compile(r"\bUndefined\b|^None$|<[A-Za-z_.]+ object|Decimal\(|datetime\.|%\([a-z_]+\)s|\{\{|\{%")
CONTROLS_WITHOUT_LABEL = {"hidden", "submit", "button", "image", "reset"}
WORDLESS = {"script", "style", "template"}


def parse(html: str) -> BeautifulSoup:
    """The page, for CSS selectors."""
    return BeautifulSoup(html, "html.parser")


def complaints(html: str) -> list[str]:
    """Everything that is wrong with one page, in words; an empty list for a good page."""
    page = parse(html)
    return [
        *_markup_errors(html),
        *_head_and_heading(page),
        *_repeated_ids(page),
        *_forms_without_token(page),
        *_controls_without_label(page),
        *_links_without_words(page),
        *_leaks(page),
    ]


def _markup_errors(html: str) -> Iterator[str]:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(html)
    for (line, column), code, facts in parser.errors:
        yield f"invalid HTML at {line}:{column}: {code} {facts or ''}".rstrip()


def _head_and_heading(page: BeautifulSoup) -> Iterator[str]:
    if page.html is None or not page.html.get("lang"):
        yield "the html element has no lang"
    headings = page.find_all("h1")
    if len(headings) != 1:
        yield f"{len(headings)} h1 elements instead of one"
        return
    title, heading = _words(page.title), _words(headings[0])
    if not heading or not title.startswith(heading):
        yield f"the title {title!r} does not begin with the h1 {heading!r}"


def _words(element: Tag | None) -> str:
    return " ".join(element.get_text().split()) if element else ""


def _repeated_ids(page: BeautifulSoup) -> Iterator[str]:
    ids = Counter(str(element["id"]) for element in page.select("[id]"))
    for name, times in ids.items():
        if times > 1:
            yield f"id {name!r} stands {times} times"


def _forms_without_token(page: BeautifulSoup) -> Iterator[str]:
    for form in page.select("form"):
        if str(form.get("method", "get")).lower() == "post" and not form.select("input[name$=csrf_token][value]"):
            yield f"POST form to {form.get('action', 'the same page')} has no CSRF token"


def _controls_without_label(page: BeautifulSoup) -> Iterator[str]:
    labelled = {label.get("for") for label in page.select("label[for]")}
    for control in page.select("input, select, textarea"):
        if control.get("type") in CONTROLS_WITHOUT_LABEL or control.find_parent("label"):
            continue
        if control.get("id") not in labelled and not (control.get("aria-label") or control.get("aria-labelledby")):
            yield f"{control.name} {control.get('name')!r} has no label"


def _links_without_words(page: BeautifulSoup) -> Iterator[str]:
    for link in page.select("a[href], button"):
        if not (_words(link) or link.get("aria-label") or link.select("img[alt], title")):
            yield f"{link.name} {link.get('href', link.get('name'))!r} has no words"


def _leaks(page: BeautifulSoup) -> Iterator[str]:
    for text in page.find_all(string=True):
        if text.parent.name not in WORDLESS and LEAKS.search(text.strip()):
            yield f"a leak in the text: {text.strip()[:80]!r}"
    for element in page.find_all(True):
        for name, value in element.attrs.items():
            if value in ("None", "Undefined"):
                yield f"a leak in an attribute: {element.name} {name}={value!r}"

"""Every text a reader sees is in the catalogue, in Finnish and in Swedish; every refusal has words."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from jobcenter.core import errors, texts
from jobcenter.wiring import load_all
from tests.architecture.source import Source, assert_clean, dotted, product, sample

WORDS = re.compile(r"[^\W\d_]{2,}")
CODE = re.compile(r"[a-z][a-z0-9_]*")
REFUSALS = {"DomainError", "NotPossible", "AlreadyDone"}
GETTEXT = {"_", "_l", "gettext", "lazy_gettext", "ngettext", "lazy_ngettext"}


def hard_flashes(source: Source) -> Iterator[str]:
    for call in source.calls():
        if dotted(call.func) == "flash" and call.args and _has_words(call.args[0]):
            yield source.at(call, "a flashed text outside the catalogue")


def hard_labels(source: Source) -> Iterator[str]:
    """Labels of form fields that do not go through the catalogue."""
    if source.kind != "forms":
        return
    for node in source.nodes:
        if isinstance(node, ast.ClassDef):
            for call in (part.value for part in node.body if isinstance(part, ast.Assign)):
                if isinstance(call, ast.Call) and call.args and _has_words(call.args[0]):
                    yield source.at(call, "a label outside the catalogue")


def worded_refusals(source: Source) -> Iterator[str]:
    """Refusals whose code is a sentence: the words belong in messages.py."""
    for call in source.calls():
        if dotted(call.func) in REFUSALS and not CODE.fullmatch(_first_text(call) or "a_code"):
            yield source.at(call, "a refusal takes a code, not words")


def refusal_codes(source: Source) -> Iterator[tuple[ast.Call, str]]:
    """Every code that this module refuses with, where it is written out."""
    classes = [node for node in source.nodes if isinstance(node, ast.ClassDef)]
    inside = [node for kind in classes if _is_a_refusal(kind) for node in ast.walk(kind)]
    starts = [node for node in inside if isinstance(node, ast.Call) and dotted(node.func) == "__init__"]
    direct = [call for call in source.calls() if dotted(call.func).rpartition(".")[2] in REFUSALS]
    yield from ((call, code) for call in [*starts, *direct] if (code := _first_text(call)))


def hidden_texts(source: Source) -> Iterator[str]:
    """Texts inside an f-string: whoever gathers the texts to translate does not see them there."""
    for node in source.nodes:
        if isinstance(node, ast.JoinedStr):
            for call in (part for part in ast.walk(node) if isinstance(part, ast.Call)):
                if dotted(call.func) in GETTEXT and _first_text(call):
                    yield source.at(call, "a text to translate inside an f-string")


def refusals_without_words(source: Source) -> Iterator[str]:
    for call, code in refusal_codes(source):
        if code not in errors.TEXTS:
            yield source.at(call, f"no text for the refusal {code}")


def _is_a_refusal(kind: ast.ClassDef) -> bool:
    return any(dotted(base).rpartition(".")[2] in REFUSALS for base in kind.bases)


def _first_text(call: ast.Call) -> str:
    first = call.args[0] if call.args else None
    return str(first.value) if isinstance(first, ast.Constant) else ""


def _has_words(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant | ast.JoinedStr) and bool(WORDS.search(ast.unparse(node)))


CHECKS = [
    (hard_flashes, "flash('Order saved.')", "jobcenter.sample.views"),
    (hard_labels, "class F(BaseForm):\n    name = LineField('Your name')", "jobcenter.sample.forms"),
    (worded_refusals, "raise DomainError('Too late')", "jobcenter.sample.domain"),
    (hidden_texts, """said = f"{day}: {_('Too late')}" """, "jobcenter.sample.messages"),
]


@pytest.mark.parametrize("check", [check for check, _bad, _module in CHECKS])
def test_texts_go_through_the_catalogue(check):
    assert_clean(check, product())


@pytest.mark.parametrize(("check", "bad", "module"), CHECKS)
def test_a_bad_sample_is_caught(check, bad, module):
    assert list(check(sample(bad, module)))


@pytest.fixture
def _gathered_texts() -> None:
    for module in load_all("messages"):
        errors.TEXTS.update(getattr(module, "ERRORS", {}))


@pytest.mark.usefixtures("_gathered_texts")
def test_every_refusal_has_words():
    assert_clean(refusals_without_words, product())


@pytest.mark.parametrize(
    "bad",
    [
        "raise NotPossible('no_text_for_this')",
        "class TooLate(DomainError):\n    def __init__(self):\n        super().__init__('no_text_for_this')",
    ],
)
def test_a_refusal_without_words_is_caught(bad: str):
    assert list(refusals_without_words(sample(bad)))


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_text_is_translated(language: str):
    missing = texts.missing_texts(language)
    assert not missing, f"{len(missing)} texts not in {language}:\n" + "\n".join(missing)


def catalogued(language: str, root: Path = texts.CATALOGUES) -> list[str]:
    """Every text of a language's files, as often as it stands there."""
    found = []
    for path in sorted((root / language).glob("*.po")):
        with path.open("rb") as file:
            found += [one.id if isinstance(one.id, str) else one.id[0] for one in read_po(file) if one.id]
    return found


@pytest.mark.parametrize("language", ["fi", "sv", "fi@easy"])
def test_each_text_stands_once_and_is_shown(language: str):
    stands = Counter(catalogued(language))
    assert [text for text, times in stands.items() if times > 1] == []
    assert sorted(set(stands) - set(shown())) == []


@cache
def shown() -> frozenset[str]:
    """Every text of the code, the templates and the data."""
    return frozenset({text for _place, text in texts.texts_in_use(texts.PACKAGE)} | set(texts_of_data()))


def texts_of_data() -> Iterator[str]:
    """What the files of law, codes and places say of their values: shown in the reader's language too."""
    for path in texts.PACKAGE.rglob("*.toml"):
        waiting: list[object] = [tomllib.loads(path.read_text(encoding="utf-8"))]
        while waiting:
            value = waiting.pop()
            if isinstance(value, str):
                yield value
            elif isinstance(value, dict | list):
                waiting += value.values() if isinstance(value, dict) else value


def test_a_text_that_stands_twice_is_seen(tmp_path: Path):
    (tmp_path / "fi").mkdir()
    for name in ("one", "other"):
        (tmp_path / "fi" / f"{name}.po").write_text('msgid "Day"\nmsgstr "Päivä"\n', encoding="utf-8")
    assert catalogued("fi", tmp_path) == ["Day", "Day"]


def test_translations_keep_their_placeholders():
    assert not texts.broken_texts()


def test_a_text_without_finnish_is_caught(tmp_path: Path):
    (tmp_path / "views.py").write_text('_("A text that no catalogue has, on purpose")\n')
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text('{{ _("Another text that no catalogue has") }}')
    assert len(texts.missing_texts("fi", tmp_path)) == 2

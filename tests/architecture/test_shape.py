"""Small functions, few branches, few parameters, short files, and imports at the top where they can be seen."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from mccabe import PathGraphingAstVisitor

from tests.architecture.source import Function, Source, assert_clean, product, sample, suite

LONGEST_FUNCTION = 50
USUAL_FUNCTION = 30
USUAL_PER_CENT = 95
MOST_BRANCHES = 8
MOST_PARAMETERS = 6
LONGEST_FILE = 400
LONGEST_VIEW = 25
# Where the parts are put together by name, so that no layer need import another upwards.
PUT_TOGETHER = {"jobcenter", "jobcenter.wiring", "jobcenter.cli", "jobcenter.admin.commands"}
# Where a library that is slow to load is loaded by whoever needs it, from the module's own feature.
SLOW_LIBRARIES = {"jobcenter.billing.einvoices.carriers", "jobcenter.matching.plan.desk.computing"}
MAY_LOAD_BY_NAME = PUT_TOGETHER | SLOW_LIBRARIES
LOADERS = {"import_module", "import_string", "resolve_name", "pkgutil", "__import__"}


def lines_of(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def parameters_of(function: Function) -> int:
    arguments = function.args
    return len(arguments.posonlyargs) + len(arguments.args) + len(arguments.kwonlyargs)


def long_functions(source: Source) -> Iterator[str]:
    for function in source.functions():
        if lines_of(function) > LONGEST_FUNCTION:
            yield source.at(function, f"{function.name} has {lines_of(function)} lines")


def long_views(source: Source) -> Iterator[str]:
    for function in source.functions():
        if source.kind == "views" and function.decorator_list and lines_of(function) > LONGEST_VIEW:
            yield source.at(function, f"view {function.name} has {lines_of(function)} lines")


def branching_functions(source: Source) -> Iterator[str]:
    visitor = PathGraphingAstVisitor()
    visitor.preorder(source.tree, visitor)
    for graph in visitor.graphs.values():
        if graph.complexity() > MOST_BRANCHES:
            yield f"{source.path}:{graph.lineno}: {graph.entity} has complexity {graph.complexity()}"


def crowded_functions(source: Source) -> Iterator[str]:
    for function in source.functions():
        if parameters_of(function) > MOST_PARAMETERS:
            yield source.at(function, f"{function.name} takes {parameters_of(function)} parameters")


def long_files(source: Source) -> Iterator[str]:
    lines = source.text.count("\n")
    if lines > LONGEST_FILE:
        yield f"{source.path}: {lines} lines"


def hidden_imports(source: Source) -> Iterator[str]:
    for function in source.functions():
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield source.at(node, f"import inside {function.name}")


def imports_by_name(source: Source) -> Iterator[str]:
    for statement, name in source.imports():
        if name.rpartition(".")[2] in LOADERS | {"importlib"} and source.module not in MAY_LOAD_BY_NAME:
            yield source.at(statement, f"{name} hides an import from the layers")


CHECKS = [
    (long_functions, "def f():\n" + "    x = 1\n" * LONGEST_FUNCTION),
    (branching_functions, "def f(a):\n" + "".join(f"    if a == {n}:\n        return {n}\n" for n in range(8))),
    (crowded_functions, "def f(a, b, c, *, d, e, f, g): ..."),
    (hidden_imports, "def f():\n    import os\n"),
    (imports_by_name, "from importlib import import_module"),
    (long_files, "x = 1\n" * (LONGEST_FILE + 1)),
]
IN_TESTS_TOO = [long_functions, hidden_imports, long_files]


@pytest.mark.parametrize(("check", "bad"), CHECKS)
def test_the_product_keeps_its_shape(check, bad):
    assert_clean(check, product())


@pytest.mark.parametrize("check", IN_TESTS_TOO)
def test_the_tests_keep_their_shape(check):
    assert_clean(check, suite())


@pytest.mark.parametrize(("check", "bad"), CHECKS)
def test_a_bad_sample_is_caught(check, bad):
    assert list(check(sample(bad)))


def test_views_are_thin():
    assert_clean(long_views, product())
    assert list(long_views(sample("@x\ndef f():\n" + "    x = 1\n" * LONGEST_VIEW, "jobcenter.a.views")))


def test_nearly_all_functions_are_short():
    lengths = [lines_of(function) for source in product() for function in source.functions()]
    short = sum(length <= USUAL_FUNCTION for length in lengths)
    assert short * 100 >= USUAL_PER_CENT * len(lengths), f"{short} of {len(lengths)} within {USUAL_FUNCTION} lines"

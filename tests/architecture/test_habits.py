"""One way to do each thing: the database, the commit, the clock, the rounding and the states have one place each."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from decimal import Decimal

import pytest

from tests.architecture.source import Source, assert_clean, dotted, product, sample

THIN = {"views", "forms"}
DATABASE = re.compile(r"^(sqlalchemy|flask_sqlalchemy|jobcenter\.core\.db)\b")
COMMITS_HERE = "jobcenter.core.uow"
CLOCK_HERE = "jobcenter.core.clock"
COLUMNS_HERE = "jobcenter.core.db"
CLOCK_CALLS = {
    "datetime.now", "datetime.utcnow", "datetime.today", "datetime.fromtimestamp", "datetime.utcfromtimestamp",
    "date.today", "date.fromtimestamp", "time.time", "time.localtime", "time.gmtime", "func.now",
    "func.current_timestamp", "func.current_date",
}  # fmt: skip
NAIVE_COLUMNS = {"sqlalchemy.DateTime", "sqlalchemy.TIMESTAMP", "sqlalchemy.Float", "sqlalchemy.REAL"}
INEXACT = {"float", "round"}
STATE_NAME = re.compile(r"(^|_)(status|state)$")
# Figures of arithmetic, not of law or of prices.
PLAIN_FIGURES = {Decimal(figure) for figure in ("0", "1", "2", "10", "12", "60", "100", "0.01")}
# Figures that no law, price list or Jobcenter can change.
FIXED_FIGURES = {
    ("jobcenter.billing.bank", "999999.99"),  # eight digits of the bank bar code
    ("jobcenter.home.forms", "0.5"),  # what the calculator takes
    ("jobcenter.home.forms", "500"),
    ("jobcenter.home.views", "3"),  # the calculator's example
}
# 2000 is more often a length than a year.
YEARS = {*range(1990, 2100)} - {2000}
# The pilot that the demo retells has its own years and prices.
RETELLS_THE_PILOT = "jobcenter.demo"


def database_in_thin_code(source: Source) -> Iterator[str]:
    if source.kind not in THIN:
        return
    for statement, name in source.imports():
        if DATABASE.match(name):
            yield source.at(statement, f"{source.kind} import {name}; ask queries or a service")
    for node in source.nodes:
        if isinstance(node, ast.Attribute) and node.attr in {"query", "scalars", "execute"}:
            yield source.at(node, f"{source.kind} use {dotted(node)}; ask queries or a service")


def commits(source: Source) -> Iterator[str]:
    for call in source.calls():
        name = dotted(call.func)
        if name.endswith((".commit", ".rollback")) and source.module != COMMITS_HERE:
            yield source.at(call, f"{name}() outside the unit of work")


def clock_use(source: Source) -> Iterator[str]:
    if source.module == CLOCK_HERE:
        return
    for call in source.calls():
        name = ".".join(dotted(call.func).split(".")[-2:])
        if name in CLOCK_CALLS:
            yield source.at(call, f"{name}() outside core/clock.py")


def naive_columns(source: Source) -> Iterator[str]:
    for statement, name in source.imports():
        if name in NAIVE_COLUMNS and source.module != COLUMNS_HERE:
            yield source.at(statement, f"{name}: use the column shapes of core/db.py")


def inexact_numbers(source: Source) -> Iterator[str]:
    for call in source.calls():
        if isinstance(call.func, ast.Name) and call.func.id in INEXACT:
            yield source.at(call, f"{call.func.id}(): amounts are Decimal, rounded by round_cents")


def bare_states(source: Source) -> Iterator[str]:
    for node in source.nodes:
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            if any(map(_names_a_state, sides)) and any(map(_is_bare_text, sides)):
                yield source.at(node, "a state compared with a bare text; use the StrEnum")
        elif isinstance(node, ast.Assign) and _is_bare_text(node.value):
            if any(map(_names_a_state, node.targets)):
                yield source.at(node, "a state set to a bare text; use the StrEnum")
        elif isinstance(node, ast.keyword) and _is_bare_text(node.value) and STATE_NAME.search(node.arg or ""):
            yield source.at(node.value, f"{node.arg}= given a bare text; use the StrEnum")


def _names_a_state(node: ast.expr) -> bool:
    return bool(STATE_NAME.search(dotted(node).rpartition(".")[2]))


def _is_bare_text(node: ast.expr) -> bool:
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return any(map(_is_bare_text, node.elts))
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def figures_of_law(source: Source) -> Iterator[str]:
    if source.module.startswith(RETELLS_THE_PILOT):
        return
    for node in source.nodes:
        if isinstance(node, ast.Constant) and type(node.value) is int and node.value in YEARS:
            yield source.at(node, f"the year {node.value} in code; dated values belong in data files")
        if isinstance(node, ast.Call) and _is_a_figure_of_law(source, node):
            yield source.at(node, f"the figure {ast.unparse(node)} in code; rates and limits belong in data files")


def _is_a_figure_of_law(source: Source, call: ast.Call) -> bool:
    if not dotted(call.func).endswith("Decimal") or not call.args or not isinstance(call.args[0], ast.Constant):
        return False
    figure = str(call.args[0].value)
    return Decimal(figure) not in PLAIN_FIGURES and (source.module, figure) not in FIXED_FIGURES


VIEWS = "jobcenter.sample.views"
CHECKS = [
    (database_in_thin_code, "from sqlalchemy import select", VIEWS),
    (database_in_thin_code, "from jobcenter.core.db import db", "jobcenter.sample.forms"),
    (database_in_thin_code, "orders = Order.query.all()", VIEWS),
    (commits, "db.session.commit()", "jobcenter.sample.service"),
    (commits, "session.rollback()", "jobcenter.sample.jobs"),
    (clock_use, "import datetime\nNOW = datetime.datetime.now()", VIEWS),
    (clock_use, "from datetime import date\nTODAY = date.today()", VIEWS),
    (naive_columns, "from sqlalchemy import DateTime", "jobcenter.sample.models"),
    (inexact_numbers, "price = round(float('14.5'), 2)", VIEWS),
    (bare_states, "order.status == 'draft'", VIEWS),
    (bare_states, "order.status in ('draft', 'sent')", VIEWS),
    (bare_states, "gig.state = 'open'", VIEWS),
    (bare_states, "Order(status='draft')", VIEWS),
    (figures_of_law, "PRICE = Decimal('14.50')", VIEWS),
    (figures_of_law, "if day.year == 2024: pass", VIEWS),
]


@pytest.mark.parametrize("check", dict.fromkeys(check for check, _bad, _module in CHECKS))
def test_the_product_keeps_the_habit(check):
    assert_clean(check, product())


@pytest.mark.parametrize(("check", "bad", "module"), CHECKS)
def test_a_bad_sample_is_caught(check, bad, module):
    assert list(check(sample(bad, module)))

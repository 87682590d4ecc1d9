"""Each table of transitions is total: every pair of state and action leads somewhere or is refused by name."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from itertools import product as pairs
from types import ModuleType
from typing import Any

import pytest

from jobcenter.core.errors import AlreadyDone, NotPossible
from tests.architecture.source import product

Table = Mapping[tuple[StrEnum, StrEnum], StrEnum]
SUFFIX = "TRANSITIONS"


def tables() -> Iterator[tuple[ModuleType, str]]:
    """Every table of the product, as (domain module, its name)."""
    for source in product():
        names = [target for node in source.tree.body for target in _assigned(node) if target.endswith(SUFFIX)]
        yield from ((importlib.import_module(source.module), name) for name in names)


def _assigned(node: ast.stmt) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def step_of(module: ModuleType, table: str) -> Callable[[Any, Any], Any]:
    """`next_state` for TRANSITIONS, `next_offer_state` for OFFER_TRANSITIONS."""
    about = table.removesuffix(SUFFIX).strip("_").lower()
    return getattr(module, f"next_{about}_state" if about else "next_state")


def gaps(table: Table, step: Callable[[Any, Any], Any]) -> Iterator[str]:
    """Pairs that neither follow the table nor are refused as already so or not possible."""
    states, actions = ({type(key[side]) for key in table} for side in (0, 1))
    for state, action in pairs(*(member for kind in (states, actions) for member in [list(next(iter(kind)))])):
        try:
            after = step(state, action)
        except (AlreadyDone, NotPossible):
            after = None
        except Exception as error:
            yield f"{state} x {action}: {error!r}"
            continue
        if after is not table.get((state, action)):
            yield f"{state} x {action} gives {after}, the table says {table.get((state, action))}"


def unreachable(table: Table) -> set[StrEnum]:
    """States that no action leads to and none leaves: they are not part of the life of the thing."""
    states = set(type(next(iter(table))[0]))
    return states - set(table.values()) - {state for state, _action in table}


TABLES = list(tables())


@pytest.mark.parametrize(("module", "name"), TABLES, ids=[f"{module.__name__}.{name}" for module, name in TABLES])
def test_every_pair_leads_somewhere_or_is_refused(module: ModuleType, name: str):
    table = getattr(module, name)
    assert not list(gaps(table, step_of(module, name)))
    assert not unreachable(table)


class Light(StrEnum):
    RED = "red"
    GREEN = "green"
    LOST = "lost"


class Press(StrEnum):
    BUTTON = "button"
    LEVER = "lever"


LIGHTS = {(Light.RED, Press.BUTTON): Light.GREEN}


def test_a_pair_without_a_refusal_is_caught():
    assert any("KeyError" in gap for gap in gaps(LIGHTS, lambda state, action: LIGHTS[state, action]))


def test_a_step_beside_the_table_is_caught():
    assert any("the table says" in gap for gap in gaps(LIGHTS, lambda state, action: Light.RED))


def test_a_state_outside_the_table_is_caught():
    assert unreachable(LIGHTS) == {Light.LOST}

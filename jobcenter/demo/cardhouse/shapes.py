"""Form-encoded parameters as Stripe takes them, held to the typed dictionaries of the installed SDK."""

from __future__ import annotations

import operator
import re
import sys
import typing
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache, reduce
from types import UnionType
from typing import Any, Literal, Union

import stripe
from stripe.params import (
    BalanceTransactionListParams,
    DisputeListParams,
    PaymentIntentCancelParams,
    PaymentIntentCaptureParams,
    PaymentIntentListParams,
    PaymentIntentRetrieveParams,
    PayoutListParams,
    RefundCreateParams,
)
from stripe.params.checkout import SessionCreateParams, SessionExpireParams, SessionRetrieveParams
from typing_extensions import is_typeddict

Params = dict[str, Any]

SESSION = SessionCreateParams
EXPIRE = SessionExpireParams
PAGE = SessionRetrieveParams
CAPTURE = PaymentIntentCaptureParams
CANCEL = PaymentIntentCancelParams
LIST = PaymentIntentListParams
RETRIEVE = PaymentIntentRetrieveParams
REFUND = RefundCreateParams
PAYOUTS = PayoutListParams
DISPUTES = DisputeListParams
BALANCE = BalanceTransactionListParams

_OPTIONS = frozenset(stripe.RequestOptions.__annotations__)
_PART = re.compile(r"\[([^\]]*)\]")


class WrongParameter(ValueError):
    """A parameter that Stripe does not know, or a value that is not of its type; `path` names it."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"{why}: {path}")
        self.path = path


def nested(pairs: Iterable[tuple[str, str]]) -> Params:
    """`a[b][0]=x` as `{"a": {"b": ["x"]}}`."""
    tree: Params = {}
    for name, value in pairs:
        first, *rest = [name.partition("[")[0], *_PART.findall(name)]
        place = tree
        *way, last = first, *rest
        for part in way:
            place = place.setdefault(part, {})
        place[last] = value
    return {name: _with_lists(value) for name, value in tree.items()}


def _with_lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    children = {name: _with_lists(child) for name, child in value.items()}
    if children and all(name.isdigit() for name in children):
        return [children[name] for name in sorted(children, key=int)]
    return children


def check(params: Params, shape: type) -> Params:
    """The parameters in their types. Raises WrongParameter for the first that the shape does not have."""
    return _dictionary(params, shape, "")


def _dictionary(value: Any, shape: type, path: str) -> Params:
    if not isinstance(value, Mapping):
        raise WrongParameter(path, "not an object")
    fields = _fields(shape)
    for name in value:
        if name not in fields:
            raise WrongParameter(f"{path}{name}", "unknown parameter")
    for name in sorted(shape.__required_keys__ - _OPTIONS):
        if name not in value:
            raise WrongParameter(f"{path}{name}", "missing required parameter")
    return {name: _typed(child, fields[name], f"{path}{name}") for name, child in value.items()}


@cache
def _fields(shape: type) -> Mapping[str, Any]:
    """The parameters of a shape with their types, those inherited from the call's options left out."""
    names = vars(sys.modules[shape.__module__])
    found = {name: kind for name, kind in shape.__annotations__.items() if name not in _OPTIONS}
    return {name: _resolved(kind, names) for name, kind in found.items()}


def _resolved(kind: Any, names: Mapping[str, Any]) -> Any:
    if isinstance(kind, typing.ForwardRef):
        kind = kind.__forward_arg__
    if isinstance(kind, str):
        return _resolved(eval(kind, dict(names)), names)
    arguments = typing.get_args(kind)
    if getattr(typing.get_origin(kind), "_name", "") in {"NotRequired", "Required"}:
        return _resolved(arguments[0], names)
    if typing.get_origin(kind) in (Union, UnionType):
        return reduce(operator.or_, (_resolved(each, names) for each in arguments))
    if typing.get_origin(kind) in (list, dict):
        return typing.get_origin(kind)[tuple(_resolved(each, names) for each in arguments)]
    return kind


def _typed(value: Any, kind: Any, path: str) -> Any:
    """A value in the first type that takes it."""
    faults: list[WrongParameter] = []
    for each in _kinds(kind):
        try:
            return _of_kind(value, each, path)
        except WrongParameter as fault:
            faults.append(fault)
    raise max(faults, key=lambda fault: len(fault.path))


def _kinds(kind: Any) -> Iterator[Any]:
    """The types of a union; the SDK writes a list of values as those or any text, of which only those are taken."""
    if typing.get_origin(kind) not in (Union, UnionType):
        yield kind
        return
    kinds = typing.get_args(kind)
    listed = any(typing.get_origin(each) is Literal for each in kinds)
    yield from (each for each in kinds if not (listed and each is str))


def _of_kind(value: Any, kind: Any, path: str) -> Any:
    if is_typeddict(kind):
        return _dictionary(value, kind, f"{path}.")
    if typing.get_origin(kind) is list:
        return _list(value, typing.get_args(kind)[0], path)
    if typing.get_origin(kind) is dict:
        return _mapping(value, path)
    if isinstance(value, dict | list):
        raise WrongParameter(path, "not a plain value")
    return _plain(value, kind, path)


def _list(value: Any, kind: Any, path: str) -> list[Any]:
    if not isinstance(value, list):
        raise WrongParameter(path, "not a list")
    return [_typed(child, kind, f"{path}[{place}]") for place, child in enumerate(value)]


def _mapping(value: Any, path: str) -> Params:
    if not isinstance(value, dict):
        raise WrongParameter(path, "not an object")
    return value


def _plain(value: str, kind: Any, path: str) -> Any:
    if typing.get_origin(kind) is Literal:
        if value in typing.get_args(kind):
            return value
        raise WrongParameter(path, f"not one of {', '.join(map(str, typing.get_args(kind)))}")
    if kind is int and re.fullmatch(r"-?\d+", value):
        return int(value)
    if kind is bool and value in {"true", "false"}:
        return value == "true"
    if kind in (float, Decimal) and re.fullmatch(r"-?\d+(\.\d+)?", value):
        return Decimal(value)
    if kind is str:
        return value
    raise WrongParameter(path, f"not {getattr(kind, '__name__', kind)}")

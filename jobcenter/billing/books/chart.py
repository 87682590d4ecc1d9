"""The chart of accounts as shipped: `data/accounts.toml`, read once; a missing or unknown account is refused."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from jobcenter.billing.books.domain import Account, AccountKind
from jobcenter.billing.rules import DATA


@dataclass(frozen=True)
class AccountFacts:
    """An account's number, unless a Jobcenter has its own, and the side on which it grows."""

    number: str
    kind: AccountKind


@cache
def chart() -> Mapping[Account, AccountFacts]:
    """Every account, in the order of the numbers. Raises ValueError naming the account that is wrong."""
    return read_chart((DATA / "accounts.toml").read_text(encoding="utf-8"))


def read_chart(text: str) -> Mapping[Account, AccountFacts]:
    """A chart from a TOML text."""
    tables = tomllib.loads(text)
    if wrong := tables.keys() ^ {account.value for account in Account}:
        raise ValueError(f"unknown or missing accounts: {', '.join(sorted(wrong))}")
    facts = {Account(code): AccountFacts(table["number"], AccountKind(table["kind"])) for code, table in tables.items()}
    if len({fact.number for fact in facts.values()}) < len(facts):
        raise ValueError("two accounts have the same number")
    return dict(sorted(facts.items(), key=lambda item: item[1].number))

"""The codes of `data/codes.toml`, read once; what is unknown or missing is refused with its place."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "data" / "codes.toml"
_KEYS = {"id", "code", "what", "status", "source", "checked_on"}


class CodeId(StrEnum):
    """What the program calls a code of the register."""

    EARNINGS_REPORTS = "delivery.earnings_reports"
    CANCELLATIONS = "delivery.cancellations"
    REJECT_FAULTY_ONLY = "delivery.reject_faulty_only"
    BUSINESS_ID = "id.business_id"
    PERSONAL_ID = "id.personal_id"
    NEW = "action.new"
    REPLACEMENT = "action.replacement"
    COMPENSATION = "income.compensation_for_work"
    WITHHOLDING = "deduction.withholding"


class CodeStatus(StrEnum):
    """How sure a code is: the register says so, one source does, or nobody whom we can name."""

    CONFIRMED = "confirmed"
    SINGLE_SOURCE = "single_source"
    UNVERIFIED = "unverified"


@dataclass(frozen=True)
class Code:
    """One code with what it means, where that was seen and when it was checked."""

    id: CodeId
    code: int
    what: str
    status: CodeStatus
    source: str
    checked_on: date


@cache
def codes() -> Mapping[CodeId, Code]:
    """Every code by its id. Raises ValueError naming the entry that is wrong."""
    return read_codes(FILE.read_text(encoding="utf-8"))


def read_codes(text: str) -> Mapping[CodeId, Code]:
    """Codes from TOML text. Raises ValueError naming the entry that is wrong, twice there, or missing."""
    read: dict[CodeId, Code] = {}
    for number, entry in enumerate(tomllib.loads(text)["code"], start=1):
        code = _read(number, entry)
        if code.id in read:
            raise ValueError(f"{FILE.name}, code {number}: {code.id} is given twice")
        read[code.id] = code
    missing = sorted(set(CodeId) - read.keys())
    if missing:
        raise ValueError(f"{FILE.name}: no code for {', '.join(missing)}")
    return read


def _read(number: int, entry: Mapping[str, Any]) -> Code:
    wrong = entry.keys() ^ _KEYS
    if wrong:
        raise ValueError(f"{FILE.name}, code {number}: unknown or missing {', '.join(sorted(wrong))}")
    return Code(**{**entry, "id": CodeId(entry["id"]), "status": CodeStatus(entry["status"])})

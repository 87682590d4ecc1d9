"""Ids in the queries of addresses."""

from __future__ import annotations

import pytest

from jobcenter.core.web import LARGEST_ID, id_in


def test_an_id_is_read() -> None:
    assert (id_in("7"), id_in(str(LARGEST_ID))) == (7, LARGEST_ID)


@pytest.mark.parametrize("text", ["", "x", "0", "-1", "1.5", str(LARGEST_ID + 1), "9" * 20])
def test_what_no_table_can_hold_is_no_id(text) -> None:
    with pytest.raises(ValueError):
        id_in(text)

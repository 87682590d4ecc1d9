"""The bars of Code 128 C."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobcenter.billing import code128

pairs = st.lists(st.integers(min_value=0, max_value=99), min_size=1, max_size=27).map(
    lambda values: "".join(f"{value:02d}" for value in values)
)


def read_back(widths: tuple[int, ...]) -> list[int]:
    """The symbol values that a reader would see."""
    text = "".join(map(str, widths))
    body, stop = text[:-7], text[-7:]
    assert stop == "2331112"
    return [code128._PATTERNS.index(body[place : place + 6]) for place in range(0, len(body), 6)]


def test_known_symbols():
    assert code128.symbols("3742") == [105, 37, 42, (105 + 37 + 2 * 42) % 103, 106]
    assert "".join(map(str, code128.widths("00"))) == "211232" + "212222" + "222221" + "2331112"


@given(pairs)
def test_bars_read_back_as_the_digits(digits):
    values = read_back(code128.widths(digits))
    assert values[0] == 105
    assert "".join(f"{value:02d}" for value in values[1:-1]) == digits
    assert values[-1] == (105 + sum(place * value for place, value in enumerate(values[1:-1], start=1))) % 103


@given(pairs)
def test_every_symbol_is_eleven_modules_wide(digits):
    assert sum(code128.widths(digits)) == 11 * (len(digits) // 2 + 2) + 13


@pytest.mark.parametrize("digits", ["", "1", "123", "12a4", "١٢"])
def test_only_an_even_number_of_digits(digits):
    with pytest.raises(ValueError, match="even number"):
        code128.widths(digits)

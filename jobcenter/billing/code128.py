"""Code 128, set C: an even number of digits as bars and spaces. Pure; ISO/IEC 15417.

Each symbol is eleven modules wide: three bars and three spaces in turn, beginning with a bar. The stop has thirteen.
"""

from __future__ import annotations

_START_C, _STOP = 105, 106
_MODULUS = 103

# The widths of bar, space, bar, space, bar, space of the symbols 0 to 105; the stop ends with one more bar.
_TABLE = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 "
    "123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 "
    "232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 "
    "111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 "
    "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112"
)
_PATTERNS = _TABLE.split()


def symbols(digits: str) -> list[int]:
    """The symbol values of `digits`: start, pairs, check, stop. Raises ValueError unless they are an even number."""
    if not digits or len(digits) % 2 or not (digits.isascii() and digits.isdigit()):
        raise ValueError("Code 128 C takes an even number of digits")
    pairs = [int(digits[place : place + 2]) for place in range(0, len(digits), 2)]
    check = (_START_C + sum(place * value for place, value in enumerate(pairs, start=1))) % _MODULUS
    return [_START_C, *pairs, check, _STOP]


def widths(digits: str) -> tuple[int, ...]:
    """The widths in modules of the bars and spaces in turn, beginning and ending with a bar."""
    return tuple(int(width) for symbol in symbols(digits) for width in _PATTERNS[symbol])

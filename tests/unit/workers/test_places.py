"""Areas in one spelling, postcodes and how near they are."""

from __future__ import annotations

import pytest

from jobcenter.workers.places import Closeness, area_tag, area_tags, closeness, postcode_in


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("00530", "00530", Closeness.SAME),
        ("00530", "00531", Closeness.SAME),
        ("00530", "00500", Closeness.NEIGHBOUR),
        ("00530", "00990", Closeness.REGION),
        ("33100", "33950", Closeness.REGION),
        ("00530", "01300", Closeness.FAR),
        ("00530", "", Closeness.UNKNOWN),
        ("", "", Closeness.UNKNOWN),
    ],
)
def test_closeness_is_the_same_both_ways(one, other, near):
    assert closeness(one, other) is near is closeness(other, one)


@pytest.mark.parametrize(
    ("address", "postcode"),
    [
        ("Kahvikuja 2, 00530 Helsinki", "00530"),
        ("00530 Helsinki, later 00100 Helsinki", "00100"),
        ("Tie 123456, Helsinki", ""),
        ("", ""),
    ],
)
def test_the_postcode_in_an_address(address, postcode):
    assert postcode_in(address) == postcode


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("kallio", "Kallio"),
        (" KALLIO ", "Kallio"),
        ("itä-pasila", "Itä-Pasila"),
        ("Etu-Töölö", "Etu-Töölö"),
        ("helsingin  keskusta", "Helsingin keskusta"),
        ("  ", ""),
    ],
)
def test_areas_have_one_spelling(typed, tag):
    assert area_tag(typed) == tag


def test_a_text_of_areas_is_taken_apart():
    assert area_tags("kallio, Itä-Pasila,, kallio | Malmi") == {"Kallio", "Itä-Pasila", "Malmi"}

"""Keys of sendings: a second click is the first, another text is another."""

from __future__ import annotations

from jobcenter.core.sending import key_of


def test_the_same_words_have_one_key_and_other_words_or_another_form_have_their_own() -> None:
    assert key_of("form", "Hei", 1) == key_of("form", "Hei", 1)
    assert len({key_of("form", "Hei"), key_of("form", "Hei!"), key_of("other", "Hei")}) == 3
    assert len(key_of("form")) == 36

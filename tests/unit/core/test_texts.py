"""Languages, fallbacks, and how figures and times read."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest

from jobcenter.core import clock, texts

MORNING = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
NOON = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
LATE = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)
HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n'


@pytest.fixture
def catalogues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A function that writes a catalogue of a language and forgets what was read before."""

    def write(code: str, part: str, entries: str) -> None:
        (tmp_path / code).mkdir(exist_ok=True)
        (tmp_path / code / f"{part}.po").write_text(HEAD + entries, encoding="utf-8")

    monkeypatch.setattr(texts, "CATALOGUES", tmp_path)
    _forget()
    yield write
    _forget()


def _forget() -> None:
    for kept in (texts._messages, texts.translations, texts.offered):
        kept.cache_clear()


def test_parts_are_merged_and_plain_finnish_falls_back_per_message(catalogues) -> None:
    catalogues("fi", "a", 'msgid "Gig"\nmsgstr "Keikka"\n')
    catalogues("fi", "b", 'msgid "Limit"\nmsgstr "Ansioraja"\n')
    catalogues("fi@easy", "b", 'msgid "Limit"\nmsgstr "Raja"\n')
    easy = texts.translations("fi@easy")
    assert (easy.gettext("Gig"), easy.gettext("Limit"), easy.gettext("New")) == ("Keikka", "Raja", "New")
    assert texts.translations("sv").gettext("Gig") == "Keikka"
    assert texts.translations("en").gettext("Gig") == "Gig"


def test_plurals_and_empty_translations(catalogues) -> None:
    catalogues("fi", "a", 'msgid "%(num)s gig"\nmsgid_plural "%(num)s gigs"\nmsgstr[0] "keikka"\nmsgstr[1] "keikkaa"\n')
    catalogues("sv", "a", 'msgid "%(num)s gig"\nmsgid_plural "%(num)s gigs"\nmsgstr[0] "gigg"\nmsgstr[1] ""\n')
    assert [texts.translations("fi").ngettext("%(num)s gig", "%(num)s gigs", n) for n in (1, 2)] == [
        "keikka",
        "keikkaa",
    ]
    assert texts.translations("sv").ngettext("%(num)s gig", "%(num)s gigs", 1) == "keikka"
    assert texts.translations("en").ngettext("%(num)s gig", "%(num)s gigs", 1) == "%(num)s gig"


def test_a_language_without_texts_is_not_offered(catalogues) -> None:
    catalogues("fi", "a", 'msgid "Gig"\nmsgstr "Keikka"\n')
    catalogues("sv", "a", "")
    assert texts.offered() == (("fi", "Suomi"), ("en", "English"))


def test_missing_and_broken_texts_are_named(catalogues, tmp_path: Path) -> None:
    catalogues("fi", "a", 'msgid "Hello %(name)s"\nmsgstr "Hei %(nimi)s"\n')
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "messages.py").write_text('_("Hello %(name)s")\n_l("Bye")\n', encoding="utf-8")
    assert texts.missing_texts(root=tmp_path / "code") == ["messages.py:2: Bye"]
    assert texts.broken_texts() == ["fi/a.po: Hello %(name)s"]


@pytest.mark.parametrize(
    ("code", "money", "hours", "day", "interval"),
    [
        ("fi", "1 014,50 €", "2 h 30 min", "ma 23.11.2026", "ma 23.11.2026 klo 9.00–12.00"),
        ("fi@easy", "1 014,50 €", "2 h 30 min", "ma 23.11.2026", "ma 23.11.2026 klo 9.00–12.00"),
        ("en", "€1,014.50", "2 h 30 min", "Mon 23 Nov 2026", "Mon 23 Nov 2026 at 9:00–12:00"),
        ("sv", "1 014,50 €", "2 h 30 min", "mån 23.11.2026", "mån 23.11.2026 kl. 9.00–12.00"),
    ],
)
def test_figures_and_times_by_language(code: str, money: str, hours: str, day: str, interval: str) -> None:
    with texts.in_language(code):
        shown = (texts.money(Decimal("1014.5")), texts.hours(150), texts.day(MORNING), texts.interval(MORNING, NOON))
    assert tuple(text.replace("\u00a0", " ") for text in shown) == (money, hours, day, interval)


@pytest.mark.parametrize(("code", "shown"), [("fi", "1 000 €"), ("sv", "1 000 €"), ("en", "€1,000")])
def test_whole_money_by_language(code: str, shown: str) -> None:
    with texts.in_language(code):
        assert texts.whole_money(Decimal(1000)).replace(texts.NBSP, " ") == shown


@pytest.mark.parametrize(
    ("minutes", "shown"), [(0, "0 h"), (45, "45 min"), (60, "1 h"), (1505, "25 h 5 min"), (-90, "-1 h 30 min")]
)
def test_hours(minutes: int, shown: str) -> None:
    assert texts.hours(minutes).replace(texts.NBSP, " ") == shown


def test_an_interval_over_midnight_names_both_days() -> None:
    with texts.in_language("fi"):
        assert "23.11." in texts.interval(MORNING, LATE) and "24.11." in texts.interval(MORNING, LATE)


def test_the_repeated_hour_says_which_it_is() -> None:
    with texts.in_language("fi"):
        first = texts.clock_time(clock.at(date(2026, 10, 25), time(3, 30)))
        second = texts.clock_time(clock.at(date(2026, 10, 25), time(3, 30), second_pass=True))
    assert (first, second) == ("3.30", "3.30 (talviaikaa)")


def test_an_unknown_language_reads_as_finnish() -> None:
    with texts.in_language("xx"):
        assert texts.language() == "fi"


@pytest.mark.parametrize(("value", "shown"), [(Decimal("25.5"), "25,5 %"), (Decimal("24.00"), "24 %"), (10, "10 %")])
def test_percent(value: Decimal, shown: str) -> None:
    with texts.in_language("fi"):
        assert texts.percent(value).replace(texts.NBSP, " ") == shown

"""Languages: whose text is shown, the catalogues, and how money, hours and times read.

The catalogues are `translations/<language>/<part>.po`, merged in memory when the app starts. Plain Finnish and Swedish
fall back, message by message, to Finnish; English is the code's own text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from pathlib import Path

from babel import Locale, dates, numbers
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from babel.support import NullTranslations
from flask import Flask
from flask_babel import Babel, Domain

from jobcenter.core import clock
from jobcenter.core.errors import READS
from jobcenter.core.money import MoneyTold

PACKAGE = Path(__file__).resolve().parent.parent
CATALOGUES = PACKAGE / "translations"

SOURCE = "en"
DEFAULT = "fi"
FALLBACKS = {"fi": (), "sv": ("fi",), "fi@easy": ("fi",), "en": ()}
NAMES = {"fi": "Suomi", "fi@easy": "Selkosuomi", "sv": "Svenska", "en": "English"}

NBSP = "\u00a0"
_DAY_PATTERNS = {"fi": "EEE d.M.yyyy", "sv": "EEE d.M.yyyy", "en": "EEE d MMM yyyy"}
_SHORT_DAY_PATTERNS = {"fi": "d.M.yyyy", "sv": "d.M.yyyy", "en": "d MMM yyyy"}
_CLOCK_PATTERNS = {"fi": "H.mm", "sv": "H.mm", "en": "H:mm"}
_AT = {"fi": "klo", "sv": "kl.", "en": "at"}
_WINTER_TIME = {"fi": "talviaikaa", "sv": "vintertid", "en": "winter time"}

_forced: ContextVar[str | None] = ContextVar("forced_language", default=None)
_selectors: list[Callable[[], str | None]] = []


def language() -> str:
    """The language of the text being made: forced, else the reader's, else Finnish."""
    if forced := _forced.get():
        return forced
    for selector in _selectors:
        if chosen := selector():
            return chosen
    return DEFAULT


def select_by(selector: Callable[[], str | None]) -> None:
    """Ask `selector` for the reader's language (registered once by the feature that knows the reader)."""
    if selector not in _selectors:
        _selectors.append(selector)


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Make texts in one language whoever is looking: for mails and documents. An unknown code reads as Finnish."""
    token = _forced.set(known(code) or DEFAULT)
    try:
        yield
    finally:
        _forced.reset(token)


def known(code: str | None) -> str | None:
    """The language code if we have such a language, else None."""
    return code if code in FALLBACKS else None


def html_language() -> str:
    """The value for `<html lang>`: plain Finnish is Finnish to a screen reader."""
    return _plain_code(language())


@cache
def offered() -> tuple[tuple[str, str], ...]:
    """Languages to choose from, as (code, own name): those that have texts."""
    return tuple((code, name) for code, name in NAMES.items() if code == SOURCE or _messages(code))


# Catalogues


class MergedTranslations(NullTranslations):
    """A gettext catalogue made of several .po files and a fallback per message."""

    def __init__(self, texts: dict[str, tuple[str, ...]]) -> None:
        super().__init__()
        self._texts = texts

    def gettext(self, message: str) -> str:
        found = self._texts.get(message)
        return found[0] if found else message

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        found = self._texts.get(singular)
        if found is None:
            return singular if number == 1 else plural
        return found[0] if number == 1 else found[-1]

    ugettext = gettext
    ungettext = ngettext


class CatalogueDomain(Domain):
    """Flask-Babel's view of our catalogues, by the language in force at the moment of asking."""

    def get_translations(self) -> NullTranslations:
        return translations(language())


class CatalogueBabel(Babel):
    """Flask-Babel with our catalogues in place of compiled files."""

    domain_instance = CatalogueDomain()


@cache
def translations(code: str) -> NullTranslations:
    """The texts of a language, the fallbacks' beneath them."""
    texts: dict[str, tuple[str, ...]] = {}
    for source in (*reversed(FALLBACKS[code]), code):
        texts |= _messages(source)
    return MergedTranslations(texts)


@cache
def _messages(code: str) -> dict[str, tuple[str, ...]]:
    texts: dict[str, tuple[str, ...]] = {}
    for path in sorted((CATALOGUES / code).glob("*.po")):
        for message in _read(path):
            if message.id and _is_translated(message):
                texts[_key(message)] = _strings(message)
    return texts


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=_plain_code(path.parent.name), abort_invalid=True)


def _is_translated(message: Message) -> bool:
    return not message.fuzzy and all(_strings(message))


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def missing_texts(code: str = DEFAULT, root: Path = PACKAGE) -> list[str]:
    """Texts of the code and templates that a language lacks, as `file:line: text`; its fallbacks do not count."""
    have = _messages(code)
    return [f"{place}: {text}" for place, text in texts_in_use(root) if text not in have]


def broken_texts() -> list[str]:
    """Translations whose placeholders differ from the source text, as `file: text`."""
    paths = sorted(CATALOGUES.glob("*/*.po"))
    return [f"{path.parent.name}/{path.name}: {_key(message)}" for path in paths for message in _mismatched(path)]


def _mismatched(path: Path) -> Iterable[Message]:
    for message in _read(path):
        ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        wanted = set().union(*map(_placeholders, ids))
        if message.id and any(_placeholders(text) - wanted for text in _strings(message) if text):
            yield message


def _placeholders(text: str) -> set[str]:
    return {part.split(")", 1)[0] for part in text.split("%(")[1:]}


@cache
def texts_in_use(root: Path) -> tuple[tuple[str, str], ...]:
    """Every (place, text) that goes through gettext in the package's Python files and templates; looked for once."""
    methods = [("**.py", "python"), ("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2")]
    words = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
    words |= {"_n": (1, 2), "lazy_ngettext": (1, 2), "_ln": (1, 2)}
    options = {"**.html": {"silent": "false"}}
    found = extract_from_dir(str(root), methods, options, keywords=words, strip_comment_tags=True)
    return tuple(
        (f"{name}:{line}", message if isinstance(message, str) else message[0])
        for name, line, message, _comments, _context in found
    )


# How figures and times read


def money(amount: Decimal) -> str:
    """Euros with cents: `14,50 €`."""
    return numbers.format_currency(amount, "EUR", locale=_locale())


def whole_money(amount: Decimal) -> str:
    """Euros without cents, where they are none: `250 €`."""
    pattern = _locale().currency_formats["standard"].pattern.replace(".00", "")
    return numbers.format_currency(amount, "EUR", pattern, locale=_locale(), currency_digits=False)


def amount(value: Decimal) -> str:
    """Euros with cents, where the words say what they are: `14,50`."""
    return numbers.format_decimal(value, format="#,##0.00", locale=_locale())


def number(value: Decimal | int) -> str:
    """A number with the reader's decimal sign, no more decimals than it has: `12,5`."""
    return numbers.format_decimal(value, format="#,##0.######", locale=_locale())


def percent(value: Decimal | int) -> str:
    """Per cents given as such: 25.5 reads `25,5 %`."""
    return f"{number(value)}{'' if _code() == 'en' else NBSP}%"


def hours(minutes: int) -> str:
    """Minutes of work: `2 h 30 min`."""
    sign, whole = ("-" if minutes < 0 else ""), abs(minutes)
    parts = [f"{whole // 60}{NBSP}h"] if whole >= 60 or not whole else []
    if whole % 60:
        parts.append(f"{whole % 60}{NBSP}min")
    return sign + " ".join(parts)


def day(value: date) -> str:
    """A day with its weekday: `ma 23.11.2026`. An instant reads as its day in Helsinki."""
    on = clock.day_of(value) if isinstance(value, datetime) else value
    return dates.format_date(on, _DAY_PATTERNS[_code()], locale=_locale())


def short_day(value: date) -> str:
    """A day without its weekday: `23.11.2026`."""
    return dates.format_date(value, _SHORT_DAY_PATTERNS[_code()], locale=_locale())


def weekday(value: date) -> str:
    """The weekday of a day as it reads within a sentence: `torstai`, `Thursday`."""
    return dates.format_date(value, "cccc", locale=_locale())


def month(value: date) -> str:
    """The month of a day: `marraskuu 2026`."""
    return dates.format_date(value, "LLLL y", locale=_locale())


def clock_time(instant: datetime) -> str:
    """An instant's time of day in Helsinki: `9.00`; the autumn night's repeated hour says which one it is."""
    wall = clock.local(instant)
    shown = wall_time(wall.time())
    return f"{shown} ({_WINTER_TIME[_code()]})" if wall.fold else shown


def wall_time(wall: time) -> str:
    """A time of day as clocks on the wall show it: `9.00`."""
    return dates.format_time(wall, _CLOCK_PATTERNS[_code()], locale=_locale())


def when(instant: datetime) -> str:
    """An instant: `ma 23.11.2026 klo 9.00`."""
    return f"{day(instant)} {_AT[_code()]}{NBSP}{clock_time(instant)}"


def interval(starts_at: datetime, ends_at: datetime) -> str:
    """From an instant to another: `ma 23.11.2026 klo 9.00–12.00`, with both days if it goes over midnight."""
    if clock.day_of(starts_at) == clock.day_of(ends_at):
        return f"{when(starts_at)}–{clock_time(ends_at)}"
    return f"{when(starts_at)} – {when(ends_at)}"


def _code() -> str:
    return _plain_code(language())


def _plain_code(code: str) -> str:
    return code.partition("@")[0]


def _locale() -> Locale:
    return _babel_locale(_code())


@cache
def _babel_locale(code: str) -> Locale:
    return Locale.parse("en_GB" if code == SOURCE else f"{code}_FI")


def init_app(app: Flask) -> None:
    """Give the app gettext, the filters and the language helpers."""
    CatalogueBabel(app, default_locale=DEFAULT)
    for code in FALLBACKS:
        translations(code)
    READS.update({date: short_day, datetime: when, time: wall_time, MoneyTold: money, Decimal: number})
    app.jinja_env.filters.update(
        money=money, number=number, percent=percent, hours=hours, day=day, month=month, clock=clock_time, when=when
    )
    app.jinja_env.globals.update(
        interval=interval, language=language, html_language=html_language, offered_languages=offered
    )

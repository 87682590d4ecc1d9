"""Who somebody is and what they may do; pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from jobcenter.core.errors import AlreadyDone, DomainError


class JobcenterKind(StrEnum):
    """Which work activity a Jobcenter stands beside; some rules differ (same day, forms of contract)."""

    DISABILITY = "disability"
    REHABILITATIVE = "rehabilitative"


class Role(StrEnum):
    """What a user is to a Jobcenter. One user may be several things to several Jobcenters."""

    ORDERER = "orderer"
    COORDINATOR = "coordinator"
    WORKER = "worker"
    SUPPORT = "support"
    GUARDIAN = "guardian"
    UNIT_MANAGER = "unit_manager"
    ADMIN = "admin"


class LinkPurpose(StrEnum):
    """What a one-time link from a mail does when its button is pressed."""

    SIGN_IN = "sign_in"
    CONFIRM_ORDER = "confirm_order"
    ACCEPT_TERMS = "accept_terms"
    CONFIRM_HOURS = "confirm_hours"
    GIVE_FEEDBACK = "give_feedback"
    ANSWER_OFFER = "answer_offer"
    ANSWER_ASK = "answer_ask"
    READ_INVOICE = "read_invoice"


@dataclass(frozen=True)
class Grant:
    """One role at one Jobcenter."""

    role: Role
    jobcenter_id: int


@dataclass(frozen=True)
class Actor:
    """Whoever acts: a signed-in user, a visitor, or the system itself (no user id)."""

    user_id: int | None
    name: str
    language: str = "fi"
    grants: frozenset[Grant] = field(default_factory=frozenset)

    @property
    def is_signed_in(self) -> bool:
        return self.user_id is not None

    def has(self, *roles: Role) -> bool:
        """Whether the actor has any of the roles, at any Jobcenter."""
        return any(grant.role in roles for grant in self.grants)

    def jobcenters(self, *roles: Role) -> frozenset[int]:
        """The ids of the Jobcenters where the actor has any of the roles (any role at all, if none is named)."""
        return frozenset(grant.jobcenter_id for grant in self.grants if not roles or grant.role in roles)


SYSTEM = Actor(user_id=None, name="Jobcenter")


def visitor(language: str) -> Actor:
    """Somebody who has not signed in."""
    return Actor(user_id=None, name="-", language=language)


def full_name(given_name: str, family_name: str) -> str:
    """Both names, without blanks around."""
    return f"{given_name} {family_name}".strip()


# What is asked for


@dataclass(frozen=True)
class NewUser:
    """An account to be made."""

    email: str
    given_name: str
    family_name: str
    phone: str = ""
    language: str = "fi"


@dataclass(frozen=True)
class OwnDetails:
    """What a user may change of the own account."""

    given_name: str
    family_name: str
    phone: str
    language: str


@dataclass(frozen=True)
class JobcenterDetails:
    """What an administrator may change of a Jobcenter. `near_share`: from how many per cent of a limit it is near."""

    name: str
    area: str
    phone: str
    email: str
    street: str
    postcode: str
    city: str
    business_id: str
    iban: str
    bic: str
    partner_name: str
    partner_business_id: str
    near_share: Decimal


@dataclass(frozen=True)
class NewJobcenter:
    """A Jobcenter to be opened; what is left out its administrator fills in. `near_share`: per cent of a limit."""

    slug: str
    name: str
    kind: JobcenterKind
    email: str
    near_share: Decimal | None = None
    area: str = ""
    phone: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    business_id: str = ""
    iban: str = ""
    bic: str = ""
    partner_name: str = ""
    partner_business_id: str = ""


# Passwords

PASSWORD_MIN = 10
_LEET = str.maketrans("013457@$!", "oleastasi")
_RUNS = ("0123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopå", "asdfghjklöä", "zxcvbnm", "1q2w3e4r5t6y7u8i9o0p")
_RUN_MIN = 4
_DISTINCT_MIN = 5
_STRENGTH_MIN = 6
_WORD_STRENGTH = 2
_YEAR = re.compile(r"(?:19|20)\d\d")


class PoorPassword(DomainError):
    """A password that guessers try first."""


def check_password_rules(password: str, personal: Collection[str], common: Collection[str]) -> None:
    """Refuse a password that is short, or that guessers reach soon: common words, keyboard runs, years, own names.

    `personal` are the person's names and e-mail address, `common` the words that guessers begin with, in small letters.
    Three common words together are good enough; one or two with a year are not.
    """
    if len(password) < PASSWORD_MIN:
        raise PoorPassword("password_short", field="password", least=PASSWORD_MIN)
    if len(set(password)) < _DISTINCT_MIN or password_strength(password, common) < _STRENGTH_MIN:
        raise PoorPassword("password_common", field="password")
    impersonal = _without(password.casefold(), _personal_parts(personal))
    if password_strength(impersonal, common) < _STRENGTH_MIN:
        raise PoorPassword("password_personal", field="password")


def password_strength(password: str, common: Collection[str]) -> int:
    """How much guessing a password takes, roughly: each common word counts once, and so does what is left of it."""
    rest = _without_runs(_YEAR.sub(" ", password.casefold()))
    return min(_strength(version, common) for version in (rest, rest.translate(_LEET)))


def _strength(text: str, common: Collection[str]) -> int:
    words, rest = _taken_apart(text, common)
    letters = {char for char in rest if char.isalpha()}
    signs = {char for char in rest if not char.isalpha() and not char.isspace()}
    return _WORD_STRENGTH * len(words) + len(letters) + len(signs) // 2


def _taken_apart(text: str, common: Collection[str]) -> tuple[set[str], str]:
    """The common words in a text, the longest first at each place, and what stands between them."""
    longest = max(map(len, common), default=0)
    words, rest, start = set(), [], 0
    while start < len(text):
        sizes = range(min(longest, len(text) - start), 2, -1)
        word = next((text[start : start + size] for size in sizes if text[start : start + size] in common), "")
        if word:
            words.add(word)
        else:
            rest.append(text[start])
        start += len(word) or 1
    return words, "".join(rest)


def _personal_parts(personal: Collection[str]) -> set[str]:
    parts = {part for text in personal for part in re.split(r"[^\w]+|_", text.casefold())}
    return {part for part in parts if len(part) >= 3}


def _without_runs(text: str) -> str:
    for run in (*_RUNS, *(run[::-1] for run in _RUNS)):
        for size in range(len(run), _RUN_MIN - 1, -1):
            for start in range(len(run) - size + 1):
                text = text.replace(run[start : start + size], " ")
    return text


def _without(text: str, parts: Collection[str]) -> str:
    for part in sorted(parts, key=len, reverse=True):
        text = text.replace(part, " ")
    return text


# Tries


@dataclass(frozen=True)
class TryLimit:
    """At most `tries` failures within `window`."""

    tries: int
    window: timedelta


PER_ADDRESS = TryLimit(tries=5, window=timedelta(minutes=15))
PER_CLIENT = TryLimit(tries=40, window=timedelta(minutes=15))
LINKS_PER_ADDRESS = TryLimit(tries=5, window=timedelta(hours=1))
LINKS_PER_CLIENT = TryLimit(tries=40, window=timedelta(hours=1))


class TooManyTries(DomainError):
    """Sign-in was tried too often; `again` is the instant from which it may be tried again."""

    def __init__(self, again: datetime, minutes: int) -> None:
        super().__init__("too_many_tries", minutes=minutes)
        self.again = again


class WrongSignIn(DomainError):
    """The address and password do not belong together; never said which one is wrong."""

    def __init__(self) -> None:
        super().__init__("wrong_sign_in")


def check_tries(failures: Collection[datetime], limit: TryLimit, now: datetime) -> None:
    """Raise TooManyTries if the instants of the failures within the window are as many as the limit."""
    recent = sorted((failed for failed in failures if failed > now - limit.window), reverse=True)
    if len(recent) >= limit.tries:
        again = recent[limit.tries - 1] + limit.window
        raise TooManyTries(again, minutes=max(1, -(-(again - now) // timedelta(minutes=1))))


# One-time links


DOUBLE_CLICK = timedelta(seconds=10)


class LinkState(StrEnum):
    """Whether a link still works."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"


class LinkUsed(AlreadyDone):
    """The link has done its work already."""

    def __init__(self) -> None:
        super().__init__("link_used")


class LinkExpired(DomainError):
    """The link's time is over."""

    def __init__(self) -> None:
        super().__init__("link_expired")


@dataclass(frozen=True)
class Link:
    """What a link from a mail stands for."""

    id: int
    purpose: LinkPurpose
    subject_id: int
    user_id: int | None
    expires_at: datetime
    used_at: datetime | None

    def state(self, now: datetime) -> LinkState:
        if self.used_at is not None:
            return LinkState.USED
        return LinkState.OPEN if now < self.expires_at else LinkState.EXPIRED

    def just_used(self, now: datetime) -> bool:
        """Whether it was used a moment ago: the second click of a double click."""
        return self.used_at is not None and now - self.used_at <= DOUBLE_CLICK

    def check_open(self, now: datetime) -> None:
        """Raise LinkUsed or LinkExpired unless the link still works."""
        state = self.state(now)
        if state is LinkState.USED:
            raise LinkUsed
        if state is LinkState.EXPIRED:
            raise LinkExpired


def token_hash(token: str) -> str:
    """What is stored of a token: a look into the database gives nobody a working link."""
    return hashlib.sha256(token.encode()).hexdigest()

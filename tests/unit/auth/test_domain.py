"""Roles, passwords, tries, links: without a database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from jobcenter.auth.domain import (
    SYSTEM,
    Actor,
    Grant,
    Link,
    LinkExpired,
    LinkPurpose,
    LinkState,
    LinkUsed,
    PoorPassword,
    Role,
    TooManyTries,
    TryLimit,
    check_password_rules,
    check_tries,
    token_hash,
)
from jobcenter.auth.letters import paragraphs
from jobcenter.auth.passwords import common_words
from jobcenter.auth.paths import own_path
from jobcenter.auth.policy import can_close, can_create_user, can_grant

NOW = datetime(2026, 11, 22, 7, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LIMIT = TryLimit(tries=3, window=timedelta(minutes=15))
ADMIN = Actor(1, "A", grants=frozenset({Grant(Role.ADMIN, 1)}))
COORDINATOR = Actor(2, "C", grants=frozenset({Grant(Role.COORDINATOR, 1), Grant(Role.WORKER, 2)}))
WORKER = Actor(3, "W", grants=frozenset({Grant(Role.WORKER, 1)}))


def test_an_actor_knows_where_it_is_what() -> None:
    assert COORDINATOR.has(Role.COORDINATOR) and not COORDINATOR.has(Role.ADMIN)
    assert COORDINATOR.jobcenters(Role.COORDINATOR) == {1}
    assert COORDINATOR.jobcenters() == {1, 2}
    assert SYSTEM.jobcenters() == frozenset() and not SYSTEM.is_signed_in


@pytest.mark.parametrize(
    ("actor", "role", "jobcenter_id", "expected"),
    [
        (SYSTEM, Role.ADMIN, 1, True),
        (ADMIN, Role.ADMIN, 1, True),
        (ADMIN, Role.WORKER, 2, False),
        (COORDINATOR, Role.WORKER, 1, True),
        (COORDINATOR, Role.COORDINATOR, 1, False),
        (COORDINATOR, Role.WORKER, 2, False),
        (WORKER, Role.WORKER, 1, False),
    ],
)
def test_who_may_give_which_role(actor: Actor, role: Role, jobcenter_id: int, expected: bool) -> None:
    assert can_grant(actor, role, jobcenter_id) is expected


def test_who_may_make_and_close_accounts() -> None:
    assert [can_create_user(actor) for actor in (SYSTEM, ADMIN, COORDINATOR, WORKER)] == [True, True, True, False]
    assert can_close(ADMIN, frozenset({1})) and can_close(SYSTEM, frozenset())
    assert not any(can_close(ADMIN, places) for places in (frozenset(), frozenset({1, 2}), frozenset({2})))


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "password_short"),
        ("x7Kp!vq2Z", "password_short"),
        ("aaaaaaaaaaaaaa", "password_common"),
        ("salasana123", "password_common"),
        ("P4ssw0rd!!", "password_common"),
        ("Kesä2024!!", "password_common"),
        ("qwerty12345", "password_common"),
        ("1q2w3e4r5t", "password_common"),
        ("0987654321", "password_common"),
        ("HelsinkiSuomi1", "password_common"),
        ("jobcenter demo 2026", "password_common"),
        ("Orvokki.Lehtoranta1", "password_personal"),
        ("orvokkiorvokki77", "password_common"),
    ],
)
def test_poor_passwords_are_refused(password: str, code: str) -> None:
    with pytest.raises(PoorPassword) as refusal:
        check_password_rules(password, ("Orvokki", "Lehtoranta", "orvokki.lehtoranta@example.fi"), common_words())
    assert refusal.value.code == code


@pytest.mark.parametrize(
    "password", ["kolme vihreää kissaa", "lumi sataa hiljaa", "x7Kp!vq2Zm", "Šåö 😀 ämpäri", "x" * 3 + "y9 tuulimylly"]
)
def test_good_passwords_pass(password: str) -> None:
    check_password_rules(password, ("Orvokki", "Lehtoranta", "o@example.fi"), common_words())


@pytest.mark.parametrize(
    ("ago", "wait"),
    [((1, 2, 3), 12), ((0, 0, 0, 9), 15), ((14, 14.5, 14.9), 1)],
)
def test_too_many_tries_name_the_wait(ago: tuple[float, ...], wait: int) -> None:
    with pytest.raises(TooManyTries) as refusal:
        check_tries([NOW - minutes * MINUTE for minutes in ago], LIMIT, NOW)
    assert refusal.value.facts == {"minutes": wait}


@pytest.mark.parametrize("ago", [(), (1, 2), (1, 2, 15), (16, 17, 18, 19)])
def test_few_or_old_tries_pass(ago: tuple[int, ...]) -> None:
    check_tries([NOW - minutes * MINUTE for minutes in ago], LIMIT, NOW)


def _link(used_at: datetime | None = None, expires_at: datetime = NOW + MINUTE) -> Link:
    return Link(1, LinkPurpose.SIGN_IN, 1, 1, expires_at, used_at)


def test_links_are_open_used_or_expired() -> None:
    assert _link().state(NOW) is LinkState.OPEN
    assert _link(expires_at=NOW).state(NOW) is LinkState.EXPIRED
    assert _link(used_at=NOW, expires_at=NOW).state(NOW) is LinkState.USED
    _link().check_open(NOW)
    with pytest.raises(LinkExpired):
        _link(expires_at=NOW).check_open(NOW)
    with pytest.raises(LinkUsed):
        _link(used_at=NOW).check_open(NOW)


@pytest.mark.parametrize(("seconds", "expected"), [(0, True), (10, True), (11, False)])
def test_a_double_click_is_one_use(seconds: int, expected: bool) -> None:
    assert _link(used_at=NOW).just_used(NOW + timedelta(seconds=seconds)) is expected


def test_a_token_is_kept_as_a_hash() -> None:
    assert token_hash("a") != token_hash("b") and len(token_hash("a")) == 64


@pytest.mark.parametrize("path", ["/", "/account", "/orders?page=2", "/a?next=https://x"])
def test_own_paths(path: str) -> None:
    assert own_path(path) == path


@pytest.mark.parametrize(
    "path", [None, "", "account", "//evil.example", "/\\evil.example", "https://evil.example/", "/a\r\nb"]
)
def test_foreign_paths(path: str | None) -> None:
    assert own_path(path) == ""


def test_links_in_a_letter_lead_where_the_site_is_visited() -> None:
    body = "Hei,\n\nhttps://jc.example/enter/abc.\nKiitos https://other.example/x\n"
    assert paragraphs(body, "https://jc.example") == [
        [[("Hei,", "")]],
        [
            [("https://jc.example/enter/abc", "/enter/abc"), (".", "")],
            [("Kiitos ", ""), ("https://other.example/x", "https://other.example/x")],
        ],
    ]

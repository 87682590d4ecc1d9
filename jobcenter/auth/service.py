"""Verbs of the doors: accounts and roles, passwords, sign-in, one-time links."""

from __future__ import annotations

import secrets
from dataclasses import asdict
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import delete, update

from jobcenter.auth import messages, passwords, policy, queries
from jobcenter.auth.domain import (
    LINKS_PER_ADDRESS,
    LINKS_PER_CLIENT,
    PER_ADDRESS,
    PER_CLIENT,
    SYSTEM,
    Actor,
    JobcenterDetails,
    Link,
    LinkPurpose,
    NewJobcenter,
    NewUser,
    OwnDetails,
    Role,
    TryLimit,
    WrongSignIn,
    check_password_rules,
    check_tries,
    token_hash,
)
from jobcenter.auth.models import ActionLink, Jobcenter, RoleGrant, SignInAttempt, User
from jobcenter.benefits import law
from jobcenter.benefits.register import NEAR_SHARE
from jobcenter.core import audit, clock, texts, todo, web
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone, DomainError, NotFound, NotPossible
from jobcenter.core.uow import flush, register_clash
from jobcenter.notifications import service as notifications

SIGN_IN_LINK_VALID_FOR = timedelta(minutes=30)
ATTEMPTS_KEPT_FOR = timedelta(days=1)
LINKS_KEPT_FOR = timedelta(days=180)


class EmailTaken(DomainError):
    """Another user has this address."""

    def __init__(self) -> None:
        super().__init__("email_taken", field="email")


register_clash("uq_app_user_email", EmailTaken)
register_clash("uq_role_grant_user_id_jobcenter_id_role", lambda: AlreadyDone("role_granted"))


# Accounts and roles


def create_user(actor: Actor, new: NewUser) -> User:
    """Make an account without a password: its owner signs in by link and may set one. Raises EmailTaken."""
    if not policy.can_create_user(actor):
        raise NotFound
    if queries.user_by_email(new.email) is not None:
        raise EmailTaken
    user = User(
        email=new.email.strip().lower(),
        given_name=new.given_name,
        family_name=new.family_name,
        phone=new.phone,
        language=texts.known(new.language) or texts.DEFAULT,
        password_hash=None,
        session_epoch=0,
        active=True,
        created_at=clock.now(),
    )
    db.session.add(user)
    flush()
    audit.record(actor, "user.create", "user", user.id, after=_facts(user) | {"email": user.email})
    return user


def ensure_user(actor: Actor, new: NewUser) -> User:
    """The account with this address, made if there is none; an existing one is left as it is."""
    return queries.user_by_email(new.email, lock=True) or create_user(actor, new)


def grant_role(actor: Actor, user_id: int, jobcenter_id: int, role: Role) -> None:
    """Give a user a role at a Jobcenter. Raises AlreadyDone if they have it."""
    if not policy.can_grant(actor, role, jobcenter_id):
        raise NotFound
    if queries.grant(user_id, jobcenter_id, role) is not None:
        raise AlreadyDone("role_granted")
    now = clock.now()
    db.session.add(RoleGrant(user_id=user_id, jobcenter_id=jobcenter_id, role=role, granted_at=now))
    flush()
    audit.record(actor, "role.grant", "user", user_id, after={"role": role}, jobcenter_id=jobcenter_id)


def ensure_role(actor: Actor, user_id: int, jobcenter_id: int, role: Role) -> None:
    """Give a user a role at a Jobcenter, unless they have it."""
    if queries.grant(user_id, jobcenter_id, role) is None:
        grant_role(actor, user_id, jobcenter_id, role)


def revoke_role(actor: Actor, user_id: int, jobcenter_id: int, role: Role) -> None:
    """Take a role away. Raises AlreadyDone if the user does not have it, NotPossible for the last administrator."""
    if not policy.can_grant(actor, role, jobcenter_id):
        raise NotFound
    grant = queries.grant(user_id, jobcenter_id, role)
    if grant is None:
        raise AlreadyDone("role_missing")
    if role is Role.ADMIN:
        _keep_an_admin(jobcenter_id, user_id)
    db.session.delete(grant)
    audit.record(actor, "role.revoke", "user", user_id, before={"role": role}, jobcenter_id=jobcenter_id)


def deactivate(actor: Actor, user_id: int) -> None:
    """Close an account and end its sessions. Raises AlreadyDone if closed, NotPossible for a last administrator."""
    user = _user_to_close(actor, user_id)
    if not user.active:
        raise AlreadyDone("user_inactive")
    for jobcenter_id in queries.actor_for(user_id).jobcenters(Role.ADMIN):
        _keep_an_admin(jobcenter_id, user_id)
    user.active = False
    _end_sessions(user)
    audit.record(actor, "user.close", "user", user_id, before={"active": True}, after={"active": False})


def reactivate(actor: Actor, user_id: int) -> None:
    """Open a closed account again. Raises AlreadyDone if it is open."""
    user = _user_to_close(actor, user_id)
    if user.active:
        raise AlreadyDone("user_active")
    user.active = True
    audit.record(actor, "user.reopen", "user", user_id, before={"active": False}, after={"active": True})


def change_details(actor: Actor, details: OwnDetails) -> None:
    """Change the own name, telephone and language."""
    user = queries.account(actor, lock=True)
    before = _facts(user)
    user.given_name, user.family_name = details.given_name, details.family_name
    user.phone, user.language = details.phone, details.language
    if _facts(user) != before:
        audit.record(actor, "user.change", "user", user.id, before=before, after=_facts(user))


def set_language(actor: Actor, code: str) -> None:
    """Keep the language that a signed-in user chose."""
    user = queries.account(actor, lock=True)
    if texts.known(code) and code != user.language:
        before, user.language = {"language": user.language}, code
        audit.record(actor, "user.language", "user", user.id, before=before, after={"language": code})


def add_jobcenter(actor: Actor, new: NewJobcenter) -> Jobcenter:
    """Open a Jobcenter; only the installation itself does that."""
    if actor is not SYSTEM:
        raise NotFound
    given = vars(new) | {"near_share": new.near_share or _common_near_share()}
    jobcenter = Jobcenter(**given)
    db.session.add(jobcenter)
    flush()
    audit.record(actor, "jobcenter.open", "jobcenter", jobcenter.id, after={"name": jobcenter.name})
    return jobcenter


def change_jobcenter(actor: Actor, jobcenter_id: int, details: JobcenterDetails) -> None:
    """Change a Jobcenter's names, contact, account and partner. Raises NotFound for others than its administrators."""
    if jobcenter_id not in actor.jobcenters(Role.ADMIN):
        raise NotFound
    jobcenter = queries.jobcenter(jobcenter_id)
    before = {name: getattr(jobcenter, name) for name in asdict(details)}
    for name, value in asdict(details).items():
        setattr(jobcenter, name, value)
    if before["near_share"] != details.near_share:
        todo.leave(todo.Changed.RULES, f"jobcenter {jobcenter_id}")
    if before != asdict(details):
        audit.record(
            actor, "jobcenter.change", "jobcenter", jobcenter_id, before, asdict(details), jobcenter_id=jobcenter_id
        )


# Passwords


def set_password(actor: Actor, present: str, password: str) -> None:
    """Set or change the own password; every session ends. Who has one proves it first.

    Raises DomainError `password_wrong` and PoorPassword.
    """
    user = queries.account(actor, lock=True)
    if user.password_hash is not None and not passwords.matches(user.password_hash, present):
        raise DomainError("password_wrong", field="present")
    _store_password(user, password)
    _end_sessions(user)
    audit.record(actor, "user.password", "user", user.id)


def preset_password(actor: Actor, user_id: int, password: str) -> None:
    """Give a user a password from the command line or the demo. Raises PoorPassword."""
    if actor is not SYSTEM:
        raise NotFound
    user = db.session.get_one(User, user_id)
    _store_password(user, password)
    audit.record(actor, "user.password", "user", user.id)


def end_sessions(actor: Actor) -> None:
    """Sign the actor out everywhere."""
    user = queries.account(actor, lock=True)
    _end_sessions(user)
    audit.record(actor, "user.sign_out_everywhere", "user", user.id)


def end_sessions_of(actor: Actor, user_id: int) -> None:
    """Sign somebody else out everywhere, by the administrator of every Jobcenter where they have a role."""
    user = _user_to_close(actor, user_id)
    _end_sessions(user)
    audit.record(actor, "user.sign_out_everywhere", "user", user.id)


# Sign-in


def sign_in(email: str, password: str, client: str) -> int | None:
    """The user's id if address and password belong together, else None; either is noted.

    `client` is the browser's network address. Raises TooManyTries.
    """
    now = clock.now()
    email = email.strip().lower()
    _check_sign_in_tries(email, client, now)
    user = queries.user_by_email(email, lock=True)
    right = passwords.matches(user.password_hash if user else None, password) and user is not None and user.active
    _note_attempt(email, client, now, by_link=False, succeeded=right)
    if not right:
        return None
    if passwords.is_outdated(user.password_hash):
        user.password_hash = passwords.hashed(password)
    _record_sign_in(user, "user.sign_in")
    return user.id


def ask_sign_in_link(email: str, client: str) -> None:
    """Mail a sign-in link to the address, if somebody signs in with it; the caller cannot tell. Raises TooManyTries."""
    now = clock.now()
    email = email.strip().lower()
    widest = max(LINKS_PER_ADDRESS.window, LINKS_PER_CLIENT.window)
    wishes = queries.link_wishes(email, client, now - widest)
    check_tries(wishes.by_address, LINKS_PER_ADDRESS, now)
    check_tries(wishes.by_client, LINKS_PER_CLIENT, now)
    _note_attempt(email, client, now, by_link=True, succeeded=True)
    user = queries.user_by_email(email)
    if user is not None and user.active:
        _mail_sign_in_link(user)


def sign_in_by_link(token: str) -> int:
    """Use a sign-in link: the user's id. Raises LinkUsed, LinkExpired, WrongSignIn for a closed account.

    A second press of the same button within moments is the same sign-in.
    """
    now = clock.now()
    link = queries.link_for(LinkPurpose.SIGN_IN, token, lock=True)
    if not link.just_used(now):
        _use(link, now)
    user = db.session.get_one(User, link.user_id)
    if not user.active:
        raise WrongSignIn
    _record_sign_in(user, "user.sign_in_by_link")
    return user.id


# One-time links


def make_link(purpose: LinkPurpose, subject_id: int, user_id: int | None, valid_for: timedelta) -> str:
    """A new one-time link: its token, to stand in a URL. Only a hash of it is kept."""
    token = secrets.token_urlsafe(32)
    now = clock.now()
    link = ActionLink(token_hash=token_hash(token), purpose=purpose, subject_id=subject_id, user_id=user_id)
    link.created_at, link.expires_at, link.used_at = now, now + valid_for, None
    db.session.add(link)
    return token


def use_link(purpose: LinkPurpose, token: str) -> Link:
    """Use a link up, in the same transaction as what it does. Raises LinkUsed, LinkExpired, NotFound."""
    link = queries.link_for(purpose, token, lock=True)
    _use(link, clock.now())
    return link


def shorten_links(purpose: LinkPurpose, subject_id: int, until: datetime) -> None:
    """Let no link to one thing open it from an instant on; now ends them all."""
    query = update(ActionLink).where(ActionLink.purpose == purpose, ActionLink.subject_id == subject_id)
    db.session.execute(query.where(ActionLink.expires_at > until).values(expires_at=until))


def tidy(now: datetime) -> int:
    """Remove tries and links that nobody asks about any more; how many."""
    tries = delete(SignInAttempt).where(SignInAttempt.at < now - ATTEMPTS_KEPT_FOR)
    links = delete(ActionLink).where(ActionLink.expires_at < now - LINKS_KEPT_FOR)
    options = {"synchronize_session": False}
    return sum(db.session.execute(statement, execution_options=options).rowcount for statement in (tries, links))


def _common_near_share() -> Decimal:
    """From how many per cent of a limit on earnings are near it, by the common rule."""
    return law().value_on(NEAR_SHARE, clock.today()).value * 100


def _use(link: Link, now: datetime) -> None:
    link.check_open(now)
    db.session.get_one(ActionLink, link.id).used_at = now


def _mail_sign_in_link(user: User) -> None:
    token = make_link(LinkPurpose.SIGN_IN, user.id, user.id, SIGN_IN_LINK_VALID_FOR)
    url = web.absolute_url("auth.enter", token=token)
    minutes = SIGN_IN_LINK_VALID_FOR // timedelta(minutes=1)
    with texts.in_language(user.language):
        mail = messages.sign_in_mail(user.given_name, url, minutes)
    notifications.queue(
        mail, to=user.email, language=user.language, dedupe_key=f"sign-in:{token_hash(token)}", kind="sign_in"
    )


def _check_sign_in_tries(email: str, client: str, now: datetime) -> None:
    widest = max(PER_ADDRESS.window, PER_CLIENT.window)
    failures = queries.failed_sign_ins(email, client, now - widest)
    limits: tuple[tuple[tuple[datetime, ...], TryLimit], ...] = (
        (failures.by_address, PER_ADDRESS),
        (failures.by_client, PER_CLIENT),
    )
    for instants, limit in limits:
        check_tries(instants, limit, now)


def _note_attempt(email: str, client: str, now: datetime, *, by_link: bool, succeeded: bool) -> None:
    db.session.add(SignInAttempt(at=now, email=email, client=client[:64], by_link=by_link, succeeded=succeeded))


def _record_sign_in(user: User, verb: str) -> None:
    audit.record(Actor(user.id, user.name, user.language), verb, "user", user.id)


def _store_password(user: User, password: str) -> None:
    personal = (user.given_name, user.family_name, user.email)
    check_password_rules(password, personal, passwords.common_words())
    user.password_hash = passwords.hashed(password)


def _end_sessions(user: User) -> None:
    """End every session; sign-in links that are still on their way work no longer either."""
    user.session_epoch += 1
    waiting = (ActionLink.user_id == user.id, ActionLink.purpose == LinkPurpose.SIGN_IN, ActionLink.used_at.is_(None))
    now = clock.now()
    db.session.execute(update(ActionLink).where(*waiting, ActionLink.expires_at > now).values(expires_at=now))


def _keep_an_admin(jobcenter_id: int, but_user_id: int) -> None:
    if queries.admin_ids(jobcenter_id) <= {but_user_id}:
        raise NotPossible("last_admin")


def _user_to_close(actor: Actor, user_id: int) -> User:
    user = queries.user(user_id, lock=True)
    if not policy.can_close(actor, queries.jobcenter_ids_of_user(user_id)):
        raise NotFound
    return user


def _facts(user: User) -> dict[str, str]:
    return {
        "given_name": user.given_name,
        "family_name": user.family_name,
        "phone": user.phone,
        "language": user.language,
    }

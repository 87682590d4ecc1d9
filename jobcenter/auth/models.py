"""Tables of the doors: Jobcenters, users, roles, one-time links, tries to sign in."""

from __future__ import annotations

from sqlalchemy import Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.auth.domain import JobcenterKind, LinkPurpose, Role, full_name
from jobcenter.core.db import Base, Id, Instant, Percent, Short, choice, ref

EMAIL = String(254)


class Jobcenter(Base):
    """One Jobcenter.

    The partner is the employer in the partner form. Earnings count as near a limit from `near_share` per cent of it on.
    """

    __tablename__ = "jobcenter"

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[Short]
    kind: Mapped[JobcenterKind] = mapped_column(choice(JobcenterKind))
    area: Mapped[Short]
    phone: Mapped[str] = mapped_column(String(40))
    email: Mapped[str] = mapped_column(EMAIL)
    street: Mapped[Short]
    postcode: Mapped[str] = mapped_column(String(10))
    city: Mapped[Short]
    business_id: Mapped[str] = mapped_column(String(20))
    iban: Mapped[str] = mapped_column(String(34))
    bic: Mapped[str] = mapped_column(String(11))
    partner_name: Mapped[Short]
    partner_business_id: Mapped[str] = mapped_column(String(20))
    near_share: Mapped[Percent]


class User(Base):
    """A person who signs in. `email` is kept in small letters; raising `session_epoch` ends every session."""

    __tablename__ = "app_user"

    id: Mapped[Id]
    email: Mapped[str] = mapped_column(EMAIL, unique=True)
    given_name: Mapped[Short]
    family_name: Mapped[Short]
    phone: Mapped[str] = mapped_column(String(40))
    password_hash: Mapped[str | None] = mapped_column(String(250))
    language: Mapped[str] = mapped_column(String(10))
    session_epoch: Mapped[int] = mapped_column(Integer)
    active: Mapped[bool]
    created_at: Mapped[Instant]

    @property
    def name(self) -> str:
        return full_name(self.given_name, self.family_name)


class RoleGrant(Base):
    """A user's role at a Jobcenter."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("user_id", "jobcenter_id", "role"),)

    id: Mapped[Id]
    user_id: Mapped[int] = ref("app_user.id", index=False)
    jobcenter_id: Mapped[int] = ref("jobcenter.id")
    role: Mapped[Role] = mapped_column(choice(Role))
    granted_at: Mapped[Instant]


class ActionLink(Base):
    """A one-time link from a mail; only the hash of its token is kept."""

    __tablename__ = "action_link"

    id: Mapped[Id]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[LinkPurpose] = mapped_column(choice(LinkPurpose))
    subject_id: Mapped[int] = mapped_column(Integer)
    user_id: Mapped[int | None] = ref("app_user.id")
    created_at: Mapped[Instant]
    expires_at: Mapped[Instant]
    used_at: Mapped[Instant | None]


class SignInAttempt(Base):
    """A try to sign in, or a wish for a link, by address and client; removed when no limit looks at it any more."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (
        Index("ix_sign_in_attempt_email_at", "email", "at"),
        Index("ix_sign_in_attempt_client_at", "client", "at"),
    )

    id: Mapped[Id]
    at: Mapped[Instant]
    email: Mapped[str] = mapped_column(EMAIL)
    client: Mapped[str] = mapped_column(String(64))
    by_link: Mapped[bool]
    succeeded: Mapped[bool]

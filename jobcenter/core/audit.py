"""The audit log: append-only and hash-chained, so that a removed or altered row shows.

Changes are buffered with `record` and written by the unit of work in the same transaction. Reads of facts that need a
trail (benefits held) are buffered with `note_read` and written when the request ends.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol, TypedDict, Unpack

from sqlalchemy import Index, Integer, String, event, insert, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from jobcenter.core import clock
from jobcenter.core.db import Base, Id, Instant, Json, Short, choice, db

FIRST_LINK = "0" * 64
_CHAIN_LOCK = 7_203_001
_PENDING = "audit_pending"
_READS = "audit_reads"


class Kind(StrEnum):
    """What an event tells of."""

    CHANGE = "change"
    READ = "read"


class Who(Protocol):
    """The part of an actor that the log needs."""

    @property
    def user_id(self) -> int | None: ...
    @property
    def name(self) -> str: ...


class Scope(TypedDict, total=False):
    """Whose log a change belongs to, and on behalf of which user it was made."""

    jobcenter_id: int | None
    on_behalf_of: int | None


class AuditEvent(Base):
    """One change or one read. `link` is the hash of this row's facts and of the row before it."""

    __tablename__ = "audit_event"
    __table_args__ = (
        Index("ix_audit_event_thing", "thing_type", "thing_id"),
        Index("ix_audit_event_jobcenter_id_id", "jobcenter_id", "id"),
    )

    id: Mapped[Id]
    at: Mapped[Instant]
    kind: Mapped[Kind] = mapped_column(choice(Kind))
    actor_id: Mapped[int | None] = mapped_column(Integer, index=True)
    actor_name: Mapped[Short]
    on_behalf_of: Mapped[int | None] = mapped_column(Integer)
    jobcenter_id: Mapped[int | None] = mapped_column(Integer)
    verb: Mapped[Short]
    thing_type: Mapped[str] = mapped_column(String(60))
    thing_id: Mapped[str] = mapped_column(String(64))
    before: Mapped[Any] = mapped_column(Json, nullable=True)
    after: Mapped[Any] = mapped_column(Json, nullable=True)
    previous: Mapped[str] = mapped_column(String(64))
    link: Mapped[str] = mapped_column(String(64), unique=True)


@event.listens_for(AuditEvent, "before_update")
@event.listens_for(AuditEvent, "before_delete")
def _refuse_change(_mapper: Any, _connection: Any, target: AuditEvent) -> None:
    raise RuntimeError(f"audit event {target.id} cannot be changed or removed")


def record(
    actor: Who,
    verb: str,
    thing_type: str,
    thing_id: int | str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    **scope: Unpack[Scope],
) -> None:
    """Put a change on the log of the unit of work at hand. Raises RuntimeError outside one."""
    info = db.session().info
    if _PENDING not in info:
        raise RuntimeError(f"{verb} of {thing_type} {thing_id} happened outside a unit of work")
    facts = _facts(Kind.CHANGE, actor, verb, thing_type, thing_id)
    facts |= {"before": _plain(before), "after": _plain(after)}
    info[_PENDING].append(facts | {"jobcenter_id": None, "on_behalf_of": None} | scope)


def note_read(
    actor: Who, thing_type: str, thing_id: int | str, fields: Iterable[str], jobcenter_id: int | None = None
) -> None:
    """Note that the actor saw these facts of a thing; the same read twice in one request is one event."""
    facts = _facts(Kind.READ, actor, "read", thing_type, thing_id)
    facts |= {"before": None, "after": {"fields": sorted(fields)}}
    facts |= {"jobcenter_id": jobcenter_id, "on_behalf_of": None}
    reads = db.session().info.setdefault(_READS, {})
    reads.setdefault((actor.user_id, thing_type, str(thing_id), tuple(sorted(fields))), facts)


def open_buffer(session: Session) -> None:
    """Begin to take changes (called by the unit of work)."""
    session.info[_PENDING] = []


def close_buffer(session: Session) -> None:
    """Stop taking changes; what was not written is forgotten (called by the unit of work)."""
    session.info.pop(_PENDING, None)


def has_reads() -> bool:
    """Whether reads wait to be written."""
    return bool(db.session().info.get(_READS))


def write_buffer(session: Session) -> None:
    """Write what was buffered, as the last thing before the commit: the chain is locked from here to there, and whoever
    else writes waits, so that all that can be made ready before is.
    """
    events = [*session.info.get(_PENDING, ()), *session.info.pop(_READS, {}).values()]
    if not events:
        return
    ready = [(facts, _canonical(facts)) for facts in events]
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _CHAIN_LOCK})
    previous = session.scalar(select(AuditEvent.link).order_by(AuditEvent.id.desc()).limit(1)) or FIRST_LINK
    rows = []
    for facts, canonical in ready:
        link = _link(previous, canonical)
        rows.append(facts | {"previous": previous, "link": link})
        previous = link
    session.execute(insert(AuditEvent), rows)


@dataclass(frozen=True)
class ChainReport:
    """How many events were checked, and the ids of those that do not follow from the one before."""

    checked: int
    broken: tuple[int, ...]

    @property
    def whole(self) -> bool:
        return not self.broken


def verify_chain() -> ChainReport:
    """Recompute every link from the first event on."""
    previous, checked, broken = FIRST_LINK, 0, []
    for row in _rows():
        checked += 1
        facts = {name: row[name] for name in _HASHED}
        if row["previous"] != previous or row["link"] != _link(previous, _canonical(facts)):
            broken.append(row["id"])
        previous = row["link"]
    return ChainReport(checked=checked, broken=tuple(broken))


@dataclass(frozen=True)
class Search:
    """What the log page asks for; None means any. `before_id` pages backwards in time."""

    jobcenter_ids: frozenset[int] | None = None
    kind: Kind | None = None
    actor_id: int | None = None
    thing_type: str | None = None
    thing_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    before_id: int | None = None


def events(search: Search, limit: int = 50) -> list[AuditEvent]:
    """The newest events that fit, newest first."""
    query = select(AuditEvent).order_by(AuditEvent.id.desc()).limit(limit)
    same = {"kind": search.kind, "actor_id": search.actor_id}
    same |= {"thing_type": search.thing_type, "thing_id": search.thing_id}
    for name, value in same.items():
        if value is not None:
            query = query.where(getattr(AuditEvent, name) == value)
    if search.jobcenter_ids is not None:
        query = query.where(AuditEvent.jobcenter_id.in_(search.jobcenter_ids))
    if search.since is not None:
        query = query.where(AuditEvent.at >= search.since)
    if search.until is not None:
        query = query.where(AuditEvent.at < search.until)
    if search.before_id is not None:
        query = query.where(AuditEvent.id < search.before_id)
    return list(db.session.scalars(query))


_HASHED = (
    "at",
    "kind",
    "actor_id",
    "actor_name",
    "on_behalf_of",
    "jobcenter_id",
    "verb",
    "thing_type",
    "thing_id",
    "before",
    "after",
)


def _facts(kind: Kind, actor: Who, verb: str, thing_type: str, thing_id: int | str) -> dict[str, Any]:
    return {
        "at": clock.now(),
        "kind": kind,
        "actor_id": actor.user_id,
        "actor_name": actor.name[:120],
        "verb": verb,
        "thing_type": thing_type,
        "thing_id": str(thing_id),
    }


def _rows() -> Iterator[Mapping[str, Any]]:
    query = select(AuditEvent.__table__).order_by(AuditEvent.id).execution_options(yield_per=1000)
    yield from db.session.execute(query).mappings()


def _canonical(facts: Mapping[str, Any]) -> str:
    """The facts in the one way of writing that is hashed."""
    plain = {name: _plain(facts[name]) for name in _HASHED}
    return json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _link(previous: str, canonical: str) -> str:
    return hashlib.sha256(f"{previous}\n{canonical}".encode()).hexdigest()


def _plain(value: Any) -> Any:
    """A value as JSON keeps it, the same before storing and after loading."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if isinstance(value, (set, frozenset)):
        return sorted(_plain(inner) for inner in value)
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if value is None or isinstance(value, (bool, int)):
        return value
    return str(value)

"""The database: base class, constraint names and the column types that every model uses."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any
from uuid import uuid4

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    ColumnElement,
    Date,
    DateTime,
    Enum,
    ForeignKey,
    MetaData,
    Numeric,
    String,
    Text,
    Time,
    event,
    func,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator


def _own_constraint_name(constraint: Any, _table: Any) -> str:
    """A column's list of choices is named after the column, any other check by the name it was given."""
    return constraint.columns[0].name if constraint._type_bound else constraint.name


NAMING = {
    "own_constraint_name": _own_constraint_name,
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(own_constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: takes aware datetimes only, stores UTC, gives aware UTC back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return None if value is None else as_utc(value)


def as_utc(value: datetime) -> datetime:
    """An instant as the database gives it, which may have forgotten that it is UTC."""
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# An instant as the database gives it, for `as_utc` where many are read and few are needed.
STORED_INSTANT = DateTime(timezone=True)


def choice(enum: type[StrEnum], length: int = 40) -> Enum:
    """A StrEnum stored as its text, with a CHECK constraint named after the enum."""
    return Enum(
        enum,
        native_enum=False,
        create_constraint=True,
        name=enum.__name__.lower(),
        length=length,
        values_callable=lambda members: [member.value for member in members],
    )


class EnumSet(TypeDecorator[frozenset[StrEnum]]):
    """A set of StrEnum members stored as a sorted JSON list of their texts; other values are refused."""

    impl = JSON
    cache_ok = True

    def __init__(self, enum: type[StrEnum]) -> None:
        super().__init__()
        self.enum = enum

    def process_bind_param(self, value: Any, dialect: Any) -> list[str] | None:
        return None if value is None else sorted({self.enum(member).value for member in value})

    def process_result_value(self, value: Any, dialect: Any) -> frozenset[StrEnum] | None:
        return None if value is None else frozenset(self.enum(member) for member in value)


class TextSet(TypeDecorator[frozenset[str]]):
    """A set of short texts without `|`, stored sorted as `|one|two|`, so that SQL finds a member; "" when empty."""

    impl = String(500)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:
        return value if value is None else f"|{'|'.join(sorted(value))}|" if value else ""

    def process_result_value(self, value: Any, dialect: Any) -> frozenset[str] | None:
        return None if value is None else frozenset(member for member in value.split("|") if member)

    @staticmethod
    def has(column: Any, member: str) -> ColumnElement[bool]:
        """The stored set has the member, letter by letter."""
        stored = type_coerce(column, String)
        return func.replace(stored, f"|{member}|", "") != stored


class Base(DeclarativeBase):
    """The base of all models. States are StrEnum text with CHECK, amounts Numeric(10, 2), instants aware UTC."""

    metadata = MetaData(naming_convention=NAMING)


# Column shapes: `name: Mapped[Short]` says length and type in one word.
Id = Annotated[int, mapped_column(primary_key=True)]
Short = Annotated[str, mapped_column(String(120))]
Line = Annotated[str, mapped_column(String(250))]
Long = Annotated[str, mapped_column(Text)]
Euros = Annotated[Decimal, mapped_column(Numeric(10, 2))]
Percent = Annotated[Decimal, mapped_column(Numeric(5, 2))]
Instant = Annotated[datetime, mapped_column(UtcDateTime())]
Day = Annotated[date, mapped_column(Date)]
WallClock = Annotated[time, mapped_column(Time)]


def new_ref() -> str:
    """A name that a row keeps for good, in exports and imports too, whatever database it comes to lie in."""
    return uuid4().hex


# The row's lasting name, unique within a Jobcenter: an importer's own, or one made here.
ExternalRef = Annotated[str, mapped_column(String(60), default=new_ref)]

Json = JSON().with_variant(JSONB(), "postgresql")


def ref(target: str, **options: Any) -> Any:
    """A foreign-key column, indexed: `order_id: Mapped[int] = ref("order.id")`."""
    ondelete = options.pop("ondelete", None)
    return mapped_column(ForeignKey(target, ondelete=ondelete), index=options.pop("index", True), **options)


# Marks a foreign key that triggers hold on PostgreSQL, once a statement instead of once a row.
HELD_BY_TRIGGER = {"held_by_trigger": True}


IMMEDIATE = "begin_immediate"

db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": True})


def stands(thing: Any, *_: Any) -> bool:
    """Whether a thing of the models is to be found in this database, as Alembic asks: all but what triggers hold."""
    return db.engine.dialect.name == "sqlite" or getattr(thing, "info", None) != HELD_BY_TRIGGER


@event.listens_for(Engine, "connect")
def _set_up_sqlite(connection: Any, _record: Any) -> None:
    """WAL, foreign keys, a busy timeout and transactions begun by us on SQLite; nothing on PostgreSQL."""
    if type(connection).__module__.startswith("sqlite3"):
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=10000", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    """Readers begin deferred and never wait; a unit of work takes the write lock at once (option `IMMEDIATE`)."""
    if connection.dialect.name == "sqlite":
        mode = "IMMEDIATE" if connection.get_execution_options().get(IMMEDIATE) else "DEFERRED"
        connection.exec_driver_sql(f"BEGIN {mode}")

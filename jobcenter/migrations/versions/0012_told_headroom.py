"""What is left of a limit with everything agreed done, in columns beside what was told.

Revision ID: 0012
Revises: 0011
"""
from decimal import Decimal

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

SNAPSHOT = sa.table(
    'limit_snapshot',
    sa.column('id', sa.Integer()),
    sa.column('payload', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')),
    sa.column('superseded_at', sa.DateTime(timezone=True)),
    sa.column('left_with_agreed', sa.Numeric(10, 2)),
    sa.column('hours_with_agreed', sa.Integer()),
)
CHUNK = 1000


def upgrade() -> None:
    op.add_column('limit_snapshot', sa.Column('left_with_agreed', sa.Numeric(precision=10, scale=2), nullable=True))
    op.add_column('limit_snapshot', sa.Column('hours_with_agreed', sa.Integer(), nullable=True))
    _fill(op.get_bind())


def _fill(connection: sa.Connection) -> None:
    """Those that hold still, from what was told then."""
    after = 0
    while rows := connection.execute(_part(after)).all():
        for row in rows:
            change = sa.update(SNAPSHOT).where(SNAPSHOT.c.id == row.id)
            connection.execute(change.values(left_with_agreed=_left(row.payload), hours_with_agreed=row.payload.get('left_hours_with_agreed')))
        after = rows[-1].id


def _part(after: int) -> sa.Select:
    query = sa.select(SNAPSHOT.c.id, SNAPSHOT.c.payload).where(SNAPSHOT.c.superseded_at.is_(None), SNAPSHOT.c.id > after)
    return query.order_by(SNAPSHOT.c.id).limit(CHUNK)


def _left(payload: dict) -> Decimal | None:
    left = payload.get('left')
    return None if left is None else Decimal(left) - Decimal(payload.get('agreed') or 0)


def downgrade() -> None:
    with op.batch_alter_table('limit_snapshot') as batch:
        batch.drop_column('hours_with_agreed')
        batch.drop_column('left_with_agreed')

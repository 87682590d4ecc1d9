"""What is told of many people is kept once, by the name of what it says.

Revision ID: 0024
Revises: 0023
"""
from alembic import op
import sqlalchemy as sa

from jobcenter.core.db import Json

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None

SAID = sa.text(
    'update limit_snapshot set payload = (select said.payload from limit_said said where said.digest = '
    'limit_snapshot.digest) where payload is null'
)


def upgrade() -> None:
    op.create_table(
        'limit_said',
        sa.Column('digest', sa.String(length=64), nullable=False),
        sa.Column('payload', Json, nullable=False),
        sa.PrimaryKeyConstraint('digest', name=op.f('pk_limit_said')),
    )
    with op.batch_alter_table('limit_snapshot') as batch:
        batch.alter_column('payload', existing_type=Json, nullable=True)


def downgrade() -> None:
    op.execute(SAID)
    with op.batch_alter_table('limit_snapshot') as batch:
        batch.alter_column('payload', existing_type=Json, nullable=False)
    op.drop_table('limit_said')

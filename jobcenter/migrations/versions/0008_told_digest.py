"""A digest of what was told, so that the nightly check need not read it all to see that nothing changed.

Revision ID: 0008
Revises: 0007
"""
from alembic import op
import sqlalchemy as sa

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('limit_snapshot', sa.Column('digest', sa.String(length=64), nullable=False, server_default=''))
    with op.batch_alter_table('limit_snapshot') as batch:
        batch.alter_column('digest', server_default=None)


def downgrade():
    with op.batch_alter_table('limit_snapshot') as batch:
        batch.drop_column('digest')

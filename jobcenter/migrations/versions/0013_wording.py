"""Keep the law's texts once per version instead of in each telling, and what each person was last checked by.

Revision ID: 0013
Revises: 0012
"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def upgrade() -> None:
    op.create_table(
        'law_wording',
        sa.Column('rules_version', sa.String(length=120), nullable=False),
        sa.Column('sources', JSON, nullable=False),
        sa.Column('statutes', JSON, nullable=False),
        sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('rules_version', name=op.f('pk_law_wording')),
    )
    op.create_table(
        'limit_check',
        sa.Column('worker_id', sa.Integer(), nullable=False),
        sa.Column('fingerprint', sa.String(length=40), nullable=False),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_limit_check_worker_id')),
        sa.PrimaryKeyConstraint('worker_id', name=op.f('pk_limit_check')),
    )


def downgrade() -> None:
    op.drop_table('limit_check')
    op.drop_table('law_wording')

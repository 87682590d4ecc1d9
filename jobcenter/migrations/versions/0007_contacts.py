"""Keep the telephone numbers that administrators enter for contact points.

Revision ID: 0007
Revises: 0006
"""
from alembic import op
import sqlalchemy as sa

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'law_contact',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('point', sa.String(length=120), nullable=False),
        sa.Column('first_day', sa.Date(), nullable=False),
        sa.Column('phone', sa.String(length=40), nullable=False),
        sa.Column('source', sa.String(length=250), nullable=False),
        sa.Column('checked_on', sa.Date(), nullable=False),
        sa.Column('set_by_id', sa.Integer(), nullable=False),
        sa.Column('set_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('form_key', sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(['set_by_id'], ['app_user.id'], name=op.f('fk_law_contact_set_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_law_contact')),
        sa.UniqueConstraint('form_key', name=op.f('uq_law_contact_form_key')),
    )
    op.create_index(op.f('ix_law_contact_set_by_id'), 'law_contact', ['set_by_id'])


def downgrade() -> None:
    op.drop_table('law_contact')

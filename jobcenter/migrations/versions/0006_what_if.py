"""Answers to what if that a person has kept.

Revision ID: 0006
Revises: 0005
"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

QUESTIONS = ('offer', 'gig', 'monthly', 'weekly', 'raise')


def upgrade():
    op.create_table('what_if',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('worker_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('question', sa.Enum(*QUESTIONS, name='question', native_enum=False, length=40, create_constraint=True), nullable=False),
    sa.Column('rules_version', sa.String(length=120), nullable=False),
    sa.Column('payload', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.String(length=120), nullable=False),
    sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_what_if_worker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_what_if')),
    sa.UniqueConstraint('form_key', name=op.f('uq_what_if_form_key'))
    )
    with op.batch_alter_table('what_if', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_what_if_worker_id'), ['worker_id'], unique=False)


def downgrade():
    op.drop_table('what_if')

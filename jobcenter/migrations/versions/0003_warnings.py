"""Warnings: seen by the worker, closed with what was done, and of benefits that are reduced.

Revision ID: 0003
Revises: 0002
"""
from alembic import op
import sqlalchemy as sa

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

LEVELS = ('near', 'over_ahead', 'at_limit', 'over', 'review_ahead', 'review_due')
OUTCOMES = (
    'talked', 'gigs_moved', 'office_told', 'review_applied', 'pension_dormant', 'insured', 'nothing_needed',
)
NOW_HOLDS = sa.text('closed_at is null')


def upgrade():
    outcomes = sa.CheckConstraint(one_of('outcome', OUTCOMES), name=op.f('ck_limit_warning_outcome'))
    op.add_column('limit_warning', sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('limit_warning', sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('limit_warning', sa.Column('settled_by', sa.String(length=120), nullable=False, server_default=''))
    op.add_column('limit_warning', sa.Column('remark', sa.String(length=250), nullable=False, server_default=''))
    op.add_column('limit_warning', sa.Column('outcome', sa.String(length=40), outcomes, nullable=True))
    with op.batch_alter_table('limit_warning', copy_from=warning_table(*added_columns())) as table:
        table.drop_constraint(op.f('ck_limit_warning_level'), type_='check')
        allowed = one_of('level', (*LEVELS, 'reduced'))
        table.create_check_constraint(op.f('ck_limit_warning_level'), allowed)


def downgrade():
    op.execute("DELETE FROM limit_warning WHERE level = 'reduced'")
    with op.batch_alter_table('limit_warning', copy_from=warning_table(*added_columns())) as table:
        table.drop_constraint(op.f('ck_limit_warning_level'), type_='check')
        table.create_check_constraint(op.f('ck_limit_warning_level'), one_of('level', LEVELS))
        table.drop_constraint(op.f('ck_limit_warning_outcome'), type_='check')
        for name in ('outcome', 'remark', 'settled_by', 'settled_at', 'seen_at'):
            table.drop_column(name)


def one_of(column, values):
    listed = ', '.join(f"'{value}'" for value in values)
    return f'{column} IN ({listed})'


def added_columns():
    return (
        sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('settled_by', sa.String(length=120), nullable=False, server_default=''),
        sa.Column('remark', sa.String(length=250), nullable=False, server_default=''),
        sa.Column('outcome', sa.String(length=40), nullable=True),
    )


def warning_table(*added):
    """The table as SQLite makes it anew: PostgreSQL only changes the constraint."""
    return sa.Table('limit_warning', sa.MetaData(),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('jobcenter_id', sa.Integer(), nullable=False),
    sa.Column('worker_id', sa.Integer(), nullable=False),
    sa.Column('rule', sa.String(length=120), nullable=False),
    sa.Column('series', sa.String(length=10), nullable=False),
    sa.Column('period_from', sa.Date(), nullable=False),
    sa.Column('period_to', sa.Date(), nullable=False),
    sa.Column('level', sa.String(length=40), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('noted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('noted_by', sa.String(length=120), nullable=False),
    *added,
    sa.ForeignKeyConstraint(['jobcenter_id'], ['jobcenter.id'], name=op.f('fk_limit_warning_jobcenter_id')),
    sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_limit_warning_worker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_limit_warning')),
    sa.CheckConstraint('level is not null', name=op.f('ck_limit_warning_level')),
    sa.CheckConstraint(one_of('outcome', OUTCOMES), name=op.f('ck_limit_warning_outcome')),
    sa.Index('ix_limit_warning_jobcenter_open', 'jobcenter_id', sqlite_where=NOW_HOLDS, postgresql_where=NOW_HOLDS),
    sa.Index(op.f('ix_limit_warning_worker_id'), 'worker_id'),
    sa.Index('uq_limit_warning_open', 'worker_id', 'rule', 'series', unique=True, sqlite_where=NOW_HOLDS, postgresql_where=NOW_HOLDS)
    )

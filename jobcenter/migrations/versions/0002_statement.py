"""Keep every figure of a benefit's decision, income told of from work elsewhere, and income and debt statements.

The yearly income that was asked of a general housing allowance was income from work, while its decision counts all
income of the household, a month: the old figure says nothing about the new one, so it is taken away and asked anew.
What was told stays on the log.

Revision ID: 0002
Revises: 0001
"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

EUROS = sa.Numeric(precision=10, scale=2)
# Column, its type, and what it must hold.
FIGURES = (
    ('household', sa.String(length=40), "household IN ('single', 'couple_one_entitled', 'couple_both_entitled')"),
    ('municipality_group', sa.String(length=40), "municipality_group IN ('helsinki', '1', '2', '3', '4')"),
    ('housing_costs_month', EUROS, None),
    ('annual_income_other', EUROS, None),
    ('decided_monthly_income', EUROS, None),
    ('other_income_month', EUROS, None),
    ('rent', EUROS, None),
    ('adults', sa.Integer(), 'adults >= 1'),
    ('children', sa.Integer(), 'children >= 0'),
    ('decided_on', sa.Date(), None),
    ('period', sa.String(length=40), "period IN ('month', 'four_weeks')"),
    ('dependants', sa.Integer(), 'dependants >= 0'),
    ('net_pay_other', EUROS, None),
    ('aid_months', sa.Integer(), 'aid_months between 0 and 12'),
)
PURPOSES = ('take_part', 'support_sees_earnings', 'guardian_sees_earnings', 'unit_sees_gigs')
STATEMENT = 'income_and_debt_statement'
DRAFT = sa.text('done_at is null')


def upgrade():
    for name, kind, check in FIGURES:
        rules = [sa.CheckConstraint(check, name=op.f(f'ck_held_benefit_{name}'))] if check else []
        op.add_column('held_benefit', sa.Column(name, kind, *rules, nullable=True))
    op.execute("UPDATE held_benefit SET decided_annual_income = NULL WHERE kind = 'general_housing_allowance'")
    op.create_table('told_income',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('worker_id', sa.Integer(), nullable=False),
    sa.Column('what', sa.String(length=120), nullable=False),
    sa.Column('contract', sa.Enum('assignment', 'partner', name='contractform', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('monthly', sa.Boolean(), nullable=False),
    sa.Column('gross', EUROS, nullable=False),
    sa.Column('net', EUROS, nullable=True),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('told_by', sa.String(length=120), nullable=False),
    sa.Column('told_on', sa.Date(), nullable=False),
    sa.CheckConstraint('ends_on is null or ends_on >= starts_on', name=op.f('ck_told_income_days')),
    sa.CheckConstraint('monthly or ends_on is null', name=op.f('ck_told_income_once')),
    sa.CheckConstraint('gross >= 0', name=op.f('ck_told_income_gross')),
    sa.CheckConstraint('net >= 0', name=op.f('ck_told_income_net')),
    sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_told_income_worker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_told_income'))
    )
    op.create_index(op.f('ix_told_income_worker_id'), 'told_income', ['worker_id'], unique=False)
    op.create_table('income_statement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('worker_id', sa.Integer(), nullable=False),
    sa.Column('told', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('written_by', sa.String(length=120), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('review_on', sa.Date(), nullable=True),
    sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('(done_at is null) = (review_on is null)', name=op.f('ck_income_statement_review')),
    sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_income_statement_worker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_income_statement'))
    )
    op.create_index(op.f('ix_income_statement_worker_id'), 'income_statement', ['worker_id'], unique=False)
    op.create_index('uq_income_statement_draft', 'income_statement', ['worker_id'], unique=True, sqlite_where=DRAFT, postgresql_where=DRAFT)
    allow_purposes(*PURPOSES, STATEMENT)


def downgrade():
    op.execute(sa.text('DELETE FROM consent WHERE purpose = :purpose').bindparams(purpose=STATEMENT))
    allow_purposes(*PURPOSES)
    op.drop_index('uq_income_statement_draft', table_name='income_statement', sqlite_where=DRAFT, postgresql_where=DRAFT)
    op.drop_index(op.f('ix_income_statement_worker_id'), table_name='income_statement')
    op.drop_table('income_statement')
    op.drop_index(op.f('ix_told_income_worker_id'), table_name='told_income')
    op.drop_table('told_income')
    for name, _kind, _check in reversed(FIGURES):
        op.drop_column('held_benefit', name)


def allow_purposes(*purposes):
    """Let a consent name these purposes and no other. SQLite makes the table anew, as `consent_table` describes it."""
    allowed = ', '.join(f"'{purpose}'" for purpose in purposes)
    with op.batch_alter_table('consent', copy_from=consent_table()) as consent:
        consent.drop_constraint(op.f('ck_consent_purpose'), type_='check')
        consent.create_check_constraint(op.f('ck_consent_purpose'), f'purpose IN ({allowed})')


def consent_table():
    in_force = sa.text('withdrawn_at is null')
    return sa.Table('consent', sa.MetaData(),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('worker_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.String(length=40), nullable=False),
    sa.Column('parties', sa.String(length=250), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by', sa.String(length=120), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('purpose is not null', name=op.f('ck_consent_purpose')),
    sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_consent_worker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent')),
    sa.Index(op.f('ix_consent_worker_id'), 'worker_id'),
    sa.Index('uq_consent_in_force', 'worker_id', 'purpose', unique=True, sqlite_where=in_force, postgresql_where=in_force)
    )

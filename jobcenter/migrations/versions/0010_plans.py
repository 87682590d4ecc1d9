"""Plans of gigs, each place in them, and the priority of orders.

Revision ID: 0010
Revises: 0009
"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

SCOPES = ('day', 'week', 'all')
STATUSES = ('waiting', 'running', 'ready', 'sent', 'failed', 'discarded')
PLACEMENTS = ('proposed', 'left_out', 'sent', 'refused')
UNDER_WAY = sa.text("status in ('running', 'waiting')")
FACTS = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def upgrade():
    within = sa.CheckConstraint('priority between 1 and 9', name=op.f('ck_work_order_priority'))
    op.add_column('work_order', sa.Column('priority', sa.Integer(), within, nullable=False, server_default='5'))
    make_plan_run()
    make_plan_placement()


def make_plan_run():
    op.create_table(
        'plan_run',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('jobcenter_id', sa.Integer(), nullable=False),
        sa.Column('form_key', sa.String(), nullable=False),
        sa.Column('again_id', sa.Integer(), nullable=True),
        sa.Column('scope', one_of('scope', SCOPES), nullable=False),
        sa.Column('first_day', sa.Date(), nullable=False),
        sa.Column('last_day', sa.Date(), nullable=False),
        sa.Column('seconds', sa.Integer(), nullable=False),
        sa.Column('seed', sa.Integer(), nullable=False),
        sa.Column('unknown_limits', sa.Boolean(), nullable=False),
        sa.Column('status', one_of('planstatus', STATUSES), nullable=False),
        sa.Column('made_by', sa.String(length=120), nullable=False),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('attempts', sa.Integer(), nullable=False),
        sa.Column('heard_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('stop_asked', sa.Boolean(), nullable=False),
        sa.Column('progress', FACTS, nullable=False),
        sa.Column('result', FACTS, nullable=False),
        sa.Column('beside', FACTS, nullable=False),
        sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('closed_by', sa.String(length=120), nullable=False),
        sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint('last_day >= first_day', name=op.f('ck_plan_run_days')),
        sa.ForeignKeyConstraint(['jobcenter_id'], ['jobcenter.id'], name=op.f('fk_plan_run_jobcenter_id')),
        sa.ForeignKeyConstraint(['again_id'], ['plan_run.id'], name=op.f('fk_plan_run_again_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_run')),
        sa.UniqueConstraint('form_key', name=op.f('uq_plan_run_form_key')),
    )
    for column in ('jobcenter_id', 'again_id', 'status'):
        op.create_index(op.f(f'ix_plan_run_{column}'), 'plan_run', [column])
    op.create_index(
        'uq_plan_run_under_way',
        'plan_run',
        ['jobcenter_id'],
        unique=True,
        sqlite_where=UNDER_WAY,
        postgresql_where=UNDER_WAY,
    )


def make_plan_placement():
    op.create_table(
        'plan_placement',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('plan_run_id', sa.Integer(), nullable=False),
        sa.Column('gig_id', sa.Integer(), nullable=False),
        sa.Column('worker_id', sa.Integer(), nullable=False),
        sa.Column('support_id', sa.Integer(), nullable=True),
        sa.Column('locked', sa.Boolean(), nullable=False),
        sa.Column('by_hand', sa.Boolean(), nullable=False),
        sa.Column('reasons', FACTS, nullable=False),
        sa.Column('status', one_of('placementstatus', PLACEMENTS), nullable=False),
        sa.Column('offer_id', sa.Integer(), nullable=True),
        sa.Column('said', sa.Text(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['plan_run_id'], ['plan_run.id'], name=op.f('fk_plan_placement_plan_run_id')),
        sa.ForeignKeyConstraint(['gig_id'], ['gig.id'], name=op.f('fk_plan_placement_gig_id')),
        sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_plan_placement_worker_id')),
        sa.ForeignKeyConstraint(['support_id'], ['app_user.id'], name=op.f('fk_plan_placement_support_id')),
        sa.ForeignKeyConstraint(['offer_id'], ['offer.id'], name=op.f('fk_plan_placement_offer_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_placement')),
        sa.UniqueConstraint('plan_run_id', 'gig_id', 'worker_id', name=op.f('uq_plan_placement_plan_run_id_gig_id_worker_id')),
    )
    for column in ('gig_id', 'worker_id', 'support_id', 'offer_id'):
        op.create_index(op.f(f'ix_plan_placement_{column}'), 'plan_placement', [column])


def one_of(name, values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def downgrade():
    op.drop_table('plan_placement')
    op.drop_table('plan_run')
    with op.batch_alter_table('work_order') as table:
        table.drop_constraint(op.f('ck_work_order_priority'), type_='check')
        table.drop_column('priority')

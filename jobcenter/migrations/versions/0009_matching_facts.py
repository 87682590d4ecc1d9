"""What persons wish of gigs, who is with whom, where a place is, and how much the soft rules count.

Revision ID: 0009
Revises: 0008
"""
from alembic import op
import sqlalchemy as sa

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

SETS = ('wished_days', 'wished_parts', 'practise_tasks', 'practise_skills', 'contract_forms')
TEXTS = {'postcode': 5, 'areas': 500}
PARTS = ('wishes_tasks', 'wishes_areas', 'wishes_times', 'practise', 'fair_share', 'same_faces', 'feedback', 'likes', 'newcomer_beside_experienced', 'near', 'keep_headroom')


def upgrade() -> None:
    with op.batch_alter_table('worker') as batch:
        for name, length in TEXTS.items():
            batch.add_column(sa.Column(name, sa.String(length=length), nullable=False, server_default=''))
        for name in SETS:
            batch.add_column(sa.Column(name, sa.JSON(), nullable=False, server_default='[]'))
        batch.add_column(sa.Column('asks_over_limit', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('worker') as batch:
        for name in (*TEXTS, *SETS, 'asks_over_limit'):
            batch.alter_column(name, server_default=None)
    op.add_column('work_order', sa.Column('area', sa.String(length=120), nullable=False, server_default=''))
    with op.batch_alter_table('work_order') as batch:
        batch.alter_column('area', server_default=None)
    _ties()
    _weights()


def _ties() -> None:
    op.create_table(
        'worker_tie',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('first_id', sa.Integer(), nullable=False),
        sa.Column('second_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.Enum('apart', 'together', name='tiekind', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('reason', sa.String(length=250), nullable=False),
        sa.Column('noted_by', sa.String(length=120), nullable=False),
        sa.Column('noted_at', sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('first_id < second_id', name=op.f('ck_worker_tie_order')),
        sa.ForeignKeyConstraint(['first_id'], ['worker.id'], name=op.f('fk_worker_tie_first_id')),
        sa.ForeignKeyConstraint(['second_id'], ['worker.id'], name=op.f('fk_worker_tie_second_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_worker_tie')),
        sa.UniqueConstraint('first_id', 'second_id', name=op.f('uq_worker_tie_first_id_second_id')),
    )
    op.create_index(op.f('ix_worker_tie_second_id'), 'worker_tie', ['second_id'])
    op.create_table(
        'orderer_block',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('organisation_id', sa.Integer(), nullable=False),
        sa.Column('worker_id', sa.Integer(), nullable=False),
        sa.Column('reason', sa.String(length=250), nullable=False),
        sa.Column('noted_by', sa.String(length=120), nullable=False),
        sa.Column('noted_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_orderer_block_organisation_id')),
        sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_orderer_block_worker_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_orderer_block')),
        sa.UniqueConstraint('organisation_id', 'worker_id', name=op.f('uq_orderer_block_organisation_id_worker_id')),
    )
    op.create_index(op.f('ix_orderer_block_worker_id'), 'orderer_block', ['worker_id'])


def _weights() -> None:
    op.create_table(
        'soft_weight',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('jobcenter_id', sa.Integer(), nullable=False),
        sa.Column('rule', sa.Enum(*PARTS, name='part', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('weight', sa.Integer(), nullable=False),
        sa.Column('set_by', sa.String(length=120), nullable=False),
        sa.Column('set_at', sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('weight between 0 and 10', name=op.f('ck_soft_weight_weight')),
        sa.ForeignKeyConstraint(['jobcenter_id'], ['jobcenter.id'], name=op.f('fk_soft_weight_jobcenter_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_soft_weight')),
        sa.UniqueConstraint('jobcenter_id', 'rule', name=op.f('uq_soft_weight_jobcenter_id_rule')),
    )


def downgrade() -> None:
    op.drop_table('soft_weight')
    op.drop_table('orderer_block')
    op.drop_table('worker_tie')
    with op.batch_alter_table('work_order') as batch:
        batch.drop_column('area')
    with op.batch_alter_table('worker') as batch:
        for name in (*TEXTS, *SETS, 'asks_over_limit'):
            batch.drop_column(name)

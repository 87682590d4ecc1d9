"""Rounds of offers, what support persons can do, and support time.

Revision ID: 0014
Revises: 0013
"""
from alembic import op
import sqlalchemy as sa

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('offer_round',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('jobcenter_id', sa.Integer(), nullable=False),
        sa.Column('gig_id', sa.Integer(), nullable=False),
        sa.Column('manner', sa.Enum('in_turn', 'chosen', 'drawn', 'first', name='manner', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('status', sa.Enum('asking', 'choosing', 'offering', 'proposing', 'filled', 'empty', 'closed', name='roundstatus', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('reserve', sa.Enum('four_hours', 'next_noon', 'one_day', 'two_days', name='reserve', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('stand_in', sa.Enum('propose', 'send', name='standin', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('closes_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('lots', sa.Integer(), nullable=False),
        sa.Column('started_by', sa.String(length=120), nullable=False),
        sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('form_key', sa.String(length=36), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['gig_id'], ['gig.id'], name=op.f('fk_offer_round_gig_id')),
        sa.ForeignKeyConstraint(['jobcenter_id'], ['jobcenter.id'], name=op.f('fk_offer_round_jobcenter_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_offer_round')),
        sa.UniqueConstraint('form_key', name=op.f('uq_offer_round_form_key')),
    )
    op.create_index(op.f('ix_offer_round_gig_id'), 'offer_round', ['gig_id'])
    op.create_index(op.f('ix_offer_round_jobcenter_id'), 'offer_round', ['jobcenter_id'])
    op.create_index(op.f('ix_offer_round_status'), 'offer_round', ['status'])
    op.create_index('uq_offer_round_live', 'offer_round', ['gig_id'], unique=True, sqlite_where=sa.text("status != 'closed'"), postgresql_where=sa.text("status != 'closed'"))
    op.create_table('round_person',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('round_id', sa.Integer(), nullable=False),
        sa.Column('worker_id', sa.Integer(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('status', sa.Enum('waiting', 'asked', 'willing', 'unwilling', 'silent', 'offered', 'skipped', 'removed', name='linestatus', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('set_aside', sa.String(length=250), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('answered_by', sa.String(length=120), nullable=False),
        sa.Column('on_behalf', sa.Boolean(), nullable=False),
        sa.Column('pitch', sa.Text(), nullable=False),
        sa.Column('knows', sa.Boolean(), nullable=False),
        sa.Column('offer_id', sa.Integer(), nullable=True),
        sa.Column('why_skipped', sa.String(length=250), nullable=False),
        sa.ForeignKeyConstraint(['offer_id'], ['offer.id'], name=op.f('fk_round_person_offer_id')),
        sa.ForeignKeyConstraint(['round_id'], ['offer_round.id'], name=op.f('fk_round_person_round_id')),
        sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_round_person_worker_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_round_person')),
        sa.UniqueConstraint('round_id', 'worker_id', name=op.f('uq_round_person_round_id_worker_id')),
    )
    op.create_index(op.f('ix_round_person_offer_id'), 'round_person', ['offer_id'], unique=True)
    op.create_index(op.f('ix_round_person_round_id'), 'round_person', ['round_id'])
    op.create_index(op.f('ix_round_person_worker_id'), 'round_person', ['worker_id'])
    op.create_table('support_capacity',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('at_once', sa.Integer(), nullable=False),
        sa.Column('travel_minutes', sa.Integer(), nullable=False),
        sa.Column('set_by', sa.String(length=120), nullable=False),
        sa.Column('set_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['user_id'], ['app_user.id'], name=op.f('fk_support_capacity_user_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_support_capacity')),
    )
    op.create_index(op.f('ix_support_capacity_user_id'), 'support_capacity', ['user_id'], unique=True)
    op.create_table('support_working_time',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('weekday', sa.Integer(), nullable=False),
        sa.Column('starts', sa.Time(), nullable=False),
        sa.Column('ends', sa.Time(), nullable=False),
        sa.CheckConstraint('ends > starts', name=op.f('ck_support_working_time_times')),
        sa.ForeignKeyConstraint(['user_id'], ['app_user.id'], name=op.f('fk_support_working_time_user_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_support_working_time')),
    )
    op.create_index(op.f('ix_support_working_time_user_id'), 'support_working_time', ['user_id'])
    op.create_table('support_time',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('jobcenter_id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('worker_id', sa.Integer(), nullable=True),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('minutes', sa.Integer(), nullable=False),
        sa.Column('kind', sa.Enum('before', 'along', 'after', 'travel', 'contact', 'other', name='supporttimekind', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('note', sa.String(length=250), nullable=False),
        sa.Column('logged_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('form_key', sa.String(length=36), nullable=False),
        sa.CheckConstraint('minutes > 0', name=op.f('ck_support_time_minutes')),
        sa.ForeignKeyConstraint(['jobcenter_id'], ['jobcenter.id'], name=op.f('fk_support_time_jobcenter_id')),
        sa.ForeignKeyConstraint(['user_id'], ['app_user.id'], name=op.f('fk_support_time_user_id')),
        sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_support_time_worker_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_support_time')),
        sa.UniqueConstraint('form_key', name=op.f('uq_support_time_form_key')),
    )
    op.create_index(op.f('ix_support_time_jobcenter_id'), 'support_time', ['jobcenter_id'])
    op.create_index('ix_support_time_user_day', 'support_time', ['user_id', 'day'])
    op.create_index(op.f('ix_support_time_worker_id'), 'support_time', ['worker_id'])


def downgrade() -> None:
    for table in ('support_time', 'support_working_time', 'support_capacity', 'round_person', 'offer_round'):
        op.drop_table(table)

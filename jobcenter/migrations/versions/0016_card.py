"""Card payments, refunds, the card house's messages and what must be looked at; up to what organisations pay by card.

Revision ID: 0016
Revises: 0015
"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from jobcenter.core.db import UtcDateTime

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('billing_settings') as batch:
        batch.add_column(sa.Column('card_most', sa.Numeric(precision=10, scale=2), nullable=True))
        batch.create_check_constraint(op.f('ck_billing_settings_card_most'), 'card_most >= 0')
    make_payments()
    make_refunds()
    make_events()
    make_tasks()


def downgrade() -> None:
    for table in ('card_task', 'card_event', 'card_refund', 'card_payment'):
        op.drop_table(table)
    with op.batch_alter_table('billing_settings') as batch:
        batch.drop_constraint(op.f('ck_billing_settings_card_most'), type_='check')
        batch.drop_column('card_most')


def make_payments() -> None:
    op.create_table('card_payment',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('jobcenter_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.Enum('payment', 'hold', name='cardkind', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('status', sa.Enum('asked', 'open', 'held', 'paid', 'expired', 'lapsed', name='cardstatus', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('key', sa.String(length=32), nullable=False),
        sa.Column('invoice_id', sa.Integer(), nullable=True),
        sa.Column('order_id', sa.Integer(), nullable=True),
        sa.Column('payment_id', sa.Integer(), nullable=True),
        sa.Column('amount', sa.Numeric(precision=10, scale=2), nullable=False),
        sa.Column('capture', sa.Numeric(precision=10, scale=2), nullable=True),
        sa.Column('taken', sa.Numeric(precision=10, scale=2), nullable=False),
        sa.Column('refunded', sa.Numeric(precision=10, scale=2), nullable=False),
        sa.Column('payer', sa.String(length=120), nullable=False),
        sa.Column('email', sa.String(length=120), nullable=False),
        sa.Column('language', sa.String(), nullable=False),
        sa.Column('session_id', sa.String(length=250), nullable=False),
        sa.Column('url', sa.String(length=2000), nullable=False),
        sa.Column('open_until', UtcDateTime(), nullable=False),
        sa.Column('intent_id', sa.String(length=120), nullable=False),
        sa.Column('held_until', UtcDateTime(), nullable=True),
        sa.Column('called_at', UtcDateTime(), nullable=True),
        sa.Column('asked_at', UtcDateTime(), nullable=False),
        sa.Column('paid_on', sa.Date(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint("(kind = 'hold') = (order_id is not null)", name=op.f('ck_card_payment_order')),
        sa.CheckConstraint("kind = 'hold' or invoice_id is not null", name=op.f('ck_card_payment_invoice')),
        sa.CheckConstraint('amount > 0 and taken >= 0 and refunded >= 0 and refunded <= taken', name=op.f('ck_card_payment_amounts')),
        sa.ForeignKeyConstraint(['invoice_id'], ['invoice.id'], name=op.f('fk_card_payment_invoice_id')),
        sa.ForeignKeyConstraint(['jobcenter_id'], ['jobcenter.id'], name=op.f('fk_card_payment_jobcenter_id')),
        sa.ForeignKeyConstraint(['order_id'], ['work_order.id'], name=op.f('fk_card_payment_order_id')),
        sa.ForeignKeyConstraint(['payment_id'], ['payment.id'], name=op.f('fk_card_payment_payment_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_card_payment')),
        sa.UniqueConstraint('key', name=op.f('uq_card_payment_key')),
        sa.UniqueConstraint('payment_id', name=op.f('uq_card_payment_payment_id'))
    )
    op.create_index(op.f('ix_card_payment_intent_id'), 'card_payment', ['intent_id'], unique=False)
    op.create_index(op.f('ix_card_payment_jobcenter_id'), 'card_payment', ['jobcenter_id'], unique=False)
    op.create_index(op.f('ix_card_payment_status'), 'card_payment', ['status'], unique=False)
    op.create_index('uq_card_payment_live_invoice', 'card_payment', ['invoice_id'], unique=True, sqlite_where=sa.text("status in ('asked', 'held', 'open')"), postgresql_where=sa.text("status in ('asked', 'held', 'open')"))
    op.create_index('uq_card_payment_live_order', 'card_payment', ['order_id'], unique=True, sqlite_where=sa.text("status in ('asked', 'held', 'open')"), postgresql_where=sa.text("status in ('asked', 'held', 'open')"))


def make_refunds() -> None:
    op.create_table('card_refund',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('card_payment_id', sa.Integer(), nullable=False),
        sa.Column('form_key', sa.String(length=60), nullable=False),
        sa.Column('status', sa.Enum('asked', 'sent', 'failed', name='refundstatus', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('amount', sa.Numeric(precision=10, scale=2), nullable=False),
        sa.Column('reason', sa.String(length=250), nullable=False),
        sa.Column('refund_id', sa.String(length=120), nullable=False),
        sa.Column('asked_by', sa.String(length=120), nullable=False),
        sa.Column('asked_at', UtcDateTime(), nullable=False),
        sa.CheckConstraint('amount > 0', name=op.f('ck_card_refund_amount')),
        sa.ForeignKeyConstraint(['card_payment_id'], ['card_payment.id'], name=op.f('fk_card_refund_card_payment_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_card_refund')),
        sa.UniqueConstraint('form_key', name=op.f('uq_card_refund_form_key'))
    )
    op.create_index(op.f('ix_card_refund_card_payment_id'), 'card_refund', ['card_payment_id'], unique=False)


def make_events() -> None:
    op.create_table('card_event',
        sa.Column('id', sa.String(length=120), nullable=False),
        sa.Column('kind', sa.String(length=120), nullable=False),
        sa.Column('card_payment_id', sa.Integer(), nullable=True),
        sa.Column('happened_at', UtcDateTime(), nullable=False),
        sa.Column('taken_at', UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(['card_payment_id'], ['card_payment.id'], name=op.f('fk_card_event_card_payment_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_card_event'))
    )
    op.create_index(op.f('ix_card_event_card_payment_id'), 'card_event', ['card_payment_id'], unique=False)


def make_tasks() -> None:
    op.create_table('card_task',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('jobcenter_id', sa.Integer(), nullable=False),
        sa.Column('card_payment_id', sa.Integer(), nullable=True),
        sa.Column('kind', sa.Enum('mismatch', 'unknown_payment', 'disputed', 'dispute_lost', 'refund_failed', 'call_failed', 'difference', name='taskkind', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('key', sa.String(length=250), nullable=False),
        sa.Column('facts', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
        sa.Column('left_at', UtcDateTime(), nullable=False),
        sa.Column('done_at', UtcDateTime(), nullable=True),
        sa.Column('done_by', sa.String(length=120), nullable=False),
        sa.Column('remark', sa.String(length=250), nullable=False),
        sa.ForeignKeyConstraint(['card_payment_id'], ['card_payment.id'], name=op.f('fk_card_task_card_payment_id')),
        sa.ForeignKeyConstraint(['jobcenter_id'], ['jobcenter.id'], name=op.f('fk_card_task_jobcenter_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_card_task'))
    )
    op.create_index(op.f('ix_card_task_card_payment_id'), 'card_task', ['card_payment_id'], unique=False)
    op.create_index('ix_card_task_jobcenter_open', 'card_task', ['jobcenter_id'], unique=False, sqlite_where=sa.text('done_at is null'), postgresql_where=sa.text('done_at is null'))
    op.create_index('uq_card_task_open', 'card_task', ['key'], unique=True, sqlite_where=sa.text('done_at is null'), postgresql_where=sa.text('done_at is null'))

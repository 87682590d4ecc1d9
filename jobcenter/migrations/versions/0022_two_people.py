"""Prices and write-offs that two people decide; a Jobcenter's rule of low prices; what the card house paid out.

Revision ID: 0022
Revises: 0021
"""
from alembic import op
import sqlalchemy as sa

from jobcenter.core.db import UtcDateTime

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None

STATUSES = ('open', 'approved', 'refused', 'taken_back')
FORMS = ('assignment', 'partner')
TWO_PEOPLE = "status <> 'approved' or (decided_by_id is not null and decided_by_id <> asked_by_id)"
IS_OPEN = sa.text("status = 'open'")


def choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def asked(table: str) -> tuple:
    """The columns and constraints of what one person asks for and another decides."""
    return (
        sa.Column('asked_by', sa.String(length=120), nullable=False),
        sa.Column('asked_by_id', sa.Integer(), nullable=False),
        sa.Column('asked_at', UtcDateTime(), nullable=False),
        sa.Column('decided_by', sa.String(length=120), nullable=False),
        sa.Column('decided_by_id', sa.Integer(), nullable=True),
        sa.Column('decided_at', UtcDateTime(), nullable=True),
        sa.CheckConstraint(TWO_PEOPLE, name=op.f(f'ck_{table}_two_people')),
        sa.ForeignKeyConstraint(['asked_by_id'], ['app_user.id'], name=op.f(f'fk_{table}_asked_by_id')),
        sa.ForeignKeyConstraint(['decided_by_id'], ['app_user.id'], name=op.f(f'fk_{table}_decided_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{table}')),
    )


TASKS = (
    'mismatch', 'unknown_payment', 'disputed', 'dispute_lost', 'refund_failed', 'call_failed', 'difference',
)  # fmt: skip
PAYOUT_TASKS = ('payout', 'payout_unexplained', 'payout_failed')
PAYMENTS = ('waiting', 'matched', 'returned', 'taken_back')


def allow(table: str, column: str, values: tuple[str, ...]) -> None:
    """Let a column have these values."""
    name, listed = op.f(f'ck_{table}_{column}'), ', '.join(map(repr, values))
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(name, type_='check')
        batch.create_check_constraint(name, f'{column} IN ({listed})')


def allow_without_invoice(*statuses: str) -> None:
    """Let payments in these states be without an invoice."""
    with op.batch_alter_table('payment') as batch:
        batch.drop_constraint(op.f('ck_payment_invoice'), type_='check')
        batch.create_check_constraint(
            op.f('ck_payment_invoice'), f"(invoice_id is null) = (status in ({', '.join(map(repr, statuses))}))"
        )


def make_payouts() -> None:
    op.create_table(
        'card_payout',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('payout_id', sa.String(length=120), nullable=False),
        sa.Column('jobcenter_id', sa.Integer(), nullable=False),
        sa.Column('status', choice('payoutstatus', 'booked', 'failed'), nullable=False),
        sa.Column('arrived_on', sa.Date(), nullable=False),
        *[
            sa.Column(name, sa.Numeric(precision=10, scale=2), nullable=False)
            for name in ('cleared', 'fees', 'unexplained', 'whole')
        ],
        sa.Column('trace', sa.String(length=120), nullable=False),
        sa.Column('bank_payment_id', sa.Integer(), nullable=True),
        sa.Column('made_at', UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(['jobcenter_id'], ['jobcenter.id'], name=op.f('fk_card_payout_jobcenter_id')),
        sa.ForeignKeyConstraint(['bank_payment_id'], ['payment.id'], name=op.f('fk_card_payout_bank_payment_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_card_payout')),
        sa.UniqueConstraint('payout_id', 'jobcenter_id', name=op.f('uq_card_payout_payout_id_jobcenter_id')),
    )
    op.create_index(op.f('ix_card_payout_jobcenter_id'), 'card_payout', ['jobcenter_id'])


def upgrade() -> None:
    make_payouts()
    allow('card_task', 'kind', TASKS + PAYOUT_TASKS)
    allow('payment', 'status', (*PAYMENTS, 'payout'))
    allow_without_invoice('waiting', 'returned', 'payout')
    op.create_table(
        'price_rule',
        sa.Column('jobcenter_id', sa.Integer(), nullable=False),
        sa.Column('least_share', sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column('set_by', sa.String(length=120), nullable=False),
        sa.Column('set_at', UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint('least_share between 1 and 100', name=op.f('ck_price_rule_least_share')),
        sa.ForeignKeyConstraint(['jobcenter_id'], ['jobcenter.id'], name=op.f('fk_price_rule_jobcenter_id')),
        sa.PrimaryKeyConstraint('jobcenter_id', name=op.f('pk_price_rule')),
    )
    op.create_table(
        'price_request',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('order_id', sa.Integer(), nullable=False),
        sa.Column('status', choice('askstatus', *STATUSES), nullable=False),
        sa.Column('contract_form', choice('contractform', *FORMS), nullable=False),
        sa.Column('hourly_price', sa.Numeric(precision=10, scale=2), nullable=False),
        sa.Column('list_price', sa.Numeric(precision=10, scale=2), nullable=False),
        sa.Column('reason', sa.String(length=250), nullable=False),
        sa.Column('answer', sa.String(length=250), nullable=False),
        *asked('price_request'),
        sa.ForeignKeyConstraint(['order_id'], ['work_order.id'], name=op.f('fk_price_request_order_id')),
    )
    op.create_index(op.f('ix_price_request_order_id'), 'price_request', ['order_id'])
    op.create_index(
        'uq_price_request_open', 'price_request', ['order_id'],
        unique=True, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN,
    )  # fmt: skip
    op.create_table(
        'write_off_proposal',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('invoice_id', sa.Integer(), nullable=False),
        sa.Column('status', choice('askstatus', *STATUSES), nullable=False),
        sa.Column('amount', sa.Numeric(precision=10, scale=2), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        *asked('write_off_proposal'),
        sa.CheckConstraint('amount > 0', name=op.f('ck_write_off_proposal_amount')),
        sa.ForeignKeyConstraint(['invoice_id'], ['invoice.id'], name=op.f('fk_write_off_proposal_invoice_id')),
    )
    op.create_index(op.f('ix_write_off_proposal_invoice_id'), 'write_off_proposal', ['invoice_id'])
    op.create_index(
        'uq_write_off_proposal_open', 'write_off_proposal', ['invoice_id'],
        unique=True, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN,
    )  # fmt: skip
    with op.batch_alter_table('terms_offer') as batch:
        batch.add_column(sa.Column('sent_by_id', sa.Integer(), nullable=True))
        batch.add_column(sa.Column('needs_second', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column('approved_by_id', sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f('fk_terms_offer_sent_by_id'), 'app_user', ['sent_by_id'], ['id'])
        batch.create_foreign_key(op.f('fk_terms_offer_approved_by_id'), 'app_user', ['approved_by_id'], ['id'])
        batch.create_check_constraint(
            op.f('ck_terms_offer_approved'), 'not needs_second or approved_by_id is not null'
        )
        batch.create_check_constraint(op.f('ck_terms_offer_two_people'), 'approved_by_id <> sent_by_id')
    with op.batch_alter_table('register_delivery') as batch:
        batch.add_column(sa.Column('cancels', sa.Boolean(), nullable=False, server_default=sa.false()))
    for table, column in (('terms_offer', 'needs_second'), ('register_delivery', 'cancels')):
        with op.batch_alter_table(table) as batch:
            batch.alter_column(column, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('register_delivery') as batch:
        batch.drop_column('cancels')
    op.drop_table('card_payout')
    op.execute(f"DELETE FROM card_task WHERE kind IN ({', '.join(map(repr, PAYOUT_TASKS))})")
    allow('card_task', 'kind', TASKS)
    op.execute("UPDATE payment SET status = 'returned' WHERE status = 'payout'")
    allow('payment', 'status', PAYMENTS)
    allow_without_invoice('waiting', 'returned')
    with op.batch_alter_table('terms_offer') as batch:
        batch.drop_constraint(op.f('ck_terms_offer_two_people'), type_='check')
        batch.drop_constraint(op.f('ck_terms_offer_approved'), type_='check')
        batch.drop_constraint(op.f('fk_terms_offer_approved_by_id'), type_='foreignkey')
        batch.drop_constraint(op.f('fk_terms_offer_sent_by_id'), type_='foreignkey')
        for column in ('sent_by_id', 'needs_second', 'approved_by_id'):
            batch.drop_column(column)
    for table in ('write_off_proposal', 'price_request', 'price_rule'):
        op.drop_table(table)

"""Pay runs that a second person approves; payment prohibitions, returned pay; reports to the Incomes Register.

Revision ID: 0017
Revises: 0016
"""
from alembic import op
import sqlalchemy as sa

from jobcenter.core.db import UtcDateTime

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

OLD = "'listed', 'paid', 'discarded'"
NEW = "'listed', 'approved', 'paid', 'discarded'"
RUN_COLUMNS = ('made_by_id', 'approved_by', 'approved_by_id', 'approved_at', 'file_taken_by', 'file_taken_at')
ITEM_COLUMNS = ('enforced', 'returned_on', 'return_reason', 'paid_again_on')


def upgrade() -> None:
    with op.batch_alter_table('pay_run') as batch:
        batch.add_column(sa.Column('made_by_id', sa.Integer(), nullable=True))
        batch.add_column(sa.Column('approved_by', sa.String(length=120), nullable=False, server_default=''))
        batch.add_column(sa.Column('approved_by_id', sa.Integer(), nullable=True))
        batch.add_column(sa.Column('approved_at', UtcDateTime(), nullable=True))
        batch.add_column(sa.Column('file_taken_by', sa.String(length=120), nullable=False, server_default=''))
        batch.add_column(sa.Column('file_taken_at', UtcDateTime(), nullable=True))
        batch.create_foreign_key(op.f('fk_pay_run_made_by_id'), 'app_user', ['made_by_id'], ['id'])
        batch.create_foreign_key(op.f('fk_pay_run_approved_by_id'), 'app_user', ['approved_by_id'], ['id'])
        batch.drop_constraint(op.f('ck_pay_run_status'), type_='check')
        batch.create_check_constraint(op.f('ck_pay_run_status'), f'status IN ({NEW})')
        batch.create_check_constraint(op.f('ck_pay_run_two_people'), 'approved_by_id <> made_by_id')
        batch.create_check_constraint(
            op.f('ck_pay_run_approved'), "status not in ('approved') or approved_at is not null"
        )
    with op.batch_alter_table('pay_item') as batch:
        batch.add_column(sa.Column('enforced', sa.Numeric(precision=10, scale=2), nullable=False, server_default='0'))
        batch.add_column(sa.Column('returned_on', sa.Date(), nullable=True))
        batch.add_column(sa.Column('return_reason', sa.String(length=250), nullable=False, server_default=''))
        batch.add_column(sa.Column('paid_again_on', sa.Date(), nullable=True))
    without_defaults()
    make_orders()
    make_enforcement()
    make_payees()
    make_deliveries()
    make_reports()


def without_defaults() -> None:
    with op.batch_alter_table('pay_run') as batch:
        batch.alter_column('approved_by', server_default=None)
        batch.alter_column('file_taken_by', server_default=None)
    with op.batch_alter_table('pay_item') as batch:
        batch.alter_column('enforced', server_default=None)
        batch.alter_column('return_reason', server_default=None)


def downgrade() -> None:
    for table in ('register_report', 'register_delivery', 'payee', 'pay_item_enforcement', 'enforcement_order'):
        op.drop_table(table)
    op.execute("UPDATE pay_run SET status = 'listed' WHERE status = 'approved'")
    with op.batch_alter_table('pay_item') as batch:
        for column in ITEM_COLUMNS:
            batch.drop_column(column)
    with op.batch_alter_table('pay_run') as batch:
        batch.drop_constraint(op.f('ck_pay_run_approved'), type_='check')
        batch.drop_constraint(op.f('ck_pay_run_two_people'), type_='check')
        batch.drop_constraint(op.f('ck_pay_run_status'), type_='check')
        batch.create_check_constraint(op.f('ck_pay_run_status'), f'status IN ({OLD})')
        batch.drop_constraint(op.f('fk_pay_run_approved_by_id'), type_='foreignkey')
        batch.drop_constraint(op.f('fk_pay_run_made_by_id'), type_='foreignkey')
        for column in RUN_COLUMNS:
            batch.drop_column(column)


def make_orders() -> None:
    op.create_table('enforcement_order',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('worker_id', sa.Integer(), nullable=False),
        sa.Column('valid_from', sa.Date(), nullable=False),
        sa.Column('valid_to', sa.Date(), nullable=True),
        sa.Column('share_percent', sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column('protected', sa.Numeric(precision=10, scale=2), nullable=False),
        sa.Column('debt', sa.Numeric(precision=10, scale=2), nullable=True),
        sa.Column('payee', sa.String(length=120), nullable=False),
        sa.Column('iban', sa.String(length=120), nullable=False),
        sa.Column('reference', sa.String(length=120), nullable=False),
        sa.Column('told_by', sa.String(length=120), nullable=False),
        sa.Column('told_at', UtcDateTime(), nullable=False),
        sa.CheckConstraint('debt > 0', name=op.f('ck_enforcement_order_debt')),
        sa.CheckConstraint('protected >= 0', name=op.f('ck_enforcement_order_protected')),
        sa.CheckConstraint('share_percent > 0 and share_percent <= 100', name=op.f('ck_enforcement_order_share_percent')),
        sa.CheckConstraint('valid_to is null or valid_to >= valid_from', name=op.f('ck_enforcement_order_days')),
        sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_enforcement_order_worker_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_enforcement_order'))
    )
    op.create_index(op.f('ix_enforcement_order_worker_id'), 'enforcement_order', ['worker_id'], unique=False)


def make_enforcement() -> None:
    op.create_table('pay_item_enforcement',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('pay_item_id', sa.Integer(), nullable=False),
        sa.Column('order_id', sa.Integer(), nullable=False),
        sa.Column('amount', sa.Numeric(precision=10, scale=2), nullable=False),
        sa.Column('payee', sa.String(length=120), nullable=False),
        sa.Column('iban', sa.String(length=120), nullable=False),
        sa.Column('reference', sa.String(length=120), nullable=False),
        sa.Column('live', sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(['order_id'], ['enforcement_order.id'], name=op.f('fk_pay_item_enforcement_order_id')),
        sa.ForeignKeyConstraint(['pay_item_id'], ['pay_item.id'], name=op.f('fk_pay_item_enforcement_pay_item_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_pay_item_enforcement')),
        sa.UniqueConstraint('pay_item_id', 'order_id', name=op.f('uq_pay_item_enforcement_pay_item_id_order_id'))
    )
    op.create_index(op.f('ix_pay_item_enforcement_order_id'), 'pay_item_enforcement', ['order_id'], unique=False)


def make_payees() -> None:
    op.create_table('payee',
        sa.Column('worker_id', sa.Integer(), nullable=False),
        sa.Column('personal_id', sa.String(length=11), nullable=False),
        sa.Column('told_by', sa.String(length=120), nullable=False),
        sa.Column('told_at', UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_payee_worker_id')),
        sa.PrimaryKeyConstraint('worker_id', name=op.f('pk_payee'))
    )


def make_deliveries() -> None:
    op.create_table('register_delivery',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('jobcenter_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('reference', sa.String(length=40), nullable=False),
        sa.Column('paid_on', sa.Date(), nullable=False),
        sa.Column('content', sa.Text(), nullable=False),
        sa.Column('made_by', sa.String(length=120), nullable=False),
        sa.Column('made_at', UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(['jobcenter_id'], ['jobcenter.id'], name=op.f('fk_register_delivery_jobcenter_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_register_delivery')),
        sa.UniqueConstraint('jobcenter_id', 'number', name=op.f('uq_register_delivery_jobcenter_id_number')),
        sa.UniqueConstraint('reference', name=op.f('uq_register_delivery_reference'))
    )


def make_reports() -> None:
    op.create_table('register_report',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('jobcenter_id', sa.Integer(), nullable=False),
        sa.Column('pay_item_id', sa.Integer(), nullable=False),
        sa.Column('worker_id', sa.Integer(), nullable=False),
        sa.Column('reference', sa.String(length=40), nullable=False),
        sa.Column('status', sa.Enum('due', 'filed', 'accepted', 'rejected', 'to_cancel', 'cancelled', name='reportstatus', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('paid_on', sa.Date(), nullable=False),
        sa.Column('first_day', sa.Date(), nullable=False),
        sa.Column('last_day', sa.Date(), nullable=False),
        sa.Column('compensation', sa.Numeric(precision=10, scale=2), nullable=False),
        sa.Column('withheld', sa.Numeric(precision=10, scale=2), nullable=False),
        sa.Column('delivery_id', sa.Integer(), nullable=True),
        sa.Column('accepted_version', sa.Integer(), nullable=False),
        sa.Column('answer', sa.String(length=250), nullable=False),
        sa.Column('made_at', UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint('compensation > 0 and withheld >= 0 and withheld <= compensation', name=op.f('ck_register_report_amounts')),
        sa.CheckConstraint('last_day >= first_day', name=op.f('ck_register_report_days')),
        sa.ForeignKeyConstraint(['delivery_id'], ['register_delivery.id'], name=op.f('fk_register_report_delivery_id')),
        sa.ForeignKeyConstraint(['jobcenter_id'], ['jobcenter.id'], name=op.f('fk_register_report_jobcenter_id')),
        sa.ForeignKeyConstraint(['pay_item_id'], ['pay_item.id'], name=op.f('fk_register_report_pay_item_id')),
        sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_register_report_worker_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_register_report')),
        sa.UniqueConstraint('pay_item_id', name=op.f('uq_register_report_pay_item_id')),
        sa.UniqueConstraint('reference', name=op.f('uq_register_report_reference'))
    )
    op.create_index(op.f('ix_register_report_delivery_id'), 'register_report', ['delivery_id'], unique=False)
    op.create_index('ix_register_report_open', 'register_report', ['jobcenter_id', 'paid_on'], unique=False, sqlite_where=sa.text("status in ('due', 'rejected', 'to_cancel')"), postgresql_where=sa.text("status in ('due', 'rejected', 'to_cancel')"))
    op.create_index(op.f('ix_register_report_worker_id'), 'register_report', ['worker_id'], unique=False)

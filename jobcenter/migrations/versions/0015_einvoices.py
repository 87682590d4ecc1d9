"""E-invoices: the file of each, the particulars kept with an invoice, how a Jobcenter sends, orderers' order numbers.

Revision ID: 0015
Revises: 0014
"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from jobcenter.core.db import UtcDateTime

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None

FORMATS = ('finvoice', 'peppol')
STATUSES = ('refused', 'queued', 'staged', 'delivered', 'received', 'rejected')
JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def formats():
    return sa.Enum(*FORMATS, name='einvoiceformat', native_enum=False, create_constraint=True, length=40)


def upgrade():
    with op.batch_alter_table('invoice') as batch:
        batch.add_column(sa.Column('particulars', JSON))
    with op.batch_alter_table('billing_settings') as batch:
        batch.add_column(sa.Column('einvoice_format', formats()))
        batch.add_column(sa.Column('einvoice_address', sa.String(120), nullable=False, server_default=''))
        batch.add_column(sa.Column('einvoice_operator', sa.String(120), nullable=False, server_default=''))
    with op.batch_alter_table('work_order') as batch:
        batch.add_column(sa.Column('order_number', sa.String(120), nullable=False, server_default=''))
    with op.batch_alter_table('work_order') as batch:
        batch.alter_column('order_number', server_default=None)
    with op.batch_alter_table('billing_settings') as batch:
        batch.alter_column('einvoice_address', server_default=None)
        batch.alter_column('einvoice_operator', server_default=None)
    op.create_table(
        'einvoice',
        sa.Column('id', sa.Integer, primary_key=True),
        sa.Column('jobcenter_id', sa.Integer, sa.ForeignKey('jobcenter.id'), nullable=False, index=True),
        sa.Column('invoice_id', sa.Integer, sa.ForeignKey('invoice.id'), nullable=False),
        sa.Column('format', formats(), nullable=False),
        sa.Column(
            'status',
            sa.Enum(*STATUSES, name='einvoicestatus', native_enum=False, create_constraint=True, length=40),
            nullable=False,
            index=True,
        ),
        sa.Column('attempt', sa.Integer, nullable=False),
        sa.Column('endpoint', sa.String(120), nullable=False),
        sa.Column('operator', sa.String(120), nullable=False),
        sa.Column('message_id', sa.String(120), nullable=False, index=True),
        sa.Column('file_name', sa.String),
        sa.Column('content', sa.Text, nullable=False),
        sa.Column('faults', JSON, nullable=False),
        sa.Column('made_at', UtcDateTime(), nullable=False),
        sa.Column('delivered_at', UtcDateTime()),
        sa.Column('answered_at', UtcDateTime()),
        sa.Column('answer', sa.String(250), nullable=False),
        sa.Column('tries', sa.Integer, nullable=False),
        sa.Column('next_try_at', UtcDateTime()),
        sa.Column('error', sa.String(250), nullable=False),
        sa.Column('version', sa.Integer, nullable=False),
        sa.CheckConstraint("(status = 'refused') = (file_name is null)", name='file_name'),
        sa.UniqueConstraint('invoice_id'),
        sa.UniqueConstraint('file_name'),
    )
    op.create_index('ix_einvoice_next_try_at', 'einvoice', ['next_try_at'])


def downgrade():
    op.drop_table('einvoice')
    with op.batch_alter_table('billing_settings') as batch:
        batch.drop_constraint(op.f('ck_billing_settings_einvoice_format'), type_='check')
        batch.drop_column('einvoice_format')
        batch.drop_column('einvoice_address')
        batch.drop_column('einvoice_operator')
    with op.batch_alter_table('work_order') as batch:
        batch.drop_column('order_number')
    with op.batch_alter_table('invoice') as batch:
        batch.drop_column('particulars')

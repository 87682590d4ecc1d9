"""Credit notes for a part of an invoice: several to one invoice, and how many minutes of a line are credited.

Revision ID: 0018
Revises: 0017
"""
from alembic import op
import sqlalchemy as sa

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

LIVE = {'sqlite_where': sa.text('live'), 'postgresql_where': sa.text('live')}


def upgrade() -> None:
    with op.batch_alter_table('invoice') as batch:
        batch.drop_constraint(op.f('uq_invoice_credits_id'), type_='unique')
    op.create_index(op.f('ix_invoice_credits_id'), 'invoice', ['credits_id'], unique=False)
    op.drop_index('uq_invoice_line_live_entry', table_name='invoice_line')
    with op.batch_alter_table('invoice_line') as batch:
        batch.add_column(sa.Column('piece', sa.Integer(), nullable=False, server_default='1'))
        batch.add_column(sa.Column('credited_minutes', sa.Integer(), nullable=False, server_default='0'))
        batch.create_check_constraint(
            op.f('ck_invoice_line_credited_minutes'), 'credited_minutes between 0 and abs(minutes)'
        )
    op.execute(
        "UPDATE invoice_line SET credited_minutes = minutes"
        " WHERE invoice_id IN (SELECT id FROM invoice WHERE status = 'credited')"
    )
    with op.batch_alter_table('invoice_line') as batch:
        batch.alter_column('piece', server_default=None)
        batch.alter_column('credited_minutes', server_default=None)
    op.create_index('uq_invoice_line_live_entry', 'invoice_line', ['time_entry_id', 'piece'], unique=True, **LIVE)


def downgrade() -> None:
    op.drop_index('uq_invoice_line_live_entry', table_name='invoice_line')
    with op.batch_alter_table('invoice_line') as batch:
        batch.drop_constraint(op.f('ck_invoice_line_credited_minutes'), type_='check')
        batch.drop_column('credited_minutes')
        batch.drop_column('piece')
    op.create_index('uq_invoice_line_live_entry', 'invoice_line', ['time_entry_id'], unique=True, **LIVE)
    op.drop_index(op.f('ix_invoice_credits_id'), table_name='invoice')
    with op.batch_alter_table('invoice') as batch:
        batch.create_unique_constraint(op.f('uq_invoice_credits_id'), ['credits_id'])

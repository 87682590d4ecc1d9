"""Shares in which an order's hours are paid, the portion that an invoice line bills, and RF references on invoices.

Revision ID: 0021
Revises: 0020
"""
from alembic import op
import sqlalchemy as sa

from jobcenter.core.db import UtcDateTime

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None

LIVE = {'sqlite_where': sa.text('live'), 'postgresql_where': sa.text('live')}


def upgrade() -> None:
    op.create_table(
        'order_split',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('order_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('agreed_on', sa.Date(), nullable=False),
        sa.Column('agreed_with', sa.String(length=250), nullable=False),
        sa.Column('set_by', sa.String(length=120), nullable=False),
        sa.Column('set_at', UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(['order_id'], ['work_order.id'], name=op.f('fk_order_split_order_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_order_split')),
        sa.UniqueConstraint('order_id', 'number', name=op.f('uq_order_split_order_id_number')),
    )
    op.create_table(
        'order_share',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('split_id', sa.Integer(), nullable=False),
        sa.Column('place', sa.Integer(), nullable=False),
        sa.Column('organisation_id', sa.Integer(), nullable=False),
        sa.Column('cost_centre', sa.String(length=120), nullable=False),
        sa.Column('reference', sa.String(length=250), nullable=False),
        sa.Column('hundredths', sa.Integer(), nullable=False),
        sa.CheckConstraint('hundredths between 0 and 10000', name=op.f('ck_order_share_hundredths')),
        sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_order_share_organisation_id')),
        sa.ForeignKeyConstraint(['split_id'], ['order_split.id'], name=op.f('fk_order_share_split_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_order_share')),
        sa.UniqueConstraint('split_id', 'place', name=op.f('uq_order_share_split_id_place')),
    )
    op.create_index(op.f('ix_order_share_organisation_id'), 'order_share', ['organisation_id'], unique=False)
    op.create_table(
        'order_share_gig',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('split_id', sa.Integer(), nullable=False),
        sa.Column('share_id', sa.Integer(), nullable=False),
        sa.Column('gig_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['gig_id'], ['gig.id'], name=op.f('fk_order_share_gig_gig_id')),
        sa.ForeignKeyConstraint(['share_id'], ['order_share.id'], name=op.f('fk_order_share_gig_share_id')),
        sa.ForeignKeyConstraint(['split_id'], ['order_split.id'], name=op.f('fk_order_share_gig_split_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_order_share_gig')),
        sa.UniqueConstraint('split_id', 'gig_id', name=op.f('uq_order_share_gig_split_id_gig_id')),
    )
    op.create_index(op.f('ix_order_share_gig_gig_id'), 'order_share_gig', ['gig_id'], unique=False)
    op.create_index(op.f('ix_order_share_gig_share_id'), 'order_share_gig', ['share_id'], unique=False)
    op.drop_index('uq_invoice_line_live_entry', table_name='invoice_line')
    with op.batch_alter_table('invoice_line') as batch:
        batch.add_column(sa.Column('share_id', sa.Integer(), nullable=True))
        batch.add_column(sa.Column('share_begins', sa.Integer(), nullable=False, server_default='0'))
        batch.add_column(sa.Column('share_ends', sa.Integer(), nullable=False, server_default='10000'))
        batch.create_foreign_key(op.f('fk_invoice_line_share_id'), 'order_share', ['share_id'], ['id'])
        batch.create_check_constraint(
            op.f('ck_invoice_line_share'), '0 <= share_begins and share_begins < share_ends and share_ends <= 10000'
        )
    with op.batch_alter_table('invoice_line') as batch:
        batch.alter_column('share_begins', server_default=None)
        batch.alter_column('share_ends', server_default=None)
    op.create_index(
        'uq_invoice_line_live_entry',
        'invoice_line',
        ['time_entry_id', 'share_begins', 'piece'],
        unique=True,
        **LIVE,
    )
    with op.batch_alter_table('time_entry') as batch:
        batch.add_column(sa.Column('share_invoiced', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('time_entry') as batch:
        batch.alter_column('share_invoiced', server_default=None)
    with op.batch_alter_table('billing_settings') as batch:
        batch.add_column(sa.Column('rf_references', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('billing_settings') as batch:
        batch.alter_column('rf_references', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('billing_settings') as batch:
        batch.drop_column('rf_references')
    with op.batch_alter_table('time_entry') as batch:
        batch.drop_column('share_invoiced')
    op.drop_index('uq_invoice_line_live_entry', table_name='invoice_line')
    with op.batch_alter_table('invoice_line') as batch:
        batch.drop_constraint(op.f('ck_invoice_line_share'), type_='check')
        batch.drop_constraint(op.f('fk_invoice_line_share_id'), type_='foreignkey')
        for column in ('share_ends', 'share_begins', 'share_id'):
            batch.drop_column(column)
    op.create_index('uq_invoice_line_live_entry', 'invoice_line', ['time_entry_id', 'piece'], unique=True, **LIVE)
    op.drop_table('order_share_gig')
    op.drop_table('order_share')
    op.drop_table('order_split')

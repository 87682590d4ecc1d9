"""Invoices that a second person approves, and why an invoice charges no VAT.

Revision ID: 0020
Revises: 0019
"""
from alembic import op
import sqlalchemy as sa

from jobcenter.core.db import UtcDateTime

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None

GROUNDS = ('small_business', 'non_profit', 'social_care')


def ground() -> sa.Column:
    kind = sa.Enum(*GROUNDS, name='vatfree', native_enum=False, create_constraint=True, length=40)
    return sa.Column('vat_free', kind, nullable=True)


def upgrade() -> None:
    with op.batch_alter_table('billing_settings') as batch:
        batch.add_column(ground())
        batch.add_column(sa.Column('approves_invoices', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('billing_settings') as batch:
        batch.alter_column('approves_invoices', server_default=None)
    with op.batch_alter_table('invoice') as batch:
        batch.add_column(ground())
        batch.add_column(sa.Column('made_by_id', sa.Integer(), nullable=True))
        batch.add_column(sa.Column('approved_by', sa.String(length=120), nullable=False, server_default=''))
        batch.add_column(sa.Column('approved_by_id', sa.Integer(), nullable=True))
        batch.add_column(sa.Column('approved_at', UtcDateTime(), nullable=True))
        batch.create_foreign_key(op.f('fk_invoice_made_by_id'), 'app_user', ['made_by_id'], ['id'])
        batch.create_foreign_key(op.f('fk_invoice_approved_by_id'), 'app_user', ['approved_by_id'], ['id'])
        batch.create_check_constraint(op.f('ck_invoice_two_people'), 'approved_by_id <> made_by_id')
    with op.batch_alter_table('invoice') as batch:
        batch.alter_column('approved_by', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('invoice') as batch:
        batch.drop_constraint(op.f('ck_invoice_two_people'), type_='check')
        batch.drop_constraint(op.f('ck_invoice_vat_free'), type_='check')
        batch.drop_constraint(op.f('fk_invoice_approved_by_id'), type_='foreignkey')
        batch.drop_constraint(op.f('fk_invoice_made_by_id'), type_='foreignkey')
        for column in ('vat_free', 'made_by_id', 'approved_by', 'approved_by_id', 'approved_at'):
            batch.drop_column(column)
    with op.batch_alter_table('billing_settings') as batch:
        batch.drop_constraint(op.f('ck_billing_settings_vat_free'), type_='check')
        batch.drop_column('approves_invoices')
        batch.drop_column('vat_free')

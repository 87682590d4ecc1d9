"""What of a payment's money over came back from another invoice.

Revision ID: 0025
Revises: 0024
"""
from alembic import op
import sqlalchemy as sa

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('payment_use') as batch:
        batch.add_column(sa.Column('given_back', sa.Numeric(precision=10, scale=2), server_default='0', nullable=False))
        batch.create_check_constraint(op.f('ck_payment_use_given_back'), 'given_back between 0 and amount')


def downgrade() -> None:
    with op.batch_alter_table('payment_use') as batch:
        batch.drop_constraint(op.f('ck_payment_use_given_back'), type_='check')
        batch.drop_column('given_back')

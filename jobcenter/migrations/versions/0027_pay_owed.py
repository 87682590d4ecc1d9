"""Hours whose pay the bank returned are held until it has been paid again.

Those that were changed meanwhile are not held: set back to what was paid, they can be paid again.

Revision ID: 0027
Revises: 0026
"""
from alembic import op
import sqlalchemy as sa

revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None

STILL_OWED = """
    FROM pay_item_entry JOIN pay_item ON pay_item.id = pay_item_entry.pay_item_id
    WHERE pay_item_entry.time_entry_id = time_entry.id AND pay_item.returned_on IS NOT NULL
    AND pay_item.paid_again_on IS NULL AND pay_item_entry.minutes = time_entry.minutes
    AND pay_item_entry.wage = time_entry.wage
"""


def upgrade() -> None:
    with op.batch_alter_table('time_entry') as batch:
        batch.add_column(sa.Column('pay_returned_on', sa.Date(), nullable=True))
    op.execute(
        f"UPDATE time_entry SET pay_returned_on = (SELECT max(pay_item.returned_on) {STILL_OWED})"
        " WHERE status = 'confirmed' AND paid_on IS NULL"
    )


def downgrade() -> None:
    with op.batch_alter_table('time_entry') as batch:
        batch.drop_column('pay_returned_on')

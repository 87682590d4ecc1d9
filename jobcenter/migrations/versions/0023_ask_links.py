"""A link of a mail by which somebody who is asked to a gig answers.

Revision ID: 0023
Revises: 0022
"""
from alembic import op
import sqlalchemy as sa

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None

PURPOSES = (
    'sign_in', 'confirm_order', 'accept_terms', 'confirm_hours', 'give_feedback', 'answer_offer', 'read_invoice',
)  # fmt: skip


def upgrade() -> None:
    allow(*PURPOSES, 'answer_ask')


def downgrade() -> None:
    op.execute(sa.text("delete from action_link where purpose = 'answer_ask'"))
    allow(*PURPOSES)


def allow(*purposes: str) -> None:
    name = op.f('ck_action_link_purpose')
    with op.batch_alter_table('action_link') as batch:
        batch.drop_constraint(name, type_='check')
        batch.create_check_constraint(name, f"purpose IN ({', '.join(map(repr, purposes))})")

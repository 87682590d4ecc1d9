"""Giving the approval of invoices up is asked of another person; who bills the partner form is dated by day of work;
reference numbers are unique.

Where the partner bills, it always has.

Revision ID: 0029
Revises: 0028
"""
from alembic import op
import sqlalchemy as sa

from jobcenter.core.db import UtcDateTime

revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None

OPEN = {'sqlite_where': sa.text("status = 'open'"), 'postgresql_where': sa.text("status = 'open'")}
GIVEN = {'sqlite_where': sa.text("reference_number <> ''"), 'postgresql_where': sa.text("reference_number <> ''")}
TWO_PEOPLE = "status <> 'approved' or (decided_by_id is not null and decided_by_id <> asked_by_id)"


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


def upgrade() -> None:
    op.create_table(
        'no_approval_request',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('jobcenter_id', sa.Integer(), nullable=False),
        sa.Column('reason', sa.String(length=250), nullable=False),
        sa.Column('status', choice('askstatus', 'open', 'approved', 'refused', 'taken_back'), nullable=False),
        sa.ForeignKeyConstraint(['jobcenter_id'], ['jobcenter.id'], name=op.f('fk_no_approval_request_jobcenter_id')),
        *asked('no_approval_request'),
    )
    op.create_index(op.f('ix_no_approval_request_jobcenter_id'), 'no_approval_request', ['jobcenter_id'])
    op.create_index('uq_no_approval_request_open', 'no_approval_request', ['jobcenter_id'], unique=True, **OPEN)
    op.create_table(
        'partner_billing',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('jobcenter_id', sa.Integer(), nullable=False),
        sa.Column('valid_from', sa.Date(), nullable=False),
        sa.Column('bills', sa.Boolean(), nullable=False),
        sa.Column('set_by', sa.String(length=120), nullable=False),
        sa.Column('set_at', UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(['jobcenter_id'], ['jobcenter.id'], name=op.f('fk_partner_billing_jobcenter_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_partner_billing')),
        sa.UniqueConstraint('jobcenter_id', 'valid_from', name=op.f('uq_partner_billing_jobcenter_id_valid_from')),
    )
    op.execute(
        "INSERT INTO partner_billing (jobcenter_id, valid_from, bills, set_by, set_at)"
        " SELECT jobcenter_id, '2000-01-01', partner_bills, '', CURRENT_TIMESTAMP FROM billing_settings"
        " WHERE partner_bills"
    )
    with op.batch_alter_table('billing_settings') as batch:
        batch.drop_column('partner_bills')
    op.create_index('uq_invoice_reference_number', 'invoice', ['reference_number'], unique=True, **GIVEN)


def downgrade() -> None:
    op.drop_index('uq_invoice_reference_number', 'invoice')
    with op.batch_alter_table('billing_settings') as batch:
        batch.add_column(sa.Column('partner_bills', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(
        "UPDATE billing_settings SET partner_bills = COALESCE((SELECT bills FROM partner_billing"
        " WHERE partner_billing.jobcenter_id = billing_settings.jobcenter_id ORDER BY valid_from DESC LIMIT 1), false)"
    )
    with op.batch_alter_table('billing_settings') as batch:
        batch.alter_column('partner_bills', server_default=None)
    op.drop_table('partner_billing')
    op.drop_table('no_approval_request')

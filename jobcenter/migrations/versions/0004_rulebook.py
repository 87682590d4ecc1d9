"""Keep the values of law that administrators add, each proposed by one and confirmed by another.

Revision ID: 0004
Revises: 0003
"""
from alembic import op
import sqlalchemy as sa

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

STANDS = sa.text("state IN ('proposed', 'approved')")


def choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        'law_addition',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('parameter', sa.String(length=120), nullable=False),
        sa.Column('first_day', sa.Date(), nullable=False),
        sa.Column('last_day', sa.Date(), nullable=True),
        sa.Column('value', sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column('applies', choice('applies', 'calendar', 'next_review'), nullable=False),
        sa.Column(
            'status', choice('valuestatus', 'confirmed', 'single_source', 'derived', 'expected'), nullable=False
        ),
        sa.Column('source', sa.String(length=250), nullable=False),
        sa.Column('checked_on', sa.Date(), nullable=False),
        sa.Column('note', sa.String(length=250), nullable=False),
        sa.Column(
            'state',
            choice('additionstate', 'proposed', 'approved', 'rejected', 'withdrawn', 'revoked'),
            nullable=False,
        ),
        sa.Column('proposed_by_id', sa.Integer(), nullable=False),
        sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('decided_by_id', sa.Integer(), nullable=True),
        sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('reason', sa.String(length=250), nullable=False),
        sa.Column('revoked_by_id', sa.Integer(), nullable=True),
        sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('revoked_reason', sa.String(length=250), nullable=False),
        sa.Column('form_key', sa.String(length=36), nullable=False),
        sa.CheckConstraint('value >= 0', name=op.f('ck_law_addition_value')),
        sa.CheckConstraint('last_day IS NULL OR last_day >= first_day', name=op.f('ck_law_addition_days')),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_by_id IS NULL)", name=op.f('ck_law_addition_decided')
        ),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR (state = 'withdrawn') = (decided_by_id = proposed_by_id)",
            name=op.f('ck_law_addition_second_person'),
        ),
        sa.CheckConstraint(
            "(state = 'revoked') = (revoked_by_id IS NOT NULL)", name=op.f('ck_law_addition_revoked')
        ),
        sa.ForeignKeyConstraint(
            ['proposed_by_id'], ['app_user.id'], name=op.f('fk_law_addition_proposed_by_id')
        ),
        sa.ForeignKeyConstraint(
            ['decided_by_id'], ['app_user.id'], name=op.f('fk_law_addition_decided_by_id')
        ),
        sa.ForeignKeyConstraint(
            ['revoked_by_id'], ['app_user.id'], name=op.f('fk_law_addition_revoked_by_id')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_law_addition')),
        sa.UniqueConstraint('form_key', name=op.f('uq_law_addition_form_key')),
    )
    for column in ('proposed_by_id', 'decided_by_id', 'revoked_by_id'):
        op.create_index(op.f(f'ix_law_addition_{column}'), 'law_addition', [column])
    op.create_index('ix_law_addition_state', 'law_addition', ['state'])
    op.create_index(
        'uq_law_addition_day',
        'law_addition',
        ['parameter', 'first_day'],
        unique=True,
        sqlite_where=STANDS,
        postgresql_where=STANDS,
    )


def downgrade() -> None:
    op.drop_table('law_addition')

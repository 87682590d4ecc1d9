"""Another contract form proposed for one gig, and the orderer's answer.

Revision ID: 0005
Revises: 0004
"""
from alembic import op
import sqlalchemy as sa

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

STATUSES = ('open', 'accepted', 'declined', 'taken_back')
OPEN = sa.text("status = 'open'")


def upgrade():
    statuses = sa.Enum(*STATUSES, name='proposalstatus', native_enum=False, create_constraint=True, length=40)
    op.create_table(
        'form_proposal',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('gig_id', sa.Integer(), nullable=False),
        sa.Column('terms_version_id', sa.Integer(), nullable=False),
        sa.Column('status', statuses, nullable=False),
        sa.Column('hourly_price', sa.Numeric(precision=10, scale=2), nullable=False),
        sa.Column('price_reason', sa.String(length=250), nullable=False),
        sa.Column('proposed_by', sa.String(length=120), nullable=False),
        sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('answered_by', sa.String(length=120), nullable=False),
        sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['gig_id'], ['gig.id'], name=op.f('fk_form_proposal_gig_id_gig')),
        sa.ForeignKeyConstraint(
            ['terms_version_id'], ['terms_version.id'], name=op.f('fk_form_proposal_terms_version_id_terms_version')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_form_proposal')),
    )
    op.create_index(op.f('ix_form_proposal_gig_id'), 'form_proposal', ['gig_id'])
    op.create_index(op.f('ix_form_proposal_terms_version_id'), 'form_proposal', ['terms_version_id'])
    op.create_index(
        'uq_form_proposal_open', 'form_proposal', ['gig_id'], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
    )


def downgrade():
    op.drop_table('form_proposal')

"""List prices for one kind of orderer; who approved a price below the list.

Revision ID: 0019
Revises: 0018
"""
from alembic import op
import sqlalchemy as sa

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

ORDERERS = ('business', 'association', 'city_unit', 'private_person')
OLD_KEY = ['kind', sa.text('coalesce(jobcenter_id, 0)'), sa.text("coalesce(form, '')"), 'valid_from']
NEW_KEY = [*OLD_KEY[:-1], sa.text("coalesce(orderer_kind, '')"), 'valid_from']


def upgrade() -> None:
    op.drop_index('uq_rate_day', table_name='rate')
    with op.batch_alter_table('rate') as batch:
        batch.add_column(
            sa.Column(
                'orderer_kind',
                sa.Enum(*ORDERERS, name='organisationkind', native_enum=False, create_constraint=True, length=40),
                nullable=True,
            )
        )
        batch.create_check_constraint(op.f('ck_rate_orderer'), "orderer_kind is null or kind = 'price'")
    op.create_index('uq_rate_day', 'rate', NEW_KEY, unique=True)
    with op.batch_alter_table('work_order') as batch:
        batch.add_column(sa.Column('price_approved_by', sa.String(length=120), nullable=False, server_default=''))
    with op.batch_alter_table('work_order') as batch:
        batch.alter_column('price_approved_by', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('work_order') as batch:
        batch.drop_column('price_approved_by')
    op.execute('DELETE FROM rate WHERE orderer_kind IS NOT NULL')
    op.drop_index('uq_rate_day', table_name='rate')
    with op.batch_alter_table('rate') as batch:
        batch.drop_constraint(op.f('ck_rate_orderer'), type_='check')
        batch.drop_constraint(op.f('ck_rate_orderer_kind'), type_='check')
        batch.drop_column('orderer_kind')
    op.create_index('uq_rate_day', 'rate', OLD_KEY, unique=True)

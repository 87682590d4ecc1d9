"""Corrections of paid hours, files that a bank refused, what is owed to each partner, account numbers of closed months.

Months that are closed already keep the numbers that the Jobcenter has now. Hours know how many of their minutes are on
invoices, and that their pay is on its way to the bank. Contracts keep the pay of an hour as a figure.

Revision ID: 0028
Revises: 0027
"""
import sqlalchemy as sa
from alembic import op

revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None

OLD = "'needs_times', 'logged', 'disputed', 'confirmed'"
NEW = f"{OLD}, 'withdrawn'"
ON_INVOICES = """
    SELECT sum(invoice_line.minutes - invoice_line.credited_minutes) AS minutes FROM invoice_line
    WHERE invoice_line.time_entry_id = time_entry.id AND invoice_line.live
    GROUP BY invoice_line.share_begins, invoice_line.share_ends
"""
FIRST = sa.text('corrects_id is null')
UNBILLED = {'sqlite_where': sa.text('invoiced is 0'), 'postgresql_where': sa.text('invoiced is false')}


def upgrade() -> None:
    op.drop_index('ix_time_entry_unbilled', 'time_entry')
    op.drop_index(op.f('ix_time_entry_offer_id'), 'time_entry')
    with op.batch_alter_table('time_entry') as batch:
        batch.add_column(sa.Column('corrects_id', sa.Integer(), nullable=True))
        batch.add_column(sa.Column('unbilled_minutes', sa.Integer(), nullable=False, server_default='0'))
        batch.add_column(sa.Column('billed_minutes', sa.Integer(), nullable=False, server_default='0'))
        batch.add_column(sa.Column('pay_sent_on', sa.Date(), nullable=True))
        batch.create_foreign_key(op.f('fk_time_entry_corrects_id'), 'time_entry', ['corrects_id'], ['id'])
        batch.drop_constraint(op.f('ck_time_entry_status'), type_='check')
        batch.create_check_constraint(op.f('ck_time_entry_status'), f'status IN ({NEW})')
        batch.create_check_constraint(
            op.f('ck_time_entry_unbilled_minutes'), 'unbilled_minutes between 0 and minutes'
        )
    with op.batch_alter_table('time_entry') as batch:
        batch.alter_column('unbilled_minutes', server_default=None)
        batch.alter_column('billed_minutes', server_default=None)
    op.create_index(op.f('ix_time_entry_corrects_id'), 'time_entry', ['corrects_id'])
    op.create_index(op.f('ix_time_entry_offer_id'), 'time_entry', ['offer_id'])
    op.create_index(
        'uq_time_entry_offer_id', 'time_entry', ['offer_id'], unique=True, sqlite_where=FIRST, postgresql_where=FIRST
    )
    op.create_index('ix_time_entry_unbilled', 'time_entry', ['jobcenter_id', 'status', 'order_id'], **UNBILLED)
    with op.batch_alter_table('pay_run') as batch:
        batch.add_column(sa.Column('file_number', sa.Integer(), nullable=False, server_default='1'))
        batch.add_column(sa.Column('refusal', sa.String(length=250), nullable=False, server_default=''))
    with op.batch_alter_table('pay_run') as batch:
        batch.alter_column('file_number', server_default=None)
        batch.alter_column('refusal', server_default=None)
    op.add_column('contract', sa.Column('wage', sa.Numeric(precision=10, scale=2), nullable=True))
    if op.get_bind().dialect.name == 'postgresql':
        # What 0011 booked in this very transaction is checked now: a table that waits for checks cannot be altered.
        op.execute('SET CONSTRAINTS ALL IMMEDIATE')
    op.add_column('ledger_line', sa.Column('party', sa.String(length=120), nullable=True))
    keep_numbers()
    op.execute(f"UPDATE time_entry SET billed_minutes = coalesce((SELECT max(minutes) FROM ({ON_INVOICES}) AS parts), 0)")
    op.execute(
        "UPDATE time_entry SET pay_sent_on = (SELECT max(pay_run.pay_on) FROM pay_item_entry"
        " JOIN pay_item ON pay_item.id = pay_item_entry.pay_item_id JOIN pay_run ON pay_run.id = pay_item.pay_run_id"
        " WHERE pay_item_entry.time_entry_id = time_entry.id AND pay_item_entry.live"
        " AND pay_run.status = 'approved' AND pay_run.file_taken_at IS NOT NULL)"
    )


def keep_numbers() -> None:
    op.create_table('ledger_month_number',
        sa.Column('jobcenter_id', sa.Integer(), nullable=False),
        sa.Column('month', sa.Date(), nullable=False),
        sa.Column('account', sa.String(length=40), nullable=False),
        sa.Column('number', sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(['jobcenter_id'], ['jobcenter.id'], name=op.f('fk_ledger_month_number_jobcenter_id')),
        sa.PrimaryKeyConstraint('jobcenter_id', 'month', 'account', name=op.f('pk_ledger_month_number')),
    )
    op.execute(
        "INSERT INTO ledger_month_number (jobcenter_id, month, account, number)"
        " SELECT ledger_month.jobcenter_id, ledger_month.month, ledger_account_number.account,"
        " ledger_account_number.number FROM ledger_month"
        " JOIN ledger_account_number ON ledger_account_number.jobcenter_id = ledger_month.jobcenter_id"
    )
    if op.get_bind().dialect.name == 'postgresql':
        op.execute(
            'CREATE TRIGGER ledger_month_number_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_month_number'
            ' FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change()'
        )
        return
    for verb in ('update', 'delete'):
        op.execute(
            f'CREATE TRIGGER ledger_month_number_no_{verb} BEFORE {verb} ON ledger_month_number'
            " BEGIN SELECT RAISE(ABORT, 'ledger_month_number is append-only'); END"
        )


def refuse_to_lose(connection: sa.Connection) -> None:
    """Refuse to go back while there are corrections of paid hours: the tables before have no place for them."""
    counts = "SELECT count(corrects_id), count(CASE WHEN unbilled_minutes > 0 THEN 1 END) FROM time_entry"
    corrections, unbilled = connection.execute(sa.text(counts)).one()
    if corrections or unbilled:
        raise RuntimeError(
            f'{corrections} corrections of paid hours and {unbilled} hours that are billed for less than was paid would '
            'be lost or billed in full. Nothing was changed. Keep the version that has them, or go back to a backup.'
        )


def downgrade() -> None:
    refuse_to_lose(op.get_bind())
    op.drop_table('ledger_month_number')
    op.drop_column('ledger_line', 'party')
    op.drop_column('contract', 'wage')
    with op.batch_alter_table('pay_run') as batch:
        batch.drop_column('refusal')
        batch.drop_column('file_number')
    for index in ('ix_time_entry_unbilled', 'uq_time_entry_offer_id'):
        op.drop_index(index, 'time_entry')
    op.drop_index(op.f('ix_time_entry_offer_id'), 'time_entry')
    op.drop_index(op.f('ix_time_entry_corrects_id'), 'time_entry')
    with op.batch_alter_table('time_entry') as batch:
        batch.drop_constraint(op.f('ck_time_entry_unbilled_minutes'), type_='check')
        batch.drop_constraint(op.f('ck_time_entry_status'), type_='check')
        batch.create_check_constraint(op.f('ck_time_entry_status'), f'status IN ({OLD})')
        batch.drop_constraint(op.f('fk_time_entry_corrects_id'), type_='foreignkey')
        for column in ('unbilled_minutes', 'billed_minutes', 'pay_sent_on'):
            batch.drop_column(column)
        batch.drop_column('corrects_id')
    op.create_index(op.f('ix_time_entry_offer_id'), 'time_entry', ['offer_id'], unique=True)
    op.create_index('ix_time_entry_unbilled', 'time_entry', ['jobcenter_id', 'status', 'order_id'], **UNBILLED)

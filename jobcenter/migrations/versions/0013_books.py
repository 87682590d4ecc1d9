"""Keep books: a double-entry ledger that the database itself holds balanced, unchanged and closed by months.

Revision ID: 0013
Revises: 0012
"""
from alembic import op
import sqlalchemy as sa

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

APPEND_ONLY = ('ledger_line', 'ledger_entry', 'ledger_month')


def upgrade() -> None:
    make_ledger()
    guard_the_ledger()


def downgrade() -> None:
    for table in ('ledger_account_number', 'ledger_line', 'ledger_entry', 'ledger_month', 'ledger_counter'):
        op.drop_table(table)
    unguard_the_ledger()


def make_ledger() -> None:
    op.create_table(
        'ledger_counter',
        sa.Column('jobcenter_id', sa.Integer(), nullable=False),
        sa.Column('last_number', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['jobcenter_id'], ['jobcenter.id'], name=op.f('fk_ledger_counter_jobcenter_id')),
        sa.PrimaryKeyConstraint('jobcenter_id', name=op.f('pk_ledger_counter')),
    )
    op.create_table(
        'ledger_month',
        sa.Column('jobcenter_id', sa.Integer(), nullable=False),
        sa.Column('month', sa.Date(), nullable=False),
        sa.Column('closed_by', sa.String(length=120), nullable=False),
        sa.Column('closed_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['jobcenter_id'], ['jobcenter.id'], name=op.f('fk_ledger_month_jobcenter_id')),
        sa.PrimaryKeyConstraint('jobcenter_id', 'month', name=op.f('pk_ledger_month')),
    )
    op.create_table(
        'ledger_account_number',
        sa.Column('jobcenter_id', sa.Integer(), nullable=False),
        sa.Column('account', sa.String(length=40), nullable=False),
        sa.Column('number', sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ['jobcenter_id'], ['jobcenter.id'], name=op.f('fk_ledger_account_number_jobcenter_id')
        ),
        sa.PrimaryKeyConstraint('jobcenter_id', 'account', name=op.f('pk_ledger_account_number')),
    )
    op.create_table(
        'ledger_entry',
        sa.Column('id', sa.String(length=32), nullable=False),
        sa.Column('jobcenter_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('event', sa.String(length=120), nullable=False),
        sa.Column('kind', sa.String(length=40), nullable=False),
        sa.Column('happened_on', sa.Date(), nullable=False),
        sa.Column('booked_on', sa.Date(), nullable=False),
        sa.Column('text', sa.String(length=250), nullable=False),
        sa.Column('source_type', sa.String(length=60), nullable=False),
        sa.Column('source_id', sa.String(length=64), nullable=False),
        sa.Column('reverses_id', sa.String(length=32), nullable=True),
        sa.Column('made_by', sa.String(length=120), nullable=False),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['jobcenter_id'], ['jobcenter.id'], name=op.f('fk_ledger_entry_jobcenter_id')),
        sa.ForeignKeyConstraint(['reverses_id'], ['ledger_entry.id'], name=op.f('fk_ledger_entry_reverses_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_ledger_entry')),
        sa.UniqueConstraint('event', name=op.f('uq_ledger_entry_event')),
        sa.UniqueConstraint('jobcenter_id', 'number', name=op.f('uq_ledger_entry_jobcenter_id_number')),
        sa.UniqueConstraint('reverses_id', name=op.f('uq_ledger_entry_reverses_id')),
    )
    op.create_index('ix_ledger_entry_jobcenter_booked', 'ledger_entry', ['jobcenter_id', 'booked_on'])
    op.create_index('ix_ledger_entry_source', 'ledger_entry', ['source_type', 'source_id'])
    op.create_table(
        'ledger_line',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('entry_id', sa.String(length=32), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('account', sa.String(length=40), nullable=False),
        sa.Column('vat_percent', sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column('invoice_id', sa.Integer(), nullable=True),
        sa.Column('debit', sa.Numeric(precision=10, scale=2), nullable=False),
        sa.Column('credit', sa.Numeric(precision=10, scale=2), nullable=False),
        sa.CheckConstraint(
            'debit >= 0 and credit >= 0 and (debit > 0) <> (credit > 0)', name=op.f('ck_ledger_line_one_side')
        ),
        sa.CheckConstraint(
            "(account = 'receivables') = (invoice_id is not null)", name=op.f('ck_ledger_line_invoice')
        ),
        sa.ForeignKeyConstraint(
            ['entry_id'],
            ['ledger_entry.id'],
            name=op.f('fk_ledger_line_entry_id'),
            deferrable=True,
            initially='DEFERRED',
        ),
        sa.ForeignKeyConstraint(['invoice_id'], ['invoice.id'], name=op.f('fk_ledger_line_invoice_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_ledger_line')),
        sa.UniqueConstraint('entry_id', 'position', name=op.f('uq_ledger_line_entry_id_position')),
    )
    op.create_index(op.f('ix_ledger_line_account'), 'ledger_line', ['account'])
    op.create_index(op.f('ix_ledger_line_invoice_id'), 'ledger_line', ['invoice_id'])


# What the database itself refuses. Lines come before their entry, and the entry seals them: it is refused unless they
# balance and its month is open, and no line is added to it afterwards. A line without an entry is refused at commit by
# its deferred foreign key. The refusals carry a constraint's name, by which the unit of work finds their words.

POSTGRES_GUARD = """
CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
CREATE FUNCTION ledger_refuse_late_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM ledger_entry WHERE id = NEW.entry_id) THEN
        RAISE EXCEPTION 'the entry is sealed' USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entry_sealed';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION ledger_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*) < 2 OR sum(debit) <> sum(credit) FROM ledger_line WHERE entry_id = NEW.id) THEN
        RAISE EXCEPTION 'the entry does not balance'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entry_balanced';
    END IF;
    IF EXISTS (
        SELECT 1 FROM ledger_month
        WHERE jobcenter_id = NEW.jobcenter_id AND month >= date_trunc('month', NEW.booked_on)::date
    ) THEN
        RAISE EXCEPTION 'the month is closed' USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_month_closed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_line_before_its_entry BEFORE INSERT ON ledger_line
FOR EACH ROW EXECUTE FUNCTION ledger_refuse_late_line();
CREATE TRIGGER ledger_entry_seals BEFORE INSERT ON ledger_entry
FOR EACH ROW EXECUTE FUNCTION ledger_seal();
"""
POSTGRES_APPEND_ONLY = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
"""
SQLITE_GUARD = (
    """
CREATE TRIGGER ledger_line_before_its_entry BEFORE INSERT ON ledger_line
WHEN EXISTS (SELECT 1 FROM ledger_entry WHERE id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: ledger_entry_sealed'); END
""",
    """
CREATE TRIGGER ledger_entry_seals BEFORE INSERT ON ledger_entry
WHEN (
    SELECT count(*) < 2 OR round(sum(debit) - sum(credit), 2) <> 0 FROM ledger_line WHERE entry_id = NEW.id
)
BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: ledger_entry_balanced'); END
""",
    """
CREATE TRIGGER ledger_entry_in_open_month BEFORE INSERT ON ledger_entry
WHEN EXISTS (
    SELECT 1 FROM ledger_month
    WHERE jobcenter_id = NEW.jobcenter_id AND month >= date(NEW.booked_on, 'start of month')
)
BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: ledger_month_closed'); END
""",
)
SQLITE_APPEND_ONLY = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""


def guard_the_ledger() -> None:
    """Let the database itself refuse what may not happen to the books."""
    if op.get_bind().dialect.name == 'postgresql':
        op.execute(POSTGRES_GUARD)
        for table in APPEND_ONLY:
            op.execute(POSTGRES_APPEND_ONLY.format(table=table))
        return
    for statement in SQLITE_GUARD:
        op.execute(statement)
    for table in APPEND_ONLY:
        for verb in ('update', 'delete'):
            op.execute(SQLITE_APPEND_ONLY.format(table=table, verb=verb))


def unguard_the_ledger() -> None:
    """Remove what `guard_the_ledger` made beside the tables."""
    if op.get_bind().dialect.name == 'postgresql':
        for name in ('ledger_seal', 'ledger_refuse_late_line', 'ledger_refuse_change'):
            op.execute(f'DROP FUNCTION {name}()')

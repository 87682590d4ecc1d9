"""Let the database itself refuse what may not happen to an issued invoice.

An invoice is sealed by the document that is stored with it when it is sent. From then on only its state, its day of
payment and its version change, and of its lines what credit notes take back; its sums per rate do not change at all.

SQLite drops the triggers of a table that `batch_alter_table` makes anew, and refuses to rename one to `invoice` while
triggers of other tables look into it. A later migration that alters `invoice`, `invoice_line` or `invoice_vat` in that
way drops the triggers of all three first and makes them again afterwards, with new columns among those that are sealed.

Revision ID: 0026
Revises: 0025
"""
from alembic import op

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None

SEALED = {
    'invoice': (
        'id', 'jobcenter_id', 'organisation_id', 'order_id', 'credits_id', 'form_key', 'kind', 'number', 'language',
        'buyer_name', 'cost_centre', 'buyer_reference', 'first_day', 'last_day', 'net', 'vat', 'gross',
        'reference_number', 'reason', 'made_by', 'made_at', 'made_by_id', 'approved_by', 'approved_by_id',
        'approved_at', 'vat_free', 'sent_by', 'sent_on', 'due_on', 'document', 'particulars',
    ),
    'invoice_line': (
        'id', 'invoice_id', 'position', 'time_entry_id', 'description', 'worked_on', 'minutes', 'hourly_price',
        'vat_percent', 'net', 'piece', 'share_id', 'share_begins', 'share_ends',
    ),
    'invoice_vat': ('id', 'invoice_id', 'vat_percent', 'net', 'vat', 'gross'),
}
PARTS = ('invoice_line', 'invoice_vat')
VERBS = ('insert', 'update', 'delete')

POSTGRES_REFUSAL = """
CREATE FUNCTION invoice_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the invoice is sealed' USING ERRCODE = 'check_violation', CONSTRAINT = 'invoice_sealed';
END $$;
CREATE FUNCTION invoice_refuse_change_of_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM invoice WHERE document IS NOT NULL AND (
        (TG_OP <> 'INSERT' AND id = OLD.invoice_id) OR (TG_OP <> 'DELETE' AND id = NEW.invoice_id)
    )) THEN
        RAISE EXCEPTION 'the invoice is sealed' USING ERRCODE = 'check_violation', CONSTRAINT = 'invoice_sealed';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""
POSTGRES_TRIGGER = """
CREATE TRIGGER {table}_sealed_{verb} BEFORE {verb} ON {table} FOR EACH ROW {when} EXECUTE FUNCTION {function}()
"""
SQLITE_TRIGGER = """
CREATE TRIGGER {table}_sealed_{verb} BEFORE {verb} ON {table} WHEN {when}
BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: invoice_sealed'); END
"""
WHOSE = {'insert': 'NEW.invoice_id', 'update': 'OLD.invoice_id, NEW.invoice_id', 'delete': 'OLD.invoice_id'}


def upgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        guard_on_postgres()
    else:
        guard_on_sqlite()


def downgrade() -> None:
    postgres = op.get_bind().dialect.name == 'postgresql'
    made = [('invoice', 'update'), ('invoice', 'delete'), *((part, verb) for part in PARTS for verb in VERBS)]
    for table, verb in made:
        op.execute(f'DROP TRIGGER {table}_sealed_{verb}' + (f' ON {table}' if postgres else ''))
    if postgres:
        for name in ('invoice_refuse_change', 'invoice_refuse_change_of_part'):
            op.execute(f'DROP FUNCTION {name}()')


def guard_on_postgres() -> None:
    """Triggers that ask first whether a row changes, and then by a function whether its invoice is sealed."""

    def make(table: str, verb: str, when: str, function: str) -> None:
        op.execute(POSTGRES_TRIGGER.format(table=table, verb=verb, when=when, function=function))

    op.execute(POSTGRES_REFUSAL)
    sealed = 'OLD.document IS NOT NULL'
    changed = changed_columns('invoice', 'IS DISTINCT FROM')
    make('invoice', 'update', f'WHEN ({sealed} AND ({changed}))', 'invoice_refuse_change')
    make('invoice', 'delete', f'WHEN ({sealed})', 'invoice_refuse_change')
    for part in PARTS:
        changed = changed_columns(part, 'IS DISTINCT FROM')
        for verb in VERBS:
            make(part, verb, f'WHEN ({changed})' if verb == 'update' else '', 'invoice_refuse_change_of_part')


def guard_on_sqlite() -> None:
    """The same, where a trigger's own condition may look into another table."""
    sealed = 'OLD.document IS NOT NULL'
    changed = changed_columns('invoice', 'IS NOT')
    op.execute(SQLITE_TRIGGER.format(table='invoice', verb='update', when=f'{sealed} AND ({changed})'))
    op.execute(SQLITE_TRIGGER.format(table='invoice', verb='delete', when=sealed))
    for part in PARTS:
        for verb in VERBS:
            when = f'EXISTS (SELECT 1 FROM invoice WHERE id IN ({WHOSE[verb]}) AND document IS NOT NULL)'
            if verb == 'update':
                when = f"({changed_columns(part, 'IS NOT')}) AND {when}"
            op.execute(SQLITE_TRIGGER.format(table=part, verb=verb, when=when))


def changed_columns(table: str, differs: str) -> str:
    """The condition that a sealed column of a table changes."""
    return ' OR '.join(f'NEW.{column} {differs} OLD.{column}' for column in SEALED[table])

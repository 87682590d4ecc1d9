"""Keep books that the database itself holds balanced, unchanged and closed by months; keep payments with amounts.

What was sent, paid and credited before is booked on its own day, as it would have been.

Revision ID: 0011
Revises: 0010
"""
from datetime import UTC, datetime
from uuid import uuid4

from alembic import op
import sqlalchemy as sa

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

APPEND_ONLY = ('ledger_line', 'ledger_entry', 'ledger_month')


STATES = ('draft', 'discarded', 'sent', 'paid', 'credited')


def choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    make_ledger()
    make_payments()
    allow_states(*STATES, 'written_off')
    book_what_was(op.get_bind())
    guard_the_ledger()


def downgrade() -> None:
    op.execute("UPDATE invoice SET status = 'sent' WHERE status = 'written_off'")
    allow_states(*STATES)
    for table in ('invoice_collection', 'payment_use', 'payment', 'bank_statement'):
        op.drop_table(table)
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


def make_payments() -> None:
    op.create_table(
        'bank_statement',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('jobcenter_id', sa.Integer(), nullable=False),
        sa.Column('kind', choice('statementkind', 'camt_053', 'camt_054', 'ktl'), nullable=False),
        sa.Column('digest', sa.String(length=64), nullable=False),
        sa.Column('file_name', sa.String(length=250), nullable=False),
        sa.Column('account', sa.String(length=120), nullable=False),
        sa.Column('added', sa.Integer(), nullable=False),
        sa.Column('known', sa.Integer(), nullable=False),
        sa.Column('left_out', sa.Text(), nullable=False),
        sa.Column('made_by', sa.String(length=120), nullable=False),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['jobcenter_id'], ['jobcenter.id'], name=op.f('fk_bank_statement_jobcenter_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_bank_statement')),
        sa.UniqueConstraint('digest', name=op.f('uq_bank_statement_digest')),
    )
    op.create_index(op.f('ix_bank_statement_jobcenter_id'), 'bank_statement', ['jobcenter_id'])
    op.create_table(
        'payment',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('jobcenter_id', sa.Integer(), nullable=False),
        sa.Column('invoice_id', sa.Integer(), nullable=True),
        sa.Column('statement_id', sa.Integer(), nullable=True),
        sa.Column('source', choice('paymentsource', 'by_hand', 'bank', 'card', 'before_books'), nullable=False),
        sa.Column('status', choice('paymentstatus', 'waiting', 'matched', 'returned', 'taken_back'), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('amount', sa.Numeric(precision=10, scale=2), nullable=False),
        sa.Column('over', sa.Numeric(precision=10, scale=2), nullable=False),
        sa.Column('payer', sa.String(length=120), nullable=False),
        sa.Column('reference', sa.String(length=120), nullable=False),
        sa.Column('message', sa.String(length=250), nullable=False),
        sa.Column('bank_key', sa.String(length=160), nullable=True),
        sa.Column('form_key', sa.String(length=60), nullable=True),
        sa.Column('made_by', sa.String(length=120), nullable=False),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint('amount > 0', name=op.f('ck_payment_amount')),
        sa.CheckConstraint('over >= 0', name=op.f('ck_payment_over')),
        sa.CheckConstraint(
            "(invoice_id is null) = (status in ('waiting', 'returned'))", name=op.f('ck_payment_invoice')
        ),
        sa.ForeignKeyConstraint(['invoice_id'], ['invoice.id'], name=op.f('fk_payment_invoice_id')),
        sa.ForeignKeyConstraint(['jobcenter_id'], ['jobcenter.id'], name=op.f('fk_payment_jobcenter_id')),
        sa.ForeignKeyConstraint(['statement_id'], ['bank_statement.id'], name=op.f('fk_payment_statement_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_payment')),
        sa.UniqueConstraint('bank_key', name=op.f('uq_payment_bank_key')),
        sa.UniqueConstraint('form_key', name=op.f('uq_payment_form_key')),
    )
    op.create_index('ix_payment_jobcenter_status', 'payment', ['jobcenter_id', 'status'])
    op.create_index(op.f('ix_payment_invoice_id'), 'payment', ['invoice_id'])
    op.create_index(op.f('ix_payment_statement_id'), 'payment', ['statement_id'])
    op.create_table(
        'payment_use',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('payment_id', sa.Integer(), nullable=False),
        sa.Column(
            'kind',
            choice('usekind', 'refund', 'other_invoice', 'late_interest', 'late_compensation'),
            nullable=False,
        ),
        sa.Column('invoice_id', sa.Integer(), nullable=True),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('amount', sa.Numeric(precision=10, scale=2), nullable=False),
        sa.Column('form_key', sa.String(length=60), nullable=True),
        sa.Column('made_by', sa.String(length=120), nullable=False),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('amount > 0', name=op.f('ck_payment_use_amount')),
        sa.CheckConstraint(
            "(kind = 'other_invoice') = (invoice_id is not null)", name=op.f('ck_payment_use_invoice')
        ),
        sa.ForeignKeyConstraint(['invoice_id'], ['invoice.id'], name=op.f('fk_payment_use_invoice_id')),
        sa.ForeignKeyConstraint(['payment_id'], ['payment.id'], name=op.f('fk_payment_use_payment_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_payment_use')),
        sa.UniqueConstraint('form_key', name=op.f('uq_payment_use_form_key')),
    )
    op.create_index(op.f('ix_payment_use_invoice_id'), 'payment_use', ['invoice_id'])
    op.create_index(op.f('ix_payment_use_payment_id'), 'payment_use', ['payment_id'])
    op.create_table(
        'invoice_collection',
        sa.Column('invoice_id', sa.Integer(), nullable=False),
        sa.Column('stopped', sa.Boolean(), nullable=False),
        sa.Column('stopped_by', sa.String(length=120), nullable=False),
        sa.Column('stop_reason', sa.String(length=250), nullable=False),
        sa.Column('first_reminded_on', sa.Date(), nullable=True),
        sa.Column('second_reminded_on', sa.Date(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['invoice_id'], ['invoice.id'], name=op.f('fk_invoice_collection_invoice_id')),
        sa.PrimaryKeyConstraint('invoice_id', name=op.f('pk_invoice_collection')),
    )


def allow_states(*states: str) -> None:
    """Let an invoice be in these states."""
    with op.batch_alter_table('invoice') as batch:
        batch.drop_constraint(op.f('ck_invoice_status'), type_='check')
        batch.create_check_constraint(
            op.f('ck_invoice_status'), f"status IN ({', '.join(repr(state) for state in states)})"
        )


# What happened before there were books. Each event becomes the entry that it would have been, in the order of its days;
# whoever was paid after a credit has the money with us. Hours paid outside the product's own lists are not ours to book.


class Past:
    """Entries being written, with the next voucher number of each Jobcenter."""

    def __init__(self, connection: sa.Connection) -> None:
        metadata = sa.MetaData()
        self.connection = connection
        self.table = {
            name: sa.Table(name, metadata, autoload_with=connection)
            for name in (
                'invoice', 'invoice_vat', 'pay_run', 'pay_item', 'payment', 'ledger_entry', 'ledger_line',
                'ledger_counter', 'billing_settings',
            )
        }
        self.last: dict[int, int] = {}

    def rows(self, name: str, *where: sa.ColumnElement[bool]) -> list[sa.RowMapping]:
        table = self.table[name]
        return list(self.connection.execute(sa.select(table).where(*where).order_by(table.c.id)).mappings())

    def add(self, name: str, **values: object) -> None:
        self.connection.execute(self.table[name].insert(), values)

    def post(self, jobcenter_id: int, event: str, kind: str, day, source: tuple[str, int], text: str, lines) -> None:
        """Book lines of (account, amount, VAT per cent, invoice): above zero is debit, below is credit."""
        lines = [line for line in lines if line[1]]
        if not lines:
            return
        number = self.last[jobcenter_id] = self.last.get(jobcenter_id, 0) + 1
        entry_id = uuid4().hex
        for position, (account, amount, vat_percent, invoice_id) in enumerate(lines, start=1):
            self.add(
                'ledger_line', entry_id=entry_id, position=position, account=account, vat_percent=vat_percent,
                invoice_id=invoice_id, debit=max(amount, 0), credit=max(-amount, 0),
            )
        self.add(
            'ledger_entry', id=entry_id, jobcenter_id=jobcenter_id, number=number, event=event, kind=kind,
            happened_on=day, booked_on=day, text=text, source_type=source[0], source_id=str(source[1]),
            made_by='system', made_at=datetime.now(UTC),
        )


def book_what_was(connection: sa.Connection) -> None:
    """Book invoices, credit notes, payments and paid lists of the time before the books."""
    past = Past(connection)
    invoice, run = past.table['invoice'], past.table['pay_run']
    sent = past.rows('invoice', invoice.c.number.is_not(None))
    happened = [(row['sent_on'], 2 if row['kind'] == 'credit_note' else 0, _book_invoice, row) for row in sent]
    paid = past.rows('invoice', invoice.c.paid_on.is_not(None), invoice.c.kind == 'invoice')
    happened += [(row['paid_on'], 1, _book_payment, row) for row in paid]
    happened += [(row['pay_on'], 3, _book_run, row) for row in past.rows('pay_run', run.c.status == 'paid')]
    for _day, _order, book, row in sorted(happened, key=lambda one: (one[0], one[1], one[3]['id'])):
        book(past, row)
    for jobcenter_id, number in past.last.items():
        past.add('ledger_counter', jobcenter_id=jobcenter_id, last_number=number)


def _book_invoice(past: Past, row: sa.RowMapping) -> None:
    is_note = row['kind'] == 'credit_note'
    owed_on = row['credits_id'] if is_note else row['id']
    lines = [('receivables', row['gross'], None, owed_on)]
    vat = past.table['invoice_vat']
    for rate in past.rows('invoice_vat', vat.c.invoice_id == row['id']):
        lines.append(('service_income', -rate['net'], rate['vat_percent'], None))
        lines.append(('vat_payable', -rate['vat'], rate['vat_percent'], None))
    event, source = f"invoice:{row['id']}:sent", ('invoice', row['id'])
    past.post(row['jobcenter_id'], event, row['kind'], row['sent_on'], source, str(row['number']), lines)
    if not is_note:
        return
    payment = past.table['payment']
    for paid in past.rows('payment', payment.c.invoice_id == owed_on):
        _leave_over(past, paid, row['sent_on'], row['number'])


def _book_payment(past: Past, row: sa.RowMapping) -> None:
    if row['gross'] <= 0:
        return
    past.add(
        'payment', jobcenter_id=row['jobcenter_id'], invoice_id=row['id'], source='before_books', status='matched',
        day=row['paid_on'], amount=row['gross'], over=0, payer=row['buyer_name'], reference=row['reference_number'],
        message='', made_by='system', made_at=datetime.now(UTC), version=1,
    )
    payment = past.table['payment']
    (paid,) = past.rows('payment', payment.c.invoice_id == row['id'])
    lines = [('bank', row['gross'], None, None), ('receivables', -row['gross'], None, row['id'])]
    event, source = f"payment:{paid['id']}", ('invoice', row['id'])
    past.post(row['jobcenter_id'], event, 'payment', row['paid_on'], source, str(row['number']), lines)
    invoice = past.table['invoice']
    for note in past.rows('invoice', invoice.c.credits_id == row['id'], invoice.c.sent_on < row['paid_on']):
        _leave_over(past, paid, row['paid_on'], note['number'])


def _leave_over(past: Past, paid: sa.RowMapping, day, number: int) -> None:
    payment = past.table['payment']
    past.connection.execute(payment.update().where(payment.c.id == paid['id']).values(over=paid['amount']))
    lines = [('receivables', paid['amount'], None, paid['invoice_id']), ('overpayments', -paid['amount'], None, None)]
    event, source = f"overpayment_used:before:{paid['id']}", ('invoice', paid['invoice_id'])
    past.post(paid['jobcenter_id'], event, 'overpayment_used', day, source, str(number), lines)


def _book_run(past: Past, row: sa.RowMapping) -> None:
    item, settings = past.table['pay_item'], past.table['billing_settings']
    bills = sa.select(settings.c.partner_bills).where(settings.c.jobcenter_id == row['jobcenter_id'])
    partner_bills = past.connection.scalar(bills)
    for paid in past.rows('pay_item', item.c.pay_run_id == row['id']):
        ours = paid['payer'] == 'jobcenter'
        if partner_bills and not ours:
            continue
        lines = [
            ('wages', paid['gross'], None, None),
            ('withholding_due', -paid['withheld'], None, None),
            ('bank', -(paid['gross'] - paid['withheld']), None, None),
        ]
        if not ours:
            lines = [('partner_costs', paid['gross'], None, None), ('partner_payables', -paid['gross'], None, None)]
        kind, event = 'pay' if ours else 'partner_costs', f"pay_item:{paid['id']}:paid"
        past.post(row['jobcenter_id'], event, kind, row['pay_on'], ('pay_item', paid['id']), '', lines)


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

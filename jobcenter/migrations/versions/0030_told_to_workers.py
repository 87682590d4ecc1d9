"""On PostgreSQL what is told of limits is held to its worker once a statement, not once a row; the index of all that
was told is one of what no longer holds.

A night stores a dozen rows a person, and PostgreSQL looks the worker of a foreign key up for each row: that was a third
of what storing them took. The trigger looks all workers of a statement up at once, and locks them as a foreign key
does. Deleting a worker of whom something was told, and moving it to another, is refused as before. SQLite keeps its
foreign key. Decision 025.

Revision ID: 0030
Revises: 0029
"""
from alembic import op
import sqlalchemy as sa

revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None

FOREIGN_KEY = 'fk_limit_snapshot_worker_id'
PAST = {'sqlite_where': sa.text('superseded_at is not null'), 'postgresql_where': sa.text('superseded_at is not null')}

HOLD = f"""
CREATE FUNCTION limit_snapshot_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was told of limits has no worker' USING
        ERRCODE = 'foreign_key_violation', CONSTRAINT = '{FOREIGN_KEY}';
END $$;

CREATE FUNCTION limit_snapshot_of_workers() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    found bigint;
BEGIN
    PERFORM 1 FROM worker WHERE id IN (SELECT worker_id FROM told) FOR KEY SHARE;
    GET DIAGNOSTICS found = ROW_COUNT;
    IF found < (SELECT count(DISTINCT worker_id) FROM told) THEN
        RAISE EXCEPTION 'what was told of limits has no worker' USING
            ERRCODE = 'foreign_key_violation', CONSTRAINT = '{FOREIGN_KEY}';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION limit_snapshot_of_worker() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM limit_snapshot WHERE worker_id = OLD.id AND superseded_at IS NULL)
        OR EXISTS (SELECT 1 FROM limit_snapshot WHERE worker_id = OLD.id AND superseded_at IS NOT NULL) THEN
        RAISE EXCEPTION 'the worker was told of limits' USING
            ERRCODE = 'foreign_key_violation', CONSTRAINT = '{FOREIGN_KEY}';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER limit_snapshot_insert AFTER INSERT ON limit_snapshot
    REFERENCING NEW TABLE AS told FOR EACH STATEMENT EXECUTE FUNCTION limit_snapshot_of_workers();
CREATE TRIGGER limit_snapshot_update BEFORE UPDATE ON limit_snapshot
    FOR EACH ROW WHEN (NEW.worker_id <> OLD.worker_id) EXECUTE FUNCTION limit_snapshot_refuse();
CREATE TRIGGER limit_snapshot_worker AFTER DELETE ON worker
    FOR EACH ROW EXECUTE FUNCTION limit_snapshot_of_worker();
"""


def upgrade() -> None:
    op.drop_index('ix_limit_snapshot_worker_id', table_name='limit_snapshot')
    op.create_index('ix_limit_snapshot_past', 'limit_snapshot', ['worker_id'], **PAST)
    if op.get_bind().dialect.name == 'postgresql':
        op.drop_constraint(FOREIGN_KEY, 'limit_snapshot', type_='foreignkey')
        op.execute(HOLD)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        for table, name in (('worker', 'worker'), ('limit_snapshot', 'update'), ('limit_snapshot', 'insert')):
            op.execute(f'DROP TRIGGER limit_snapshot_{name} ON {table}')
        for name in ('refuse', 'of_workers', 'of_worker'):
            op.execute(f'DROP FUNCTION limit_snapshot_{name}()')
        op.create_foreign_key(FOREIGN_KEY, 'limit_snapshot', 'worker', ['worker_id'], ['id'])
    op.drop_index('ix_limit_snapshot_past', table_name='limit_snapshot', **PAST)
    op.create_index('ix_limit_snapshot_worker_id', 'limit_snapshot', ['worker_id'])

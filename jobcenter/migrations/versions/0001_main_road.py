"""main road."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('app_user',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('given_name', sa.String(length=120), nullable=False),
    sa.Column('family_name', sa.String(length=120), nullable=False),
    sa.Column('phone', sa.String(length=40), nullable=False),
    sa.Column('password_hash', sa.String(length=250), nullable=True),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('session_epoch', sa.Integer(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_app_user')),
    sa.UniqueConstraint('email', name=op.f('uq_app_user_email'))
    )
    op.create_table('audit_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kind', sa.Enum('change', 'read', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('actor_name', sa.String(length=120), nullable=False),
    sa.Column('on_behalf_of', sa.Integer(), nullable=True),
    sa.Column('jobcenter_id', sa.Integer(), nullable=True),
    sa.Column('verb', sa.String(length=120), nullable=False),
    sa.Column('thing_type', sa.String(length=60), nullable=False),
    sa.Column('thing_id', sa.String(length=64), nullable=False),
    sa.Column('before', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=True),
    sa.Column('after', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=True),
    sa.Column('previous', sa.String(length=64), nullable=False),
    sa.Column('link', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_event')),
    sa.UniqueConstraint('link', name=op.f('uq_audit_event_link'))
    )
    op.create_index(op.f('ix_audit_event_actor_id'), 'audit_event', ['actor_id'], unique=False)
    op.create_index('ix_audit_event_jobcenter_id_id', 'audit_event', ['jobcenter_id', 'id'], unique=False)
    op.create_index('ix_audit_event_thing', 'audit_event', ['thing_type', 'thing_id'], unique=False)
    op.create_table('job_run',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('job', sa.String(length=60), nullable=False),
    sa.Column('slot', sa.DateTime(timezone=True), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('failed', sa.Integer(), nullable=False),
    sa.Column('remark', sa.String(length=250), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job_run')),
    sa.UniqueConstraint('job', 'slot', name=op.f('uq_job_run_job_slot'))
    )
    op.create_table('jobcenter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=60), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('kind', sa.Enum('disability', 'rehabilitative', name='jobcenterkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('area', sa.String(length=120), nullable=False),
    sa.Column('phone', sa.String(length=40), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('street', sa.String(length=120), nullable=False),
    sa.Column('postcode', sa.String(length=10), nullable=False),
    sa.Column('city', sa.String(length=120), nullable=False),
    sa.Column('business_id', sa.String(length=20), nullable=False),
    sa.Column('iban', sa.String(length=34), nullable=False),
    sa.Column('bic', sa.String(length=11), nullable=False),
    sa.Column('partner_name', sa.String(length=120), nullable=False),
    sa.Column('partner_business_id', sa.String(length=20), nullable=False),
    sa.Column('near_share', sa.Numeric(precision=5, scale=2), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_jobcenter')),
    sa.UniqueConstraint('slug', name=op.f('uq_jobcenter_slug'))
    )
    op.create_table('mail',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dedupe_key', sa.String(length=160), nullable=False),
    sa.Column('to', sa.String(length=254), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('subject', sa.String(length=250), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('jobcenter_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('next_try_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('error', sa.String(length=250), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mail')),
    sa.UniqueConstraint('dedupe_key', name=op.f('uq_mail_dedupe_key'))
    )
    op.create_index('ix_mail_next_try_at', 'mail', ['next_try_at'], unique=False)
    op.create_index(op.f('ix_mail_to'), 'mail', ['to'], unique=False)
    op.create_table('sign_in_attempt',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('client', sa.String(length=64), nullable=False),
    sa.Column('by_link', sa.Boolean(), nullable=False),
    sa.Column('succeeded', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_attempt'))
    )
    op.create_index('ix_sign_in_attempt_client_at', 'sign_in_attempt', ['client', 'at'], unique=False)
    op.create_index('ix_sign_in_attempt_email_at', 'sign_in_attempt', ['email', 'at'], unique=False)
    op.create_table('todo',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('payload', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=True),
    sa.Column('left_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('not_before', sa.DateTime(timezone=True), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_todo'))
    )
    op.create_index('uq_todo_open_kind_key', 'todo', ['kind', 'key'], unique=True, postgresql_where=sa.text('done_at IS NULL'), sqlite_where=sa.text('done_at IS NULL'))
    op.create_table('action_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('purpose', sa.Enum('sign_in', 'confirm_order', 'accept_terms', 'confirm_hours', 'give_feedback', 'answer_offer', 'read_invoice', name='linkpurpose', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['app_user.id'], name=op.f('fk_action_link_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_action_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_action_link_token_hash'))
    )
    op.create_index(op.f('ix_action_link_user_id'), 'action_link', ['user_id'], unique=False)
    op.create_table('billing_settings',
    sa.Column('jobcenter_id', sa.Integer(), nullable=False),
    sa.Column('payment_days', sa.Integer(), nullable=True),
    sa.Column('pay_days', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=True),
    sa.Column('partner_bills', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('payment_days between 0 and 60', name=op.f('ck_billing_settings_payment_days')),
    sa.ForeignKeyConstraint(['jobcenter_id'], ['jobcenter.id'], name=op.f('fk_billing_settings_jobcenter_id')),
    sa.PrimaryKeyConstraint('jobcenter_id', name=op.f('pk_billing_settings'))
    )
    op.create_table('invoice_counter',
    sa.Column('jobcenter_id', sa.Integer(), nullable=False),
    sa.Column('last_number', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['jobcenter_id'], ['jobcenter.id'], name=op.f('fk_invoice_counter_jobcenter_id')),
    sa.PrimaryKeyConstraint('jobcenter_id', name=op.f('pk_invoice_counter'))
    )
    op.create_table('organisation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('jobcenter_id', sa.Integer(), nullable=False),
    sa.Column('external_ref', sa.String(length=60), nullable=False),
    sa.Column('kind', sa.Enum('business', 'association', 'city_unit', 'private_person', name='organisationkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('business_id', sa.String(), nullable=True),
    sa.Column('email', sa.String(length=120), nullable=False),
    sa.Column('phone', sa.String(length=120), nullable=False),
    sa.Column('street', sa.String(length=120), nullable=False),
    sa.Column('postcode', sa.String(length=120), nullable=False),
    sa.Column('city', sa.String(length=120), nullable=False),
    sa.Column('einvoice_address', sa.String(length=120), nullable=False),
    sa.Column('einvoice_operator', sa.String(length=120), nullable=False),
    sa.Column('invoice_reference', sa.String(length=250), nullable=False),
    sa.Column('cost_centre', sa.String(length=120), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(kind = 'private_person') = (business_id is null)", name=op.f('ck_organisation_business_id')),
    sa.ForeignKeyConstraint(['jobcenter_id'], ['jobcenter.id'], name=op.f('fk_organisation_jobcenter_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation')),
    sa.UniqueConstraint('jobcenter_id', 'external_ref', name=op.f('uq_organisation_jobcenter_id_external_ref'))
    )
    op.create_index('ix_organisation_jobcenter_business_id', 'organisation', ['jobcenter_id', 'business_id'], unique=False)
    op.create_table('pay_run',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('jobcenter_id', sa.Integer(), nullable=False),
    sa.Column('form_key', sa.String(), nullable=True),
    sa.Column('pay_on', sa.Date(), nullable=False),
    sa.Column('status', sa.Enum('listed', 'paid', 'discarded', name='payrunstatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('made_by', sa.String(length=120), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_by', sa.String(length=120), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['jobcenter_id'], ['jobcenter.id'], name=op.f('fk_pay_run_jobcenter_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pay_run')),
    sa.UniqueConstraint('form_key', name=op.f('uq_pay_run_form_key'))
    )
    op.create_index(op.f('ix_pay_run_jobcenter_id'), 'pay_run', ['jobcenter_id'], unique=False)
    op.create_index(op.f('ix_pay_run_status'), 'pay_run', ['status'], unique=False)
    op.create_table('rate',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('price', 'wage', 'vat', name='ratekind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('form', sa.Enum('assignment', 'partner', name='contractform', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('jobcenter_id', sa.Integer(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('value', sa.Numeric(precision=10, scale=2), nullable=False),
    sa.Column('source', sa.String(length=250), nullable=False),
    sa.Column('checked_on', sa.Date(), nullable=False),
    sa.Column('set_by', sa.String(length=120), nullable=False),
    sa.Column('set_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('value >= 0', name=op.f('ck_rate_value')),
    sa.ForeignKeyConstraint(['jobcenter_id'], ['jobcenter.id'], name=op.f('fk_rate_jobcenter_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rate'))
    )
    op.create_index(op.f('ix_rate_jobcenter_id'), 'rate', ['jobcenter_id'], unique=False)
    op.create_table('role_grant',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('jobcenter_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('orderer', 'coordinator', 'worker', 'support', 'guardian', 'unit_manager', 'admin', name='role', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('granted_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['jobcenter_id'], ['jobcenter.id'], name=op.f('fk_role_grant_jobcenter_id')),
    sa.ForeignKeyConstraint(['user_id'], ['app_user.id'], name=op.f('fk_role_grant_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_grant')),
    sa.UniqueConstraint('user_id', 'jobcenter_id', 'role', name=op.f('uq_role_grant_user_id_jobcenter_id_role'))
    )
    op.create_index(op.f('ix_role_grant_jobcenter_id'), 'role_grant', ['jobcenter_id'], unique=False)
    op.create_table('terms_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('jobcenter_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('texts', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('made_by', sa.String(length=120), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['jobcenter_id'], ['jobcenter.id'], name=op.f('fk_terms_version_jobcenter_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_terms_version')),
    sa.UniqueConstraint('jobcenter_id', 'number', name=op.f('uq_terms_version_jobcenter_id_number'))
    )
    op.create_index(op.f('ix_terms_version_jobcenter_id'), 'terms_version', ['jobcenter_id'], unique=False)
    op.create_table('work_unit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('jobcenter_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('address', sa.String(length=250), nullable=False),
    sa.Column('manager_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['jobcenter_id'], ['jobcenter.id'], name=op.f('fk_work_unit_jobcenter_id')),
    sa.ForeignKeyConstraint(['manager_id'], ['app_user.id'], name=op.f('fk_work_unit_manager_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_work_unit')),
    sa.UniqueConstraint('jobcenter_id', 'name', name=op.f('uq_work_unit_jobcenter_id_name'))
    )
    op.create_index(op.f('ix_work_unit_jobcenter_id'), 'work_unit', ['jobcenter_id'], unique=False)
    op.create_index(op.f('ix_work_unit_manager_id'), 'work_unit', ['manager_id'], unique=False)
    op.create_table('organisation_member',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_organisation_member_organisation_id')),
    sa.ForeignKeyConstraint(['user_id'], ['app_user.id'], name=op.f('fk_organisation_member_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation_member')),
    sa.UniqueConstraint('organisation_id', 'user_id', name=op.f('uq_organisation_member_organisation_id_user_id'))
    )
    op.create_index(op.f('ix_organisation_member_user_id'), 'organisation_member', ['user_id'], unique=False)
    op.create_table('work_order',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('jobcenter_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('ordered_by_id', sa.Integer(), nullable=True),
    sa.Column('coordinator_id', sa.Integer(), nullable=True),
    sa.Column('external_ref', sa.String(length=60), nullable=False),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.Column('status', sa.Enum('draft', 'unconfirmed', 'new', 'terms_sent', 'accepted', 'declined', 'cancelled', 'closed', name='orderstatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('category', sa.Enum('dishwashing', 'cleaning', 'laundry', 'gritting', 'snow_clearing', 'raking', 'watering', 'packing', 'sewing', 'archiving', 'grocery_bags', 'companionship', 'other', name='taskcategory', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('place_name', sa.String(length=120), nullable=False),
    sa.Column('street', sa.String(length=120), nullable=False),
    sa.Column('postcode', sa.String(length=120), nullable=False),
    sa.Column('city', sa.String(length=120), nullable=False),
    sa.Column('contact_name', sa.String(length=120), nullable=False),
    sa.Column('contact_phone', sa.String(length=120), nullable=False),
    sa.Column('demands', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('skills', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('einvoice_address', sa.String(length=120), nullable=False),
    sa.Column('einvoice_operator', sa.String(length=120), nullable=False),
    sa.Column('invoice_reference', sa.String(length=250), nullable=False),
    sa.Column('cost_centre', sa.String(length=120), nullable=False),
    sa.Column('contract_form', sa.Enum('assignment', 'partner', name='contractform', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('agreed_price', sa.Numeric(precision=10, scale=2), nullable=True),
    sa.Column('price_reason', sa.String(length=250), nullable=False),
    sa.Column('status_reason', sa.String(length=250), nullable=False),
    sa.Column('draft_account', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=True),
    sa.Column('draft_typed', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('people between 1 and 50', name=op.f('ck_work_order_people')),
    sa.ForeignKeyConstraint(['coordinator_id'], ['app_user.id'], name=op.f('fk_work_order_coordinator_id')),
    sa.ForeignKeyConstraint(['jobcenter_id'], ['jobcenter.id'], name=op.f('fk_work_order_jobcenter_id')),
    sa.ForeignKeyConstraint(['ordered_by_id'], ['app_user.id'], name=op.f('fk_work_order_ordered_by_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_work_order_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_work_order')),
    sa.UniqueConstraint('form_key', name=op.f('uq_work_order_form_key')),
    sa.UniqueConstraint('jobcenter_id', 'external_ref', name=op.f('uq_work_order_jobcenter_id_external_ref'))
    )
    op.create_index(op.f('ix_work_order_coordinator_id'), 'work_order', ['coordinator_id'], unique=False)
    op.create_index(op.f('ix_work_order_jobcenter_id'), 'work_order', ['jobcenter_id'], unique=False)
    op.create_index(op.f('ix_work_order_ordered_by_id'), 'work_order', ['ordered_by_id'], unique=False)
    op.create_index(op.f('ix_work_order_organisation_id'), 'work_order', ['organisation_id'], unique=False)
    op.create_index(op.f('ix_work_order_status'), 'work_order', ['status'], unique=False)
    op.create_table('worker',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('jobcenter_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('external_ref', sa.String(length=60), nullable=False),
    sa.Column('form_key', sa.String(), nullable=True),
    sa.Column('given_name', sa.String(length=120), nullable=False),
    sa.Column('family_name', sa.String(length=120), nullable=False),
    sa.Column('email', sa.String(length=120), nullable=False),
    sa.Column('phone', sa.String(length=120), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('born', sa.Date(), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('ready_since', sa.Date(), nullable=True),
    sa.Column('service_ends_on', sa.Date(), nullable=True),
    sa.Column('weekly_minutes_wished', sa.Integer(), nullable=False),
    sa.Column('weekly_minutes_most', sa.Integer(), nullable=False),
    sa.Column('needs_support', sa.Boolean(), nullable=False),
    sa.Column('tasks', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('skills', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('cannot', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('told_to_orderer', sa.String(length=250), nullable=False),
    sa.Column('jobseeker', sa.Enum('registered', 'not_registered', 'unknown', name='jobseekerstatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('benefits_asked_on', sa.Date(), nullable=True),
    sa.Column('near_share_percent', sa.Numeric(precision=5, scale=2), nullable=True),
    sa.Column('iban', sa.String(length=120), nullable=False),
    sa.Column('account_holder', sa.String(length=120), nullable=False),
    sa.Column('in_prepayment_register', sa.Boolean(), nullable=False),
    sa.Column('cv_introduction', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('weekly_minutes_most >= weekly_minutes_wished', name=op.f('ck_worker_weekly_minutes_most')),
    sa.CheckConstraint('weekly_minutes_wished >= 0', name=op.f('ck_worker_weekly_minutes_wished')),
    sa.ForeignKeyConstraint(['jobcenter_id'], ['jobcenter.id'], name=op.f('fk_worker_jobcenter_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['work_unit.id'], name=op.f('fk_worker_unit_id')),
    sa.ForeignKeyConstraint(['user_id'], ['app_user.id'], name=op.f('fk_worker_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_worker')),
    sa.UniqueConstraint('form_key', name=op.f('uq_worker_form_key')),
    sa.UniqueConstraint('jobcenter_id', 'external_ref', name=op.f('uq_worker_jobcenter_id_external_ref')),
    sa.UniqueConstraint('jobcenter_id', 'user_id', name=op.f('uq_worker_jobcenter_id_user_id'))
    )
    op.create_index(op.f('ix_worker_jobcenter_id'), 'worker', ['jobcenter_id'], unique=False)
    op.create_index(op.f('ix_worker_unit_id'), 'worker', ['unit_id'], unique=False)
    op.create_index(op.f('ix_worker_user_id'), 'worker', ['user_id'], unique=False)
    op.create_table('activity_time',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('worker_id', sa.Integer(), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=False),
    sa.Column('starts', sa.Time(), nullable=False),
    sa.Column('ends', sa.Time(), nullable=False),
    sa.CheckConstraint('ends > starts', name=op.f('ck_activity_time_times')),
    sa.CheckConstraint('weekday between 0 and 6', name=op.f('ck_activity_time_weekday')),
    sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_activity_time_worker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activity_time'))
    )
    op.create_index(op.f('ix_activity_time_worker_id'), 'activity_time', ['worker_id'], unique=False)
    op.create_table('consent',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('worker_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.Enum('take_part', 'support_sees_earnings', 'guardian_sees_earnings', 'unit_sees_gigs', name='consentpurpose', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('parties', sa.String(length=250), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by', sa.String(length=120), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_consent_worker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent'))
    )
    op.create_index(op.f('ix_consent_worker_id'), 'consent', ['worker_id'], unique=False)
    op.create_index('uq_consent_in_force', 'consent', ['worker_id', 'purpose'], unique=True, sqlite_where=sa.text('withdrawn_at is null'), postgresql_where=sa.text('withdrawn_at is null'))
    op.create_table('cv_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('worker_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('gigs', 'feedback', 'skill', 'own', name='cvlinekind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('text', sa.String(length=250), nullable=False),
    sa.Column('shown', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_cv_line_worker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cv_line')),
    sa.UniqueConstraint('worker_id', 'kind', 'key', name=op.f('uq_cv_line_worker_id_kind_key'))
    )
    op.create_index(op.f('ix_cv_line_worker_id'), 'cv_line', ['worker_id'], unique=False)
    op.create_table('gig',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('jobcenter_id', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('external_ref', sa.String(length=60), nullable=False),
    sa.Column('contract_form', sa.Enum('assignment', 'partner', name='contractform', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('break_minutes', sa.Integer(), nullable=False),
    sa.Column('occurrence', sa.DateTime(timezone=True), nullable=True),
    sa.Column('place', sa.String(length=250), nullable=False),
    sa.Column('status', sa.Enum('planned', 'cancelled', 'done', name='gigstatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('status_reason', sa.String(length=250), nullable=False),
    sa.Column('status_by', sa.String(length=120), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_gig_times')),
    sa.ForeignKeyConstraint(['jobcenter_id'], ['jobcenter.id'], name=op.f('fk_gig_jobcenter_id')),
    sa.ForeignKeyConstraint(['order_id'], ['work_order.id'], name=op.f('fk_gig_order_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_gig')),
    sa.UniqueConstraint('jobcenter_id', 'external_ref', name=op.f('uq_gig_jobcenter_id_external_ref')),
    sa.UniqueConstraint('order_id', 'occurrence', name=op.f('uq_gig_order_id_occurrence'))
    )
    op.create_index(op.f('ix_gig_jobcenter_id'), 'gig', ['jobcenter_id'], unique=False)
    op.create_index('ix_gig_jobcenter_starts', 'gig', ['jobcenter_id', 'starts_at'], unique=False)
    op.create_index(op.f('ix_gig_order_id'), 'gig', ['order_id'], unique=False)
    op.create_index(op.f('ix_gig_status'), 'gig', ['status'], unique=False)
    op.create_table('held_benefit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('worker_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('kela_disability_pension', 'guarantee_pension', 'tyel_disability_pension', 'tyel_partial_disability_pension', 'pensioner_housing_allowance', 'general_housing_allowance', 'basic_social_assistance', 'labour_market_subsidy', 'basic_unemployment_allowance', 'earnings_related_unemployment_allowance', 'general_benefit', 'enforcement', 'study_aid', 'sickness_allowance', 'rehabilitation_allowance', name='benefitkind', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('decided_annual_income', sa.Numeric(precision=10, scale=2), nullable=True),
    sa.Column('personal_limit', sa.Numeric(precision=10, scale=2), nullable=True),
    sa.Column('confirmed_yel_income', sa.Numeric(precision=10, scale=2), nullable=True),
    sa.Column('blind_or_immobile', sa.Boolean(), nullable=True),
    sa.Column('granted_on_disability', sa.Boolean(), nullable=True),
    sa.Column('told_by', sa.String(length=120), nullable=False),
    sa.Column('told_on', sa.Date(), nullable=False),
    sa.CheckConstraint('ends_on is null or starts_on is null or ends_on >= starts_on', name=op.f('ck_held_benefit_days')),
    sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_held_benefit_worker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_held_benefit'))
    )
    op.create_index(op.f('ix_held_benefit_worker_id'), 'held_benefit', ['worker_id'], unique=False)
    op.create_table('invoice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('jobcenter_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=True),
    sa.Column('credits_id', sa.Integer(), nullable=True),
    sa.Column('form_key', sa.String(), nullable=True),
    sa.Column('kind', sa.Enum('invoice', 'credit_note', name='invoicekind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('status', sa.Enum('draft', 'discarded', 'sent', 'paid', 'credited', name='invoicestatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('buyer_name', sa.String(length=120), nullable=False),
    sa.Column('cost_centre', sa.String(length=120), nullable=False),
    sa.Column('buyer_reference', sa.String(length=250), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('net', sa.Numeric(precision=10, scale=2), nullable=False),
    sa.Column('vat', sa.Numeric(precision=10, scale=2), nullable=False),
    sa.Column('gross', sa.Numeric(precision=10, scale=2), nullable=False),
    sa.Column('reference_number', sa.String(length=120), nullable=False),
    sa.Column('reason', sa.String(length=250), nullable=False),
    sa.Column('made_by', sa.String(length=120), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_by', sa.String(length=120), nullable=False),
    sa.Column('sent_on', sa.Date(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('paid_on', sa.Date(), nullable=True),
    sa.Column('document', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(kind = 'credit_note') = (credits_id is not null)", name=op.f('ck_invoice_credits')),
    sa.CheckConstraint("(number is null) = (status in ('draft', 'discarded'))", name=op.f('ck_invoice_number')),
    sa.CheckConstraint('(number is null) = (sent_on is null)', name=op.f('ck_invoice_sent_on')),
    sa.ForeignKeyConstraint(['credits_id'], ['invoice.id'], name=op.f('fk_invoice_credits_id')),
    sa.ForeignKeyConstraint(['jobcenter_id'], ['jobcenter.id'], name=op.f('fk_invoice_jobcenter_id')),
    sa.ForeignKeyConstraint(['order_id'], ['work_order.id'], name=op.f('fk_invoice_order_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_invoice_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invoice')),
    sa.UniqueConstraint('credits_id', name=op.f('uq_invoice_credits_id')),
    sa.UniqueConstraint('form_key', name=op.f('uq_invoice_form_key')),
    sa.UniqueConstraint('jobcenter_id', 'number', name=op.f('uq_invoice_jobcenter_id_number'))
    )
    op.create_index('ix_invoice_jobcenter_sent', 'invoice', ['jobcenter_id', 'sent_on'], unique=False)
    op.create_index(op.f('ix_invoice_order_id'), 'invoice', ['order_id'], unique=False)
    op.create_index(op.f('ix_invoice_organisation_id'), 'invoice', ['organisation_id'], unique=False)
    op.create_index(op.f('ix_invoice_status'), 'invoice', ['status'], unique=False)
    op.create_table('limit_snapshot',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('worker_id', sa.Integer(), nullable=False),
    sa.Column('rule', sa.String(length=120), nullable=False),
    sa.Column('series', sa.String(length=10), nullable=False),
    sa.Column('period_from', sa.Date(), nullable=False),
    sa.Column('period_to', sa.Date(), nullable=False),
    sa.Column('state', sa.Enum('under', 'near', 'at_limit', 'over', 'no_review', 'review_due', 'not_applicable', 'limit_missing', 'ask', name='limitstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('state_with_agreed', sa.Enum('under', 'near', 'at_limit', 'over', 'no_review', 'review_due', 'not_applicable', 'limit_missing', 'ask', name='limitstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('rules_version', sa.String(length=120), nullable=False),
    sa.Column('payload', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('superseded_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_limit_snapshot_worker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_limit_snapshot'))
    )
    op.create_index(op.f('ix_limit_snapshot_worker_id'), 'limit_snapshot', ['worker_id'], unique=False)
    op.create_index('uq_limit_snapshot_current', 'limit_snapshot', ['worker_id', 'rule', 'series'], unique=True, sqlite_where=sa.text('superseded_at is null'), postgresql_where=sa.text('superseded_at is null'))
    op.create_table('limit_warning',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('jobcenter_id', sa.Integer(), nullable=False),
    sa.Column('worker_id', sa.Integer(), nullable=False),
    sa.Column('rule', sa.String(length=120), nullable=False),
    sa.Column('series', sa.String(length=10), nullable=False),
    sa.Column('period_from', sa.Date(), nullable=False),
    sa.Column('period_to', sa.Date(), nullable=False),
    sa.Column('level', sa.Enum('near', 'over_ahead', 'at_limit', 'over', 'review_ahead', 'review_due', name='warninglevel', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('noted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('noted_by', sa.String(length=120), nullable=False),
    sa.ForeignKeyConstraint(['jobcenter_id'], ['jobcenter.id'], name=op.f('fk_limit_warning_jobcenter_id')),
    sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_limit_warning_worker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_limit_warning'))
    )
    op.create_index('ix_limit_warning_jobcenter_open', 'limit_warning', ['jobcenter_id'], unique=False, sqlite_where=sa.text('closed_at is null'), postgresql_where=sa.text('closed_at is null'))
    op.create_index(op.f('ix_limit_warning_worker_id'), 'limit_warning', ['worker_id'], unique=False)
    op.create_index('uq_limit_warning_open', 'limit_warning', ['worker_id', 'rule', 'series'], unique=True, sqlite_where=sa.text('closed_at is null'), postgresql_where=sa.text('closed_at is null'))
    op.create_table('order_message',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('author_name', sa.String(length=120), nullable=False),
    sa.Column('from_jobcenter', sa.Boolean(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('needs_answer', sa.Boolean(), nullable=False),
    sa.Column('form_key', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['app_user.id'], name=op.f('fk_order_message_author_id')),
    sa.ForeignKeyConstraint(['order_id'], ['work_order.id'], name=op.f('fk_order_message_order_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_order_message')),
    sa.UniqueConstraint('form_key', name=op.f('uq_order_message_form_key'))
    )
    op.create_index(op.f('ix_order_message_author_id'), 'order_message', ['author_id'], unique=False)
    op.create_index(op.f('ix_order_message_order_id'), 'order_message', ['order_id'], unique=False)
    op.create_index('ix_order_message_waiting', 'order_message', ['order_id', 'from_jobcenter'], unique=False, sqlite_where=sa.text('needs_answer'), postgresql_where=sa.text('needs_answer'))
    op.create_table('order_time',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('starts', sa.Time(), nullable=False),
    sa.Column('ends', sa.Time(), nullable=False),
    sa.Column('break_minutes', sa.Integer(), nullable=False),
    sa.Column('weekly_until', sa.Date(), nullable=True),
    sa.CheckConstraint('break_minutes between 0 and 240', name=op.f('ck_order_time_break_minutes')),
    sa.ForeignKeyConstraint(['order_id'], ['work_order.id'], name=op.f('fk_order_time_order_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_order_time'))
    )
    op.create_index(op.f('ix_order_time_order_id'), 'order_time', ['order_id'], unique=False)
    op.create_table('pay_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pay_run_id', sa.Integer(), nullable=False),
    sa.Column('worker_id', sa.Integer(), nullable=False),
    sa.Column('payer', sa.Enum('jobcenter', 'partner', name='payer', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('worker_name', sa.String(length=120), nullable=False),
    sa.Column('account_holder', sa.String(length=120), nullable=False),
    sa.Column('iban', sa.String(length=120), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('gross', sa.Numeric(precision=10, scale=2), nullable=False),
    sa.Column('withheld', sa.Numeric(precision=10, scale=2), nullable=False),
    sa.Column('net', sa.Numeric(precision=10, scale=2), nullable=False),
    sa.Column('basis', sa.Enum('tax_card', 'no_card', 'prepayment_register', 'partner_withholds', name='withholdingbasis', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('rate', sa.Numeric(precision=5, scale=2), nullable=False),
    sa.Column('over_limit', sa.Numeric(precision=10, scale=2), nullable=False),
    sa.Column('additional_rate', sa.Numeric(precision=5, scale=2), nullable=False),
    sa.ForeignKeyConstraint(['pay_run_id'], ['pay_run.id'], name=op.f('fk_pay_item_pay_run_id')),
    sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_pay_item_worker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pay_item')),
    sa.UniqueConstraint('pay_run_id', 'worker_id', 'payer', name=op.f('uq_pay_item_pay_run_id_worker_id_payer'))
    )
    op.create_index(op.f('ix_pay_item_worker_id'), 'pay_item', ['worker_id'], unique=False)
    op.create_table('support_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('worker_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('support_person', 'guardian', name='supportkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['app_user.id'], name=op.f('fk_support_link_user_id')),
    sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_support_link_worker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_support_link')),
    sa.UniqueConstraint('worker_id', 'user_id', 'kind', name=op.f('uq_support_link_worker_id_user_id_kind'))
    )
    op.create_index(op.f('ix_support_link_user_id'), 'support_link', ['user_id'], unique=False)
    op.create_index(op.f('ix_support_link_worker_id'), 'support_link', ['worker_id'], unique=False)
    op.create_table('tax_card',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('worker_id', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=False),
    sa.Column('rate', sa.Numeric(precision=5, scale=2), nullable=False),
    sa.Column('additional_rate', sa.Numeric(precision=5, scale=2), nullable=False),
    sa.Column('income_limit', sa.Numeric(precision=10, scale=2), nullable=False),
    sa.CheckConstraint('valid_to >= valid_from', name=op.f('ck_tax_card_days')),
    sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_tax_card_worker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tax_card'))
    )
    op.create_index(op.f('ix_tax_card_worker_id'), 'tax_card', ['worker_id'], unique=False)
    op.create_table('terms_offer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('terms_version_id', sa.Integer(), nullable=False),
    sa.Column('contract_form', sa.Enum('assignment', 'partner', name='contractform', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('hourly_price', sa.Numeric(precision=10, scale=2), nullable=False),
    sa.Column('sent_by', sa.String(length=120), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('taken_back_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('accepted_by_id', sa.Integer(), nullable=True),
    sa.Column('accepted_by', sa.String(length=120), nullable=False),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('accepted_by_link', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['accepted_by_id'], ['app_user.id'], name=op.f('fk_terms_offer_accepted_by_id')),
    sa.ForeignKeyConstraint(['order_id'], ['work_order.id'], name=op.f('fk_terms_offer_order_id')),
    sa.ForeignKeyConstraint(['terms_version_id'], ['terms_version.id'], name=op.f('fk_terms_offer_terms_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_terms_offer'))
    )
    op.create_index(op.f('ix_terms_offer_accepted_by_id'), 'terms_offer', ['accepted_by_id'], unique=False)
    op.create_index(op.f('ix_terms_offer_order_id'), 'terms_offer', ['order_id'], unique=False)
    op.create_index(op.f('ix_terms_offer_terms_version_id'), 'terms_offer', ['terms_version_id'], unique=False)
    op.create_table('unavailability',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('worker_id', sa.Integer(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('note', sa.String(length=250), nullable=False),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_unavailability_times')),
    sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_unavailability_worker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unavailability'))
    )
    op.create_index(op.f('ix_unavailability_worker_id'), 'unavailability', ['worker_id'], unique=False)
    op.create_table('invoice_vat',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('invoice_id', sa.Integer(), nullable=False),
    sa.Column('vat_percent', sa.Numeric(precision=5, scale=2), nullable=False),
    sa.Column('net', sa.Numeric(precision=10, scale=2), nullable=False),
    sa.Column('vat', sa.Numeric(precision=10, scale=2), nullable=False),
    sa.Column('gross', sa.Numeric(precision=10, scale=2), nullable=False),
    sa.ForeignKeyConstraint(['invoice_id'], ['invoice.id'], name=op.f('fk_invoice_vat_invoice_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invoice_vat')),
    sa.UniqueConstraint('invoice_id', 'vat_percent', name=op.f('uq_invoice_vat_invoice_id_vat_percent'))
    )
    op.create_table('slot',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('gig_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('in_use', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['gig_id'], ['gig.id'], name=op.f('fk_slot_gig_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_slot')),
    sa.UniqueConstraint('gig_id', 'position', name=op.f('uq_slot_gig_id_position'))
    )
    op.create_index(op.f('ix_slot_gig_id'), 'slot', ['gig_id'], unique=False)
    op.create_table('support_booking',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('gig_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('booked_by', sa.String(length=120), nullable=False),
    sa.Column('booked_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['gig_id'], ['gig.id'], name=op.f('fk_support_booking_gig_id')),
    sa.ForeignKeyConstraint(['user_id'], ['app_user.id'], name=op.f('fk_support_booking_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_support_booking')),
    sa.UniqueConstraint('gig_id', 'user_id', name=op.f('uq_support_booking_gig_id_user_id'))
    )
    op.create_index(op.f('ix_support_booking_gig_id'), 'support_booking', ['gig_id'], unique=False)
    op.create_index(op.f('ix_support_booking_user_id'), 'support_booking', ['user_id'], unique=False)
    op.create_table('offer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slot_id', sa.Integer(), nullable=False),
    sa.Column('gig_id', sa.Integer(), nullable=False),
    sa.Column('worker_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.Enum('offered', 'accepted', 'confirmed', 'done', 'declined', 'withdrawn', 'cancelled', 'stopped', 'no_show', name='offerstatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('offered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('offered_by', sa.String(length=120), nullable=False),
    sa.Column('answer_by', sa.DateTime(timezone=True), nullable=True),
    sa.Column('pitch', sa.Text(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by', sa.String(length=120), nullable=False),
    sa.Column('on_behalf', sa.Boolean(), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by', sa.String(length=120), nullable=False),
    sa.Column('reason', sa.String(length=250), nullable=False),
    sa.Column('stands_in_for_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['gig_id'], ['gig.id'], name=op.f('fk_offer_gig_id')),
    sa.ForeignKeyConstraint(['slot_id'], ['slot.id'], name=op.f('fk_offer_slot_id')),
    sa.ForeignKeyConstraint(['stands_in_for_id'], ['offer.id'], name=op.f('fk_offer_stands_in_for_id')),
    sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_offer_worker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_offer'))
    )
    op.create_index(op.f('ix_offer_gig_id'), 'offer', ['gig_id'], unique=False)
    op.create_index(op.f('ix_offer_slot_id'), 'offer', ['slot_id'], unique=False)
    op.create_index(op.f('ix_offer_stands_in_for_id'), 'offer', ['stands_in_for_id'], unique=False)
    op.create_index(op.f('ix_offer_status'), 'offer', ['status'], unique=False)
    op.create_index(op.f('ix_offer_worker_id'), 'offer', ['worker_id'], unique=False)
    op.create_index('uq_offer_gig_worker', 'offer', ['gig_id', 'worker_id'], unique=True, sqlite_where=sa.text("status in ('accepted', 'confirmed', 'done', 'offered')"), postgresql_where=sa.text("status in ('accepted', 'confirmed', 'done', 'offered')"))
    op.create_index('uq_offer_slot_holder', 'offer', ['slot_id'], unique=True, sqlite_where=sa.text("status in ('accepted', 'confirmed', 'done')"), postgresql_where=sa.text("status in ('accepted', 'confirmed', 'done')"))
    op.create_table('contract',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('offer_id', sa.Integer(), nullable=False),
    sa.Column('worker_id', sa.Integer(), nullable=False),
    sa.Column('form', sa.Enum('assignment', 'partner', name='contractform', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('content', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['offer_id'], ['offer.id'], name=op.f('fk_contract_offer_id')),
    sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_contract_worker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contract'))
    )
    op.create_index(op.f('ix_contract_offer_id'), 'contract', ['offer_id'], unique=True)
    op.create_index(op.f('ix_contract_worker_id'), 'contract', ['worker_id'], unique=False)
    op.create_table('feedback',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('offer_id', sa.Integer(), nullable=False),
    sa.Column('gig_id', sa.Integer(), nullable=False),
    sa.Column('worker_id', sa.Integer(), nullable=False),
    sa.Column('how_it_went', sa.Enum('well', 'all_right', 'not_well', name='howitwent', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('went_well', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('given_by', sa.String(length=120), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['gig_id'], ['gig.id'], name=op.f('fk_feedback_gig_id')),
    sa.ForeignKeyConstraint(['offer_id'], ['offer.id'], name=op.f('fk_feedback_offer_id')),
    sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_feedback_worker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feedback'))
    )
    op.create_index(op.f('ix_feedback_gig_id'), 'feedback', ['gig_id'], unique=False)
    op.create_index(op.f('ix_feedback_offer_id'), 'feedback', ['offer_id'], unique=True)
    op.create_index(op.f('ix_feedback_worker_id'), 'feedback', ['worker_id'], unique=False)
    op.create_table('time_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('jobcenter_id', sa.Integer(), nullable=False),
    sa.Column('external_ref', sa.String(length=60), nullable=False),
    sa.Column('offer_id', sa.Integer(), nullable=False),
    sa.Column('gig_id', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('worker_id', sa.Integer(), nullable=False),
    sa.Column('worked_on', sa.Date(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('break_minutes', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('wage', sa.Numeric(precision=10, scale=2), nullable=False),
    sa.Column('price', sa.Numeric(precision=10, scale=2), nullable=False),
    sa.Column('vat_percent', sa.Numeric(precision=5, scale=2), nullable=False),
    sa.Column('status', sa.Enum('needs_times', 'logged', 'disputed', 'confirmed', name='entrystatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('logged_by', sa.String(length=120), nullable=False),
    sa.Column('logged_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('on_behalf', sa.Boolean(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('confirmed_by', sa.String(length=120), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('confirmed_by_coordinator', sa.Boolean(), nullable=False),
    sa.Column('dispute_reason', sa.String(length=250), nullable=False),
    sa.Column('invoiced', sa.Boolean(), nullable=False),
    sa.Column('paid_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(status = 'needs_times') = (starts_at is null)", name=op.f('ck_time_entry_needs_times')),
    sa.CheckConstraint('(starts_at is null) = (ends_at is null)', name=op.f('ck_time_entry_both_times')),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_time_entry_times')),
    sa.CheckConstraint('minutes >= 0 and break_minutes >= 0', name=op.f('ck_time_entry_minutes')),
    sa.ForeignKeyConstraint(['gig_id'], ['gig.id'], name=op.f('fk_time_entry_gig_id')),
    sa.ForeignKeyConstraint(['jobcenter_id'], ['jobcenter.id'], name=op.f('fk_time_entry_jobcenter_id')),
    sa.ForeignKeyConstraint(['offer_id'], ['offer.id'], name=op.f('fk_time_entry_offer_id')),
    sa.ForeignKeyConstraint(['order_id'], ['work_order.id'], name=op.f('fk_time_entry_order_id')),
    sa.ForeignKeyConstraint(['worker_id'], ['worker.id'], name=op.f('fk_time_entry_worker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_time_entry')),
    sa.UniqueConstraint('jobcenter_id', 'external_ref', name=op.f('uq_time_entry_jobcenter_id_external_ref'))
    )
    op.create_index(op.f('ix_time_entry_gig_id'), 'time_entry', ['gig_id'], unique=False)
    op.create_index('ix_time_entry_jobcenter_day', 'time_entry', ['jobcenter_id', 'worked_on'], unique=False)
    op.create_index(op.f('ix_time_entry_offer_id'), 'time_entry', ['offer_id'], unique=True)
    op.create_index(op.f('ix_time_entry_order_id'), 'time_entry', ['order_id'], unique=False)
    op.create_index(op.f('ix_time_entry_status'), 'time_entry', ['status'], unique=False)
    op.create_index('ix_time_entry_unbilled', 'time_entry', ['jobcenter_id', 'status', 'order_id'], unique=False, sqlite_where=sa.text('invoiced is 0'), postgresql_where=sa.text('invoiced is false'))
    op.create_index('ix_time_entry_worker_day', 'time_entry', ['worker_id', 'worked_on'], unique=False)
    op.create_table('invoice_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('invoice_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('time_entry_id', sa.Integer(), nullable=False),
    sa.Column('description', sa.String(length=250), nullable=False),
    sa.Column('worked_on', sa.Date(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('hourly_price', sa.Numeric(precision=10, scale=2), nullable=False),
    sa.Column('vat_percent', sa.Numeric(precision=5, scale=2), nullable=False),
    sa.Column('net', sa.Numeric(precision=10, scale=2), nullable=False),
    sa.Column('live', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['invoice_id'], ['invoice.id'], name=op.f('fk_invoice_line_invoice_id')),
    sa.ForeignKeyConstraint(['time_entry_id'], ['time_entry.id'], name=op.f('fk_invoice_line_time_entry_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invoice_line')),
    sa.UniqueConstraint('invoice_id', 'position', name=op.f('uq_invoice_line_invoice_id_position'))
    )
    op.create_index(op.f('ix_invoice_line_time_entry_id'), 'invoice_line', ['time_entry_id'], unique=False)
    op.create_index('uq_invoice_line_live_entry', 'invoice_line', ['time_entry_id'], unique=True, sqlite_where=sa.text('live'), postgresql_where=sa.text('live'))
    op.create_table('pay_item_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pay_item_id', sa.Integer(), nullable=False),
    sa.Column('time_entry_id', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('wage', sa.Numeric(precision=10, scale=2), nullable=False),
    sa.Column('live', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['pay_item_id'], ['pay_item.id'], name=op.f('fk_pay_item_entry_pay_item_id')),
    sa.ForeignKeyConstraint(['time_entry_id'], ['time_entry.id'], name=op.f('fk_pay_item_entry_time_entry_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pay_item_entry'))
    )
    op.create_index(op.f('ix_pay_item_entry_pay_item_id'), 'pay_item_entry', ['pay_item_id'], unique=False)
    op.create_index(op.f('ix_pay_item_entry_time_entry_id'), 'pay_item_entry', ['time_entry_id'], unique=False)
    op.create_index('uq_pay_item_entry_live_entry', 'pay_item_entry', ['time_entry_id'], unique=True, sqlite_where=sa.text('live'), postgresql_where=sa.text('live'))
    op.create_table('time_entry_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('time_entry_id', sa.Integer(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_by', sa.String(length=120), nullable=False),
    sa.Column('reason', sa.String(length=250), nullable=False),
    sa.Column('before', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('after', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('voided_confirmation', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['time_entry_id'], ['time_entry.id'], name=op.f('fk_time_entry_change_time_entry_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_time_entry_change'))
    )
    op.create_index(op.f('ix_time_entry_change_time_entry_id'), 'time_entry_change', ['time_entry_id'], unique=False)
    op.create_index('uq_rate_day', 'rate', ['kind', sa.literal_column('coalesce(jobcenter_id, 0)'), sa.literal_column("coalesce(form, '')"), 'valid_from'], unique=True)
    guard_the_log()


def downgrade() -> None:
    op.drop_index(op.f('ix_time_entry_change_time_entry_id'), table_name='time_entry_change')
    op.drop_table('time_entry_change')
    op.drop_index('uq_pay_item_entry_live_entry', table_name='pay_item_entry', sqlite_where=sa.text('live'), postgresql_where=sa.text('live'))
    op.drop_index(op.f('ix_pay_item_entry_time_entry_id'), table_name='pay_item_entry')
    op.drop_index(op.f('ix_pay_item_entry_pay_item_id'), table_name='pay_item_entry')
    op.drop_table('pay_item_entry')
    op.drop_index('uq_invoice_line_live_entry', table_name='invoice_line', sqlite_where=sa.text('live'), postgresql_where=sa.text('live'))
    op.drop_index(op.f('ix_invoice_line_time_entry_id'), table_name='invoice_line')
    op.drop_table('invoice_line')
    op.drop_index('ix_time_entry_worker_day', table_name='time_entry')
    op.drop_index('ix_time_entry_unbilled', table_name='time_entry', sqlite_where=sa.text('invoiced is 0'), postgresql_where=sa.text('invoiced is false'))
    op.drop_index(op.f('ix_time_entry_status'), table_name='time_entry')
    op.drop_index(op.f('ix_time_entry_order_id'), table_name='time_entry')
    op.drop_index(op.f('ix_time_entry_offer_id'), table_name='time_entry')
    op.drop_index('ix_time_entry_jobcenter_day', table_name='time_entry')
    op.drop_index(op.f('ix_time_entry_gig_id'), table_name='time_entry')
    op.drop_table('time_entry')
    op.drop_index(op.f('ix_feedback_worker_id'), table_name='feedback')
    op.drop_index(op.f('ix_feedback_offer_id'), table_name='feedback')
    op.drop_index(op.f('ix_feedback_gig_id'), table_name='feedback')
    op.drop_table('feedback')
    op.drop_index(op.f('ix_contract_worker_id'), table_name='contract')
    op.drop_index(op.f('ix_contract_offer_id'), table_name='contract')
    op.drop_table('contract')
    op.drop_index('uq_offer_slot_holder', table_name='offer', sqlite_where=sa.text("status in ('accepted', 'confirmed', 'done')"), postgresql_where=sa.text("status in ('accepted', 'confirmed', 'done')"))
    op.drop_index('uq_offer_gig_worker', table_name='offer', sqlite_where=sa.text("status in ('accepted', 'confirmed', 'done', 'offered')"), postgresql_where=sa.text("status in ('accepted', 'confirmed', 'done', 'offered')"))
    op.drop_index(op.f('ix_offer_worker_id'), table_name='offer')
    op.drop_index(op.f('ix_offer_status'), table_name='offer')
    op.drop_index(op.f('ix_offer_stands_in_for_id'), table_name='offer')
    op.drop_index(op.f('ix_offer_slot_id'), table_name='offer')
    op.drop_index(op.f('ix_offer_gig_id'), table_name='offer')
    op.drop_table('offer')
    op.drop_index(op.f('ix_support_booking_user_id'), table_name='support_booking')
    op.drop_index(op.f('ix_support_booking_gig_id'), table_name='support_booking')
    op.drop_table('support_booking')
    op.drop_index(op.f('ix_slot_gig_id'), table_name='slot')
    op.drop_table('slot')
    op.drop_table('invoice_vat')
    op.drop_index(op.f('ix_unavailability_worker_id'), table_name='unavailability')
    op.drop_table('unavailability')
    op.drop_index(op.f('ix_terms_offer_terms_version_id'), table_name='terms_offer')
    op.drop_index(op.f('ix_terms_offer_order_id'), table_name='terms_offer')
    op.drop_index(op.f('ix_terms_offer_accepted_by_id'), table_name='terms_offer')
    op.drop_table('terms_offer')
    op.drop_index(op.f('ix_tax_card_worker_id'), table_name='tax_card')
    op.drop_table('tax_card')
    op.drop_index(op.f('ix_support_link_worker_id'), table_name='support_link')
    op.drop_index(op.f('ix_support_link_user_id'), table_name='support_link')
    op.drop_table('support_link')
    op.drop_index(op.f('ix_pay_item_worker_id'), table_name='pay_item')
    op.drop_table('pay_item')
    op.drop_index(op.f('ix_order_time_order_id'), table_name='order_time')
    op.drop_table('order_time')
    op.drop_index('ix_order_message_waiting', table_name='order_message', sqlite_where=sa.text('needs_answer'), postgresql_where=sa.text('needs_answer'))
    op.drop_index(op.f('ix_order_message_order_id'), table_name='order_message')
    op.drop_index(op.f('ix_order_message_author_id'), table_name='order_message')
    op.drop_table('order_message')
    op.drop_index('uq_limit_warning_open', table_name='limit_warning', sqlite_where=sa.text('closed_at is null'), postgresql_where=sa.text('closed_at is null'))
    op.drop_index(op.f('ix_limit_warning_worker_id'), table_name='limit_warning')
    op.drop_index('ix_limit_warning_jobcenter_open', table_name='limit_warning', sqlite_where=sa.text('closed_at is null'), postgresql_where=sa.text('closed_at is null'))
    op.drop_table('limit_warning')
    op.drop_index('uq_limit_snapshot_current', table_name='limit_snapshot', sqlite_where=sa.text('superseded_at is null'), postgresql_where=sa.text('superseded_at is null'))
    op.drop_index(op.f('ix_limit_snapshot_worker_id'), table_name='limit_snapshot')
    op.drop_table('limit_snapshot')
    op.drop_index(op.f('ix_invoice_status'), table_name='invoice')
    op.drop_index(op.f('ix_invoice_organisation_id'), table_name='invoice')
    op.drop_index(op.f('ix_invoice_order_id'), table_name='invoice')
    op.drop_index('ix_invoice_jobcenter_sent', table_name='invoice')
    op.drop_table('invoice')
    op.drop_index(op.f('ix_held_benefit_worker_id'), table_name='held_benefit')
    op.drop_table('held_benefit')
    op.drop_index(op.f('ix_gig_status'), table_name='gig')
    op.drop_index(op.f('ix_gig_order_id'), table_name='gig')
    op.drop_index('ix_gig_jobcenter_starts', table_name='gig')
    op.drop_index(op.f('ix_gig_jobcenter_id'), table_name='gig')
    op.drop_table('gig')
    op.drop_index(op.f('ix_cv_line_worker_id'), table_name='cv_line')
    op.drop_table('cv_line')
    op.drop_index('uq_consent_in_force', table_name='consent', sqlite_where=sa.text('withdrawn_at is null'), postgresql_where=sa.text('withdrawn_at is null'))
    op.drop_index(op.f('ix_consent_worker_id'), table_name='consent')
    op.drop_table('consent')
    op.drop_index(op.f('ix_activity_time_worker_id'), table_name='activity_time')
    op.drop_table('activity_time')
    op.drop_index(op.f('ix_worker_user_id'), table_name='worker')
    op.drop_index(op.f('ix_worker_unit_id'), table_name='worker')
    op.drop_index(op.f('ix_worker_jobcenter_id'), table_name='worker')
    op.drop_table('worker')
    op.drop_index(op.f('ix_work_order_status'), table_name='work_order')
    op.drop_index(op.f('ix_work_order_organisation_id'), table_name='work_order')
    op.drop_index(op.f('ix_work_order_ordered_by_id'), table_name='work_order')
    op.drop_index(op.f('ix_work_order_jobcenter_id'), table_name='work_order')
    op.drop_index(op.f('ix_work_order_coordinator_id'), table_name='work_order')
    op.drop_table('work_order')
    op.drop_index(op.f('ix_organisation_member_user_id'), table_name='organisation_member')
    op.drop_table('organisation_member')
    op.drop_index(op.f('ix_work_unit_manager_id'), table_name='work_unit')
    op.drop_index(op.f('ix_work_unit_jobcenter_id'), table_name='work_unit')
    op.drop_table('work_unit')
    op.drop_index(op.f('ix_terms_version_jobcenter_id'), table_name='terms_version')
    op.drop_table('terms_version')
    op.drop_index(op.f('ix_role_grant_jobcenter_id'), table_name='role_grant')
    op.drop_table('role_grant')
    op.drop_index(op.f('ix_rate_jobcenter_id'), table_name='rate')
    op.drop_table('rate')
    op.drop_index(op.f('ix_pay_run_status'), table_name='pay_run')
    op.drop_index(op.f('ix_pay_run_jobcenter_id'), table_name='pay_run')
    op.drop_table('pay_run')
    op.drop_index('ix_organisation_jobcenter_business_id', table_name='organisation')
    op.drop_table('organisation')
    op.drop_table('invoice_counter')
    op.drop_table('billing_settings')
    op.drop_index(op.f('ix_action_link_user_id'), table_name='action_link')
    op.drop_table('action_link')
    op.drop_index('uq_todo_open_kind_key', table_name='todo', postgresql_where=sa.text('done_at IS NULL'), sqlite_where=sa.text('done_at IS NULL'))
    op.drop_table('todo')
    op.drop_index('ix_sign_in_attempt_email_at', table_name='sign_in_attempt')
    op.drop_index('ix_sign_in_attempt_client_at', table_name='sign_in_attempt')
    op.drop_table('sign_in_attempt')
    op.drop_index(op.f('ix_mail_to'), table_name='mail')
    op.drop_index('ix_mail_next_try_at', table_name='mail')
    op.drop_table('mail')
    op.drop_table('jobcenter')
    op.drop_table('job_run')
    op.drop_index('ix_audit_event_thing', table_name='audit_event')
    op.drop_index('ix_audit_event_jobcenter_id_id', table_name='audit_event')
    op.drop_index(op.f('ix_audit_event_actor_id'), table_name='audit_event')
    op.drop_table('audit_event')
    op.drop_table('app_user')
    unguard_the_log()


POSTGRES_GUARD = """
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit_event is append-only';
END $$;
CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
"""
SQLITE_GUARD = """
CREATE TRIGGER audit_event_no_{verb} BEFORE {verb} ON audit_event
BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END
"""


def guard_the_log() -> None:
    """Let the database itself refuse to change or remove events of the audit log."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRES_GUARD)
        return
    for verb in ("update", "delete"):
        op.execute(SQLITE_GUARD.format(verb=verb))


def unguard_the_log() -> None:
    """Remove what `guard_the_log` made beside the table."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_audit_change()")

"""A Jobcenter's billing settings: what needs a second person, and from which day of work the partner bills."""

from __future__ import annotations

import contextlib
from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from jobcenter.auth.models import RoleGrant
from jobcenter.benefits import ContractForm
from jobcenter.billing.invoices import queries_waiting
from jobcenter.billing.invoices import service as invoices
from jobcenter.billing.invoices.domain import CreditInvoice, MakeInvoice, NothingToBill, OfOrder
from jobcenter.billing.payruns import service as pay
from jobcenter.billing.settings import queries, service
from jobcenter.billing.settings.domain import DoneHere, NobodyToAsk, PartnerSwitchRefused, ReasonMissing, SaveTerms
from jobcenter.billing.settings.models import NoApprovalRequest
from jobcenter.core import clock
from jobcenter.core.audit import AuditEvent
from jobcenter.core.errors import AlreadyDone, DomainError, NotFound
from jobcenter.core.second_person import AskStatus, OwnAsk
from jobcenter.core.uow import ChangedMeanwhile
from tests.factories import NOW
from tests.factories_billing import ON_PAY_DAY, World, approved, do
from tests.factories_gigs import mails
from tests.threads import in_threads, while_open

WHY = "Kesäkuussa vain yksi paikalla"
FRIDAY, SUNDAY = date(2026, 11, 20), date(2026, 11, 22)
SINCE_THE_FIRST = date(2026, 11, 1)


def save(world, **changes):
    own = queries.settings_of(world.jobcenter.id)
    version = own.version if own else 0
    given = {"payment_days": None, "pay_days": None, "partner_bills": False, "version": version}
    return do(service.save_terms, world.coordinator, world.jobcenter.id, SaveTerms(**given | changes))


def approves(world, session) -> bool:
    session.expire_all()
    return queries.terms_of(world.jobcenter.id, clock.today()).approves_invoices


def given_up(world):
    """The approval is on, and the coordinator asks to give it up."""
    save(world, approves_invoices=True)
    save(world, approves_invoices=False, reason=WHY)
    return queries.open_request(world.jobcenter.id)


def test_the_approval_is_given_up_by_two_people(world, session):
    asked = given_up(world)
    assert approves(world, session)
    assert [mail.to for mail in mails("no_approval_asked")] == [world.second_user.email]
    assert WHY in mails("no_approval_asked")[0].body
    for verb in (service.approve, service.refuse):
        with pytest.raises(OwnAsk):
            do(verb, world.coordinator, asked.id)
    do(service.approve, world.second, asked.id)
    assert not approves(world, session)
    with pytest.raises(AlreadyDone):
        do(service.approve, world.second, asked.id)
    assert [mail.to for mail in mails("no_approval_decided")] == [world.coordinator_user.email]
    verbs = set(session.scalars(select(AuditEvent.verb).where(AuditEvent.thing_type == "billing_settings")))
    assert {"billing_settings.ask_no_approval", "billing_settings.approve_no_approval"} <= verbs


@pytest.mark.parametrize(
    ("verb", "who", "after"),
    [(service.refuse, "second", AskStatus.REFUSED), (service.take_back, "coordinator", AskStatus.TAKEN_BACK)],
)
def test_refused_or_taken_back_it_stays(world, session, verb, who, after):
    asked = given_up(world)
    do(verb, getattr(world, who), asked.id)
    assert approves(world, session)
    assert session.get(NoApprovalRequest, asked.id).status is after


def test_it_is_asked_once_and_other_settings_are_saved_meanwhile(world, session):
    asked = given_up(world)
    save(world, approves_invoices=False, payment_days=30)
    save(world, approves_invoices=True, payment_days=21)
    assert queries.settings_of(world.jobcenter.id).payment_days == 21
    assert queries.open_request(world.jobcenter.id).id == asked.id
    assert len(mails("no_approval_asked")) == 1


def test_what_cannot_be_asked(world, session):
    save(world, approves_invoices=True)
    with pytest.raises(ReasonMissing):
        save(world, approves_invoices=False)
    session.execute(update(RoleGrant).where(RoleGrant.user_id == world.second_user.id).values(role="worker"))
    session.commit()
    with pytest.raises(NobodyToAsk):
        save(world, approves_invoices=False, reason=WHY)
    assert approves(world, session)


def test_another_jobcenters_request_is_not_found(world, session):
    asked = given_up(world)
    other = World()
    session.commit()
    with pytest.raises(NotFound):
        do(service.approve, other.coordinator, asked.id)


def test_the_database_refuses_a_decision_by_whoever_asked(world, session):
    asked = given_up(world)
    own = {"status": AskStatus.APPROVED, "decided_by_id": asked.asked_by_id}
    with pytest.raises(IntegrityError):
        session.execute(update(NoApprovalRequest).where(NoApprovalRequest.id == asked.id).values(**own))
    session.rollback()


def test_the_page_shows_it_to_both(world, session, as_user):
    given_up(world)
    own = as_user(world.coordinator_user).get(f"/billing-settings/{world.jobcenter.id}").text
    assert "Take it back" in own
    assert "Agree: no approval any more" not in own
    page = as_user(world.second_user)
    assert WHY in page.get(f"/billing-settings/{world.jobcenter.id}").text
    asked = queries.open_request(world.jobcenter.id)
    assert page.post(f"/billing-settings/no-approval/{asked.id}/approve").status_code == 302
    assert not approves(world, session)


# Who bills the partner form


def waits(world) -> set[date]:
    """The days of work that wait to be billed."""
    return {hours.worked_on for hours in queries_waiting.billable_hours(frozenset({world.jobcenter.id}))}


@pytest.mark.parametrize(("first", "then"), [(True, False), (False, True)])
def test_who_bills_changes_for_work_from_a_day_on(session, now, first, then):
    world = World(form=ContractForm.PARTNER)
    world.hours(FRIDAY)
    session.commit()
    save(world, partner_bills=True, partner_from=SINCE_THE_FIRST)
    if not first:
        save(world, partner_bills=False)
        world.hours(SUNDAY)
        session.commit()
        assert waits(world) == {SUNDAY}
    later = NOW + timedelta(days=1)
    with clock.frozen(later):
        save(world, partner_bills=then)
        world.hours(clock.day_of(later))
        session.commit()
        assert waits(world) == ({SUNDAY} if then else {clock.day_of(later)})


def test_the_past_keeps_who_billed_it(world, session):
    save(world, partner_bills=True, partner_from=SINCE_THE_FIRST)
    with pytest.raises(DomainError, match="partner_switch_past"):
        save(world, partner_bills=False, partner_from=FRIDAY)
    save(world, partner_bills=False, partner_from=date(2027, 1, 1))
    held = [queries.partner_bills(world.jobcenter.id, day) for day in (date(2026, 10, 31), FRIDAY, date(2027, 1, 1))]
    assert held == [False, True, False]


def test_the_partner_does_not_bill_what_is_on_invoices_here(session, now, as_user):
    world = World(form=ContractForm.PARTNER)
    world.hours(FRIDAY)
    session.commit()
    invoice = world.sent()
    with pytest.raises(PartnerSwitchRefused):
        save(world, partner_bills=True, partner_from=FRIDAY)
    page = as_user(world.coordinator_user).post(
        f"/billing-settings/{world.jobcenter.id}",
        data={"version": 0, "partner_bills": "y", "partner_from": "1.11.2026"},
    )
    assert page.status_code == 422
    assert "3 h of work between 20 Nov 2026 and 20 Nov 2026" in page.text
    do(invoices.credit, world.coordinator, invoice.id, CreditInvoice("Kumppani laskuttaa"))
    save(world, partner_bills=True, partner_from=FRIDAY)
    assert waits(world) == set()


def test_the_partner_does_not_bill_what_the_books_owe_it_for(session, now):
    world = World(form=ContractForm.PARTNER)
    world.hours(FRIDAY, paid_on=FRIDAY)
    session.commit()
    save(world, partner_bills=False)
    assert queries.done_here(world.jobcenter.id, FRIDAY) == DoneHere(), "paid elsewhere"
    world.hours(SUNDAY)
    run = approved(world, session)
    with clock.frozen(ON_PAY_DAY):
        do(pay.mark_paid, world.coordinator, run.id)
    with pytest.raises(PartnerSwitchRefused, match="partner_switch_owed"):
        save(world, partner_bills=True, partner_from=FRIDAY)
    save(world, partner_bills=True, partner_from=SUNDAY + timedelta(days=1))
    assert waits(world) == {FRIDAY, SUNDAY}


def test_the_partner_and_the_jobcenter_never_both_bill_the_same_work(session, app):
    with clock.frozen(NOW):
        world = World(form=ContractForm.PARTNER)
        entry = world.hours(FRIDAY)
        session.commit()
        actor, jobcenter_id, order_id = world.coordinator, world.jobcenter.id, world.order.id
        session.rollback()
        terms = SaveTerms(payment_days=None, pay_days=None, partner_bills=True, version=0, partner_from=FRIDAY)

        def quietly(verb, *args):
            with contextlib.suppress(PartnerSwitchRefused, NothingToBill):
                do(verb, *args)

        draft = partial(quietly, invoices.make_draft, actor, MakeInvoice(OfOrder(order_id=order_id), "one"))
        in_threads(app, [partial(quietly, service.save_terms, actor, jobcenter_id, terms), draft])
        session.expire_all()
        assert queries.partner_bills(jobcenter_id, FRIDAY) is not (entry.billed_minutes > 0)


def test_who_bills_does_not_change_while_the_books_come_to_owe_the_partner(session, app):
    with clock.frozen(NOW):
        world = World(form=ContractForm.PARTNER)
        world.hours(FRIDAY)
        run = approved(world, session)
        actor, jobcenter_id, run_id = world.coordinator, world.jobcenter.id, run.id
    session.rollback()
    terms = SaveTerms(payment_days=None, pay_days=None, partner_bills=True, version=0, partner_from=FRIDAY)

    def mark_paid():
        with clock.frozen(ON_PAY_DAY):
            pay.mark_paid(actor, run_id)

    def switch():
        with contextlib.suppress(PartnerSwitchRefused):
            service.save_terms(actor, jobcenter_id, terms)

    while_open(app, mark_paid, switch)
    assert not queries.partner_bills(jobcenter_id, FRIDAY)


def test_an_old_form_does_not_switch_back(world, session):
    save(world)
    old = queries.settings_of(world.jobcenter.id).version
    save(world, partner_bills=True)
    with pytest.raises(ChangedMeanwhile):
        save(world, partner_bills=False, version=old)
    assert queries.partner_bills(world.jobcenter.id, SUNDAY)

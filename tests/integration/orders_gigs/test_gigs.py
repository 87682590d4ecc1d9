"""Gigs on both databases: made, changed, people, cancelled, reopened, finished, guarded; support along; imports."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from sqlalchemy import func, select

from jobcenter.auth.domain import Role
from jobcenter.benefits import BenefitKind, ContractForm
from jobcenter.core import clock, todo
from jobcenter.core.errors import AlreadyDone, DomainError, NotFound, NotPossible
from jobcenter.core.uow import unit_of_work
from jobcenter.orders.gigs import contracts, domain, jobs, queries, service, service_support
from jobcenter.orders.gigs.domain import GigStatus, GigTimes, NewGig, OfferStatus
from jobcenter.orders.gigs.models import Contract, Gig, Offer, Slot
from jobcenter.orders.intake.domain import OrderStatus
from jobcenter.orders.intake.models import OrderTime
from tests import factories
from tests.factories_gigs import mails, unemployed


def do(verb, *args, **facts):
    with unit_of_work():
        return verb(*args, **facts)


def fresh(session, thing):
    return session.get_one(type(thing), thing.id, populate_existing=True)


def times_of(gig, *, later=timedelta(0), pause=0, where=""):
    start, end = clock.local(gig.starts_at + later), clock.local(gig.ends_at + later)
    return GigTimes(start.date(), start.time(), end.time(), pause, where)


def slots_in_use(session, gig):
    return session.scalar(select(func.count()).select_from(Slot).where(Slot.gig_id == gig.id, Slot.in_use))


# Made of an order


def weekly_order(place, session):
    weekly = OrderTime(day=date(2027, 3, 15), starts=time(9), ends=time(12), weekly_until=date(2027, 4, 5))
    order = factories.order(place.jobcenter, place.organisation, [weekly], people=2, contract_form=ContractForm.PARTNER)
    session.commit()
    return order


def test_gigs_are_made_once_in_local_time_across_the_clock_change(place, session):
    order = weekly_order(place, session)
    with unit_of_work():
        todo.leave("order_accepted", order.id)
    assert jobs.make_gigs(clock.now()).done == 1
    gigs = session.scalars(select(Gig).where(Gig.order_id == order.id).order_by(Gig.starts_at)).all()
    assert [f"{clock.local(gig.starts_at):%d.%m. %H:%M}" for gig in gigs] == [
        "15.03. 09:00",
        "22.03. 09:00",
        "29.03. 09:00",
        "05.04. 09:00",
    ]
    assert {gig.contract_form for gig in gigs} == {ContractForm.PARTNER}
    assert session.scalar(select(func.count()).select_from(Slot)) == 8
    assert do(service.make_gigs_for, order.id) == []
    assert jobs.make_gigs(clock.now()).done == 0


def test_gigs_are_not_made_of_an_order_that_is_not_accepted(place, session):
    order = weekly_order(place, session)
    order.status = OrderStatus.TERMS_SENT
    session.commit()
    with unit_of_work():
        todo.leave("order_accepted", order.id)
    with pytest.raises(domain.TermsNotAccepted):
        do(service.make_gigs_for, order.id)
    assert jobs.make_gigs(clock.now()).failed == 1
    assert todo.open_count("order_accepted") == 1


def test_order_cancelled_cancels_gigs_ahead_and_accepting_again_makes_new_ones(place, session):
    order = weekly_order(place, session)
    do(service.make_gigs_for, order.id)
    with unit_of_work():
        todo.leave("order_cancelled", order.id, {"reason": "Remontti", "by": "Olga"})
    assert jobs.cancel_gigs(clock.now()).done == 1
    gigs = session.scalars(select(Gig).where(Gig.order_id == order.id)).all()
    assert {(gig.status, gig.status_reason, gig.status_by) for gig in gigs} == {
        (GigStatus.CANCELLED, "Remontti", "Olga")
    }
    assert len(do(service.make_gigs_for, order.id)) == 4
    again = next(gig for gig in gigs if gig.starts_at > clock.now())
    with pytest.raises(DomainError, match="order_has_gig_then"):
        do(service.reopen_gig, place.coordinator, again.id)


def test_an_order_cancelled_and_accepted_anew_before_the_jobs_ran_has_its_gigs(place, session):
    order = weekly_order(place, session)
    before = {gig.id for gig in do(service.make_gigs_for, order.id)}
    with unit_of_work():
        todo.leave("order_cancelled", order.id, {"reason": "Remontti", "by": "Olga"})
        todo.leave("order_accepted", order.id)
    jobs.make_gigs(clock.now())
    jobs.cancel_gigs(clock.now())
    planned = session.scalars(select(Gig.id).where(Gig.order_id == order.id, Gig.status == GigStatus.PLANNED)).all()
    assert len(planned) == 4 and not before & set(planned)


def test_a_gig_opened_again_takes_the_partner_form_that_its_order_has_by_now(place, session):
    gig = place.gig()
    do(service.cancel_gig, place.coordinator, gig.id, reason="Remontti")
    place.order.contract_form = ContractForm.PARTNER
    session.commit()
    assert do(service.reopen_gig, place.coordinator, gig.id).contract_form is ContractForm.PARTNER


# Added and removed


def test_gig_is_added_and_removed_while_nobody_was_asked(place, session):
    new = NewGig(GigTimes(date(2026, 12, 5), time(22), time(2), 15, "Toinen katu 3"), 2)
    gig = do(service.add_gig, place.coordinator, place.order.id, new)
    assert (gig.ends_at - gig.starts_at, gig.place) == (timedelta(hours=4), "Toinen katu 3")
    do(service.remove_gig, place.coordinator, gig.id)
    assert session.scalar(select(func.count()).select_from(Gig)) == 0


def test_gig_that_somebody_was_asked_to_is_not_removed(place):
    gig = place.gig()
    place.offered(gig, place.worker())
    with pytest.raises(NotPossible):
        do(service.remove_gig, place.coordinator, gig.id)


@pytest.mark.parametrize(
    ("times", "code"),
    [
        (GigTimes(date(2026, 11, 20), time(9), time(12), 0), "gig_in_past"),
        (GigTimes(date(2027, 12, 5), time(9), time(12), 0), "time_too_far"),
        (GigTimes(date(2026, 12, 5), time(12), time(9), 0), "gig_end_before_start"),
        (GigTimes(date(2026, 12, 5), time(1), time(23), 0), "gig_too_long"),
        (GigTimes(date(2026, 12, 5), time(9), time(10), 60), "gig_break_too_long"),
        (GigTimes(date(2027, 3, 28), time(3, 30), time(6), 0), "gig_time_skipped"),
    ],
)
def test_times_that_cannot_be(place, times, code):
    with pytest.raises(domain.TimesWrong) as refused:
        do(service.add_gig, place.coordinator, place.order.id, NewGig(times, 1))
    assert refused.value.code == code


# Changed


def test_change_tells_everyone_on_the_gig_and_the_orderer(place, session):
    gig, worker = place.gig(), place.worker()
    place.confirmed(gig, worker)
    do(service.change_gig, place.coordinator, gig.id, times_of(gig, later=timedelta(hours=1), where="Uusi katu 5"))
    told = mails("gig_changed")
    assert [mail.to for mail in told] == [worker.email, place.orderer_user.email]
    assert all("Uusi katu 5" in mail.body and "Kahvikuja 2" in mail.body for mail in told)


def test_an_offer_ends_when_the_gig_moves_to_a_day_with_an_unemployment_benefit(place, session):
    gig, worker = place.gig(), place.worker()
    offer = place.offered(gig, worker)
    moved = times_of(gig, later=timedelta(days=7))
    factories.benefit(worker, BenefitKind.LABOUR_MARKET_SUBSIDY, starts_on=moved.day)
    session.commit()
    do(service.change_gig, place.coordinator, gig.id, moved)
    jobs.stop_guarded_gigs(clock.now())
    assert fresh(session, offer).status is OfferStatus.STOPPED


def test_change_is_refused_when_somebody_is_elsewhere_then(place):
    gig, worker = place.gig(), place.worker()
    place.confirmed(gig, worker)
    place.confirmed(place.gig(starts_at=gig.ends_at), worker)
    with pytest.raises(domain.WorkerBusy):
        do(service.change_gig, place.coordinator, gig.id, times_of(gig, later=timedelta(minutes=30)))


def test_change_is_refused_when_support_is_elsewhere_then(place):
    gig = place.gig()
    after = place.gig(starts_at=gig.ends_at + timedelta(minutes=30), place="Muu paikka 3")
    tuija = place.support_person()
    for booked in (gig, after):
        do(service_support.book_support, place.coordinator, booked.id, tuija.id)
    with pytest.raises(domain.SupportBusy):
        do(service.change_gig, place.coordinator, gig.id, times_of(gig, later=timedelta(minutes=30)))


def test_begun_gig_is_not_changed(place):
    gig = place.gig()
    with clock.frozen(gig.starts_at):
        for verb, given in (
            (service.change_gig, (times_of(gig, later=timedelta(days=1)),)),
            (service.set_people, (2,)),
        ):
            with pytest.raises(domain.GigBegun):
                do(verb, place.coordinator, gig.id, *given)
        with pytest.raises(domain.GigBegun):
            do(service.cancel_gig, place.coordinator, gig.id, reason="x")


# People


def test_people_up_and_down_by_the_orderer(place, session):
    gig = place.gig(slots=1)
    place.offered(gig, place.worker())
    do(service.set_people, place.orderer, gig.id, 3)
    assert slots_in_use(session, gig) == 3
    assert mails("people_changed")[0].to == place.coordinator_user.email
    do(service.set_people, place.orderer, gig.id, 1)
    assert slots_in_use(session, gig) == 1
    assert session.scalars(select(Offer.status)).all() == [OfferStatus.OFFERED]


def test_lowering_withdraws_open_offers_kindly_and_raising_takes_the_slot_back(place, session):
    gig, aino, bo = place.gig(slots=2), place.worker("Aino"), place.worker("Bo")
    place.confirmed(gig, aino)
    open_offer = place.offered(gig, bo, slot=1)
    do(service.set_people, place.coordinator, gig.id, 1)
    assert fresh(session, open_offer).status is OfferStatus.WITHDRAWN
    assert mails("place_gone")[0].to == bo.email
    do(service.set_people, place.coordinator, gig.id, 2)
    assert session.scalar(select(func.count()).select_from(Slot).where(Slot.gig_id == gig.id)) == 2


@pytest.mark.parametrize(("who", "names"), [("coordinator", "Aino Tekijä, Bo Tekijä"), ("orderer", "Aino, Bo")])
def test_people_below_those_who_said_yes_is_refused_with_names(place, who, names):
    gig = place.gig(slots=3)
    place.confirmed(gig, place.worker("Aino"))
    place.accepted(gig, place.worker("Bo"), slot=1)
    with pytest.raises(domain.PeopleTaken) as refused:
        do(service.set_people, getattr(place, who), gig.id, 1)
    assert refused.value.facts == {"people": 1, "taken": 2, "names": names, "surplus": 1}


@pytest.mark.parametrize("people", [0, 51, 400])
def test_people_out_of_range(place, people):
    with pytest.raises(DomainError):
        do(service.set_people, place.coordinator, place.gig().id, people)


# Cancelled and reopened


@pytest.mark.parametrize("who", ["coordinator", "orderer"])
def test_cancelling_tells_everyone_concerned_and_the_gig_can_be_reopened(place, session, who):
    gig, worker, bo = place.gig(slots=2), place.worker(), place.worker("Bo")
    tuija = place.support_person()
    do(service_support.book_support, place.coordinator, gig.id, tuija.id)
    confirmed, thinking = place.confirmed(gig, worker), place.offered(gig, bo, slot=1)
    do(service.cancel_gig, getattr(place, who), gig.id, reason="Vesivahinko")
    other_side = place.orderer_user if who == "coordinator" else place.coordinator_user
    told = mails("gig_cancelled")
    assert {mail.to for mail in told} == {worker.email, bo.email, tuija.email, other_side.email}
    assert all("Vesivahinko" in mail.body for mail in told)
    assert {fresh(session, offer).status for offer in (confirmed, thinking)} == {OfferStatus.WITHDRAWN}
    with pytest.raises(AlreadyDone):
        do(service.cancel_gig, place.coordinator, gig.id, reason="taas")
    do(service.reopen_gig, place.coordinator, gig.id)
    assert fresh(session, gig).status is GigStatus.PLANNED
    assert place.offered(gig, worker)


def test_others_never_cancel(place, session):
    gig = place.gig()
    stranger = factories.actor(factories.someone(Role.ORDERER, place.jobcenter), (Role.ORDERER, place.jobcenter))
    elsewhere = factories.coordinator(factories.jobcenter())
    session.commit()
    for actor in (stranger, elsewhere):
        with pytest.raises(NotFound):
            do(service.cancel_gig, actor, gig.id, reason="x")


# Finished


def test_finished_gig_ends_its_places(place, session):
    gig = place.gig(slots=3)
    done = place.confirmed(gig, place.worker("Aino"))
    bo = place.worker("Bo")
    unconfirmed = place.accepted(gig, bo, slot=1)
    thinking = place.offered(gig, place.worker("Cia"), slot=2)
    with clock.frozen(gig.ends_at):
        assert jobs.finish_gigs(gig.ends_at).done == 1
        assert jobs.finish_gigs(gig.ends_at).done == 0
    assert fresh(session, gig).status is GigStatus.DONE
    assert [fresh(session, offer).status for offer in (done, unconfirmed, thinking)] == [
        OfferStatus.DONE,
        OfferStatus.WITHDRAWN,
        OfferStatus.WITHDRAWN,
    ]
    assert [mail.to for mail in mails("not_confirmed")] == [bo.email]


# The guard after a change of benefits


def test_benefit_change_stops_gigs_ahead_and_says_so_to_each_in_their_way(place, session):
    gig, worker = place.gig(), place.worker()
    later = place.gig(starts_at=gig.starts_at + timedelta(days=1))
    partner = place.gig(starts_at=gig.starts_at + timedelta(days=2), contract_form=ContractForm.PARTNER)
    tuija = place.support_person(worker)
    stopped = [place.confirmed(gig, worker), place.offered(later, worker)]
    kept = place.confirmed(partner, worker)
    unemployed(worker)
    with unit_of_work():
        todo.leave("benefits_changed", worker.id)
    assert jobs.stop_guarded_gigs(clock.now()).done == 1
    assert {fresh(session, offer).status for offer in stopped} == {OfferStatus.STOPPED}
    assert fresh(session, kept).status is OfferStatus.CONFIRMED
    kind, support, task = (mails(name) for name in ("stopped", "stopped_support", "stopped_coordinator"))
    assert [mail.to for mail in kind] == [worker.email]
    assert "Kumppani ry" in kind[0].body
    assert [mail.to for mail in support] == [tuija.email]
    assert "benefit" not in support[0].body + support[0].subject
    assert {mail.to for mail in task} == {place.coordinator_user.email}
    assert todo.open_count("income_changed") >= 1
    assert jobs.stop_guarded_gigs(clock.now()).done == 0


def test_done_gigs_are_not_touched(place, session):
    gig, worker = place.gig(), place.worker()
    offer = place.confirmed(gig, worker)
    with clock.frozen(gig.ends_at):
        jobs.finish_gigs(gig.ends_at)
        unemployed(worker)
        with unit_of_work():
            todo.leave("benefits_changed", worker.id)
        jobs.stop_guarded_gigs(clock.now())
    assert fresh(session, offer).status is OfferStatus.DONE
    assert not mails("stopped")


# Support along


def test_support_is_booked_once_and_not_to_two_gigs_at_a_time(place):
    gig = place.gig()
    same_time = place.gig(starts_at=gig.starts_at + timedelta(hours=1), place="Muu paikka 3")
    after = place.gig(starts_at=gig.ends_at)
    tuija = place.support_person()
    do(service_support.book_support, place.coordinator, gig.id, tuija.id)
    with pytest.raises(AlreadyDone):
        do(service_support.book_support, place.coordinator, gig.id, tuija.id)
    with pytest.raises(domain.SupportBusy):
        do(service_support.book_support, place.coordinator, same_time.id, tuija.id)
    do(service_support.book_support, place.coordinator, after.id, tuija.id)
    do(service_support.unbook_support, place.coordinator, gig.id, tuija.id)
    assert [mail.to for mail in mails("support_unbooked")] == [tuija.email]
    with pytest.raises(AlreadyDone):
        do(service_support.unbook_support, place.coordinator, gig.id, tuija.id)


def test_only_the_jobcenter_s_own_support_persons_are_booked(place):
    stranger = factories.someone(Role.SUPPORT, factories.jobcenter())
    with pytest.raises(NotFound):
        do(service_support.book_support, place.coordinator, place.gig().id, stranger.id)


# Contracts


@pytest.mark.parametrize(
    ("form", "title", "party"),
    [
        (ContractForm.ASSIGNMENT, "Toimeksiantosopimus", "Jobcenter"),
        (ContractForm.PARTNER, "Työsopimus", "Kumppani ry"),
    ],
)
def test_contract_is_kept_in_the_workers_language(place, session, form, title, party):
    gig, worker = place.gig(contract_form=form), place.worker(language="fi")
    place.confirmed(gig, worker)
    contract = session.scalars(select(Contract)).one()
    assert contract.content["frame"]["title"].startswith(title)
    assert party in contract.content["parties"][0]["lines"][0]
    assert contracts.pdf_of(contract).startswith(b"%PDF")
    worker.given_name = "Toinen"
    session.commit()
    assert fresh(session, contract).content["parties"][1]["lines"] == ["Veikko Tekijä"]


def test_who_finds_the_contract(place, session):
    gig, worker = place.gig(), place.worker()
    tuija = place.support_person(worker)
    place.confirmed(gig, worker)
    contract = session.scalars(select(Contract)).one()
    support = factories.actor(tuija, (Role.SUPPORT, place.jobcenter))
    for actor in (place.coordinator, support):
        assert queries.contract_for(actor, contract.id).id == contract.id
    for actor in (place.orderer, factories.coordinator(factories.jobcenter())):
        with pytest.raises(NotFound):
            queries.contract_for(actor, contract.id)

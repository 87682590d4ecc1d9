"""The contract of a confirmed place: what it says, kept as it was that day in the worker's language, and its PDF."""

from __future__ import annotations

from flask_babel import gettext as _

from jobcenter.auth.domain import Actor
from jobcenter.auth.models import Jobcenter
from jobcenter.benefits import ContractForm
from jobcenter.core import audit, clock, texts
from jobcenter.core.db import db
from jobcenter.core.uow import flush
from jobcenter.documents.domain import ContractDocument, Fact, Frame, Party, Signature
from jobcenter.documents.rendering import render
from jobcenter.documents.stored import from_plain, to_plain
from jobcenter.orders.gigs.cards import card_of
from jobcenter.orders.gigs.contract_clauses import assignment_clauses, partner_clauses
from jobcenter.orders.gigs.domain import GigCard
from jobcenter.orders.gigs.models import Contract, Offer
from jobcenter.orders.gigs.queries import contract_of_offer, jobcenter_of


def make_contract(actor: Actor, offer: Offer) -> Contract:
    """Make the contract of a confirmed offer, once; its content is never changed afterwards."""
    made = contract_of_offer(offer.id)
    if made is not None:
        return made
    language = texts.known(offer.worker.language) or texts.DEFAULT
    card = card_of(offer.gig)
    with texts.in_language(language):
        document = contract_document(offer, card, jobcenter_of(offer.gig), language)
    contract = Contract(offer_id=offer.id, worker_id=offer.worker_id, form=offer.gig.contract_form, language=language)
    contract.made_at, contract.content, contract.wage = clock.now(), to_plain(document), card.wage
    db.session.add(contract)
    flush()
    audit.record(actor, "contract.make", "contract", contract.id, after={"offer": offer.id, "form": contract.form})
    return contract


def pdf_of(contract: Contract) -> bytes:
    """The contract as a PDF, from what was kept."""
    return render(from_plain(ContractDocument, contract.content))


def contract_document(offer: Offer, card: GigCard, jobcenter: Jobcenter, language: str) -> ContractDocument:
    """What the contract says, in the language in force."""
    by_partner = card.form is ContractForm.PARTNER
    title = _("Employment contract for one gig") if by_partner else _("Assignment contract for one gig")
    other_side = _partner(jobcenter) if by_partner else _office(jobcenter)
    return ContractDocument(
        frame=Frame(
            language=language,
            title=title,
            issuer=jobcenter.name,
            dated=clock.day_of(offer.confirmed_at),
            page_label=_("Page"),
            footer=(jobcenter.name, jobcenter.email, jobcenter.phone),
        ),
        lead=_lead(by_partner, jobcenter),
        parties=(other_side, Party(role=_("Worker"), lines=(offer.worker.name,))),
        facts_heading=_("The gig"),
        facts=_facts(card),
        notice=_notice(by_partner, jobcenter),
        clauses=partner_clauses(jobcenter.partner_name) if by_partner else assignment_clauses(),
        signatures_heading=_("Approved"),
        signatures=_signatures(offer, jobcenter, by_partner),
    )


def _lead(by_partner: bool, jobcenter: Jobcenter) -> str:
    if by_partner:
        return _(
            "%(partner)s employs the worker for one gig. The gig was agreed through %(jobcenter)s.",
            partner=jobcenter.partner_name,
            jobcenter=jobcenter.name,
        )
    return _("%(jobcenter)s and the worker agree on one gig as an assignment.", jobcenter=jobcenter.name)


def _notice(by_partner: bool, jobcenter: Jobcenter) -> str:
    if by_partner:
        return _(
            "The employer is %(partner)s. The orderer of the gig is not the employer.", partner=jobcenter.partner_name
        )
    return _("This is not an employment contract. The worker is not anybody's employee on this gig.")


def _partner(jobcenter: Jobcenter) -> Party:
    lines = (jobcenter.partner_name, jobcenter.partner_business_id)
    return Party(role=_("Employer"), lines=tuple(line for line in lines if line))


def _office(jobcenter: Jobcenter) -> Party:
    address = f"{jobcenter.street}, {jobcenter.postcode} {jobcenter.city}"
    lines = (jobcenter.name, jobcenter.business_id, address)
    return Party(role=_("Principal"), lines=tuple(line for line in lines if line.strip(", ")))


def _facts(card: GigCard) -> tuple[Fact, ...]:
    rows = [
        (_("Task"), card.title),
        (_("Orderer"), card.organisation),
        (_("Place"), ", ".join(part for part in (card.place, card.address) if part)),
        (_("Time"), texts.interval(card.span.starts_at, card.span.ends_at)),
        (_("Unpaid break"), texts.hours(card.break_minutes) if card.break_minutes else ""),
        (_("Paid time"), texts.hours(card.minutes)),
        (_("Pay for an hour, before tax"), texts.money(card.wage) if card.wage is not None else ""),
        (_("Pay for the gig, before tax"), texts.money(card.pay) if card.pay is not None else ""),
        (_("Contact on site"), ", ".join(part for part in (card.contact_name, card.contact_phone) if part)),
    ]
    return tuple(Fact(label=label, value=value) for label, value in rows if value)


def _signatures(offer: Offer, jobcenter: Jobcenter, by_partner: bool) -> tuple[Signature, Signature]:
    said_yes = _("Said yes in Jobcenter %(when)s", when=texts.when(offer.answered_at))
    if offer.on_behalf:
        said_yes = _(
            "Said yes together with %(name)s %(when)s", name=offer.answered_by, when=texts.when(offer.answered_at)
        )
    side = jobcenter.partner_name if by_partner else jobcenter.name
    confirmed = _("Confirmed in Jobcenter %(when)s", when=texts.when(offer.confirmed_at))
    return (
        Signature(role=_("Worker"), name=offer.worker.name, approval=said_yes),
        Signature(role=_("For %(name)s", name=side), name=jobcenter.name, approval=confirmed),
    )

"""Another contract form for one gig: the coordinator proposes, the orderer answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.core import texts
from jobcenter.core.errors import NotFound
from jobcenter.core.forms import ActionForm
from jobcenter.orders.gigs import presenting_forms, queries, queries_forms, service_forms
from jobcenter.orders.gigs.blueprint import bp
from jobcenter.orders.gigs.cards import card_of
from jobcenter.orders.gigs.domain_forms import ProposalStatus
from jobcenter.orders.gigs.forms import AnswerProposalForm, PartnerForm
from jobcenter.orders.gigs.models import FormProposal
from jobcenter.orders.intake.presenting_pages import version_view


@bp.get("/<int:gig_id>/partner-form")
@allow(Role.COORDINATOR)
def partner_form(gig_id: int) -> str:
    """The price at which the partner form is proposed; the list price to begin with."""
    rates = queries_forms.partner_rates(queries.gig_for(g.actor, gig_id))
    return _propose_page(gig_id, PartnerForm(data={"hourly_price": rates.price}))


@bp.post("/<int:gig_id>/partner-form")
@allow(Role.COORDINATOR)
def propose_partner_form(gig_id: int) -> Any:
    """Send the proposal to the orderer."""
    form = PartnerForm()
    if form.attempt(lambda: service_forms.propose_partner_form(g.actor, gig_id, form.to_command())):
        if form.result is not None:
            flash(_("The proposal is sent. Nothing changes before the orderer has accepted it."), "good")
        return redirect(url_for("matching.gig", gig_id=gig_id))
    return _propose_page(gig_id, form), 422


def _propose_page(gig_id: int, form: PartnerForm) -> str:
    gig = queries.gig_for(g.actor, gig_id)
    lead = _(
        "The orderer accepted another form and price, so they decide. When they accept, those who have a place or were "
        "stopped get a new offer in the partner form. List price on the day: %(price)s.",
        price=texts.money(queries_forms.partner_rates(gig).price),
    )
    return render_template(
        "gigs/act.html",
        form=form,
        title=_("Propose the partner form"),
        lead=lead,
        submit=_("Send to the orderer"),
        back=url_for("matching.gig", gig_id=gig.id),
        card=card_of(gig),
    )


@bp.post("/<int:gig_id>/partner-form/take-back")
@allow(Role.COORDINATOR)
def take_back_partner_form(gig_id: int) -> Any:
    """Take back what the orderer has not answered."""
    form = ActionForm()
    if form.attempt(lambda: service_forms.take_back(g.actor, gig_id)):
        flash(_("The proposal is taken back."), "good")
    return _after(form, url_for("matching.gig", gig_id=gig_id))


@bp.get("/<int:gig_id>/partner-form/answer")
@allow(Role.ORDERER)
def partner_answer(gig_id: int) -> str:
    """What is proposed to the orderer, what it costs, and the terms."""
    return _answer_page(gig_id, AnswerProposalForm(data={"proposal": _proposal(gig_id).id}))


def _answer_page(gig_id: int, form: AnswerProposalForm) -> str:
    gig, proposal = queries.gig_for_orderer(g.actor, gig_id), _proposal(gig_id)
    rates = queries_forms.partner_rates(gig)
    state = presenting_forms.orderer_state(gig, proposal)
    return render_template(
        "gigs/partner_answer.html",
        form=form,
        gig_id=gig.id,
        order_id=gig.order_id,
        card=card_of(gig),
        state=state,
        partner=queries.jobcenter_of(gig).partner_name,
        prices=presenting_forms.price_facts(gig, proposal.hourly_price, rates, proposal.price_reason),
        terms=version_view(proposal.terms),
    )


def _proposal(gig_id: int) -> FormProposal:
    """The newest proposal of a gig of the orderer's. Raises NotFound."""
    proposal = queries_forms.newest_proposal(queries.gig_for_orderer(g.actor, gig_id).id)
    if proposal is None or proposal.status is ProposalStatus.TAKEN_BACK:
        raise NotFound
    return proposal


@bp.post("/<int:gig_id>/partner-form/accept")
@allow(Role.ORDERER)
def accept_partner_form(gig_id: int) -> Any:
    """Accept it."""
    return _answered(gig_id, service_forms.accept, _("Thank you. The people are asked at once."))


@bp.post("/<int:gig_id>/partner-form/decline")
@allow(Role.ORDERER)
def decline_partner_form(gig_id: int) -> Any:
    """Keep what was agreed."""
    return _answered(gig_id, service_forms.decline, _("What was agreed stays. The coordinator has been told."))


def _answered(gig_id: int, answer: Callable[..., Any], done: str) -> Any:
    form = AnswerProposalForm()
    if form.attempt(lambda: answer(g.actor, gig_id, form.proposal.data)):
        flash(done, "good")
        return redirect(url_for(".of_order", order_id=queries.gig_for_orderer(g.actor, gig_id).order_id))
    return _answer_page(gig_id, form), 422


def _after(form: ActionForm, url: str) -> Any:
    for refusal in form.form_errors:
        flash(refusal, "bad")
    return redirect(url)

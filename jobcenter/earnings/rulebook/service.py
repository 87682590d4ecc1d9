"""Values of law: one administrator proposes, another confirms, and everyone's limits are checked anew."""

from __future__ import annotations

from jobcenter.auth.domain import Actor
from jobcenter.benefits import law
from jobcenter.core import audit, clock, todo
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone, NotFound
from jobcenter.core.uow import flush, register_clash
from jobcenter.earnings.rulebook import policy, post, queries, queries_contacts, queries_entered
from jobcenter.earnings.rulebook.domain import (
    AdditionAction,
    AdditionState,
    NewNumber,
    Proposal,
    ProposalRefused,
    check_proposal,
    decided_state,
)
from jobcenter.earnings.rulebook.models import LawAddition, LawContact
from jobcenter.earnings.rulebook.queries import current_law

__all__ = ["approve", "current_law", "propose", "reject", "revoke", "set_number", "withdraw"]

register_clash("uq_law_addition_day", lambda: ProposalRefused("value_waits_already", "from_"))
register_clash("uq_law_addition_form_key", lambda: AlreadyDone("law_value_proposed_already"))
register_clash("uq_law_contact_form_key", lambda: AlreadyDone("law_value_already"))


def propose(actor: Actor, proposal: Proposal) -> int:
    """Store a value that waits for a second administrator; its id. Sent twice it is stored once.

    Raises NotFound, AdditionRefused, ProposalRefused.
    """
    if not policy.can_propose(actor) or proposal.parameter not in law().parameters:
        raise NotFound
    if sent := queries.addition_by_key(proposal.form_key):
        return sent.id
    today = clock.today()
    queries.additions_of(proposal.parameter, lock=True)
    queries.forget()
    check_proposal(current_law(), proposal, today)
    row = _row(actor, proposal)
    db.session.add(row)
    flush()
    audit.record(actor, "law_value.propose", "law_value", row.id, after=_facts(row))
    post.tell_others(row, queries.administrators())
    return row.id


def approve(actor: Actor, addition_id: int) -> LawAddition:
    """Put a value in force, as another administrator than its proposer, and have every limit checked anew.

    Raises NotFound, AlreadyDone, NotPossible, OwnProposal, and AdditionRefused if the law has a value by now.
    """
    row, state = _to_decide(actor, addition_id, AdditionAction.APPROVE)
    queries.forget()
    current_law().with_values([queries.as_addition(row)])
    _set(row, actor, state)
    _changed(actor, row, "law_value.approve")
    return row


def reject(actor: Actor, addition_id: int, reason: str) -> LawAddition:
    """Refuse a value, saying why. Raises NotFound, AlreadyDone, NotPossible, OwnProposal."""
    row, state = _to_decide(actor, addition_id, AdditionAction.REJECT)
    _set(row, actor, state, reason)
    audit.record(actor, "law_value.reject", "law_value", row.id, after=_facts(row))
    return row


def withdraw(actor: Actor, addition_id: int) -> LawAddition:
    """Take one's own proposal back. Raises NotFound, AlreadyDone, NotPossible."""
    row, state = _to_decide(actor, addition_id, AdditionAction.WITHDRAW)
    _set(row, actor, state)
    audit.record(actor, "law_value.withdraw", "law_value", row.id, after=_facts(row))
    return row


def revoke(actor: Actor, addition_id: int, reason: str) -> LawAddition:
    """End a value that was found to be wrong: the limit is missing from then on. Raises NotFound, AlreadyDone."""
    row, state = _to_decide(actor, addition_id, AdditionAction.REVOKE)
    row.state, row.revoked_by_id, row.revoked_at, row.revoked_reason = state, actor.user_id, clock.now(), reason
    _changed(actor, row, "law_value.revoke")
    return row


def set_number(actor: Actor, new: NewNumber) -> int:
    """Store a telephone number of a contact point; its id. Sent twice it is stored once.

    One administrator is enough: whoever doubts a number can call it. Raises NotFound.
    """
    if not policy.can_propose(actor) or queries_contacts.point_of(new.point) is None:
        raise NotFound
    if sent := queries_contacts.entered_by_key(new.form_key):
        return sent.id
    facts = {"point": new.point, "first_day": new.from_, "phone": new.phone, "source": new.source}
    row = LawContact(
        **facts, checked_on=clock.today(), set_by_id=actor.user_id, set_at=clock.now(), form_key=new.form_key
    )
    db.session.add(row)
    flush()
    queries_entered.forget()
    audit.record(actor, "law_contact.set", "law_contact", row.id, after=facts)
    return row.id


def _to_decide(actor: Actor, addition_id: int, action: AdditionAction) -> tuple[LawAddition, AdditionState]:
    """The row, locked with all others of its parameter, and the state that the action leads to."""
    queries.additions_of(queries.proposal_for(actor, addition_id).parameter, lock=True)
    row = queries.proposal_for(actor, addition_id)
    return row, decided_state(row.state, action, by_proposer=row.proposed_by_id == actor.user_id)


def _set(row: LawAddition, actor: Actor, state: AdditionState, reason: str = "") -> None:
    row.state, row.decided_by_id, row.decided_at, row.reason = state, actor.user_id, clock.now(), reason


def _changed(actor: Actor, row: LawAddition, verb: str) -> None:
    """The law is another now: log it, and have everyone looked at."""
    flush()
    queries.forget()
    audit.record(actor, verb, "law_value", row.id, after=_facts(row) | {"rules_version": current_law().version})
    todo.leave(todo.Changed.RULES, "law")


def _row(actor: Actor, proposal: Proposal) -> LawAddition:
    return LawAddition(
        parameter=proposal.parameter,
        first_day=proposal.from_,
        last_day=proposal.to,
        value=proposal.value,
        applies=proposal.applies,
        status=proposal.status,
        source=proposal.source,
        checked_on=clock.today(),
        note=proposal.note,
        state=AdditionState.PROPOSED,
        proposed_by_id=actor.user_id,
        proposed_at=clock.now(),
        form_key=proposal.form_key,
    )


def _facts(row: LawAddition) -> dict[str, object]:
    names = ("parameter", "first_day", "last_day", "value", "status", "source", "state", "reason", "revoked_reason")
    return {name: getattr(row, name) for name in names}

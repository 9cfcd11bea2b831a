"""`/slm rule D-17 upheld | rejected | part from … to … because …`: the arbiter decides; `to @eva`: another does."""

import re

from commands.ask import Ask
from commands.dispute_meant import Meant, dispute_meant, require
from commands.dispute_outcome import Decision, decide, part_meant
from commands.dispute_said import draw, post, tell_thread
from domain.dispute import Action, Contested, Dispute, Outcome
from domain.given_reason import split_reason
from domain.refusal import Refusal
from messages.dispute_answers import reassigned, ruled
from messages.dispute_forms import rule_form as form_of
from messages.form import Form
from messages.message import Message
from storage.store import Store
from storage.transaction import Transaction

PERSON = re.compile(r"to\s+<@(?P<id>[UW][A-Z0-9]{2,20})(?:\|[^>]*)?>", re.IGNORECASE)
OUTCOMES = {"upheld": Outcome.UPHELD, "rejected": Outcome.REJECTED, "part": Outcome.PARTLY}


def rule(ask: Ask, store: Store) -> Message:
    """The ruling takes effect at once; who lost can appeal once."""
    with store.transaction(ask.workspace) as tx:
        tx.objectives.lock()
        meant = dispute_meant(tx, ask)
        if given := PERSON.fullmatch(meant.rest):
            return _reassign(tx, meant.dispute, given["id"].upper(), ask)
        require(tx, meant.dispute, Action.RULE, ask)
        decision = _decision(tx, meant, ask)
        before = meant.dispute
        after = before.rule(at=ask.at, appeal_by=tx.dispute_facts.appeal_due(before, at=ask.at))
        decide(tx, before, after, decision, ask)
        words = f"{decision.outcome.value}. {decision.reasons}"
        tx.disputes.note(after, "rule", at=ask.at, by=ask.person, words=words)
        told = tx.dispute_facts.of(after, at=ask.at)
        tell_thread(tx, told, ask)
        post(tx, told, ask)
        draw(tx, told)
        return ruled(told)


def rule_form(ask: Ask, store: Store) -> Form | None:
    """Both sides, earlier rulings, the outcome and the reasons; None where they were said."""
    with store.read(ask.workspace) as tx:
        meant = dispute_meant(tx, ask)
        if meant.rest:
            return None
        require(tx, meant.dispute, Action.RULE, ask)
        return form_of(tx.dispute_facts.of(meant.dispute, at=ask.at))


def _decision(tx: Transaction, meant: Meant, ask: Ask) -> Decision:
    head, reasons = split_reason(meant.rest)
    word, _, part = head.partition(" ")
    outcome = OUTCOMES.get(word.lower())
    if outcome is None:
        raise Refusal(
            "How do you rule: `upheld`, `rejected`, or `part from … to …`?\n"
            f"For example: `{ask.command} rule {meant.dispute.called} upheld because the log shows it`"
        )
    if not reasons:
        raise Refusal("A ruling needs its reasons: `because …`")
    return Decision(outcome, _part(tx, meant.dispute, outcome, part, ask), reasons)


def _part(tx: Transaction, one: Dispute, outcome: Outcome, part: str, ask: Ask) -> Contested:
    if outcome is Outcome.REJECTED:
        return Contested(one.contested.claim)
    if outcome is Outcome.UPHELD:
        what = one.contested
        return tx.dispute_facts.contesting(one.objective, what.claim, what.spans, what.events)
    team = next((team for team in tx.teams.all() if team.arbitrates), None)
    return part_meant(tx, one, part, team.timezone if team else "UTC", ask)


def _reassign(tx: Transaction, one: Dispute, person: str, ask: Ask) -> Message:
    """Raises `Refusal` unless that person is neutral."""
    require(tx, one, Action.REASSIGN, ask)
    if person not in tx.dispute_facts.able(one):
        raise Refusal(
            "They cannot rule on it: an arbiter is a service level\nmanager who belongs to no party, "
            "owns nothing in dispute\nand has not ruled on it before."
        )
    changed = one.reassign(person, at=ask.at, due_at=tx.dispute_facts.rule_due(one, at=ask.at))
    tx.disputes.save(changed)
    tx.disputes.note(changed, "reassign", at=ask.at, by=ask.person)
    told = tx.dispute_facts.of(changed, at=ask.at)
    tell_thread(tx, told, ask)
    draw(tx, told)
    return reassigned(told)

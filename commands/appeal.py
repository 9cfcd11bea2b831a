"""`/slm appeal D-17 because …`: who lost asks for another arbiter's ruling, once."""

from dataclasses import replace

from commands.ask import Ask
from commands.dispute_meant import dispute_meant, require, team_of
from commands.dispute_said import draw, post, tell_thread
from domain.dispute import Action, Dispute
from domain.given_reason import split_reason
from domain.refusal import Refusal
from messages.dispute_answers import appealed
from messages.dispute_forms import appeal_form as form_of
from messages.form import Form
from messages.message import Message
from storage.store import Store
from storage.transaction import Transaction


def appeal(ask: Ask, store: Store) -> Message:
    """The first ruling holds until the next one, which is final."""
    with store.transaction(ask.workspace) as tx:
        tx.objectives.lock()
        one, rest = dispute_meant(tx, ask)
        roles = require(tx, one, Action.APPEAL, ask)
        _, words = split_reason(f" {rest}")
        if not words:
            raise Refusal(f"Say why: `{ask.command} appeal {one.called} because …`")
        team = team_of(one, roles)
        changed = _to_another(tx, one, team, ask)
        with tx.measurements.recounted():
            tx.disputes.save(changed)
        tx.disputes.note(changed, "appeal", at=ask.at, by=ask.person, team=team, words=words)
        told = tx.dispute_facts.of(changed, at=ask.at)
        tell_thread(tx, told, ask)
        post(tx, told, ask)
        draw(tx, told)
        return appealed(told)


def appeal_form(ask: Ask, store: Store) -> Form | None:
    """The reasons; None where they were said."""
    with store.read(ask.workspace) as tx:
        one, rest = dispute_meant(tx, ask)
        if rest:
            return None
        require(tx, one, Action.APPEAL, ask)
        return form_of(tx.dispute_facts.of(one, at=ask.at))


def _to_another(tx: Transaction, one: Dispute, team: str, ask: Ask) -> Dispute:
    due_at = tx.dispute_facts.rule_due(one, at=ask.at)
    arbiter = tx.dispute_facts.next_arbiter(replace(one, first_arbiter=one.arbiter))
    return one.appeal(team, arbiter, at=ask.at, due_at=due_at)

"""`/slm withdraw D-17`: the raiser takes a dispute back, any time before it is ruled."""

from commands.ask import Ask
from commands.dispute_meant import dispute_meant, require
from commands.dispute_said import draw, tell_thread
from domain.dispute import Action
from domain.given_reason import split_reason
from messages.dispute_answers import withdrawn
from messages.message import Message
from storage.store import Store


def withdraw_dispute(ask: Ask, store: Store) -> Message:
    """Nothing changes, and nobody has to answer any more."""
    with store.transaction(ask.workspace) as tx:
        tx.objectives.lock()
        one, rest = dispute_meant(tx, ask)
        require(tx, one, Action.WITHDRAW, ask)
        changed = one.withdraw(at=ask.at)
        with tx.measurements.recounted():
            tx.disputes.save(changed)
        _, words = split_reason(f" {rest}")
        tx.disputes.note(changed, "withdraw", at=ask.at, by=ask.person, team=one.raiser, words=words)
        told = tx.dispute_facts.of(changed, at=ask.at)
        tell_thread(tx, told, ask)
        draw(tx, told)
        return withdrawn(told)

"""`/slm withdraw NAME`: what was acknowledged is not any more; it stays in the history, and an answer is due anew."""

from commands.ask import Ask
from commands.asked_about import asked_about, note_answer, redraw, team_asked
from commands.dispute_meant import NUMBERED
from commands.dispute_withdrawn import withdraw_dispute
from commands.new_owner import post_request
from commands.outsiders import refuse_outsiders
from domain.acknowledgement import Acknowledgement, Because, Stage
from domain.asking import request_of
from domain.audit_action import Action
from messages.acknowledged import nothing_to_do, withdrawn
from messages.message import Message
from storage.store import Store
from storage.transaction import Transaction


def withdraw(ask: Ask, store: Store) -> Message:
    """The message that asked asks again."""
    if NUMBERED.match(ask.rest):
        return withdraw_dispute(ask, store)
    with store.read(ask.workspace) as tx:
        refuse_outsiders(tx, ask)
    with store.transaction(ask.workspace) as tx:
        tx.objectives.lock()
        found = asked_about(tx, ask.rest, ask)
        if isinstance(found, Message):
            return found
        if found.stage is not Stage.ACKNOWLEDGED:
            return nothing_to_do(tx.requests.about(found, at=ask.at), by=ask.person, command=ask.command)
        again = _asked_again(tx, found, ask)
        note_answer(tx, Action.WITHDRAWN, found, ask)
        redraw(tx, again, ask)
        # Whoever acknowledged by taking it over has no message yet that could ask again.
        post_request(tx, again, team_asked(tx, again), ask)
        return withdrawn(tx.requests.about(again, at=ask.at), command=ask.command)


def _asked_again(tx: Transaction, found: Acknowledgement, ask: Ask) -> Acknowledgement:
    tx.acknowledgements.save([found.withdraw(by=ask.person, at=ask.at)])
    [kept] = tx.objectives.called([found.objective], at=ask.at)
    team = team_asked(tx, found)
    new = request_of(kept.objective, team, Because.WITHDRAWN, tx.promises, at=ask.at)
    [again] = tx.acknowledgements.add([new], batch=found.batch)
    return again

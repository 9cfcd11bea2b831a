"""`/slm ack NAME` of an objective: it is ours, by these terms."""

from commands.ask import Ask
from commands.asked_about import BECAUSE, asked_about, note_answer, save_answer, still_open
from domain.acknowledgement import Acknowledgement, Stage
from domain.audit_action import Action
from messages.acknowledged import acknowledged, nothing_to_do
from messages.message import Message
from storage.store import Store
from storage.transaction import Transaction


def ack_objective(ask: Ask, store: Store) -> Message:
    """Of several who press at once the first answers; a team that had declined may still say yes."""
    with store.transaction(ask.workspace) as tx:
        tx.objectives.lock()
        # A form sends words with each answer, though only a no needs them.
        found = asked_about(tx, ask.rest.partition(f" {BECAUSE} ")[0], ask)
        if isinstance(found, Message):
            return found
        if found.stage not in (Stage.OPEN, Stage.DECLINED):
            return nothing_to_do(tx.requests.about(found, at=ask.at), by=ask.person, command=ask.command)
        answered = agreed(tx, found, ask)
        save_answer(tx, answered, ask)
        note_answer(tx, Action.ACKNOWLEDGED, answered, ask)
        left = still_open(tx, answered)
        return acknowledged(tx.requests.about(answered, at=ask.at), still_open=left, command=ask.command)


def agreed(tx: Transaction, found: Acknowledgement, ask: Ask) -> Acknowledgement:
    """The yes, good for as long as the objective says."""
    [kept] = tx.objectives.called([found.objective], at=ask.at)
    calendar = tx.promises.working_calendar(found.team)
    acknowledging = kept.objective.acknowledging
    return found.acknowledge(by=ask.person, at=ask.at, acknowledging=acknowledging, calendar=calendar)

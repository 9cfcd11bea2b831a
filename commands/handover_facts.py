"""What hand-overs tell, gathered."""

from commands.ask import Ask
from domain.acknowledgement import Because
from domain.asking import request_of
from domain.audit_action import Action
from domain.handover import Handover, HandoverStage
from domain.objective import Objective
from domain.team import Team
from messages.handover import Handing
from storage.transaction import Transaction


def facts_of(tx: Transaction, one: Handover, ask: Ask) -> Handing:
    """What the messages of a hand-over tell now; while it is open, also what is taken on."""
    giver, taker = (tx.teams.by_name(name) or Team(name) for name in one.teams)
    told = Handing(one, giver, taker, ask.at)
    objective = the_objective(tx, one.objective, ask)
    if one.stage is not HandoverStage.OPEN or objective is None:
        return told
    would_be_asked = request_of(objective, taker, Because.HANDOVER, tx.promises, at=ask.at)
    request = tx.requests.about(would_be_asked, at=ask.at)
    [standing] = tx.standings.of([one.objective], at=ask.at)
    return Handing(one, giver, taker, ask.at, request=request, standing=standing)


def the_objective(tx: Transaction, name: str, ask: Ask) -> Objective | None:
    """The objective, unless it is retired."""
    return next((kept.objective for kept in tx.objectives.called([name], at=ask.at)), None)


def open_one(tx: Transaction, objective: str) -> Handover | None:
    """The hand-over of it that waits for somebody."""
    found = [one for one in tx.handovers.of(objective) if one.stage is HandoverStage.OPEN]
    return found[-1] if found else None


def note_handover(tx: Transaction, action: Action, one: Handover, ask: Ask) -> None:
    """The audit trail has it."""
    facts = {"handover": one.id, "version": one.version, "former": one.giver, "team": one.taker}
    if action is Action.HANDOVER_PROPOSED:
        facts["words"] = one.words
    tx.audit.note(action, one.objective, by=ask.person, at=ask.at, **facts)

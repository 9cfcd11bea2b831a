"""Hand-overs that wait while the terms or the owner change have no object any more: both messages say so."""

from domain.handover import Handover
from domain.team import Team
from jobs.items import each
from jobs.job import Context, Job
from messages.handover import Handing, handover_message
from storage.transaction import Transaction


def run(context: Context) -> None:
    """End those that were overtaken; nearly always there is none."""
    with context.store.read(context.workspace) as tx:
        if not _overtaken(tx):
            return
    with context.store.transaction(context.workspace) as tx:
        tx.objectives.lock()
        each(_overtaken(tx), lambda one: _end(tx, one, context), doing=lambda one: f"hand-over {one.id}")


def _overtaken(tx: Transaction) -> list[Handover]:
    waiting = tx.handovers.open()
    known = {one.name: one for one in tx.objectives.with_retired()} if waiting else {}
    return [one for one in waiting if one.is_overtaken(known.get(one.objective))]


def _end(tx: Transaction, one: Handover, context: Context) -> None:
    ended = one.overtake(at=context.at)
    tx.handovers.save(ended)
    giver, taker = (tx.teams.by_name(name) or Team(name) for name in ended.teams)
    facts = Handing(ended, giver, taker, context.at)
    for team in ended.teams:
        content = handover_message(facts.read_by(team), command=context.command).content
        tx.outbox.edit(ended.key(team), content)


JOB = Job("handover", run)

"""Disputes by the clock: reminders, silence that goes to an arbiter, rulings that nobody appealed against."""

from datetime import datetime, timedelta

from domain.dispute import Dispute, DisputeStage
from domain.dispute_told import DisputeTold
from domain.notice import Notice
from domain.quiet import quiet_until
from domain.team import Team
from jobs.items import each
from jobs.job import Context, Job
from messages.dispute import dispute_contents, dispute_message
from messages.dispute_thread import entry_message
from storage.transaction import Transaction

WAITING = (DisputeStage.ANSWERING, DisputeStage.PROPOSED)
JUDGED = (DisputeStage.RULING, DisputeStage.APPEALED)


def run(context: Context) -> None:
    """Take the steps that are due; nearly always there is none."""
    with context.store.read(context.workspace) as tx:
        if not _due(tx, context.at):
            return
    with context.store.transaction(context.workspace) as tx:
        tx.objectives.lock()
        each(_due(tx, context.at), lambda one: _step(tx, one, context), doing=lambda one: one.called)


def _due(tx: Transaction, at: datetime) -> list[Dispute]:
    return [one for one in tx.disputes.alive() if _is_due(tx, one, at)]


def _is_due(tx: Transaction, one: Dispute, at: datetime) -> bool:
    if one.due_at is None:
        return False
    if one.stage is DisputeStage.RULED:
        return one.due_at <= at
    if one.stage in JUDGED and one.arbiter is None:
        # Whoever became neutral meanwhile, by another file, is given it.
        return tx.dispute_facts.next_arbiter(one) is not None
    if one.stage in WAITING and one.due_at <= at:
        return True
    return one.reminded == 0 and _half(tx, one) <= at


def _half(tx: Transaction, one: Dispute) -> datetime:
    """When whose turn it is is reminded: after half of the time, in its own hours; an arbiter once it is over."""
    due = one.due_at or one.turn_since
    if one.stage in JUDGED:
        return tx.dispute_facts.calendar_of(None).open_from(due)
    team = _whose(one)
    half: timedelta = (due - one.turn_since) / 2
    return tx.dispute_facts.calendar_of(team).open_from(one.turn_since + half)


def _step(tx: Transaction, one: Dispute, context: Context) -> None:
    at = context.at
    if one.stage is DisputeStage.RULED:
        _save(tx, one.finalise(at=at), "final", context)
    elif one.stage in WAITING and one.due_at is not None and one.due_at <= at:
        sent = tx.dispute_facts.sent_to_arbiter(one, at=at, unanswered=True)
        _save(tx, sent, "unanswered", context, _whose(one))
    elif one.stage in JUDGED and one.arbiter is None:
        arbiter = tx.dispute_facts.next_arbiter(one) or ""
        due_at = tx.dispute_facts.rule_due(one, at=at)
        _save(tx, one.reassign(arbiter, at=at, due_at=due_at), "reassign", context)
    else:
        late = one.stage in JUDGED
        team = None if late else _whose(one)
        _save(tx, one.remind(), "late" if late else "remind", context, team)


def _whose(one: Dispute) -> str:
    return one.counterpart if one.stage is DisputeStage.ANSWERING else one.raiser


def _save(tx: Transaction, changed: Dispute, action: str, context: Context, team: str | None = None) -> None:
    tx.disputes.save(changed)
    tx.disputes.note(changed, action, at=context.at, team=team)
    told = tx.dispute_facts.of(changed, at=context.at)
    _tell(tx, told, context.at)
    for key, content in dispute_contents(told):
        tx.outbox.edit(key, content)


def _tell(tx: Transaction, told: DisputeTold, at: datetime) -> None:
    """A line in each thread; who arbitrates gets the whole message, once there is something to rule."""
    if told.dispute.stage in JUDGED:
        for team in told.managers:
            if team.channel and not tx.outbox.by_key(told.dispute.key(team.name)):
                content = dispute_message(told.read_by(team.name)).content
                held = quiet_until(team, at=at)
                key = told.dispute.key(team.name)
                tx.outbox.add(Notice(key, team.channel, content, at, team.name, not_before=held))
    teams = [tx.teams.by_name(name) or Team(name) for name in told.dispute.teams]
    for team in [*teams, *told.managers]:
        key = told.dispute.key(team.name)
        parent = tx.outbox.by_key(key)
        if parent:
            content = entry_message(told.read_by(team.name), told.record[-1]).content
            held = quiet_until(team, at=at)
            tx.outbox.add(
                Notice(
                    f"{key}:{len(told.record)}",
                    parent.channel,
                    content,
                    at,
                    team.name,
                    thread=key,
                    not_before=held,
                    internal=team.internal,
                )
            )


JOB = Job("dispute", run)

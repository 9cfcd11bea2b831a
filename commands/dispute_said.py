"""Disputes are said in the channels of both parties, and of who arbitrates; their record in the threads there."""

from commands.ask import Ask
from commands.new_owner import channel_of
from domain.dispute import DisputeStage
from domain.dispute_told import DisputeTold
from domain.notice import Notice
from domain.quiet import quiet_until
from domain.team import Team
from messages.dispute import dispute_contents, dispute_message
from messages.dispute_thread import entry_message
from storage.transaction import Transaction


def post(tx: Transaction, told: DisputeTold, ask: Ask) -> None:
    """In each channel once; what stands there already stays."""
    heard: set[str] = set()
    for team in heard_by(tx, told):
        channel = channel_of(team)
        if channel and channel not in heard:
            heard.add(channel)
            content = dispute_message(told.read_by(team.name)).content
            held = quiet_until(team, at=ask.at)
            key = told.dispute.key(team.name)
            tx.outbox.add(
                Notice(key, channel, content, ask.at, team.name, not_before=held, internal=team.internal)
            )


def draw(tx: Transaction, told: DisputeTold) -> None:
    """Edit its messages."""
    for key, content in dispute_contents(told):
        tx.outbox.edit(key, content)


def tell_thread(tx: Transaction, told: DisputeTold, ask: Ask) -> None:
    """The newest line of the record, in the threads of its messages."""
    number = len(told.record)
    for team in heard_by(tx, told):
        key = told.dispute.key(team.name)
        parent = tx.outbox.by_key(key)
        if parent:
            content = entry_message(told.read_by(team.name), told.record[-1]).content
            reply = Notice(
                f"{key}:{number}",
                parent.channel,
                content,
                ask.at,
                team.name,
                thread=key,
                not_before=parent.not_before,
                internal=team.internal,
            )
            tx.outbox.add(reply)


def heard_by(tx: Transaction, told: DisputeTold) -> list[Team]:
    """The parties; from when an arbiter is to rule on also who arbitrates."""
    named = [tx.teams.by_name(name) or Team(name) for name in told.dispute.teams]
    before = (DisputeStage.ANSWERING, DisputeStage.PROPOSED, DisputeStage.SETTLED, DisputeStage.WITHDRAWN)
    managers = [] if told.dispute.stage in before else [one for one in told.managers if one not in named]
    return [*named, *managers]

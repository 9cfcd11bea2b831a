"""An objective gets another owner, or its owner is asked anew: the terms, the requests, and their messages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from commands.ask import Ask
from commands.asked_about import redraw
from domain.acknowledgement import Acknowledgement, Because, Stage
from domain.asking import owner_asked, request_of
from domain.handover import HandoverStage
from domain.notice import Notice
from domain.objective import Objective
from domain.owning import given_to
from domain.person import is_slack_id
from domain.quiet import quiet_until
from domain.team import Team
from messages.handover import Handing, handover_message
from messages.request import request_message
from storage.transaction import Transaction

WAITING = (Stage.OPEN, Stage.DECLINED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Why the owner is asked anew, in whose words."""

    because: Because
    words: str = ""


def give(tx: Transaction, objective: Objective, team: Team, ask: Ask) -> Objective:
    """From now on the team owns it; what was measured before stays the former owner's. Under the lock."""
    given = given_to(objective, team.name, by=ask.person, at=ask.at)
    with tx.measurements.recounted():
        tx.objectives.save([given])
    return given


def end_requests(
    tx: Transaction, objective: str, ask: Ask, *, decided: bool = False
) -> list[Acknowledgement]:
    """Nobody has to answer any more what was asked about it; as they were. They still have to be redrawn.

    `decided` where the asker is a service level manager who decided what was declined.
    """
    waiting = [one for one in tx.acknowledgements.of(objective) if one.stage in WAITING]
    tx.acknowledgements.save(one.supersede(at=ask.at, by=ask.person if decided else None) for one in waiting)
    return waiting


def redraw_all(tx: Transaction, changed: Sequence[Acknowledgement], ask: Ask) -> None:
    """Edit their messages, once all rows are saved: they tell what came after them."""
    for one in changed:
        redraw(tx, one, ask)


def ask_owner(tx: Transaction, objective: Objective, wanted: Wanted, ask: Ask) -> Team | None:
    """Ask the team that owns it now; None where nobody has to acknowledge it."""
    known = tx.promises
    team = owner_asked(objective, known, at=ask.at)
    if team is None:
        return None
    new = replace(request_of(objective, team, wanted.because, known, at=ask.at), words=wanted.words)
    [saved] = tx.acknowledgements.add([new])
    post_request(tx, saved, team, ask)
    return team


def post_request(tx: Transaction, asked: Acknowledgement, team: Team, ask: Ask) -> None:
    """The message that asks, in the team's channel; what stands there already stays."""
    channel = channel_of(team)
    if channel:
        request = tx.requests.of(asked.batch, at=ask.at)
        content = request_message(request, command=ask.command).content
        held = quiet_until(team, at=ask.at)
        tx.outbox.add(Notice(asked.key, channel, content, ask.at, team.name, not_before=held))


def channel_of(team: Team) -> str | None:
    """Where a team is told: in its channel; without one its manager is."""
    return team.channel or (team.manager if team.manager and is_slack_id(team.manager) else None)


def overtake(tx: Transaction, objective: str, ask: Ask) -> None:
    """The open hand-over of it has no object any more; both messages say so."""
    for one in tx.handovers.of(objective):
        if one.stage is HandoverStage.OPEN:
            ended = one.overtake(at=ask.at)
            tx.handovers.save(ended)
            giver, taker = (tx.teams.by_name(name) or Team(name) for name in ended.teams)
            draw(tx, Handing(ended, giver, taker, ask.at), ask)


def draw(tx: Transaction, facts: Handing, ask: Ask) -> None:
    """Edit the messages of a hand-over in both channels."""
    for team in facts.handover.teams:
        content = handover_message(facts.read_by(team), command=ask.command).content
        tx.outbox.edit(facts.handover.key(team), content)

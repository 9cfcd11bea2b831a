"""`/slm mine`, and `/slm` alone: what waits for the asker."""

from collections.abc import Sequence

from commands.ask import Ask
from commands.meant import counted_meant, require_objectives, teams_of, zone_here
from domain.breach_warning import BreachWarning
from domain.dispute import Dispute, DisputeStage
from domain.lookup import Found, Kind
from domain.questions import Questions
from domain.standing import Standing
from domain.team import Team
from messages.message import Message
from messages.mine import Mine, OwnTeam, Work
from messages.mine import mine as message
from storage.store import Store
from storage.transaction import Transaction

JUDGED = (DisputeStage.RULING, DisputeStage.APPEALED)


def mine(ask: Ask, store: Store) -> Message:
    """What the asker's teams were asked, warnings that wait, the worst objectives, the work that is planned."""
    with store.read(ask.workspace) as tx:
        require_objectives(tx)
        asked = Questions(tx.acknowledgements.waiting(), tx.handovers.open()).known(at=ask.at)
        own = [
            OwnTeam(team, _standings(tx, team, ask), asked.concerning(team.name))
            for team in teams_of(ask, tx)
        ]
        deciding = asked.declined if any(one.team.arbitrates for one in own) else []
        zone = zone_here(ask, tx)
        waiting, held = _warnings(tx, own, ask)
        work = _work(tx, own, ask)
        disputes = _disputes(tx, own, ask)
        return message(Mine(own, ask.at, work, zone, waiting, held, deciding, disputes), command=ask.command)


def _standings(tx: Transaction, team: Team, ask: Ask) -> list[Standing]:
    counted, _ = counted_meant(tx, [Found(Kind.TEAM, team.name)], at=ask.at)
    return counted


def _disputes(tx: Transaction, own: Sequence[OwnTeam], ask: Ask) -> list[Dispute]:
    """Those in which it is the turn of one of the teams, or of the asker as arbiter."""
    teams = {one.team.name for one in own}
    return [
        one
        for one in tx.disputes.alive()
        if one.turn in teams or (one.stage in JUDGED and one.arbiter == ask.person)
    ]


def _warnings(
    tx: Transaction, own: Sequence[OwnTeam], ask: Ask
) -> tuple[list[BreachWarning], list[BreachWarning]]:
    """Those of the teams that nobody has and nobody snoozed, and those that the asker has."""
    teams, open_now = {one.team.name for one in own}, tx.breach_warnings.open()
    waiting = [
        one for one in open_now if one.team in teams and not one.acknowledged_by and not one.snoozed(ask.at)
    ]
    return waiting, [one for one in open_now if one.acknowledged_by == ask.person]


def _work(tx: Transaction, own: Sequence[OwnTeam], ask: Ask) -> list[Work]:
    """The next time that each planned work on the teams' objectives is done."""
    objectives = [standing.objective for one in own for standing in one.standings]
    found = []
    for exclusion in tx.exclusions.all():
        ahead = next((one for one in exclusion.occurrences() if one.start > ask.at), None)
        if ahead and any(exclusion.concerns(objective) for objective in objectives):
            found.append(Work(ahead, exclusion.reason))
    return sorted(found, key=lambda work: work.occurrence.start)

"""`/slm explain NAME`: how a figure came about."""

from collections.abc import Sequence

from commands.ask import Ask
from commands.meant import find_in, require_objectives, standings_meant, teams_here, zone_here
from domain.answered import answers_at
from domain.guarantee import Guarantees
from domain.lookup import Found, Kind
from domain.planned import PlannedWork, Promises, planned_within
from domain.situation import Situation
from domain.standing import Standing
from domain.team import Team
from domain.window import Period
from messages.escaping import plain
from messages.explain import Choice, Explained, explain_which
from messages.explain import explain as explain_message
from messages.message import Message
from messages.parties import team_words
from storage.store import Store
from storage.transaction import Transaction


def explain(ask: Ask, store: Store) -> Message:
    """The figures of an objective; of a service or team a list to choose from. Without a name this channel's team."""
    with store.read(ask.workspace) as tx:
        require_objectives(tx)
        if not ask.rest:
            return _choice(ask, tx, teams_here(ask, tx))
        found = find_in(tx, ask.rest, at=ask.at)
        if found.kind is Kind.TEAM:
            return _choice(ask, tx, [team for team in tx.teams.all() if team.name == found.name])
        standings = standings_meant(tx, [found], at=ask.at)
        if found.kind is Kind.SERVICE:
            return explain_which(Choice(f"{plain(found.name)} service", standings), command=ask.command)
        (standing,) = standings
        return explain_message(_explained(ask, tx, standing))


def _choice(ask: Ask, tx: Transaction, teams: Sequence[Team]) -> Message:
    found = [Found(Kind.TEAM, team.name) for team in teams]
    title = " and ".join(map(team_words, teams)) if len(teams) <= 3 else f"your {len(teams)} teams"
    return explain_which(Choice(title, standings_meant(tx, found, at=ask.at)), command=ask.command)


def _explained(ask: Ask, tx: Transaction, standing: Standing) -> Explained:
    teams = {team.name: team for team in tx.teams.all()}
    promises = Promises(
        {agreement.name: agreement for agreement in tx.agreements.all()},
        teams,
        {calendar.name: calendar for calendar in tx.calendars.all()},
    )
    name = standing.terms.owner
    owner = teams.get(name, Team(name)) if name else None
    agreement = promises.agreement(standing)
    return Explained(
        standing,
        tx.spells.of(standing),
        _planned(tx, standing, promises),
        owner,
        agreement,
        zone_here(ask, tx),
        Situation(ask.at, [standing], promises).date_of(agreement) if agreement else None,
        tx.breach_warnings.of([standing.name], since=standing.period.start),
        answers_at(tx.acknowledgements.of(standing.name), standing.objective, at=ask.at),
        Guarantees(tx.objectives.with_retired(), promises).of(standing.name, at=ask.at),
        tx.layered.differing([standing.name], at=ask.at).get(standing.name),
        tx.rulings.on(standing.name),
    )


def _planned(tx: Transaction, standing: Standing, promises: Promises) -> list[PlannedWork]:
    """The planned work of its period that had begun."""
    begun = Period(standing.period.start, min(standing.period.end, standing.at))
    return planned_within(tx.exclusions.all(), [standing], promises, period=begun)

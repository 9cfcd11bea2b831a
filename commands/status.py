"""`/slm status [NAME]`: how it stands."""

from collections.abc import Sequence

from commands.ask import Ask
from commands.meant import find_in, is_here, require_objectives, standings_meant, teams_here
from domain.lookup import Found, Kind
from domain.team import Team
from messages.escaping import plain
from messages.message import Message
from messages.parties import team_words
from messages.status import ObjectiveStatus, Overview, objective_status, overview
from storage.store import Store, Transaction


def status(ask: Ask, store: Store) -> Message:
    """The objective, service or team called so; without a name this channel's team, else the asker's teams."""
    with store.read(ask.workspace) as tx:
        require_objectives(tx)
        if not ask.rest:
            return _of_teams(ask, tx, teams_here(ask, tx.teams.all()))
        found = find_in(tx, ask.rest, at=ask.at)
        if found.kind is Kind.OBJECTIVE:
            return _of_objective(ask, tx, found)
        if found.kind is Kind.SERVICE:
            title = f"{plain(found.name)} service"
            standings = standings_meant(tx, [found], at=ask.at)
            return overview(Overview(title, standings), command=ask.command)
        return _of_teams(ask, tx, [team for team in tx.teams.all() if team.name == found.name])


def _of_objective(ask: Ask, tx: Transaction, found: Found) -> Message:
    (standing,) = standings_meant(tx, [found], at=ask.at)
    terms, teams = standing.terms, {team.name: team for team in tx.teams.all()}
    agreements = {agreement.name: agreement for agreement in tx.agreements.all()}
    owner = teams.get(terms.owner, Team(terms.owner)) if terms.owner else None
    here = [team for team in teams.values() if is_here(team, ask)]
    zone = next((team.timezone for team in (owner, *here) if team), "UTC")
    return objective_status(ObjectiveStatus(standing, owner, agreements.get(terms.agreement or ""), zone))


def _of_teams(ask: Ask, tx: Transaction, teams: Sequence[Team]) -> Message:
    title = " and ".join(map(team_words, teams)) if len(teams) <= 3 else f"your {len(teams)} teams"
    found = [Found(Kind.TEAM, team.name) for team in teams]
    return overview(Overview(title, standings_meant(tx, found, at=ask.at)), command=ask.command)

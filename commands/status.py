"""`/slm status [NAME]`: how it stands."""

from collections.abc import Sequence
from datetime import timedelta

from commands.ask import Ask
from commands.meant import counted_meant, find_in, is_here, require_objectives, standings_meant, teams_here
from domain.lookup import Found, Kind
from domain.planned import Promises
from domain.situation import Situation
from domain.team import Team
from messages.escaping import plain
from messages.message import Message
from messages.parties import team_words
from messages.status import ObjectiveStatus, Overview, objective_status, overview
from storage.store import Store
from storage.transaction import Transaction

LATELY = timedelta(days=14)
"""A warning that was over before is not told any more."""


def status(ask: Ask, store: Store) -> Message:
    """The objective, service or team called so; without a name this channel's team, else the asker's teams."""
    with store.read(ask.workspace) as tx:
        require_objectives(tx)
        if not ask.rest:
            return _of_here(ask, tx, teams_here(ask, tx))
        found = find_in(tx, ask.rest, at=ask.at)
        if found.kind is Kind.OBJECTIVE:
            return _of_objective(ask, tx, found)
        if found.kind is Kind.SERVICE:
            return _overview(ask, tx, f"{plain(found.name)} service", [found])
        return _of_teams(ask, tx, [team for team in tx.teams.all() if team.name == found.name])


def _of_objective(ask: Ask, tx: Transaction, found: Found) -> Message:
    (standing,) = standings_meant(tx, [found], at=ask.at)
    terms, teams = standing.terms, {team.name: team for team in tx.teams.all()}
    promises = Promises({agreement.name: agreement for agreement in tx.agreements.all()}, teams, {})
    agreement = promises.agreement(standing)
    on = Situation(ask.at, [standing], promises).date_of(agreement) if agreement else None
    owner = teams.get(terms.owner, Team(terms.owner)) if terms.owner else None
    here = [team for team in teams.values() if is_here(team, ask)]
    zone = next((team.timezone for team in (owner, *here) if team), "UTC")
    warnings = tx.breach_warnings.of([found.name], since=ask.at - LATELY)
    asked = tx.acknowledgements.of(found.name)
    return objective_status(ObjectiveStatus(standing, owner, agreement, zone, on, warnings, asked))


def _of_here(ask: Ask, tx: Transaction, teams: Sequence[Team]) -> Message:
    """These teams' objectives; of service level managers without any all there are."""
    if any(team.arbitrates for team in teams) and not standings_meant(tx, _named(teams), at=ask.at):
        every = [Found(Kind.OBJECTIVE, one.name) for one in tx.objectives.in_force(at=ask.at)]
        return _overview(ask, tx, "All objectives", every)
    return _of_teams(ask, tx, teams)


def _of_teams(ask: Ask, tx: Transaction, teams: Sequence[Team]) -> Message:
    title = " and ".join(map(team_words, teams)) if len(teams) <= 3 else f"your {len(teams)} teams"
    return _overview(ask, tx, title, _named(teams))


def _overview(ask: Ask, tx: Transaction, title: str, found: Sequence[Found]) -> Message:
    counted, uncounted = counted_meant(tx, found, at=ask.at)
    return overview(Overview(title, counted, uncounted, ask.at), command=ask.command)


def _named(teams: Sequence[Team]) -> list[Found]:
    return [Found(Kind.TEAM, team.name) for team in teams]

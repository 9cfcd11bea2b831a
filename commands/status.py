"""`/slm status [NAME]`: how it stands."""

from collections.abc import Sequence

from commands.ask import Ask
from domain.lookup import Found, Kind, cleaned, find, objectives_of
from domain.refusal import Refusal
from domain.standing import Standing
from domain.team import Team
from messages.escaping import plain
from messages.message import Message
from messages.parties import team_words
from messages.status import ObjectiveStatus, Overview, objective_status, overview
from storage.store import Store, Transaction

MOST_TEAMS_NAMED = 10


def status(ask: Ask, store: Store) -> Message:
    """The objective, service or team called so; without a name this channel's team, else the asker's teams."""
    with store.read(ask.workspace) as tx:
        if not tx.objectives.all():
            raise Refusal(
                "Steward knows no objectives yet. An operator\ncan load some: `steward apply FILES`"
            )
        if not ask.rest:
            return _of_teams(ask, tx, _teams_here(ask, tx.teams.all()))
        found = find_in(tx, ask.rest)
        if found.kind is Kind.OBJECTIVE:
            return _of_objective(ask, tx, found)
        if found.kind is Kind.SERVICE:
            title = f"{plain(found.name)} service"
            return overview(Overview(title, _standings(ask, tx, [found])), command=ask.command)
        return _of_teams(ask, tx, [team for team in tx.teams.all() if team.name == found.name])


def find_in(tx: Transaction, name: str) -> Found:
    """What `name` means in this workspace. Raises `UnknownName` or `AmbiguousName`."""
    return find(
        name,
        objectives=[objective.name for objective in tx.objectives.all()],
        services=[service.name for service in tx.services.all()],
        teams=[team.name for team in tx.teams.all()],
    )


def _of_objective(ask: Ask, tx: Transaction, found: Found) -> Message:
    (standing,) = tx.standings.of([found.name], at=ask.at)
    terms, teams = standing.terms, {team.name: team for team in tx.teams.all()}
    agreements = {agreement.name: agreement for agreement in tx.agreements.all()}
    owner = teams.get(terms.owner, Team(terms.owner)) if terms.owner else None
    here = [team for team in teams.values() if _is_here(team, ask)]
    zone = next((team.timezone for team in (owner, *here) if team), "UTC")
    return objective_status(ObjectiveStatus(standing, owner, agreements.get(terms.agreement or ""), zone))


def _of_teams(ask: Ask, tx: Transaction, teams: Sequence[Team]) -> Message:
    title = " and ".join(map(team_words, teams)) if len(teams) <= 3 else f"your {len(teams)} teams"
    found = [Found(Kind.TEAM, team.name) for team in teams]
    return overview(Overview(title, _standings(ask, tx, found)), command=ask.command)


def _standings(ask: Ask, tx: Transaction, found: Sequence[Found]) -> list[Standing]:
    objectives, agreements = tx.objectives.all(), tx.agreements.all()
    names = {name for one in found for name in objectives_of(one, objectives, agreements, at=ask.at)}
    return tx.standings.of(names, at=ask.at)


def _teams_here(ask: Ask, teams: Sequence[Team]) -> list[Team]:
    """This channel's teams, else the asker's. Raises `Refusal` where there are none."""
    here = [team for team in teams if _is_here(team, ask)]
    theirs = here or [team for team in teams if ask.person in (*team.members, team.manager)]
    if not theirs:
        raise Refusal(f"This channel belongs to no team yet.\n{_teams_to_name(teams, ask.command)}")
    return theirs


def _teams_to_name(teams: Sequence[Team], command: str) -> str:
    if not teams:
        return f"Name an objective or service: `{command} status NAME`"
    names = [cleaned(team.name) for team in teams[:MOST_TEAMS_NAMED]]
    more = [f"{len(teams) - len(names)} more"] if len(teams) > len(names) else []
    return f"Name one: {', '.join([*names, *more])}. `{command} status {names[0]}`"


def _is_here(team: Team, ask: Ask) -> bool:
    if not team.channel:
        return False
    channel = team.channel.removeprefix("#")
    return channel == ask.channel_id or channel.casefold() == ask.channel_name.removeprefix("#").casefold()

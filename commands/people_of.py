"""For which teams somebody speaks, and who the service level managers are."""

from collections.abc import Iterable

from commands.ask import Ask
from commands.meant import is_guests, is_here
from domain.lookup import Kind, cleaned
from domain.membership import answerers, speaks_for
from domain.refusal import Refusal
from domain.team import Team
from storage.transaction import Transaction


def spoken_for(tx: Transaction, teams: Iterable[Team], ask: Ask) -> list[Team]:
    """Those of `teams` that the asker may decide for: guests only for theirs."""
    groups = tx.usergroups.all()
    able = [team for team in teams if is_guests(team, ask)] if ask.guest_of else teams
    return [team for team in able if speaks_for(team, ask.person, groups, here=_is_at_home(team, ask))]


def _is_at_home(team: Team, ask: Ask) -> bool:
    """Whether who is in this channel is of the team: ours are not, where it is of another workspace."""
    ours_in_theirs = not team.internal and team.slack_team is not None and not is_guests(team, ask)
    return is_here(team, ask) and not ours_in_theirs


def able_people(tx: Transaction, teams: Iterable[Team]) -> list[str]:
    """Those of `teams` whom Slack knows, each once."""
    groups = tx.usergroups.all()
    return list(dict.fromkeys(person for team in teams for person in answerers(team, groups)))


def arbiters(tx: Transaction) -> list[Team]:
    """The teams that arbitrate."""
    return [team for team in tx.teams.all() if team.arbitrates]


def require_arbiter(tx: Transaction, ask: Ask, *, doing: str) -> None:
    """Raises `Refusal` unless the asker is a service level manager; `doing` is what only they can do."""
    teams = arbiters(tx)
    if not teams:
        raise Refusal(
            f"Only service level managers can {doing}, and no team\narbitrates. An operator can name one: "
            "`arbitrates: true` in its file."
        )
    if not spoken_for(tx, teams, ask):
        where = " or ".join(_where(team) for team in teams)
        raise Refusal(f"Only the service level managers can {doing}.\nAsk {where}.")


def own_team(tx: Transaction, name: str, ask: Ask) -> Team:
    """The team of ours called so. Raises `Refusal`."""
    try:
        found = tx.names.in_force(at=ask.at).find(f"{Kind.TEAM}:{name.removeprefix(f'{Kind.TEAM}:')}")
    except Refusal as refusal:
        # What else may be meant is told, but not offered as a button that would act at once.
        raise Refusal(str(refusal)) from refusal
    team = next(one for one in tx.teams.all() if one.name == found.name)
    if not team.internal:
        raise Refusal(
            f"{cleaned(team.name)} is no team of ours, so it cannot own\nan objective. Name one that is."
        )
    return team


def called(team: Team) -> str:
    """The team as a sentence names it: "payments team"."""
    words = cleaned(team.display_name.strip() or team.name)
    return words if not team.internal or words.lower().endswith("team") else f"{words} team"


def _where(team: Team) -> str:
    channel = (team.channel or "").removeprefix("#")
    return f"in #{cleaned(channel)}" if channel and not channel.startswith("C0") else f"the {called(team)}"


def choosable_teams(tx: Transaction, objective: str, ask: Ask) -> list[Team]:
    """The teams of ours that could own it instead of its owner, by name."""
    owners = {kept.objective.terms(at=ask.at).owner for kept in tx.objectives.called([objective], at=ask.at)}
    return [team for team in tx.teams.all() if team.internal and team.name not in owners]

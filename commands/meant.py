"""What an ask means: the NAME in it, and the teams of its place and its person."""

from collections.abc import Sequence
from datetime import datetime

from commands.ask import Ask
from domain.in_effect import Uncounted, apart, uncounted_by
from domain.lookup import Found, cleaned, objectives_of
from domain.membership import is_member
from domain.refusal import Refusal
from domain.standing import Standing
from domain.team import Team
from storage.transaction import Transaction

MOST_TEAMS_NAMED = 10


def require_objectives(tx: Transaction) -> None:
    """Raises `Refusal` where nothing was defined yet."""
    if not tx.objectives.all():
        raise Refusal("Steward knows no objectives yet. An operator\ncan load some: `steward apply FILES`")


def find_in(tx: Transaction, name: str, *, at: datetime) -> Found:
    """What `name` means in this workspace at `at`. Raises `UnknownName` or `AmbiguousName`."""
    return tx.names.in_force(at=at).find(name)


def standings_meant(tx: Transaction, found: Sequence[Found], *, at: datetime) -> list[Standing]:
    """The standings of all objectives that `found` mean, each once, by name."""
    objectives, agreements = tx.objectives.in_force(at=at), tx.agreements.all()
    names = {name for one in found for name in objectives_of(one, objectives, agreements, at=at)}
    return tx.standings.of(names, at=at)


def counted_meant(
    tx: Transaction, found: Sequence[Found], *, at: datetime
) -> tuple[list[Standing], list[Uncounted]]:
    """The same, without those whose agreement is not in effect; and which these are."""
    standings = standings_meant(tx, found, at=at)
    counted, _ = apart(standings, tx.promises, at=at)
    return counted, uncounted_by(standings, tx.promises, at=at)


def teams_here(ask: Ask, tx: Transaction) -> list[Team]:
    """This channel's teams, else the asker's. Raises `Refusal` where there are none."""
    teams = tx.teams.all()
    found = [team for team in teams if is_here(team, ask)] or teams_of(ask, tx)
    if not found:
        raise Refusal(f"This channel belongs to no team yet.\n{_teams_to_name(teams, ask.command)}")
    return found


def teams_of(ask: Ask, tx: Transaction) -> list[Team]:
    """Those that the asker is a member or the manager of; of a guest those of their workspace, whoever they name."""
    if ask.guest_of:
        return [team for team in tx.teams.all() if is_guests(team, ask)]
    groups = tx.usergroups.all()
    return [team for team in tx.teams.all() if is_member(team, ask.person, groups)]


def is_guests(team: Team, ask: Ask) -> bool:
    """Whether this is a team of the workspace that the asker is a guest of."""
    return bool(ask.guest_of) and not team.internal and team.slack_team == ask.guest_of


def is_here(team: Team, ask: Ask) -> bool:
    """Whether this is the team's channel, which its file gives by name or ID."""
    if not team.channel:
        return False
    channel = team.channel.removeprefix("#")
    return channel == ask.channel_id or channel.casefold() == ask.channel_name.removeprefix("#").casefold()


def require_known_place(ask: Ask) -> None:
    """Raises `Refusal` where nobody can say whose channel this is: it may be a customer's."""
    if ask.in_nameless_channel:
        raise Refusal(
            "Steward cannot find out which channel this is, so it\ntells nothing internal here. Type "
            "`/invite @Steward`,\nthen try again; or ask in a direct message."
        )


def zone_here(ask: Ask, tx: Transaction) -> str:
    """The time zone of this channel's team, else of one of the asker's teams, else UTC."""
    here = [team for team in tx.teams.all() if is_here(team, ask)]
    return next((team.timezone for team in here or teams_of(ask, tx)), "UTC")


def _teams_to_name(teams: Sequence[Team], command: str) -> str:
    if not teams:
        return f"Name an objective or service: `{command} status NAME`"
    names = [cleaned(team.name) for team in teams[:MOST_TEAMS_NAMED]]
    more = [f"{len(teams) - len(names)} more"] if len(teams) > len(names) else []
    return f"Name one: {', '.join([*names, *more])}. `{command} status {names[0]}`"

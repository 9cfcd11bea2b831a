"""Who may plan work: the owner's people, and the service level managers."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from domain.announcement import Commitments, Concern
from domain.lookup import cleaned
from domain.membership import Groups, knows_people, names_people, speaks_for
from domain.refusal import Refusal
from domain.team import Team

MOST_NAMED = 5
_CHANNEL_ID = re.compile(r"[CG][A-Z0-9]{6,}")


@dataclass(frozen=True, slots=True)
class Planner:
    """Who wants to plan, `here` where these teams' channel is; `groups` are who is in which user group."""

    person: str
    here: Collection[str]
    groups: Groups = field(default_factory=dict)

    def belongs_to(self, team: Team) -> bool:
        """Whether they are of the team; where nobody is listed, whoever asks in its channel is."""
        return speaks_for(team, self.person, self.groups, here=team.name in self.here)


def require_planner(concerns: Iterable[Concern], commitments: Commitments, by: Planner) -> None:
    """Raises `Refusal`, which names who can, unless `by` may for all of `concerns`."""
    managers = [team for team in commitments.teams.values() if team.arbitrates]
    if any(by.belongs_to(team) for team in managers):
        return
    for concern in concerns:
        owner = commitments.teams.get(concern.owner or "")
        if owner is None or not by.belongs_to(owner):
            raise _not_theirs(concern, owner, managers, by.groups)


def owner_of(concerns: Sequence[Concern], commitments: Commitments, here: Collection[str]) -> Team | None:
    """The team whose clocks are meant: of several owners one whose channel this is, else the first by name."""
    named = {concern.owner for concern in concerns if concern.owner}
    owners = sorted(name for name in named if name in commitments.teams)
    best = [name for name in owners if name in here] or owners
    return commitments.teams[best[0]] if best else None


def _not_theirs(concern: Concern, owner: Team | None, managers: Sequence[Team], groups: Groups) -> Refusal:
    able = [_people(team, groups) for team in ([owner] if owner else []) + list(managers[:MOST_NAMED])]
    name = cleaned(concern.objective)
    whose = f"{name} belongs to {_team(owner)}" if owner else f"{name} has no owner"
    if not able:
        return Refusal(
            f"{whose}, and no team arbitrates.\nAn operator can name one: `steward/owner` in its file."
        )
    return Refusal(f"{whose}.\nWork on it can be planned by {' or '.join(able)}.")


def _people(team: Team, groups: Groups) -> str:
    """ "the people of payments (#team-payments)"."""
    name = (team.channel or "").removeprefix("#")
    channel = f" (#{cleaned(name)})" if name and not _CHANNEL_ID.fullmatch(name) else ""
    if not names_people(team):
        return f"anyone in the channel of {_team(team)}{channel}"
    if not knows_people(team, groups):
        return f"the manager of {_team(team)}{channel}"
    return f"the people of {_team(team)}{channel}"


def _team(team: Team) -> str:
    return cleaned(team.display_name.strip() or team.name)

"""Membership: who is of a team, by its list, its user group in Slack, and as its manager."""

from collections.abc import Collection, Mapping

from domain.person import is_slack_id
from domain.team import Team

Groups = Mapping[str, Collection[str]]
"""User group → the people in it, as far as Slack said; see `tx.usergroups.all()`."""

NO_GROUPS: Groups = {}


def members_of(team: Team, groups: Groups) -> tuple[str, ...]:
    """The people on its list, those in its user group and its manager, each once; addresses stay addresses."""
    managers = [team.manager] if team.manager else []
    return tuple(dict.fromkeys([*_listed(team, groups), *managers]))


def is_member(team: Team, person: str, groups: Groups) -> bool:
    """Whether the person is of the team; its manager is."""
    return person in members_of(team, groups)


def answerers(team: Team, groups: Groups) -> tuple[str, ...]:
    """Those of the team who can press a button: Slack knows them by an ID."""
    return tuple(one for one in members_of(team, groups) if is_slack_id(one))


def names_people(team: Team) -> bool:
    """Whether its file says who is in it, by a list or a user group; a manager alone is no team."""
    return bool(team.members or team.usergroup)


def knows_people(team: Team, groups: Groups) -> bool:
    """Whether anybody but its manager is known: of a user group that Slack never told of nobody is."""
    return bool(_listed(team, groups))


def speaks_for(team: Team, person: str, groups: Groups, *, here: bool) -> bool:
    """Whether the person may decide for the team: its people; where its file names none, whoever is `here`."""
    return is_member(team, person, groups) or (here and not names_people(team))


def _listed(team: Team, groups: Groups) -> list[str]:
    grouped = groups.get(team.usergroup, ()) if team.usergroup else ()
    return [*team.members, *grouped]

"""Teams: units of the provider, third parties, customers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from domain.refusal import Refusal, did_you_mean
from domain.slack_change import SlackChange
from domain.team import DigestSchedule, QuietHours, Rung, Team, TeamKind
from storage.people import ByPeople
from storage.schema import TeamRow, table_of


class Teams(ByPeople[Team]):
    """The teams of one workspace."""

    table = table_of(TeamRow)

    @staticmethod
    def to_row(item: Team) -> dict[str, Any]:
        """The columns that say it."""
        return _row(item)

    @staticmethod
    def from_row(row: Row[Any]) -> Team:
        """What `to_row` wrote."""
        return _team(row)

    @staticmethod
    def with_people(item: Team, name: Callable[[str], str]) -> Team:
        """The team with other names for those who changed something in Slack."""
        if not item.slack_changes:
            return item
        return replace(
            item, slack_changes=tuple(replace(change, by=name(change.by)) for change in item.slack_changes)
        )

    def change_digest(self, name: str, digest: DigestSchedule, *, by: str, at: datetime) -> None:
        """Change when the team's digest comes, as a person in Slack wants it. Raises `Refusal` for an unknown team."""
        known = {team.name: team for team in self.all()}
        team = known.get(name)
        if team is None:
            raise Refusal(f"There is no team called `{name[:80]}`.{did_you_mean(name, known)}")
        others = [change for change in team.slack_changes if change.field != "digest"]
        changes = (*others, SlackChange("digest", by, at))
        self.save([replace(team, digest=digest, slack_changes=changes)])


def _row(team: Team) -> dict[str, Any]:
    quiet = team.quiet_hours
    return {
        "name": team.name,
        "kind": team.kind.value,
        "display_name": team.display_name,
        "channel": team.channel,
        "members": list(team.members),
        "usergroup": team.usergroup,
        "manager": team.manager,
        "timezone": team.timezone,
        "digest_at": team.digest.at,
        "digest_days": days_to_json(team.digest.days),
        "quiet_since": quiet.since if quiet else None,
        "quiet_until": quiet.until if quiet else None,
        "escalation": [[rung.to, rung.after.total_seconds()] for rung in team.escalation],
        "arbitrates": team.arbitrates,
        "slack_team": team.slack_team,
        "calendar": team.calendar,
        "digest_off": team.digest.off,
        "slack_changes": [[change.field, change.by, change.at.isoformat()] for change in team.slack_changes],
    }


def _team(row: Row[Any]) -> Team:
    return Team(
        name=row.name,
        kind=TeamKind(row.kind),
        display_name=row.display_name,
        channel=row.channel,
        members=tuple(row.members),
        usergroup=row.usergroup,
        manager=row.manager,
        timezone=row.timezone,
        digest=DigestSchedule(row.digest_at, days_from_json(row.digest_days), off=row.digest_off),
        quiet_hours=None if row.quiet_since is None else QuietHours(row.quiet_since, row.quiet_until),
        escalation=tuple(Rung(to, timedelta(seconds=seconds)) for to, seconds in row.escalation),
        arbitrates=row.arbitrates,
        slack_team=row.slack_team,
        calendar=row.calendar,
        slack_changes=tuple(
            SlackChange(field, by, datetime.fromisoformat(at)) for field, by, at in row.slack_changes
        ),
    )


def days_to_json(days: frozenset[int] | None) -> list[int] | None:
    """The days of a digest, in order; None are the working days."""
    return None if days is None else sorted(days)


def days_from_json(stored: list[int] | None) -> frozenset[int] | None:
    """What `days_to_json` wrote."""
    return None if stored is None else frozenset(stored)

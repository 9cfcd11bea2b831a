"""Teams: units of the provider, third parties, customers."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, select

from domain.team import DigestSchedule, QuietHours, Rung, Team, TeamKind
from storage.bulk import save_by_name
from storage.schema import TeamRow, table_of

TABLE = table_of(TeamRow)


class Teams:
    """The teams of one workspace."""

    def __init__(self, connection: Connection, workspace_id: int) -> None:
        self._connection = connection
        self._workspace_id = workspace_id

    def all(self) -> list[Team]:
        """All of them, by name."""
        query = select(TABLE).where(TABLE.c.workspace_id == self._workspace_id).order_by(TABLE.c.name)
        return [_team(row) for row in self._connection.execute(query)]

    def save(self, teams: Iterable[Team]) -> None:
        """Add them, or replace those of the same name."""
        rows = [{"workspace_id": self._workspace_id, **_row(team)} for team in teams]
        save_by_name(self._connection, TABLE, rows)

    def remove(self, names: Iterable[str]) -> None:
        """Remove those of these names."""
        self._connection.execute(
            delete(TABLE).where(TABLE.c.workspace_id == self._workspace_id, TABLE.c.name.in_(list(names)))
        )


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
        "digest_days": None if team.digest.days is None else sorted(team.digest.days),
        "quiet_since": quiet.since if quiet else None,
        "quiet_until": quiet.until if quiet else None,
        "escalation": [[rung.to, rung.after.total_seconds()] for rung in team.escalation],
        "arbitrates": team.arbitrates,
        "slack_team": team.slack_team,
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
        digest=DigestSchedule(row.digest_at, frozenset(row.digest_days)),
        quiet_hours=None if row.quiet_since is None else QuietHours(row.quiet_since, row.quiet_until),
        escalation=tuple(Rung(to, timedelta(seconds=seconds)) for to, seconds in row.escalation),
        arbitrates=row.arbitrates,
        slack_team=row.slack_team,
    )

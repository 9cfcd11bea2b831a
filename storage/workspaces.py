"""Workspaces as they are stored."""

from dataclasses import dataclass, fields, replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from domain.refusal import Refusal, did_you_mean
from storage.direct import Direct
from storage.schema import WorkspaceRow, table_of

TABLE = table_of(WorkspaceRow)


@dataclass(frozen=True, slots=True)
class Workspace:
    """An organisation that Steward serves. `sealed_until` is the minute before which minutes are kept by the hour."""

    id: int
    name: str
    slack_team_id: str | None = None
    sandbox: bool = False
    sealed_until: int = 0
    definitions_version: int = 0
    sample_origin: datetime | None = None


CALLED = Direct(
    select(*(TABLE.c[field.name] for field in fields(Workspace))).where(TABLE.c.name == bindparam("name"))
)


def all_workspaces(connection: Connection) -> list[Workspace]:
    """All of them, by name."""
    rows = connection.execute(select(TABLE).order_by(TABLE.c.name))
    return [Workspace(**row) for row in rows.mappings()]


def workspace_called(name: str, connection: Connection) -> Workspace:
    """The one of this name. Raises `Refusal`."""
    rows = CALLED.rows(connection, {"name": name})
    if not rows:
        known = [workspace.name for workspace in all_workspaces(connection)]
        raise Refusal(f"There is no workspace called `{name}`.{did_you_mean(name, known)}")
    workspace = Workspace(*rows[0])
    return replace(workspace, sandbox=bool(workspace.sandbox), sample_origin=_origin(connection, workspace))


def _origin(connection: Connection, workspace: Workspace) -> datetime | None:
    """When its sample organisation was born, which only a sandbox's was: a driver gives text for an instant."""
    if workspace.sample_origin is None:
        return None
    origin: datetime | None = connection.scalar(
        select(TABLE.c.sample_origin).where(TABLE.c.id == workspace.id)
    )
    return origin

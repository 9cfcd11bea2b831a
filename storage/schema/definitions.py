"""Who and what there is: workspaces, teams, agreements, objectives with their terms."""

from datetime import date, datetime, time
from fractions import Fraction
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema.row import Row, of_workspace


class WorkspaceRow(Row):
    """An organisation that Steward serves. Minutes before `sealed_until` (a minute) are kept by the hour."""

    __tablename__ = "workspace"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(63), unique=True)
    slack_team_id: Mapped[str | None] = mapped_column(String(20), unique=True)
    sandbox: Mapped[bool]
    sealed_until: Mapped[int]
    definitions_version: Mapped[int]
    sample_origin: Mapped[datetime | None]


class TeamRow(Row):
    """A unit of the provider, a third party or a customer."""

    __tablename__ = "team"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = of_workspace()
    name: Mapped[str] = mapped_column(String(63))
    kind: Mapped[str] = mapped_column(String(20))
    display_name: Mapped[str] = mapped_column(Text)
    channel: Mapped[str | None] = mapped_column(String(100))
    members: Mapped[list[Any]]
    usergroup: Mapped[str | None] = mapped_column(String(30))
    manager: Mapped[str | None] = mapped_column(String(200))
    timezone: Mapped[str] = mapped_column(String(60))
    digest_at: Mapped[time]
    digest_days: Mapped[list[Any] | None]
    quiet_since: Mapped[time | None]
    quiet_until: Mapped[time | None]
    escalation: Mapped[list[Any]]
    arbitrates: Mapped[bool]
    slack_team: Mapped[str | None] = mapped_column(String(30))
    calendar: Mapped[str | None] = mapped_column(String(63))
    digest_off: Mapped[bool] = mapped_column(server_default=false())
    slack_changes: Mapped[list[Any]] = mapped_column(server_default="[]")


class ServiceRow(Row):
    """The thing whose level is managed."""

    __tablename__ = "service"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = of_workspace()
    name: Mapped[str] = mapped_column(String(63))
    display_name: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text)
    labels: Mapped[list[Any]]


class AgreementRow(Row):
    """A promise between two parties."""

    __tablename__ = "agreement"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = of_workspace()
    name: Mapped[str] = mapped_column(String(63))
    kind: Mapped[str] = mapped_column(String(3))
    provider: Mapped[str] = mapped_column(String(63))
    customer: Mapped[str] = mapped_column(String(63))
    contact: Mapped[str | None] = mapped_column(String(200))
    effective_from: Mapped[date | None]
    effective_until: Mapped[date | None]
    review: Mapped[date | None]
    service_hours: Mapped[str | None] = mapped_column(String(63))
    answer_within: Mapped[str | None] = mapped_column(String(12))
    rule_within: Mapped[str | None] = mapped_column(String(12))
    arbiter: Mapped[str | None] = mapped_column(String(200))
    maintenance_notice: Mapped[str | None] = mapped_column(String(12))
    claim_within: Mapped[str | None] = mapped_column(String(12))


class CalendarRow(Row):
    """Days and hours; `holidays` are all of them, those of the country too."""

    __tablename__ = "calendar"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = of_workspace()
    name: Mapped[str] = mapped_column(String(63))
    timezone: Mapped[str] = mapped_column(String(60))
    hours: Mapped[list[Any]]
    holidays: Mapped[list[Any]]
    country: Mapped[str | None] = mapped_column(String(10))
    subdivision: Mapped[str | None] = mapped_column(String(10))


class ExclusionRow(Row):
    """Planned work. `starts` are those of its occurrences in seconds since 1970, each so many `seconds` long."""

    __tablename__ = "exclusion"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = of_workspace()
    name: Mapped[str] = mapped_column(String(63))
    objectives: Mapped[list[Any]]
    services: Mapped[list[Any]]
    starts: Mapped[list[Any]]
    seconds: Mapped[int]
    ground: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text)
    announced_at: Mapped[datetime]
    recurs: Mapped[str | None] = mapped_column(Text)
    timezone: Mapped[str | None] = mapped_column(String(60))
    author: Mapped[str | None] = mapped_column(String(30))
    withdrawn_at: Mapped[datetime | None]


class ObjectiveRow(Row):
    """One target; `first_minute` is its first sealed measured minute, minutes before `pruned_until` are not kept."""

    __tablename__ = "objective"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = of_workspace()
    name: Mapped[str] = mapped_column(String(127))
    service: Mapped[str] = mapped_column(String(63))
    slo: Mapped[str] = mapped_column(String(63))
    display_name: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text)
    labels: Mapped[list[Any]]
    retired_at: Mapped[datetime | None]
    first_minute: Mapped[int | None]
    pruned_until: Mapped[int] = mapped_column(server_default="0")
    watching: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    supports: Mapped[list[Any]] = mapped_column(server_default="[]")
    roles: Mapped[list[Any]] = mapped_column(server_default="[]")
    acknowledge_within: Mapped[str | None] = mapped_column(String(12))
    acknowledgement_expires: Mapped[str | None] = mapped_column(String(12))
    slack_changes: Mapped[list[Any]] = mapped_column(server_default="[]")


class TermsRow(Row):
    """One version of an objective. `counted_as` is the version whose counted hours it shares."""

    __tablename__ = "terms"
    __table_args__ = (UniqueConstraint("objective_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = of_workspace()
    objective_id: Mapped[int] = mapped_column(ForeignKey("objective.id"))
    version: Mapped[int]
    counted_as: Mapped[int]
    since: Mapped[datetime | None]
    target: Mapped[Fraction]
    window: Mapped[dict[str, Any]]
    method: Mapped[dict[str, Any]]
    indicator: Mapped[dict[str, Any]]
    owner: Mapped[str | None] = mapped_column(String(63))
    agreement: Mapped[str | None] = mapped_column(String(63))
    unit: Mapped[str | None] = mapped_column(Text)
    min_coverage: Mapped[Fraction]
    limit_op: Mapped[str | None] = mapped_column(String(3))
    limit_value: Mapped[Fraction | None]


class OpensloDocumentRow(Row):
    """A document of OpenSLO that is kept as it is (`kind` DataSource, AlertNotificationTarget): canonical JSON."""

    __tablename__ = "openslo_document"
    __table_args__ = (UniqueConstraint("workspace_id", "kind", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = of_workspace()
    kind: Mapped[str] = mapped_column(String(30))
    name: Mapped[str] = mapped_column(String(63))
    body: Mapped[str] = mapped_column(Text)

"""The tables. Every row belongs to a workspace."""

from datetime import date, datetime, time
from fractions import Fraction
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
    true,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.columns import ExactRatio, UtcDateTime

CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Row(DeclarativeBase):
    """What all tables share."""

    metadata = MetaData(naming_convention=CONVENTION)
    type_annotation_map = {  # noqa: RUF012 -- SQLAlchemy's own way of configuring
        datetime: UtcDateTime,
        Fraction: ExactRatio,
        dict[str, Any]: JSON,
        list[Any]: JSON,
        bytes: LargeBinary,
    }


def _workspace() -> Mapped[int]:
    return mapped_column(ForeignKey("workspace.id"))


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
    workspace_id: Mapped[int] = _workspace()
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
    workspace_id: Mapped[int] = _workspace()
    name: Mapped[str] = mapped_column(String(63))
    display_name: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text)
    labels: Mapped[list[Any]]


class AgreementRow(Row):
    """A promise between two parties."""

    __tablename__ = "agreement"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = _workspace()
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
    workspace_id: Mapped[int] = _workspace()
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
    workspace_id: Mapped[int] = _workspace()
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
    """One target; `first_minute` is its first sealed measured minute."""

    __tablename__ = "objective"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = _workspace()
    name: Mapped[str] = mapped_column(String(127))
    service: Mapped[str] = mapped_column(String(63))
    slo: Mapped[str] = mapped_column(String(63))
    display_name: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text)
    labels: Mapped[list[Any]]
    retired_at: Mapped[datetime | None]
    first_minute: Mapped[int | None]


class TermsRow(Row):
    """One version of an objective. `counted_as` is the version whose counted hours it shares."""

    __tablename__ = "terms"
    __table_args__ = (UniqueConstraint("objective_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = _workspace()
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


class MeasuredMinuteRow(Row):
    """Measured, the newest minutes: small and hot, keyed by minute so that a minute's tick is one append."""

    __tablename__ = "measured_minute"
    __table_args__ = ({"sqlite_with_rowid": False},)

    minute: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    objective_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    workspace_id: Mapped[int]
    good: Mapped[int] = mapped_column(BigInteger)
    total: Mapped[int] = mapped_column(BigInteger)


class MeasuredHourRow(Row):
    """Measured, sealed: an hour's minutes, packed (storage/packed.py). `hour` counts from 1970-01-01T00Z."""

    __tablename__ = "measured_hour"
    __table_args__ = ({"sqlite_with_rowid": False},)

    objective_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hour: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    workspace_id: Mapped[int]
    packed: Mapped[bytes]


class CountedHourRow(Row):
    """Counted: what the hours before `hour` add up to, under one version of the terms. Derived, rebuildable.

    There is a row for each measured hour, and for each hour after one: so the last row at or before an hour
    tells all that was measured before it.
    """

    __tablename__ = "counted_hour"
    __table_args__ = ({"sqlite_with_rowid": False},)

    terms_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hour: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    workspace_id: Mapped[int]
    good: Mapped[int] = mapped_column(BigInteger)
    total: Mapped[int] = mapped_column(BigInteger)
    slices_good: Mapped[int]
    slices_total: Mapped[int]
    measured: Mapped[int]
    ratio_sum: Mapped[int] = mapped_column(BigInteger)


class DigestRow(Row):
    """That a digest of a local date was decided: the key makes a second one impossible.

    `team` is a team's name, or `channel:ID` for a subscription. `told` is how each objective stood, as told.
    """

    __tablename__ = "digest"

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspace.id"), primary_key=True)
    team: Mapped[str] = mapped_column(String(63), primary_key=True)
    on: Mapped[date] = mapped_column("local_date", primary_key=True)
    decided_at: Mapped[datetime]
    told: Mapped[dict[str, Any] | None]


class SubscriptionRow(Row):
    """A roll-up that a channel or a person asked for."""

    __tablename__ = "subscription"
    __table_args__ = (UniqueConstraint("workspace_id", "channel"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = _workspace()
    channel: Mapped[str] = mapped_column(String(30))
    names: Mapped[list[Any]]
    timezone: Mapped[str] = mapped_column(String(60))
    digest_at: Mapped[time]
    digest_days: Mapped[list[Any] | None]
    digest_off: Mapped[bool]
    by: Mapped[str] = mapped_column(String(30))
    created_at: Mapped[datetime]


class NoticeRow(Row):
    """The outbox: what Steward said or will say. `thread` is the key of the notice that it stands under."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        Index(
            "ix_notice_waiting",
            "workspace_id",
            "channel",
            "id",
            sqlite_where=text("state IN ('pending', 'sending')"),
            postgresql_where=text("state IN ('pending', 'sending')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = _workspace()
    key: Mapped[str] = mapped_column(String(200))
    channel: Mapped[str] = mapped_column(String(100))
    team: Mapped[str | None] = mapped_column(String(63))
    text: Mapped[str] = mapped_column(Text)
    blocks: Mapped[list[Any]]
    created_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10))
    not_before: Mapped[datetime | None]
    claimed_by: Mapped[str | None] = mapped_column(String(80))
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int]
    reason: Mapped[str | None] = mapped_column(Text)
    ts: Mapped[str | None] = mapped_column(String(30))
    posted_in: Mapped[str | None] = mapped_column(String(30))
    thread: Mapped[str | None] = mapped_column(String(200))
    internal: Mapped[bool] = mapped_column(server_default=true())


class ChannelPaceRow(Row):
    """When a channel takes its next message: Slack's pace, kept for all workers."""

    __tablename__ = "channel_pace"

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspace.id"), primary_key=True)
    channel: Mapped[str] = mapped_column(String(100), primary_key=True)
    next_at: Mapped[datetime]


def table_of(row: type[Row]) -> Table:
    """The table of a row class, as what it is: SQLAlchemy's types only say FromClause."""
    table = row.__table__
    if not isinstance(table, Table):
        raise TypeError(f"{row.__name__} is no table")
    return table

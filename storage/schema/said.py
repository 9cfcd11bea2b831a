"""What was said, is to be said, and was heard."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text, true
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema.row import Row, of_workspace


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
    workspace_id: Mapped[int] = of_workspace()
    channel: Mapped[str] = mapped_column(String(30))
    names: Mapped[list[Any]]
    timezone: Mapped[str] = mapped_column(String(60))
    digest_at: Mapped[time]
    digest_days: Mapped[list[Any] | None]
    digest_off: Mapped[bool]
    by: Mapped[str] = mapped_column(String(30))
    created_at: Mapped[datetime]


class NoticeRow(Row):
    """The outbox: what Steward said or will say. `thread` is the key of the notice that it stands under.

    `version` counts what it is to say, `posted_version` is the one that stands in Slack. An ambiguous one is
    looked for at `not_before`, from `first_try_at` on, for the time after so many `looks`; after `not_after`
    it is too late to say it.
    """

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
        Index("ix_notice_state", "workspace_id", "state", "posted_version"),
        Index(
            "ix_notice_sought",
            "workspace_id",
            "not_before",
            sqlite_where=text("state = 'ambiguous' AND not_before IS NOT NULL"),
            postgresql_where=text("state = 'ambiguous' AND not_before IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = of_workspace()
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
    version: Mapped[int] = mapped_column(server_default="1")
    posted_version: Mapped[int] = mapped_column(server_default="0")
    first_try_at: Mapped[datetime | None]
    looks: Mapped[int] = mapped_column(server_default="0")
    not_after: Mapped[datetime | None]


class ChannelPaceRow(Row):
    """When a channel takes its next message: Slack's pace, kept for all workers."""

    __tablename__ = "channel_pace"

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspace.id"), primary_key=True)
    channel: Mapped[str] = mapped_column(String(100), primary_key=True)
    next_at: Mapped[datetime]


class HeardRow(Row):
    """What Slack delivered and was acted on, by Slack's id of the delivery: so that a repeated one acts once."""

    __tablename__ = "heard"

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspace.id"), primary_key=True)
    delivery: Mapped[str] = mapped_column(String(200), primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)

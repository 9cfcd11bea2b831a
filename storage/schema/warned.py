"""What was warned about, what was forecast, and what came of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema.row import Row, of_workspace


class WatchRow(Row):
    """The newest minute whose look was written down: whoever writes locks the row, so that no two do at once."""

    __tablename__ = "watch"

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspace.id"), primary_key=True)
    minute: Mapped[int]


class BreachWarningRow(Row):
    """A warning: one message in a team's channel. `acknowledged_by` and `snoozed_by` are references of people."""

    __tablename__ = "breach_warning"
    __table_args__ = (
        UniqueConstraint("workspace_id", "number"),
        Index("ix_breach_warning_resolved", "workspace_id", "resolved_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = of_workspace()
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    team: Mapped[str | None] = mapped_column(String(63))
    channel: Mapped[str] = mapped_column(String(100))
    service: Mapped[str] = mapped_column(String(63))
    opened_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    said_at: Mapped[datetime | None]
    drawn_at: Mapped[datetime | None]
    acknowledged_by: Mapped[str | None] = mapped_column(String(30))
    acknowledged_at: Mapped[datetime | None]
    snoozed_by: Mapped[str | None] = mapped_column(String(30))
    snoozed_until: Mapped[datetime | None]
    urgent_at: Mapped[datetime | None]
    reminded: Mapped[int]


class EpisodeRow(Row):
    """One objective's part of a warning; without a warning while it is pending."""

    __tablename__ = "episode"
    __table_args__ = (
        Index("ix_episode_newest", "objective_id", "kind", "id"),
        Index(
            "ix_episode_open",
            "workspace_id",
            sqlite_where=text("resolved_at IS NULL"),
            postgresql_where=text("resolved_at IS NULL"),
        ),
        Index("ix_episode_resolved", "workspace_id", "resolved_at"),
        Index("ix_episode_warning", "warning_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = of_workspace()
    objective_id: Mapped[int] = mapped_column(ForeignKey("objective.id"))
    warning_id: Mapped[int | None] = mapped_column(ForeignKey("breach_warning.id"))
    kind: Mapped[str] = mapped_column(String(10))
    severity: Mapped[str] = mapped_column(String(10))
    began_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
    breached_at: Mapped[datetime | None]
    reopened: Mapped[int]
    probability: Mapped[float | None]
    window_end: Mapped[datetime | None]
    below_since: Mapped[datetime | None]


class BreachRow(Row):
    """That an objective was missed, as seen minute by minute; `ended_at` once it is not any more."""

    __tablename__ = "breach"
    __table_args__ = (Index("ix_breach_objective", "objective_id", "started_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = of_workspace()
    objective_id: Mapped[int] = mapped_column(ForeignKey("objective.id"))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class ForecastRow(Row):
    """One day's forecast of an objective. `breached` is what came of it, once its window is over.

    `replayed` ones were made later, from the history alone, to learn from: nobody was told.
    """

    __tablename__ = "forecast"
    __table_args__ = (
        Index(
            "ix_forecast_pending",
            "workspace_id",
            "window_end",
            sqlite_where=text("breached IS NULL"),
            postgresql_where=text("breached IS NULL"),
        ),
    )

    objective_id: Mapped[int] = mapped_column(ForeignKey("objective.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = of_workspace()
    window_end: Mapped[datetime]
    probability: Mapped[float]
    method: Mapped[str] = mapped_column(String(30))
    linear_pace: Mapped[int]
    is_thin: Mapped[bool]
    by_method: Mapped[dict[str, Any]]
    replayed: Mapped[bool]
    breached: Mapped[bool | None]

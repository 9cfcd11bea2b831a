"""Periods that are over: their figures as they were frozen, restated, explained."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema.row import Row, of_workspace


class ClosedPeriodRow(Row):
    """A period of an objective, closed: its frozen figures of all layers, exclusions, rulings and owner.

    `touched` is set as soon as something changes that its figures are made of; whoever looks again resets it.
    """

    __tablename__ = "closed_period"
    __table_args__ = (
        UniqueConstraint("objective_id", "start_minute"),
        Index("ix_closed_period_workspace", "workspace_id", "end_minute"),
        Index(
            "ix_closed_period_touched",
            "workspace_id",
            sqlite_where=text("touched"),
            postgresql_where=text("touched"),
        ),
        Index(
            "ix_closed_period_asked",
            "workspace_id",
            sqlite_where=text("explain_by IS NOT NULL AND explained_at IS NULL"),
            postgresql_where=text("explain_by IS NOT NULL AND explained_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = of_workspace()
    objective_id: Mapped[int] = mapped_column(ForeignKey("objective.id"))
    start_minute: Mapped[int]
    end_minute: Mapped[int]
    version: Mapped[int]
    owner: Mapped[str | None] = mapped_column(String(63))
    agreement: Mapped[str | None] = mapped_column(String(63))
    figures: Mapped[dict[str, Any]]
    exclusions: Mapped[list[Any]]
    rulings: Mapped[list[Any]]
    closed_at: Mapped[datetime]
    touched: Mapped[bool]
    explain_by: Mapped[datetime | None]
    reminded: Mapped[int]
    explained_at: Mapped[datetime | None]
    explained_by: Mapped[str | None] = mapped_column(String(30))
    happened: Mapped[str] = mapped_column(Text)
    doing: Mapped[str] = mapped_column(Text)
    until: Mapped[str] = mapped_column(String(10))


class RestatementRow(Row):
    """New figures of a closed period: old, new, why, by whom."""

    __tablename__ = "restatement"
    __table_args__ = (Index("ix_restatement_closed_period", "closed_period_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = of_workspace()
    closed_period_id: Mapped[int] = mapped_column(ForeignKey("closed_period.id"))
    at: Mapped[datetime]
    by: Mapped[str | None] = mapped_column(String(30))
    why: Mapped[str] = mapped_column(Text)
    old: Mapped[dict[str, Any]]
    new: Mapped[dict[str, Any]]

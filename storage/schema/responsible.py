"""Who was asked to acknowledge what, and answered how; who handed over to whom; who is in a user group."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema.row import Row, of_workspace


class AcknowledgementRow(Row):
    """A team was asked to acknowledge an objective, for a version of its terms; kept for ever.

    `batch` is the `id` of the first of those that one message asks for. `missing_from` is when a lack of an answer
    shows: an acknowledgement that still holds is renewed before it expires. `hours` are the service hours in
    words. `answered_by` is a reference of a person, as are all persons here.
    """

    __tablename__ = "acknowledgement"
    __table_args__ = (
        Index("ix_acknowledgement_objective", "objective_id", "id"),
        Index(
            "ix_acknowledgement_waiting",
            "workspace_id",
            sqlite_where=text("stage IN ('open', 'declined')"),
            postgresql_where=text("stage IN ('open', 'declined')"),
        ),
        Index("ix_acknowledgement_batch", "batch"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = of_workspace()
    objective_id: Mapped[int] = mapped_column(ForeignKey("objective.id"))
    batch: Mapped[int]
    team: Mapped[str] = mapped_column(String(63))
    version: Mapped[int]
    hours: Mapped[str] = mapped_column(Text)
    because: Mapped[str] = mapped_column(String(20))
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    missing_from: Mapped[datetime]
    stage: Mapped[str] = mapped_column(String(20))
    reminded: Mapped[int]
    answered_by: Mapped[str | None] = mapped_column(String(30))
    answered_at: Mapped[datetime | None]
    ground: Mapped[str | None] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text)
    expires_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(String(30))


class HandoverRow(Row):
    """An objective is to go from one team to another, once a person of each agreed."""

    __tablename__ = "handover"
    __table_args__ = (
        Index("ix_handover_objective", "objective_id", "id"),
        Index(
            "ix_handover_open",
            "workspace_id",
            sqlite_where=text("stage = 'open'"),
            postgresql_where=text("stage = 'open'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = of_workspace()
    objective_id: Mapped[int] = mapped_column(ForeignKey("objective.id"))
    version: Mapped[int]
    giver: Mapped[str] = mapped_column(String(63))
    taker: Mapped[str] = mapped_column(String(63))
    proposed_by: Mapped[str] = mapped_column(String(30))
    proposed_at: Mapped[datetime]
    giver_by: Mapped[str | None] = mapped_column(String(30))
    giver_at: Mapped[datetime | None]
    taker_by: Mapped[str | None] = mapped_column(String(30))
    taker_at: Mapped[datetime | None]
    stage: Mapped[str] = mapped_column(String(20))
    ended_by: Mapped[str | None] = mapped_column(String(30))
    ended_at: Mapped[datetime | None]
    words: Mapped[str] = mapped_column(Text)


class UsergroupRow(Row):
    """Who is in a user group of Slack, as it was looked up at `at`; `trouble` is why it could not be."""

    __tablename__ = "usergroup"
    __table_args__ = (UniqueConstraint("workspace_id", "usergroup"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = of_workspace()
    usergroup: Mapped[str] = mapped_column(String(30))
    members: Mapped[list[Any]]
    at: Mapped[datetime]
    trouble: Mapped[str | None] = mapped_column(Text)

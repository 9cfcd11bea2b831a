"""What is disputed, what was ruled, and what that changes of the figures."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema.row import Row, of_workspace


class DisputeRow(Row):
    """A contested figure, owner or target: D-17 is its `number`. Kept for ever.

    `spans` are minutes, [[from, to before], …]; `corrections` are [[minute, good, total], …], what would be counted of
    single minutes instead. Persons are references, here and below.
    """

    __tablename__ = "dispute"
    __table_args__ = (
        UniqueConstraint("workspace_id", "number"),
        Index("ix_dispute_objective", "objective_id", "id"),
        Index(
            "ix_dispute_open",
            "workspace_id",
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = of_workspace()
    objective_id: Mapped[int] = mapped_column(ForeignKey("objective.id"))
    number: Mapped[int]
    subject: Mapped[str] = mapped_column(String(20))
    ground: Mapped[str] = mapped_column(String(30))
    version: Mapped[int]
    agreement: Mapped[str | None] = mapped_column(String(63))
    owner: Mapped[str | None] = mapped_column(String(63))
    raiser: Mapped[str] = mapped_column(String(63))
    counterpart: Mapped[str] = mapped_column(String(63))
    with_customer: Mapped[bool]
    new_owner: Mapped[str | None] = mapped_column(String(63))
    claim: Mapped[str] = mapped_column(String(20))
    spans: Mapped[list[Any]]
    events: Mapped[int | None] = mapped_column(BigInteger)
    corrections: Mapped[list[Any]]
    words: Mapped[str] = mapped_column(Text)
    raised_by: Mapped[str] = mapped_column(String(30))
    raised_at: Mapped[datetime]
    stage: Mapped[str] = mapped_column(String(20))
    turn_since: Mapped[datetime]
    due_at: Mapped[datetime | None]
    reminded: Mapped[int]
    unanswered: Mapped[bool]
    proposed_spans: Mapped[list[Any]]
    proposed_events: Mapped[int | None] = mapped_column(BigInteger)
    arbiter: Mapped[str | None] = mapped_column(String(30))
    first_arbiter: Mapped[str | None] = mapped_column(String(30))
    appealed_by: Mapped[str | None] = mapped_column(String(30))
    joined: Mapped[list[Any]]
    ended_at: Mapped[datetime | None]


class DisputeEntryRow(Row):
    """One line of the record of a dispute: what somebody did or said, with evidence."""

    __tablename__ = "dispute_entry"
    __table_args__ = (Index("ix_dispute_entry_dispute", "dispute_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = of_workspace()
    dispute_id: Mapped[int] = mapped_column(ForeignKey("dispute.id"))
    at: Mapped[datetime]
    by: Mapped[str | None] = mapped_column(String(30))
    team: Mapped[str | None] = mapped_column(String(63))
    action: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text)


class RulingRow(Row):
    """The outcome of a dispute: a settlement (`instance` 0), the first ruling (1), that of the appeal (2).

    It holds until `undone_at`, when a later one took its place.
    """

    __tablename__ = "ruling"
    __table_args__ = (
        UniqueConstraint("dispute_id", "instance"),
        Index("ix_ruling_objective", "objective_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = of_workspace()
    dispute_id: Mapped[int] = mapped_column(ForeignKey("dispute.id"))
    objective_id: Mapped[int] = mapped_column(ForeignKey("objective.id"))
    instance: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(20))
    effect: Mapped[str] = mapped_column(String(20))
    layer: Mapped[str | None] = mapped_column(String(20))
    spans: Mapped[list[Any]]
    events: Mapped[int | None] = mapped_column(BigInteger)
    corrections: Mapped[list[Any]]
    reasons: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(30))
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]


class LayeredHourRow(Row):
    """By how much another layer of figures differs from the counted one in the hours before `hour`. Derived.

    There is a row after each hour that differs.
    """

    __tablename__ = "layered_hour"
    __table_args__ = ({"sqlite_with_rowid": False},)

    terms_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    layer: Mapped[str] = mapped_column(String(20), primary_key=True)
    hour: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    workspace_id: Mapped[int]
    good: Mapped[int] = mapped_column(BigInteger)
    total: Mapped[int] = mapped_column(BigInteger)
    slices_good: Mapped[int]
    slices_total: Mapped[int]
    measured: Mapped[int]
    ratio_sum: Mapped[int] = mapped_column(BigInteger)

"""Which new targets were proposed, and who agreed."""

from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema.row import Row, of_workspace


class ProposalRow(Row):
    """Other terms for an objective, from `starts_at` on, once all `parties` agree. Kept for ever.

    `window` is the proposed one as it is typed, "" where it stays. `parties` are [{"role", "team", "by", "at",
    "answer"}, …]; persons are references. One that answers another (`counters`) is its counter-proposal.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        Index("ix_proposal_objective", "objective_id", "id"),
        Index(
            "ix_proposal_open",
            "workspace_id",
            sqlite_where=text("stage IN ('open', 'agreed')"),
            postgresql_where=text("stage IN ('open', 'agreed')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = of_workspace()
    objective_id: Mapped[int] = mapped_column(ForeignKey("objective.id"))
    version: Mapped[int]
    target: Mapped[Fraction]
    window: Mapped[str] = mapped_column(String(40))
    starts_at: Mapped[datetime]
    words: Mapped[str] = mapped_column(Text)
    team: Mapped[str] = mapped_column(String(63))
    proposed_by: Mapped[str] = mapped_column(String(30))
    proposed_at: Mapped[datetime]
    lapses_at: Mapped[datetime]
    counters: Mapped[int | None] = mapped_column(Integer)
    parties: Mapped[list[Any]]
    stage: Mapped[str] = mapped_column(String(20))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(String(30))
    end_words: Mapped[str] = mapped_column(Text)

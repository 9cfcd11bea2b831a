"""The processes at work, as they were last seen."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema.row import Row


class ProcessRow(Row):
    """One that ticks. `late_seconds` is by how much its newest tick came after its time."""

    __tablename__ = "process"

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspace.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    late_seconds: Mapped[float]

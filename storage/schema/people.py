"""People, by reference: rows name a person by an id of ours, so that who it was can be forgotten."""

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema.row import Row, of_workspace


class PersonRow(Row):
    """Somebody who did something. `known_as` is Slack's id; nothing once the person was erased."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("workspace_id", "known_as"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = of_workspace()
    known_as: Mapped[str | None] = mapped_column(String(200))
    erased_at: Mapped[datetime | None]

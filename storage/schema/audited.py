"""The audit trail: one row for everything that anybody did, each chained to the one before."""

from datetime import datetime

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema.row import Row, of_workspace


class AuditRow(Row):
    """`facts` is JSON in its canonical form, `chained` the SHA-256 over that, all the rest and `previous`.

    Rows are only ever added. `by` is a reference of a person, a word for who else did it, or None for Steward itself.
    """

    __tablename__ = "audit"
    __table_args__ = (
        UniqueConstraint("workspace_id", "number"),
        Index("ix_audit_subject", "workspace_id", "subject", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = of_workspace()
    number: Mapped[int]
    at: Mapped[datetime]
    by: Mapped[str | None] = mapped_column(String(30))
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(200))
    facts: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(64))
    chained: Mapped[str] = mapped_column(String(64))

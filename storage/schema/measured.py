"""What was measured, and what that adds up to."""

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema.row import Row


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

"""A database with every table filled: with what is not a default, and what one of two databases may lose."""

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

from sqlalchemy import JSON, Date, Engine, Table, Text, Time, insert
from sqlalchemy.types import Boolean, Float, Integer, LargeBinary, String

from storage.columns import ExactRatio, UtcDateTime
from storage.schema import CountedHourRow, Row, table_of

BIG = 10**12
ODD = 'Zoë "said"\t50 %\\ — 東京 🚀\n{x}'
AT = datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=UTC)


def fill(engine: Engine, rows: int = 3) -> None:
    """So many rows in every table; of those columns that may be empty some are."""
    with engine.begin() as connection:
        for table in Row.metadata.sorted_tables:
            connection.execute(insert(table), [_row(table, number) for number in range(1, rows + 1)])


def fill_hours(engine: Engine, objectives: int, hours: int) -> None:
    """Packed and counted hours in bulk."""
    counted, measured = table_of(CountedHourRow), Row.metadata.tables["measured_hour"]
    with engine.begin() as connection:
        for key in range(1, objectives + 1):
            span = range(400_000, 400_000 + hours)
            sums = dict.fromkeys(("good", "total", "ratio_sum"), BIG) | dict.fromkeys(
                ("slices_good", "slices_total", "measured"), 60
            )
            connection.execute(
                insert(counted),
                [{"terms_id": key, "hour": hour, "workspace_id": 1, **sums} for hour in span],
            )
            packed = bytes(range(90))
            connection.execute(
                insert(measured),
                [{"objective_id": key, "hour": hour, "workspace_id": 1, "packed": packed} for hour in span],
            )


def _row(table: Table, number: int) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for column in table.columns:
        if column.name == "workspace_id" and column.primary_key and len(table.primary_key) == 1:
            row[column.key] = number
        elif column.foreign_keys or column.name == "workspace_id":
            row[column.key] = 1 if column.name == "workspace_id" else number
        elif column.nullable and number == 2:
            row[column.key] = None
        else:
            row[column.key] = _value(column.type, number, column)
    return row


def _value(kind: Any, number: int, column: Any) -> Any:
    if isinstance(kind, UtcDateTime):
        return AT + timedelta(days=number)
    if isinstance(kind, ExactRatio):
        return Fraction(number, 1000)
    if isinstance(kind, JSON):
        return [{"b": ODD, "a": [None, 1.5, BIG, number, True]}]
    if isinstance(kind, Boolean):
        return number == 1
    if isinstance(kind, Float):
        return number + 0.1
    if isinstance(kind, Integer):
        return number if column.primary_key or type(kind) is Integer else BIG + number
    if isinstance(kind, LargeBinary):
        return bytes([0, 255, number, 10, 92, 9])
    if isinstance(kind, Date):
        return date(2026, 2, 20 + number)
    if isinstance(kind, Time):
        return time(9, number, 30)
    if isinstance(kind, Text) or (isinstance(kind, String) and (kind.length or 99) > 40):
        return f"{ODD}{number}"
    return f"x{number}"

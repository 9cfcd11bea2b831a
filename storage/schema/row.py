"""What all tables share."""

from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, MetaData, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.columns import ExactRatio, UtcDateTime

CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Row(DeclarativeBase):
    """What all tables share."""

    metadata = MetaData(naming_convention=CONVENTION)
    type_annotation_map = {  # noqa: RUF012 -- SQLAlchemy's own way of configuring
        datetime: UtcDateTime,
        Fraction: ExactRatio,
        dict[str, Any]: JSON,
        list[Any]: JSON,
        bytes: LargeBinary,
    }


def of_workspace() -> Mapped[int]:
    """The column that every table has: no row is anybody else's."""
    return mapped_column(ForeignKey("workspace.id"))


def table_of(row: type[Row]) -> Table:
    """The table of a row class, as what it is: SQLAlchemy's types only say FromClause."""
    table = row.__table__
    if not isinstance(table, Table):
        raise TypeError(f"{row.__name__} is no table")
    return table

"""Exclusions: planned work."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row

from domain.exclusion import Exclusion, Ground
from storage.people import ByPeople
from storage.schema import ExclusionRow, table_of


class Exclusions(ByPeople[Exclusion]):
    """The exclusions of one workspace."""

    table = table_of(ExclusionRow)

    @staticmethod
    def to_row(item: Exclusion) -> dict[str, Any]:
        """The columns that say it."""
        return _row(item)

    @staticmethod
    def from_row(row: Row[Any]) -> Exclusion:
        """What `to_row` wrote."""
        return _exclusion(row)

    @staticmethod
    def with_people(item: Exclusion, name: Callable[[str], str]) -> Exclusion:
        """The exclusion with another name for its author."""
        return replace(item, author=name(item.author)) if item.author else item


def _row(exclusion: Exclusion) -> dict[str, Any]:
    return {
        "name": exclusion.name,
        "objectives": list(exclusion.objectives),
        "services": list(exclusion.services),
        "starts": [int(start.timestamp()) for start in exclusion.starts],
        "seconds": int(exclusion.length.total_seconds()),
        "ground": exclusion.ground.value,
        "reason": exclusion.reason,
        "announced_at": exclusion.announced_at,
        "recurs": exclusion.recurs,
        "timezone": exclusion.timezone,
        "author": exclusion.author,
        "withdrawn_at": exclusion.withdrawn_at,
    }


def _exclusion(row: Row[Any]) -> Exclusion:
    return Exclusion(
        name=row.name,
        starts=tuple(datetime.fromtimestamp(start, UTC) for start in row.starts),
        length=timedelta(seconds=row.seconds),
        reason=row.reason,
        announced_at=row.announced_at,
        objectives=tuple(row.objectives),
        services=tuple(row.services),
        ground=Ground(row.ground),
        recurs=row.recurs,
        timezone=row.timezone,
        author=row.author,
        withdrawn_at=row.withdrawn_at,
    )

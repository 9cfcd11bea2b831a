"""Subscriptions: roll-ups that channels and people asked for."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, delete, select

from domain.subscription import Subscription
from domain.team import DigestSchedule
from storage.bulk import save_by_key
from storage.people import People
from storage.schema import SubscriptionRow, table_of
from storage.teams import days_from_json, days_to_json

TABLE = table_of(SubscriptionRow)


class Subscriptions:
    """The subscriptions of one workspace, at most one a channel or person."""

    def __init__(self, connection: Connection, workspace_id: int) -> None:
        self._connection = connection
        self._workspace_id = workspace_id
        self._people = People(connection, workspace_id)

    def all(self) -> list[Subscription]:
        """All of them, by channel."""
        query = select(TABLE).where(TABLE.c.workspace_id == self._workspace_id).order_by(TABLE.c.channel)
        found = [_subscription(row) for row in self._connection.execute(query)]
        return [replace(one, by=self._people.named(one.by)) for one in found]

    def save(self, subscriptions: Iterable[Subscription]) -> None:
        """Add them, or replace those of the same channel."""
        named = [replace(one, by=self._people.reference(one.by)) for one in subscriptions]
        rows = [{"workspace_id": self._workspace_id, **_row(one)} for one in named]
        save_by_key(self._connection, TABLE, rows, key="channel")

    def remove(self, channels: Iterable[str]) -> None:
        """Remove those of these channels."""
        here = TABLE.c.workspace_id == self._workspace_id
        self._connection.execute(delete(TABLE).where(here, TABLE.c.channel.in_(list(channels))))


def _row(subscription: Subscription) -> dict[str, Any]:
    return {
        "channel": subscription.channel,
        "names": list(subscription.names),
        "timezone": subscription.timezone,
        "digest_at": subscription.digest.at,
        "digest_days": days_to_json(subscription.digest.days),
        "digest_off": subscription.digest.off,
        "by": subscription.by,
        "created_at": subscription.created_at,
    }


def _subscription(row: Row[Any]) -> Subscription:
    return Subscription(
        channel=row.channel,
        by=row.by,
        created_at=row.created_at,
        names=tuple(row.names),
        timezone=row.timezone,
        digest=DigestSchedule(row.digest_at, days_from_json(row.digest_days), off=row.digest_off),
    )

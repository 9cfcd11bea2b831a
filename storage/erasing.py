"""Erasing a person: who it was is forgotten everywhere, and what they did stays, by reference."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import JSON, Column, Connection, Row, String, Table, Text, cast, delete, or_, select, update

from domain.erasing import Eraser
from domain.notice import NoticeState
from domain.person import erased
from domain.refusal import Refusal
from storage import schema
from storage.people import People
from storage.schema import (
    ChannelPaceRow,
    DigestRow,
    ExclusionRow,
    NoticeRow,
    SubscriptionRow,
    TeamRow,
    UsergroupRow,
    table_of,
)
from storage.versions import DefinitionsVersion

NOTICE = table_of(NoticeRow)
EXCLUSION = table_of(ExclusionRow)
SUBSCRIPTION = table_of(SubscriptionRow)
TEAM = table_of(TeamRow)
PACE = table_of(ChannelPaceRow)
DIGEST = table_of(DigestRow)
USERGROUP = table_of(UsergroupRow)
TEXTS: dict[Table, Sequence[str]] = {
    NOTICE: ("key", "channel", "posted_in", "thread", "text", "blocks", "reason"),
    EXCLUSION: ("reason",),
    DIGEST: ("team",),
}
"""Where people are named in passing."""
ADDRESSED = (SUBSCRIPTION.c.channel, PACE.c.channel)
"""What is only there for a person goes with them."""


class Left(NamedTuple):
    """Where the person is still named: by a definition file, so that it would come back."""

    kind: str
    name: str
    field: str


class Erased(NamedTuple):
    """What came of it. `changed` counts the rows that named the person."""

    reference: str
    changed: int
    left: list[Left]


class Erasing:
    """Forgets people of one workspace."""

    def __init__(self, connection: Connection, workspace_id: int, version: DefinitionsVersion) -> None:
        self._connection = connection
        self._workspace_id = workspace_id
        self._version = version
        self._people = People(connection, workspace_id)

    def erase(self, person: str, *, at: datetime) -> Erased:
        """Forget who that is. Raises `Refusal` where nobody is known as that."""
        if self._connection.dialect.name == "sqlite":
            self._connection.exec_driver_sql("PRAGMA secure_delete = ON")
        if not any(self._places(Eraser(person, ""))):
            raise Refusal(f"Nobody is known as `{person[:80]}` here. Give Slack's ID of them, or an address.")
        reference = self._people.reference(person)
        eraser = Eraser(person, erased(reference))
        changed = self._refer(eraser, reference) + self._take_back(eraser)
        changed += sum(self._clean(table, names, eraser) for table, names in TEXTS.items())
        self._people.erase(person, at=at)
        self._version.raise_it()
        return Erased(reference, changed, list(self._places(eraser)))

    def _refer(self, eraser: Eraser, reference: str) -> int:
        """Rows of an older Steward have the person's name; now they have the reference."""
        changed = 0
        for column in (EXCLUSION.c.author, SUBSCRIPTION.c.by):
            named = update(column.table).where(self._here(column.table), column == eraser.person)
            changed += self._connection.execute(named.values({column.name: reference})).rowcount
        for row in self._naming(TEAM, [TEAM.c.slack_changes], eraser):
            changes = [
                [field, reference if by == eraser.person else by, at] for field, by, at in row.slack_changes
            ]
            one = update(TEAM).where(TEAM.c.id == row.id)
            changed += self._connection.execute(one.values(slack_changes=changes)).rowcount
        return changed

    def _take_back(self, eraser: Eraser) -> int:
        """What was to be said to the person, or is only there to be."""
        changed = 0
        waiting = NOTICE.c.state == NoticeState.PENDING
        unsaid = delete(NOTICE).where(self._here(NOTICE), NOTICE.c.channel == eraser.person, waiting)
        changed += self._connection.execute(unsaid).rowcount
        # What is on its way or not sure is left alone from now on, whatever comes of it.
        open_still = NOTICE.c.state.in_((NoticeState.SENDING, NoticeState.AMBIGUOUS, NoticeState.FAILED))
        given_up = update(NOTICE).where(self._here(NOTICE), NOTICE.c.channel == eraser.person, open_still)
        stale = given_up.values(
            state=NoticeState.STALE.value, claimed_by=None, lease_until=None, not_before=None
        )
        changed += self._connection.execute(stale).rowcount
        for column in ADDRESSED:
            theirs = delete(column.table).where(self._here(column.table), column == eraser.person)
            changed += self._connection.execute(theirs).rowcount
        return changed + self._leave_groups(eraser)

    def _leave_groups(self, eraser: Eraser) -> int:
        """Whom Slack still has in a group it tells of again at the next look."""
        rows = self._naming(USERGROUP, [USERGROUP.c.members], eraser)
        for row in rows:
            others = [one for one in row.members if one != eraser.person]
            group = update(USERGROUP).where(USERGROUP.c.id == row.id)
            self._connection.execute(group.values(members=others))
        return len(rows)

    def _clean(self, table: Table, names: Sequence[str], eraser: Eraser) -> int:
        """Take the person out of these columns."""
        columns = [table.c[name] for name in names]
        rows = self._naming(table, columns, eraser)
        for row in rows:
            key = [column == row._mapping[column] for column in table.primary_key.columns]
            values = {column.name: eraser.erased(row._mapping[column]) for column in columns}
            self._connection.execute(update(table).where(*key).values(values))
        return len(rows)

    def _places(self, eraser: Eraser) -> Iterator[Left]:
        """Everywhere that the person is named."""
        for table in schema.Row.metadata.sorted_tables:
            columns = [column for column in table.columns if isinstance(column.type, String | JSON)]
            columns = [column for column in columns if column.name != "packed"]
            if "workspace_id" not in table.c or not columns:
                continue
            for row in self._naming(table, columns, eraser):
                for column in columns:
                    if eraser.names(row._mapping[column]):
                        yield Left(table.name, _name_of(table, row), column.name)

    def _naming(self, table: Table, columns: Sequence[Column[Any]], eraser: Eraser) -> list[Row[Any]]:
        written = [eraser.person, json.dumps(eraser.person)[1:-1]]
        found = or_(
            *(
                cast(column, Text).icontains(text, autoescape=True)
                for column in columns
                for text in dict.fromkeys(written)
            )
        )
        rows = self._connection.execute(select(table).where(self._here(table), found)).all()
        return [row for row in rows if any(eraser.names(row._mapping[column]) for column in columns)]

    def _here(self, table: Any) -> Any:
        return table.c.workspace_id == self._workspace_id


def _name_of(table: Table, row: Row[Any]) -> str:
    """By what its kind of thing is called."""
    for name in ("name", "key", "channel"):
        if name in table.c:
            return str(row._mapping[table.c[name]])
    return str(row[0])

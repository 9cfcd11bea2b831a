"""The audit trail: rows are only ever added, each chained to the one before."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, func, insert, or_, select

from domain.audit import OTHERS, Act, Entry, Head, canonical, origin
from domain.audit_action import Action
from storage.audit_people import named, referred
from storage.people import People
from storage.schema import AuditRow, table_of
from storage.versions import DefinitionsVersion
from storage.workspaces import Workspace

TABLE = table_of(AuditRow)
AT_ONCE = 1_000
"""Rows in memory at the same time."""
LONGEST_SUBJECT = 200


class Noted(NamedTuple):
    """An act, people by name, with its number in the trail."""

    number: int
    act: Act


class AuditTrail:
    """That of one workspace."""

    def __init__(self, connection: Connection, workspace: Workspace, version: DefinitionsVersion) -> None:
        self._connection = connection
        self._workspace = workspace
        self._version = version
        self._people = People(connection, workspace.id)
        self._here = TABLE.c.workspace_id == workspace.id

    def note(self, action: Action, subject: str, *, by: str | None, at: datetime, **facts: Any) -> None:
        """Add what was done, in the transaction that does it; facts are of JSON: texts, numbers, lists, dicts."""
        self.note_all([Act(action, subject, by, at, facts)])

    def note_all(self, acts: Iterable[Act]) -> None:
        """Add several, in this order."""
        acts = list(acts)
        if not acts:
            return
        # Two writers must not chain to the same entry: the second one waits here for what the first one adds.
        self._version.lock()
        before, rows = self.head(), []
        for act in acts:
            entry = self._entry(act, before)
            rows.append(self._row(entry))
            before = entry.head
        self._connection.execute(insert(TABLE), rows)

    def head(self) -> Head:
        """The newest entry, or what the first one will be chained to."""
        query = select(TABLE.c.number, TABLE.c.chained).where(self._here).order_by(TABLE.c.number.desc())
        row = self._connection.execute(query.limit(1)).first()
        return Head(row.number, row.chained) if row else self.start

    @property
    def start(self) -> Head:
        """What the first entry is chained to."""
        return origin(self._workspace.name)

    def about(self, subjects: Sequence[str], *, most: int | None = None) -> list[Noted]:
        """What was done about any of these, newest first."""
        query = select(TABLE).where(self._here, _of(subjects)).order_by(TABLE.c.number.desc())
        return [self._noted(row) for row in self._connection.execute(query.limit(most))]

    def count(self, subjects: Sequence[str]) -> int:
        """How many entries are about any of these."""
        query = select(func.count()).select_from(TABLE).where(self._here, _of(subjects))
        return self._connection.scalar(query) or 0

    def all(self) -> Iterator[Noted]:
        """Everything, newest first, a batch in memory at a time."""
        return map(self._noted, self._rows(newest_first=True))

    def entries(self) -> Iterator[Entry]:
        """All links as they are kept, oldest first, a batch in memory at a time."""
        return map(_entry, self._rows(newest_first=False))

    def size(self) -> int:
        """How many entries there are."""
        return self._connection.scalar(select(func.count()).select_from(TABLE).where(self._here)) or 0

    def _rows(self, *, newest_first: bool) -> Iterator[Row[Any]]:
        # By pages: whoever stops at a broken link would leave a cursor of the database open.
        number = TABLE.c.number
        query = select(TABLE).where(self._here).order_by(number.desc() if newest_first else number)
        page = self._connection.execute(query.limit(AT_ONCE)).all()
        while page:
            yield from page
            last = page[-1].number
            rest = query.where(number < last if newest_first else number > last)
            page = self._connection.execute(rest.limit(AT_ONCE)).all()

    def _entry(self, act: Act, before: Head) -> Entry:
        by = act.by
        new = Entry(
            number=before.number + 1,
            at=act.at,
            by=by if by is None or by in OTHERS else self._people.reference(by),
            action=str(act.action),
            subject=referred(act.subject, self._people)[:LONGEST_SUBJECT],
            facts=canonical(referred(dict(act.facts), self._people)),
            previous=before.hash,
        )
        return replace(new, chained=new.hash)

    def _row(self, entry: Entry) -> dict[str, Any]:
        return {
            "workspace_id": self._workspace.id,
            "number": entry.number,
            "at": entry.at,
            "by": entry.by,
            "action": entry.action,
            "subject": entry.subject,
            "facts": entry.facts,
            "previous": entry.previous,
            "chained": entry.chained,
        }

    def _noted(self, row: Row[Any]) -> Noted:
        facts = named(json.loads(row.facts), self._people)
        by = self._people.named(row.by) if row.by else None
        action = Action(row.action) if row.action in list(Action) else row.action
        return Noted(row.number, Act(action, named(row.subject, self._people), by, row.at, facts))


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        number=row.number,
        at=row.at,
        by=row.by,
        action=row.action,
        subject=row.subject,
        facts=row.facts,
        previous=row.previous,
        chained=row.chained,
    )


def _of(subjects: Sequence[str]) -> ColumnElement[bool]:
    return or_(*(TABLE.c.subject == subject for subject in subjects))

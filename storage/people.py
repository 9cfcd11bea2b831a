"""People, by reference: rows name a person by a number of ours, so that who it was can be forgotten."""

import re
from abc import abstractmethod
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects import postgresql, sqlite

from domain.person import erased
from storage.named import Named
from storage.schema import PersonRow, table_of
from storage.versions import DefinitionsVersion

TABLE = table_of(PersonRow)
REFERENCE = re.compile(r"P(\d+)")
ERASED = re.compile(r"erased-(P\d+)")

T = TypeVar("T")


class People:
    """Those of one workspace who did something."""

    def __init__(self, connection: Connection, workspace_id: int) -> None:
        self._connection = connection
        self._workspace_id = workspace_id

    def reference(self, person: str) -> str:
        """What rows name the person by, whom Slack knows as `person`; from now on if not before."""
        again = ERASED.fullmatch(person)
        if again:
            return again[1]
        if REFERENCE.fullmatch(person):
            return person
        key = self._key_of(person) or self._add(person)
        return f"P{key}"

    def named(self, reference: str) -> str:
        """Who that is: Slack's id, or `erased-P12`. Rows of an older Steward have the id itself."""
        found = REFERENCE.fullmatch(reference)
        if found is None:
            return reference
        return self._names.get(int(found[1])) or erased(reference)

    def erase(self, person: str, *, at: datetime) -> str | None:
        """Forget who that was; the reference that stays, None where nobody is known as that."""
        key = self._key_of(person)
        if key is None:
            return None
        self._connection.execute(update(TABLE).where(TABLE.c.id == key).values(known_as=None, erased_at=at))
        self.__dict__.pop("_names", None)
        return f"P{key}"

    @cached_property
    def _names(self) -> dict[int, str | None]:
        query = select(TABLE.c.id, TABLE.c.known_as).where(TABLE.c.workspace_id == self._workspace_id)
        return {row.id: row.known_as for row in self._connection.execute(query)}

    def _key_of(self, person: str) -> int | None:
        query = select(TABLE.c.id).where(
            TABLE.c.workspace_id == self._workspace_id, TABLE.c.known_as == person
        )
        return self._connection.scalar(query)

    def _add(self, person: str) -> int:
        insert = postgresql.insert if self._connection.dialect.name == "postgresql" else sqlite.insert
        row = insert(TABLE).values(workspace_id=self._workspace_id, known_as=person)
        self._connection.execute(row.on_conflict_do_nothing())
        self.__dict__.pop("_names", None)
        key = self._key_of(person)
        if key is None:
            raise AssertionError("who was added is there")
        return key


class ByPeople(Named[T]):
    """Definitions that say who did something: rows by reference, everybody else by name."""

    def __init__(self, connection: Connection, workspace_id: int, version: DefinitionsVersion) -> None:
        super().__init__(connection, workspace_id, version)
        self._people = People(connection, workspace_id)

    @staticmethod
    @abstractmethod
    def with_people(item: T, name: Callable[[str], str]) -> T:
        """The same with another name for each person."""

    def by_name(self, name: str) -> T | None:
        """The one of this name."""
        found = super().by_name(name)
        return None if found is None else self.with_people(found, self._people.named)

    def save(self, items: Iterable[T]) -> None:
        """Add them, or replace those of the same name."""
        super().save([self.with_people(item, self._people.reference) for item in items])

    def _read(self) -> list[T]:
        return [self.with_people(item, self._people.named) for item in super()._read()]

"""Objectives with their terms."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, insert, select, update

from domain.objective import Objective
from storage.bulk import save_by_name
from storage.labels import labels_from_json, labels_to_json
from storage.schema import ObjectiveRow, TermsRow, WorkspaceRow, table_of
from storage.terms import terms_from_row, terms_to_row

TABLE = table_of(ObjectiveRow)
TERMS = table_of(TermsRow)


class Kept(NamedTuple):
    """An objective as stored: with the keys that its measured and counted rows are kept under."""

    id: int
    first_minute: int | None
    objective: Objective
    terms_ids: tuple[int, ...]
    """The row of each version's terms."""
    counted_as: tuple[int, ...]
    """For each version, the row of the terms whose counted hours it shares."""


class KeptCache:
    """All objectives of each workspace as of a version of its definitions: reading them costs more than asking."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[int, list[Kept]]] = {}

    def get(self, workspace_id: int, version: int) -> list[Kept] | None:
        """Those of this version, if they were read before."""
        found = self._kept.get(workspace_id)
        return found[1] if found and found[0] == version else None

    def put(self, workspace_id: int, version: int, kept: list[Kept]) -> None:
        """Remember those of this version instead of an older one's."""
        self._kept[workspace_id] = (version, kept)


class Objectives:
    """The objectives of one workspace. What it reads whole is cached until the definitions change."""

    def __init__(self, connection: Connection, workspace_id: int, cache: KeptCache, version: int) -> None:
        self._connection = connection
        self._workspace_id = workspace_id
        self._cache = cache
        self._version: int | None = version

    def all(self) -> list[Objective]:
        """Those not retired, by name."""
        return [kept.objective for kept in self.kept() if kept.objective.retired_at is None]

    def in_force(self, *, at: datetime) -> list[Objective]:
        """Those not retired by `at`, by name."""
        listed = self.with_retired()
        return [one for one in listed if one.retired_at is None or at < one.retired_at]

    def with_retired(self) -> list[Objective]:
        """All of them, by name."""
        return [kept.objective for kept in self.kept()]

    def ids(self) -> dict[str, int]:
        """Name → key of those not retired."""
        return {kept.objective.name: kept.id for kept in self.kept() if kept.objective.retired_at is None}

    def kept(self) -> list[Kept]:
        """All of them, by name, as stored."""
        if self._version is None:
            return self._read_kept()
        cached = self._cache.get(self._workspace_id, self._version)
        if cached is None:
            cached = self._read_kept()
            self._cache.put(self._workspace_id, self._version, cached)
        return cached

    def locked(self, ids: Iterable[int]) -> list[Kept]:
        """Those of these keys, kept from being changed by others until the transaction ends."""
        return self._read_kept(list(ids))

    def _read_kept(self, keys: list[int] | None = None) -> list[Kept]:
        query: Select[Any] = (
            select(TABLE).where(TABLE.c.workspace_id == self._workspace_id).order_by(TABLE.c.name)
        )
        terms_query: Select[Any] = (
            select(TERMS).where(TERMS.c.workspace_id == self._workspace_id).order_by(TERMS.c.version)
        )
        if keys is not None:
            terms_query = terms_query.where(TERMS.c.objective_id.in_(keys))
            query = query.where(TABLE.c.id.in_(keys)).order_by(None).order_by(TABLE.c.id).with_for_update()
        rows = self._connection.execute(query).all()
        versions: dict[int, list[Row[Any]]] = {}
        for row in self._connection.execute(terms_query):
            versions.setdefault(row.objective_id, []).append(row)
        return [_kept(row, versions[row.id]) for row in rows]

    def save(self, objectives: Iterable[Objective]) -> list[int]:
        """Add them, or replace those of the same name; versions that are stored already stay as they are.

        Gives the keys of the terms whose hours must now be counted.
        """
        self._definitions_changed()
        objectives = list(objectives)
        save_by_name(self._connection, TABLE, [self._row(objective) for objective in objectives])
        stored = {row.name: row.id for row in self._connection.execute(self._names(objectives))}
        known = self._terms_by_objective(stored.values())
        to_count = []
        for objective in objectives:
            key = stored[objective.name]
            to_count += self._save_versions(key, objective, known.get(key, []))
        return to_count

    def lock(self) -> None:
        """Keep others from changing definitions until the transaction ends."""
        table = table_of(WorkspaceRow)
        self._connection.execute(select(table.c.id).where(table.c.id == self._workspace_id).with_for_update())

    def set_first_minutes(self, minutes: Mapping[int, int]) -> None:
        """Remember the first measured minute of objectives, by their keys."""
        for key, minute in minutes.items():
            self._connection.execute(update(TABLE).where(TABLE.c.id == key).values(first_minute=minute))
        if minutes:
            self._definitions_changed()

    def _definitions_changed(self) -> None:
        self._version = None
        table = table_of(WorkspaceRow)
        self._connection.execute(
            update(table)
            .where(table.c.id == self._workspace_id)
            .values(definitions_version=table.c.definitions_version + 1)
        )

    def _names(self, objectives: list[Objective]) -> Select[Any]:
        names = [objective.name for objective in objectives]
        return select(TABLE.c.name, TABLE.c.id).where(
            TABLE.c.workspace_id == self._workspace_id, TABLE.c.name.in_(names)
        )

    def _terms_by_objective(self, keys: Iterable[int]) -> dict[int, list[Row[Any]]]:
        query = select(TERMS).where(TERMS.c.objective_id.in_(list(keys))).order_by(TERMS.c.version)
        found: dict[int, list[Row[Any]]] = {}
        for row in self._connection.execute(query):
            found.setdefault(row.objective_id, []).append(row)
        return found

    def _save_versions(self, key: int, objective: Objective, known: list[Row[Any]]) -> list[int]:
        counted_as = {terms_from_row(row).method.counting: row.counted_as for row in known}
        stored = {row.version for row in known}
        to_count = []
        for terms in objective.versions:
            if terms.version in stored:
                continue
            row = {"workspace_id": self._workspace_id, "objective_id": key, **terms_to_row(terms)}
            terms_id = self._connection.scalar(
                insert(TERMS).values(**row, counted_as=0).returning(TERMS.c.id)
            )
            if terms_id is None:
                raise AssertionError("an insert gives its key")
            if terms.method.counting not in counted_as:
                counted_as[terms.method.counting] = terms_id
                to_count.append(terms_id)
            shared = counted_as[terms.method.counting]
            self._connection.execute(update(TERMS).where(TERMS.c.id == terms_id).values(counted_as=shared))
        return to_count

    def _row(self, objective: Objective) -> dict[str, Any]:
        return {
            "workspace_id": self._workspace_id,
            "name": objective.name,
            "service": objective.service,
            "slo": objective.slo,
            "display_name": objective.display_name,
            "description": objective.description,
            "labels": labels_to_json(objective.labels),
            "retired_at": objective.retired_at,
        }


def _kept(row: Row[Any], versions: list[Row[Any]]) -> Kept:
    objective = Objective(
        name=row.name,
        service=row.service,
        versions=tuple(terms_from_row(version) for version in versions),
        display_name=row.display_name,
        description=row.description,
        labels=labels_from_json(row.labels),
        retired_at=row.retired_at,
        slo=row.slo,
    )
    return Kept(
        row.id,
        row.first_minute,
        objective,
        tuple(version.id for version in versions),
        tuple(version.counted_as for version in versions),
    )

"""Objectives with their terms."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, insert, select, update

from domain.layer import Layers
from domain.objective import Objective, Terms
from domain.scope import Scope
from storage.asking import acknowledging_from_row, asking_to_row, roles_from_json, slack_changes_from_json
from storage.bulk import save_by_name
from storage.changes import read_contested
from storage.labels import labels_from_json, labels_to_json
from storage.people import People
from storage.schema import ObjectiveRow, TermsRow, table_of
from storage.scoping import Scoping, read_scoping
from storage.terms import terms_from_row, terms_to_row
from storage.versions import DefinitionsVersion
from storage.watchings import watching_from_json, watching_to_json

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
    scopes: tuple[Scope, ...]
    """For each version, which minutes count."""
    pruned_until: int = 0
    """The minute before which only counted hours are kept."""
    layers: tuple[Layers, ...] = ()
    """For each version, which minutes count for each layer of figures; those of `scopes` are the agreement's."""


class Cached(NamedTuple):
    """What was read of one version of the definitions: all objectives, by name, and those that may end or have."""

    scoping: Scoping
    kept: list[Kept]
    by_name: dict[str, Kept]
    retiring: list[Objective]
    staying: list[Objective]


class Objectives:
    """The objectives of one workspace. What it reads whole is cached until the definitions change."""

    def __init__(self, connection: Connection, workspace_id: int, version: DefinitionsVersion) -> None:
        self._connection = connection
        self._workspace_id = workspace_id
        self._version = version
        self._scoping: tuple[int, Scoping] | None = None
        self._people = People(connection, workspace_id)

    def all(self) -> list[Objective]:
        """Those not retired, by name."""
        return list(self._read().staying)

    def in_force(self, *, at: datetime) -> list[Objective]:
        """Those not retired by `at`, by name."""
        read = self._read()
        if self.retired_after(at=at):
            return [kept.objective for kept in read.kept if _in_force(kept.objective, at)]
        return list(read.staying)

    def retired_after(self, *, at: datetime) -> list[str]:
        """The names of those that were in force at `at` and are retired, or are going to be."""
        return [one.name for one in self._read().retiring if _in_force(one, at)]

    def called(self, names: Iterable[str], *, at: datetime) -> list[Kept]:
        """Those of these names that were not retired by `at`, as stored."""
        by_name = self._read().by_name
        found = [by_name[name] for name in names if name in by_name]
        return [kept for kept in found if _in_force(kept.objective, at)]

    def with_retired(self) -> list[Objective]:
        """All of them, by name."""
        return [kept.objective for kept in self.kept()]

    def ids(self) -> dict[str, int]:
        """Name → key of those not retired."""
        return {kept.objective.name: kept.id for kept in self.kept() if kept.objective.retired_at is None}

    def kept(self) -> list[Kept]:
        """All of them, by name, as stored."""
        return self._read().kept

    def locked(self, ids: Iterable[int]) -> list[Kept]:
        """Those of these keys, kept from being changed by others until the transaction ends."""
        scoping = self._read_scoping() if self._version.number is None else self._read().scoping
        return self._read_kept(scoping, list(ids))

    def _read(self) -> Cached:
        return self._version.cached(TABLE.name, self._read_all)

    def _read_all(self) -> Cached:
        scoping = self._read_scoping()
        kept = self._read_kept(scoping)
        objectives = [one.objective for one in kept]
        return Cached(
            scoping,
            kept,
            {one.objective.name: one for one in kept},
            [one for one in objectives if one.retired_at is not None],
            [one for one in objectives if one.retired_at is None],
        )

    def _read_scoping(self) -> Scoping:
        """Once a transaction, unless it changes what counts."""
        version = self._version.of_scopes
        if self._scoping is None or self._scoping[0] != version:
            self._scoping = version, read_scoping(self._connection, self._workspace_id, self._version)
        return self._scoping[1]

    def _read_kept(self, scoping: Scoping, keys: list[int] | None = None) -> list[Kept]:
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
        return [_kept(row, versions[row.id], scoping, self._people.named) for row in rows]

    def save(self, objectives: Iterable[Objective]) -> None:
        """Add them, or replace those of the same name; versions that are stored already stay as they are.

        Within `Measurements.recounted`, since new terms may count in another way.
        """
        self._version.raise_it(scopes=False)
        objectives = list(objectives)
        save_by_name(self._connection, TABLE, [self._row(objective) for objective in objectives])
        stored = {row.name: row.id for row in self._connection.execute(self._names(objectives))}
        known = self._terms_by_objective(stored.values())
        for objective in objectives:
            key = stored[objective.name]
            self._save_versions(key, objective, known.get(key, []))

    def contested(self) -> dict[str, tuple[int, ...]]:
        """Objective → the numbers of the undecided disputes about it."""
        return self._version.cached("contested", lambda: read_contested(self._connection, self._workspace_id))

    def lock(self) -> int:
        """Keep others from changing definitions and from taking measurements in; gives `sealed_until`."""
        return self._version.lock()

    def set_first_minutes(self, minutes: Mapping[int, int]) -> None:
        """Remember the first measured minute of objectives, by their keys."""
        for key, minute in minutes.items():
            self._connection.execute(update(TABLE).where(TABLE.c.id == key).values(first_minute=minute))
        if minutes:
            self._version.raise_it(scopes=False)

    def set_pruned(self, minutes: Mapping[int, int]) -> None:
        """Remember before which minute the measured ones of objectives are not kept any more, by their keys."""
        for key, minute in minutes.items():
            self._connection.execute(update(TABLE).where(TABLE.c.id == key).values(pruned_until=minute))
        if minutes:
            self._version.raise_it(scopes=False)

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

    def _save_versions(self, key: int, objective: Objective, known: list[Row[Any]]) -> None:
        """New versions share the counted hours of those that count in the same way under the same agreement."""
        counted_as = {_counting(terms_from_row(row)): row.counted_as for row in known}
        stored = {row.version for row in known}
        for terms in objective.versions:
            if terms.version in stored:
                continue
            row = {"workspace_id": self._workspace_id, "objective_id": key, **terms_to_row(terms)}
            terms_id = self._connection.scalar(
                insert(TERMS).values(**row, counted_as=0).returning(TERMS.c.id)
            )
            if terms_id is None:
                raise AssertionError("an insert gives its key")
            shared = counted_as.setdefault(_counting(terms), terms_id)
            self._connection.execute(update(TERMS).where(TERMS.c.id == terms_id).values(counted_as=shared))

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
            "watching": watching_to_json(objective.watching),
            "supports": list(objective.supports),
            **asking_to_row(objective, self._people.reference),
        }


def _in_force(objective: Objective, at: datetime) -> bool:
    return objective.retired_at is None or at < objective.retired_at


def _counting(terms: Terms) -> tuple[str, str | None]:
    """What makes the counts of two versions of the terms the same."""
    return terms.method.counting, terms.agreement


def _kept(row: Row[Any], versions: list[Row[Any]], scoping: Scoping, named: Callable[[str], str]) -> Kept:
    objective = Objective(
        name=row.name,
        service=row.service,
        versions=tuple(terms_from_row(version) for version in versions),
        display_name=row.display_name,
        description=row.description,
        labels=labels_from_json(row.labels),
        retired_at=row.retired_at,
        slo=row.slo,
        watching=watching_from_json(row.watching),
        supports=tuple(row.supports),
        roles=roles_from_json(row.roles),
        acknowledging=acknowledging_from_row(row),
        slack_changes=slack_changes_from_json(row.slack_changes, named),
    )
    layers = tuple(scoping.layers(objective, terms) for terms in objective.versions)
    return Kept(
        row.id,
        row.first_minute,
        objective,
        tuple(version.id for version in versions),
        tuple(version.counted_as for version in versions),
        tuple(one.agreement for one in layers),
        row.pruned_until,
        layers,
    )

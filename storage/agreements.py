"""Agreements: promises between two parties."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, delete, select

from domain.agreement import Agreement, AgreementKind, DisputeRules
from domain.time_limit import LimitUnit, TimeLimit
from storage.bulk import save_by_name
from storage.schema import AgreementRow, table_of
from storage.versions import DefinitionsVersion

TABLE = table_of(AgreementRow)


class Agreements:
    """The agreements of one workspace."""

    def __init__(self, connection: Connection, workspace_id: int, version: DefinitionsVersion) -> None:
        self._connection = connection
        self._workspace_id = workspace_id
        self._version = version

    def all(self) -> list[Agreement]:
        """All of them, by name."""
        query = select(TABLE).where(TABLE.c.workspace_id == self._workspace_id).order_by(TABLE.c.name)
        return [_agreement(row) for row in self._connection.execute(query)]

    def save(self, agreements: Iterable[Agreement]) -> None:
        """Add them, or replace those of the same name; within `Measurements.recounted`, as they decide what counts."""
        rows = [{"workspace_id": self._workspace_id, **_row(agreement)} for agreement in agreements]
        save_by_name(self._connection, TABLE, rows)
        self._version.raise_it()

    def remove(self, names: Iterable[str]) -> None:
        """Remove those of these names."""
        self._connection.execute(
            delete(TABLE).where(TABLE.c.workspace_id == self._workspace_id, TABLE.c.name.in_(list(names)))
        )
        self._version.raise_it()


def _row(agreement: Agreement) -> dict[str, Any]:
    return {
        "name": agreement.name,
        "kind": agreement.kind.value,
        "provider": agreement.provider,
        "customer": agreement.customer,
        "contact": agreement.contact,
        "effective_from": agreement.effective_from,
        "effective_until": agreement.effective_until,
        "review": agreement.review,
        "service_hours": agreement.service_hours,
        "answer_within": _limit_to_text(agreement.disputes.answer_within),
        "rule_within": _limit_to_text(agreement.disputes.rule_within),
        "arbiter": agreement.disputes.arbiter,
        "maintenance_notice": _limit_to_text(agreement.maintenance_notice),
        "claim_within": _limit_to_text(agreement.claim_within),
    }


def _agreement(row: Row[Any]) -> Agreement:
    return Agreement(
        name=row.name,
        kind=AgreementKind(row.kind),
        provider=row.provider,
        customer=row.customer,
        contact=row.contact,
        effective_from=row.effective_from,
        effective_until=row.effective_until,
        review=row.review,
        service_hours=row.service_hours,
        disputes=DisputeRules(
            _limit_from_text(row.answer_within), _limit_from_text(row.rule_within), row.arbiter
        ),
        maintenance_notice=_limit_from_text(row.maintenance_notice),
        claim_within=_limit_from_text(row.claim_within),
    )


def _limit_to_text(limit: TimeLimit | None) -> str | None:
    return None if limit is None else str(limit)


def _limit_from_text(stored: str | None) -> TimeLimit | None:
    if stored is None:
        return None
    count = stored.rstrip("wdh")
    return TimeLimit(int(count), LimitUnit(stored[len(count) :]))

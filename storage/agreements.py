"""Agreements: promises between two parties."""

from typing import Any

from sqlalchemy import Row

from domain.agreement import Agreement, AgreementKind, DisputeRules
from domain.time_limit import LimitUnit, TimeLimit
from storage.named import Named
from storage.schema import AgreementRow, table_of


class Agreements(Named[Agreement]):
    """The agreements of one workspace."""

    table = table_of(AgreementRow)

    @staticmethod
    def to_row(item: Agreement) -> dict[str, Any]:
        """The columns that say it."""
        return _row(item)

    @staticmethod
    def from_row(row: Row[Any]) -> Agreement:
        """What `to_row` wrote."""
        return _agreement(row)


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
        "answer_within": limit_to_text(agreement.disputes.answer_within),
        "rule_within": limit_to_text(agreement.disputes.rule_within),
        "arbiter": agreement.disputes.arbiter,
        "maintenance_notice": limit_to_text(agreement.maintenance_notice),
        "claim_within": limit_to_text(agreement.claim_within),
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
            limit_from_text(row.answer_within), limit_from_text(row.rule_within), row.arbiter
        ),
        maintenance_notice=limit_from_text(row.maintenance_notice),
        claim_within=limit_from_text(row.claim_within),
    )


def limit_to_text(limit: TimeLimit | None) -> str | None:
    """As definitions write it: "5wd"."""
    return None if limit is None else str(limit)


def limit_from_text(stored: str | None) -> TimeLimit | None:
    """What `limit_to_text` wrote."""
    if stored is None:
        return None
    count = stored.rstrip("wdh")
    return TimeLimit(int(count), LimitUnit(stored[len(count) :]))

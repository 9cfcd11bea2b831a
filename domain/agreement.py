"""Agreements: promises between two parties."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.time_limit import TimeLimit


class AgreementKind(StrEnum):
    """To a customer, between teams of the provider, by a third party."""

    SLA = "SLA"
    OLA = "OLA"
    UC = "UC"


@dataclass(frozen=True, slots=True)
class DisputeRules:
    """Until when a dispute is answered and ruled; `arbiter` rules where no service level manager is neutral."""

    answer_within: TimeLimit | None = None
    rule_within: TimeLimit | None = None
    arbiter: str | None = None


NO_RULES = DisputeRules()


@dataclass(frozen=True, slots=True)
class Agreement:
    """A promise by one team (`provider`) to another (`customer`).

    `effective_until` is its last day, in the provider's zone; `service_hours` names a calendar, None is
    round the clock. Planned work announced later than `maintenance_notice` ahead counts.
    """

    name: str
    kind: AgreementKind
    provider: str
    customer: str
    contact: str | None = None
    effective_from: date | None = None
    effective_until: date | None = None
    review: date | None = None
    service_hours: str | None = None
    disputes: DisputeRules = NO_RULES
    maintenance_notice: TimeLimit | None = None
    claim_within: TimeLimit | None = None

    @property
    def outsider(self) -> str | None:
        """The party that is no team of the provider; None where both are."""
        if self.kind is AgreementKind.OLA:
            return None
        return self.customer if self.kind is AgreementKind.SLA else self.provider

    def in_effect(self, on: date) -> bool:
        """Whether it holds on the date `on` of the provider's zone."""
        begun = self.effective_from is None or self.effective_from <= on
        return begun and (self.effective_until is None or on <= self.effective_until)

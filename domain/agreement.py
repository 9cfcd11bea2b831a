"""Agreements: promises between two parties."""

from dataclasses import dataclass
from enum import StrEnum


class AgreementKind(StrEnum):
    """To a customer, between teams of the provider, by a third party."""

    SLA = "SLA"
    OLA = "OLA"
    UC = "UC"


@dataclass(frozen=True, slots=True)
class Agreement:
    """A promise by one team (`provider`) to another (`customer`)."""

    name: str
    kind: AgreementKind
    provider: str
    customer: str

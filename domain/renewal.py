"""Renewal: agreements that end soon or have ended, and reviews that are due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.agreement import Agreement

ENDS_WITHIN = timedelta(days=30)
REVIEWED_WITHIN = timedelta(days=14)
TOLD_AFTER = timedelta(days=30)
"""How long an end or a review that has passed is still told."""


class DueKind(StrEnum):
    """What is due."""

    END = "end"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Due:
    """An agreement's last day or review, `on` a date of the provider's zone; it may have passed."""

    kind: DueKind
    agreement: Agreement
    on: date


def due(agreements: Iterable[Agreement], *, on: date) -> list[Due]:
    """The ends within 30 days and the reviews within 14, and both for 30 days after, in order."""
    found = [
        Due(kind, agreement, day)
        for agreement in agreements
        for kind, day, within in (
            (DueKind.END, agreement.effective_until, ENDS_WITHIN),
            (DueKind.REVIEW, agreement.review, REVIEWED_WITHIN),
        )
        if day is not None and on - TOLD_AFTER <= day <= on + within
    ]
    return sorted(found, key=lambda one: (one.on, one.agreement.name, one.kind))

"""Renewal: agreements that end soon or ran out, and reviews that are due."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.agreement import Agreement

AHEAD = timedelta(days=30)
"""So long before an end or a review it is told once."""

SOON = timedelta(days=7)
"""So long before, it is told every time."""

A_DAY = timedelta(days=1)
OVERDUE = timedelta(days=7)
"""So long after its day a review is asked for."""

MISSED = timedelta(days=30)
"""So long after an agreement ran out that is told."""


class DueKind(StrEnum):
    """What is due."""

    END = "end"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Due:
    """An agreement's last day or review, `on` a date of the provider's zone; it may have passed.

    Of an end: whether another agreement is `replaced_by`, and how many objectives are not counted because of it.
    """

    kind: DueKind
    agreement: Agreement
    on: date
    replaced_by: str | None = None
    uncounted: int = 0


@dataclass(frozen=True, slots=True)
class Days:
    """The date on which it is told, and that of the last time that anything was told; None where there was none."""

    on: date
    told: date | None = None

    def tells_ahead(self, day: date) -> bool:
        """Once within 30 days, then every time from the last seven days to the day itself."""
        if not timedelta(0) <= day - self.on <= AHEAD:
            return False
        return day - self.on <= SOON or self.told is None or self.told < day - AHEAD


def due(agreement: Agreement, others: Collection[Agreement], days: Days, *, uncounted: int = 0) -> list[Due]:
    """What is to be told of it; `others` may stand in its place, `uncounted` objectives wait for that."""
    found = [_end(agreement, others, days, uncounted), _review(agreement, days)]
    return sorted((one for one in found if one), key=lambda one: (one.on, one.kind))


def in_place_of(agreement: Agreement, others: Collection[Agreement], *, on: date) -> str | None:
    """An agreement of its kind between the same parties that holds on the date, or on the day after it ended."""
    after = agreement.effective_until + A_DAY if agreement.effective_until else on
    alike = (agreement.kind, agreement.provider, agreement.customer)
    for other in sorted(others, key=lambda one: one.name):
        same = other.name != agreement.name and (other.kind, other.provider, other.customer) == alike
        if same and ((other.in_effect(on) and on >= after) or other.in_effect(after)):
            return other.name
    return None


def _end(agreement: Agreement, others: Collection[Agreement], days: Days, uncounted: int) -> Due | None:
    last = agreement.effective_until
    if last is None:
        return None
    found = Due(DueKind.END, agreement, last, in_place_of(agreement, others, on=days.on), uncounted)
    if last >= days.on:
        return found if days.tells_ahead(last) else None
    ran_out = uncounted or not found.replaced_by
    return found if ran_out and days.on - last <= MISSED else None


def _review(agreement: Agreement, days: Days) -> Due | None:
    """Nothing is reviewed that has ended by then."""
    day, last = agreement.review, agreement.effective_until
    if day is None or (last and last < max(day, days.on)):
        return None
    overdue = timedelta(0) < days.on - day <= OVERDUE
    return Due(DueKind.REVIEW, agreement, day) if overdue or days.tells_ahead(day) else None

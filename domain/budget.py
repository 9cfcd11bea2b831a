"""The error budget: what may still fail. Source of the formulas: SRE Workbook, chapter 5, and OpenSLO v1."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from domain.counts import RATIO_SCALE, Counts
from domain.method import Method, RatioTimeslices

NOTHING_BURNT = Fraction(0)


@dataclass(frozen=True, slots=True)
class ErrorBudget:
    """`allowed` and `spent` in the unit of the method: events, or minutes for the slice methods."""

    unit: str
    allowed: Fraction
    spent: Fraction

    @property
    def left(self) -> Fraction:
        """What may still fail; negative where overspent, never clamped."""
        return self.allowed - self.spent

    @property
    def left_ratio(self) -> Fraction | None:
        """`left` ÷ `allowed`; None where nothing is allowed yet."""
        return 1 - self.spent / self.allowed if self.allowed else None


def overspends(target: Fraction, bad: int, total: int) -> bool:
    """Whether `bad` is more than (1 − target) × `total`, in integers: asked for every objective of a digest."""
    return bad * target.denominator > total * (target.denominator - target.numerator)


def units_per_slice(method: Method) -> int:
    """What one slice is of what `method` judges: 1, or 10¹¹ where ratios are added up."""
    return RATIO_SCALE if isinstance(method, RatioTimeslices) else 1


def budget_of(method: Method, target: Fraction, counts: Counts, *, slices_to_come: int = 0) -> ErrorBudget:
    """(1 − target) × what is counted (and, for the slice methods, the slices to come); spent is what was bad.

    For Occurrences the budget is that of the events so far.
    """
    good, total = method.judged(counts)
    allowance = 1 - target
    if not method.slice_minutes:
        return ErrorBudget("events", allowance * total, Fraction(total - good))
    slices = counts.slices_total + slices_to_come
    return ErrorBudget(
        "minutes",
        allowance * slices * method.slice_minutes,
        Fraction((total - good) * method.slice_minutes, units_per_slice(method)),
    )


def burn_rates(method: Method, target: Fraction, spans: Mapping[str, Counts]) -> dict[str, Fraction | None]:
    """Error rate ÷ (1 − target) of each span: 1 exactly uses up the budget. None where nothing was counted."""
    whole, allowed = target.denominator, target.denominator - target.numerator
    rates: dict[str, Fraction | None] = {}
    for name, counts in spans.items():
        good, total = method.judged(counts)
        if good == total:
            rates[name] = NOTHING_BURNT if total else None
        else:
            rates[name] = Fraction((total - good) * whole, total * allowed)
    return rates

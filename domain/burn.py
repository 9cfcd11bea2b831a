"""Burn conditions: when the error budget is being lost so fast that somebody should know.

Source: SRE Workbook, chapter 5, "Multiwindow, Multi-Burn-Rate Alerts": each condition has a long window, that says that
it matters, and a short one, that says that it goes on.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from domain.counts import Counts
from domain.interval import is_surely_below
from domain.method import Method
from domain.minutes import DAY, HOUR

MIN_BAD_EVENTS = 3
"""Where events are few, so many must have failed: one or two are chance."""

SLOWEST = Fraction(14, 15)
"""Below this pace, that of the slowest default at 28 days, no default warns: slower is within the target."""


class Severity(StrEnum):
    """A page is urgent, at any hour; a ticket can wait, and is held back in quiet hours."""

    PAGE = "page"
    TICKET = "ticket"


@dataclass(frozen=True, slots=True)
class BurnCondition:
    """Holds where the burn rate is above `threshold` in each of `windows` (minutes, the longest first).

    With `inclusive` at the threshold too. It must hold for `after` minutes before anybody is told.
    """

    severity: Severity
    threshold: Fraction
    windows: tuple[int, ...]
    inclusive: bool = False
    after: int = 0

    def unreachable(self, target: Fraction) -> bool:
        """Whether not even a total outage makes it hold: the largest possible burn rate is 1 ÷ (1 − target)."""
        largest = 1 / (1 - target)
        return self.threshold > largest or (self.threshold == largest and not self.inclusive)


@dataclass(frozen=True, slots=True)
class _Share:
    """A default: so large a share of the budget in the long window."""

    severity: Severity
    share: Fraction
    long: int
    short: int


DEFAULTS = (
    _Share(Severity.PAGE, Fraction(2, 100), HOUR, 5),
    _Share(Severity.PAGE, Fraction(5, 100), 6 * HOUR, 30),
    _Share(Severity.TICKET, Fraction(10, 100), DAY, 2 * HOUR),
    _Share(Severity.TICKET, Fraction(10, 100), 3 * DAY, 6 * HOUR),
)
"""Of the SRE Workbook; at 30 days round the clock they are burn rates of 14.4, 6, 3 and 1."""


@lru_cache(maxsize=4096)
def default_conditions(target: Fraction, period: int, countable: int) -> tuple[BurnCondition, ...]:
    """The defaults for a period of so many minutes, of which `countable` count; without those that make no sense.

    Threshold = countable minutes of the period × share of the budget ÷ minutes of the long window. Where only
    service hours count, a window of a day or longer has no more of them than its part of the period.
    """
    made = (_condition(one, period, countable) for one in DEFAULTS if one.long <= period)
    return tuple(one for one in made if countable and not one.unreachable(target))


def left_out(target: Fraction, period: int, countable: int) -> list[BurnCondition]:
    """The defaults that are too long for the period, or could never hold."""
    kept = default_conditions(target, period, countable)
    every = (_condition(one, period, max(countable, 1)) for one in DEFAULTS)
    return [one for one in every if one not in kept]


def _condition(default: _Share, period: int, countable: int) -> BurnCondition:
    counted = Fraction(default.long)
    if default.long >= DAY:
        counted *= Fraction(countable, period)
    threshold = max(countable * default.share / counted, SLOWEST)
    return BurnCondition(default.severity, threshold, (default.long, default.short))


def first_holding(
    conditions: Sequence[BurnCondition],
    method: Method,
    target: Fraction,
    burns: Mapping[int, Counts],
    *,
    countable: Callable[[int], int],
) -> BurnCondition | None:
    """The first condition that holds; None where none does. See `holding_in`."""
    return next(holding_in(conditions, method, target, burns, countable=countable), None)


def holding_in(
    conditions: Sequence[BurnCondition],
    method: Method,
    target: Fraction,
    burns: Mapping[int, Counts],
    *,
    countable: Callable[[int], int],
) -> Iterator[BurnCondition]:
    """Those that hold, in their order, by the counts of each window (minutes → counts).

    `countable` tells how many minutes of a window count. Raises `KeyError` where a window was not counted.
    Windows shorter than a slice are passed over.
    """
    for condition in conditions:
        if _holds(condition, method, target, burns):
            longest = condition.windows[0]
            if is_evident(method, target, burns[longest], countable(longest)):
                yield condition


def _holds(condition: BurnCondition, method: Method, target: Fraction, burns: Mapping[int, Counts]) -> bool:
    windows = [window for window in condition.windows if window >= method.slice_minutes]
    return bool(windows) and all(
        exceeds(method, target, burns[window], condition.threshold, inclusive=condition.inclusive)
        for window in windows
    )


def exceeds(
    method: Method, target: Fraction, counts: Counts, threshold: Fraction, *, inclusive: bool = False
) -> bool:
    """Whether the burn rate of `counts` is above `threshold`; compared in integers. False where nothing was counted."""
    good, total = method.judged(counts)
    if good == total:
        return False
    allowed = target.denominator - target.numerator
    burnt = (total - good) * target.denominator * threshold.denominator
    bearable = total * allowed * threshold.numerator
    return burnt > bearable or (inclusive and burnt == bearable)


def is_time(method: Method, counts: Counts, countable: int) -> bool:
    """Whether what is counted stands for time: slices, or events that come once a minute (a probe, an imported outage).

    `countable` is how many minutes of the window count.
    """
    return method.slice_minutes > 0 or (counts.total == counts.measured and 2 * counts.measured >= countable)


def is_evident(method: Method, target: Fraction, counts: Counts, countable: int) -> bool:
    """Whether so few events say enough: at least three failed, and Wilson's interval excludes being on target.

    Slices are time, and so are events that come once a minute (a probe, an imported outage): what is bad of
    them was bad. `countable` is how many minutes of the window count.
    """
    if is_time(method, counts, countable):
        return True
    if counts.total - counts.good < MIN_BAD_EVENTS:
        return False
    return is_surely_below(counts.good, counts.total, target)

"""A sight: what one look at an objective tells, each minute, live and in a replay."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from domain.burn import (
    DEFAULTS,
    MIN_BAD_EVENTS,
    SLOWEST,
    BurnCondition,
    default_conditions,
    exceeds,
    holding_in,
    is_time,
)
from domain.counts import RATIO_SCALE, Counts
from domain.method import Method
from domain.minutes import DAY, HOUR, minute_of
from domain.objective import Terms
from domain.scope import Scope
from domain.watching import Watching
from domain.window import Period

QUIET = 15
"""Minutes without a loss after which an episode is over; longer where slices are."""

SILENT_AFTER = 2 * HOUR
"""Minutes that count without a measurement, after which an objective that has them usually is warned of."""

USUAL = 3 * DAY
"""Minutes back in which at least half was measured where measurements come usually."""

LENGTHS = (5, QUIET, 30, HOUR, 2 * HOUR, 6 * HOUR, DAY, 3 * DAY)
"""Windows, in minutes, that every look counts."""

SHORT = tuple(one.short for one in DEFAULTS)
"""The short windows of the default conditions."""

ON_PACE = Fraction(1)
"""The burn rate that exactly uses up the budget."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What a look at `at` has to go by: the counts of each window (minutes → counts), and how the period stands."""

    at: datetime
    terms: Terms
    period: Period
    scope: Scope
    spans: Mapping[int, Counts]
    first_minute: int | None
    breached: bool


@dataclass(frozen=True, slots=True)
class Sight:
    """`conditions` are those that hold, the most severe first; `failing` whether more is lost than the target bears.

    `silent`: nothing came where something usually does. `quiet`: nothing fails, and that is known.
    """

    at: datetime
    conditions: tuple[BurnCondition, ...] = ()
    failing: bool = False
    quiet: bool = True
    silent: bool = False
    heard: bool = True
    breached: bool = False

    @property
    def holding(self) -> BurnCondition | None:
        """The most severe condition that holds."""
        return self.conditions[0] if self.conditions else None


def conditions_of(
    watching: Watching, terms: Terms, period: Period, scope: Scope
) -> tuple[BurnCondition, ...]:
    """Those written down, else the defaults for the period."""
    if watching.conditions is not None:
        return watching.conditions
    start, end = period.start_minute, period.end_minute
    return default_conditions(terms.target, end - start, scope.minutes(start, end))


def quiet_window(method: Method) -> int:
    """The window, one of `LENGTHS`, that tells whether something fails now: it has at least one finished slice."""
    least = max(QUIET, 2 * method.slice_minutes)
    return next(length for length in LENGTHS if length >= least)


def look(glance: Glance, watching: Watching, *, over_at: datetime | None = None) -> Sight:
    """What is to be seen. What was lost before `over_at`, when the last episode was over, warns no more."""
    method, target, spans = glance.terms.method, glance.terms.target, glance.spans
    quiet = quiet_window(method)
    failing = exceeds(method, target, spans[quiet], ON_PACE)
    at = minute_of(glance.at)
    heard = spans[quiet].measured > 0
    holding: tuple[BurnCondition, ...] = ()
    if _may_burn(watching, method, target, spans):
        conditions = conditions_of(watching, glance.terms, glance.period, glance.scope)
        burns = spans if over_at is None else _since(spans, at - minute_of(over_at), quiet)
        holding = tuple(
            holding_in(
                conditions,
                method,
                target,
                burns,
                countable=lambda window: glance.scope.minutes(at - window, at),
            )
        )
    return Sight(
        at=glance.at,
        conditions=holding,
        failing=failing,
        quiet=not failing and _is_known_quiet(glance, quiet, at),
        silent=watching.silent and is_silent(glance),
        heard=heard,
        breached=glance.breached,
    )


def _is_known_quiet(glance: Glance, quiet: int, at: int) -> bool:
    """Whether so little failing says enough: at the last hour's pace as many as make a warning would have failed.

    Where nothing counts there is nothing to know.
    """
    counts, hour = glance.spans[quiet], glance.spans[HOUR]
    countable = glance.scope.minutes(at - quiet, at)
    if not counts.measured:
        return not countable
    if is_time(glance.terms.method, counts, countable):
        return True
    failed = hour.total - hour.good
    return not failed or failed * counts.total >= MIN_BAD_EVENTS * hour.total


def is_silent(glance: Glance) -> bool:
    """Whether nothing was measured in two hours that count, though at least half of the three days before was."""
    if glance.spans[SILENT_AFTER].measured or glance.first_minute is None:
        return False
    at = minute_of(glance.at)
    since = max(glance.first_minute, at - USUAL)
    if glance.scope.minutes(at - SILENT_AFTER, at) < SILENT_AFTER:
        return False
    usual = glance.scope.minutes(since, at - SILENT_AFTER)
    return usual > 0 and 2 * glance.spans[USUAL].measured >= usual


def _may_burn(watching: Watching, method: Method, target: Fraction, spans: Mapping[int, Counts]) -> bool:
    """Whether any condition could hold: asked of all objectives in each minute, so that few are looked at closely.

    Of the defaults each needs its short window to burn faster than the slowest threshold that there is.
    """
    if watching.conditions is not None:
        good, total = method.judged(spans[max(spans)])
        return good != total
    whole = target.denominator
    allowed = (whole - target.numerator) * SLOWEST.numerator
    whole *= SLOWEST.denominator
    for length in SHORT:
        good, total = method.judged(spans[length])
        if (total - good) * whole > total * allowed:
            return True
    return False


def _since(spans: Mapping[int, Counts], elapsed: int, quiet: int) -> dict[int, Counts]:
    """The same windows, with only so much bad as the last `elapsed` minutes had.

    The minutes before those were quiet, so the window next below is taken for them.
    """
    newest = spans[max(length for length in spans if length <= max(elapsed, 0) + quiet)]
    return {
        length: counts if length <= elapsed + quiet else _no_worse(counts, newest)
        for length, counts in spans.items()
    }


def _no_worse(counts: Counts, newest: Counts) -> Counts:
    """`counts` with no more bad than `newest` has."""
    ratios = newest.slices_total * RATIO_SCALE - newest.ratio_sum
    return counts._replace(
        good=max(counts.good, counts.total - (newest.total - newest.good)),
        slices_good=max(counts.slices_good, counts.slices_total - (newest.slices_total - newest.slices_good)),
        ratio_sum=max(counts.ratio_sum, counts.slices_total * RATIO_SCALE - ratios),
    )

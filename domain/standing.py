"""A standing: an objective with its figures and its state at an instant."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from domain.budget import ErrorBudget, budget_of, burn_rates, overspends, units_per_slice
from domain.counts import Counts
from domain.method import Missing
from domain.minutes import DAY, HOUR, minute_of
from domain.objective import Objective, Terms
from domain.scope import ALWAYS, Scope
from domain.window import CalendarWindow, Period

BURN_WINDOWS: Mapping[str, int] = {
    "5m": 5,
    "30m": 30,
    "1h": HOUR,
    "2h": 2 * HOUR,
    "6h": 6 * HOUR,
    "1d": DAY,
    "3d": 3 * DAY,
}
"""Name → length in minutes."""

SILENT_AFTER = DAY
"""Minutes without a measurement after which an objective is silent."""

LOW_BUDGET = Fraction(1, 4)


class State(StrEnum):
    """How an objective stands; the most urgent first."""

    BREACHED = "breached"
    AT_RISK = "at_risk"
    NO_DATA = "no_data"
    MET = "met"


class Reason(StrEnum):
    """Why a state is not met."""

    OVERSPENT = "the budget is overspent"
    OVERSPENT_SO_FAR = "more failed than the events so far allow"
    LOW_BUDGET = "under 25% of the budget is left"
    OPEN_WARNING = "a warning is open"
    NOTHING_MEASURED = "nothing was measured"
    NO_EVENTS = "there were no events"
    LOW_COVERAGE = "too little was measured"


@dataclass(frozen=True, slots=True)
class Figures:
    """What was counted for one objective by an instant.

    `burns` has the counts of each burn window; `first_minute` is the objective's first measured minute
    (None: never measured), `last_minute` its last one before the instant, where known. `spans` has the counts of
    the windows (minutes) that warnings go by, where those were asked for.
    """

    counts: Counts
    burns: Mapping[str, Counts]
    first_minute: int | None
    last_minute: int | None = None
    spans: Mapping[int, Counts] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Upheld:
    """An attainment, and the state that follows from it."""

    attainment: Fraction | None
    state: State


@dataclass(frozen=True, slots=True)
class Standing:
    """An objective with its figures and state at `at`."""

    objective: Objective
    terms: Terms
    at: datetime
    period: Period
    figures: Figures
    coverage: Fraction | None
    state: State
    reason: Reason | None = None
    until: datetime | None = None
    scope: Scope = ALWAYS
    unacknowledged: bool = False
    """Its owner was asked to acknowledge it and did not answer, or declined."""
    contested: tuple[int, ...] = ()
    """The numbers of the undecided disputes about it."""
    if_upheld: Upheld | None = None
    """How it would stand for its owner, were these to succeed; None where its figure would not change."""

    @property
    def name(self) -> str:
        """The objective's name."""
        return self.objective.name

    @property
    def attainment(self) -> Fraction | None:
        """Good ÷ total by the objective's method; None where nothing was measured."""
        return attainment_of(self.terms, self.figures.counts)

    @property
    def budget(self) -> ErrorBudget:
        """The error budget of the period, as known at `at`."""
        to_come = _slices_to_come(self.terms, self.period, minute_of(self.at), self.scope)
        return budget_of(self.terms.method, self.terms.target, self.figures.counts, slices_to_come=to_come)

    @property
    def silent(self) -> bool:
        """Whether nothing was received for 24 hours, of which at least one hour counts."""
        at = minute_of(self.at)
        return self.figures.burns["1d"].measured == 0 and self.scope.minutes(at - SILENT_AFTER, at) >= HOUR

    @property
    def excluded_minutes(self) -> int:
        """Minutes of the period, up to `at`, that would be service hours but are excluded."""
        end = min(self.period.end_minute, minute_of(self.at))
        return self.scope.excluded_minutes(self.period.start_minute, end)

    def burn_rates(self) -> dict[str, Fraction | None]:
        """The burn rate of each burn window; None without data, and for windows shorter than a slice."""
        rates = burn_rates(self.terms.method, self.terms.target, self.figures.burns)
        too_short = [window for window in rates if BURN_WINDOWS[window] < self.terms.method.slice_minutes]
        return rates | dict.fromkeys(too_short)


def attainment_of(terms: Terms, counts: Counts) -> Fraction | None:
    """Good ÷ total by the method of `terms`; None where nothing was measured."""
    good, total = terms.method.judged(counts)
    return Fraction(good, total) if total else None


def stand(
    objective: Objective,
    terms: Terms,
    period: Period,
    figures: Figures,
    *,
    at: datetime,
    scope: Scope = ALWAYS,
    warned: bool = False,
) -> Standing:
    """The standing of `objective` under `terms` at `at`; where a warning is open (`warned`), met is at risk.

    `until` is filled in where it follows from the period; when a loss leaves a rolling window is for
    `domain.recovery` to say.
    """
    judge = _Judge(terms, period, figures, minute_of(at), scope)
    state, reason = judge.state()
    until = period.end if judge.lasts_to_period_end(state) else None
    if warned and state is State.MET:
        state, reason = State.AT_RISK, Reason.OPEN_WARNING
    return Standing(objective, terms, at, period, figures, judge.coverage(), state, reason, until, scope)


def _slices_to_come(terms: Terms, period: Period, at: int, scope: Scope) -> int:
    """Slices of the period that count and have not ended by the minute `at`; a rolling window has none."""
    length = terms.method.slice_minutes
    if not (length and isinstance(terms.window, CalendarWindow)):
        return 0
    return scope.slices(max(period.start_minute, at - length + 1), period.end_minute, length)


class _Judge:
    """Applies the decisions of design.md to the figures of one objective at the minute `at`.

    Everything is compared in integers: no ratio is made where only an order is wanted.
    """

    def __init__(self, terms: Terms, period: Period, figures: Figures, at: int, scope: Scope) -> None:
        self._terms = terms
        self._period = period
        self._scope = scope
        self._counts = figures.counts
        self._at = at
        self._start = period.start_minute
        self._end = min(period.end_minute, at)
        self._begun = self._end if figures.first_minute is None else max(self._start, figures.first_minute)
        self._countable = scope.minutes(self._begun, self._end)
        self._good, self._total = terms.method.judged(figures.counts)

    def coverage(self) -> Fraction | None:
        """Measured share of the countable minutes from the later of period start and first one, up to `at`."""
        return Fraction(self._counts.measured, self._countable) if self._countable > 0 else None

    def state(self) -> tuple[State, Reason | None]:
        """The state, and why it is not met."""
        if not self._total:
            empty = Reason.NO_EVENTS if self._counts.measured else Reason.NOTHING_MEASURED
            return State.NO_DATA, empty
        if not self._covered():
            if self._counts.measured and self._overspends_whole_period():
                return State.BREACHED, Reason.OVERSPENT
            return State.NO_DATA, Reason.LOW_COVERAGE
        return self._state_by_budget()

    def lasts_to_period_end(self, state: State) -> bool:
        """Whether a calendar period's end is what ends `state`: events yet to come may end at_risk earlier."""
        if state is State.MET or not self._calendar:
            return False
        return state is State.BREACHED or (state is State.AT_RISK and self._terms.method.slice_minutes > 0)

    def _most_missing(self) -> int:
        """The most of the bad slices that can be bad only because nothing was measured in them."""
        length = self._terms.method.slice_minutes
        if self._terms.method.missing is not Missing.BAD:
            return 0
        missing = max(0, self._countable - self._counts.measured)
        if not self._scope.whole:
            # Slices of which only a part counts are missing sooner.
            missing += self._scope.slices(self._begun, self._end, length) * length - self._countable
        return missing // length

    @property
    def _calendar(self) -> bool:
        return isinstance(self._terms.window, CalendarWindow)

    def _covered(self) -> bool:
        least = self._terms.min_coverage
        return (
            self._countable > 0
            and self._counts.measured * least.denominator >= self._countable * least.numerator
        )

    def _state_by_budget(self) -> tuple[State, Reason | None]:
        terms, bad = self._terms, self._total - self._good
        to_come = _slices_to_come(terms, self._period, self._at, self._scope) * units_per_slice(terms.method)
        whole = self._total + to_come
        if overspends(terms.target, bad, whole):
            measured, growing = self._growth()
            if overspends(terms.target, bad * measured, whole * growing):
                return State.BREACHED, Reason.OVERSPENT
            return State.AT_RISK, Reason.OVERSPENT_SO_FAR
        kept = LOW_BUDGET.denominator - LOW_BUDGET.numerator
        if overspends(terms.target, bad * LOW_BUDGET.denominator, whole * kept):
            return State.AT_RISK, Reason.LOW_BUDGET
        return State.MET, None

    def _growth(self) -> tuple[int, int]:
        """How a calendar period's budget of events grows if events go on as measured so far: from what to what."""
        if self._terms.method.slice_minutes or not self._calendar:
            return 1, 1
        measured = self._counts.measured
        return measured, measured + self._scope.minutes(self._end, self._period.end_minute)

    def _overspends_whole_period(self) -> bool:
        """Whether more was measured as bad than the budget if the whole period were measured like that part."""
        terms, start, end = self._terms, self._start, self._period.end_minute
        bad, length = self._total - self._good, terms.method.slice_minutes
        if length:
            units = units_per_slice(terms.method)
            slices = self._scope.slices(start, end, length)
            return overspends(terms.target, bad - self._most_missing() * units, slices * units)
        return overspends(
            terms.target, bad * self._counts.measured, self._total * self._scope.minutes(start, end)
        )

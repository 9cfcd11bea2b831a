"""A standing: an objective with its figures and its state at an instant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from domain.budget import ErrorBudget, budget_of, burn_rate
from domain.counts import Counts
from domain.minutes import DAY, HOUR, minute_of, multiples_before
from domain.objective import Objective, Terms
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
    NOTHING_MEASURED = "nothing was measured"
    NO_EVENTS = "there were no events"
    LOW_COVERAGE = "too little was measured"


@dataclass(frozen=True, slots=True)
class Figures:
    """What was counted for one objective by an instant.

    `burns` has the counts of each burn window; `first_minute` is the objective's first measured minute
    (None: never measured), `last_minute` its last one before the instant, where known.
    """

    counts: Counts
    burns: Mapping[str, Counts]
    first_minute: int | None
    last_minute: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """An objective with its figures and state at `at`."""

    objective: Objective
    terms: Terms
    at: datetime
    period: Period
    figures: Figures
    budget: ErrorBudget
    coverage: Fraction | None
    state: State
    reason: Reason | None = None
    until: datetime | None = None

    @property
    def name(self) -> str:
        """The objective's name."""
        return self.objective.name

    @property
    def attainment(self) -> Fraction | None:
        """Good ÷ total by the objective's method; None where nothing was measured."""
        return attainment_of(self.terms, self.figures.counts)

    @property
    def silent(self) -> bool:
        """Whether nothing was received for 24 hours."""
        return self.figures.burns["1d"].measured == 0

    def burn_rates(self) -> dict[str, Fraction | None]:
        """The burn rate of each burn window; None without data, and for windows shorter than a slice."""
        terms, slice_minutes = self.terms, self.terms.method.slice_minutes
        return {
            window: None
            if BURN_WINDOWS[window] < slice_minutes
            else burn_rate(terms.method, terms.target, counts)
            for window, counts in self.figures.burns.items()
        }


def attainment_of(terms: Terms, counts: Counts) -> Fraction | None:
    """Good ÷ total by the method of `terms`; None where nothing was measured."""
    good, total = terms.method.judged(counts)
    return Fraction(good, total) if total else None


def stand(objective: Objective, terms: Terms, period: Period, figures: Figures, *, at: datetime) -> Standing:
    """The standing of `objective` under `terms` at `at`.

    `until` is filled in where it follows from the period; when a loss leaves a rolling window is for
    `domain.recovery` to say.
    """
    judge = _Judge(terms, period, figures, minute_of(at))
    budget = budget_of(terms.method, terms.target, figures.counts, slices_to_come=judge.slices_to_come())
    state, reason = judge.state(budget)
    until = period.end if judge.lasts_to_period_end(state) else None
    return Standing(objective, terms, at, period, figures, budget, judge.coverage(), state, reason, until)


@dataclass(frozen=True, slots=True)
class _Judge:
    """Applies the decisions of design.md to the figures of one objective at the minute `at`."""

    terms: Terms
    period: Period
    figures: Figures
    at: int

    def coverage(self) -> Fraction | None:
        """Measured share of the minutes from the later of period start and first measured minute, up to `at`."""
        if self.figures.first_minute is None:
            return None
        countable = self._end - max(self.period.start_minute, self.figures.first_minute)
        return Fraction(self.figures.counts.measured, countable) if countable > 0 else None

    def slices_to_come(self) -> int:
        """Slices of the period that have not ended by `at`; a rolling window has none."""
        length = self.terms.method.slice_minutes
        if not (length and self._calendar):
            return 0
        unfinished_from = max(self.period.start_minute, self.at - length + 1)
        return multiples_before(self.period.end_minute, length) - multiples_before(unfinished_from, length)

    def state(self, budget: ErrorBudget) -> tuple[State, Reason | None]:
        """The state, and why it is not met."""
        if not self.terms.method.judged(self.figures.counts)[1]:
            empty = Reason.NO_EVENTS if self.figures.counts.measured else Reason.NOTHING_MEASURED
            return State.NO_DATA, empty
        coverage = self.coverage()
        if coverage is None or coverage < self.terms.min_coverage:
            if self.figures.counts.measured and budget.spent > self._budget_of_whole_period():
                return State.BREACHED, Reason.OVERSPENT
            return State.NO_DATA, Reason.LOW_COVERAGE
        return self._state_by_budget(budget)

    def lasts_to_period_end(self, state: State) -> bool:
        """Whether a calendar period's end is what ends `state`: events yet to come may end at_risk earlier."""
        return self._calendar and (
            state is State.BREACHED or (state is State.AT_RISK and self.terms.method.slice_minutes > 0)
        )

    @property
    def _calendar(self) -> bool:
        return isinstance(self.terms.window, CalendarWindow)

    @property
    def _end(self) -> int:
        return min(self.period.end_minute, self.at)

    def _state_by_budget(self, budget: ErrorBudget) -> tuple[State, Reason | None]:
        if budget.spent > budget.allowed:
            if budget.spent > budget.allowed * self._growth():
                return State.BREACHED, Reason.OVERSPENT
            return State.AT_RISK, Reason.OVERSPENT_SO_FAR
        if budget.left < LOW_BUDGET * budget.allowed:
            return State.AT_RISK, Reason.LOW_BUDGET
        return State.MET, None

    def _growth(self) -> Fraction:
        """How much larger a calendar period's budget of events becomes if events go on as measured so far."""
        if self.terms.method.slice_minutes or not self._calendar:
            return Fraction(1)
        to_come = self.period.end_minute - self._end
        return 1 + Fraction(to_come, self.figures.counts.measured)

    def _budget_of_whole_period(self) -> Fraction:
        """The budget if the whole period were measured like the part that was."""
        length, start, end = self.terms.method.slice_minutes, self.period.start_minute, self.period.end_minute
        allowance = 1 - self.terms.target
        if length:
            return allowance * length * (multiples_before(end, length) - multiples_before(start, length))
        counts = self.figures.counts
        return allowance * counts.total * Fraction(end - start, counts.measured)

"""The decisions of design.md that concern states, budgets and coverage, each by its case."""

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

import pytest

from domain.counts import NOTHING, RATIO_SCALE, Counts
from domain.method import Method, Missing, Occurrences, RatioTimeslices, Timeslices
from domain.objective import Indicator, Objective, Terms, default_min_coverage
from domain.standing import BURN_WINDOWS, Figures, Reason, Standing, State, stand
from domain.window import CalendarUnit, CalendarWindow, RollingWindow, Window

MONTH = CalendarWindow(CalendarUnit.MONTH)
ROLLING = RollingWindow(days=30)
TENTH = datetime(2026, 11, 10, tzinfo=UTC)
"""Nine of November's thirty days have passed."""
NINE_DAYS = 9 * 1440
SLICES = Timeslices(Fraction(9, 10), 1)


def standing(
    counts: Counts, method: Method, window: Window, *, at: datetime = TENTH, coverage: Fraction | None = None
) -> Standing:
    terms = Terms(
        Fraction(99, 100),
        window,
        method,
        Indicator("sli"),
        min_coverage=default_min_coverage(method) if coverage is None else coverage,
    )
    period = window.period(at=at)
    figures = Figures(counts, dict.fromkeys(BURN_WINDOWS, NOTHING), period.start_minute)
    return stand(Objective("checkout", "shop", (terms,)), terms, period, figures, at=at)


def events(bad: int, total: int, measured: int = NINE_DAYS) -> Counts:
    return Counts(total - bad, total, 0, 0, measured, 0)


def slices(bad: int, total: int, measured: int | None = None) -> Counts:
    return Counts(
        0, 0, total - bad, total, total if measured is None else measured, (total - bad) * RATIO_SCALE
    )


CASES = [
    pytest.param(
        events(100, 10_000),
        Occurrences(),
        ROLLING,
        "at_risk",
        Reason.LOW_BUDGET,
        id="equality is met: 0 left",
    ),
    pytest.param(
        events(101, 10_000), Occurrences(), ROLLING, "breached", Reason.OVERSPENT, id="one over is breached"
    ),
    pytest.param(events(75, 10_000), Occurrences(), ROLLING, "met", None, id="25 % left is met"),
    pytest.param(
        events(76, 10_000), Occurrences(), ROLLING, "at_risk", Reason.LOW_BUDGET, id="under 25 % is at risk"
    ),
    pytest.param(
        events(101, 10_000),
        Occurrences(),
        MONTH,
        "at_risk",
        Reason.OVERSPENT_SO_FAR,
        id="a calendar month's events to come may still make up for it",
    ),
    pytest.param(
        events(333, 10_000),
        Occurrences(),
        MONTH,
        "at_risk",
        Reason.OVERSPENT_SO_FAR,
        id="up to the budget × (1 + 21 days to come ÷ 9 days measured)",
    ),
    pytest.param(
        events(334, 10_000), Occurrences(), MONTH, "breached", Reason.OVERSPENT, id="and not beyond"
    ),
    pytest.param(
        slices(432, NINE_DAYS),
        SLICES,
        MONTH,
        "at_risk",
        Reason.LOW_BUDGET,
        id="slices: 1 % of the whole month",
    ),
    pytest.param(
        slices(433, NINE_DAYS), SLICES, MONTH, "breached", Reason.OVERSPENT, id="slices: one over that"
    ),
    pytest.param(
        slices(324, NINE_DAYS), SLICES, MONTH, "met", None, id="slices: 25 % of the whole month left"
    ),
    pytest.param(
        slices(433, 30 * 1440), SLICES, ROLLING, "breached", Reason.OVERSPENT, id="rolling: no slices to come"
    ),
    pytest.param(
        NOTHING, Occurrences(), ROLLING, "no_data", Reason.NOTHING_MEASURED, id="nothing is never 100 %"
    ),
    pytest.param(events(0, 0), Occurrences(), ROLLING, "no_data", Reason.NO_EVENTS, id="no events"),
    pytest.param(
        events(0, 10, 1),
        Occurrences(),
        ROLLING,
        "met",
        None,
        id="Occurrences need no coverage: it may be no traffic",
    ),
    pytest.param(
        slices(0, NINE_DAYS // 2 - 1),
        SLICES,
        MONTH,
        "no_data",
        Reason.LOW_COVERAGE,
        id="slices need half measured",
    ),
    pytest.param(slices(0, NINE_DAYS // 2), SLICES, MONTH, "met", None, id="half is enough"),
    pytest.param(
        slices(433, NINE_DAYS // 3),
        SLICES,
        MONTH,
        "breached",
        Reason.OVERSPENT,
        id="little measured, but the whole month's budget is overspent",
    ),
    pytest.param(
        slices(432, NINE_DAYS // 3),
        SLICES,
        MONTH,
        "no_data",
        Reason.LOW_COVERAGE,
        id="or just used up: no data",
    ),
]


@pytest.mark.parametrize(("counts", "method", "window", "state", "reason"), CASES)
def test_state(counts: Counts, method: Method, window: Window, state: str, reason: Reason | None) -> None:
    found = standing(counts, method, window)
    assert (found.state, found.reason) == (State(state), reason)


def test_what_is_only_missing_breaches_nothing_where_little_was_measured() -> None:
    missing = Timeslices(Fraction(1), 1, Missing.BAD)
    silent = standing(slices(NINE_DAYS - 1, NINE_DAYS, measured=1), missing, MONTH)
    assert (silent.state, silent.reason) == (State.NO_DATA, Reason.LOW_COVERAGE)
    measured = NINE_DAYS // 3
    down = standing(slices(NINE_DAYS - measured + 433, NINE_DAYS, measured=measured), missing, MONTH)
    assert (down.state, down.reason) == (State.BREACHED, Reason.OVERSPENT)


def test_a_set_coverage_is_asked_of_events_too() -> None:
    found = standing(events(0, 100, NINE_DAYS // 2), Occurrences(), MONTH, coverage=Fraction(3, 4))
    assert (found.state, found.coverage) == (State.NO_DATA, Fraction(1, 2))


def test_coverage_counts_from_the_first_measured_minute() -> None:
    found = standing(events(0, 100, 60), Occurrences(), MONTH)
    late = replace(found.figures, first_minute=found.period.start_minute + NINE_DAYS - 120)
    again = stand(found.objective, found.terms, found.period, late, at=TENTH)
    assert (found.coverage, again.coverage) == (Fraction(60, NINE_DAYS), Fraction(1, 2))


def test_spent_is_signed_and_never_clamped() -> None:
    assert standing(events(112, 10_000), Occurrences(), ROLLING).budget.left_ratio == Fraction(-12, 100)


def test_budgets_of_the_three_methods() -> None:
    assert standing(events(3, 1_000), Occurrences(), MONTH).budget.allowed == 10
    month = standing(slices(3, NINE_DAYS), Timeslices(Fraction(1), 5), MONTH).budget
    assert (month.unit, month.spent) == ("minutes", Fraction(15))
    ratio = standing(slices(0, 100)._replace(ratio_sum=99 * RATIO_SCALE), RatioTimeslices(5), ROLLING).budget
    assert (ratio.allowed, ratio.spent) == (Fraction(5), Fraction(5))


def test_a_weekly_9995_budget_of_one_minute_slices_is_504_minutes() -> None:
    week = CalendarWindow(CalendarUnit.WEEK)
    terms = Terms(Fraction("0.9995"), week, SLICES, Indicator("sli"))
    at = datetime(2026, 11, 25, tzinfo=UTC)
    period = week.period(at=at)
    figures = Figures(slices(0, 2 * 1440), dict.fromkeys(BURN_WINDOWS, NOTHING), period.start_minute)
    assert stand(Objective("o", "s", (terms,)), terms, period, figures, at=at).budget.allowed == Fraction(
        "5.04"
    )


def test_an_unfinished_slice_is_still_to_come() -> None:
    at = datetime(2026, 11, 1, 0, 7, tzinfo=UTC)
    found = standing(slices(0, 1, 7), Timeslices(Fraction(1), 5), MONTH, at=at)
    assert found.budget.allowed == Fraction(30 * 1440, 100)


@pytest.mark.parametrize(
    ("counts", "method", "until"),
    [
        pytest.param(
            slices(433, NINE_DAYS), SLICES, datetime(2026, 12, 1, tzinfo=UTC), id="a breach lasts to the end"
        ),
        pytest.param(
            slices(430, NINE_DAYS), SLICES, datetime(2026, 12, 1, tzinfo=UTC), id="so do slices at risk"
        ),
        pytest.param(events(90, 10_000), Occurrences(), None, id="events to come may end it any day"),
        pytest.param(slices(0, NINE_DAYS), SLICES, None, id="met does not end"),
    ],
)
def test_when_a_calendar_state_ends(counts: Counts, method: Method, until: datetime | None) -> None:
    assert standing(counts, method, MONTH).until == until


def test_burn_rates() -> None:
    found = standing(slices(0, 10), Timeslices(Fraction(1), 15), ROLLING)
    burns = {**found.figures.burns, "5m": slices(1, 1), "1h": slices(1, 4), "6h": NOTHING}
    rates = replace(found, figures=replace(found.figures, burns=burns)).burn_rates()
    assert (rates["5m"], rates["1h"], rates["6h"]) == (None, Fraction(25), None)
    assert list(rates) == ["5m", "30m", "1h", "2h", "6h", "1d", "3d"]


def test_silent_is_nothing_received_for_a_day() -> None:
    found = standing(events(0, 10), Occurrences(), ROLLING)
    burns = {**found.figures.burns, "1d": events(0, 0, 1)}
    assert found.silent
    assert not replace(found, figures=replace(found.figures, burns=burns)).silent

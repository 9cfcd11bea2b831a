"""A forecast's episode, day by day."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from domain.burn import Severity
from domain.episode import Episode, WarningKind
from domain.forecast_episode import Chance, at_period_end, follow_forecast

MIDNIGHT = datetime(2026, 11, 24, tzinfo=UTC)
DAY = timedelta(days=1)
DECEMBER = datetime(2026, 12, 1, tzinfo=UTC)
WARN_AT = Fraction(6, 10)
OPEN = Episode(
    "checkout",
    WarningKind.FORECAST,
    Severity.TICKET,
    MIDNIGHT - DAY,
    MIDNIGHT - DAY,
    probability=0.7,
    window_end=DECEMBER,
)
LOW = replace(OPEN, probability=0.3, below_since=MIDNIGHT - DAY)


def chance(probability: float | None, *, breached: bool = False) -> Chance:
    return Chance(MIDNIGHT, DECEMBER, probability, breached=breached)


def opened(probability: float) -> Episode:
    return replace(OPEN, began_at=MIDNIGHT, opened_at=MIDNIGHT, probability=probability)


@pytest.mark.parametrize(
    ("last", "seen", "after"),
    [
        pytest.param(None, chance(0.59), None, id="not probable enough"),
        pytest.param(None, chance(0.6), opened(0.6), id="opens at the limit"),
        pytest.param(
            None, chance(0.9, breached=True), None, id="of what is breached there is nothing to foretell"
        ),
        pytest.param(None, chance(None), None, id="not forecast"),
        pytest.param(OPEN, chance(0.8), replace(OPEN, probability=0.8), id="moves"),
        pytest.param(OPEN, chance(0.41), replace(OPEN, probability=0.41), id="stays above two thirds of it"),
        pytest.param(
            OPEN, chance(0.39), replace(OPEN, probability=0.39, below_since=MIDNIGHT), id="one day below"
        ),
        pytest.param(
            LOW,
            chance(0.28),
            replace(LOW, probability=0.28).resolved(MIDNIGHT),
            id="the second day withdraws it",
        ),
        pytest.param(LOW, chance(0.5), replace(OPEN, probability=0.5), id="a better second day does not"),
        pytest.param(OPEN, chance(None), OPEN, id="without a forecast it waits"),
        pytest.param(
            OPEN, chance(None, breached=True), OPEN.breached(MIDNIGHT).resolved(MIDNIGHT), id="comes true"
        ),
        pytest.param(OPEN.resolved(MIDNIGHT - DAY), chance(0.9), opened(0.9), id="another one"),
    ],
)
def test_day_by_day(last: Episode | None, seen: Chance, after: Episode | None) -> None:
    assert follow_forecast("checkout", last, seen, warn_at=WARN_AT) == after


def test_it_is_over_with_its_calendar_period() -> None:
    after = Chance(DECEMBER, DECEMBER + 31 * DAY, 0.1)
    assert at_period_end(OPEN, after) == OPEN.resolved(DECEMBER)
    assert at_period_end(OPEN, replace(after, was_breached=True)) == OPEN.breached(DECEMBER).resolved(
        DECEMBER
    )
    assert at_period_end(OPEN, chance(0.1)) == OPEN
    assert at_period_end(OPEN, replace(after, rolling=True)) == OPEN

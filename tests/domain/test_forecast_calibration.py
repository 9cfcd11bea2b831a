"""What is said to happen in 30 % of cases happens in 30 %: on generated histories, by the chosen method."""

from collections.abc import Callable, Iterator
from random import Random

import pytest

from domain.forecast import Record, forecast
from domain.forecast_score import Foretold, brier, linear_pace_brier, reliability
from tests.domain.forecast_histories import DAY, Month, incidents, months, rolling, steady

DAYS = 397
"""Thirteen months: six are only learnt from."""
LEARNT = 6
HISTORIES = 300
"""Many and short: the months of one history say nearly the same."""
EVERY = 6
LONG = 912
"""Thirty months, of which most windows of a month share nothing."""
FAR_APART = 20
"""Days between two looks at a rolling window: nearer ones would share what they lost."""
POPULATED = 100
TARGETS = (0.999, 0.995, 0.99)


def with_incidents(seed: int, days: int = DAYS) -> tuple[list[int], float, int]:
    """From one incident in ten months to five a month, at each target."""
    rng = Random(seed)  # noqa: S311
    a_month, minutes = rng.choice([0.1, 0.3, 1.0, 2.0, 5.0]), rng.choice([15.0, 40.0, 90.0])
    lost = incidents(seed, days=days, a_month=a_month, minutes=minutes, sigma=rng.choice([0.8, 1.2]))
    return lost, rng.choice(TARGETS), DAY


def with_steady_errors(seed: int, days: int = DAYS) -> tuple[list[int], float, int]:
    """From four fifths of what is allowed to a fifth more: what is lost for certain teaches nothing here."""
    rng = Random(seed)  # noqa: S311
    target = rng.choice(TARGETS)
    return (
        steady(seed, days=days, level=rng.uniform(0.8, 1.2), noise=rng.choice([0.3, 0.6]), target=target),
        target,
        DAY * 10,
    )


def walked(found: Iterator[Month], offset: int) -> Iterator[Foretold]:
    """Each month foretold by what was known before it, on every sixth day, with the record of those before it."""
    record = Record()
    for number, month in enumerate(found):
        told = [forecast(each, record) for each in month.outlooks[(number + offset) % EVERY :: EVERY]]
        record = record.after(told, month.breached)
        if number >= LEARNT:
            yield Foretold(told, month.breached)


def is_calibrated(foretold: list[Foretold], *, least: int = 3) -> bool:
    fifths = [fifth for fifth in reliability(foretold) if fifth is not None and fifth.forecasts >= POPULATED]
    assert len(fifths) >= least, "too few fifths are populated to judge"
    assert {
        index: fifth for index, fifth in enumerate(fifths) if abs(fifth.mean - fifth.observed) > 0.05
    } == {}
    return True


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind",
    [
        with_incidents,
        with_steady_errors,
    ],
)
def test_calendar_months(kind: Callable[[int], tuple[list[int], float, int]]) -> None:
    foretold: list[Foretold] = []
    for seed in range(HISTORIES):
        lost, target, a_day = kind(seed)
        foretold.extend(walked(months(lost, target, a_day=a_day), seed))
    assert len(foretold) >= 2_000
    assert is_calibrated(foretold)
    own, pace = brier(foretold), linear_pace_brier(foretold)
    assert own is not None
    assert pace is not None
    assert own < 0.7 * pace


@pytest.mark.slow
def test_rolling_windows_with_incidents() -> None:
    """With steady errors the middle fifth says 0.49 where 0.38 come true: see docs/adr/0015."""
    foretold = []
    for seed in range(HISTORIES):
        lost, target, a_day = with_incidents(seed, LONG)
        looks = list(rolling(lost, target, a_day=a_day))
        for outlook, breached in looks[180 + seed % FAR_APART :: FAR_APART]:
            foretold.append(Foretold([forecast(outlook, Record())], breached))
    assert len(foretold) >= 2_000
    assert is_calibrated(foretold, least=2)

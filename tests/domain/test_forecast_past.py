"""What the past teaches: drip, incidents and their rate."""

import pytest

from domain.forecast_past import Past, past_of
from domain.outlook import DayLoss


def past(bad: list[int], total: int = 1_000) -> Past:
    return past_of([DayLoss(number, each, total) for number, each in enumerate(bad)], 1.0)


def test_bad_days_in_a_row_are_one_incident() -> None:
    found = past([0] * 40 + [100, 200, 300] + [0] * 20 + [50] + [0] * 20)
    assert found.incidents == pytest.approx([0.6, 0.05])
    assert found.drip.mean == 0


def test_no_incident_is_longer_than_a_week() -> None:
    assert past([0] * 70 + [10] * 9 + [0] * 25).incidents == pytest.approx([0.07, 0.02])


def test_what_is_lost_daily_drips_and_is_no_incident() -> None:
    found = past([10, 12, 8, 11, 9] * 20)
    assert found.incidents == []
    assert found.drip.mean == pytest.approx(0.01, rel=0.03)
    assert found.noise > 0


def test_an_incident_is_what_was_lost_beyond_the_drip() -> None:
    found = past([10] * 50 + [510] + [10] * 30)
    assert found.incidents == pytest.approx([0.5])
    assert found.drip.mean == pytest.approx(0.01)


def test_a_drip_that_grew_is_learnt_within_weeks() -> None:
    assert past([10, 11, 9] * 60 + [30, 31, 29] * 20).drip.mean == pytest.approx(0.03, rel=0.05)


def test_what_dripped_long_ago_is_no_incident_now() -> None:
    found = past([100, 101, 99] * 60 + [1, 2, 0] * 40)
    assert found.drip.mean == pytest.approx(0.001, rel=0.3)
    assert len(found.incidents) == 0


def test_incidents_at_a_steady_rate_are_remembered_from_the_beginning() -> None:
    found = past(([100] + [0] * 13) * 40)
    assert found.rate.mean == pytest.approx(1 / 14, rel=0.1)
    assert found.rate.variance < (found.rate.mean / 2) ** 2


def test_a_rate_that_rose_is_followed() -> None:
    slow, quick = ([100] + [0] * 59) * 6, ([100] + [0] * 3) * 30
    assert past(slow + quick).rate.mean > 2 * past(([100] + [0] * 59) * 6 + slow).rate.mean * 3


def test_nothing_seen_is_no_proof_that_nothing_comes() -> None:
    found = past([0] * 180)
    assert found.rate.mean == pytest.approx(0.5 / 180, rel=0.4)


def test_a_day_with_hardly_any_traffic_loses_hardly_any_budget() -> None:
    days = [DayLoss(number, 0, 1_000) for number in range(40)] + [DayLoss(40, 2, 2), DayLoss(41, 0, 1_000)]
    assert past_of(days, 1.0).incidents == pytest.approx([0.002])

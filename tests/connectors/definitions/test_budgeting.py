"""Targets, windows and slices as they are written."""

from datetime import datetime
from fractions import Fraction

import pytest

from domain.method import Method, Missing, RatioTimeslices, Timeslices
from domain.window import CalendarUnit, CalendarWindow, RollingWindow, Window
from tests.connectors.definitions.conftest import Read, terms
from tests.connectors.definitions.samples import CALENDAR, SLICES, SLO


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("target: 0.999", "0.999"),
        ("target: '0.1'", "0.1"),
        ("target: .99950", "0.9995"),
        ("target: 9.99e-1", "0.999"),
        ("targetPercent: 99.95", "0.9995"),
        ("targetPercent: 99.99999999", "0.9999999999"),
        ("target: 0.999999999999", "0.999999999999"),
    ],
)
def test_a_target_is_exact(read: Read, written: str, target: str) -> None:
    assert terms(read, SLO.replace("target: 0.999", written)).target == Fraction(target)


@pytest.mark.parametrize(
    ("written", "window"),
    [
        ("45m", RollingWindow(minutes=45)),
        ("36h", RollingWindow(days=1, minutes=720)),
        ("24h", RollingWindow(days=1)),
        ("4w", RollingWindow(days=28)),
        ("1M", RollingWindow(days=30)),
        ("2Q", RollingWindow(days=180)),
        ("1Y", RollingWindow(days=365)),
        ("1m", RollingWindow(minutes=1)),
    ],
)
def test_a_rolling_window(read: Read, written: str, window: Window) -> None:
    assert terms(read, SLO.replace("30d", written)).window == window


@pytest.mark.parametrize("unit", ["1d", "1w", "1M", "1Q", "1Y"])
@pytest.mark.parametrize("start", ["2026-01-28 12:30:00", '"2026-01-28 12:30:00"', "2026-01-28T12:30:00"])
def test_a_calendar_window_however_its_start_is_written(read: Read, unit: str, start: str) -> None:
    window = terms(read, CALENDAR.replace("1M", unit).replace("2026-01-01 00:00:00", start)).window
    units = dict(zip(["1d", "1w", "1M", "1Q", "1Y"], CalendarUnit, strict=True))
    naive = datetime(2026, 1, 28, 12, 30)  # noqa: DTZ001 -- wall-clock time
    assert window == CalendarWindow(units[unit], "Europe/Berlin", naive)


@pytest.mark.parametrize(
    ("old", "new", "method", "coverage"),
    [
        ("5m", "5m", Timeslices(Fraction(19, 20), 5), Fraction(1, 2)),
        ("5m", "1h", Timeslices(Fraction(19, 20), 60), Fraction(1, 2)),
        ("5m", "15", Timeslices(Fraction(19, 20), 15), Fraction(1, 2)),
        ("0.95", "1", Timeslices(Fraction(1), 5), Fraction(1, 2)),
        (
            "steward/agreement: checkout-sla",
            "{steward/missing: bad}",
            Timeslices(Fraction(19, 20), 5, Missing.BAD),
            Fraction(1, 2),
        ),
        (
            "steward/agreement: checkout-sla",
            '{steward/min-coverage: "80%"}',
            Timeslices(Fraction(19, 20), 5),
            Fraction(4, 5),
        ),
        (
            "steward/agreement: checkout-sla",
            "{steward/min-coverage: 0.25}",
            Timeslices(Fraction(19, 20), 5),
            Fraction(1, 4),
        ),
    ],
)
def test_slices(read: Read, old: str, new: str, method: Method, coverage: Fraction) -> None:
    found = terms(read, SLICES.replace(old, new.strip("{}")))
    assert (found.method, found.min_coverage) == (method, coverage)


def test_ratios_of_slices(read: Read) -> None:
    text = SLICES.replace("Timeslices", "RatioTimeslices").replace("      timeSliceTarget: 0.95\n", "")
    assert terms(read, text).method == RatioTimeslices(5)


def test_events_need_no_coverage_unless_asked(read: Read) -> None:
    assert terms(read, SLO).min_coverage == 0
    text = SLO.replace("steward/agreement: checkout-sla", "steward/min-coverage: '50%'")
    assert terms(read, text).min_coverage == Fraction(1, 2)


def test_a_unit(read: Read) -> None:
    assert (
        terms(read, SLO.replace("steward/agreement: checkout-sla", "steward/unit: payouts")).unit == "payouts"
    )

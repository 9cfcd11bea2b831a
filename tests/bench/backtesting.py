"""A replay of two years of minutes of one objective: its course, breaches, looks and forecasts."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

from domain.course import course_of
from domain.measurement import FULL_HOUR, ZEROS, MeasuredHour
from domain.method import Method, Occurrences, Timeslices
from domain.minutes import DAY, HOUR, minute_of
from domain.objective import Indicator, Objective, Terms
from domain.replay import Recorded, replay
from domain.scope import ALWAYS
from domain.watching import DEFAULT_WATCHING
from domain.window import CalendarUnit, CalendarWindow, RollingWindow, Window
from storage.packed import pack_hour, unpack_hour
from tests.bench.measuring import least_seconds

START = minute_of(datetime(2024, 11, 23, tzinfo=UTC))
DAYS = 730
EVENTS = (1_000,) * HOUR
TARGET = Fraction(999, 1000)
HISTORIES = {
    "clean": ZEROS,
    "an error in two minutes of three": (0, 1, 1) * 20,
    "twice the errors that are allowed": (1, 3, 2) * 20,
}
WAYS: tuple[tuple[Method, Window], ...] = (
    (Occurrences(), RollingWindow(days=30)),
    (Timeslices(TARGET), CalendarWindow(CalendarUnit.MONTH)),
)


def run(_folder: Path) -> Iterator[str]:
    """Against adding up as many minutes, good and total, once in a plain loop."""
    for name, bads in HISTORIES.items():
        packed = pack_hour(MeasuredHour(FULL_HOUR, bads, EVENTS))
        hours = dict.fromkeys(range(START // HOUR, START // HOUR + DAYS * 24), packed)
        for method, window in WAYS:
            terms = Terms(TARGET, window, method, Indicator("availability"))
            taken, plain = least_seconds(
                [lambda: _replay(hours, terms), lambda: _add_up(hours)],  # noqa: B023 -- called at once
                rounds=1,
            )
            yield (
                f"backtest of two years, {name}, {method.name}, {type(window).__name__}: {taken:.1f} s; adding up "
                f"the minutes once: {plain:.2f} s: {taken / plain:.1f} times the time (wanted: under 10 s)"
            )


def _replay(hours: Mapping[int, bytes], terms: Terms) -> None:
    unpacked = {hour: unpack_hour(one) for hour, one in hours.items()}
    end = START + DAYS * DAY
    course = course_of(terms.method, ALWAYS, unpacked, until=end)
    if course is None:
        raise AssertionError("all of it is measured")
    recorded = Recorded(Objective("checkout", "checkout", (terms,)), (course,), DEFAULT_WATCHING)
    replay(recorded, start=START, end=end, progress=lambda _: None)


def _add_up(hours: Mapping[int, bytes]) -> tuple[int, int]:
    good = total = 0
    for packed in hours.values():
        hour = unpack_hour(packed)
        for bad, each in zip(hour.bads, hour.totals, strict=True):
            good += each - bad
            total += each
    return good, total

"""The worked cases of the SRE Workbook's chapter 5, with exact minutes, at 99.9 % over 30 days."""

from collections.abc import Callable
from datetime import UTC, datetime
from fractions import Fraction

import pytest

from domain.burn import BurnCondition, Severity, default_conditions, first_holding, left_out
from domain.course import Course, course_of
from domain.episode import Episode, WarningKind
from domain.measurement import EMPTY_HOUR, MeasuredHour, Measurement
from domain.method import Method, Occurrences, Timeslices
from domain.minutes import DAY, HOUR, minute_of
from domain.objective import Indicator, Objective, Terms
from domain.replay_breach import Breaches, Judging
from domain.replay_minutes import MinutesClock, pieces
from domain.scope import ALWAYS
from domain.watching import DEFAULT_WATCHING, Watching
from domain.window import RollingWindow

BEGIN = minute_of(datetime(2026, 11, 23, tzinfo=UTC))
"""When something begins to fail; the four days before it all was good."""
TARGET = Fraction(999, 1000)
PERIOD = 30 * DAY
DEFAULTS = default_conditions(TARGET, PERIOD, PERIOD)
FAST, SLOWER, DAILY, SLOWEST = DEFAULTS
MINUTES_OF_TIME = Timeslices(Fraction(99, 100))

Errors = Callable[[int], tuple[int, int] | None]
"""What failed, of how much, in a minute after the beginning; None where nothing was measured."""


def course(errors: Errors, length: int, method: Method, quiet: tuple[int, int] = (0, 10_000)) -> Course:
    hours: dict[int, MeasuredHour] = {}
    for minute in range(-4 * DAY, length):
        measured = errors(minute) if minute >= 0 else quiet
        if measured is not None:
            bad, total = measured
            hour = (BEGIN + minute) // HOUR
            one = Measurement(BEGIN + minute, total - bad, total)
            hours[hour] = hours.get(hour, EMPTY_HOUR).with_minutes([one])
    found = course_of(method, ALWAYS, hours, until=BEGIN + length)
    assert found is not None
    return found


def holding(condition: BurnCondition, errors: Errors, length: int) -> list[int]:
    """At how many minutes after the beginning the condition holds."""
    of = course(errors, length, Occurrences())
    found = []
    for at in range(BEGIN, BEGIN + length):
        burns = {window: of.counts(at - window, at, at=at) for window in condition.windows}
        if first_holding([condition], of.method, TARGET, burns, countable=lambda window: window):
            found.append(at - BEGIN)
    return found


def episodes(
    errors: Errors,
    length: int,
    method: Method = MINUTES_OF_TIME,
    watching: Watching = DEFAULT_WATCHING,
    quiet: tuple[int, int] = (0, 10_000),
) -> list[Episode]:
    """What a replay sees from a day before the beginning on."""
    of = course(errors, length, method, quiet)
    terms = Terms(TARGET, RollingWindow(days=30), method, Indicator("requests"))
    objective = Objective("checkout", "checkout", (terms,))
    every = list(pieces(of, terms, watching, range(BEGIN - DAY, BEGIN + length)))
    judging = Judging(objective, terms, of)
    clock = MinutesClock("checkout", Breaches(one for piece in every for one in judging.stretches(piece)))
    for piece in every:
        clock.follow(piece)
    return clock.episodes()


def since_beginning(at: datetime | None) -> int:
    assert at is not None
    return minute_of(at) - BEGIN


def outage(minute: int) -> tuple[int, int]:
    return 10_000, 10_000


def test_the_defaults_are_the_workbooks() -> None:
    rates = [(one.severity, one.threshold, one.windows) for one in DEFAULTS]
    assert rates == [
        (Severity.PAGE, Fraction(144, 10), (60, 5)),
        (Severity.PAGE, Fraction(6), (360, 30)),
        (Severity.TICKET, Fraction(3), (1440, 120)),
        (Severity.TICKET, Fraction(1), (4320, 360)),
    ]


@pytest.mark.parametrize(
    ("condition", "seconds", "minute"),
    [
        pytest.param(FAST, 51.84, 1, id="2 % of the budget in an hour"),
        pytest.param(SLOWER, 129.6, 3, id="5 % in six hours"),
        pytest.param(DAILY, 259.2, 5, id="10 % in a day"),
        pytest.param(SLOWEST, 259.2, 5, id="10 % in three days"),
    ],
)
def test_a_total_outage(condition: BurnCondition, seconds: float, minute: int) -> None:
    assert holding(condition, outage, 20)[0] == minute
    assert minute == -(-seconds // 60)


def test_a_total_outage_pages_at_the_first_minute() -> None:
    [episode] = episodes(outage, 30)
    assert (episode.severity, since_beginning(episode.opened_at)) == (Severity.PAGE, 1)


def test_ten_minutes_at_fifteen_percent() -> None:
    def errors(minute: int) -> tuple[int, int]:
        return (1_500 if minute < 10 else 0), 10_000

    assert holding(FAST, errors, 90) == list(range(6, 15))
    assert holding(SLOWER, errors, 90) == []
    [episode] = episodes(errors, 90, Occurrences())
    assert (episode.severity, since_beginning(episode.opened_at)) == (Severity.PAGE, 6)
    assert since_beginning(episode.resolved_at) == 25


@pytest.mark.parametrize(
    ("condition", "bad", "minute"),
    [
        pytest.param(FAST, 144, None, id="14.4 exactly is not above it"),
        pytest.param(FAST, 145, 60, id="14.5"),
        pytest.param(SLOWER, 60, None, id="6 exactly"),
        pytest.param(SLOWER, 61, 355, id="6.1"),
        pytest.param(DAILY, 30, None, id="3 exactly"),
        pytest.param(DAILY, 31, 1394, id="3.1"),
        pytest.param(SLOWEST, 10, None, id="1 exactly"),
        pytest.param(SLOWEST, 11, 3965, id="1.1, once that is evident"),
    ],
)
def test_just_under_and_just_above(condition: BurnCondition, bad: int, minute: int | None) -> None:
    found = holding(condition, lambda _: (bad, 10_000), condition.windows[0] + 10)
    assert (found[0] if found else None) == minute


def test_a_plateau_of_36_hours() -> None:
    condition = BurnCondition(Severity.TICKET, Fraction(2), (36 * HOUR,))
    found = holding(condition, lambda minute: (25 if minute < 36 * HOUR else 0, 10_000), 70 * HOUR)
    assert found[0] == 1729
    assert found[-1] == 36 * HOUR + 7 * HOUR + 11
    inclusive = BurnCondition(Severity.TICKET, Fraction(2), (36 * HOUR,), inclusive=True)
    assert holding(inclusive, lambda minute: (25, 10_000), 1750)[0] == 1728


@pytest.mark.parametrize(
    ("failed", "expected"),
    [
        pytest.param(1, 0, id="one of ten an hour says nothing"),
        pytest.param(2, 0, id="nor do two"),
        pytest.param(3, 1, id="three do"),
    ],
)
def test_low_traffic(failed: int, expected: int) -> None:
    def errors(minute: int) -> tuple[int, int]:
        busy = minute % 6 == 0
        return int(busy and minute < 6 * failed), int(busy)

    assert len(episodes(errors, 6 * HOUR, Occurrences(), quiet=(0, 0))) == expected


def test_a_minute_on_a_minute_off_is_one_episode() -> None:
    [episode] = episodes(lambda minute: (10 if minute < DAY and minute % 2 else 0, 10), DAY + 2 * HOUR)
    assert since_beginning(episode.opened_at) == 2
    assert since_beginning(episode.resolved_at) == DAY + 15
    assert episode.reopened == 0


def test_ten_minutes_on_and_twenty_off_is_one_episode() -> None:
    [episode] = episodes(lambda minute: (10 if minute < DAY and minute % 30 < 10 else 0, 10), DAY + 2 * HOUR)
    assert since_beginning(episode.opened_at) == 1
    assert episode.reopened == 47


def test_silent_after_two_hours_until_something_comes() -> None:
    [episode] = episodes(lambda minute: None if minute < 300 else (0, 10), 400)
    assert episode.kind is WarningKind.SILENT
    assert since_beginning(episode.opened_at) == 120
    assert since_beginning(episode.resolved_at) == 301


def test_what_could_never_fire_is_left_out() -> None:
    assert [one.threshold for one in left_out(Fraction(9, 10), PERIOD, PERIOD)] == [Fraction(144, 10)]
    assert [one.windows for one in left_out(TARGET, DAY, DAY)] == [(4320, 360)]

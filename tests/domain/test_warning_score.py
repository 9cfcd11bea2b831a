"""What counts when warnings are scored."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.burn import Severity
from domain.episode import Episode, WarningKind
from domain.forecast import Forecast, MethodName
from domain.forecast_score import Breached
from domain.kept_forecast import KeptForecast
from domain.warning_score import apart, breached_at, hits_of, warned_at, windows_of

FIRST = datetime(2026, 11, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def kept(day: int, end: int, *, breached: bool | None = False, name: str = "checkout") -> KeptForecast:
    """Made on a day of November, for the window that ends on another."""
    at, window_end = FIRST + (day - 1) * DAY, FIRST + (end - 1) * DAY
    forecast = Forecast(at, window_end, 0.5, MethodName.BLEND, {}, linear_pace=0, is_thin=False)
    return KeptForecast(name, forecast, breached)


def episode(opened: int, over: int | None, *, breached: bool = False, name: str = "checkout") -> Episode:
    at = FIRST + (opened - 1) * DAY
    ended = FIRST + (over - 1) * DAY if over else None
    return Episode(
        name,
        WarningKind.FORECAST,
        Severity.TICKET,
        at,
        at,
        ended,
        breached_at=ended if breached else None,
    )


def test_a_window_has_all_of_its_forecasts_and_is_over() -> None:
    calendar = [kept(day, 31, breached=True) for day in (3, 1, 2)]
    [window, other] = windows_of([*calendar, kept(1, 31, name="search"), kept(4, 40, breached=None)])
    assert [one.at.day for one in window.forecasts] == [1, 2, 3]
    assert (window.objective, window.breached, window.first_at) == ("checkout", True, FIRST)
    assert (other.objective, other.breached) == ("search", False)
    assert window.told.breached
    assert len(window.told.forecasts) == 3


def test_windows_that_overlap_count_once() -> None:
    rolling = [kept(day, day + 7) for day in range(1, 16)]
    months = [kept(day, end, name="z") for day, end in ((1, 31), (2, 31), (31, 61))]
    judged = apart(windows_of([*rolling, *months]))
    assert [(one.objective, one.first_at.day) for one in judged] == [
        ("checkout", 1),
        ("checkout", 8),
        ("checkout", 15),
        ("z", 1),
        ("z", 1),
    ]


def test_a_breach_is_when_it_was_first_seen() -> None:
    [window] = windows_of([kept(1, 31, breached=True)])
    began = [("checkout", FIRST + 9 * DAY), ("checkout", FIRST + 5 * DAY), ("search", FIRST + DAY)]
    assert breached_at(window, began) == FIRST + 5 * DAY
    assert breached_at(window, [("checkout", FIRST - DAY), ("checkout", FIRST + 31 * DAY)]) == window.end


def test_warned_is_what_stood_when_it_was_breached() -> None:
    [window] = windows_of([kept(1, 31, breached=True)])
    at = FIRST + 9 * DAY  # the 10th
    assert warned_at(window, at, [episode(8, 10, breached=True)]) == FIRST + 7 * DAY
    assert warned_at(window, at, [episode(5, None), episode(8, 12)]) == FIRST + 4 * DAY
    nothing = [episode(2, 9), episode(10, 12), episode(3, 12, name="search")]
    assert warned_at(window, at, nothing) is None
    assert warned_at(window, at, [replace(episode(3, 12), opened_at=None)]) is None


def test_hits_misses_and_false_alarms() -> None:
    at = FIRST + 9 * DAY
    breaches = [Breached(at, at - 3 * DAY, 0.1), Breached(at, None, 0.9)]
    episodes = [episode(7, 10, breached=True), episode(2, 4), episode(8, None)]
    found = hits_of(episodes, breaches, since=FIRST)
    assert (found.hits, found.misses, found.false_alarms, found.median_lead_hours) == (1, 1, 1, 72)
    assert hits_of(episodes, breaches, since=FIRST + 5 * DAY).false_alarms == 0

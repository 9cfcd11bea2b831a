"""Figures, windows, dates in words: golden figures of one set of counts."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from domain.minutes import DAY, HOUR
from domain.standing import Standing
from domain.window import CalendarUnit, CalendarWindow, RollingWindow, Window
from messages.amounts import age, attainment_words, budget_words, duration
from messages.dates import Dates
from messages.example import (
    BERLIN,
    CARD_AUTH,
    CHECKOUT,
    DAYS_30,
    EVENTS,
    FRAUD,
    INVOICE,
    LEDGER,
    MINUTES,
    NINE,
    NOVEMBER,
    PAYOUT,
    WALLET,
    events,
    objective,
    slices,
    standing,
)
from messages.states import all_met_words, state_words
from messages.windows import this_window, window_words

BERLIN_NINE = Dates(NINE, BERLIN)
NOTHING_YET = standing(objective("new-availability", "99.9", DAYS_30, EVENTS), events(0, 0, 0), last=None)


def counted(total: int, failed: int, target: str = "99.9", unit: str = "requests") -> Standing:
    return standing(objective("x", target, DAYS_30, EVENTS, unit=unit), events(total, failed, 43_200))


@pytest.mark.parametrize(
    ("stood", "attainment", "budget"),
    [
        (CARD_AUTH, "Attainment 99.83%, target 99.9%, November", "Budget left −30% (13 min over)"),
        (CHECKOUT, "Attainment 99.91%, target 99.9%, 30 days", "Budget left 15% (≈6 min)"),
        (PAYOUT, "Attainment 99.11%, target 99%, November", "Budget left 11% (494 payouts)"),
        (FRAUD, "Attainment 99.81%, target 99.5%, 30 days", "Budget left 62% (≈2 h 14 min)"),
        (WALLET, "Attainment 99.94%, target 99.5%, November", "Budget left 90% (3 h 16 min)"),
        (INVOICE, "Attainment 99.97%, target 99.5%, November", "Budget left 95% (3 h 26 min)"),
        (LEDGER, "Attainment 100.00%, target 99%, week of Mon 23 Nov", "Budget left 100% (1 h 28 min)"),
        (NOTHING_YET, "Nothing measured, target 99.9%, 30 days", "No budget yet: nothing counted"),
    ],
    ids=lambda value: value.name if isinstance(value, Standing) else "",
)
def test_figures_of_the_examples(stood: Standing, attainment: str, budget: str) -> None:
    assert attainment_words(stood) == attainment
    assert budget_words(stood) == budget


@pytest.mark.parametrize(
    ("stood", "budget"),
    [
        pytest.param(counted(25_920_000, 25_921), "Budget left −1% (≈1 min over)", id="one over is never 0%"),
        pytest.param(counted(25_920_000, 25_920), "Budget left 0%", id="exactly used up"),
        pytest.param(
            counted(25_920_000, 25_919), "Budget left 0% (under 1 min)", id="less than a minute left"
        ),
        pytest.param(
            counted(9_000_000_000, 0, "99", "payouts"), "Budget left 100% (90,000,000 payouts)", id="huge"
        ),
        pytest.param(
            counted(1050, 12, "99", "payouts"), "Budget left −15% (2 payouts over)", id="over goes up"
        ),
        pytest.param(counted(1050, 5, "99", "payouts"), "Budget left 52% (5 payouts)", id="left goes down"),
        pytest.param(
            counted(1050, 5, "99", "<!here>"), "Budget left 52% (5 &lt;!here&gt;)", id="a hostile unit"
        ),
        pytest.param(counted(43_200, 0, "99", ""), "Budget left 100% (≈7 h 12 min)", id="no unit"),
    ],
)
def test_what_is_left_goes_down_and_what_is_over_up(stood: Standing, budget: str) -> None:
    assert budget_words(stood) == budget


def test_attainment_is_never_rounded_across_its_target() -> None:
    stood = standing(objective("x", "99.9", NOVEMBER, MINUTES), slices(9_999_999, 10_000))
    assert attainment_words(stood).startswith("Attainment 99.89%")


@pytest.mark.parametrize(
    ("minutes", "down", "up"),
    [
        (Fraction(0), "0 min", "0 min"),
        (Fraction(64, 5), "12 min", "13 min"),
        (Fraction(HOUR), "1 h", "1 h"),
        (Fraction(3 * HOUR + 36), "3 h 36 min", "3 h 36 min"),
        (Fraction(2 * DAY + 4 * HOUR + 59), "2 d 4 h", "2 d 5 h"),
        (Fraction(2 * DAY), "2 d", "2 d"),
        (Fraction(1234 * DAY), "1,234 d", "1,234 d"),
    ],
)
def test_durations_have_two_units_at_most(minutes: Fraction, down: str, up: str) -> None:
    assert (duration(minutes), duration(minutes, up=True)) == (down, up)


@pytest.mark.parametrize(
    ("minutes", "words"), [(59, "59 min"), (21 * 60 + 20, "21 h"), (47 * 60, "47 h"), (3 * DAY, "3 d")]
)
def test_an_age_has_one_unit(minutes: int, words: str) -> None:
    assert age(minutes) == words


APRIL = datetime(2025, 4, 1)  # noqa: DTZ001 -- wall-clock time in the window's own zone


@pytest.mark.parametrize(
    ("window", "words", "this"),
    [
        (RollingWindow(days=30), "30 days", "30 days"),
        (RollingWindow(days=1), "1 day", "1 day"),
        (RollingWindow(minutes=360), "6 hours", "6 hours"),
        (RollingWindow(minutes=90), "90 minutes", "90 minutes"),
        (CalendarWindow(CalendarUnit.DAY, BERLIN), "Tue 24 Nov", "today"),
        (CalendarWindow(CalendarUnit.WEEK, BERLIN), "week of Mon 23 Nov", "this week"),
        (CalendarWindow(CalendarUnit.MONTH, BERLIN), "November", "this month"),
        (CalendarWindow(CalendarUnit.MONTH, "Pacific/Apia"), "November", "this month"),
        (
            CalendarWindow(CalendarUnit.MONTH, BERLIN, APRIL.replace(day=15)),
            "month from 15 Nov",
            "this month",
        ),
        (CalendarWindow(CalendarUnit.QUARTER, BERLIN), "Q4", "this quarter"),
        (
            CalendarWindow(CalendarUnit.QUARTER, BERLIN, APRIL.replace(month=2)),
            "quarter from 1 Nov",
            "this quarter",
        ),
        (CalendarWindow(CalendarUnit.YEAR, BERLIN), "2026", "this year"),
        (CalendarWindow(CalendarUnit.YEAR, BERLIN, APRIL), "year from 1 Apr", "this year"),
    ],
)
def test_windows_have_names(window: Window, words: str, this: str) -> None:
    assert window_words(window, window.period(at=NINE)) == words
    assert this_window(window) == this


def test_dates_say_the_year_only_where_it_is_another() -> None:
    assert BERLIN_NINE.day(date(2026, 11, 24)) == "Tue 24 Nov"
    assert BERLIN_NINE.day(date(2027, 1, 2)) == "Sat 2 Jan 2027"
    assert BERLIN_NINE.short(date(2026, 12, 2)) == "2 Dec"


@pytest.mark.parametrize(
    ("instant", "since", "on", "until"),
    [
        (datetime(2026, 11, 24, 10, 0, tzinfo=UTC), "11:00", "at 11:00", "11:00"),
        (datetime(2026, 11, 23, 10, 40, tzinfo=UTC), "Mon 11:40", "on 23 Nov", "23 Nov"),
        (datetime(2026, 11, 17, 23, 30, tzinfo=UTC), "Wed 00:30", "on 18 Nov", "18 Nov"),
        (datetime(2026, 11, 12, 10, 40, tzinfo=UTC), "12 Nov", "on 12 Nov", "12 Nov"),
        (datetime(2025, 11, 12, 10, 40, tzinfo=UTC), "12 Nov 2025", "on 12 Nov 2025", "12 Nov 2025"),
    ],
)
def test_instants_are_told_in_the_zone(instant: datetime, since: str, on: str, until: str) -> None:
    def shown(words: str) -> str:
        return words.replace(f"<!date^{int(instant.timestamp())}^{{time}}|", "").replace(">", "")

    told = (BERLIN_NINE.since(instant), BERLIN_NINE.on(instant), BERLIN_NINE.until(instant))
    assert tuple(map(shown, told)) == (since, on, until)


def test_states_are_a_shape_and_a_word() -> None:
    told = [state_words(stood) for stood in (WALLET, CHECKOUT, CARD_AUTH, LEDGER)]
    assert told == ["✅ met", "⚠️ at risk", "❌ breached", "❔ no data"]
    assert (all_met_words(7), all_met_words(1)) == ("all 7 met", "1 of 1 met")

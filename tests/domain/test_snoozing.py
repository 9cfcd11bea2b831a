"""Until when a warning is snoozed."""

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

import pytest

from domain.calendars import Calendar, office_calendar
from domain.exclusion import Exclusion
from domain.method import Occurrences
from domain.objective import Indicator, Objective, Terms
from domain.refusal import Refusal
from domain.snoozing import Landmarks, NoTime, SnoozeRequest, running_until
from domain.team import DigestSchedule, Team
from domain.window import RollingWindow

BERLIN = "Europe/Berlin"
PAYMENTS = Team("payments", timezone=BERLIN, digest=DigestSchedule(time(9)))
TUESDAY_NOON = datetime(2026, 11, 24, 11, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        pytest.param("W-42 1h", "W-42", "1h", id="a length"),
        pytest.param("w42 for 1h 30m", "w42", "1h 30m", id="for a length"),
        pytest.param("W-42 until 16:00", "W-42", "16:00", id="until a time of day"),
        pytest.param("W-42 16:00", "W-42", "16:00", id="a time of day"),
        pytest.param("W-42 UNTIL Digest", "W-42", "Digest", id="until the digest"),
        pytest.param("W-42 tomorrow", "W-42", "tomorrow", id="a word alone"),
        pytest.param(
            "checkout availability until sat 10:00", "checkout availability", "sat 10:00", id="a name"
        ),
        pytest.param("2fa-latency 2h", "2fa-latency", "2h", id="a name that begins with a digit"),
        pytest.param("1h", "", "1h", id="nothing named"),
    ],
)
def test_what_is_asked(text: str, name: str, words: str) -> None:
    assert SnoozeRequest.of(text) == SnoozeRequest(name, words)


@pytest.mark.parametrize(
    ("text", "name"),
    [("W-42", "W-42"), ("W-42 until", "W-42"), ("checkout for", "checkout"), ("", "")],
)
def test_without_a_time_the_usual_ones_are_offered(text: str, name: str) -> None:
    with pytest.raises(NoTime, match="Until when") as refused:
        SnoozeRequest.of(text)
    assert refused.value.name == text
    assert refused.value.candidates == ((f"{name} 1h", f"{name} until digest") if name else ())


def landmarks(at: datetime = TUESDAY_NOON, team: Team | None = PAYMENTS, **more: datetime) -> Landmarks:
    calendar = team.working_calendar({}) if team else office_calendar("UTC")
    return Landmarks.of(team, calendar, more.get("maintenance"), at=at)


def utc(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "until"),
    [
        pytest.param("1h", utc(24, 12), id="an hour"),
        pytest.param("90m", utc(24, 12, 30), id="minutes"),
        pytest.param("7d", TUESDAY_NOON + timedelta(days=7), id="the longest"),
        pytest.param("16:00", utc(24, 15), id="a time of day, by the team's clock"),
        pytest.param("11:00", utc(25, 10), id="one that has passed is tomorrow's"),
        pytest.param("16:00Z", utc(24, 16), id="a time of day in UTC"),
        pytest.param("sat 10:00", utc(28, 9), id="a weekday"),
        pytest.param("digest", utc(25, 8), id="the next digest"),
        pytest.param("the next  digest", utc(25, 8), id="in other words"),
        pytest.param("tomorrow", utc(25, 8), id="tomorrow, when digests come"),
        pytest.param("Tomorrow 07:30", utc(25, 6, 30), id="tomorrow at another time"),
    ],
)
def test_until_when(words: str, until: datetime) -> None:
    assert landmarks().instant(words) == until
    assert landmarks().instant(words).tzinfo is UTC


def test_until_the_maintenance_ends() -> None:
    assert landmarks(maintenance=utc(24, 14)).instant("maintenance") == utc(24, 14)
    with pytest.raises(Refusal, match="No planned work runs on it now"):
        landmarks().instant("maintenance")


@pytest.mark.parametrize(
    ("at", "until"),
    [
        pytest.param(utc(27, 12), utc(30, 8), id="on Friday it is Monday's"),
        pytest.param(utc(24, 7, 59), utc(24, 8), id="a minute before it is today's"),
        pytest.param(utc(24, 8), utc(25, 8), id="one that is due now is no rest"),
        pytest.param(utc(24, 10), utc(25, 8), id="nor is one that comes late"),
    ],
)
def test_until_the_next_digest(at: datetime, until: datetime) -> None:
    assert landmarks(at).instant("digest") == until


@pytest.mark.parametrize(
    "team",
    [Team("payments", digest=DigestSchedule(off=True)), None],
    ids=["its digest is off", "no team"],
)
def test_where_no_digest_comes_it_says_what_to_do(team: Team | None) -> None:
    with pytest.raises(Refusal, match=r"No digest comes to its team\.\nFor example"):
        landmarks(team=team).instant("digest")
    assert landmarks(team=team).instant("tomorrow") == utc(25, 9)


def test_a_digest_after_long_holidays_is_too_far_ahead() -> None:
    holidays = frozenset({date(2026, 12, 1), *(date(2026, 11, day) for day in range(24, 31))})
    calendar = Calendar("long", BERLIN, holidays=holidays)
    with pytest.raises(Refusal, match="7 days at most"):
        Landmarks.of(PAYMENTS, calendar, None, at=TUESDAY_NOON).instant("digest")


@pytest.mark.parametrize(
    ("words", "no"),
    [
        ("8d", "7 days at most"),
        ("168h 1m", "7 days at most"),
        ("2 dec 10:00", "7 days at most"),
        ("0m", "no length of time"),
        ("1x", "no length of time"),
        ("later", "no time that Steward can read"),
        ("25:00", "no time 25:00"),
    ],
)
def test_what_is_refused(words: str, no: str) -> None:
    with pytest.raises(Refusal, match=no):
        landmarks().instant(words)


def _objective(name: str, service: str) -> Objective:
    terms = Terms(Fraction(99, 100), RollingWindow(days=1), Occurrences(), Indicator(name))
    return Objective(name, service, (terms,))


def test_planned_work_that_runs() -> None:
    checkout = [_objective("checkout-latency", "checkout")]
    start = TUESDAY_NOON - HOUR

    def work(hours: int, objectives: tuple[str, ...] = (), services: tuple[str, ...] = ()) -> Exclusion:
        return Exclusion("work", (start,), hours * HOUR, "upgrade", start, objectives, services)

    named, of_service = work(2, objectives=("checkout-latency",)), work(3, services=("checkout",))
    others = work(9, services=("search",))
    assert running_until([named, of_service, others], checkout, at=TUESDAY_NOON) == start + 3 * HOUR
    assert running_until([others], checkout, at=TUESDAY_NOON) is None
    assert running_until([named], checkout, at=start - HOUR) is None
    assert running_until([named], checkout, at=start) == start + 2 * HOUR
    assert running_until([named], checkout, at=start + 2 * HOUR) is None

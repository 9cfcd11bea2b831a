"""A replay that skips minutes sees what looking at every one of them would see."""

from collections.abc import Mapping
from datetime import UTC, datetime
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.burn import BurnCondition, Severity
from domain.counting import Span, count
from domain.counts import NOTHING, Counts
from domain.course import Course, course_of
from domain.episode import Episode, follow_burn, follow_silence
from domain.measurement import EMPTY_HOUR, MeasuredHour, Measurement
from domain.method import Method, Missing, Occurrences, RatioTimeslices, Timeslices
from domain.minutes import DAY, HOUR, instant_of, minute_of
from domain.objective import Indicator, Objective, Terms
from domain.replay_breach import Breaches, Judging
from domain.replay_minutes import MinutesClock, pieces
from domain.scope import ALWAYS, Scope
from domain.sight import LENGTHS, Glance, look
from domain.spans import Spans
from domain.standing import Figures, State, stand
from domain.watching import Watching
from domain.window import CalendarUnit, CalendarWindow, RollingWindow, Window

START = minute_of(datetime(2026, 11, 23, tzinfo=UTC))
LENGTH = 14 * HOUR

METHODS = [
    Occurrences(),
    Timeslices(Fraction(99, 100)),
    Timeslices(Fraction(9, 10), 5, Missing.BAD),
    Timeslices(Fraction(9, 10), 10, Missing.GOOD),
    RatioTimeslices(),
    RatioTimeslices(15, Missing.BAD),
]
WINDOWS: list[Window] = [
    RollingWindow(days=1),
    RollingWindow(days=30),
    CalendarWindow(CalendarUnit.DAY, "Asia/Kolkata"),
    CalendarWindow(CalendarUnit.MONTH),
]
PAGE, TICKET = Severity.PAGE, Severity.TICKET
WATCHINGS = [
    Watching(),
    Watching(
        (
            BurnCondition(PAGE, Fraction(10), (60, 5)),
            BurnCondition(TICKET, Fraction(1), (120, 15), inclusive=True),
        )
    ),
    Watching((BurnCondition(TICKET, Fraction(2), (90,), after=12), BurnCondition(PAGE, Fraction(30), (10,)))),
]
SCOPES = [
    ALWAYS,
    Scope(None, Spans([(START + 200, START + 260), (START + 400, START + 431)])),
]


class Naive:
    """Every minute counted from its hours by `domain.counting`, as the live figures are."""

    def __init__(self, method: Method, scope: Scope, ledger: Mapping[int, tuple[int, int]]) -> None:
        self._method, self._scope = method, scope
        self.first = min(ledger)
        self._known: dict[int, Counts] = {}
        self._hours: dict[int, MeasuredHour] = {}
        for minute, (good, total) in ledger.items():
            hour = self._hours.get(minute // HOUR, EMPTY_HOUR)
            self._hours[minute // HOUR] = hour.with_minutes([Measurement(minute, good, total)])

    @property
    def hours(self) -> Mapping[int, MeasuredHour]:
        return self._hours

    def before(self, edge: int, at: int) -> Counts:
        sure = min(edge, at - 10) // HOUR
        found = self._whole(sure)
        for hour in range(max(sure, self.first // HOUR), -(-edge // HOUR)):
            found = found.plus(self._part(hour, edge - hour * HOUR, at - hour * HOUR))
        return found

    def _whole(self, hour: int) -> Counts:
        """All that was counted before the hour."""
        if hour <= self.first // HOUR:
            return NOTHING
        if hour not in self._known:
            self._known[hour] = self._whole(hour - 1).plus(self._part(hour - 1, HOUR, DAY))
        return self._known[hour]

    def _part(self, hour: int, until: int, at: int) -> Counts:
        span = Span(
            until=min(until, HOUR),
            finished=min(at, HOUR),
            overdue=min(at - 10, HOUR),
            begun=self.first - hour * HOUR,
            counting=self._scope.mask(hour),
        )
        return count(self._method, self._hours.get(hour, EMPTY_HOUR), span)

    def counts(self, start: int, at: int) -> Counts:
        return self.before(at, at).minus(self.before(start, at)) if self.first < at else NOTHING


STRETCHES = st.lists(
    st.tuples(
        st.sampled_from([1, 3, 7, 16, 45, 130, 200]),
        st.sampled_from([(1, 0), (1000, 0), (1000, 1), (1, 1), (10, 1), (1000, 1000), (0, 0), None]),
    ),
    max_size=30,
)


def ledger_of(stretches: list[tuple[int, tuple[int, int] | None]], first: int) -> dict[int, tuple[int, int]]:
    """Stretches of minutes of so many events, of which so many failed; None are not measured."""
    ledger = {START + first: (1, 1)}
    minute = START + first
    for length, measured in stretches:
        for each in range(minute, min(minute + length, START + LENGTH)):
            if measured is not None:
                total, bad = measured
                ledger[each] = (total - bad, total)
        minute += length
    return ledger


LEDGERS = st.builds(ledger_of, STRETCHES, st.integers(0, 40))


def naive_episodes(
    objective: Objective, terms: Terms, naive: Naive, scope: Scope, watching: Watching, minutes: range
) -> tuple[list[Episode], list[int]]:
    """A look at every minute, and the minutes at which it was breached."""
    burns: list[Episode] = []
    silences: list[Episode] = []
    breached: list[int] = []
    for minute in minutes:
        at = instant_of(minute)
        period = terms.window.period(at=at)
        first = naive.first if naive.first < minute else None
        spans = {each: naive.counts(minute - each, minute) for each in {*LENGTHS, *watching.lengths}}
        figures = Figures(naive.counts(period.start_minute, minute), {}, first)
        state = stand(objective, terms, period, figures, at=at, scope=scope).state
        if state is State.BREACHED:
            breached.append(minute)
        glance = Glance(at, terms, period, scope, spans, first, state is State.BREACHED)
        last = burns[-1] if burns else None
        sight = look(glance, watching, over_at=last.resolved_at if last else None)
        put(burns, follow_burn(objective.name, last, sight))
        put(silences, follow_silence(objective.name, silences[-1] if silences else None, sight))
    opened = [one for one in [*burns, *silences] if not one.pending]
    return sorted(opened, key=lambda one: (one.opened_at or one.began_at, one.kind)), breached


def put(found: list[Episode], episode: Episode | None) -> None:
    if episode is None:
        del found[-1:]
    elif found and found[-1].began_at == episode.began_at:
        found[-1] = episode
    else:
        found.append(episode)


def made(method: Method, window: Window, target: Fraction, least: Fraction) -> tuple[Objective, Terms]:
    terms = Terms(target, window, method, Indicator("requests"), min_coverage=least)
    return Objective("checkout", "checkout", (terms,)), terms


def replayed(
    objective: Objective, terms: Terms, course: Course, watching: Watching, minutes: range
) -> tuple[list[Episode], list[int]]:
    judging = Judging(objective, terms, course)
    every = list(pieces(course, terms, watching, minutes))
    breaches = Breaches([one for piece in every for one in judging.stretches(piece)])
    clock = MinutesClock(objective.name, breaches)
    for piece in every:
        clock.follow(piece)
    return clock.episodes(), [each for start, end in breaches.stretches for each in range(start, end)]


@given(
    ledger=LEDGERS,
    method=st.sampled_from(METHODS),
    window=st.sampled_from(WINDOWS),
    watching=st.sampled_from(WATCHINGS),
    scope=st.sampled_from(SCOPES),
    target=st.sampled_from([Fraction(9, 10), Fraction(999, 1000)]),
    least=st.sampled_from([Fraction(0), Fraction(1, 2)]),
)
@settings(max_examples=25, deadline=None)
def test_the_same_as_looking_at_every_minute(
    ledger: dict[int, tuple[int, int]],
    method: Method,
    window: Window,
    watching: Watching,
    scope: Scope,
    target: Fraction,
    least: Fraction,
) -> None:
    objective, terms = made(method, window, target, least)
    naive = Naive(method, scope, ledger)
    minutes = range(START, START + LENGTH + 1)
    course = course_of(method, scope, naive.hours, until=minutes.stop)
    assert course is not None
    expected = naive_episodes(objective, terms, naive, scope, watching, minutes)
    assert replayed(objective, terms, course, watching, minutes) == expected


@given(
    ledger=LEDGERS,
    method=st.sampled_from(METHODS),
    scope=st.sampled_from(SCOPES),
    start=st.integers(-60, LENGTH),
    length=st.integers(1, DAY),
)
@settings(max_examples=100, deadline=None)
def test_a_course_counts_as_its_hours_do(
    ledger: dict[int, tuple[int, int]], method: Method, scope: Scope, start: int, length: int
) -> None:
    naive = Naive(method, scope, ledger)
    course = course_of(method, scope, naive.hours, until=START + LENGTH)
    assert course is not None
    at = min(START + start + length, START + LENGTH)
    expected = naive.counts(START + start, at)
    found = course.counts(START + start, at, at=at)
    assert method.judged(found) == method.judged(expected)
    assert (found.good, found.total, found.measured) == (expected.good, expected.total, expected.measured)

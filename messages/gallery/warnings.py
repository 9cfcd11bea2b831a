"""Warnings: all that one message goes through, what stands in its thread, and the answers about them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction

from domain.burn import Severity
from domain.counts import Counts
from domain.episode import Episode, WarningKind
from domain.minutes import minute_of
from domain.objective import Objective
from domain.sight import LENGTHS
from domain.spells import Spell
from domain.team import Rung
from domain.warned import Happening, Turn, Warned, WarnedObjective
from messages.example import CHECKOUT, DAYS_30, EVENTS, MINUTES, NOVEMBER, events, objective, slices
from messages.gallery.shown import HOSTILE, Shown
from messages.message import Message
from messages.warning import warning_message
from messages.warning_breach import breach_line
from messages.warning_example import (
    ACKNOWLEDGED,
    ANA,
    BREACHED,
    BURNING,
    CLOSED,
    ENDED,
    FORECAST,
    MINUTE,
    OVER,
    SEEN,
    SILENT,
    burning,
    changed,
    stood,
    warned_of,
)
from messages.warning_thread import thread_line
from messages.warnings_list import EXAMPLE, EXAMPLE_HISTORY, PastWarning, warnings_history, warnings_list
from messages.warnings_score import EXAMPLE as SCORE
from messages.warnings_score import NO_FIFTHS, ScoreFacts, warnings_score

LATER = SEEN + 5 * MINUTE
AN_HOUR = timedelta(hours=1)
A_DAY = timedelta(days=1)
NEXT_PERIOD = datetime.fromisoformat("2026-12-01T00:00:00+01:00")


def with_warning(warned: Warned, **fields: object) -> Warned:
    return replace(warned, warning=replace(warned.warning, **fields))  # type: ignore[arg-type]


def drawn_anew() -> Warned:
    return replace(BURNING, objectives=(burning(LATER),), at=LATER)


def snoozed() -> Warned:
    return with_warning(drawn_anew(), snoozed_by=ANA, snoozed_until=SEEN + AN_HOUR)


def asked() -> Warned:
    at = SEEN + 31 * MINUTE
    return with_warning(warned_of([burning(ENDED)], at=at), reminded=1)


def reopened() -> Warned:
    at = CLOSED + AN_HOUR
    first, again = minute_of(SEEN), minute_of(at)
    spells = (Spell(first - 7, first + 29, 3_024), Spell(again - 5, again, 420))
    spans = {length: events(600 * length, 84 * (5 if length < 120 else 41), length) for length in LENGTHS}
    standing = stood(CHECKOUT.objective, events(25_902_000, 22_370, 43_170), spans, at=at)
    one = replace(burning(at), spells=spells, standing=standing)
    return changed(warned_of([one], at=at), reopened=1)


def easing() -> Warned:
    return warned_of([burning(ENDED + 6 * MINUTE, ended=ENDED)], at=ENDED + 6 * MINUTE)


def over_met() -> Warned:
    one = burning(CLOSED, ended=ENDED)
    spans = one.standing.figures.spans
    met = stood(CHECKOUT.objective, events(25_902_000, 9_130, 43_170), spans, at=CLOSED, warned=False)
    return changed(warned_of([replace(one, standing=met)], at=CLOSED), resolved_at=CLOSED)


def slow() -> Warned:
    at = SEEN
    spans = {length: slices(length, min(length // 40, 60)) for length in LENGTHS}
    of = objective("invoice-availability", "99.5", NOVEMBER, MINUTES, agreement="checkout-sla")
    standing = stood(of, slices(32_400, 90), spans, at=at)
    one = WarnedObjective(Episode(of.name, WarningKind.BURN, Severity.TICKET, at, at), standing)
    warned = warned_of([replace(one, left_before=Fraction(9, 10))], at=at, number=45)
    return replace(warned, maintenance_until=at + AN_HOUR)


def withdrawn() -> Warned:
    at = FORECAST.at + 2 * A_DAY
    return changed(replace(FORECAST, at=at), resolved_at=at, below_since=at - A_DAY, probability=0.28)


def came_true() -> Warned:
    at = FORECAST.at + 2 * A_DAY
    return changed(replace(FORECAST, at=at), resolved_at=at, breached_at=at, probability=0.87)


def ended_met() -> Warned:
    (one,) = FORECAST.objectives
    at = NEXT_PERIOD
    december = stood(one.standing.objective, events(14_000, 0, 1_000), {}, at=at + AN_HOUR, warned=False)
    ended = replace(FORECAST, objectives=(replace(one, standing=december),), at=at + AN_HOUR)
    return changed(ended, resolved_at=at)


def without_record() -> Warned:
    (one,) = FORECAST.objectives
    return replace(FORECAST, objectives=(replace(one, record=None, is_thin=True),))


def with_likely_days() -> Warned:
    (one,) = FORECAST.objectives
    days = (datetime.fromisoformat("2026-10-03T00:00:00Z"), datetime.fromisoformat("2026-10-19T00:00:00Z"))
    return replace(FORECAST, objectives=(replace(one, likely=days, record=None),))


def rolling_forecast() -> Warned:
    (one,) = FORECAST.objectives
    of = objective("checkout-latency", "99", DAYS_30, EVENTS, unit="requests")
    standing = stood(of, events(25_902_000, 210_000, 43_170), one.standing.figures.spans, at=FORECAST.at)
    episode = replace(one.episode, objective=of.name, probability=0.4)
    return warned_of([WarnedObjective(episode, standing)], at=FORECAST.at, opened=FORECAST.at, number=46)


def heard_again() -> Warned:
    at = SILENT.at + AN_HOUR
    (one,) = SILENT.objectives
    standing = stood(one.standing.objective, slices(700, 0), one.standing.figures.spans, at=at, warned=False)
    return changed(replace(SILENT, objectives=(replace(one, standing=standing),), at=at), resolved_at=at)


def of_service(number: int, kind: WarningKind, *, name: str = "checkout") -> tuple[WarnedObjective, ...]:
    return tuple(
        one_of(objective(f"{name}-{index:03}", "99.9", DAYS_30, EVENTS), kind, index)
        for index in range(number)
    )


def one_of(of: Objective, kind: WarningKind, index: int) -> WarnedObjective:
    failing = min(6 + 2 * index, 600)
    spans: dict[int, Counts] = {
        length: events(600 * length, failing * min(length, 7), length) for length in LENGTHS
    }
    severity = Severity.PAGE if kind is WarningKind.BURN else Severity.TICKET
    episode = Episode(of.name, kind, severity, SEEN, SEEN, probability=0.6 + index % 4 / 10)
    standing = stood(of, events(25_902_000, 18_000 + 300 * index, 43_170), spans, at=SEEN)
    return WarnedObjective(episode, standing, lost=failing * 7)


def bundle(number: int = 7, kind: WarningKind = WarningKind.BURN, *, name: str = "checkout") -> Warned:
    return warned_of(of_service(number, kind, name=name), at=SEEN)


def bundle_with_some_over() -> Warned:
    objectives = bundle().objectives
    over = [replace(one, episode=replace(one.episode, resolved_at=CLOSED)) for one in objectives[:2]]
    return warned_of([*over, *objectives[2:]], at=CLOSED, opened=SEEN)


def bundle_over() -> Warned:
    over = [replace(one, episode=replace(one.episode, resolved_at=CLOSED)) for one in bundle().objectives]
    return warned_of(over, at=CLOSED, opened=SEEN)


def longest() -> Warned:
    of = objective(HOSTILE, "99.9", DAYS_30, EVENTS, unit=HOSTILE, owner=HOSTILE)
    one = replace(
        burning(LATER), standing=replace(burning(LATER).standing, objective=of, terms=of.versions[0])
    )
    warned = replace(warned_of([one], at=LATER), burning=tuple((f"{n}{HOSTILE}", HOSTILE) for n in range(50)))
    warned = changed(warned, objective=HOSTILE, reopened=99)
    return with_warning(
        warned, number=123_456_789, acknowledged_by=HOSTILE, acknowledged_at=LATER, opened_at=SEEN
    )


def longest_bundle() -> Warned:
    return replace(bundle(500, name=HOSTILE), burning=tuple((f"{n}{HOSTILE}", HOSTILE) for n in range(50)))


def happened(turn: Turn, warned: Warned = ACKNOWLEDGED, **fields: object) -> Message:
    names = tuple(one.objective for one in warned.warning.episodes)
    happening = Happening(turn, warned.at, names)
    return thread_line(replace(happening, **fields), warned)  # type: ignore[arg-type]


def nothing_scored() -> ScoreFacts:
    return replace(SCORE, forecasts=0, periods=0, breached=0, brier=None, pace_brier=None, fifths=NO_FIFTHS)


def many_listed() -> Sequence[PastWarning]:
    warning = replace(BURNING.warning, service=HOSTILE, episodes=longest().warning.episodes)
    return [PastWarning(replace(warning, number=number), Fraction(number, 7)) for number in range(500)]


SHOWN = (
    Shown("warning_burning", "as posted", lambda: warning_message(BURNING)),
    Shown("warning_drawn_anew", "edited: nobody has it", lambda: warning_message(drawn_anew())),
    Shown("warning_acknowledged", "edited: someone has it", lambda: warning_message(ACKNOWLEDGED)),
    Shown(
        "warning_handed_back",
        "edited: handed back",
        lambda: warning_message(drawn_anew(), handed_back=Happening(Turn.HANDED_BACK, LATER, by=ANA)),
    ),
    Shown("warning_snoozed", "edited: snoozed", lambda: warning_message(snoozed())),
    Shown("warning_asked", "edited: the manager was asked", lambda: warning_message(asked())),
    Shown("warning_easing", "edited: nothing fails just now", lambda: warning_message(easing())),
    Shown("warning_over", "edited: over, still at risk", lambda: warning_message(OVER)),
    Shown("warning_over_met", "edited: over, met", lambda: warning_message(over_met())),
    Shown("warning_reopened", "edited: began again", lambda: warning_message(reopened())),
    Shown("warning_breached", "edited: breached", lambda: warning_message(BREACHED)),
    Shown("warning_slow", "a slow burn, in minutes; planned work runs", lambda: warning_message(slow())),
    Shown("warning_forecast", "forecast", lambda: warning_message(FORECAST)),
    Shown(
        "warning_forecast_likely", "forecast: days that would do", lambda: warning_message(with_likely_days())
    ),
    Shown("warning_forecast_thin", "forecast: too little history", lambda: warning_message(without_record())),
    Shown(
        "warning_forecast_rolling", "forecast: a rolling window", lambda: warning_message(rolling_forecast())
    ),
    Shown("warning_forecast_withdrawn", "forecast: withdrawn", lambda: warning_message(withdrawn())),
    Shown("warning_forecast_true", "forecast: came true", lambda: warning_message(came_true())),
    Shown("warning_forecast_met", "forecast: the period ended met", lambda: warning_message(ended_met())),
    Shown("warning_silent", "nothing received", lambda: warning_message(SILENT)),
    Shown("warning_heard", "received again", lambda: warning_message(heard_again())),
    Shown("warning_bundle", "several of a service", lambda: warning_message(bundle())),
    Shown("warning_bundle_some_over", "several, two over", lambda: warning_message(bundle_with_some_over())),
    Shown("warning_bundle_over", "several, all over", lambda: warning_message(bundle_over())),
    Shown(
        "warning_bundle_forecasts",
        "several forecasts",
        lambda: warning_message(bundle(3, WarningKind.FORECAST)),
    ),
    Shown("warning_bundle_silent", "several silent", lambda: warning_message(bundle(3, WarningKind.SILENT))),
    Shown("warning_bundle_500", "huge: 500 of a service", lambda: warning_message(bundle(500))),
    Shown(
        "warning_bundle_longest", "huge: 500 with hostile names", lambda: warning_message(longest_bundle())
    ),
    Shown("warning_longest", "huge: one with hostile names", lambda: warning_message(longest())),
    Shown(
        "warning_not_defined",
        "empty: not defined any more",
        lambda: warning_message(replace(BURNING, objectives=())),
    ),
)
MANAGER = Rung("manager", timedelta(minutes=30))
SHOWN_LINES = (
    Shown("warning_breach_line", "breached, in the channel", lambda: breach_line(BREACHED, CHECKOUT.name)),
    Shown(
        "warning_breach_lines",
        "several breached, in the channel",
        lambda: breach_line(bundle(), *(one.name for one in bundle().objectives)),
    ),
    Shown("warning_line_joined", "another joined", lambda: happened(Turn.JOINED)),
    Shown("warning_line_urgent", "urgent now", lambda: happened(Turn.URGENT, BURNING)),
    Shown("warning_line_acknowledged", "acknowledged", lambda: happened(Turn.ACKNOWLEDGED, by=ANA)),
    Shown("warning_line_handed_back", "handed back", lambda: happened(Turn.HANDED_BACK, by=ANA)),
    Shown("warning_line_snoozed", "snoozed", lambda: happened(Turn.SNOOZED, snoozed(), by=ANA)),
    Shown("warning_line_asked", "the manager is asked", lambda: happened(Turn.ASKED, BURNING, rung=MANAGER)),
    Shown("warning_line_reopened", "began again", lambda: happened(Turn.REOPENED, reopened())),
    Shown("warning_line_over", "over", lambda: happened(Turn.OVER, OVER)),
    Shown("warning_line_withdrawn", "withdrawn", lambda: happened(Turn.WITHDRAWN, withdrawn())),
    Shown("warning_line_longest", "huge: hostile names", lambda: happened(Turn.JOINED, longest_bundle())),
)
SHOWN_LISTS = (
    Shown("warnings", "open ones", lambda: warnings_list(EXAMPLE)),
    Shown("warnings_none", "empty: none open", lambda: warnings_list(replace(EXAMPLE, warnings=()))),
    Shown(
        "warnings_500",
        "huge: 500 with hostile names",
        lambda: warnings_list(replace(EXAMPLE, warnings=[one.warning for one in many_listed()])),
    ),
    Shown("warnings_history", "of an objective", lambda: warnings_history(EXAMPLE_HISTORY)),
    Shown(
        "warnings_history_none", "empty: never", lambda: warnings_history(replace(EXAMPLE_HISTORY, past=()))
    ),
    Shown(
        "warnings_history_500",
        "huge: 500",
        lambda: warnings_history(replace(EXAMPLE_HISTORY, name=HOSTILE, past=many_listed())),
    ),
    Shown("warnings_score", "how good they were", lambda: warnings_score(SCORE)),
    Shown("warnings_score_none", "empty: nothing to score yet", lambda: warnings_score(nothing_scored())),
    Shown(
        "warnings_score_longest",
        "huge: a hostile name",
        lambda: warnings_score(replace(SCORE, about=HOSTILE)),
    ),
)

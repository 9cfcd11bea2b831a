"""A warning that a breach is probable, from when it was forecast until it is withdrawn, came true or did not."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from domain.countdown import bearable, counts_over, ends_at, lost_share
from domain.method import Timeslices
from domain.minutes import DAY
from domain.ratio import ceil_percent, floor_percent, percent_places
from domain.standing import Standing, State
from domain.warned import Record, Warned, WarnedObjective
from domain.watching import WITHDRAW_BELOW
from domain.window import CalendarWindow
from messages.amounts import attainment_words, budget_words
from messages.dates import Dates
from messages.escaping import plain
from messages.room import LINE, flowing
from messages.states import EMOJI
from messages.warning_people import who_lines
from messages.warning_times import moment
from messages.warning_told import Told
from messages.warning_words import (
    OVER_MARK,
    dates_of,
    figures_lines,
    headline,
    lost_percent,
    owner_lines,
    state_of,
    unit_words,
)
from messages.windows import window_words

RECENT = 3 * DAY
PROBABLE = Fraction(1, 2)


def forecast_told(one: WarnedObjective, warned: Warned) -> Told:
    """What is told while a breach is probable, and how that ended."""
    if one.episode.breached_at or state_of(one) is State.BREACHED:
        return _came_true(one, warned)
    if not one.episode.is_open:
        return _withdrawn(one, warned) if one.episode.withdrawn else _ended_met(one, warned)
    head = [
        headline(one),
        f"*{likely_words(one)}.*",
        *_recent(one.standing),
        *_to_stay_met(one.standing),
        *_enough(one, warned),
    ]
    figures = [*_figures(one), *_ends_at(one.standing), *owner_lines(one, warned)]
    last = [*_record_lines(one), *who_lines(warned)]
    push = f"{plain(one.name)} {_will(one)} be breached {_by(one)} ({chance_words(one)})"
    return Told(push, [head, figures, last], f"next look {_next_look(warned)}")


def chance_words(one: WarnedObjective) -> str:
    """ "72%": rounded up, and never as certain as it is not."""
    chance = Fraction(str(round(one.episode.probability or 0, 4)))
    return "over 99%" if chance * 100 > 99 else ceil_percent(chance, 0)


def likely_words(one: WarnedObjective) -> str:
    """ "Will probably be breached in November: 72%"."""
    will = _will(one)
    return f"{will[:1].upper()}{will[1:]} be breached {_by(one)}: {chance_words(one)}"


def _will(one: WarnedObjective) -> str:
    return "will probably" if (one.episode.probability or 0) >= PROBABLE else "may"


def _by(one: WarnedObjective) -> str:
    """ "in November", "within 7 days"."""
    if isinstance(one.standing.terms.window, CalendarWindow):
        return f"in {_period_name(one)}"
    return "within 7 days"


def _period_name(one: WarnedObjective) -> str:
    """The calendar period that its forecasts are about, which may be over."""
    window, end = one.standing.terms.window, one.episode.window_end or one.standing.period.end
    return window_words(window, window.period(at=end - timedelta(seconds=1)))


def _recent(standing: Standing) -> list[str]:
    """ "1.6% of payouts failed in 3 days, 0.7% before."; only where it got worse."""
    recent = counts_over(standing, RECENT)
    if recent is None or standing.at - timedelta(minutes=RECENT) <= standing.period.start:
        return []
    now, before = (lost_share(standing, one) for one in (recent, standing.figures.counts.minus(recent)))
    if now is None or before is None or now <= before:
        return []
    return [f"{lost_percent(now)} of {_what(standing)} failed in 3 days, {lost_percent(before)} before."]


def _what(standing: Standing) -> str:
    return "the minutes" if isinstance(standing.terms.method, Timeslices) else unit_words(standing)


def _to_stay_met(standing: Standing) -> list[str]:
    share = bearable(standing)
    if share is None or share >= 1:
        return []
    rest = f"the rest of {window_words(standing.terms.window, standing.period)}"
    places = 1 if share * 100 >= 1 else 2
    return [f"To stay met, {rest} must stay under {floor_percent(share, places)}."]


def _enough(one: WarnedObjective, warned: Warned) -> list[str]:
    """ "One more incident like 3 or 19 Oct is enough."."""
    if not one.likely:
        return []
    days = " or ".join(dates_of(warned).short(day.astimezone(UTC).date()) for day in one.likely)
    return [f"One more incident like {days} is enough."]


def _figures(one: WarnedObjective) -> list[str]:
    standing = one.standing
    attainment = attainment_words(standing)
    if not isinstance(standing.terms.window, CalendarWindow):
        return [attainment, budget_words(standing)]
    so_far = f"{attainment} so far"
    days = (standing.period.end - standing.at) // timedelta(days=1)
    to_go = f"{days} day{'' if days == 1 else 's'} to go" if days else "less than a day to go"
    return [so_far if len(so_far) <= LINE else attainment, *flowing([budget_words(standing), to_go])]


def _ends_at(standing: Standing) -> list[str]:
    """ "At the recent pace November ends at 98.96%"."""
    share = lost_share(standing, counts_over(standing, RECENT))
    ending = ends_at(standing, share) if share is not None else None
    if ending is None:
        return []
    name = window_words(standing.terms.window, standing.period)
    return [
        f"At the recent pace {name} ends at {floor_percent(ending, percent_places(standing.terms.target))}"
    ]


def _record_lines(one: WarnedObjective) -> list[str]:
    if one.is_thin:
        return ["Too little history to say how good this is; it assumes the pace of the last 7 days."]
    if one.record is None or not one.record.ended:
        return ["No such forecast has ended yet: how good they are here, nobody knows."]
    return [_record_words(one.record)]


def _record_words(record: Record) -> str:
    where = "of this team" if record.of_team else "here"
    return f"Such forecasts {where} so far: {record.came_true:,} of {record.ended:,} came true."


def _next_look(warned: Warned) -> str:
    """Forecasts are made as of 00:00 UTC."""
    at = warned.at.astimezone(UTC)
    midnight = datetime(at.year, at.month, at.day, tzinfo=UTC) + timedelta(days=1)
    return moment(midnight, Dates(warned.at, warned.zone))


def _came_true(one: WarnedObjective, warned: Warned) -> Told:
    dates, since = dates_of(warned), one.episode.breached_at
    on = f" on {dates.day(dates.local(since).date())}" if since else ""
    head = [
        f"{EMOJI[State.BREACHED]} *{plain(one.name)}* · breached{on}",
        f"It came true: forecast since {dates.day(dates.local(one.episode.began_at).date())},",
        f"at last with {chance_words(one)}.",
    ]
    push = f"{plain(one.name)} breached{on}, as forecast"
    return _ended(push, head, one, warned)


def _withdrawn(one: WarnedObjective, warned: Warned) -> Told:
    limit = floor_percent(WITHDRAW_BELOW * one.standing.objective.watching.warn_at, 0)
    words = f"forecast withdrawn: {chance_words(one)}"
    head = [f"{OVER_MARK} *{plain(one.name)}* · {words},", f"below {limit} for 2 days."]
    push = f"{plain(one.name)}: {words}"
    return _ended(push, head, one, warned)


def _ended_met(one: WarnedObjective, warned: Warned) -> Told:
    calendar = isinstance(one.standing.terms.window, CalendarWindow)
    ended = f"{_period_name(one)} ended met" if calendar else "not breached"
    head = [
        f"{OVER_MARK} *{plain(one.name)}* · over, {ended}",
        f"The forecast, at last {chance_words(one)}, did not come true.",
    ]
    push = f"{plain(one.name)}: {ended}"
    return _ended(push, head, one, warned)


def _ended(push: str, head: Sequence[str], one: WarnedObjective, warned: Warned) -> Told:
    figures = [*_own_figures(one, warned), *owner_lines(one, warned)]
    return Told(push, [head, figures, who_lines(warned)], ending="over")


def _own_figures(one: WarnedObjective, warned: Warned) -> list[str]:
    """The figures, unless they are those of the next period already."""
    end = one.episode.window_end
    if isinstance(one.standing.terms.window, CalendarWindow) and end and one.standing.period.start >= end:
        return []
    return figures_lines(one, warned)

"""The week before, in a few lines."""

from collections.abc import Sequence
from fractions import Fraction

from domain.standing import State
from domain.weekly import Trend, Week
from messages.amounts import attainment_percent, percent_left
from messages.dates import Dates
from messages.escaping import plain
from messages.outcomes import outcome_counts
from messages.room import flowing
from messages.states import all_met_words

LEAST_CHANGE = Fraction(1, 100)
"""The change of budget left under which a trend is not told."""

MOST_NAMED = 4


def week_lines(week: Week | None, dates: Dates) -> list[str]:
    """How the week came out by its own minutes, which objectives missed it, and whose budget left moved most."""
    if week is None or not week.counted:
        return []
    met = len(week.in_state(State.MET)) == len(week.during)
    how = all_met_words(len(week.during)) if met else outcome_counts(one.state for one in week.during)
    return [f"*Last week, to {dates.day(week.sunday)}*", how, *_missed(week), *_trends(week.trends())]


def _missed(week: Week) -> list[str]:
    names = [f"{plain(one.name)} {attainment_percent(one)}" for one in week.in_state(State.BREACHED)]
    if not names:
        return []
    more = [f"{len(names) - MOST_NAMED:,} more"] if len(names) > MOST_NAMED else []
    return flowing([f"Missed: {names[0]}", *names[1:MOST_NAMED], *more], separator=", ")


def _trends(trends: Sequence[Trend]) -> list[str]:
    """The best and the worst, where one is."""
    best = [f"Best: {_moved(trends[-1])}"] if trends and trends[-1].change >= LEAST_CHANGE else []
    worst = [f"Worst: {_moved(trends[0])}"] if trends and trends[0].change <= -LEAST_CHANGE else []
    return [*best, *worst]


def _moved(trend: Trend) -> str:
    """ "checkout-availability, 70% to 27% left"."""
    return f"{plain(trend.standing.name)}, {percent_left(trend.before)} to {percent_left(trend.after)} left"

"""A warning that the budget of one objective burns, from its first minute until it is over."""

from datetime import datetime, timedelta

from domain.minutes import instant_of
from domain.sight import QUIET
from domain.standing import State
from domain.warned import Warned, WarnedObjective
from domain.window import CalendarWindow
from messages.amounts import duration
from messages.escaping import plain
from messages.reasons import capital, reason_lines, why
from messages.states import WORD
from messages.warning_people import who_lines
from messages.warning_times import at_moment, length, moment, push_moment, span
from messages.warning_told import Told
from messages.warning_words import (
    burn_words,
    cost_words,
    countdown_of,
    dates_of,
    failing_words,
    figures_lines,
    headline,
    over_headline,
    owner_lines,
    shortest_window,
    state_of,
)


def burn_told(one: WarnedObjective, warned: Warned) -> Told:
    """What is told while it burns, once it is breached, and when it is over."""
    if not one.episode.is_open:
        return _over(one, warned)
    if state_of(one) is State.BREACHED or one.episode.breached_at:
        return _breached(one, warned)
    head = [headline(one), *_failing(one, warned), *countdown_lines(one, warned), *_again(one)]
    figures = [*figures_lines(one, warned), *owner_lines(one, warned)]
    return Told(_push(one, warned), [head, figures, who_lines(warned)], _burning(one, warned))


def countdown_lines(one: WarnedObjective, warned: Warned, *, of_several: bool = False) -> list[str]:
    """ "At this pace the budget is gone in *1 h 16 min*, at 15:15."; nothing where nothing fails just now."""
    counted, dates = countdown_of(one), dates_of(warned)
    if counted is None:
        return []
    if counted.gone_at is None:
        calendar = isinstance(one.standing.terms.window, CalendarWindow)
        return ["At this pace it lasts until the period ends."] if calendar else []
    left = length(counted.gone_at - one.standing.at)
    whose = f"First *{plain(one.name)}*: at this pace its" if of_several else "At this pace the"
    return [f"{whose} budget is gone in *{left}*, {at_moment(counted.gone_at, dates)}."]


def failed_between(one: WarnedObjective) -> tuple[datetime, datetime] | None:
    """From the first failing minute to the last one; None where no stretch of them stands out."""
    if not one.spells:
        return None
    return instant_of(one.spells[0].start), instant_of(max(spell.end for spell in one.spells))


def _failing(one: WarnedObjective, warned: Warned) -> list[str]:
    dates, words = dates_of(warned), failing_words(one)
    since = moment(_since(one), dates)
    if words:
        return [f"*{words} since {since}.*" if words.endswith("failing") else f"*{words}, since {since}.*"]
    stretch = failed_between(one)
    nothing = f"*Nothing failed in the last {duration(shortest_window(one))}.*"
    return [nothing, *([f"Failing {span(*stretch, dates)}."] if stretch else [])]


def _since(one: WarnedObjective) -> datetime:
    """Since when it fails; of one that began again, since when this time."""
    return instant_of(one.spells[-1].start) if one.spells and one.episode.reopened else one.failing_since


def _again(one: WarnedObjective) -> list[str]:
    """ "It was over and began again, 2 times."."""
    times = one.episode.reopened
    return [f"It was over and began again{f', {times:,} times' if times > 1 else ''}."] if times else []


def _push(one: WarnedObjective, warned: Warned) -> str:
    name, counted = plain(one.name), countdown_of(one)
    if counted and counted.gone_at:
        gone = push_moment(counted.gone_at, dates_of(warned))
        return f"{name} at risk: at this pace the budget is gone {gone}"
    words = failing_words(one)
    return f"{name} at risk: {words}" if words else f"{name} at risk: its budget burns"


def _burning(one: WarnedObjective, warned: Warned) -> str:
    """How fast; left out once somebody has it, who knows."""
    return "" if warned.warning.acknowledged_by else burn_words(one)


def _breached(one: WarnedObjective, warned: Warned) -> Told:
    dates, since = dates_of(warned), one.episode.breached_at
    below = [f"{capital(f'since {moment(since, dates)}')} attainment is below the target."] if since else []
    push = f"{plain(one.name)} breached" + (f" {push_moment(since, dates)}" if since else "")
    figures = [*figures_lines(one, warned), *_until(one, warned), *owner_lines(one, warned)]
    return Told(
        push, [[headline(one), *below, *_how(one, warned)], figures, who_lines(warned)], ending="breached"
    )


def _how(one: WarnedObjective, warned: Warned) -> list[str]:
    """ "Failing since 13:52, 14% of requests."; from when to when where nothing fails just now."""
    dates, words, stretch = dates_of(warned), failing_words(one), failed_between(one)
    if words:
        return [f"Failing since {moment(_since(one), dates)}, {words.removesuffix(' are failing')}."]
    return [f"Failing {span(*stretch, dates)}."] if stretch else []


def _until(one: WarnedObjective, warned: Warned) -> list[str]:
    return reason_lines(one.standing, dates_of(warned))[:1] if one.standing.until else []


def _over(one: WarnedObjective, warned: Warned) -> Told:
    dates, resolved = dates_of(warned), one.episode.resolved_at or warned.at
    stretch = failed_between(one) or (one.episode.began_at, resolved - timedelta(minutes=QUIET))
    start, end = stretch[0], max(stretch)
    head = [over_headline(one), f"Failing {span(start, end, dates)}, closed {dates.time(resolved)}."]
    cost = [f"It took {cost_words(one)}."] if one.lost else []
    figures = [*figures_lines(one, warned), *_why_still(one, warned), *owner_lines(one, warned)]
    state = "still " * (one.standing.state is State.AT_RISK) + WORD[one.standing.state]
    push = f"{plain(one.name)}: over, {state}"
    return Told(push, [[*head, *cost], figures, who_lines(warned)], ending="over")


def _why_still(one: WarnedObjective, warned: Warned) -> list[str]:
    """ "At risk until 2 Dec: under 25% left"."""
    standing, dates = one.standing, dates_of(warned)
    if standing.state is not State.AT_RISK or standing.until is None:
        return reason_lines(standing, dates)[:1] if standing.reason else []
    return [f"At risk until {dates.until(standing.until)}: {', '.join(why(standing, dates))}"]

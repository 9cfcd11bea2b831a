"""How an objective did before it is acknowledged, and what stands under it, in words."""

from domain.objective import Terms
from domain.ratio import floor_percent, percent_places
from domain.request import DAYS, Asked, PastDays, PastMonth
from messages.dates import MONTHS
from messages.room import flowing
from messages.windows import window_words

NO_HISTORY = "No history yet: nothing was measured."


def past_lines(one: Asked) -> list[str]:
    """How it would have been with these terms; that nothing is known, where nothing is."""
    would = _would(one)
    if one.months:
        return [f"{would}:", *flowing(_month(month, one) for month in one.months)]
    if one.days:
        return [would, f"{days_words(one.days)}."]
    return [NO_HISTORY]


def _would(one: Asked) -> str:
    before = one.before
    if before is None or _judged_by(before) == _judged_by(one.terms):
        return "By this target it was"
    new = "terms" if before.target == one.terms.target else "target"
    return f"With the new {new} you would have been"


def _judged_by(terms: Terms) -> tuple[object, ...]:
    """What decides whether it is met; not who owns it, nor to whom it is promised."""
    return terms.target, terms.window, terms.method, terms.limit, terms.indicator.sources


def short_past(one: Asked) -> str:
    """ "met on 71 of the last 90 days", "met in 2 of 3 months", "no history yet": in the midst of a line."""
    if one.days:
        return days_words(one.days)
    if one.months:
        return f"met in {sum(month.met for month in one.months)} of {len(one.months)} months"
    return "no history yet"


def days_words(days: PastDays) -> str:
    """ "met on 71 of the last 90 days", "met on 3 of the 4 days measured"."""
    if days.known == DAYS:
        return f"met on {days.met} of the last {DAYS} days"
    return f"met on {days.met} of the {days.known} days measured"


def _month(month: PastMonth, one: Asked) -> str:
    """ "Oct 99.88% breached", "Nov so far 99.94% met"."""
    words = window_words(month.window, month.period)
    name = words[:3] if words in MONTHS else words
    figure = floor_percent(month.attainment, percent_places(one.objective.versions[-1].target))
    state = "met" if month.met else "below" if month.running else "breached"
    return f"{name} so far {figure} {state}" if month.running else f"{name} {figure} {state}"

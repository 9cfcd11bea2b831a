"""Why a state is not met, and when it ends by itself."""

from datetime import datetime, timedelta

from domain.minutes import DAY, HOUR, instant_of, minute_of
from domain.ratio import floor_percent
from domain.standing import Reason, Standing, State
from domain.window import RollingWindow
from messages.amounts import UNIT_LENGTH, age
from messages.dates import Dates
from messages.escaping import plain
from messages.states import WORD
from messages.windows import in_window, this_window

LOW_COVERAGE = 95
"""Percent of the countable minutes under which the coverage is told."""


def reason_lines(standing: Standing, dates: Dates, *, warned: bool = False) -> list[str]:
    """Why a state that is not met is so, and until when: a line each, as rows of a digest say it.

    Where its open warning is told (`warned`), that says enough of a reason without an end.
    """
    if standing.state is State.NO_DATA:
        return [capital(line) for line in why(standing, dates)]
    lines = [capital(silence) for silence in silence_words(standing, dates)]
    ending = [] if warned and standing.until is None else [_ending(standing, dates)]
    return [*ending, *lines, *map(capital, coverage_words(standing))]


def why(standing: Standing, dates: Dates) -> list[str]:
    """The reasons, in lower case: a line each, at most two."""
    if standing.reason is None:
        return []
    if standing.state is not State.NO_DATA:
        return [_short_reason(standing)]
    silence = silence_words(standing, dates)
    if standing.reason is Reason.LOW_COVERAGE:
        return [*silence, *coverage_words(standing)]
    return silence or [_short_reason(standing)]


def ends(standing: Standing, dates: Dates) -> str | None:
    """ "2 Dec, if nothing else fails"; None where it cannot be computed."""
    if standing.until is None:
        return None
    if isinstance(standing.terms.window, RollingWindow):
        return f"{dates.until(standing.until)}, if nothing else fails"
    return f"{dates.until(standing.until)}, when a new {standing.terms.window.unit} starts"


def silence_words(standing: Standing, dates: Dates) -> list[str]:
    """ "nothing received since Mon 11:40 (21 h)", where that is at least an hour (or a silent objective's day)."""
    last = last_received(standing)
    if last is None:
        never = standing.figures.first_minute is None
        return ["nothing received yet"] if never else ["nothing received for 24 h"] * standing.silent
    minutes = minute_of(standing.at) - minute_of(last)
    if minutes < (HOUR if standing.state is State.NO_DATA else DAY):
        return []
    return [f"nothing received since {dates.since(last)} ({age(minutes)})"]


def silence_length(standing: Standing) -> list[str]:
    """ "nothing received for 21 h": the same for where there is little room."""
    last = last_received(standing)
    if last is None or not silence_words(standing, Dates(standing.at)):
        return silence_words(standing, Dates(standing.at))
    return [f"nothing received for {age(minute_of(standing.at) - minute_of(last))}"]


def last_received(standing: Standing) -> datetime | None:
    """The end of the last measured minute, where known."""
    last = standing.figures.last_minute
    return None if last is None else instant_of(last) + timedelta(minutes=1)


def coverage_words(standing: Standing) -> list[str]:
    """ "35% of this week measured, 50% needed", where the coverage is low."""
    coverage, window = standing.coverage, this_window(standing.terms.window)
    if coverage is None or coverage * 100 >= LOW_COVERAGE:
        return []
    measured = f"{floor_percent(coverage, 0)} of {window} measured"
    needed = standing.terms.min_coverage
    return [f"{measured}, {floor_percent(needed, 0)} needed" if coverage < needed else measured]


def _ending(standing: Standing, dates: Dates) -> str:
    """Why a breached or at-risk objective is so, with its end where known."""
    if standing.until is None:
        return capital(_short_reason(standing, alone=True))
    if not isinstance(standing.terms.window, RollingWindow):
        state = capital(WORD[standing.state])
        return f"{state} until {dates.until(standing.until)}: {_short_reason(standing)}"
    level = "target" if standing.state is State.BREACHED else "25%"
    return f"Above {level} again {dates.on(standing.until)} if nothing else fails"


def _short_reason(standing: Standing, *, alone: bool = False) -> str:
    unit = plain(standing.terms.unit, UNIT_LENGTH) if standing.terms.unit else "events"
    match standing.reason:
        case Reason.LOW_BUDGET:
            return "under 25% of the budget is left" if alone else "under 25% left"
        case Reason.OVERSPENT_SO_FAR:
            return f"more failed than the {unit} so far allow"
        case Reason.NO_EVENTS:
            return f"no {unit} {in_window(standing.terms.window)}"
        case Reason.NOTHING_MEASURED:
            return f"nothing received {in_window(standing.terms.window)}"
        case _:
            return standing.reason.value if standing.reason else WORD[standing.state]


def capital(text: str) -> str:
    """`text` as the beginning of a sentence."""
    return text[:1].upper() + text[1:]

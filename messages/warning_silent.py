"""A warning that nothing is received of an objective, though usually something is."""

from datetime import datetime, timedelta

from domain.minutes import instant_of
from domain.sight import SILENT_AFTER
from domain.standing import State
from domain.warned import Warned, WarnedObjective
from messages.amounts import age
from messages.escaping import plain
from messages.states import EMOJI, WORD
from messages.warning_people import who_lines
from messages.warning_times import MINUTE, moment, push_moment, span
from messages.warning_told import Told
from messages.warning_words import OVER_MARK, dates_of, figures_lines, owner_lines, state_of


def silent_told(one: WarnedObjective, warned: Warned) -> Told:
    """What is told while nothing comes, and once something does."""
    return _silent(one, warned) if one.episode.is_open else _heard(one, warned)


def silent_words(one: WarnedObjective, warned: Warned) -> str:
    """ "Nothing received since Mon 11:40 (2 h)"."""
    since = silent_since(one)
    minutes = max((one.standing.at - since) // MINUTE, 0)
    return f"Nothing received since {moment(since, dates_of(warned))} ({age(minutes)})"


def silent_since(one: WarnedObjective) -> datetime:
    """The end of the last minute that was measured before it began."""
    began = one.episode.began_at
    last = instant_of(one.last_minute) + MINUTE if one.last_minute is not None else began
    return last if last < began else began - timedelta(minutes=SILENT_AFTER)


def _silent(one: WarnedObjective, warned: Warned) -> Told:
    since, state = silent_since(one), state_of(one)
    head = [
        f"{EMOJI[state]} *{plain(one.name)}* · {WORD[state]}",
        f"*{silent_words(one, warned)}.*",
        "Usually something comes. How it stands now, nobody knows.",
    ]
    figures = [*figures_lines(one, warned), *owner_lines(one, warned)]
    push = f"{plain(one.name)}: nothing received since {_push_since(since, warned)}"
    return Told(push, [head, figures, who_lines(warned)])


def _push_since(since: datetime, warned: Warned) -> str:
    return push_moment(since, dates_of(warned)).partition(" ")[2]


def _heard(one: WarnedObjective, warned: Warned) -> Told:
    dates, until = dates_of(warned), one.episode.resolved_at or warned.at
    state = one.standing.state
    mark = OVER_MARK if state is not State.BREACHED else EMOJI[state]
    head = [
        f"{mark} *{plain(one.name)}* · received again, {WORD[state]}",
        f"Nothing received {span(silent_since(one), until, dates)}.",
    ]
    figures = [*figures_lines(one, warned), *owner_lines(one, warned)]
    return Told(f"{plain(one.name)}: received again", [head, figures, who_lines(warned)], ending="over")

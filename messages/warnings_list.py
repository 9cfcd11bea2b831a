"""Warnings in a list: what is open, and what an objective or service was warned of before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from domain.breach_warning import BreachWarning, by_need
from domain.episode import WarningKind
from domain.ratio import ceil_percent
from domain.standing import State
from messages.asking import ask_button, askable
from messages.blocks import Block, actions, section
from messages.dates import Dates
from messages.escaping import plain
from messages.example import BERLIN, NINE
from messages.message import Message
from messages.planned import person_words
from messages.room import fitting, flowing, pieces
from messages.states import EMOJI
from messages.warning_example import ACKNOWLEDGED, BREACHED, FORECAST, OVER
from messages.warning_times import length, moment
from messages.warning_words import OVER_MARK, severity_words, subject_words

MOST_LISTED = 60
ROOM_OF_LIST = 9500
MOST_BUTTONS = 3
KINDS = {
    WarningKind.BURN: "budget burns",
    WarningKind.FORECAST: "breach probable",
    WarningKind.SILENT: "nothing received",
}


@dataclass(frozen=True, slots=True)
class WarningsList:
    """The open warnings of a team, several, or all; `title` is written as it is, so escaped before."""

    title: str
    warnings: Sequence[BreachWarning]
    at: datetime
    zone: str = "UTC"

    @property
    def dates(self) -> Dates:
        """Words for dates, in the zone of whoever asks."""
        return Dates(self.at, self.zone)


@dataclass(frozen=True, slots=True)
class PastWarning:
    """A warning, and the share of its budget that it took (None: not known, or of several objectives)."""

    warning: BreachWarning
    cost: Fraction | None = None


@dataclass(frozen=True, slots=True)
class WarningsHistory:
    """What `name` was warned of in the last `days` days, open ones too."""

    name: str
    past: Sequence[PastWarning]
    at: datetime
    zone: str = "UTC"
    days: int = 90

    @property
    def dates(self) -> Dates:
        """Words for dates, in the zone of whoever asks."""
        return Dates(self.at, self.zone)


def warnings_list(facts: WarningsList, *, command: str = "/slm") -> Message:
    """Urgent ones first, then those that nobody has, then the oldest; a button for each of the first."""
    if not facts.warnings:
        told = "No warning is open."
        hint = f"of the last 90 days: `{command} warnings NAME`"
        return Message(f"{facts.title}: no warning is open.", (section(f"*{facts.title}*", told),), hint)
    ranked = by_need(facts.warnings)
    head = f"*{facts.title}* · {_number(len(ranked))} open"
    lines = fitting(ranked, lambda one: _line(one, facts.dates), most=MOST_LISTED, room=ROOM_OF_LIST)
    more = len(ranked) - len(lines)
    rest = [f"and {more:,} more. Fewer at once: `{command} warnings NAME`"] if more else []
    texts = pieces([head, *lines, *rest])
    urgent = sum(one.is_urgent for one in ranked)
    push = f"{facts.title}: {_number(len(ranked))} open" + (f", {urgent:,} urgent." if urgent else ".")
    blocks = (*map(section, texts), *_buttons(ranked))
    return Message(push, blocks, f"one of them: `{command} warnings W-42`")


def warnings_history(facts: WarningsHistory, *, command: str = "/slm") -> Message:
    """What is open first, then the newest: when, how long, what it cost, how it ended."""
    name, days = plain(facts.name), f"last {facts.days} days"
    hint = f"how good forecasts were: `{command} warnings score`"
    if not facts.past:
        told = f"No warnings in the {days}."
        return Message(f"{name}: {told[:1].lower()}{told[1:]}", (section(f"*{name}*", told),), hint)
    newest = sorted(facts.past, key=lambda one: (one.warning.is_open, one.warning.opened_at), reverse=True)
    head = f"*{name}* · {_number(len(newest))}, {days}"
    lines = fitting(newest, lambda one: _past_line(one, facts.dates), most=MOST_LISTED, room=ROOM_OF_LIST)
    more = len(newest) - len(lines)
    texts = pieces([head, *lines, *([f"and {more:,} older"] if more else [])])
    return Message(f"{name}: {_number(len(newest))} in the {days}.", tuple(map(section, texts)), hint)


def _line(warning: BreachWarning, dates: Dates) -> str:
    """What, how urgent, who has it, since when."""
    mark = EMOJI[State.BREACHED if any(one.breached_at for one in warning.open_episodes) else State.AT_RISK]
    words = [f"{mark} *{warning.name}* {subject_words(warning)}", severity_words(warning.severity)]
    return "\n    ".join(
        [*flowing(words), f"{_whose(warning, dates)}, since {moment(warning.opened_at, dates)}"]
    )


def _whose(warning: BreachWarning, dates: Dates) -> str:
    if warning.acknowledged_by:
        return f"{person_words(warning.acknowledged_by)} has it"
    if warning.snoozed(dates.at) and warning.snoozed_until:
        return f"snoozed until {moment(warning.snoozed_until, dates)}"
    return "nobody has it"


def _past_line(past: PastWarning, dates: Dates) -> str:
    warning = past.warning
    mark = EMOJI[State.AT_RISK] if warning.is_open else OVER_MARK
    mark = EMOJI[State.BREACHED] if warning.breached else mark
    head = f"{mark} *{warning.name}* {moment(warning.opened_at, dates)} · {_ending(warning)}"
    cost = [f"took {ceil_percent(past.cost, 0)}"] if past.cost else []
    what = f"{KINDS[warning.kind]}, {severity_words(warning.severity)}"
    return "\n    ".join([head, *flowing([*_lasted(warning), what, *cost])])


def _lasted(warning: BreachWarning) -> list[str]:
    ended = warning.resolved_at
    return [length(ended - warning.opened_at)] if ended else []


def _ending(warning: BreachWarning) -> str:
    if warning.breached:
        return "breached" if warning.is_open else "breached, over"
    if warning.is_open:
        return "open"
    return "withdrawn" if any(one.withdrawn for one in warning.episodes) else "over"


def _buttons(ranked: Sequence[BreachWarning]) -> list[Block]:
    free = [one.name for one in ranked if not one.acknowledged_by][:MOST_BUTTONS]
    buttons = [ask_button(f"Acknowledge {name}", f"ack {name}") for name in free if askable(name)]
    return [actions(*buttons)] if buttons else []


def _number(count: int) -> str:
    return "1 warning" if count == 1 else f"{count:,} warnings"


EXAMPLE = WarningsList("payments team", (FORECAST.warning, ACKNOWLEDGED.warning), NINE, BERLIN)
EXAMPLE_HISTORY = WarningsHistory(
    "checkout-availability",
    (PastWarning(OVER.warning, OVER.objectives[0].cost), PastWarning(BREACHED.warning)),
    NINE,
    BERLIN,
)

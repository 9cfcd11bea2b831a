"""How spans of the past came out: met, nearly missed, missed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from domain.standing import State
from domain.window import CalendarUnit
from messages.dates import MONTHS, Dates

MARK: Mapping[State, str] = {State.MET: "✅", State.AT_RISK: "⚠️", State.BREACHED: "❌", State.NO_DATA: "❔"}
OUTCOME: Mapping[State, str] = {
    State.MET: "met",
    State.AT_RISK: "nearly missed",
    State.BREACHED: "missed",
    State.NO_DATA: "no data",
}
LEGEND = (
    "✅ met · ⚠️ nearly missed: met, but under 25% of the budget left · ❌ missed · ❔ no data, or too little"
)
TOLD = (State.MET, State.AT_RISK, State.BREACHED, State.NO_DATA)


def outcome_counts(states: Iterable[State]) -> str:
    """ "11 met · 1 nearly missed · 2 missed"."""
    counted = Counter(states)
    return " · ".join(f"{counted[state]:,} {OUTCOME[state]}" for state in TOLD if counted[state])


def span_label(unit: CalendarUnit, start: datetime, dates: Dates) -> str:
    """ "Tue 10 Nov", "from 9 Nov", "Nov", with the year where that is not the current one."""
    on = dates.local(start).date()
    if unit is CalendarUnit.DAY:
        return dates.day(on)
    if unit is CalendarUnit.WEEK:
        return f"from {dates.short(on)}"
    return MONTHS[on.month - 1][:3] + ("" if on.year == dates.today.year else f" {on.year}")

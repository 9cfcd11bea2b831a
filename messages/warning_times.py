"""Times in warnings: how long, from when to when, and when something will be."""

import re
from datetime import datetime, timedelta

from messages.amounts import duration
from messages.dates import WEEKDAYS, Dates

MINUTE = timedelta(minutes=1)
_TOKEN = re.compile(r"<!date\^[^|>]*\|([^>]*)>")


def length(span: timedelta) -> str:
    """ "1 h 16 min", rounded down."""
    return duration(max(span // MINUTE, 0))


def ago(span: timedelta) -> str:
    """ "after 3 min", "at once"."""
    return f"after {length(span)}" if span >= MINUTE else "at once"


def moment(instant: datetime, dates: Dates) -> str:
    """ "13:52" today, else "Mon 13:52", "12 Nov 13:52"."""
    on = dates.local(instant).date()
    if on == dates.today:
        return dates.time(instant)
    near = abs(on - dates.today) <= timedelta(days=6)
    return f"{WEEKDAYS[on.weekday()] if near else dates.short(on)} {dates.time(instant)}"


def at_moment(instant: datetime, dates: Dates) -> str:
    """ "at 13:52" today, else "on Mon 13:52"."""
    words = moment(instant, dates)
    return f"at {words}" if dates.local(instant).date() == dates.today else f"on {words}"


def span(start: datetime, end: datetime, dates: Dates) -> str:
    """ "13:52 to 14:28 (36 min)"; the day once where it is the same."""
    same = dates.local(start).date() == dates.local(end).date()
    until = dates.time(end) if same else moment(end, dates)
    return f"{moment(start, dates)} to {until} ({length(end - start)})"


def push_moment(instant: datetime, dates: Dates) -> str:
    """ "at 15:15" on the zone's clock, since a lock screen shows no other; "on 2 Dec" where that is another day."""
    local = dates.local(instant)
    return f"at {local:%H:%M}" if local.date() == dates.today else f"on {dates.short(local.date())}"


def without_tokens(text: str) -> str:
    """`text` for a lock screen: times on the zone's clock."""
    return _TOKEN.sub(r"\1", text)

"""The time window of an SLO."""

from datetime import datetime

from connectors.definitions.fields import Fields, Shape
from connectors.definitions.findings import quoted
from connectors.definitions.nodes import Mapping
from connectors.definitions.scalars import Duration, duration, start_time
from connectors.definitions.zone import read_zone
from domain.minutes import DAY
from domain.window import MONTHS, CalendarUnit, CalendarWindow, RollingWindow, Window

SHAPE = Shape("timeWindow", ("duration", "isRolling", "calendar"))
CALENDAR = Shape("calendar", ("startTime", "timeZone"))
ROLLING_DAYS = {"M": 30, "Q": 90, "Y": 365}
UNITS = {
    "1d": CalendarUnit.DAY,
    "1w": CalendarUnit.WEEK,
    "1M": CalendarUnit.MONTH,
    "1Q": CalendarUnit.QUARTER,
    "1Y": CalendarUnit.YEAR,
}
LONGEST_DAYS = 3660
YEARS = range(1970, 2101)


def read_window(spec: Fields) -> Window | None:
    """The one window of an SLO's spec."""
    items = spec.items("timeWindow", required=True)
    if items is None:
        return None
    if len(items) != 1 or not isinstance(items[0], Mapping):
        spec.error("E502", "timeWindow", "`timeWindow` must be a list of exactly one window.")
        return None
    fields = Fields(items[0], SHAPE, spec.findings)
    length = _duration(fields)
    rolling = fields.truth("isRolling")
    calendar = fields.fields("calendar", CALENDAR)
    if length is None or not _is_one_of_both(fields, rolling, calendar):
        return None
    return _calendar(fields, length, calendar) if calendar else _rolling(fields, length)


def _duration(fields: Fields) -> Duration | None:
    scalar = fields.scalar("duration", required=True)
    length = duration(scalar.text) if scalar else None
    if scalar and length is None:
        text = f"{quoted(scalar.text)} is no duration; write a number and one of m h d w M Q Y, such as 30d."
        fields.error("E215", "duration", text)
    return length


def _is_one_of_both(fields: Fields, rolling: bool | None, calendar: Fields | None) -> bool:
    if calendar and rolling:
        fields.error("E503", "isRolling", "A rolling window has no `calendar`; leave one of the two out.")
    elif not calendar and not rolling:
        fields.error(
            "E503", "isRolling", "Say `isRolling: true`, or give a `calendar` with startTime and timeZone."
        )
    return bool(calendar) != bool(rolling)


def _rolling(fields: Fields, length: Duration) -> RollingWindow | None:
    days = ROLLING_DAYS.get(length.unit)
    minutes = length.minutes if days is None else length.count * days * DAY
    if not minutes or minutes > LONGEST_DAYS * DAY:
        fields.error("E504", "duration", "A rolling window is longer than nothing and at most ten years.")
        return None
    if days is not None:
        fields.error(
            "W501", "duration", f"{length} as a rolling window is {length.count * days} days; write that."
        )
    elif length.unit == "m":
        fields.error(
            "W502", "duration", f"{length} is {length.count} minutes; months are written with a capital M."
        )
    return RollingWindow(*divmod(minutes, DAY))


def _calendar(fields: Fields, length: Duration, calendar: Fields) -> CalendarWindow | None:
    unit = UNITS.get(str(length))
    if unit is None:
        text = (
            f"A calendar window is 1d, 1w, 1M, 1Q or 1Y, not {length}; months are written with a capital M."
        )
        fields.error("E504", "duration", text)
    starts = _starts(calendar)
    name = read_zone(calendar, "timeZone", required=True)
    if unit is None or starts is None or name is None:
        return None
    if unit in MONTHS and starts.day > 28:
        text = f"No {unit} can start on day {starts.day}: not every month has one. Take day 1 to 28."
        calendar.error("E506", "startTime", text)
        return None
    return CalendarWindow(unit, name, starts)


def _starts(calendar: Fields) -> datetime | None:
    scalar = calendar.scalar("startTime", required=True)
    starts = start_time(scalar.text) if scalar else None
    if scalar and (starts is None or starts.second or starts.year not in YEARS):
        text = f"{quoted(scalar.text)} is no startTime; write a whole minute as 2026-01-01 00:00:00, without a zone."
        calendar.error("E505", "startTime", text)
        return None
    return starts

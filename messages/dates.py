"""Dates and times in words. English by table: strftime would follow the machine's locale."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True)
class Dates:
    """Words for instants, read at `at` by someone in `zone`. Dates are the zone's, times the reader's own."""

    at: datetime
    zone: str = "UTC"

    @property
    def today(self) -> date:
        """The local date."""
        return self.local(self.at).date()

    def local(self, instant: datetime) -> datetime:
        """`instant` on the zone's clock."""
        return instant.astimezone(ZoneInfo(self.zone))

    def short(self, on: date) -> str:
        """ "2 Dec", with its year where that is not the current one."""
        year = "" if on.year == self.today.year else f" {on.year}"
        return f"{on.day} {MONTHS[on.month - 1][:3]}{year}"

    def day(self, on: date) -> str:
        """ "Tue 24 Nov", with its year where that is not the current one."""
        return f"{WEEKDAYS[on.weekday()]} {self.short(on)}"

    def weekday(self, on: date) -> str:
        """ "Mon", "today", or "12 Nov" where more than six days ago."""
        if on == self.today:
            return "today"
        return self.short(on) if self.today - on > timedelta(days=6) else WEEKDAYS[on.weekday()]

    def time(self, instant: datetime) -> str:
        """ "11:40" on the reader's clock; on the zone's where Slack cannot tell."""
        return f"<!date^{int(instant.timestamp())}^{{time}}|{self.local(instant):%H:%M}>"

    def since(self, instant: datetime) -> str:
        """ "Mon 11:40", "11:40" today, "12 Nov" where more than six days ago."""
        on = self.local(instant).date()
        if on == self.today:
            return self.time(instant)
        if self.today - on > timedelta(days=6):
            return self.short(on)
        return f"{WEEKDAYS[on.weekday()]} {self.time(instant)}"

    def on(self, instant: datetime) -> str:
        """ "on 2 Dec", or "at 15:15" where that is today."""
        on = self.local(instant).date()
        return f"at {self.time(instant)}" if on == self.today else f"on {self.short(on)}"

    def until(self, instant: datetime) -> str:
        """ "2 Dec", or "15:15" where that is today."""
        on = self.local(instant).date()
        return self.time(instant) if on == self.today else self.short(on)

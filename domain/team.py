"""Teams: the units of the provider, third parties and customers; and when their digest is due."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.calendars import Calendar, office_calendar
from domain.slack_change import SlackChange

DIGEST_GRACE = timedelta(hours=4)
"""A digest missed by more than this is not posted late."""

NOON = time(12)

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class TeamKind(StrEnum):
    """What a team is to the service provider organisation."""

    INTERNAL = "internal"
    THIRD_PARTY = "third-party"
    CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class DigestSchedule:
    """The local time of day and the days (0 is Monday) of a team's digest; None are the team's working days.

    One that is `off` was stopped in Slack, and keeps its days.
    """

    at: time = time(9)
    days: frozenset[int] | None = None
    off: bool = False


WEEKLY = DigestSchedule(days=frozenset({0}))
"""What customers and third parties get unless agreed otherwise."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Local times of day between which warnings that can wait are held back; over midnight where `until` is earlier."""

    since: time
    until: time


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of a team's escalation: whom to reach, so long after nobody answered."""

    to: str
    after: timedelta


@dataclass(frozen=True, slots=True)
class Team:
    """A unit of the SPO, a third party or a customer."""

    name: str
    kind: TeamKind = TeamKind.INTERNAL
    display_name: str = ""
    channel: str | None = None
    members: tuple[str, ...] = ()
    usergroup: str | None = None
    manager: str | None = None
    timezone: str = "UTC"
    digest: DigestSchedule = DigestSchedule()
    quiet_hours: QuietHours | None = None
    escalation: tuple[Rung, ...] = ()
    arbitrates: bool = False
    slack_team: str | None = None
    calendar: str | None = None
    """The name of its Calendar; without one it works Monday to Friday, 09:00–17:00."""
    slack_changes: tuple[SlackChange, ...] = ()

    @property
    def internal(self) -> bool:
        """Whether it is a unit of the provider."""
        return self.kind is TeamKind.INTERNAL

    def working_calendar(self, calendars: Mapping[str, Calendar]) -> Calendar:
        """Its Calendar, one of `calendars`; office hours in its own zone where it names none."""
        return calendars.get(self.calendar or "") or office_calendar(self.timezone)

    def local(self, at: datetime) -> datetime:
        """`at` on the team's clock."""
        return at.astimezone(ZoneInfo(self.timezone))

    def digest_instant(self, on: date) -> datetime:
        """The instant (UTC) of the digest of the local date `on`.

        A time of day that the clocks skip is taken as if they had not been changed yet; one that they show
        twice is the first.
        """
        return datetime.combine(on, self.digest.at, ZoneInfo(self.timezone)).astimezone(UTC)

    def has_digest_on(self, on: date, calendar: Calendar) -> bool:
        """Whether there is a digest on `on`, by the team's calendar: never on a holiday.

        The weekly one of an outsider moves to the next working day instead of being left out.
        """
        days = self.digest.days
        if self.digest.off or not self._comes(on):
            return False
        if days is None:
            return calendar.works(on)
        if on.weekday() in days and on not in calendar.holidays:
            return True
        return not self.internal and calendar.works(on) and _moved_to(on, days, calendar)

    def digest_due(self, calendar: Calendar, *, at: datetime) -> date | None:
        """The local date whose digest's time passed less than four hours ago."""
        # Not "today or yesterday": a zone can leave a day out, as Apia did 30 December 2011.
        for on in {self.local(at).date(), self.local(at - DIGEST_GRACE).date()}:
            passed = at - self.digest_instant(on)
            if timedelta(0) <= passed < DIGEST_GRACE and self.has_digest_on(on, calendar):
                return on
        return None

    def last_digest_date(self, calendar: Calendar, *, at: datetime) -> date | None:
        """The newest local date whose digest's time has passed; None where there was none for two weeks."""
        today = self.local(at).date()
        for on in (today - timedelta(days=back) for back in range(15)):
            if self.digest_instant(on) <= at and self.has_digest_on(on, calendar):
                return on
        return None

    def _comes(self, on: date) -> bool:
        """Whether the team's clocks ever show the date: a zone that changes sides of the date line leaves one out."""
        zone = ZoneInfo(self.timezone)
        noon = datetime.combine(on, NOON, zone)
        return noon.astimezone(UTC).astimezone(zone).date() == on


def _moved_to(on: date, days: Collection[int], calendar: Calendar) -> bool:
    """Whether a holiday since the working day before `on` was one of `days`."""
    day = on - timedelta(days=1)
    while not calendar.works(day) and on - day < timedelta(days=14):
        if day.weekday() in days and day in calendar.holidays:
            return True
        day -= timedelta(days=1)
    return False

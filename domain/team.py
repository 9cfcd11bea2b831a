"""Teams: the units of the provider, third parties and customers; and when their digest is due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

DIGEST_GRACE = timedelta(hours=4)
"""A digest missed by more than this is not posted late."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class TeamKind(StrEnum):
    """What a team is to the service provider organisation."""

    INTERNAL = "internal"
    THIRD_PARTY = "third-party"
    CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class DigestSchedule:
    """The local time of day and the days (0 is Monday) of a team's digest."""

    at: time = time(9)
    days: frozenset[int] = frozenset(range(5))


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

    def local(self, at: datetime) -> datetime:
        """`at` on the team's clock."""
        return at.astimezone(ZoneInfo(self.timezone))

    def digest_instant(self, on: date) -> datetime:
        """The instant (UTC) of the digest of the local date `on`.

        A time of day that the clocks skip is taken as if they had not been changed yet; one that they show
        twice is the first.
        """
        return datetime.combine(on, self.digest.at, ZoneInfo(self.timezone)).astimezone(UTC)

    def digest_due(self, *, at: datetime) -> date | None:
        """The local date whose digest's time passed less than four hours ago, today's or yesterday's."""
        for on in self._today_and_yesterday(at):
            passed = at - self.digest_instant(on)
            if on.weekday() in self.digest.days and timedelta(0) <= passed < DIGEST_GRACE:
                return on
        return None

    def last_digest_date(self, *, at: datetime) -> date | None:
        """The newest local date whose digest's time has passed; None where the team has no digest days."""
        today = self.local(at).date()
        for on in (today - timedelta(days=back) for back in range(9)):
            if on.weekday() in self.digest.days and self.digest_instant(on) <= at:
                return on
        return None

    def _today_and_yesterday(self, at: datetime) -> Iterator[date]:
        today = self.local(at).date()
        yield today
        yield today - timedelta(days=1)

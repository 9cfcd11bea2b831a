"""What lies around the making of the sandbox: planned work just done and soon to be done, and the next reviews."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
SATURDAY, SUNDAY = 5, 6
TO_MONDAY = {SATURDAY: 2, SUNDAY: 1}

REVIEW_AFTER = {"checkout-sla": timedelta(days=8), "sms-uc": timedelta(days=12)}
"""So long after the making these agreements are reviewed; the files cannot know it."""


@dataclass(frozen=True, slots=True)
class Work:
    """Planned work; `severity` is the share of requests that fails meanwhile."""

    name: str
    objectives: tuple[str, ...]
    start: datetime
    minutes: int
    severity: float
    reason: str
    author: str
    announced_at: datetime

    @property
    def end(self) -> datetime:
        return self.start + timedelta(minutes=self.minutes)


def planned_work(origin: datetime) -> tuple[Work, ...]:
    """One that was done, one that lies ahead, and one that was announced too late."""
    return _upgrade(origin), _move(origin), _carriers(origin)


def reviews(origin: datetime) -> dict[str, date]:
    """Agreement → its next review, a working day."""
    days = {name: (origin + after).astimezone(BERLIN).date() for name, after in REVIEW_AFTER.items()}
    return {name: day + timedelta(days=TO_MONDAY.get(day.weekday(), 0)) for name, day in days.items()}


def _upgrade(origin: datetime) -> Work:
    """In the night to the last Sunday."""
    today = (origin - timedelta(hours=6)).astimezone(BERLIN).date()
    on = today - timedelta(days=(today.weekday() - SUNDAY) % 7)
    return Work(
        f"checkout-availability-{on}",
        ("checkout-availability", "card-auth-availability"),
        _at(on, time(2), BERLIN),
        minutes=30,
        severity=0.9,
        reason="Upgrade of the payments database",
        author="U0ANA",
        announced_at=_at(on - timedelta(days=12), time(10, 5), BERLIN),
    )


def _move(origin: datetime) -> Work:
    """Three to nine days ahead, on a Saturday night."""
    earliest = origin.astimezone(BERLIN).date() + timedelta(days=3)
    on = earliest + timedelta(days=(SATURDAY - earliest.weekday()) % 7)
    return Work(
        f"checkout-{on}",
        ("card-auth-availability", "checkout-availability"),
        _at(on, time(22), BERLIN),
        minutes=120,
        severity=0.5,
        reason="Move to new servers",
        author="U0BEN",
        announced_at=_at(on - timedelta(days=18), time(11, 20), BERLIN),
    )


def _carriers(origin: datetime) -> Work:
    """The night after next; four days' notice at most."""
    on = origin.astimezone(NEW_YORK).date() + timedelta(days=2)
    start = _at(on, time(22), NEW_YORK)
    return Work(
        f"tracking-availability-{on}",
        ("tracking-availability",),
        start,
        minutes=45,
        severity=0.8,
        reason="New interface of a carrier",
        author="U0DANA",
        announced_at=max(_last_monday(origin), start - timedelta(days=4)),
    )


def _last_monday(origin: datetime) -> datetime:
    """Early on it, before any digest of that day."""
    today = (origin - timedelta(hours=10)).astimezone(UTC).date()
    return datetime.combine(today - timedelta(days=today.weekday()), time(3, 30), UTC)


def _at(on: date, wall: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(on, wall, zone).astimezone(UTC)

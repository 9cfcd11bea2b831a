"""What happens around the making of the sandbox, so that a first look at it finds something to see."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sandbox.sample.agenda import planned_work
from sandbox.sample.incidents import Stretch, flat, shaped
from sandbox.sample.rhythms import Week

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
MONTHS_OF = ZoneInfo("Europe/Berlin")
TOO_YOUNG = timedelta(hours=6)

SILENT_FOR = {"ledger-export-freshness": timedelta(hours=31)}
"""Nothing was received of these for so long, nor will be."""

QUIET = timedelta(days=32)
"""Scripted objectives have no other incidents for so long before the origin."""


@dataclass(frozen=True, slots=True)
class Before:
    days: float


@dataclass(frozen=True, slots=True)
class Since:
    """Just so many minutes before, and so still going on where it lasts longer."""

    minutes: int


@dataclass(frozen=True, slots=True)
class OfMonth:
    """That share of the running month so far; of the whole month before while the running one is young."""

    share: float


@dataclass(frozen=True, slots=True)
class Scripted:
    """An incident in the busiest of the 24 hours before `when`; a lasting loss begins just then.

    An incident's severity is that at usual traffic: it is less in a busier hour, so that what it costs does
    not depend on the hour.
    """

    objective: str
    when: Before | OfMonth | Since
    minutes: int
    severity: float
    past: int = 12  # minutes past the hour
    lasting: bool = False


SCRIPT = (
    Scripted("checkout-availability", Before(days=77), minutes=19, severity=0.95),
    Scripted("checkout-availability", Before(days=51), minutes=64, severity=0.3),
    Scripted("checkout-availability", Before(days=22), minutes=33, severity=0.95),
    Scripted("checkout-availability", Before(days=0.1), minutes=36, severity=0.19, past=52),
    Scripted("card-auth-availability", OfMonth(share=0.20), minutes=21, severity=0.95, past=31),
    Scripted("card-auth-availability", OfMonth(share=0.72), minutes=8, severity=1),
    Scripted("card-auth-availability", OfMonth(share=0.88), minutes=30, severity=0.98, past=14),
    Scripted("payout-latency", Before(days=5.3), minutes=9 * 1440, severity=0.022, lasting=True),
    Scripted("payments-db-availability", Before(days=18), minutes=24, severity=1, past=33),
    Scripted("payments-db-availability", Before(days=6), minutes=8, severity=1),
    Scripted("payments-db-availability", Before(days=0.1), minutes=3, severity=0.4, past=52),
    Scripted("payments-db-availability", Since(minutes=9), minutes=4, severity=0.3),
    Scripted("checkout-availability", Since(minutes=9), minutes=32, severity=0.16),
    Scripted("label-latency", Before(days=10), minutes=3 * 1440, severity=0.08, lasting=True),
    Scripted("sms-delivery", Before(days=6), minutes=12, severity=0.99, past=20),
)


def scripted(objective: str, origin: datetime, week: Week) -> tuple[Stretch, ...]:
    """That objective's part of the script and what fails during planned work, as minutes since the epoch."""
    happened = (_stretches(entry, origin, week) for entry in SCRIPT if entry.objective == objective)
    return tuple(
        stretch for stretches in (*happened, _during_work(objective, origin)) for stretch in stretches
    )


def _during_work(objective: str, origin: datetime) -> list[Stretch]:
    return [
        stretch
        for work in planned_work(origin)
        if objective in work.objectives
        for stretch in flat(minutes_since_epoch(work.start), work.minutes, work.severity)
    ]


def month_start(at: datetime) -> datetime:
    local = at.astimezone(MONTHS_OF)
    return local.replace(day=1, hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)


def minutes_since_epoch(at: datetime) -> int:
    return (at - EPOCH) // MINUTE


def _stretches(entry: Scripted, origin: datetime, week: Week) -> list[Stretch]:
    if isinstance(entry.when, Since):
        return _going_on(entry, minutes_since_epoch(origin) - entry.when.minutes, week)
    earliest, at = _around(entry.when, origin)
    if entry.lasting:
        return flat(minutes_since_epoch(at), entry.minutes, entry.severity)
    minutes = round(entry.minutes * _lengthened(entry.when, origin))
    latest = minutes_since_epoch(at) - minutes - entry.past
    hour = _busiest(minutes_since_epoch(earliest) // 60 + 1, latest // 60, week.expected)
    return shaped(hour * 60 + entry.past, minutes, entry.severity / _busier(hour, week))


def _going_on(entry: Scripted, start: int, week: Week) -> list[Stretch]:
    return shaped(start, entry.minutes, entry.severity / _busier(start // 60, week))


def _busier(hour: int, week: Week) -> float:
    """How much more than usually happens in that hour."""
    return max(1.0, week.expected(hour) / week.level)


def _around(when: Before | OfMonth, origin: datetime) -> tuple[datetime, datetime]:
    if isinstance(when, Before):
        at = origin - timedelta(days=when.days)
        return at - timedelta(days=1), at
    month, until = _running_month(origin)
    at = month + when.share * (until - month)
    return max(month, at - timedelta(days=1)), at


def _running_month(origin: datetime) -> tuple[datetime, datetime]:
    month = month_start(origin)
    if origin - month < TOO_YOUNG:
        return month_start(month - MINUTE), month
    return month, origin


def _lengthened(when: Before | OfMonth, origin: datetime) -> float:
    """More must fail early in a month before all that it will allow is surely spent."""
    if isinstance(when, Before):
        return 1
    month, until = _running_month(origin)
    to_come = max(0.0, 1 - (until - month) / timedelta(days=30))
    return 1 + 1.2 * to_come**2


def _busiest(first: int, last: int, expected: Callable[[int], float]) -> int:
    return max(range(min(first, last), last + 1), key=expected)

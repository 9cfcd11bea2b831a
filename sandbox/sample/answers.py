"""What the teams were asked about their objectives around the making, and what they answered."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")

ANSWERED_BY = {
    "payments": "U0ANA",
    "shop": "U0TOM",
    "identity": "U0RAJ",
    "logistics": "U0JOE",
    "data-platform": "U0YUKI",
}
"""Who said yes to what their team owns, when Steward came."""

EARLIER_TARGETS = {"wallet-availability": "0.995"}
"""What the files say of these holds from the beginning of the next month on; until then this."""

NOT_ASKED_BEFORE = (
    "login-availability",
    "sign-up-availability",
    "sms-delivery",
    "token-latency",
    "stock-freshness",
    "nightly-load-success",
)
"""What nobody acknowledged when Steward came."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one message asks a team; `declined` is the ground on which it was declined, with the words."""

    objectives: tuple[str, ...]
    at: datetime
    declined: tuple[str, str] | None = None
    answered_at: datetime | None = None


def asked_lately(origin: datetime) -> tuple[Asked, ...]:
    """New terms, four at once, one that was declined, and one whose time to answer is over."""
    monday = _last_monday(origin)
    loads = monday - timedelta(days=3, hours=17, minutes=40)
    words = "The loads come from payments since October."
    return (
        Asked(("stock-freshness",), monday - timedelta(days=10, hours=-11)),
        Asked(("nightly-load-success",), loads, ("not-ours", words), loads + timedelta(hours=2, minutes=7)),
        Asked(("wallet-availability",), monday),
        Asked(("login-availability", "sign-up-availability", "sms-delivery", "token-latency"), monday),
    )


def next_month(origin: datetime) -> datetime:
    """The first midnight of the next month in Berlin."""
    local = origin.astimezone(BERLIN)
    first = (local.replace(day=1) + timedelta(days=32)).replace(day=1)
    return datetime.combine(first.date(), time(), BERLIN).astimezone(UTC)


def _last_monday(origin: datetime) -> datetime:
    """Early on it, before any digest of that day."""
    today = (origin - timedelta(hours=10)).astimezone(UTC).date()
    return datetime.combine(today - timedelta(days=today.weekday()), time(3, 35), UTC)

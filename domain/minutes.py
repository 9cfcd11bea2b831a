"""Minutes as whole numbers since 1970-01-01T00:00Z: how everything below the messages counts time."""

from datetime import UTC, datetime

HOUR = 60
DAY = 24 * HOUR


def minute_of(at: datetime) -> int:
    """The minute that `at` (aware) falls in."""
    return int(at.timestamp() // 60)


def instant_of(minute: int) -> datetime:
    """The instant (UTC) at which `minute` starts."""
    return datetime.fromtimestamp(minute * 60, UTC)


def multiples_before(minute: int, step: int) -> int:
    """How many multiples of `step` lie in [0, minute)."""
    return -(-minute // step)

"""Which days of the past would, once more, use up what is left."""

from datetime import UTC, date, datetime, timedelta

from domain.outlook import Outlook

NAMED = 2
EPOCH = datetime(1970, 1, 1, tzinfo=UTC).date()


def enough(outlook: Outlook) -> tuple[date, ...]:
    """The days that each lost more than is left, the two most recent, in order; none where it is overspent."""
    if outlook.left < 0:
        return ()
    found: list[date] = []
    for day in reversed(outlook.days):
        if day.bad / day.total * outlook.daily_budget > outlook.left:
            found.append(EPOCH + timedelta(days=day.day))
        if len(found) == NAMED:
            break
    return tuple(reversed(found))

"""Quiet hours: when warnings that can wait are held back."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.team import Team


def quiet_until(team: Team, *, at: datetime) -> datetime | None:
    """When the quiet hours end in which `at` lies, in UTC; None outside of them, or where the team has none.

    A time of day that the clocks skip is taken as if they had not been changed yet; one that they show twice
    is the first.
    """
    hours = team.quiet_hours
    if hours is None:
        return None
    today = team.local(at).date()
    for on in (today - timedelta(days=1), today):
        end_on = on if hours.since < hours.until else on + timedelta(days=1)
        start, end = _instant(on, hours.since, team), _instant(end_on, hours.until, team)
        if start <= at < end:
            return end
    return None


def _instant(on: date, of_day: time, team: Team) -> datetime:
    return datetime.combine(on, of_day, ZoneInfo(team.timezone)).astimezone(UTC)

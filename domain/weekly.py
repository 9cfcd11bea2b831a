"""The week before: what was met in it, and whose budget moved most."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from domain.standing import Standing, State
from domain.window import CalendarWindow, Period


@dataclass(frozen=True, slots=True)
class Trend:
    """How much of its budget an objective had left when a week began, and when it ended."""

    standing: Standing
    before: Fraction
    after: Fraction

    @property
    def change(self) -> Fraction:
        """Positive where more is left."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Week:
    """How objectives stood when the week of `monday` began, when it ended, and in it, by its own minutes alone."""

    monday: date
    begun: Sequence[Standing]
    ended: Sequence[Standing]
    during: Sequence[Standing]

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    def in_state(self, state: State) -> list[Standing]:
        """Those that came out of the week so."""
        return [standing for standing in self.during if standing.state is state]

    @property
    def counted(self) -> int:
        """How many have a figure for it."""
        return sum(standing.state is not State.NO_DATA for standing in self.during)

    def trends(self) -> list[Trend]:
        """The worst first; those under the same terms, in the same period, with data all along."""
        before = {standing.name: standing for standing in self.begun}
        found = (_trend(before.get(standing.name), standing) for standing in self.ended)
        return sorted((one for one in found if one), key=lambda trend: (trend.change, trend.standing.name))


def week_before(on: date, zone: str) -> tuple[date, Period]:
    """The Monday of the week before the one of `on`, and that week by the zone's clocks."""
    monday = monday_of(on) - timedelta(days=7)
    begins, ends = (
        datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
        for day in (monday, monday + timedelta(days=7))
    )
    return monday, Period(begins, ends)


def monday_of(on: date) -> date:
    """The Monday of the week of `on`."""
    return on - timedelta(days=on.weekday())


def _trend(before: Standing | None, after: Standing) -> Trend | None:
    if before is None or before.terms.version != after.terms.version:
        return None
    if State.NO_DATA in (before.state, after.state):
        return None
    if isinstance(after.terms.window, CalendarWindow) and before.period != after.period:
        return None
    lefts = before.budget.left_ratio, after.budget.left_ratio
    return Trend(after, lefts[0], lefts[1]) if lefts[0] is not None and lefts[1] is not None else None

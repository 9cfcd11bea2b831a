"""How traffic rises and falls over a day and a week: the shape only, since levels are scaled to its mean."""

from dataclasses import dataclass

HOURS_A_WEEK = 168
MONDAY_OF_EPOCH = 72  # hours: 1 January 1970 was a Thursday
FRACTION_BITS = 8  # a minute's usual total is kept in 1/256 events

ALWAYS = (1.0,) * 7


@dataclass(frozen=True, slots=True)
class Rhythm:
    hours: tuple[float, ...]  # 24, from midnight
    days: tuple[float, ...] = ALWAYS  # 7, from Monday
    irregular: bool = True  # False: exactly the same every minute, as checks are

    def at(self, hour_of_week: int) -> float:
        day, hour = divmod(hour_of_week % HOURS_A_WEEK, 24)
        return self.hours[hour] * self.days[day]

    def mean(self) -> float:
        return sum(self.at(hour) for hour in range(HOURS_A_WEEK)) / HOURS_A_WEEK


# fmt: off
RHYTHMS = {
    "shopping": Rhythm(
        (.45, .34, .28, .26, .28, .38, .58, .80, .98, 1.10, 1.16, 1.20,
         1.22, 1.20, 1.18, 1.20, 1.26, 1.36, 1.50, 1.62, 1.58, 1.34, .98, .66),
        (1.00, .98, .98, 1.00, 1.03, 1.05, .96)),
    "browsing": Rhythm(
        (.50, .36, .27, .22, .22, .30, .48, .72, .95, 1.08, 1.15, 1.20,
         1.25, 1.22, 1.16, 1.15, 1.20, 1.32, 1.48, 1.64, 1.70, 1.52, 1.15, .76),
        (.96, .94, .95, .97, 1.00, 1.12, 1.15)),
    "daylight": Rhythm(
        (.42, .36, .32, .32, .36, .50, .78, 1.10, 1.35, 1.45, 1.45, 1.40,
         1.36, 1.38, 1.40, 1.36, 1.30, 1.22, 1.14, 1.08, .98, .84, .68, .52),
        (1.06, 1.08, 1.08, 1.06, 1.04, .86, .82)),
    "office": Rhythm(
        (.15, .12, .12, .12, .15, .30, .70, 1.30, 2.00, 2.30, 2.30, 2.10,
         1.70, 1.90, 2.10, 2.00, 1.70, 1.20, .75, .50, .40, .32, .25, .20),
        (1.20, 1.20, 1.18, 1.16, 1.10, .50, .45)),
    "counter": Rhythm(  # nobody there at night
        (0, 0, 0, 0, 0, 0, .50, 1.20, 1.80, 2.00, 2.10, 2.00,
         1.70, 1.80, 2.00, 2.00, 1.90, 1.70, 1.40, 1.00, .60, .20, 0, 0),
        (1.10, 1.10, 1.05, 1.05, 1.10, .90, .70)),
    "overnight": Rhythm(
        (2.50, 4.50, 5.50, 5.00, 3.50, 2.00, 1.00, 0, 0, 0, 0, 0,
         0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
    "steady": Rhythm((1.0,) * 24, irregular=False),
}
# fmt: on


class Week:
    """A rhythm at a level: the usual totals of any hour of the week, minute by minute, in 1/256 events."""

    def __init__(self, rhythm: Rhythm, level: int, utc_offset: int) -> None:
        self.level, scale = level, level / rhythm.mean()
        self._expected = tuple(
            scale * rhythm.at(hour + MONDAY_OF_EPOCH + utc_offset) for hour in range(HOURS_A_WEEK)
        )

    def expected(self, hour: int) -> float:
        """Usual events a minute at the start of that hour since the epoch."""
        return self._expected[hour % HOURS_A_WEEK]

    def minutes(self, hour: int) -> tuple[int, ...]:
        start, rise = self.expected(hour), self.expected(hour + 1) - self.expected(hour)
        return tuple([round((start + rise * minute / 60) * 2**FRACTION_BITS) for minute in range(60)])

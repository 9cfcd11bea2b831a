"""Counts of the sample organisation, minute by minute: made up, but the same whenever and however asked."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from math import sqrt
from typing import NamedTuple

from sandbox.sample.incidents import MINUTES_A_WEEK, Stretch, week_of_gaps, week_of_incidents
from sandbox.sample.noise import BAD_BITS, ENTRIES, JITTER_BITS, SHARE_BITS, Noise, mix, salt
from sandbox.sample.profiles import PROFILES, Profile
from sandbox.sample.rhythms import FRACTION_BITS, HOURS_A_WEEK, RHYTHMS, Week
from sandbox.sample.script import QUIET, SILENT_FOR, minutes_since_epoch, scripted

HISTORY = timedelta(days=90)
UNMEASURED = -1
DAY_SWING = 0.06  # how much busier or quieter than usual a whole day is
SWING_BITS = 16
TOTAL_BITS = FRACTION_BITS + SWING_BITS
DEFAULT_SEED = 20260101


class Minute(NamedTuple):
    """Both are `UNMEASURED` where nothing was received."""

    good: int
    total: int


class Hour(NamedTuple):
    """The 60 minutes of one hour; both counts are `UNMEASURED` where nothing was received."""

    goods: tuple[int, ...]
    totals: tuple[int, ...]


class Sample:
    """A pure function of origin (when the sandbox was made), seed, objective and hour; caches only."""

    def __init__(self, origin: datetime, seed: int = DEFAULT_SEED) -> None:
        if origin.tzinfo is None:
            raise ValueError("The sample's origin needs a time zone.")
        origin = origin.replace(second=0, microsecond=0)  # as it may come back from where it was kept
        self.objectives = tuple(profile.objective for profile in PROFILES)
        self.first_hour = minutes_since_epoch(origin - HISTORY) // 60
        noise = Noise(seed)
        self._series = {profile.objective: _Series(profile, origin, seed, noise) for profile in PROFILES}

    def hour(self, objective: str, hour: int) -> Hour:
        """Counts of that hour since the epoch (UTC); KeyError for an objective that is not ours."""
        return self._series[objective].hour(hour)

    def minute(self, objective: str, minute: int) -> Minute:
        """Counts of that minute since the epoch, as `hour` has them."""
        goods, totals = self._series[objective].hour(minute // 60)
        return Minute(goods[minute % 60], totals[minute % 60])


class _Troubles(NamedTuple):
    """What touches the hours of one week."""

    incidents: tuple[Stretch, ...]
    gaps: tuple[Stretch, ...]


class _Series:
    """One objective's counts."""

    def __init__(self, profile: Profile, origin: datetime, seed: int, noise: Noise) -> None:
        rhythm = RHYTHMS[profile.rhythm]
        self._profile, self._seed, self._noise = profile, seed, noise
        self._salt = salt(seed, profile.objective)
        self._week = Week(rhythm, profile.level, profile.utc_offset)
        self._irregular = rhythm.irregular
        self._swing = round(min(0.45, 0.02 + 1 / sqrt(profile.level)) * (1 << SWING_BITS) / 256)
        self._background = round(profile.background * (1 << SHARE_BITS))
        self._script = scripted(profile.objective, origin, self._week)
        self._quiet = _quiet(self._script, origin)
        self._silent_from = _silent_from(profile.objective, origin)
        self._usual: dict[int, tuple[int, ...]] = {}
        self._troubles: dict[int, _Troubles] = {}

    def hour(self, hour: int) -> Hour:
        places, start = mix(self._salt, hour), hour * 60
        totals = self._totals(hour, places)
        incidents, gaps = self._troubles_of(start // MINUTES_A_WEEK)
        failing = [s for s in incidents if s.start < start + 60 and s.end > start]
        bads = (
            self._bads_of_incident(totals, places, failing, start) if failing else self._bads(totals, places)
        )
        counts = Hour(tuple([t - b for t, b in zip(totals, bads)]), tuple(totals))  # noqa: B905 - speed
        for gap in gaps:
            counts = _without(counts, gap.start - start, gap.end - start)
        if self._silent_from is not None:
            counts = _without(counts, self._silent_from - start, 60)
        return counts

    def _totals(self, hour: int, places: int) -> list[int]:
        usual = self._usual_minutes(hour)
        if not self._irregular:
            return [minute >> FRACTION_BITS for minute in usual]
        level, swing, at = self._day_level(hour), self._swing, places % ENTRIES
        noises = self._noise.swing[at : at + 60]
        return [
            minute * (level + noise * swing) >> TOTAL_BITS
            for minute, noise in zip(usual, noises)  # noqa: B905 - speed
        ]

    def _usual_minutes(self, hour: int) -> tuple[int, ...]:
        place = hour % HOURS_A_WEEK
        if place not in self._usual:
            self._usual[place] = self._week.minutes(hour)
        return self._usual[place]

    def _day_level(self, hour: int) -> int:
        drawn = mix(self._salt + 1, hour // 24) / 2**63 - 1
        return round((1 + DAY_SWING * drawn) * (1 << SWING_BITS))

    def _bads(self, totals: list[int], places: int) -> list[int]:
        share = self._background
        return [
            total * share * wobble + rest >> BAD_BITS
            for total, (wobble, rest) in zip(totals, self._wobbles(places))  # noqa: B905 - speed
        ]

    def _bads_of_incident(
        self, totals: list[int], places: int, failing: list[Stretch], start: int
    ) -> list[int]:
        """An eighth of the usual jitter: a failing share near 1 must not be blurred."""
        shares = [self._background] * 60
        for stretch in failing:
            for minute in range(max(0, stretch.start - start), min(60, stretch.end - start)):
                shares[minute] = max(shares[minute], stretch.share)
        calm = 7 * 2**JITTER_BITS
        return [
            min(total, total * share * (calm + wobble) // 8 + rest >> BAD_BITS)
            for total, share, (wobble, rest) in zip(totals, shares, self._wobbles(places), strict=True)
        ]

    def _wobbles(self, places: int) -> Iterator[tuple[int, int]]:
        jitter, dither = (places >> 16) % ENTRIES, (places >> 32) % ENTRIES
        return zip(  # noqa: B905 - speed
            self._noise.jitter[jitter : jitter + 60], self._noise.dither[dither : dither + 60]
        )

    def _troubles_of(self, week: int) -> _Troubles:
        if week not in self._troubles:
            drawn = [s for w in (week - 1, week) for s in week_of_incidents(self._profile, self._seed, w)]
            first, end = week * MINUTES_A_WEEK, (week + 1) * MINUTES_A_WEEK
            known = [*self._script, *(s for s in drawn if s.start not in self._quiet)]
            gaps = [g for w in (week - 1, week) for g in week_of_gaps(self._profile, self._seed, w)]
            self._troubles[week] = _Troubles(_touching(known, first, end), _touching(gaps, first, end))
        return self._troubles[week]


def _touching(stretches: list[Stretch], first: int, end: int) -> tuple[Stretch, ...]:
    return tuple(s for s in stretches if s.start < end and s.end > first)


def _quiet(script: tuple[Stretch, ...], origin: datetime) -> range:
    """Starts of incidents that are left out, because the script says what happened then."""
    if not script:
        return range(0)
    return range(minutes_since_epoch(origin - QUIET), minutes_since_epoch(origin))


def _silent_from(objective: str, origin: datetime) -> int | None:
    silent_for = SILENT_FOR.get(objective)
    return None if silent_for is None else minutes_since_epoch(origin - silent_for)


def _without(counts: Hour, first: int, end: int) -> Hour:
    """Without what was measured from that minute of the hour to before that one, if they are in it."""
    first, end = max(0, first), min(60, end)
    if first >= end:
        return counts
    blank = (UNMEASURED,) * (end - first)
    goods, totals = counts
    return Hour(goods[:first] + blank + goods[end:], totals[:first] + blank + totals[end:])

"""The sample organisation at work: its history, then a trickle, minute by minute."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from operator import sub

from domain.exclusion import Exclusion
from domain.measurement import FULL_HOUR, MeasuredHour
from domain.minutes import HOUR, minute_of
from sandbox.sample.agenda import Work, planned_work, reviews
from sandbox.sample.generator import UNMEASURED, Sample
from sandbox.sample.generator import Hour as SampleHour
from storage.store import Store
from storage.transaction import Transaction

HOURS_AT_ONCE = 3 * 24


class SampleFeed:
    """Brings what the sample's generator makes up into the store, up to the minute that is running."""

    def __init__(self, store: Store, workspace: str, sample: Sample) -> None:
        self._store = store
        self._workspace = workspace
        self._sample = sample
        self._fed_until = 0

    def history(self, tx: Transaction, *, at: datetime) -> Iterator[int]:
        """Import all 90 days; gives the hours done so far, for a progress bar."""
        end, done = minute_of(at), 0
        for hours in _chunks(range(self._sample.first_hour, end // HOUR + 1)):
            tx.measurements.record_hours(self._made_up(hours, end), at=at)
            done += len(hours)
            yield done

    @property
    def history_hours(self) -> int:
        """About how many hours `history` imports."""
        return 90 * 24

    def catch_up(self, *, at: datetime) -> None:
        """Import what has happened since the last time, also across a stop of days."""
        end = minute_of(at)
        if end <= self._fed_until:
            return
        with self._store.transaction(self._workspace) as tx:
            since = (self._fed_until or tx.workspace.sealed_until) // HOUR
            for hours in _chunks(range(since, end // HOUR + 1)):
                tx.measurements.record_hours(self._made_up(hours, end), at=at)
        self._fed_until = end

    def _made_up(self, hours: Iterable[int], end: int) -> dict[str, dict[int, MeasuredHour]]:
        batch: dict[str, dict[int, MeasuredHour]] = {}
        for name in self._sample.objectives:
            measured = {hour: _measured(self._sample.hour(name, hour), end - hour * HOUR) for hour in hours}
            batch[name] = {hour: one for hour, one in measured.items() if one.mask}
        return batch


def put_on_agenda(tx: Transaction, *, at: datetime) -> None:
    """What no file can say, since it lies around the making at `at`: planned work, and the next reviews."""
    next_reviews = reviews(at)
    reviewed = [
        replace(one, review=next_reviews[one.name]) for one in tx.agreements.all() if one.name in next_reviews
    ]
    with tx.measurements.recounted():
        tx.agreements.save(reviewed)
        tx.exclusions.save(map(_exclusion, planned_work(at)))


def _exclusion(work: Work) -> Exclusion:
    return Exclusion(
        name=work.name,
        starts=(work.start,),
        length=work.end - work.start,
        reason=work.reason,
        announced_at=work.announced_at,
        objectives=tuple(sorted(work.objectives)),
        author=work.author,
    )


def _measured(made_up: SampleHour, minutes: int) -> MeasuredHour:
    """The first so many minutes of a made-up hour."""
    if minutes >= HOUR and UNMEASURED not in made_up.totals:
        return MeasuredHour(FULL_HOUR, tuple(map(sub, made_up.totals, made_up.goods)), made_up.totals)
    mask, bads, totals = 0, [], []
    for i, (good, total) in enumerate(zip(made_up.goods, made_up.totals, strict=True)):
        measured = total != UNMEASURED and i < minutes
        mask |= measured << i
        bads.append(total - good if measured else 0)
        totals.append(total if measured else 0)
    return MeasuredHour(mask, tuple(bads), tuple(totals))


def _chunks(hours: range) -> Iterator[range]:
    return (hours[i : i + HOURS_AT_ONCE] for i in range(0, len(hours), HOURS_AT_ONCE))

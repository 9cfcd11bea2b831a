"""SpellReading: the spells in which an objective lost its budget, found without reading all its minutes.

The counted hours tell in which hours too much was lost; only their minutes are read, and the hot ones. An hour
that lost no more than the target bears has no spell: its few failures are part of the rest. Where the minutes
are no longer kept an hour is taken as a whole.
"""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, bindparam, select

from domain.counting import Span
from domain.counts import Counts
from domain.losses import loss_of_hour, losses_of, too_much
from domain.measurement import EMPTY_HOUR, MeasuredHour
from domain.method import MISSING_AFTER, Missing
from domain.minutes import HOUR, minute_of
from domain.spells import Loss, Spell, spells
from domain.standing import Standing
from storage.counted import CountedHours
from storage.hot import HotMinutes
from storage.measurements import HOURS, WORKSPACE
from storage.objectives import Kept, Objectives
from storage.packed import unpack_hour

SEALED = select(WORKSPACE.c.sealed_until).where(WORKSPACE.c.id == bindparam("workspace"))


class _Part:
    """What of the minutes a standing counts, and how it judges them."""

    def __init__(self, standing: Standing) -> None:
        first = standing.figures.first_minute
        self.terms = standing.terms
        self._scope = standing.scope
        self._at = minute_of(standing.at)
        self.end = min(standing.period.end_minute, self._at)
        self.start = self.end if first is None else max(standing.period.start_minute, first // HOUR * HOUR)
        self._begun = first or 0
        self.hours = range(self.start // HOUR, -(-self.end // HOUR))
        self.missing = standing.terms.method.missing is Missing.BAD

    def cut(self, hour: int) -> bool:
        """Whether only a part of the hour counts, so that its counts do not tell."""
        return hour * HOUR < self.start or self.end < (hour + 1) * HOUR

    def too_much(self, counts: Counts) -> bool:
        """Whether an hour of these counts may have a spell."""
        return too_much(self.terms.method, self.terms.target, counts)

    def may_fail(self, hour: int, counts: Counts | None) -> bool:
        """Whether the minutes of an hour have to be looked at."""
        return self.cut(hour) or (self.missing if counts is None else self.too_much(counts))

    def loss_of(self, hour: int, counts: Counts) -> Loss:
        """What an hour lost of which only the counts are known."""
        return loss_of_hour(self.terms.method, self.terms.target, counts, hour)

    def losses(self, hours: Iterable[tuple[int, MeasuredHour]]) -> Iterator[Loss]:
        """What the minutes of those hours lost that lost too much."""
        for hour, measured in hours:
            losses = [loss for loss in self._losses_of(hour, measured) if loss.start >= self.start]
            if sum(loss.excess for loss in losses) > 0:
                yield from losses

    def _losses_of(self, hour: int, measured: MeasuredHour) -> list[Loss]:
        start = hour * HOUR
        span = Span(
            until=min(self.end - start, HOUR),
            finished=min(self._at - start, HOUR),
            overdue=min(self._at - MISSING_AFTER - start, HOUR),
            begun=self._begun - start,
            counting=self._scope.mask(hour),
        )
        counted = self._scope.applied(hour, measured)
        return losses_of(self.terms.method, self.terms.target, counted, span, hour=hour)


class SpellReading:
    """The spells of the objectives of one workspace."""

    def __init__(self, connection: Connection, workspace_id: int, objectives: Objectives) -> None:
        self._connection = connection
        self._workspace_id = workspace_id
        self._objectives = objectives

    def of(self, standing: Standing) -> list[Spell]:
        """Those of the standing's period up to its instant, by its terms, in order."""
        kept = next(one for one in self._objectives.kept() if one.objective.name == standing.name)
        part = _Part(standing)
        if part.start >= part.end:
            return []
        sealed_until: int = self._connection.execute(SEALED, {"workspace": self._workspace_id}).scalar_one()
        counts = self._counted(kept, part, min(part.hours.stop, sealed_until // HOUR))
        pruned = {hour: one for hour, one in counts.items() if one and hour * HOUR < kept.pruned_until}
        whole = [part.loss_of(hour, one) for hour, one in pruned.items() if part.too_much(one)]
        wanted = [hour for hour, one in counts.items() if hour not in pruned and part.may_fail(hour, one)]
        hours = self._sealed(kept, wanted) | self._hot(kept, part, sealed_until)
        return spells(sorted([*whole, *part.losses(sorted(hours.items()))]))

    def _counted(self, kept: Kept, part: _Part, last: int) -> dict[int, Counts | None]:
        """The counts of each sealed hour; None where it is not known that anything was measured."""
        series = kept.counted_as[kept.objective.versions.index(part.terms)]
        counted = CountedHours(self._connection, self._workspace_id)
        rows = counted.between([series], part.hours.start, last).get(series, {})
        return {
            hour: rows[hour + 1].minus(rows[hour]) if hour in rows and hour + 1 in rows else None
            for hour in range(part.hours.start, last)
        }

    def _sealed(self, kept: Kept, wanted: Sequence[int]) -> dict[int, MeasuredHour]:
        """What is stored of the sealed hours that may have lost too much."""
        query = select(HOURS.c.hour, HOURS.c.packed).where(
            HOURS.c.objective_id == kept.id, HOURS.c.hour.in_(wanted)
        )
        read = (
            {hour: unpack_hour(packed) for hour, packed in self._connection.execute(query)} if wanted else {}
        )
        return {hour: read.get(hour, EMPTY_HOUR) for hour in wanted}

    def _hot(self, kept: Kept, part: _Part, sealed_until: int) -> dict[int, MeasuredHour]:
        """The hours that are not sealed."""
        hot = HotMinutes(
            self._connection, self._workspace_id, [kept.id], since=sealed_until, until=part.end
        ).hours()
        read = hot.get(kept.id, {})
        first = max(part.hours.start, sealed_until // HOUR)
        return {hour: read.get(hour, EMPTY_HOUR) for hour in range(first, part.hours.stop)}

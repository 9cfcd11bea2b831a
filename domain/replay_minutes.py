"""The minutes clock of a replay: the burn and silent episodes that the live job would have seen."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from domain.burn import Severity
from domain.course import Course
from domain.episode import Episode, follow_burn, follow_silence
from domain.minutes import DAY, instant_of
from domain.objective import Terms
from domain.replay_breach import Breaches
from domain.replay_piece import Piece
from domain.sight import LENGTHS, Glance, Sight, look
from domain.watching import Watching
from domain.window import CalendarWindow

LONGEST_PIECE = 7 * DAY


def pieces(course: Course, terms: Terms, watching: Watching, minutes: range) -> Iterator[Piece]:
    """The looks at `minutes`, in all of which these terms are in force, in pieces."""
    start = minutes.start
    while start < minutes.stop:
        period = terms.window.period(at=instant_of(start))
        stop = min(minutes.stop, start + LONGEST_PIECE)
        if isinstance(terms.window, CalendarWindow):
            stop = min(stop, period.end_minute)
        yield Piece(course, terms, watching, range(start, stop), period)
        start = stop


class MinutesClock:
    """Follows an objective's burn and silent episodes from piece to piece."""

    def __init__(self, objective: str, breaches: Breaches) -> None:
        self._objective = objective
        self._breaches = breaches
        self._burn = _Line()
        self._silence = _Line()

    def follow(self, piece: Piece) -> None:
        """What the looks of the piece change; only those are made that can change anything."""
        minute = self._next(piece, piece.minutes.start)
        while minute is not None:
            self._step(piece, minute)
            minute = self._next(piece, minute + 1)

    def episodes(self) -> list[Episode]:
        """Those that were opened, in order."""
        found = [*self._burn.opened(), *self._silence.opened()]
        return sorted(found, key=lambda one: (one.opened_at or one.began_at, one.kind))

    def _step(self, piece: Piece, minute: int) -> None:
        sight = self._look(piece, minute)
        self._burn.put(follow_burn(self._objective, self._burn.last, sight))
        self._silence.put(follow_silence(self._objective, self._silence.last, sight))

    def _look(self, piece: Piece, minute: int) -> Sight:
        glance = glance_at(piece, minute, breached=self._breaches.at(minute))
        last = self._burn.last
        return look(glance, piece.watching, over_at=last.resolved_at if last else None)

    def _next(self, piece: Piece, minute: int) -> int | None:
        """The first minute from `minute` on at which a look can change anything."""
        if minute >= piece.minutes.stop:
            return None
        coming = [*self._next_of_burn(piece, minute), _after(self._lasting(piece), minute)]
        return min((one for one in coming if one is not None), default=None)

    def _lasting(self, piece: Piece) -> Sequence[int]:
        silence = self._silence.last
        return piece.heard if silence is not None and silence.is_open else piece.silent

    def _next_of_burn(self, piece: Piece, minute: int) -> Iterable[int | None]:
        burn = self._burn.last
        if burn is not None and burn.pending:
            return [minute]
        if burn is None or not burn.is_open:
            return [_after(piece.starting, minute)]
        breach = None
        if not burn.breached_at:
            breach = self._breaches.within(minute, piece.minutes.stop)
        if burn.severity is Severity.PAGE:
            return [breach, _after(piece.quiet, minute)]
        return [breach, _after(piece.paging, minute), _after(piece.ending, minute)]


def glance_at(piece: Piece, minute: int, *, breached: bool) -> Glance:
    """What the live job would go by at `minute`."""
    course, terms = piece.course, piece.terms
    period = piece.period
    at = instant_of(minute)
    if not isinstance(terms.window, CalendarWindow):
        period = terms.window.period(at=at)
    lengths = {*LENGTHS, *piece.watching.lengths}
    return Glance(
        at=at,
        terms=terms,
        period=period,
        scope=course.scope,
        spans={length: course.counts(minute - length, minute, at=minute) for length in lengths},
        first_minute=course.first_minute if course.first_minute < minute else None,
        breached=breached,
    )


class _Line:
    """The episodes of one kind, the newest last."""

    def __init__(self) -> None:
        self._over: list[Episode] = []
        self.last: Episode | None = None

    def put(self, episode: Episode | None) -> None:
        """The newest as it is now; None where a pending one came to nothing."""
        last = self.last
        if episode is last:
            return
        if episode is None:
            self.last = self._over.pop() if self._over else None
            return
        if last is not None and last.began_at != episode.began_at:
            self._over.append(last)
        self.last = episode

    def opened(self) -> list[Episode]:
        """Those that somebody would have been told of."""
        every = [*self._over, self.last] if self.last else self._over
        return [one for one in every if not one.pending]


def _after(minutes: Sequence[int], minute: int) -> int | None:
    place = bisect_left(minutes, minute)
    return minutes[place] if place < len(minutes) else None

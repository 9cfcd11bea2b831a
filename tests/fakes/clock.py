"""A clock that only moves when it is told to."""

from datetime import datetime, timedelta


class MovableClock:
    """Sleeping moves it on at once; `slept` are the seconds asked for. The sandbox reads it by calling it."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.slept: list[float] = []

    def __call__(self) -> datetime:
        return self.at

    def now(self) -> datetime:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += timedelta(seconds=seconds)

    def advance(self, **by: float) -> datetime:
        """Move on by a timedelta's arguments; the new time."""
        self.at += timedelta(**by)
        return self.at


class RunningClock(MovableClock):
    """One that also moves on by a second whenever Slack looks at it, where the other side has a clock of its own."""

    def __call__(self) -> datetime:
        return self.advance(seconds=1)

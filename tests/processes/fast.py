"""`python -m tests.processes.fast RATE EPOCH VERB …`: a verb for which time runs RATE times as fast since EPOCH.

With a rate of 30 a minute's wait for a message that may have been posted takes two seconds. All else is the real thing.
"""

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.boundary import guarded
from bot.verbs import run, worker
from bot.wiring import Tempo

SLACK_TIMEOUT = 0.6
"""Seconds of the wall: three of them are less than a lease."""

VERBS: dict[str, Callable[..., int]] = {"run": run.run, "worker": worker.run}


class FastClock:
    """The same for all processes with the same rate and epoch (seconds since 1970)."""

    def __init__(self, rate: float, epoch: float) -> None:
        self._rate = rate
        self._epoch = epoch

    def now(self) -> datetime:
        """The instant that it is there."""
        return datetime.fromtimestamp(self._epoch, UTC) + timedelta(
            seconds=(time.time() - self._epoch) * self._rate
        )

    def sleep(self, seconds: float) -> None:
        """Come back after so long, by that clock."""
        time.sleep(seconds / self._rate)


def main(words: list[str]) -> int:
    """The verb's exit status."""
    rate, epoch, verb, *rest = words
    tempo = Tempo(FastClock(float(rate), float(epoch)), SLACK_TIMEOUT)
    return guarded(lambda given: VERBS[verb](given, tempo=tempo), rest)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

"""How long commands take, as a histogram for `/metrics`."""

import asyncio
import threading
import time
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from commands.listing import COMMANDS

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0)
"""Seconds. After 2 s Slack is told "working on it"."""

OTHER = "other"
WORDS = frozenset(command.word for command in COMMANDS)


@dataclass(slots=True)
class Histogram:
    """Of one word: `counts` by bound, the last of what took longer than all."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    seconds: float = 0.0

    def cumulative(self) -> Iterator[tuple[str, int]]:
        """Each bound as Prometheus writes it, with how many took at most so long."""
        total = 0
        for bound, count in zip([*(f"{bound:g}" for bound in BOUNDS), "+Inf"], self.counts, strict=True):
            total += count
            yield bound, total


class Latencies:
    """Counted by whoever answers, in any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_word: dict[str, Histogram] = {}

    def observe(self, word: str, seconds: float) -> None:
        """A command took so long; what is no command's word counts as `other`."""
        known = word if word in WORDS else OTHER
        with self._lock:
            histogram = self._by_word.setdefault(known, Histogram())
            histogram.counts[bisect_left(BOUNDS, seconds)] += 1
            histogram.seconds += seconds

    def watch(self, word: str, running: "asyncio.Future[Any]") -> None:
        """Count the command `running` from now on until it is done, unless it is given up."""
        began = time.monotonic()

        def done(ended: "asyncio.Future[Any]") -> None:
            if not ended.cancelled():
                self.observe(word, time.monotonic() - began)

        running.add_done_callback(done)

    def all(self) -> list[tuple[str, Histogram]]:
        """By word."""
        with self._lock:
            return [
                (word, Histogram(list(one.counts), one.seconds))
                for word, one in sorted(self._by_word.items())
            ]

"""Measuring: the least processor time of several rounds, what is compared taking turns."""

from collections.abc import Callable, Sequence
from time import process_time


def least_seconds(calls: Sequence[Callable[[], object]], *, rounds: int) -> list[float]:
    """For each call the least processor time of all threads, over so many rounds after one to warm up."""
    for call in calls:
        call()
    taken = [[_seconds(call) for call in calls] for _ in range(rounds)]
    return [min(column) for column in zip(*taken, strict=True)]


def _seconds(call: Callable[[], object]) -> float:
    start = process_time()
    call()
    return process_time() - start

"""`steward worker`: what the clock asks for."""

from collections.abc import Sequence

from bot.procfile import process
from bot.service import work


def run(words: Sequence[str]) -> int:
    """One of the Procfile's two processes."""
    with process("worker", "Run what the clock asks for.", words) as (settings, found):
        work(settings, found)
    return 0

"""`steward worker`: what the clock asks for."""

from collections.abc import Sequence

from bot.procfile import process
from bot.service import work
from bot.wiring import TEMPO, Tempo


def run(words: Sequence[str], *, tempo: Tempo = TEMPO) -> int:
    """One of the Procfile's two processes."""
    with process("worker", "Run what the clock asks for.", words) as (settings, found):
        work(settings, found, tempo)
    return 0

"""`steward worker`: what the clock asks for."""

import logging
from collections.abc import Sequence

from bot.procfile import process
from bot.service import work
from bot.wiring import TEMPO, Tempo

log = logging.getLogger(__name__)


def run(words: Sequence[str], *, tempo: Tempo = TEMPO) -> int:
    """One of the Procfile's two processes."""
    with process("worker", "Run what the clock asks for.", words) as (settings, found):
        log.info("Steward's worker is at work")
        work(settings, found, tempo)
    return 0

"""`steward web`: what Slack talks to."""

from collections.abc import Sequence

from bot.alone import listening_socket
from bot.procfile import process
from bot.service import application, serve
from bot.wiring import SYSTEM_CLOCK


def run(words: Sequence[str]) -> int:
    """One of the Procfile's two processes."""
    with process("web", "Run what Slack talks to.", words) as (settings, found):
        listening = listening_socket(settings.listen_host, settings.port)
        serve(application(settings, found, SYSTEM_CLOCK), listening)
    return 0

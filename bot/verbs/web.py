"""`steward web`: what Slack talks to."""

from collections.abc import Sequence

from bot.procfile import web


def run(words: Sequence[str]) -> int:
    """One of the Procfile's two processes."""
    return web(words)

"""`steward web`: what Slack talks to."""

import argparse
from collections.abc import Sequence

from bot.alone import listening_socket
from bot.clock import SystemClock
from bot.logs import set_up_logs
from bot.service import application, serve
from bot.settings import Settings
from bot.wiring import opened, refuse_sandbox_database, require_postgresql


def run(words: Sequence[str]) -> int:
    """One of the Procfile's two processes."""
    parser = argparse.ArgumentParser(prog="steward web", description="Run what Slack talks to.")
    parser.add_argument("--workspace", metavar="NAME", help="which workspace, where there are several")
    arguments = parser.parse_args(words)
    settings = Settings.read()
    set_up_logs(settings)
    settings.require_slack()
    require_postgresql(settings)
    with opened(settings, arguments.workspace) as found:
        refuse_sandbox_database(settings, found)
        listening = listening_socket(settings.listen_host, settings.port)
        serve(application(settings, found, SystemClock()), listening)
    return 0

"""`steward sandbox`: only the sandbox, for a Steward that runs elsewhere, or for any other bot."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import closing

from starlette.applications import Starlette

from bot import sandbox
from bot.alone import listening_socket
from bot.logs import set_up_logs
from bot.manifest import EVENTS_PATH
from bot.service import serve
from bot.settings import Settings
from bot.wiring import SANDBOX_APP_TOKEN, SANDBOX_SIGNING_SECRET, SANDBOX_TOKEN


def run(words: Sequence[str]) -> int:
    """Prints the tokens that it takes: they open nothing but this sandbox."""
    parser = argparse.ArgumentParser(
        prog="steward sandbox", description="Run only the sandbox, a strict Slack."
    )
    parser.add_argument("--port", type=int, help="where the page and the Web API are; default PORT")
    parser.add_argument("--events-url", help="where commands and buttons are delivered to")
    arguments = parser.parse_args(words)
    settings = Settings.read()
    set_up_logs(settings)
    port = settings.port if arguments.port is None else arguments.port
    with closing(listening_socket("127.0.0.1", port)) as listening:
        port = listening.getsockname()[1]
        settings = settings.model_copy(update={"port": port})
        events_url = arguments.events_url or f"http://127.0.0.1:3001{EVENTS_PATH}"
        print(_told(port, events_url), file=sys.stderr)
        with closing(sandbox.sandbox_slack(settings)) as slack:
            app = Starlette(routes=[sandbox.page(settings, slack, events_url=events_url)])
            serve(app, listening, stopping=slack.changes.stop)
    return 0


def _told(port: int, events_url: str) -> str:
    return (
        f"The sandbox: http://127.0.0.1:{port} (stop with Ctrl-C). Deliveries go to {events_url}\n"
        f"SLACK_API_BASE_URL=http://127.0.0.1:{port}/sandbox/api/\n"
        f"SLACK_BOT_TOKEN={SANDBOX_TOKEN}\n"
        f"SLACK_SIGNING_SECRET={SANDBOX_SIGNING_SECRET}\n"
        f"SLACK_APP_TOKEN={SANDBOX_APP_TOKEN}  # only for Socket Mode"
    )

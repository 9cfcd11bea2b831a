"""`steward run`: everything in one process."""

import argparse
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager

from starlette.applications import Starlette

from bot import sandbox
from bot.alone import listening_socket, only_one_on
from bot.awaiting import as_soon_as_there
from bot.clock import SandboxClock
from bot.logs import set_up_logs
from bot.procfile import on_slack
from bot.service import application, serve, ticking
from bot.settings import Settings
from bot.wiring import TEMPO, Opened, Tempo, opened
from storage.engine import open_engine
from storage.migrate import migrate


def run(words: Sequence[str], *, tempo: Tempo = TEMPO) -> int:
    """On Slack with tokens, on the sandbox without."""
    parser = argparse.ArgumentParser(prog="steward run", description="Run everything in one process.")
    parser.add_argument("--workspace", metavar="NAME", help="which workspace, where there are several")
    arguments = parser.parse_args(words)
    settings = Settings.read()
    set_up_logs(settings)
    if not settings.sandbox:
        settings.require_slack()
    listening = listening_socket(settings.listen_host, settings.port)
    settings = settings.model_copy(update={"port": listening.getsockname()[1]})
    with closing(listening), only_one_on(settings.database):
        if not settings.sandbox:
            _on_slack(settings, arguments.workspace, listening, tempo)
            return 0
        _migrate(settings)
        with opened(settings, arguments.workspace) as found:
            _on_sandbox(settings, found, listening)
    return 0


def _migrate(settings: Settings) -> None:
    engine = open_engine(settings.database)
    try:
        migrate(engine)
    finally:
        engine.dispose()


def _on_slack(settings: Settings, workspace: str | None, listening: socket.socket, tempo: Tempo) -> None:
    stops: list[Callable[[], object]] = []

    @contextmanager
    def open_app() -> Iterator[Starlette]:
        _migrate(settings)
        with on_slack(settings, workspace) as found, ticking(settings, found, tempo) as stop:
            stops.append(stop)
            way = "Socket Mode" if settings.socket_mode else f"HTTP, {settings.listen_host}:{settings.port}"
            print(f"Steward is on Slack by {way}.", file=sys.stderr)
            yield application(settings, found, tempo.clock)

    def stop_all() -> None:
        for stop in stops:
            stop()

    # An SQLite file that cannot be opened will not come by waiting.
    opening = as_soon_as_there if settings.database.startswith("postgres") else lambda open_it: open_it()
    with opening(open_app) as app:
        serve(app, listening, stopping=stop_all)


def _on_sandbox(settings: Settings, found: Opened, listening: socket.socket) -> None:
    with closing(sandbox.sandbox_slack(settings)) as slack:
        clock = SandboxClock(slack.clock)
        at = clock.now()
        feed = sandbox.sample_feed(found, at=at)
        if feed is not None:
            sandbox.last_digests(settings, found, clock)
        app = application(settings, found, clock, mounts=[sandbox.page(settings, slack)])
        with ticking(settings, found, Tempo(clock), first=sandbox.catching_up(feed, clock)) as stop:
            print(f"Steward's sandbox: http://127.0.0.1:{settings.port} (stop with Ctrl-C)", file=sys.stderr)

            def stopping() -> None:
                stop()  # first: what is on its way is posted to this very server
                slack.changes.stop()

            serve(app, listening, stopping=stopping)

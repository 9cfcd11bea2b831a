"""The Procfile's two processes: the settings that they need, and the database, waited for where it is away."""

import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager

from starlette.applications import Starlette

from bot.alone import listening_socket
from bot.awaiting import as_soon_as_there, patiently, stop_signals
from bot.logs import set_up_logs
from bot.service import application, serve
from bot.settings import Settings
from bot.verbs.arguments import parser
from bot.wiring import SYSTEM_CLOCK, Opened, opened, refuse_sandbox_database, require_postgresql

log = logging.getLogger(__name__)


@contextmanager
def process(verb: str, description: str, words: Sequence[str]) -> Iterator[tuple[Settings, Opened]]:
    """While a process without HTTP runs. Raises `Refusal` without Slack tokens or PostgreSQL.

    Ends the process where it is told to stop while it waits for the database.
    """
    settings, workspace = _prepared(verb, description, words)
    with ExitStack() as stack:
        found = patiently(lambda: stack.enter_context(on_slack(settings, workspace)), stop_signals())
        if found is None:
            sys.exit(0)
        yield settings, found


def web(words: Sequence[str]) -> int:
    """What Slack talks to, until it is told to stop; alive but not ready while the database is away."""
    settings, workspace = _prepared("web", "Run what Slack talks to.", words)

    @contextmanager
    def open_app() -> Iterator[Starlette]:
        with on_slack(settings, workspace) as found:
            way = "Socket Mode" if settings.socket_mode else f"HTTP, {settings.listen_host}:{settings.port}"
            log.info("Steward is on Slack by %s", way)
            yield application(settings, found, SYSTEM_CLOCK)

    with (
        closing(listening_socket(settings.listen_host, settings.port)) as listening,
        as_soon_as_there(open_app) as app,
    ):
        serve(app, listening)
    return 0


@contextmanager
def on_slack(settings: Settings, workspace: str | None) -> Iterator[Opened]:
    """The database opened, for real tokens."""
    with opened(settings, workspace) as found:
        refuse_sandbox_database(settings, found)
        yield found


def _prepared(verb: str, description: str, words: Sequence[str]) -> tuple[Settings, str | None]:
    """The settings, and the workspace that was named. Raises `Refusal` without Slack tokens or PostgreSQL."""
    arguments = parser(verb, description).parse_args(words)
    settings = Settings.read()
    set_up_logs(settings)
    settings.require_slack()
    require_postgresql(settings)
    return settings, arguments.workspace

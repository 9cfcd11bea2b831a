"""What the Procfile's two processes share: settings that they need, and the database opened."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from bot.logs import set_up_logs
from bot.settings import Settings
from bot.verbs.arguments import parser
from bot.wiring import Opened, opened, refuse_sandbox_database, require_postgresql


@contextmanager
def process(verb: str, description: str, words: Sequence[str]) -> Iterator[tuple[Settings, Opened]]:
    """While the process runs. Raises `Refusal` without Slack tokens or PostgreSQL."""
    arguments = parser(verb, description).parse_args(words)
    settings = Settings.read()
    set_up_logs(settings)
    settings.require_slack()
    require_postgresql(settings)
    with opened(settings, arguments.workspace) as found:
        refuse_sandbox_database(settings, found)
        yield settings, found

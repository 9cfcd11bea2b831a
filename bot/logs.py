"""Logs: lines for people, or JSON for machines; with the request's reference, never with a secret."""

import json
import logging
import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.reference import current_reference
from bot.settings import Settings

BOLT = "slack_bolt.AsyncApp"
OURS_OF_BOLT = "steward.bolt"
CANNOT_CONNECT = "Socket Mode cannot connect, trying again: %s. Check SLACK_APP_TOKEN and the network."
QUIET = (
    "slack_sdk",
    "slack_bolt",
    "aiohttp",
    "httpx",
    "httpcore",
    "alembic",
    "asyncio",
    "uvicorn",
    "sqlalchemy",
)
"""Libraries that are told to keep quiet: they would log requests, tokens included."""

AGAIN_SECONDS = 60.0
MOST_REMEMBERED = 1000
SHORTEST_SECRET = 8
"""Shorter ones are not looked for: half of every line would be taken for one."""

CONSOLE = "%(asctime)s %(levelname)s %(name)s%(ref)s: %(message)s"
HIDDEN = "•••"


def process_name() -> str:
    """This process among all of an installation: machine and process id."""
    return f"{platform.node()[:40]}/{os.getpid()}"


class Lines(logging.Formatter):
    """Lines for people, without the secrets."""

    def __init__(self, secrets: Sequence[str] = ()) -> None:
        super().__init__(CONSOLE)
        self._secrets = [secret for secret in secrets if len(secret) >= SHORTEST_SECRET]

    def format(self, record: logging.LogRecord) -> str:
        """Time, level, logger, reference, message, and the traceback where there is one."""
        ref = current_reference()
        record.ref = f" [{ref}]" if ref and ref not in record.getMessage() else ""
        return self.hidden(super().format(record))

    def hidden(self, text: str) -> str:
        """The text with dots in place of each secret: what nobody should ever write, but a library might."""
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return text


class JsonLines(Lines):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Time, level, logger, message and process; the reference and the traceback where there is one."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self.hidden(record.getMessage()),
            "process": process_name(),
        }
        if ref := current_reference():
            line["ref"] = ref
        if record.exc_info:
            line["traceback"] = self.hidden(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


class OnceAMinute(logging.Filter):
    """Lets a line that says the same again and again through once a minute: what waits tries every second."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[tuple[str, str], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether it was not said within a minute; tracebacks always are."""
        if record.levelno < logging.WARNING or record.exc_info:
            return True
        line = record.name, record.getMessage()
        if 0 <= record.created - self._said.get(line, float("-inf")) < AGAIN_SECONDS:
            return False
        if len(self._said) >= MOST_REMEMBERED:
            self._said.clear()
        self._said[line] = record.created
        return True


def _one_line(record: logging.LogRecord) -> bool:
    """slack_sdk tries again every ten seconds, each time with a traceback that tells an operator nothing."""
    if record.exc_info and record.getMessage().startswith("Failed to connect"):
        error, record.exc_info = record.exc_info[1], None
        record.msg, record.args = CANNOT_CONNECT, (error,)
    return True


def _worth_saying(record: logging.LogRecord) -> bool:
    """Bolt finds SLACK_BOT_TOKEN in the environment by itself, and warns at each start that it does not use it."""
    return "`token` will be unused" not in record.getMessage()


def set_up_logs(settings: Settings) -> None:
    """Everything to standard error; what Python itself would print there, too."""
    handler = logging.StreamHandler()
    lines = JsonLines if settings.log_format == "json" else Lines
    handler.setFormatter(lines(settings.secrets))
    handler.addFilter(OnceAMinute())
    logging.basicConfig(level=settings.log_level.upper(), handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger(BOLT).addFilter(_one_line)
    logging.getLogger(OURS_OF_BOLT).addFilter(_worth_saying)

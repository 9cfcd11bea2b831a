"""Logs: lines for people, or JSON for machines."""

import json
import logging
from datetime import UTC, datetime

from bot.settings import Settings

BOLT = "slack_bolt.AsyncApp"
CANNOT_CONNECT = "Socket Mode cannot connect, trying again: %s. Check SLACK_APP_TOKEN and the network."


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Time, level, logger, message, and the traceback where there is one."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def _one_line(record: logging.LogRecord) -> bool:
    """slack_sdk tries again every ten seconds, each time with a traceback that tells an operator nothing."""
    if record.exc_info and record.getMessage().startswith("Failed to connect"):
        error, record.exc_info = record.exc_info[1], None
        record.msg, record.args = CANNOT_CONNECT, (error,)
    return True


def set_up_logs(settings: Settings) -> None:
    """Everything to standard error. Libraries are told to keep quiet: they would log requests, tokens included."""
    handler = logging.StreamHandler()
    console = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    handler.setFormatter(JsonLines() if settings.log_format == "json" else console)
    logging.basicConfig(level=settings.log_level.upper(), handlers=[handler], force=True)
    for name in ("slack_sdk", "slack_bolt", "aiohttp", "httpx", "httpcore", "alembic", "asyncio", "uvicorn"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger(BOLT).addFilter(_one_line)

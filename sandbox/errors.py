"""How Slack says no."""

from collections.abc import Mapping, Sequence
from typing import Any


class SlackError(Exception):
    """An `{"ok": false}`; `messages` go to `response_metadata.messages`."""

    def __init__(
        self, error: str, messages: Sequence[str] = (), extra: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(": ".join((error, *messages)))
        self.error = error
        self.messages = tuple(messages)
        self.extra = dict(extra or {})

    def body(self) -> dict[str, Any]:
        said: dict[str, Any] = {"ok": False, "error": self.error, **self.extra}
        if self.messages:
            said["errors"] = list(self.messages)
            said["response_metadata"] = {"messages": list(self.messages)}
        return said


class RateLimited(SlackError):
    """HTTP 429 with `Retry-After`, in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("ratelimited")
        self.retry_after = retry_after

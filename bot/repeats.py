"""Events that Slack sends again, since it did not get an answer in time."""

import threading
from collections import OrderedDict

MOST = 10_000


class Repeats:
    """Remembers the newest events of this process by their IDs."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()

    def is_new(self, event_id: str) -> bool:
        """Whether it comes for the first time; what has no ID always does."""
        if not event_id:
            return True
        with self._lock:
            if event_id in self._seen:
                return False
            self._seen[event_id] = None
            if len(self._seen) > self._most:
                self._seen.popitem(last=False)
            return True

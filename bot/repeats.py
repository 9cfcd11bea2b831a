"""What Slack sends again, since it did not get an answer in time: remembered by this process.

What changes something is also noted in the database, for the other processes and the next start: `storage.heard`.
"""

import threading
from collections import OrderedDict

MOST = 10_000


class Repeats:
    """Remembers the newest deliveries of this process by their IDs."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()

    def is_new(self, delivery: str) -> bool:
        """Whether it comes for the first time; what has no ID always does."""
        if not delivery:
            return True
        with self._lock:
            if delivery in self._seen:
                return False
            self._seen[delivery] = None
            if len(self._seen) > self._most:
                self._seen.popitem(last=False)
            return True

    def forget(self, delivery: str) -> None:
        """It was not acted on, and may come again."""
        with self._lock:
            self._seen.pop(delivery, None)

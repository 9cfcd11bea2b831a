"""How often a method may be called in a minute."""

import math
import threading
from collections import deque
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from sandbox.errors import RateLimited

MINUTE = timedelta(minutes=1)
TIER_2, TIER_3, TIER_4, GENEROUS = 20, 50, 100, 600

TIERS: Mapping[str, int] = {
    "auth.test": GENEROUS,
    "bots.info": TIER_3,
    "chat.delete": TIER_3,
    "chat.getPermalink": GENEROUS,
    "chat.postEphemeral": TIER_4,
    "chat.update": TIER_3,
    "conversations.history": TIER_3,
    "conversations.info": TIER_3,
    "conversations.join": TIER_3,
    "conversations.list": TIER_2,
    "conversations.members": TIER_4,
    "conversations.open": TIER_3,
    "conversations.replies": TIER_3,
    "team.info": TIER_3,
    "usergroups.list": TIER_2,
    "usergroups.users.list": TIER_2,
    "users.info": TIER_4,
    "users.list": TIER_2,
    "users.lookupByEmail": TIER_3,
    "views.open": TIER_4,
    "views.publish": TIER_4,
    "views.push": TIER_4,
    "views.update": TIER_4,
}
"""Calls a minute. `chat.postMessage` has its own pace, a message a second and channel; what is not here has none."""


class MethodPace:
    """The calls of the last minute, each method by itself; a refused call does not count."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._calls: dict[str, deque[datetime]] = {}

    def count(self, method: str) -> None:
        """RateLimited for one call more than the method's tier allows."""
        most = TIERS.get(method)
        if most is None:
            return
        with self._lock:
            at = self._clock()
            calls = self._calls.setdefault(method, deque())
            # A clock that was set back must not count what is still to come.
            while calls and not timedelta(0) <= at - calls[0] < MINUTE:
                calls.popleft()
            if len(calls) >= most:
                raise RateLimited(retry_after=math.ceil((calls[0] + MINUTE - at).total_seconds()))
            calls.append(at)

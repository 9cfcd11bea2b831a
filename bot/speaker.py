"""The poster of a process that stays, and that will be told to stop."""

import threading
from collections.abc import Iterator, Sequence

from connectors.slack import SlackPoster
from domain.delivery import NotSent, Outcome, Outgoing


class Speaker:
    """Posts until it is told to stop; what is asked of it then is given back, to be posted by the next process."""

    def __init__(self, slack: SlackPoster) -> None:
        self._slack = slack
        self._over = threading.Event()

    def post(self, messages: Sequence[Outgoing]) -> Iterator[tuple[Outgoing, Outcome]]:
        """Each message with its outcome, as they come."""
        if self._over.is_set():
            return ((message, NotSent("Steward was stopping")) for message in messages)
        return self._slack.post(messages)

    def stop(self) -> None:
        """Take on nothing more; what is on its way goes on."""
        self._over.set()

    def close(self) -> None:
        """Drop what is on its way still: nobody knows whether it arrived."""
        self._over.set()
        self._slack.close()

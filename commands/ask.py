"""An ask: what a person wants, and where and when."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Ask:
    """`text` is what stands after `command`; `person` and the channel are Slack's IDs, `channel_name` without #."""

    workspace: str
    text: str
    person: str
    channel_id: str
    channel_name: str
    at: datetime
    command: str = "/slm"

    @property
    def word(self) -> str:
        """The first word, in lower case: which command."""
        return "".join(self.text.split(None, 1)[:1]).lower()

    @property
    def rest(self) -> str:
        """What follows the first word."""
        return "".join(self.text.split(None, 1)[1:]).strip()

    @property
    def in_direct_message(self) -> bool:
        """Whether it was asked in a conversation of two."""
        return self.channel_id.startswith("D")

"""An ask: what a person wants, and where and when."""

from dataclasses import dataclass
from datetime import datetime

NAMELESS = frozenset({"", "privategroup"})
"""What Slack says instead of a channel's name: nothing in events, this of every private channel."""


@dataclass(frozen=True, slots=True)
class Ask:
    """`text` is what stands after `command`; `person` and the channel are Slack's IDs, `channel_name` without #.

    `guest_of` is the other Slack workspace that a customer's or third party's person in a shared channel is of.
    """

    workspace: str
    text: str
    person: str
    channel_id: str
    channel_name: str
    at: datetime
    command: str = "/slm"
    guest_of: str = ""

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

    @property
    def in_nameless_channel(self) -> bool:
        """Whether the channel's name, by which a team may have it, is not known."""
        return self.channel_name in NAMELESS and not self.in_direct_message

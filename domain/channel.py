"""Channels of Slack: whether people of another workspace read along."""

from dataclasses import dataclass

from domain.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel as Slack describes it; `shared` with outsiders, or about to be; `member`: Steward is in it."""

    id: str
    name: str = ""
    shared: bool = False
    member: bool = True
    archived: bool = False


class UnknownChannel(Refusal):
    """Slack does not say who reads along in a channel; `error` is its word for why."""

    def __init__(self, error: str) -> None:
        self.error = error
        why = WHY.get(error, f"Slack says {error}. Try again in a minute.")
        super().__init__(f"Steward cannot find out who reads along here, so it\nshows nothing to all: {why}")


WHY = {
    "channel_not_found": "it is not in this channel.\nType `/invite @Steward`, then try again.",
    "missing_scope": "it lacks a permission in Slack.\nAn operator: install the app again as `steward manifest` says.",
    "no_answer": "Slack does not answer.\nTry again in a minute.",
}

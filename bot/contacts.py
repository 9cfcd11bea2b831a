"""Who asks: Slack's id of the workspace is attached at the first contact, and others are refused after it."""

from dataclasses import dataclass

from commands.outsiders import ELSEWHERE
from domain.refusal import Refusal
from storage.store import Store


@dataclass
class Contacts:
    """Knows the Slack workspace that a workspace of ours belongs to, once it has met it."""

    store: Store
    workspace: str
    met: str | None = None

    @property
    def has_met(self) -> bool:
        """Whether the Slack workspace is known."""
        self.met = self.met or self.store.slack_team_of(self.workspace)
        return self.met is not None

    def meet(self, slack_team_id: str) -> None:
        """Remember the first; raises `Refusal` for any other, whose figures these are not."""
        if self.met is None:
            self.store.attach_slack_team(self.workspace, slack_team_id)
            self.met = self.store.slack_team_of(self.workspace)
        if slack_team_id != self.met:
            raise Refusal(ELSEWHERE)

    def hosts(self, slack_team_id: str) -> bool:
        """Whether a customer or third party is of that workspace: its people answer in the channel shared with them."""
        if slack_team_id in {"", self.met}:
            return False
        with self.store.read(self.workspace) as tx:
            return any(not team.internal and team.slack_team == slack_team_id for team in tx.teams.all())

"""What administrators and customers do to an app behind its back."""

from typing import Any

from sandbox.events import Events
from sandbox.slack import SandboxSlack
from sandbox.sockets import Sockets
from sandbox.workspace import Channel

TOKEN_REFUSALS = ("token_revoked", "account_inactive", "invalid_auth")
PLAN_REFUSALS = ("paid_teams_only", "plan_upgrade_required")
DISCONNECT_REASONS = ("refresh_requested", "warning", "link_disabled")


class States:
    """Each says no with a ValueError, whose sentence is for people. A channel is given by id or name."""

    def __init__(self, slack: SandboxSlack, events: Events, sockets: Sockets) -> None:
        self._slack = slack
        self._events = events
        self._sockets = sockets

    def told(self) -> dict[str, Any]:
        """How it stands with all of them."""
        channels = [one for one in self._slack.channels() if not one.id.startswith("D")]
        bot = self._slack.seed.bot_user_id
        return {
            "token_revoked": self._slack.token_refusal,
            "plan_refusal": self._slack.plan_refusal,
            "archived": [one.id for one in channels if self._slack.is_archived(one.id)],
            "restricted": sorted(self._slack.restricted),
            "bot_absent": [one.id for one in channels if bot not in one.members],
            "sockets": self._sockets.count,
        }

    def revoke_token(self, error: str = TOKEN_REFUSALS[0]) -> None:
        """From now on every method refuses the bot's token with `error`."""
        self._slack.token_refusal = _one_of(TOKEN_REFUSALS, error)
        self._slack.changes.notify()

    def restore_token(self) -> None:
        self._slack.token_refusal = ""
        self._slack.changes.notify()

    def free_plan(self, error: str = PLAN_REFUSALS[0]) -> None:
        """From now on `usergroups.*` refuses with `error`."""
        self._slack.plan_refusal = _one_of(PLAN_REFUSALS, error)
        self._slack.changes.notify()

    def paid_plan(self) -> None:
        self._slack.plan_refusal = ""
        self._slack.changes.notify()

    def archive(self, channel: str) -> None:
        self._slack.archive(self._channel(channel).id)

    def unarchive(self, channel: str) -> None:
        self._slack.unarchive(self._channel(channel).id)

    def restrict(self, channel: str) -> None:
        """From now on only administrators may post there."""
        self._slack.restricted |= {self._channel(channel).id}
        self._slack.changes.notify()

    def unrestrict(self, channel: str) -> None:
        self._slack.restricted -= {self._channel(channel).id}
        self._slack.changes.notify()

    def remove_bot(self, channel: str) -> None:
        self._slack.leave(self._channel(channel).id, self._slack.seed.bot_user_id)

    async def invite_bot(self, channel: str) -> None:
        """The app hears of it, as when a person invites it."""
        await self._events.bring_in(self._channel(channel).id, self._slack.seed.bot)

    async def disconnect_sockets(self, reason: str = DISCONNECT_REASONS[0]) -> None:
        """The app is asked to connect anew."""
        await self._sockets.disconnect(_one_of(DISCONNECT_REASONS, reason))

    def _channel(self, wanted: str) -> Channel:
        found = self._slack.channel(wanted) or self._slack.channel_named(wanted.removeprefix("#"))
        if found is None or found.id.startswith("D"):
            raise ValueError(f"There is no channel {wanted!r}.")
        return found


def _one_of(known: tuple[str, ...], wanted: str) -> str:
    if wanted not in known:
        raise ValueError(f"It must be one of {', '.join(known)}, not {wanted!r}.")
    return wanted

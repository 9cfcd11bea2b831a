"""Slash commands, the app's and Slack's own."""

from collections.abc import Mapping
from typing import Any

from sandbox import payloads
from sandbox.content import read_content
from sandbox.courier import Courier, DeliveryFailed
from sandbox.errors import SlackError
from sandbox.events import Events
from sandbox.mentions import escaped, with_mentions
from sandbox.place import Place, present, whisper
from sandbox.response_urls import Origin, new_token, url_of
from sandbox.slack import Draft, SandboxSlack

INVITE = {"command": "/invite", "description": "Bring someone into this channel", "usage_hint": "@name"}


class Slash:
    def __init__(
        self, slack: SandboxSlack, courier: Courier, events: Events, manifest: Mapping[str, Any]
    ) -> None:
        self._slack = slack
        self._courier = courier
        self._events = events
        self.known: list[dict[str, Any]] = [*manifest.get("features", {}).get("slash_commands", []), INVITE]

    async def run(self, place: Place, text: str) -> None:
        """Whatever goes wrong is said to the person there, as Slack does."""
        name, _, rest = text.strip().partition(" ")
        command = next((one for one in self.known if one.get("command") == name), None)
        if place.thread_ts:
            whisper(self._slack, place, f"{name} is not supported in threads. Sorry!")
        elif self._slack.is_stranger(place.user):
            whisper(self._slack, place, f"{escaped(name)} is only for people of {self._slack.seed.name}.")
        elif command is None:
            offered = ", ".join(f"`{one.get('command')}`" for one in self.known)
            whisper(self._slack, place, f"{escaped(name)} is not a valid command. Known here: {offered}.")
        elif command is INVITE:
            await self._invite(place, rest)
        else:
            said = (
                with_mentions(self._slack, rest, named=True)
                if command.get("should_escape")
                else escaped(rest)
            )
            await self._deliver(place, name, said.strip())

    async def _deliver(self, place: Place, name: str, text: str) -> None:
        person, channel = present(self._slack, place)
        payload = payloads.slash_command(self._slack, person, channel, (name, text))
        token = new_token(self._slack, Origin(channel.id, person.id))
        payload["response_url"] = url_of(self._courier.base_url, token)
        try:
            self._show(place, await self._courier.deliver("slash_commands", payload))
        except (DeliveryFailed, SlackError) as failure:
            whisper(self._slack, place, f'{name} failed with the error "{failure}"')

    def _show(self, place: Place, acknowledged: Any) -> None:
        """What came with the acknowledgement, checked like any message."""
        if isinstance(acknowledged, str):
            acknowledged = {"text": acknowledged}
        if not isinstance(acknowledged, dict) or not acknowledged:
            return
        seen_by = None if acknowledged.get("response_type") == "in_channel" else place.user
        content = read_content(acknowledged)
        self._slack.post(Draft(place.channel, self._slack.seed.bot_user_id, content, seen_by=seen_by))

    async def _invite(self, place: Place, text: str) -> None:
        wanted = text.strip().removeprefix("@").lower()
        person = next((one for one in self._slack.seed.people if one.name.lower() == wanted), None)
        if person is None:
            whisper(self._slack, place, f"Whom? Type for example `/invite @{self._slack.seed.bot.name}`.")
        elif place.channel.startswith("D"):
            whisper(self._slack, place, "Nobody can be brought into a direct conversation.")
        else:
            await self._events.bring_in(place.channel, person, inviter=place.user)

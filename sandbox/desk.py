"""What a person of the workspace does: types, presses, joins. Tests act through it as well as the page."""

from collections.abc import Mapping
from typing import Any

from sandbox import forms
from sandbox.buttons import Press, press
from sandbox.courier import Courier, Road
from sandbox.errors import SlackError
from sandbox.events import Events
from sandbox.faults import FaultSwitch
from sandbox.mentions import with_mentions
from sandbox.place import Place, acting, present
from sandbox.redelivery import Redelivery
from sandbox.slack import Draft, SandboxSlack
from sandbox.slash import Slash
from sandbox.states import States


class Desk:
    def __init__(self, slack: SandboxSlack, road: Road, manifest: Mapping[str, Any]) -> None:
        self.slack = slack
        self.courier = Courier(slack, road)
        self.redelivery = Redelivery(slack, self.courier, by_itself=road.repeats)
        self.faults = FaultSwitch()
        self._events = Events(slack, self.redelivery, manifest)
        self.states = States(slack, self._events, self.courier.sockets)
        self._slash = Slash(slack, self.courier, self._events, manifest)

    @property
    def commands(self) -> list[dict[str, Any]]:
        return self._slash.known

    async def type_in(self, place: Place, text: str) -> None:
        """A message or a slash command, as in the message box; SlackError where the person may not."""
        present(self.slack, place)
        if text.startswith("/"):
            await self._slash.run(place, text)
        else:
            said = with_mentions(self.slack, text, named=False)
            draft = Draft(place.channel, place.user, {"text": said}, place.thread_ts)
            await self._events.said(self.slack.post(draft))

    async def press(self, place: Place, pressed: Press) -> None:
        """A button or menu entry of a message that this person sees. DeliveryFailed, SlackError."""
        await press(self.slack, self.courier, place, pressed)

    async def send_form(self, user: str, filled: forms.Filled) -> dict[str, str]:
        """The modal that this person sees; what the app says is wrong with it. DeliveryFailed, SlackError."""
        return await forms.send(self.slack, self.courier, user, filled)

    async def deliver_again(self, *, events_url: str = "") -> Any:
        """The last delivery once more, byte for byte what it was; `events_url` is another server of the app."""
        return await self.courier.deliver_again(events_url=events_url)

    async def join(self, place: Place) -> None:
        """A person enters a public channel."""
        person = acting(self.slack, place)
        channel = self.slack.channel(place.channel)
        if channel is None or channel.is_private:
            raise SlackError("channel_not_found")
        await self._events.bring_in(channel.id, person)

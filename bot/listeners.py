"""Listeners: Slack's payloads become asks."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.answering import Answering
from bot.asked import Asks
from bot.replies import Outcome
from messages.escaping import one_line, shortened
from messages.form import FIRST
from messages.message import Message

Ack = Callable[..., Awaitable[Any]]
MOST_SAID = 300
"""Characters of why a form was refused."""


class Listeners:
    """What Bolt calls."""

    def __init__(self, answering: Answering, asks: Asks) -> None:
        self._answering = answering
        self._asks = asks

    async def command(self, ack: Ack, payload: dict[str, Any]) -> None:
        """`/slm …` typed into a channel."""
        answer = await self._answering.within_ack(self._asks.typed(payload))
        await ack(**_ephemeral(answer))

    async def button(self, ack: Ack, body: dict[str, Any]) -> None:
        """A button or menu entry that stands for a typed command."""
        await ack()
        self._answering.answer(self._asks.pressed(body))

    async def form(self, ack: Ack, body: dict[str, Any]) -> None:
        """A button or menu entry that may open a form."""
        await ack()
        self._answering.open(self._asks.pressed(body))

    async def sent(self, ack: Ack, body: dict[str, Any]) -> None:
        """A form that was filled in."""
        await ack(**_kept_open(await self._answering.sent(self._asks.sent(body))))

    async def share(self, ack: Ack, body: dict[str, Any]) -> None:
        """ "Share here" under an answer."""
        await ack()
        self._answering.share(self._asks.pressed(body))

    async def mention(self, body: dict[str, Any]) -> None:
        """`@Steward …` in a channel or a thread."""
        self._answering.whisper(self._asks.heard(body))

    async def joined(self, body: dict[str, Any]) -> None:
        """Somebody, perhaps Steward itself, came into a channel."""
        self._answering.greet(self._asks.heard(body))


def _ephemeral(answer: Message | None) -> dict[str, Any]:
    """What is acknowledged; nothing shows nothing."""
    if answer is None:
        return {}
    return {"response_type": "ephemeral", "text": answer.text, "blocks": list(answer.blocks)}


def _kept_open(outcome: Outcome) -> dict[str, Any]:
    """The form with what is wrong under its first field, or the one that follows it; else it closes."""
    if outcome.reply:
        return {
            "response_action": "errors",
            "errors": {FIRST: shortened(one_line(outcome.reply.refused), MOST_SAID)},
        }
    return {"response_action": "update", "view": dict(outcome.view)} if outcome.view else {}

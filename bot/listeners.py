"""Listeners: Slack's payloads become asks."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.answering import Answering
from commands.ask import Ask
from connectors.response_url import respond
from jobs.job import Clock
from messages.message import Message

Ack = Callable[..., Awaitable[Any]]


class Listeners:
    """What Bolt calls."""

    def __init__(self, answering: Answering, workspace: str, clock: Clock) -> None:
        self._answering = answering
        self._workspace = workspace
        self._clock = clock

    async def command(self, ack: Ack, payload: dict[str, Any]) -> None:
        """`/slm …` typed into a channel."""
        url, team = payload.get("response_url", ""), payload.get("team_id", "")
        answer = await self._answering.within_ack(self._ask(payload), team, lambda late: _later(url, late))
        await ack(response_type="ephemeral", text=answer.text, blocks=list(answer.blocks))

    def _ask(self, payload: dict[str, Any]) -> Ask:
        return Ask(
            workspace=self._workspace,
            text=payload.get("text", ""),
            person=payload.get("user_id", ""),
            channel_id=payload.get("channel_id", ""),
            channel_name=payload.get("channel_name", ""),
            at=self._clock.now(),
            command=payload.get("command", "/slm"),
        )


async def _later(url: str, answer: Message) -> None:
    await respond(url, answer.text, list(answer.blocks), replace=True)

"""The only place that calls Slack's Web API."""

import asyncio
import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, as_completed
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientSession, ClientTimeout, TCPConnector
from slack_sdk.web.async_client import AsyncWebClient

from connectors.slack_loop import BackgroundLoop, cancel_others
from connectors.slack_outcomes import not_posted, posted
from domain.delivery import Ambiguous, Outcome, Outgoing, Refused
from domain.refusal import Refusal, Unreachable

AT_ONCE = 50
"""Messages on their way at the same time; more only wait for each other."""

TIMEOUT_SECONDS = 10
KEEP_ALIVE_SECONDS = 3
"""Shorter than servers keep theirs: a message sent into a connection just closed would be ambiguous."""

EVENT_TYPE = "steward_notice"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Identity:
    """Who Steward is in Slack."""

    team_id: str
    bot_user_id: str


class SlackPoster:
    """Posts as the bot of one workspace; nothing is connected before the first call, `close` ends it all."""

    def __init__(self, token: str, base_url: str, *, timeout: float = TIMEOUT_SECONDS) -> None:
        self._token = token
        self._base_url = base_url
        self._timeout = timeout
        self._background = BackgroundLoop("slack-poster")
        self._client: AsyncWebClient | None = None
        self._places: asyncio.Semaphore | None = None

    def post(self, messages: Sequence[Outgoing]) -> Iterator[tuple[Outgoing, Outcome]]:
        """Send them at the same time; each with its outcome, as they come. All are on their way on return."""
        on_their_way = {self._background.submit(self._post(message)): message for message in messages}
        return ((on_their_way[future], self._outcome(future)) for future in as_completed(on_their_way))

    def identity(self) -> Identity:
        """Who the token belongs to. Raises `Refusal` where Slack does not know it, `Unreachable` without Slack."""
        future = self._background.submit(self._auth_test())
        error = future.exception()
        if error is None:
            return future.result()
        outcome = not_posted(error)
        if isinstance(outcome, Refused):
            raise Refusal(f"Slack refuses the bot token ({outcome.error}): see SLACK_BOT_TOKEN.")
        raise Unreachable(
            "Slack does not answer. Check the network and SLACK_API_BASE_URL, then try again."
        ) from None

    def close(self) -> None:
        """Drop what is on its way, close the connections; a later call begins anew."""
        if self._background.started:
            self._background.run(self._disconnect())
            self._background.close()

    def _outcome(self, future: "Future[dict[str, Any]]") -> Outcome:
        if future.cancelled():
            return Ambiguous("Steward was stopped before Slack's answer")
        error = future.exception()
        outcome = posted(future.result()) if error is None else not_posted(error)
        if isinstance(outcome, Refused):
            return Refused(outcome.error, outcome.detail.replace(self._token, "…"))
        return outcome

    async def _post(self, message: Outgoing) -> dict[str, Any]:
        client, places = self._connected()
        async with places:
            answer = await client.chat_postMessage(
                channel=message.channel,
                text=message.text,
                blocks=message.blocks or None,
                metadata={"event_type": EVENT_TYPE, "event_payload": {"key": message.key}},
                unfurl_links=False,
                unfurl_media=False,
            )
        return answer.data if isinstance(answer.data, dict) else {}

    async def _auth_test(self) -> Identity:
        client, _ = self._connected()
        answer = await client.auth_test()
        return Identity(str(answer["team_id"]), str(answer["user_id"]))

    def _connected(self) -> tuple[AsyncWebClient, asyncio.Semaphore]:
        """The client, made in the loop's thread with the one session that all messages share."""
        if self._client is None or self._places is None:
            self._client = _client(self._token, self._base_url, self._timeout)
            self._places = asyncio.Semaphore(AT_ONCE)
        return self._client, self._places

    async def _disconnect(self) -> None:
        # First, or slack_sdk would open a session of its own for what still waits for its turn.
        await cancel_others()
        client, self._client, self._places = self._client, None, None
        if client is not None and client.session is not None:
            await client.session.close()


def _client(token: str, base_url: str, timeout: float) -> AsyncWebClient:
    # Left to itself slack_sdk formats every request for its debug log, whether that is written or not.
    logger = logging.getLogger("steward.slack_sdk")
    logger.setLevel(logging.WARNING)
    session = ClientSession(
        connector=TCPConnector(limit=AT_ONCE, keepalive_timeout=KEEP_ALIVE_SECONDS),
        timeout=ClientTimeout(total=timeout, sock_connect=timeout / 2),
    )
    # Without retry_handlers=[] a reset connection makes slack_sdk post a second time.
    client = AsyncWebClient(token, base_url, session=session, retry_handlers=[], logger=logger)
    if urlsplit(base_url).hostname in LOOPBACK:
        client.proxy = None  # slack_sdk takes it from the environment, also for this machine
    return client
